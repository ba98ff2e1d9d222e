"""What became of articles that contained: flows, substitution and what came instead (K8, K9, K10)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kemkoll.tables import State
from kemkoll.trends.comparing import Compared
from kemkoll.trends.counting import Tally
from kemkoll.trends.crossing import CODE, EXITS, SUBSTITUTED, Flow, Story
from kemkoll.trends.figures import Figure, figure, ratio
from kemkoll.trends.grouping import Members

_KINDS = len(CODE) + 1
_UNSURE = (Flow.replaced_unknown, Flow.unexplained_out, Flow.lapsed)
"""Exits that may have been substitutions."""
_REAL = (Flow.reformulated, Flow.replaced, Flow.replaced_containing, Flow.delisted)
_OPEN = (Flow.unexplained_out, Flow.replaced_unknown)
"""Exits of which nobody knows whether less of it is bought now."""
_REAL_IN = (Flow.new_containing, Flow.reformulated_containing)


class Flows:
    """How many articles took each flow, and what came instead: groups × pairs.

    Attributes:
        counts: groups × pairs × numbers of flows (`crossing.CODE`).
        kin: groups × pairs × (not, of the kind, unknown): the substituted, by what came instead.
    """

    def __init__(self, members: Members, story: Story, among: Compared) -> None:
        pairs = [(int(base), int(period)) for base, period in zip(among.bases, among.periods, strict=True)]
        made = [_counted(members, story, base, period) for base, period in pairs]
        self.counts = np.stack([counts for counts, _ in made], axis=1)
        self.kin = np.stack([kin for _, kin in made], axis=1)

    def of(self, *flows: str) -> np.ndarray:
        """How many articles took any of these."""
        return np.asarray(self.counts[..., [CODE[flow] for flow in flows]].sum(axis=-1))


def _counted(members: Members, story: Story, base: int, period: int) -> tuple[np.ndarray, np.ndarray]:
    """Groups × flows, and groups × kinds of what came instead, from one period to another."""
    flow = story.flow(base, period)
    leaving, coming = flow.copy(), flow.copy()
    leaving[flow > CODE[Flow.moved_out]] = 0
    coming[flow <= CODE[Flow.moved_out]] = 0
    (article, code), (later, later_code) = members.of(base), members.of(period)
    gone, come = leaving[article], coming[later]
    if len(members.names) > 1:
        both = (story.states[base] == State.contains) & (story.states[period] == State.contains)
        old, new = np.flatnonzero(both[article]), np.flatnonzero(both[later])
        left, joined = _moved(
            *(of[at].astype(np.int64) * len(members.names) + codes[at]
              for of, codes, at in ((article, code, old), (later, later_code, new)))
        )  # fmt: skip
        gone[old[left]] = CODE[Flow.moved_out]
        come[new[joined]] = CODE[Flow.moved_in]
    counts = members.count(code, gone, _KINDS) + members.count(later_code, come, _KINDS)
    counts[:, 0] = 0
    done = np.flatnonzero((gone > 0) & (gone <= CODE[SUBSTITUTED[-1]]))
    kin = members.count(code[done], story.kin[period, article[done]] % 3, 3)
    return counts, kin


def _moved(old: np.ndarray, new: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which of these numbers of memberships are of one of the two periods alone.

    >>> [which.tolist() for which in _moved(np.array([1, 2]), np.array([2, 3]))]
    [[True, False], [False, True]]
    """
    return ~np.isin(old, new, kind="sort"), ~np.isin(new, old, kind="sort")


def net_change(sums: Tally, among: Compared) -> Figure:
    """K8: how many fewer articles contain; with groups, moving between them is part of it."""
    before, after = sums.at(among.bases), sums.at(among.periods)
    return figure(
        before.contains - after.contains,
        after.contains,
        before.contains,
        low=before.contains - after.contains - after.unknown,
        high=before.contains + before.unknown - after.contains,
        missing=among.not_compared,
    )


def real_change(flows: Flows, sums: Tally, among: Compared) -> Figure:
    """K8a: how many fewer contain because articles changed; at most, if all that is unsure was such a
    change.
    """
    before, after = sums.at(among.bases), sums.at(among.periods)
    value = flows.of(*_REAL) - flows.of(*_REAL_IN)
    lapsed, revealed = flows.of(Flow.lapsed), flows.of(Flow.revealed)
    may_have_come = revealed + flows.of(Flow.unexplained_in) + np.maximum(after.unknown - lapsed, 0)
    may_have_left = lapsed + flows.of(*_OPEN) + np.maximum(before.unknown - revealed, 0)
    return figure(
        value,
        value,
        before.contains,
        low=value - may_have_come,
        high=value + may_have_left,
        missing=among.not_compared,
    )


def effect_of_information(flows: Flows, sums: Tally, among: Compared) -> Figure:
    """K8b: how many fewer are known to contain because what is known changed; a lapse may hide a real
    change.
    """
    lapsed, revealed = flows.of(Flow.lapsed), flows.of(Flow.revealed)
    value = flows.of(Flow.corrected) + lapsed - revealed - flows.of(Flow.corrected_containing)
    return figure(
        value,
        value,
        sums.at(among.bases).contains,
        low=value - lapsed - flows.of(Flow.unexplained_in),
        high=value + revealed + flows.of(*_OPEN),
        missing=among.not_compared,
    )


def unexplained(flows: Flows, sums: Tally, among: Compared) -> Figure:
    """K8c: what neither is known to be a change nor to be information."""
    value = flows.of(*_OPEN) - flows.of(Flow.unexplained_in)
    return figure(value, value, sums.at(among.bases).contains, missing=among.not_compared)


def substitution(flows: Flows, among: Compared) -> Figure:
    """K9: of those that left, those that were reformulated or replaced by something free."""
    left = flows.of(*EXITS)
    return _substituted(flows, left, among, [(left == 0, "none_left")])


def substitution_of_base(flows: Flows, sums: Tally, among: Compared) -> Figure:
    """K9b: the same, of all that contained in the base."""
    base = sums.at(among.bases).contains
    return _substituted(flows, base, among, [(base == 0, "none_contained")])


def _substituted(
    flows: Flows, whole: np.ndarray, among: Compared, nothing: Sequence[tuple[np.ndarray, str]]
) -> Figure:
    done = flows.of(*SUBSTITUTED)
    value = ratio(done, whole)
    at_most = ratio(done + flows.of(*_UNSURE), whole)
    return figure(value, done, whole, low=value, high=at_most, missing=[*among.not_compared, *nothing])


def regrettable(flows: Flows, among: Compared) -> Figure:
    """K10: of the substituted, those whose replacement has another substance of the kind in it."""
    not_kin, kin, unknown = flows.kin[..., 0], flows.kin[..., 1], flows.kin[..., 2]
    known, done = not_kin + kin, flows.kin.sum(axis=-1)
    return figure(
        ratio(kin, done),
        kin,
        done,
        low=ratio(kin, done),
        high=ratio(kin + unknown, done),
        missing=[*among.not_compared, (done == 0, "none_substituted"), (known == 0, "replacement_unknown")],
    )


def unknown_replacement(flows: Flows, among: Compared) -> Figure:
    """K10b: of what was replaced or reformulated, those of which nobody knows what came instead."""
    blind = flows.of(Flow.replaced_unknown)
    unknown, done = flows.kin[..., 2] + blind, flows.kin.sum(axis=-1) + blind
    return figure(
        ratio(unknown, done), unknown, done, missing=[*among.not_compared, (done == 0, "none_substituted")]
    )
