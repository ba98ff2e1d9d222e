"""What is written alike is read alike, once: by this process, by the next, and anew by another registry."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from conftest import declare
from documents import DOUBTFUL, KNOWN
from hypothesis import given
from hypothesis import strategies as st

from kemkoll.identity import identify, remembered
from kemkoll.identity.remembered import Remembered
from kemkoll.registry import Registry
from kemkoll.tables import IDENTITIES, READINGS, Readings

CELLS = st.lists(st.sampled_from([*KNOWN, *DOUBTFUL]), min_size=1, max_size=8)


def lines_of(cells: list[dict[str, str]]) -> pd.DataFrame:
    return declare(lines=[{"amount": "1 %", **own} for own in cells]).lines


def told(readings: Readings) -> list[tuple[Any, ...]]:
    """Everything that is said of each reading of each line."""
    identities = readings.identities.iloc[readings.readings["identity"]].astype(object)
    own = readings.readings[["line", "reading", "why"]].astype(object)
    return [(*one, *other) for one, other in zip(own.to_numpy(), identities.to_numpy(), strict=True)]


@pytest.fixture
def apart(registry: Any, tmp_path: Path) -> Registry:
    """The registry with a place of its own for what it remembers."""
    return Registry(tmp_path, registry._shelves, registry.stamp)


@given(st.lists(CELLS, min_size=1, max_size=3))
def test_it_is_what_identify_gives(registry: Any, tmp_path_factory: Any, parts: list[Any]) -> None:
    own = Registry(tmp_path_factory.mktemp("home"), registry._shelves, registry.stamp)
    for cells in [*parts, parts[0]]:
        lines = lines_of(cells)
        for known in (Remembered(own), Remembered(own)):
            made = known.identify(lines, own)
            assert told(made) == told(identify(lines, registry))
            assert made.identities.dtypes.equals(IDENTITIES.conform(made.identities).dtypes)
            assert READINGS.conform(made.readings).equals(made.readings)


def test_only_what_is_new_is_read(apart: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def noted(lines: pd.DataFrame, registry: Registry) -> Readings:
        asked.append(len(lines))
        return identify(lines, registry)

    monkeypatch.setattr(remembered, "identify", noted)
    first, more = lines_of(KNOWN[:4] * 2), lines_of([*KNOWN[:6], *DOUBTFUL])
    Remembered(apart).identify(first, apart)
    Remembered(apart).identify(more, apart)
    Remembered(apart).identify(more, apart)
    assert asked == [4, 2 + len(DOUBTFUL)]


def test_another_registry_reads_anew(apart: Registry) -> None:
    lines = lines_of(KNOWN)
    Remembered(apart).identify(lines, apart)
    (file,) = apart.home.glob("readings-*.arrow")
    other = Registry(apart.home, apart._shelves, apart.stamp + " and one of our own")
    assert told(Remembered(other).identify(lines, other)) == told(identify(lines, other))
    (now,) = apart.home.glob("readings-*.arrow")
    assert now != file


def test_a_registry_that_says_not_what_it_knows_keeps_nothing(apart: Registry) -> None:
    nameless = Registry(apart.home, apart._shelves)
    lines = lines_of(DOUBTFUL)
    assert told(Remembered(nameless).identify(lines, nameless)) == told(identify(lines, nameless))
    assert not [*apart.home.glob("readings-*")]


@pytest.mark.parametrize("harm", [b"", b"not Arrow", None])
def test_a_broken_file_costs_time_alone(apart: Registry, harm: bytes | None) -> None:
    lines = lines_of(DOUBTFUL)
    Remembered(apart).identify(lines, apart)
    (file,) = apart.home.glob("readings-*.arrow")
    file.write_bytes(file.read_bytes()[:-200] if harm is None else harm)
    assert told(Remembered(apart).identify(lines, apart)) == told(identify(lines, apart))


def test_a_home_that_cannot_be_written_costs_time_alone(registry: Any, tmp_path: Path) -> None:
    nowhere = Registry(tmp_path / "absent", registry._shelves, registry.stamp)
    lines = lines_of(DOUBTFUL)
    assert told(Remembered(nowhere).identify(lines, nowhere)) == told(identify(lines, nowhere))


def test_too_many_are_forgotten(apart: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "_MOST", 6)
    for cells in (KNOWN[:5], KNOWN[3:8], DOUBTFUL, KNOWN[:2]):
        lines = lines_of(cells)
        assert told(Remembered(apart).identify(lines, apart)) == told(identify(lines, apart))
    assert len(Remembered(apart)._known) <= 2 + len(DOUBTFUL)


def test_no_lines(apart: Registry) -> None:
    assert not len(Remembered(apart).identify(lines_of(KNOWN)[:0], apart).readings)
