"""Batches, into the database and out of it again: what was judged, by what, and what followed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Select, Table, false, or_, select

from kemkoll.errors import StoreError
from kemkoll.lists.compiled import Packed, from_bytes, to_bytes
from kemkoll.store import Change, Known, bulk, kept
from kemkoll.store.models import (
    Batch,
    BatchAnew,
    BatchFinding,
    BatchGroup,
    BatchList,
    BatchVerdict,
    ListEdition,
    Numbered,
    ProfileText,
)
from kemkoll.store.once import categories, codes_of, next_id, table_of, texts_of

FINDING_TEXTS = (
    "list", "entry", "basis", "limit", "force", "reason", "derogation", "waived", "decided", "matched_by",
    "lines",
)  # fmt: skip
VERDICT_TEXTS = ("list", "reason", "entries", "coverage")
ANEW_TEXTS = ("list",)


def keep_list(change: Change, packed: Packed) -> int:
    """Keep the content of a list as it is used; the number of its row, the same for the same content."""
    content = to_bytes(packed)
    about = packed["lists"]
    return _once(
        change,
        ListEdition,
        digest=hashlib.sha256(content).hexdigest(),
        list=str(about["list"][0]),
        sha256=str(about["sha256"][0]),
        official_date=str(about["official_date"][0]),
        content=content,
    )


def digest_of_list(packed: Packed) -> str:
    """SHA-256 of the content of a list, by which it is kept (`ListEdition.digest`)."""
    return hashlib.sha256(to_bytes(packed)).hexdigest()


def digest_of_edition(known: Known, number: int) -> str:
    """The same of one that is kept, by its row number."""
    table = table_of(ListEdition)
    found = known.connection.execute(select(table.c.digest).where(table.c.id == number))
    return str(found.scalar_one())


def keep_profile(change: Change, name: str, text: str, *, imported: bool = False) -> int:
    """Keep the text of a profile; the number of its row, the same for the same text."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return _once(change, ProfileText, digest=digest, name=name, text=text, imported=imported)


def imported_profiles(known: Known) -> dict[str, str]:
    """The buyer's own profiles: the newest text of each, by name."""
    made = kept.every(known, ProfileText, imported=True)
    return dict(zip(made["name"], made["text"], strict=True))


def _once(change: Change, model: type[Numbered], *, digest: str, **values: Any) -> int:
    table = table_of(model)
    found = change.connection.execute(select(table.c.id).where(table.c.digest == digest)).scalar()
    return int(found) if found else kept.add(change, model, [values | {"digest": digest}])[0]


class KeptLists:
    """The lists of one group of a batch, as the database keeps them (`lists.compiled.Lists`)."""

    def __init__(self, known: Known, editions: Iterable[int]) -> None:
        table = table_of(ListEdition)
        asked = select(table.c.list, table.c.content).where(table.c.id.in_([*editions]))
        self._content = {row.list: row.content for row in known.connection.execute(asked)}

    @property
    def ids(self) -> list[str]:
        """The ids of the lists, in name order."""
        return sorted(self._content)

    def packed(self, id_: str) -> Packed:
        """One list, whole."""
        return from_bytes(self._content[id_])


def put(
    change: Change,
    about: Mapping[str, Any],
    groups: Sequence[Mapping[str, Any]],
    findings: pd.DataFrame,
    verdicts: pd.DataFrame,
    anew: pd.DataFrame | None = None,
) -> int:
    """Keep one batch; its number.

    Args:
        change: the event.
        about: columns of `Batch`.
        groups: of each group in order: columns of `BatchGroup` without `batch` and `group`, and `lists`:
            columns of `BatchList` without them.
        findings, verdicts: columns of `BatchFinding` and `BatchVerdict` without `id` and `batch`; texts as
            categories.
        anew: of a batch after another, what stands in it instead: columns of `BatchAnew` without `id` and
            `batch`.
    """
    batch = kept.add(change, Batch, [about])[0]
    for number, group in enumerate(groups):
        own = {"batch": batch, "group": number}
        kept.add(change, BatchGroup, [own | {name: it for name, it in group.items() if name != "lists"}])
        kept.add(change, BatchList, [own | row for row in group["lists"]])
    for model, frame, texts in (
        (BatchFinding, findings, FINDING_TEXTS),
        (BatchVerdict, verdicts, VERDICT_TEXTS),
        (BatchAnew, anew, ANEW_TEXTS),
    ):
        if frame is None or not len(frame):
            continue
        codes = dict(zip(texts, change.texts.codes([frame[name] for name in texts]), strict=True))
        plain = {str(name): frame[name].to_numpy() for name in frame if name not in codes}
        ids = next_id(change.connection, model) + np.arange(len(frame))
        fixed = {"id": ids, "batch": np.full(len(frame), batch)}
        bulk.insert(change.connection, table_of(model), fixed | plain | codes)
    return batch


def batches(known: Known) -> pd.DataFrame:
    """Every batch, oldest first: the columns of `Batch`."""
    return kept.every(known, Batch)


def batch(known: Known, number: int) -> dict[str, Any]:
    """One batch: the columns of `Batch`.

    Raises:
        StoreError: there is none of this number.
    """
    found = batches(known)
    if number not in found["id"].tolist():  # whatever was typed: a number that no column holds, too
        there = ", ".join(map(str, found["id"].tolist()[-12:])) or "–"
        raise StoreError("There is no batch {number}. There are: {names}.", number=str(number), names=there)
    return {str(name): value for name, value in found[found["id"] == number].iloc[0].items()}


def groups(known: Known, number: int) -> list[dict[str, Any]]:
    """The groups of a batch, in order: columns of `BatchGroup`, the profile's `name` and `text`, and `lists`:
    the `BatchList` rows.
    """
    profiles = kept.every(known, ProfileText).set_index("id")
    lists = kept.every(known, BatchList, batch=number)
    made: list[dict[str, Any]] = []
    for row in kept.every(known, BatchGroup, batch=number).sort_values("group").to_dict("records"):
        own = lists[lists["group"] == row["group"]]
        text = profiles.loc[row["profile"]]
        columns = {str(name): value for name, value in row.items()}
        made.append(columns | {"name": text["name"], "text": text["text"], "lists": own})
    return made


def verdicts(
    known: Known, *, batch: int | None = None, article: int | None = None, lists: Collection[str] = ()
) -> pd.DataFrame:
    """The verdicts of a batch, or of an article in every batch; by some lists or by all: the columns of
    `BatchVerdict`. Those that stand in the batch before are among them.
    """
    articles = None if article is None else [article]
    return _rows(known, BatchVerdict, VERDICT_TEXTS, batch, articles, lists)


def verdicts_of(known: Known, batch: int, articles: Sequence[int]) -> pd.DataFrame:
    """The verdicts of some articles in a batch; as `verdicts`."""
    return _rows(known, BatchVerdict, VERDICT_TEXTS, batch, articles, ())


def findings(
    known: Known,
    *,
    batch: int | None = None,
    article: int | None = None,
    articles: Sequence[int] | None = None,
    lists: Collection[str] = (),
    verdict: int | None = None,
) -> pd.DataFrame:
    """The findings of a batch, or of articles in every batch; as `verdicts`.

    Args:
        verdict: only those of this Verdict.
    """
    wanted = articles if article is None else [article]
    made = _rows(known, BatchFinding, FINDING_TEXTS, batch, wanted, lists)
    return made if verdict is None else made[made["verdict"] == int(verdict)].reset_index(drop=True)


def _rows(
    known: Known,
    model: type[Numbered],
    texts: Sequence[str],
    batch: int | None,
    articles: Sequence[int] | None,
    lists: Collection[str],
) -> pd.DataFrame:
    table = table_of(model)
    codes = codes_of(known.connection, lists)
    before = _before(known)
    wanted = [*before] if batch is None else _chain(before, batch)
    anew = _anew(known, wanted) if any(before[number] for number in wanted) else None
    asked = select(table).order_by(table.c.id)
    if batch is not None:
        asked = asked.where(_standing(table, wanted, anew))
    if lists:
        asked = asked.where(table.c.list.in_(codes))
    made = _few(known, table, asked, articles)
    if anew is not None:
        made = _inherited(made, anew, before, wanted if batch is None else [batch])
    told = texts_of(known.connection, np.unique(made[[*texts]].to_numpy()))
    return made.assign(**{name: categories(made[name].to_numpy(), told) for name in texts})


def _standing(table: Table, chain: Sequence[int], anew: pd.DataFrame | None) -> ColumnElement[bool]:
    """The condition that a row is of a batch or of those before it; without the verdicts that a later one has
    anew, so that reading takes no longer, however many there are.

    Args:
        chain: as `_chain` gives it.
        anew: what stands anew in them (`BatchAnew`); None: nothing does.
    """
    if anew is None or table is not table_of(BatchVerdict):
        return table.c.batch.in_(chain)
    whole = anew[anew["article"] == 0]
    of_batch = {
        number: set(zip(own["group"].tolist(), own["list"].tolist(), strict=True))
        for number, own in whole.groupby("batch")
    }
    later: set[tuple[int, int]] = set()
    parts = []
    for number in reversed(chain):
        gone = [(table.c.group == group) & (table.c.list == list_) for group, list_ in sorted(later)]
        parts.append((table.c.batch == number) & ~or_(false(), *gone))
        later |= of_batch.get(number, set())
    return or_(*parts)


def _few(known: Known, table: Table, asked: Select[Any], articles: Sequence[int] | None) -> pd.DataFrame:
    if articles is None:
        return bulk.select(known.connection, asked)
    parts = [
        bulk.select(known.connection, asked.where(bulk.among(table.c.article, part)))
        for part in [*bulk.pieces(articles)] or [[]]
    ]
    return pd.concat(parts, ignore_index=True)


def _before(known: Known) -> dict[int, int]:
    """Of each batch the one that it comes after; 0: all of it is in itself. Oldest first."""
    table = table_of(Batch)
    asked = select(table.c.id, table.c.after).where(table.c.added <= known.seen).order_by(table.c.id)
    return {int(row[0]): int(row[1]) for row in known.connection.execute(asked)}


def _chain(before: Mapping[int, int], batch: int) -> list[int]:
    """A batch, and those in which some of it may stand, the oldest first."""
    made = [batch]
    while before.get(made[-1]):
        made.append(before[made[-1]])
    return made[::-1]


def _anew(known: Known, wanted: Sequence[int]) -> pd.DataFrame:
    table = table_of(BatchAnew)
    return bulk.select(known.connection, select(table).where(table.c.batch.in_(wanted)))


def _inherited(
    made: pd.DataFrame, anew: pd.DataFrame, before: Mapping[int, int], wanted: Sequence[int]
) -> pd.DataFrame:
    """The rows of batches, with those that stand in the batches before: all but what stands anew."""
    own = dict(list(made.groupby("batch", sort=False)))
    replaced = dict(list(anew.groupby("batch", sort=False)))
    whole: dict[int, pd.DataFrame] = {}
    for number in sorted({it for batch in wanted for it in _chain(before, batch)}):
        here = own.get(number, made.iloc[:0])
        if before[number]:
            there = whole[before[number]]
            if number in replaced:
                there = there[~_replaced(there, replaced[number], verdicts="alike" in made)]
            here = pd.concat([there.assign(batch=number), here], ignore_index=True)
        whole[number] = here
    return pd.concat([whole[number] for number in sorted(wanted)], ignore_index=True)


def _replaced(rows: pd.DataFrame, anew: pd.DataFrame, *, verdicts: bool) -> np.ndarray:
    """Which rows another batch has anew: verdicts by group and list, findings by article as well."""
    met = anew[(anew["article"] == 0) == verdicts]
    keys = ["group", "list"] if verdicts else ["group", "list", "article"]
    found: np.ndarray = pd.MultiIndex.from_frame(rows[keys]).isin(pd.MultiIndex.from_frame(met[keys]))
    return found
