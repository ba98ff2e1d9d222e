"""The verdicts and findings of a batch with all that a reader must be told: who, what, by which law."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from kemkoll.assortment.naming import Names
from kemkoll.assortment.outcomes import outcome_of
from kemkoll.assortment.scope import articles
from kemkoll.profiles import Profile, parse_profile
from kemkoll.store import Known, declarations, judged
from kemkoll.tables import list_id

ARTICLE = ("contract_number", "supplier", "number", "own_number", "name", "category")
_OF_BUYER = ["own_number", "name", "category"]


@dataclass(frozen=True)
class Called:
    """A batch, and what its rows are called.

    Attributes:
        about: columns of `Batch`.
        groups: `store.judged.groups`.
    """

    known: Known
    about: dict[str, Any]
    groups: list[dict[str, Any]]

    @property
    def then(self) -> Known:
        """The moment that the batch judged."""
        return Known(self.known.connection, int(self.about["seen"]))

    @cached_property
    def profiles(self) -> list[Profile]:
        """The profile of each group."""
        return [parse_profile(group["text"], group["name"]) for group in self.groups]

    @property
    def lists(self) -> pd.DataFrame:
        """`lists_of` all groups."""
        return self.lists_of(range(len(self.groups)))

    def lists_of(self, groups: Iterable[int]) -> pd.DataFrame:
        """Each list and edition that some groups were judged by, once: `list`, `title_en`, `title_sv`,
        `short_en`, `short_sv`, `edition`, `official_date`, `sha256`, `force`.
        """
        names = ["title_en", "title_sv", "short_en", "short_sv", "official_date", "sha256", "force"]
        rows = [
            {"list": called, "edition": day} | {name: str(about[name][0]) for name in names}
            for called, day, about in self._each("lists", groups)
        ]
        made = pd.DataFrame(rows, columns=["list", "edition", *names])
        return made.drop_duplicates().sort_values(["list", "edition"], ignore_index=True)

    @cached_property
    def entries(self) -> pd.DataFrame:
        """What entries are called, once: `list`, `entry`, `entry_en`, `entry_sv`, `reference`."""
        parts = [
            entries.select(["entry", "name_en", "name_sv", "reference"]).to_pandas().assign(list=called)
            for called, _, entries in self._each("entries", range(len(self.groups)))
        ]
        names = {"name_en": "entry_en", "name_sv": "entry_sv"}
        made: pd.DataFrame = pd.concat(parts, ignore_index=True).rename(columns=names).astype(object)
        return made.drop_duplicates(["list", "entry"], keep="last", ignore_index=True)

    def _each(self, table: str, groups: Iterable[int]) -> list[tuple[str, str, Any]]:
        """Each list of some groups, once: as the batch calls it, its edition, and one of its tables."""
        made = {}
        for group in (self.groups[number] for number in groups):
            lists = group["lists"]
            source = judged.KeptLists(self.known, lists["edition"].tolist())
            for called, edition, day in zip(
                lists["called"], lists["edition"], lists["edition_date"], strict=True
            ):
                if (called, edition, day) not in made:
                    made[called, edition, day] = source.packed(list_id(called))[table]
        return [(called, day, packed) for (called, _, day), packed in made.items()]

    @cached_property
    def _titles(self) -> pd.DataFrame:
        names = {"title_en": "list_en", "title_sv": "list_sv"}
        return self.lists[["list", *names]].rename(columns=names).drop_duplicates("list")

    @cached_property
    def plain_verdicts(self) -> pd.DataFrame:
        """Every verdict as it is kept (columns of `BatchVerdict`), with texts that can be compared."""
        return _plain(judged.verdicts(self.known, batch=int(self.about["id"])))

    @property
    def plain_findings(self) -> pd.DataFrame:
        """The same of the findings (`BatchFinding`)."""
        return _plain(self._found)

    @cached_property
    def verdicts(self) -> pd.DataFrame:
        """Every verdict: the columns of `BatchVerdict`, `outcome`, `ARTICLE`, and `list_en`, `list_sv`."""
        made = self.plain_verdicts
        outcome = outcome_of(made, self._found).astype(object)
        named = self._bought(self._names.beside(made.assign(outcome=outcome)))
        return named.merge(self._titles, on="list", how="left")

    @cached_property
    def findings(self) -> pd.DataFrame:
        """Every finding: the columns of `BatchFinding`, `component_name`, `material_name`, `ARTICLE`, and
        what its list and entry are called.
        """
        named = self._bought(self._names.beside_findings(self.plain_findings))
        known = named.merge(self._titles, on="list", how="left")
        known = known.merge(self.entries, on=["list", "entry"], how="left")
        return known.fillna({"entry_en": "", "entry_sv": "", "reference": ""})

    @cached_property
    def _found(self) -> pd.DataFrame:
        return judged.findings(self.known, batch=int(self.about["id"]))

    @cached_property
    def _names(self) -> Names:
        return Names(self.then)

    def with_written(self, findings: pd.DataFrame) -> pd.DataFrame:
        """Findings with `written`: what suppliers wrote of the substances that they rest on."""
        lines = findings["lines"].str.split()
        each = lines.explode().dropna().astype("int64")
        cells = declarations.written_in(self.then, each.to_numpy())
        number = cells["cas"].where(cells["cas"] != "", cells["ec"])
        both = (cells["name"] + ", " + number).str.strip(", ")
        said = each.map(both).groupby(level=0).agg(lambda texts: "; ".join(dict.fromkeys(texts)))
        return findings.assign(written=said.reindex(findings.index).fillna("").astype(object))

    def _bought(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows with what the buyer calls their articles."""
        own = articles(self.then).drop_duplicates("article", keep="last").set_index("article")
        return rows.assign(**{name: own[name].loc[rows["article"]].to_numpy() for name in _OF_BUYER})


def called(known: Known, number: int) -> Called:
    """A batch with what its rows are called.

    Raises:
        StoreError: there is no such batch.
    """
    return Called(known, judged.batch(known, number), judged.groups(known, number))


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with texts that can be compared and joined."""
    texts = {str(name): frame[name].astype(object) for name in frame if frame[name].dtype == "category"}
    return frame.assign(**texts)


__all__ = ["ARTICLE", "Called", "called"]
