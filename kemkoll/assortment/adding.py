"""Suppliers' declarations in: each file once, as a whole, with everything that it says and what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from kemkoll.assortment import files
from kemkoll.assortment.finding import Numbers, articles_called, suppliers
from kemkoll.assortment.scope import articles
from kemkoll.assortment.superseding import supersede
from kemkoll.declarations import read_declarations
from kemkoll.i18n import N_
from kemkoll.identifiers import parse_gtin
from kemkoll.identity import identify
from kemkoll.registry import Registry
from kemkoll.store import Change, Store, declarations, declared, kept
from kemkoll.store import files as store_files
from kemkoll.store.models import NOBODY, Article
from kemkoll.store.recalled import FEW
from kemkoll.tables import PROBLEMS, Declarations, problem, stack

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
    read: Callable[[str], Declarations] | None = None,
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
        read: gives what a file declares, as `read_file` does, where that is known before.
    """
    made = []
    for file in paths:
        told = read(file) if read else read_file(file, registry)
        added = add_read(store, file, told, by=by, at=at, supplier=supplier, reason=reason)
        made.append(added)
        tell(added)
    return made


def complete(read: Declarations, supplier: str, reason: str, today: str) -> Declarations:
    """What a file declares, with what is known of it beside: whose it is and why, where it does not say, and
    that a date is none that it can have.
    """
    problems = stack(PROBLEMS, [read.problems, _dated_later(read, today)])
    return _completed(replace(read, problems=problems), supplier, reason)


def read_file(file: str, registry: Registry) -> Declarations:
    """What a file declares, with all problems that can be told before anything is judged."""
    read = read_declarations([file])
    found = identify(read.lines, registry).problems
    return replace(read, problems=stack(PROBLEMS, [read.problems, found]))


def add_read(
    store: Store, file: str, told: Declarations, *, by: str, at: str, supplier: str = "", reason: str = ""
) -> Added:
    """Add one file that has been read, as one event; arguments as in `add_declarations`."""
    return _add(store, file, complete(told, supplier, reason, at[:10]), by, at)


def _dated_later(read: Declarations, today: str) -> pd.DataFrame:
    """A problem for each declaration that is dated after the day on which it is added."""
    heads = read.declarations
    dates, files = (heads[name].astype(object).to_numpy() for name in ("date", "file"))
    later = [row for row, date in enumerate(dates) if date > today]
    told = [problem("date-future", found=dates[row], suggestion=today, file=files[row]) for row in later]
    return PROBLEMS.conform(pd.DataFrame(told).drop_duplicates()) if told else PROBLEMS.empty()


def _add(store: Store, file: str, read: Declarations, by: str, at: str) -> Added:
    status, sha256 = (str(read.inputs[name].iloc[0]) for name in ("status", "sha256"))
    if status != "read":
        return Added(file, sha256, status, read)
    content = files.content(file, sha256)
    with store.writing("add", by=by, at=at) as change:
        return add_in(change, file, content, read)


def add_in(change: Change, file: str, content: bytes, read: Declarations, *, supplier: int = NOBODY) -> Added:
    """Add one file in an event that may hold more: what became of it.

    Args:
        change: the event; where it has added files already, one that sees them (`Change.later`).
        file: what the file is called.
        content: its bytes.
        read: what it declares, as `complete` gives it.
        supplier: who hands it in, and whose all of it is. What another has handed in with the same bytes is
            not this supplier's declaration: then the bytes are kept once, and declared anew.
    """
    status, sha256 = (str(read.inputs[name].iloc[0]) for name in ("status", "sha256"))
    if status != "read":
        return Added(file, sha256, status, read)
    row = store_files.number_of(change, sha256)
    if row and supplier and supplier not in declarations.suppliers_of_file(change, row):
        return _stored(change, file, sha256, row, replace(read, problems=PROBLEMS.empty()))
    if before := files.known_as(change, file, sha256):
        return Added(file, sha256, "known", read, before=before)
    row = files.keep(change, file, content, form=str(read.inputs["format"].iloc[0]))
    return _stored(change, file, sha256, row, read)


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


def _stored(change: Change, file: str, sha256: str, row: int, read: Declarations) -> Added:
    about = {"file": Path(file).name, "sha256": sha256}
    written = [*read.declarations["supplier"].astype(object), *read.articles["supplier"].astype(object)]
    owners = suppliers(change, written)
    own = np.array([owners[name] for name in written[: len(read.declarations)]], dtype=np.int64)
    numbers, new = _articles(change, read, owners)
    taken, assumed = _taken_for(change, read, numbers, new)
    read.problems = stack(PROBLEMS, [read.problems, assumed])
    rows = declared.put(change, row, read, suppliers=own, articles=numbers)
    ended, late = supersede(change, rows)
    change.about.update(about, articles=len(numbers), lines=len(read.lines), statements=len(read.statements))
    change.about.update(problems=len(read.problems), new_articles=len(new), superseded=ended, late=late)
    if taken:
        change.about.update(taken_for=taken)
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


def _taken_for(
    change: Change, read: Declarations, numbers: np.ndarray, new: Sequence[int]
) -> tuple[dict[str, str], pd.DataFrame]:
    """The articles of which the file names no supplier, with the supplier whose they were taken for; and a
    problem for each.

    Args:
        numbers: `Article.article` of each article of the file.
        new: the rows of those that were not known.
    """
    called, named = (read.articles[name].astype(object).to_numpy() for name in ("number", "supplier"))
    mute = np.setdiff1d(np.flatnonzero(named == ""), new).tolist()
    if not mute:
        return {}, PROBLEMS.empty()
    few = {"article": numbers[mute].tolist()} if len(mute) <= FEW else {}
    there = articles(change, **few)
    owner = dict(zip(there["article"], there["supplier"], strict=True))
    taken = {str(called[row]): owner[numbers[row]] for row in mute if owner.get(numbers[row])}
    file = str(read.inputs["file"].iloc[0])
    told = [problem("supplier-assumed", found=it, suggestion=of, file=file) for it, of in taken.items()]
    return taken, PROBLEMS.conform(pd.DataFrame(told)) if told else PROBLEMS.empty()


def _articles(change: Change, read: Declarations, owners: Mapping[str, int]) -> tuple[np.ndarray, list[int]]:
    """`Article.article` of each article of the file, and the rows of those that are new.

    An article is found by its supplier and number; else by its supplier and the buyer's number or GTIN; where
    the file names no supplier, by a number or GTIN that one article alone has. Another number beside the same
    GTIN is another article: a kit carries that of a part, a new article that of the one it follows.
    """
    suppliers_, called, codes = (
        read.articles[name].astype(object).tolist() for name in ("supplier", "number", "gtin")
    )
    gtins = [parse_gtin(code) or "" for code in codes]
    there = articles_called(change, {*called, *gtins})
    known, numbers = Numbers(there), _numbers_of(there)
    found = np.array(
        [
            _called(known.one(owners[name], number, gtin), number, numbers)
            for name, number, gtin in zip(suppliers_, called, gtins, strict=True)
        ],
        dtype=np.int64,
    )
    new = np.flatnonzero(found == NOBODY).tolist()
    start = kept.greatest(change, Article, "article") + 1
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
