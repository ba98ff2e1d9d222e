"""What RDKit found for each SMILES, remembered in a small SQLite file beside the registry, one per version
of RDKit.

Several processes may use the file at once. Where it cannot be written, or is broken, what was found is
remembered for this process only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from kemkoll.structures import Structure, find_all, rdkit_version

RULES = 1
"""Number of the rules by which `structures` makes parents: raise it when they change."""
_AT_ONCE = 500


class RememberedStructures:
    """Structures by SMILES.

    Args:
        folder: where the file lies.
    """

    def __init__(self, folder: Path) -> None:
        self.file = folder / f"structures-{rdkit_version()}-{RULES}.sqlite"
        self._found: dict[str, Structure] = {}
        self._on_disk = True

    def find(self, smiles: Sequence[str]) -> list[Structure]:
        """What each SMILES says."""
        missing = [text for text in dict.fromkeys(smiles) if text not in self._found]
        if missing:
            self._found |= self._read(missing)
            missing = [text for text in missing if text not in self._found]
        if missing:
            made = dict(zip(missing, find_all(missing), strict=True))
            self._found |= made
            self._write(made)
        return [self._found[text] for text in smiles]

    def _read(self, smiles: list[str]) -> dict[str, Structure]:
        found: dict[str, Structure] = {}
        if not self._on_disk or not self.file.exists():
            return found
        try:
            with closing(self._connect()) as connection:
                for start in range(0, len(smiles), _AT_ONCE):
                    some = smiles[start : start + _AT_ONCE]
                    marks = ",".join("?" * len(some))
                    for given, *said in connection.execute(
                        f"SELECT * FROM structure WHERE given IN ({marks})", some
                    ):
                        found[given] = Structure(*said)
        except (sqlite3.Error, UnicodeError):
            self._on_disk = False
        return found

    def _write(self, made: dict[str, Structure]) -> None:
        if not self._on_disk:
            return
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._connect()) as connection, connection:
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS structure (given TEXT PRIMARY KEY, "
                    "smiles TEXT, inchikey TEXT, formula TEXT, parents TEXT) WITHOUT ROWID"
                )
                rows = [(given, *said) for given, said in made.items()]
                connection.executemany("INSERT OR IGNORE INTO structure VALUES (?, ?, ?, ?, ?)", rows)
        except (OSError, sqlite3.Error, UnicodeError):
            self._on_disk = False

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.file, timeout=10)
