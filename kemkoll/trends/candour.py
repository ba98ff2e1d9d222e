"""Which of several states is the worst: containing, then unknown; free only where all that is known is
free.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from kemkoll.tables import State

_RANK = np.array([0, 2, 1, 3], dtype=np.int8)  # by State: absent, unknown, free, contains
_STATES = np.array([State.absent, State.free, State.unknown, State.contains], dtype=np.int8)


def rank(states: Any) -> np.ndarray:
    """How bad each `State` is: absent 0, free 1, unknown 2, contains 3.

    >>> rank([State.free, State.unknown]).tolist()
    [1, 2]
    """
    return np.asarray(_RANK[np.asarray(states)])


def state(ranks: Any) -> np.ndarray:
    """The `State` of each rank.

    >>> state(rank([State.free, State.unknown])) == [State.free, State.unknown]
    array([ True,  True])
    """
    return np.asarray(_STATES[np.asarray(ranks)])
