"""What a sample can say: Wilson's interval, and the rule of three."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

_Z = 1.959963984540054  # of the normal distribution: 95 % lie within


class Conclusion(NamedTuple):
    """What a sample says of what it was taken from at random, with 95 % confidence.

    Attributes:
        low, high: Wilson's interval of the share that fails.
        rule_of_three: the upper bound 3 ÷ tested, where none failed; not a number otherwise.
    """

    low: float
    high: float
    rule_of_three: float


def wilson(failing: Any, tested: Any) -> tuple[np.ndarray, np.ndarray]:
    """The bounds of a share that was estimated from a sample, with 95 % confidence.

    Two-sided score interval without correction for continuity. Not a number where nothing was tested.

    References:
        E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal of the
        American Statistical Association 22 (1927), 209-212.

    >>> [round(float(bound), 3) for bound in wilson(1, 45)]
    [0.004, 0.116]
    """
    failing, tested = np.asarray(failing, dtype=np.float64), np.asarray(tested, dtype=np.float64)
    size = np.where(tested > 0, tested, np.nan)
    share = failing / size
    scale = 1 + _Z**2 / size
    middle = (share + _Z**2 / (2 * size)) / scale
    reach = _Z * np.sqrt(share * (1 - share) / size + _Z**2 / (4 * size**2)) / scale
    low = np.where(failing == 0, np.where(tested > 0, 0, np.nan), middle - reach)
    high = np.where(failing == tested, np.where(tested > 0, 1, np.nan), middle + reach)
    return low, high


def conclusion(tested: int, failing: int = 0) -> Conclusion:
    """What it would say if so many of so many failed: for planning how many to test.

    Raises:
        ValueError: nothing is tested, or more fail than are tested.

    >>> none = conclusion(45)
    >>> round(none.high, 3), round(none.rule_of_three, 3)
    (0.079, 0.067)
    """
    if not (tested > 0 and 0 <= failing <= tested):
        raise ValueError(f"{failing} of {tested} cannot fail")
    low, high = wilson(failing, tested)
    return Conclusion(float(low), float(high), 3 / tested if failing == 0 else float("nan"))


def least_tested(share: float, failing: int = 0) -> int:
    """How many must be tested, so that at most this share fails, with 95 % confidence, if so many of them
    fail.

    Raises:
        ValueError: the share is not between 0 and 1, without these.

    >>> least_tested(0.079), conclusion(45).high < 0.079 < conclusion(44).high
    (45, True)
    """
    if not 0 < share < 1:
        raise ValueError(f"{share} is no share between 0 and 1")
    few, enough = failing, max(2 * failing, 1)
    while float(wilson(failing, enough)[1]) > share:
        few, enough = enough, 2 * enough
    while enough - few > 1:
        middle = (few + enough) // 2
        if float(wilson(failing, middle)[1]) > share:
            few = middle
        else:
            enough = middle
    return enough
