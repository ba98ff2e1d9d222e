"""Like for like: the same articles, or what serves in their place, in two periods (K4, K5)."""

from __future__ import annotations

import numpy as np

from kemkoll.tables import State
from kemkoll.trends.comparing import Compared
from kemkoll.trends.crossing import Story
from kemkoll.trends.figures import Figure, figure, ratio
from kemkoll.trends.grouping import Members

_KINDS = len(State)


def like_for_like(
    members: Members, story: Story, among: Compared, *, function: bool
) -> tuple[Figure, np.ndarray]:
    """By how much fewer of those that are declared in both periods contain, and how much of the basket they
    are.

    The basket is what was in the base and still is there; its groups are those of the base. Its bounds let
    everything in it that is unknown in either period be either way.

    Args:
        function: whether what took the place of an article stands for it (K5), or only the article itself
            does (K4).
    """
    after = story.needs if function else story.states
    joint = np.stack(
        [
            _joint(members, story.states, after, int(base), int(period))
            for base, period in zip(among.bases, among.periods, strict=True)
        ],
        axis=1,
    )  # groups × pairs × state before × state after
    both = joint[..., State.free :, State.free :]
    before, now = both[..., 1, :].sum(axis=-1), both[..., 1].sum(axis=-1)
    basket = joint[..., State.unknown :, State.unknown :]
    known, known_now = basket[..., 2, :].sum(axis=-1), basket[..., 2].sum(axis=-1)
    doubtful, doubtful_now = basket[..., 0, :].sum(axis=-1), basket[..., 0].sum(axis=-1)
    value = 1 - ratio(now, before)
    size, matched = basket.sum(axis=(-1, -2)), both.sum(axis=(-1, -2))
    made = figure(
        value,
        now,
        before,
        low=np.fmin(value, 1 - ratio(known_now + doubtful_now, known)),
        high=np.fmax(value, 1 - ratio(known_now, known + doubtful)),
        missing=[*among.not_compared, (size == 0, "no_articles"), (before == 0, "none_matched")],
    )
    return made, ratio(matched, size)


def _joint(members: Members, before: np.ndarray, after: np.ndarray, base: int, period: int) -> np.ndarray:
    """Groups × states in the base × states in the period: how many articles."""
    article, code = members.of(base)
    both = (before[base] * _KINDS + after[period])[article]
    return members.count(code, both, _KINDS * _KINDS).reshape(-1, _KINDS, _KINDS)
