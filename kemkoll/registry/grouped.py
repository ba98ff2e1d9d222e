"""Which of a shelf's substances belong to which groups: found once for each rule, and kept beside the shelf.

Several processes may use the file at once: each writes a whole one and puts it in the other's place. What is
lost by that is found again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import pyarrow as pa

from kemkoll.registry.progress import progress
from kemkoll.registry.shelf import Rows, Shelf
from kemkoll.structures import rdkit_version, rules_version
from kemkoll.structures.classification import OUT, Grades, classify

_NAMES = b"rules"


class Grouped:
    """The groups of a shelf's substances.

    Args:
        shelf: the substances. One that is not on disk has each substance looked at when it is asked for.
    """

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._grades: dict[str, Grades] = {}

    def grades(self, rows: Rows, rules: Sequence[str]) -> Grades:
        """How the substances of some rows (substances × rules) belong to groups, as `classify` says it.

        Args:
            rows: row numbers of the shelf; what has no structure there belongs to none.
            rules: what each rule asks.
        """
        if self._shelf.folder is None:
            return classify(self._shelf.texts("smiles", rows).tolist(), rules)
        keys = {_key(rule): rule for rule in rules}
        if not keys.keys() <= self._grades.keys():
            self._grades |= self._read()
        if missing := {key: rule for key, rule in keys.items() if key not in self._grades}:
            self._grades |= self._find(missing)
            self._write()
        found = [self._grades[_key(rule)][rows] for rule in rules]
        return np.array(found, dtype=np.int8).reshape(len(rules), len(rows)).T

    def _find(self, rules: dict[str, str]) -> dict[str, Grades]:
        """The grades of all substances by some rules."""
        smiles = self._shelf.texts("smiles", np.arange(self._shelf.entries)).tolist()
        with progress("Sorting the registry into groups") as advance:
            grades = classify(smiles, [*rules.values()], done=lambda some: advance(some / len(smiles)))
        return {key: grades[:, number].copy() for number, key in enumerate(rules)}

    @property
    def _file(self) -> Path:
        assert self._shelf.folder
        return self._shelf.folder / f"groups-{rdkit_version()}-{rules_version()}.arrow"

    def _read(self) -> dict[str, Grades]:
        """What was kept."""
        try:
            with pa.OSFile(str(self._file)) as source, pa.ipc.open_file(source) as reader:
                names = json.loads((reader.schema.metadata or {})[_NAMES])
                kept = reader.read_all()
            rule, row, grade = (kept.column(name).to_numpy() for name in ("rule", "row", "grade"))
            made = np.zeros((len(names), self._shelf.entries), dtype=np.int8)
            made[rule, row] = grade
        except (OSError, pa.ArrowInvalid, ValueError, KeyError, IndexError):
            return {}
        return dict(zip(names, made, strict=True))

    def _write(self) -> None:
        known = np.array([*self._grades.values()])
        rule, row = np.nonzero(known != OUT)
        table = pa.table(
            {"rule": rule.astype(np.int32), "row": row.astype(np.int32), "grade": known[rule, row]}
        )
        table = table.replace_schema_metadata({_NAMES: json.dumps([*self._grades])})
        half = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        with suppress(OSError):  # a home that cannot be written to costs time, nothing else
            with pa.OSFile(str(half), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
                writer.write_table(table)
            half.replace(self._file)


def _key(rule: str) -> str:
    return hashlib.sha256(rule.encode()).hexdigest()[:24]
