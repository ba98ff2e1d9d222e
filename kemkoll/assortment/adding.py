"""Suppliers' declarations in: each file once, as a whole, with everything that it says and what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from kemkoll.assortment import files
from kemkoll.assortment.finding import Numbers, suppliers
from kemkoll.assortment.scope import articles
from kemkoll.assortment.superseding import supersede
from kemkoll.declarations import read_declarations
from kemkoll.i18n import N_
from kemkoll.identifiers import parse_gtin
from kemkoll.identity import identify
from kemkoll.registry import Registry
from kemkoll.store import Change, Store, declared, kept
from kemkoll.store.models import NOBODY, Article
from kemkoll.tables import PROBLEMS, Declarations, stack

REASONS = {
    "new": N_("new"),
    "renewal": N_("renewal"),
    "correction": N_("correction"),
    "reformulation": N_("reformulation"),
}
"""Why an article was declared, and how that is called."""


@dataclass(frozen=True)
class Added:
    """What became of one file.

    Attributes:
        file: as the user named it.
        status: `added`, `known` (the same bytes were added before), `empty`, `failed`.
        before: when and under which name the same bytes were added.
        articles: how many articles it speaks of.
        new_articles: numbers of those that the assortment does not have.
        superseded: how many earlier declarations of an article it takes the place of.
        late: of how many articles it is older than what is there already: kept, and not judged by.
    """

    file: str
    sha256: str
    status: str
    declarations: Declarations
    before: str = ""
    articles: int = 0
    new_articles: tuple[str, ...] = ()
    superseded: int = 0
    late: int = 0


def add_declarations(
    store: Store,
    paths: Iterable[str],
    *,
    registry: Registry,
    by: str,
    at: str,
    supplier: str = "",
    reason: str = "",
    tell: Callable[[Added], None] = lambda _: None,
) -> list[Added]:
    """Add suppliers' files to the database, each as one event.

    Args:
        store: the database.
        paths: where they lie.
        registry: where substances are looked up, to tell what is wrong in the files.
        by: who adds them.
        at: instant in UTC, ISO text.
        supplier: whose they are, where they do not say.
        reason: why they were declared (new, renewal, correction, reformulation), where they do not say.
        tell: is told of each file when it is done.
    """
    made = []
    for file in paths:
        read = _read(file, registry)
        added = _add(store, file, read, by, at, supplier, reason)
        made.append(added)
        tell(added)
    return made


def _read(file: str, registry: Registry) -> Declarations:
    """What a file declares, with all problems that can be told before anything is judged."""
    read = read_declarations([file])
    found = identify(read.lines, registry).problems
    return replace(read, problems=stack(PROBLEMS, [read.problems, found]))


def _add(store: Store, file: str, read: Declarations, by: str, at: str, supplier: str, reason: str) -> Added:
    status = str(read.inputs["status"].iloc[0])
    if status != "read":
        return Added(file, str(read.inputs["sha256"].iloc[0]), status, read)
    sha256 = str(read.inputs["sha256"].iloc[0])
    content = files.content(file, sha256)
    read = _completed(read, supplier, reason)
    with store.writing("add", by=by, at=at) as change:
        before = files.known_as(change, file, sha256)
        if not before:
            return _stored(change, file, sha256, content, read)
        return Added(file, sha256, "known", read, before=before)


def _completed(read: Declarations, supplier: str, reason: str) -> Declarations:
    """The declarations with the supplier and the reason that the call gives, where they give none."""
    for frame, column, value in (
        (read.declarations, "supplier", supplier),
        (read.articles, "supplier", supplier),
        (read.declarations, "reason", reason),
    ):
        if value:
            texts = frame[column].astype(object)
            frame[column] = pd.Categorical(texts.where(texts != "", value))
    return read


def _stored(change: Change, file: str, sha256: str, content: bytes, read: Declarations) -> Added:
    about = {"file": Path(file).name, "sha256": sha256}
    row = files.keep(change, file, content, form=str(read.inputs["format"].iloc[0]))
    written = [*read.declarations["supplier"].astype(object), *read.articles["supplier"].astype(object)]
    owners = suppliers(change, written)
    own = np.array([owners[name] for name in written[: len(read.declarations)]], dtype=np.int64)
    numbers, new = _articles(change, read, owners)
    rows = declared.put(change, row, read, suppliers=own, articles=numbers)
    ended, late = supersede(change, rows)
    change.about.update(about, articles=len(numbers), lines=len(read.lines), statements=len(read.statements))
    change.about.update(problems=len(read.problems), new_articles=len(new), superseded=ended, late=late)
    return Added(
        file,
        sha256,
        "added",
        read,
        articles=len(numbers),
        new_articles=tuple(read.articles["number"].astype(object).iloc[new]),
        superseded=ended,
        late=late,
    )


def _articles(change: Change, read: Declarations, owners: Mapping[str, int]) -> tuple[np.ndarray, list[int]]:
    """`Article.article` of each article of the file, and the rows of those that are new.

    An article is found by its supplier and number; else by its supplier and the buyer's number or GTIN; where
    the file names no supplier, by a number or GTIN that one article alone has. Another number beside the same
    GTIN is another article: a kit carries that of a part, a new article that of the one it follows.
    """
    there = articles(change)
    known = Numbers(there)
    given = zip(*(read.articles[name].astype(object) for name in ("supplier", "number", "gtin")), strict=True)
    called = _numbers_of(there)
    found = np.array(
        [
            _called(known.one(owners[name], number, parse_gtin(gtin) or ""), number, called)
            for name, number, gtin in given
        ],
        dtype=np.int64,
    )
    new = np.flatnonzero(found == NOBODY).tolist()
    start = int(there["article"].max() if len(there) else 0) + 1
    found[new] = start + np.arange(len(new))
    rows = read.articles.iloc[new]
    kept.add(
        change,
        Article,
        (
            {
                "article": int(number), "supplier": owners[row["supplier"]],
                "number": row["number"], "name": row["name"], "gtin": parse_gtin(row["gtin"]) or "",
            }
            for number, row in zip(found[new], rows.to_dict("records"), strict=True)
        ),
    )  # fmt: skip
    return found, new


def _numbers_of(there: pd.DataFrame) -> dict[int, set[str]]:
    """The numbers of the articles that have one of their supplier's, by article."""
    rows = zip(*(there[name] for name in ("article", "number", "own_number", "gtin")), strict=True)
    return {
        article: {number.casefold(), own.casefold(), gtin}
        for article, number, own, gtin in rows
        if number not in ("", own, gtin)
    }


def _called(found: int, number: str, called: Mapping[int, set[str]]) -> int:
    """The article that was found, unless it is known by another number."""
    other = bool(number) and found in called and number.casefold() not in called[found]
    return NOBODY if other else found
