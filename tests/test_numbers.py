"""One wrong digit in any shipped number fails: by its check digit, or because the numbers are pinned.

A check digit catches most single wrong digits and not all; what it lets through, another valid number put in
its place, and a number moved to another entry, change the pinned hash. Whoever changes numbers on purpose
writes the new hash with `pytest tests/test_numbers.py --snapshot-update`, and the reviewer sees which list
has changed.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

import numpy as np
import pytest

from kemkoll import paths
from kemkoll.lists.folder import read_folder
from kemkoll.lists.promises.members import is_member

ROOT = paths.data("substance_lists")
LISTS = sorted(path.parent.name for path in ROOT.glob("*/list.toml"))
KINDS = ("cas", "ec", "inchikey", "parent")
MOST_UNSEEN = {"cas": 0.15, "ec": 0.05}
"""The share of wrong digits that a check digit may let through, for the pins to catch."""
Members = list[tuple[str, str, str, str]]


@cache
def members(list_: str) -> Members:
    """The members of a list that are numbers or keys: kind, value, entry, excluded; sorted."""
    table = read_folder(ROOT / list_).tables["members"]
    rows = zip(table["kind"], table["value"], table["entry"], table["excluded"], strict=True)
    return sorted(row for row in rows if row[0] in KINDS)


def pinned(rows: Members) -> dict[str, str]:
    """By kind: how many members there are, and a hash of them with their entries."""
    texts = {kind: [" ".join(row[1:]) for row in rows if row[0] == kind] for kind in KINDS}
    hashes = {kind: hashlib.sha256("\n".join(said).encode()).hexdigest() for kind, said in texts.items()}
    return {kind: f"{len(texts[kind])} {hashes[kind][:16]}" for kind in KINDS if texts[kind]}


@pytest.mark.parametrize("list_", LISTS)
def test_the_numbers_are_the_pinned_ones(list_: str, snapshot: Any) -> None:
    assert pinned(members(list_)) == snapshot


def test_the_pin_sees_what_a_check_digit_does_not() -> None:
    """107-05-1 and 157-05-1 are both valid; so are two numbers that have changed places."""
    rows: Members = [("cas", "107-05-1", "a", ""), ("cas", "117-81-7", "b", "")]
    assert is_member("cas", "157-05-1") == is_member("cas", "107-05-1") is True
    typed = [("cas", "157-05-1", "a", ""), rows[1]]
    swapped = [("cas", "117-81-7", "a", ""), ("cas", "107-05-1", "b", "")]
    assert len({str(pinned(sorted(made))) for made in (rows, typed, swapped)}) == 3


@pytest.mark.parametrize("kind", ["cas", "ec"])
def test_the_lint_sees_every_wrong_digit_but_those_that_make_another_valid_number(kind: str) -> None:
    """Each digit of each number, changed to each other digit: what passes has a check digit that fits."""
    shipped = sorted({value for list_ in LISTS for of, value, *_ in members(list_) if of == kind})
    passed = {text for number in shipped for text in _changed(number) if is_member(kind, text)}
    digits = _digits(sorted(passed))
    if kind == "cas":
        rest = (digits[:, :-1] @ np.arange(digits.shape[1] - 1, 0, -1)) % 10
    else:
        rest = (digits[:, :-1] @ np.arange(1, 7)) % 11
        rest[rest == 10] = 1
    assert (rest == digits[:, -1]).all()
    changed = sum(9 * (len(number) - 2) for number in shipped)
    assert 0 < len(passed) < changed * MOST_UNSEEN[kind]


def _changed(number: str) -> list[str]:
    """The number with one digit wrong, in every way."""
    return [
        f"{number[:place]}{digit}{number[place + 1 :]}"
        for place, sign in enumerate(number)
        if sign != "-"
        for digit in "0123456789"
        if digit != sign
    ]


def _digits(numbers: list[str]) -> np.ndarray[Any, Any]:
    """The digits of some numbers, one row each, with leading zeros for short ones."""
    plain = [number.replace("-", "") for number in numbers]
    longest = max(map(len, plain))
    return np.array([[int(sign) for sign in text.zfill(longest)] for text in plain])
