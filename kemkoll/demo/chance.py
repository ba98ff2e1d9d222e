"""What looks like chance, and is the same each time: drawn from the names of what it is about."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")
_SEED = "Region Exempel"


def draw(*about: object) -> float:
    """A number from 0 up to 1 that belongs to what it is about.

    >>> draw("article", 7) == draw("article", 7), draw("article", 7) == draw("article", 8)
    (True, False)
    >>> 0 <= draw("anything") < 1
    True
    """
    text = "\0".join(map(str, (_SEED, *about)))
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=6).digest()) / 2**48


def pick(weights: Mapping[str, float], *about: object) -> str:
    """One of the names, by weight.

    >>> pick({"dotp": 1, "dehp": 0}, "article", 7)
    'dotp'
    """
    left = draw("pick", *about) * sum(weights.values())
    for name, weight in weights.items():
        left -= weight
        if left < 0:
            return name
    return [*weights][-1]


def one_of(choices: Sequence[T], *about: object) -> T:
    """One of the choices, each as likely.

    >>> one_of(["a"], "anything")
    'a'
    """
    return choices[int(draw("one of", *about) * len(choices))]


def day_in(first: str, last: str, *about: object) -> str:
    """A day from the first to the last, ISO text.

    >>> day_in("2024-02-01", "2024-02-01", "anything")
    '2024-02-01'
    """
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    days = int(draw("day", *about) * ((end - start).days + 1))
    return (start + timedelta(days=days)).isoformat()
