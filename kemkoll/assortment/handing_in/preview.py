"""What a supplier is shown of a draft before signing it, in words: plain values that processes can send.

What was read, what is wrong and where, and what would follow by each list for each article if the files were
handed in now (`trial`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from kemkoll.assortment.adding import Added
from kemkoll.assortment.handing_in.outcomes import Judgement, judgements
from kemkoll.assortment.handing_in.reading import Read, read_files
from kemkoll.assortment.handing_in.trial import tried
from kemkoll.i18n import N_, Translator, translator
from kemkoll.lists.editions import library_of
from kemkoll.outputs.summary import grouped_problems, place_text
from kemkoll.outputs.words import error_text, plain, problem_text
from kemkoll.registry import Registry
from kemkoll.store import Store
from kemkoll.tables import PROBLEMS, Declarations, problem, stack

ARTICLE_NEW = N_(
    "“{found}” is no article number that the buyer has of you. Check it. If it is right, the article comes "
    "in as a new one, under no contract."
)
"""A problem that only those who hand in are told of; it is its own code."""
_SHOWN = {ARTICLE_NEW: "article-new"}
"""What such a problem is called beside the codes that every problem has."""
_LONGEST = 120


@dataclass(frozen=True)
class Fault:
    """One thing that could not be read or looks wrong.

    Attributes:
        place: sheet and rows, in words.
        column: header of the column, as written.
        found: what stands there.
        sentence: what is wrong with it, and what to do.
        times: in how many rows.
    """

    place: str
    column: str
    found: str
    sentence: str
    code: str
    times: int


@dataclass(frozen=True)
class Seen:
    """One file.

    Attributes:
        number: of its `Upload`.
        status: as `Read.status`, or `known`: the supplier has handed in the same bytes before.
        why: why it could not be read.
        before: as what the same bytes were handed in.
        articles, lines: how many it speaks of, and says.
        new: numbers of articles that the buyer does not have.
        superseded, late: as `Added`.
        others: names of other suppliers that stand in it.
        marked: whether its problems can be marked in a copy of it.
    """

    number: int
    name: str
    size: int
    status: str
    why: str
    before: str
    articles: int
    lines: int
    new: tuple[str, ...]
    superseded: int
    late: int
    others: tuple[str, ...]
    marked: bool
    faults: tuple[Fault, ...]

    @property
    def problems(self) -> int:
        """How many problems it has."""
        return sum(fault.times for fault in self.faults)


@dataclass(frozen=True)
class Preview:
    """All that is shown of a draft.

    Attributes:
        digest: of the files that were looked at (`OfDraft.digest`).
        supplier: whose all of it is.
        judgements: of the articles, the worst first.
        hidden: how many articles are not among them.
        twice: numbers of articles that several of the files speak of: the last one counts.
    """

    digest: str
    supplier: str
    files: tuple[Seen, ...]
    judgements: tuple[Judgement, ...]
    hidden: int
    twice: tuple[str, ...]

    @property
    def problems(self) -> int:
        """How many problems the files have together."""
        return sum(it.problems for it in self.files)

    @property
    def hindrances(self) -> tuple[Seen, ...]:
        """The files that cannot be handed in as they are."""
        return tuple(it for it in self.files if it.status not in ("read", "known"))

    @property
    def others(self) -> tuple[str, ...]:
        """The names of other suppliers that stand in the files."""
        return tuple(dict.fromkeys(name for it in self.files for name in it.others))


def look_at(where: str, draft: int, on: str, at: str, language: str) -> Preview:
    """What is shown of a draft.

    Args:
        where: address of the database.
        on: today.
        at: instant in UTC.

    Raises:
        ConfigError: the draft is not open.
    """
    registry = Registry.open()
    with Store.open(where) as store, read_files(store, draft, registry, on) as (own, name, files):
        whole = [it for it in files if it.status == "read"]
        given: dict[str, Any] = {"supplier": own.supplier, "name": name, "on": on, "at": at}
        made = tried(store, whole, source=library_of(), registry=registry, **given)
        seen = tuple(_seen(it, made.added.get(it.handed.number), translator(language)) for it in files)
    results = [it.result for it in made.judged]
    told = judgements(results, language)
    count = sum(len(result.declarations.articles) for result in results)
    return Preview(own.digest, name, seen, tuple(told), count - len(told), tuple(_twice(whole)))


def _twice(files: Sequence[Read]) -> list[str]:
    """The numbers of the articles that several files speak of."""
    numbers = [set(it.declared.articles["number"].astype(str)) for it in files]
    counts = Counter(number for own in numbers for number in own)
    return sorted(number for number, count in counts.items() if count > 1)


def _seen(file: Read, added: Added | None, _: Translator) -> Seen:
    from pathlib import Path

    from kemkoll.errors import DeclarationError
    from kemkoll.outputs.marking import why_not

    declared = file.declared
    why = ""
    if file.status == "failed":
        row = declared.inputs.iloc[0]
        why = error_text(str(row["message"]), str(row["error"]), _).replace(file.path, file.handed.name)
    try:
        marked = file.status != "failed" and not why_not(Path(file.path))
    except DeclarationError:
        marked = False
    lines = len(declared.lines) + len(declared.statements)
    new = added.new_articles if added else ()
    return Seen(
        file.handed.number, file.handed.name, file.handed.size,
        "known" if added and added.status == "known" else file.status,
        why, added.before if added else "", len(declared.articles), lines, new,
        added.superseded if added else 0, added.late if added else 0, file.others, marked,
        tuple(faults(with_new(declared, new), _)),
    )  # fmt: skip


def with_new(declared: Declarations, new: Sequence[str]) -> Declarations:
    """The declarations, and a problem for each article that the buyer does not have, where it is first named.

    Args:
        new: numbers of those articles.
    """
    numbers = declared.articles["number"].astype(object).to_numpy()
    rows = []
    for frame in (declared.lines, declared.statements):
        first = frame.drop_duplicates("article")
        for article, file, sheet, row in zip(
            *(first[name].astype(object) for name in ("article", "file", "sheet", "row")), strict=True
        ):
            if numbers[article] in new:
                place = {"file": file, "sheet": sheet, "row": row}
                rows.append(problem(ARTICLE_NEW, found=str(numbers[article]), **place))
    once = {row["found"]: row for row in reversed(rows)}
    if not once:
        return declared
    told = PROBLEMS.conform(pd.DataFrame([*once.values()]))
    return replace(declared, problems=stack(PROBLEMS, [declared.problems, told]))


def faults(declared: Declarations, _: Translator) -> Iterator[Fault]:
    """The problems of a file, by place; the same one in several rows once, with the rows."""
    for found in grouped_problems(declared.problems, declared.inputs).values():
        for (sheet, column, code, what, proposal), numbers in found.items():
            yield Fault(
                place=place_text("", sheet, numbers, [], _),
                column=plain(column, _LONGEST),
                found=plain(what, _LONGEST),
                sentence=problem_text(code, what, proposal, _),
                code=_SHOWN.get(code, code),
                times=len(numbers),
            )
