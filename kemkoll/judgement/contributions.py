"""What each line adds to each limit: its share, on the unit the limit looks at, as far as that can be known.

A line whose match is only possible adds anything from nothing up to its share: so doubt can lead to a
`review`, and never to a conviction.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kemkoll.codes import REASONS
from kemkoll.judgement.claims import claims
from kemkoll.judgement.units import ARTICLE, COMPONENT, MATERIAL, Masses, Pairs
from kemkoll.tables import (
    NONE,
    TRUST,
    WHOLE,
    Basis,
    Certainty,
    Declarations,
    Hits,
    Law,
    Measure,
    Readings,
    distinct,
)

_DOUBTS = np.array(list(REASONS), dtype=object)
TOLERANCE = 0.005
"""Relative doubt about an element's share in a compound: atomic weights vary in nature (lead: 206.1 to
208.0).
"""


@dataclass(frozen=True)
class Sums:
    """Contributions of one unit to one limit (of one substance, where each counts alone), summed.

    One row of `frame` is one group; `lines` are those of all groups in order, `starts` where each begins.
    """

    frame: pd.DataFrame
    lines: np.ndarray
    starts: np.ndarray


def entry_codes(law: Law) -> tuple[pd.MultiIndex, np.ndarray]:
    """The distinct (list, entry) pairs of the law, and the first row of each in `entries`."""
    _, first = distinct([law.entries["list"], law.entries["entry"]])
    return pd.MultiIndex.from_frame(law.entries.iloc[first][["list", "entry"]].astype(object)), first


def codes_of(table: pd.DataFrame, index: pd.MultiIndex) -> np.ndarray:
    """The number of each row's (list, entry) in the index; -1 for none."""
    numbers, first = distinct([table["list"], table["entry"]])
    if not len(first):
        return np.empty(0, dtype=np.int64)
    keys = pd.MultiIndex.from_frame(table.iloc[first][["list", "entry"]].astype(object))
    codes: np.ndarray = index.get_indexer(keys)[numbers]
    return codes


def unasked(law: Law, index: pd.MultiIndex) -> np.ndarray:
    """Whether a requirement profile asks nothing of each entry of the index, whatever its list does."""
    made = np.zeros(len(index), dtype=bool)
    made[codes_of(law.entries, index)] = law.entries["unasked"].to_numpy()
    return made


def contributions(
    declarations: Declarations,
    readings: Readings,
    hits: Hits,
    index: pd.MultiIndex,
    counted: np.ndarray,
) -> pd.DataFrame:
    """One row for each line and entry it meets.

    Args:
        index: the (list, entry) pairs, as `entry_codes` numbers them.
        counted: lines that count; exact duplicates do not.

    Returns:
        line, entry (code), certain, why (code in `codes.REASONS` or ""), share_low, share_high, trust,
        substance.
    """
    evidence = hits.evidence
    row = hits.hits["evidence"].to_numpy()
    line = hits.hits["line"].to_numpy()
    keep = counted[line]
    row, line, reading = row[keep], line[keep], hits.hits["reading"].to_numpy()[keep]
    of_evidence = pd.DataFrame(
        {
            "entry": codes_of(evidence, index),
            "certain": (evidence["certainty"] == Certainty.certain).to_numpy(),
            "trust": evidence["matched_by"]
            .astype(object)
            .map({route: n for n, route in enumerate(TRUST)})
            .to_numpy(),
            "why": evidence["why"].astype(object).to_numpy(),
            "share": evidence["share"].to_numpy(),
            "substance": np.append(substances(readings.identities), NONE)[evidence["identity"].to_numpy()],
        }
    )
    group, first = distinct([line, of_evidence["entry"].to_numpy()[row]])
    met = np.bincount(group, minlength=len(first))
    of_line = np.bincount(readings.readings["line"].to_numpy(), minlength=len(declarations.lines))
    all_meet = met == of_line[line[first]]
    # where the number surely meets the entry, a name that points to the same entry adds no doubt
    surely = np.bincount(group, of_evidence["certain"].to_numpy()[row], minlength=len(first))
    by_name = np.bincount(group, (of_evidence["why"] == "name-only").to_numpy()[row], minlength=len(first))
    sure = (surely > 0) & (surely + by_name == met)
    share = of_evidence["share"].to_numpy()[row]
    made: pd.DataFrame = of_evidence.iloc[row[first]].reset_index(drop=True)
    low, high = np.full(len(first), np.inf), np.zeros(len(first))
    np.minimum.at(low, group, share)
    np.maximum.at(high, group, share)
    several = readings.readings["why"].astype(object).to_numpy()[reading[first]]
    doubt = np.full(len(first), len(_DOUBTS))
    np.minimum.at(doubt, group, _rank(of_evidence["why"].to_numpy()[row]))
    why = np.where(several == "", np.append(_DOUBTS, "identity-disputed")[doubt], several)
    certain = all_meet & sure
    made = made.drop(columns="share")
    made["line"], made["certain"], made["why"] = line[first], certain, np.where(certain, "", why)
    made["share_low"], made["share_high"] = low, high
    return made


def _rank(why: np.ndarray) -> np.ndarray:
    """The place of each reason among `codes.REASONS`: of several, the same one is told in any order."""
    place: np.ndarray = pd.Index(_DOUBTS).get_indexer(pd.Index(why, dtype=object))
    return np.where(place < 0, len(_DOUBTS), place)


def substances(identities: pd.DataFrame) -> np.ndarray:
    """A number for each distinct substance among the identities: by CAS number, else EC number,
    key, or name.
    """
    best = identities["name"].astype(object)
    for column in ("inchikey", "ec", "cas"):
        own = identities[column].astype(object)
        best = own.where(own != "", best)
    return pd.factorize(best)[0]


def sums(
    declarations: Declarations,
    law: Law,
    found: Pairs,
    level: np.ndarray,
    made: pd.DataFrame,
    index: pd.MultiIndex,
) -> Sums:
    """The contributions, once for each limit of their entry, on its unit where masses allow, and summed."""
    return _summed(amounts(declarations, law, found, level, made, index))


def amounts(
    declarations: Declarations,
    law: Law,
    found: Pairs,
    level: np.ndarray,
    made: pd.DataFrame,
    index: pd.MultiIndex,
) -> pd.DataFrame:
    """What is summed: the contributions, once for each limit of their entry, on its unit where masses allow.

    Returns:
        One row per line, entry and limit: `low` and `high` are shares (10⁻¹² kg/kg) of the unit at level
        `at`; `wanted` is the level the limit looks at; `unnamed` parts do not add up.
    """
    limit_codes = codes_of(law.limits, index)
    expanded = _each_limit(made, limit_codes)
    limit = expanded["limit"].to_numpy()
    lines = declarations.lines
    line = expanded["line"].to_numpy()
    certain = expanded["certain"].to_numpy()
    low = np.where(certain, lines["low_ppt"].to_numpy()[line], 0)
    high = lines["high_ppt"].to_numpy()[line]
    low, high = of_element(low, high, expanded, law)
    wanted = _limit_levels(law)[limit]
    place = tuple(lines[column].to_numpy()[line] for column in ("article", "component", "material"))
    own = level[line]
    wanted = np.where(wanted < 0, own, wanted)
    # an article without components is its own component
    whole = ~found.has_components[found.of_line[line]] & (wanted == ARTICLE)
    wanted = np.where(whole, COMPONENT, wanted)
    low, high, direct = Masses(declarations).convert((low, high), place, own, wanted)
    at = np.where(direct, wanted, own)
    component = np.where(at >= COMPONENT, place[1], NONE)
    material = np.where(at == MATERIAL, place[2], NONE)
    alone = _counts_alone(law, index)[expanded["entry"].to_numpy(), limit]
    of_component = (lines["basis"] == Basis.component).to_numpy()[line]
    return expanded.assign(
        low=low, high=high, at=at, wanted=wanted, pair=found.of_line[line], component=component,
        material=material, each=np.where(alone, expanded["substance"], NONE),
        # parts that nobody named may be one part or several: their shares need not add up
        unnamed=((at == MATERIAL) & (material == NONE))
        | ((at == COMPONENT) & (component == NONE) & of_component),
        missing=(lines["low_ppt"].to_numpy()[line] == 0) & (lines["high_ppt"].to_numpy()[line] == WHOLE),
        derogation=claims(lines)[0][line],
        intended=(lines["intended"] == "yes").to_numpy()[line],
        unintended=(lines["intended"] == "no").to_numpy()[line],
    )  # fmt: skip


def with_materials(
    summed: Sums, hits: Hits, declarations: Declarations, law: Law, found: Pairs, index: pd.MultiIndex
) -> Sums:
    """The sums with one more for each material that meets an entry by its name: how much of it there is,
    nobody says; some there is. Where a line is in the sum of the same material and limit, the name takes its
    doubt away; one whose share masses carried to the component says nothing of what the material is called.
    """
    named = hits.named
    if not len(named):
        return summed
    row = named["material"].to_numpy()
    certain = (named["certainty"] == Certainty.certain).to_numpy()
    materials = declarations.materials
    made = _each_limit(
        pd.DataFrame(
            {
                "entry": codes_of(named, index),
                "pair": found.of_material[row],
                "component": materials["component"].to_numpy()[row],
                "material": row,
                "low": certain.astype(np.int64),
                "sure": certain,
                "why": named["why"].astype(object).to_numpy(),
            }
        ),
        codes_of(law.limits, index),
    )
    wanted = _limit_levels(law)[made["limit"].to_numpy()]
    made = made.assign(
        at=MATERIAL, wanted=np.where(wanted < 0, MATERIAL, wanted), each=NONE, high=WHOLE,
        certain_high=np.where(made["sure"], WHOLE, 0), trust=TRUST.index("material"), missing=True,
        derogation=NONE, intended=False, unintended=False,
    )  # fmt: skip
    unit = ["pair", "component", "material", "entry", "limit"]
    by_line, by_name = (pd.MultiIndex.from_frame(part[unit]) for part in (summed.frame, made))
    there = (summed.frame["high"] > 0).to_numpy()  # a line that says 0 % does not unsay the name
    surely = by_line.isin(by_name[made["sure"].to_numpy()]) & there
    named_too = by_line.isin(by_name) & there  # and how much it says bounds nothing
    frame = summed.frame.assign(
        high=np.where(named_too, WHOLE, summed.frame["high"]),
        certain_high=np.where(surely, WHOLE, summed.frame["certain_high"]),
        low=np.where(surely, np.maximum(summed.frame["low"], 1), summed.frame["low"]),
        sure=summed.frame["sure"].to_numpy(dtype=bool) | surely,
        why=np.where(surely, "", summed.frame["why"]),
    )
    made = made[~by_name.isin(by_line[there])]
    frame = pd.concat([frame, made[frame.columns]], ignore_index=True)
    starts = np.concatenate([summed.starts, np.full(len(made), len(summed.lines))])
    return Sums(frame, summed.lines, starts)


def _each_limit(made: pd.DataFrame, limit_codes: np.ndarray) -> pd.DataFrame:
    """Each contribution once for each limit of its entry; `limit` is -1 where the entry has none."""
    order = np.argsort(limit_codes, kind="stable")
    ordered = limit_codes[order]
    entry = made["entry"].to_numpy()
    first = np.searchsorted(ordered, entry, side="left")
    each = np.searchsorted(ordered, entry, side="right") - first
    rows = np.repeat(np.arange(len(made)), np.maximum(each, 1))
    within = np.arange(len(rows)) - np.repeat(
        np.cumsum(np.maximum(each, 1)) - np.maximum(each, 1), np.maximum(each, 1)
    )
    limit = np.where(
        each[rows] > 0, np.append(order, NONE)[np.minimum(first[rows] + within, len(order))], NONE
    )
    return made.iloc[rows].reset_index(drop=True).assign(limit=limit)


def _limit_levels(law: Law) -> np.ndarray:
    """The level of the unit of each limit; -1, and the last value, for no limit: that which is declared.

    A limit for mixtures looks at the whole of one, whether it is declared as an article or as a material.
    """
    bases = law.limits["basis"].astype(object)
    level = [NONE if text == Basis.mixture else Basis(text).level for text in bases]
    return np.array([*level, NONE], dtype=np.int8)


def of_element(
    low: np.ndarray, high: np.ndarray, expanded: pd.DataFrame, law: Law
) -> tuple[np.ndarray, np.ndarray]:
    """Shares of the substance as shares of the element that the limit counts."""
    measures = np.append((law.limits["measure"] == Measure.element).to_numpy(), False)
    compound = measures[expanded["limit"].to_numpy()] & (expanded["share_low"].to_numpy() < 1)
    part_low = low * (expanded["share_low"].to_numpy() * (1 - TOLERANCE))
    part_high = high * np.minimum(expanded["share_high"].to_numpy() * (1 + TOLERANCE), 1.0)
    return (
        np.where(compound, np.floor(part_low), low).astype(np.int64),
        np.where(compound, np.minimum(np.ceil(part_high), WHOLE), high).astype(np.int64),
    )


def _counts_alone(law: Law, index: pd.MultiIndex) -> np.ndarray:
    """For each entry and limit (and the last column: none), whether each of the entry's substances counts
    alone.

    An entry that names one substance sums what is declared of it, under whatever number or name.
    """
    members = law.members[~law.members["excluded"]]
    kinds = members["kind"].astype(object)
    code = codes_of(members, index)
    numbers = np.bincount(code[(kinds == "cas").to_numpy()], minlength=len(index))
    open_ended = (
        np.bincount(code[kinds.isin(["parent", "group", "element"]).to_numpy()], minlength=len(index)) > 0
    )
    several = (numbers > 1) | open_ended
    alone = law.limits["measure"].isin([Measure.substance, Measure.substance_or_sum]).to_numpy()
    counts: np.ndarray = several[:, None] & np.append(alone, False)[None, :]
    return counts


_KEYS = ["pair", "component", "material", "at", "entry", "limit", "each"]


def _summed(rows: pd.DataFrame) -> Sums:
    """The contributions of each unit to each limit, added up."""
    group, first = distinct([rows[key].to_numpy() for key in _KEYS])
    order = np.argsort(group, kind="stable")
    starts = np.searchsorted(group[order], np.arange(len(first)))
    frame = rows.iloc[first][[*_KEYS, "wanted"]].reset_index(drop=True)
    if not len(frame):
        empty = {name: np.empty(0, dtype=np.int64) for name in ("low", "high", "certain_high", "trust")}
        return Sums(
            frame.assign(
                **empty, why="", missing=False, derogation=NONE, intended=False, unintended=False, sure=False
            ),
            group,
            starts,
        )
    column = {name: rows[name].to_numpy()[order] for name in rows}
    certain = column["certain"]
    doubt = np.minimum.reduceat(np.where(certain, len(_DOUBTS), _rank(column["why"])), starts)
    claimed = column["derogation"]
    one_claim = np.minimum.reduceat(claimed, starts) == np.maximum.reduceat(claimed, starts)
    together = np.add.reduceat(column["low"], starts)
    largest = np.maximum.reduceat(column["low"], starts)
    frame = frame.assign(
        low=np.minimum(np.where(column["unnamed"][starts], largest, together), WHOLE),
        high=np.minimum(np.add.reduceat(column["high"], starts), WHOLE),
        certain_high=np.minimum(np.add.reduceat(np.where(certain, column["high"], 0), starts), WHOLE),
        sure=np.logical_or.reduceat(certain, starts),
        why=np.append(_DOUBTS, "")[doubt],
        trust=np.minimum.reduceat(column["trust"].astype(np.int64), starts),
        missing=np.logical_or.reduceat(column["missing"], starts),
        derogation=np.where(one_claim, claimed[starts], NONE),
        intended=np.logical_or.reduceat(column["intended"] & certain, starts),
        unintended=np.logical_and.reduceat(column["unintended"], starts),
    )
    return Sums(frame, column["line"], starts)
