"""Readings of substances as written, remembered between runs: what is written alike is read alike.

They lie in one file under `paths.home()`, named by everything that they follow from: what the registry knows,
and the programs that read. Several processes may use the file at once: each writes a whole one and puts it in
the other's place. What is lost by that is read again.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from kemkoll.identity import identify, readings_of
from kemkoll.identity.cells import AS_WRITTEN
from kemkoll.registry import Registry
from kemkoll.structures import rdkit_version, rules_version
from kemkoll.tables import IDENTITIES, Readings, distinct

_MOST = 1_000_000
"""Substances as written that are kept at most; beyond that, only those of the last run."""
_KEY, _WITHIN, _WHY = "written", "reading", "why"


class Remembered:
    """`identify`, which reads each substance as written once. It tells of no problems: whether a name nobody
    knows has others near it, is looked up for a few names only.

    Args:
        registry: where numbers, names and structures are looked up.
    """

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._file = registry.home / f"readings-{_made_by(registry.stamp)}.arrow"
        self._rows = _read(self._file) if registry.stamp else _nothing()
        self._index()

    def identify(self, lines: pd.DataFrame, registry: Registry) -> Readings:
        """The substances that each line may mean (`identity.identify`).

        Args:
            lines: `tables.LINES`.
            registry: the one that is remembered for.
        """
        assert registry is self._registry
        if not len(lines):
            return Readings()
        combination, first = distinct([lines[name] for name in AS_WRITTEN])
        written = lines.iloc[first]
        keys = _keys(written)
        place = self._known.get_indexer(pd.Index(keys))
        if (place < 0).any():
            self._learn(written[place < 0], keys[place < 0], keys)
            place = self._known.get_indexer(pd.Index(keys))
        each = self._counts[place]
        within = np.arange(each.sum()) - np.repeat(np.cumsum(each) - each, each)
        own = self._rows.iloc[np.repeat(self._starts[place], each) + within]
        why = self._rows[_WHY].array[self._starts[place]]
        return Readings(IDENTITIES.conform(own), readings_of(each, why, combination))

    def _learn(self, written: pd.DataFrame, keys: np.ndarray, asked: np.ndarray) -> None:
        """Read what was not read before, and keep it for the next time."""
        made = identify(written.reset_index(drop=True), self._registry)
        line = made.readings["line"].to_numpy()
        own = made.identities.assign(
            **{_KEY: keys[line], _WITHIN: made.readings[_WITHIN], _WHY: made.readings[_WHY]}
        )
        if len(self._known) + len(keys) > _MOST:
            self._rows = self._rows[self._rows[_KEY].isin(asked)]
        self._rows = _plain(pd.concat([self._rows, own], ignore_index=True))
        self._index()
        if self._registry.stamp:  # nobody could tell the file of one that has none from another's
            _write(self._rows, self._file)

    def _index(self) -> None:
        """Find the rows of each substance as written: its first, and how many they are."""
        self._starts = np.flatnonzero(self._rows[_WITHIN].to_numpy() == 0)
        self._counts = np.diff(self._starts, append=len(self._rows))
        self._known = pd.Index(self._rows[_KEY].to_numpy(dtype=object)[self._starts], dtype=object)


def _keys(written: pd.DataFrame) -> np.ndarray:
    """The cells as one text each; no cell of a file or a database has a NUL in it."""
    cells = zip(*(written[name].astype(object) for name in AS_WRITTEN), strict=True)
    return np.array(["\0".join(own) for own in cells] or [""], dtype=object)[: len(written)]


def _plain(rows: pd.DataFrame) -> pd.DataFrame:
    texts = {name: pd.Categorical(rows[name].astype(object)) for name in (*IDENTITIES.names[:-1], _WHY)}
    return rows.assign(**texts)


@cache
def _made_by(stamp: str) -> str:
    """A hash of what readings follow from: what the registry knows, and the code and programs that read."""
    package = Path(__file__).parents[1]
    files = [package / "identifiers.py", package / "formulas.py"]
    files += [file for name in ("identity", "registry") for file in sorted((package / name).glob("*.py"))]
    try:
        drawer = version("py2opsin")
    except PackageNotFoundError:
        drawer = ""
    said = "\0".join((stamp, rdkit_version(), rules_version(), drawer, *IDENTITIES.names))
    code = b"".join(file.read_bytes() for file in files)
    return hashlib.sha256(said.encode() + code).hexdigest()[:24]


def _read(file: Path) -> pd.DataFrame:
    """What was kept: `IDENTITIES`, what was written, the number of each reading, why there are several."""
    try:
        with pa.OSFile(str(file)) as source, pa.ipc.open_file(source) as reader:
            table = reader.read_all()
        made = {name: _column(table[name]) for name in (*IDENTITIES.names, _KEY, _WITHIN, _WHY)}
    except (OSError, pa.ArrowInvalid, KeyError):
        return _nothing()
    return pd.DataFrame(made)


def _nothing() -> pd.DataFrame:
    """The same of nothing."""
    return IDENTITIES.empty().reindex(columns=[*IDENTITIES.names, _KEY, _WITHIN, _WHY])


def _column(made: pa.ChunkedArray) -> Any:
    if not pa.types.is_dictionary(made.type):
        return made.to_numpy()
    own = made.combine_chunks()
    texts = pd.Index(own.dictionary.to_numpy(zero_copy_only=False), dtype=object)
    return pd.Categorical.from_codes(own.indices.to_numpy(), texts)


def _write(rows: pd.DataFrame, file: Path) -> None:
    """Put what was read into the file, in place of what programs and registries before knew."""
    table = pa.table(
        {
            str(name): pa.DictionaryArray.from_arrays(
                column.cat.codes.to_numpy(dtype=np.int32), pa.array(column.cat.categories, pa.string())
            )
            if isinstance(column.dtype, pd.CategoricalDtype)
            else pa.array(column.to_numpy())
            for name, column in rows.items()
        }
    )
    half = file.with_name(f"{file.name}.{os.getpid()}")
    with suppress(OSError):  # a home that cannot be written to costs time, nothing else
        with pa.OSFile(str(half), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table, max_chunksize=max(1, table.num_rows))
        half.replace(file)
        for old in file.parent.glob(f"readings-{'?' * 24}.arrow"):
            if old != file:
                old.unlink(missing_ok=True)
