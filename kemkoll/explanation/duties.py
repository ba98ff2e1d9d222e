"""What the law asks: the list, the entry, the limit with its condition and days, and what it lets off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kemkoll.explanation.shape import Derogation, Entry, Fact, Limit, Source
from kemkoll.judgement import facts_of
from kemkoll.judgement.claims import claims, normal_id
from kemkoll.judgement.conditions import NO, UNKNOWN, YES
from kemkoll.judgement.days import judged_on
from kemkoll.judgement.findings import passes
from kemkoll.judgement.units import Pairs
from kemkoll.tables import NONE, Condition, rows_of

if TYPE_CHECKING:
    import pandas as pd

    from kemkoll.flow import Result

_ASKED = "asked"


class Duties:
    """What the law in force asks of the articles of a result."""

    def __init__(self, result: Result, found: Pairs) -> None:
        self._result, self._found = result, found
        self.facts = facts_of(result.declarations, found, result.facts)

    def source(self, list_: str, article: int) -> Source:
        """The list, as it was judged by."""
        lists = self._result.law.lists
        row = lists[lists["list"].astype(object) == list_].iloc[0]
        asked, condition = bool(row["asked_by_name"]), str(row["condition"])
        texts = {name: str(row[name]) for name in ("list", "act", "edition", "official_date", "force")}
        return Source(
            **texts,
            titles={"en": str(row["title_en"]), "sv": str(row["title_sv"])},
            condition=condition,
            facts=self.known(condition, article, asked=asked),
            by_market=row["applies_to"] == "placed_on_market",
            asked_by_name=asked,
        )

    def known(
        self, condition: str, article: int, *, asked: bool = False, of_parts: bool = False
    ) -> tuple[Fact, ...]:
        """Each fact of a condition, and where it is known from.

        Args:
            condition: the facts that must hold, and must not.
            article: row number of the article.
            asked: what nobody says of it is taken as met, unless the whole is known not to be.
            of_parts: something in the article is judged, as by a limit (`Facts.hold`).
        """
        made = []
        taken = asked and self.facts.hold(condition)[article] == UNKNOWN
        for word in dict.fromkeys(condition.split()):
            name, wanted = word.lstrip("!"), not word.startswith("!")
            met = {YES: True, NO: False}.get(int(self.facts.hold(word, of_parts=of_parts)[article]))
            if met is None and taken:
                made.append(Fact(name, wanted, wanted, _ASKED))
                continue
            holds = None if met is None else met == wanted
            made.append(Fact(name, wanted, holds, self._from(name, article, known=holds is not None)))
        return tuple(made)

    def _from(self, name: str, article: int, *, known: bool) -> str:
        """Who says a fact of an article."""
        facts = self._result.declarations.facts
        own = facts[(facts["article"] == article) & (facts["condition"].astype(object) == name)]["holds"]
        if len(own):
            return "both" if own.nunique() > 1 else "file"
        if name in self._result.facts:
            of_profile = self._result.profile.facts.get(name)
            return "profile" if of_profile == self._result.facts[name] else "run"
        if not known:
            return "nobody"
        return "composition" if name == Condition.chemical_product else "other"

    def entry(self, list_: str, entry: str, day: str) -> Entry:
        """What the list says of an entry, in the period that a day is in; else in the last that had begun by
        then, or the first.
        """
        law = self._result.law
        rows = rows_of(law.entries, list_, entry).astype(object).sort_values("since", kind="stable")
        begun = rows[rows["since"] <= day]
        applying = begun[(begun["until"] == "") | (begun["until"] >= day)]
        row = (applying.iloc[-1:] if len(applying) else begun.iloc[-1:] if len(begun) else rows).iloc[0]
        groups = rows_of(law.groups, list_, entry)
        names = ("list", "entry", "official", "reason", "since", "until", "reference")
        return Entry(
            **{name: str(row[name]) for name in names},
            names={"en": str(row["name_en"]), "sv": str(row["name_sv"])},
            wording=str(groups["wording"].iloc[0]) if len(groups) else "",
            undecided={
                language: str(groups[f"undecided_{language}"].iloc[0]) if len(groups) else ""
                for language in ("en", "sv")
            },
        )

    def limit(self, finding: pd.Series, article: int) -> Limit | None:
        """The limit that decided a finding; None where the entry sets none."""
        number = int(finding["limit"])
        if number == NONE:
            return None
        limits = self._result.law.limits
        row = limits.iloc[number]
        texts = ("operator", "basis", "measure", "element", "force", "since", "until", "reference", "checked")
        return Limit(
            **{name: str(row[name]) for name in texts},
            words=str(row["limit"]),
            limit_ppt=int(row["limit_ppt"]),
            trace_only=bool(row["trace_only"]),
            narrower=bool(row["narrower"]),
            facts=self.known(str(row["condition"]), article, of_parts=True),
            others=len(rows_of(limits, str(finding["list"]), str(finding["entry"]))) - 1,
        )

    def passes(self, finding: pd.Series) -> tuple[bool, bool]:
        """Whether the least and the greatest share of a finding pass its limit."""
        shares = finding[["low_ppt", "high_ppt"]].to_numpy(dtype=np.int64)
        over = passes(self._result.law.limits, shares, np.full(2, int(finding["limit"])))
        return bool(over[0]), bool(over[1])

    def day(self, article: int, source: Source) -> str:
        """The day with which the dates of the list's entries and limits were compared for an article."""
        articles = self._result.declarations.articles
        placed = articles["placed_on_market"].astype(object).to_numpy()[[article]]
        return str(judged_on(np.array([source.by_market]), placed, self._result.on)[0])

    def derogations(self, finding: pd.Series) -> tuple[tuple[Derogation, ...], int]:
        """The derogations of the entry that a line claims or that decided, and how many it has in all."""
        lines = self._result.declarations.lines
        numbers, ids = claims(lines)
        own = {int(numbers[int(line)]) for line in str(finding["lines"]).split()} - {NONE}
        claimed = {ids[number] for number in own}
        rows = rows_of(self._result.law.derogations, str(finding["list"]), str(finding["entry"]))
        made = []
        for row in rows.to_dict("records"):
            number = normal_id(str(row["id"]))
            by_line = number in claimed or number.removeprefix("iv") in claimed
            decided = row["id"] == finding["derogation"]
            if by_line or decided:
                texts = ("id", "use", "since", "until", "renewal", "reference", "checked")
                made.append(
                    Derogation(
                        **{name: str(row[name]) for name in texts},
                        claimed=by_line,
                        decided=decided,
                        limit_ppt=int(row["limit_ppt"]),
                        floor_ppt=int(row["floor_ppt"]),
                        facts=self.known(str(row["condition"]), int(finding["article"])),
                    )
                )
        return tuple(made), len(rows)
