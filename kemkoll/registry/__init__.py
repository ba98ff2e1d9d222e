"""The registry: which substance a CAS number, a name, an InChIKey or a SMILES stands for.

Numbers and names come from the `chemicals` package, from kemkoll's own files in this folder and from the
user's; they are compiled at first use into files under `paths.home()`. Parents of salts are made by RDKit
when they are asked for.

A registry knows what a number means, not what is in a bag: where the substance is a polymer, an alloy, a
mixture or of unknown composition, it is `variable` and has no structure, whatever molecule somebody once
drew for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kemkoll import paths
from kemkoll.formulas import elements
from kemkoll.registry import compiling, own_files, proposals, sources, systematic
from kemkoll.registry.grouped import Grouped
from kemkoll.registry.names import in_parenthesis, is_abbreviation, normal_name, without_footnote
from kemkoll.registry.remembered import RememberedStructures
from kemkoll.registry.shelf import ASK, Shelf
from kemkoll.registry.sources import cas_number
from kemkoll.structures.classification import Grades, classify

__all__ = ["Registry", "normal_name"]

COLUMNS = ("known", "name", "smiles", "inchikey", "formula", "parents", "variable", "replaced_by")
"""Columns of what `Registry.find_cas` gives."""


class Registry:
    """Substances by number, name and structure. Open it with `Registry.open()`.

    Args:
        home: the folder that compiled files are kept in.
        shelves: compiled substances; earlier ones go before later ones.
        stamp: says which substances it knows: another one, where the user has added some.
    """

    def __init__(self, home: Path, shelves: Sequence[Shelf], stamp: str = "") -> None:
        self.home, self.stamp = home, stamp
        self._shelves = list(shelves)
        self._grouped = [Grouped(shelf) for shelf in shelves]
        self._structures = RememberedStructures(home)

    @classmethod
    def open(cls, home: Path | None = None) -> Registry:
        """The registry, compiled now where that has not been done yet.

        Args:
            home: folder of the compiled files; `paths.home()` where none is given.
        """
        home = home or paths.home()
        labels = [compiling.registry_label()]
        shelves = [compiling.shelf_of(home, labels[0], sources.collect)]
        if files := own_files.kept(home):
            labels.append(own_files.label(files))
            own = compiling.shelf_of(home, labels[1], lambda: own_files.collect(files))
            shelves.insert(0, own)
        return cls(home, shelves, " ".join(labels))

    @classmethod
    def add(cls, path: Path | str, home: Path | None = None) -> int:
        """How many substances were added from the user's CSV file (`cas,name[,smiles,ec]`).

        A registry that is open does not see them: open it again.

        Raises:
            ConfigError: the file cannot be read, a row is wrong, or the home folder cannot be written.
        """
        return own_files.add(Path(path), home or paths.home())

    def status(self) -> dict[str, str | int]:
        """What the registry holds and where it lies: `home`, `compiled` (ISO time, UTC; "" in memory),
        `chemicals` (version), `entries`, `names`, `own_entries` (the user's), `own_files`.
        """
        base = self._shelves[-1]
        own = self._shelves[0] if len(self._shelves) > 1 else None
        return {
            "home": str(self.home),
            "compiled": compiling.compiled_at(self.home / compiling.registry_label()),
            "chemicals": compiling.chemicals_version(),
            "entries": base.entries,
            "names": base.names,
            "own_entries": own.entries if own else 0,
            "own_files": len(own_files.kept(self.home)),
        }

    def find_cas(self, numbers: Sequence[str], *, parents: bool = True) -> pd.DataFrame:
        """What is known of each CAS number: one row per number, in order, with `COLUMNS`.

        Args:
            numbers: CAS numbers; anything else is unknown.
            parents: whether `parents` is wanted: for salts RDKit has to make them.
        """
        digits = _digits(numbers)
        found = self._take(digits)
        if parents:
            ask = np.flatnonzero(found["parents"] == ASK)
            structures = self._structures.find(found["smiles"][ask].tolist())
            found["parents"][ask] = [structure.parents for structure in structures]
        else:
            found["parents"][:] = ""
        found["replaced_by"] = np.array([self._replaced.get(number, "") for number in numbers], dtype=object)
        return pd.DataFrame({name: pd.Series(found[name], dtype=_type(name)) for name in COLUMNS})

    def names_of(self, number: str) -> dict[str, tuple[str, ...]]:
        """Names of a CAS number in English (`en`) and Swedish (`sv`), the registry's title first."""
        titles = self.find_cas([number], parents=False)["name"]
        found: dict[str, list[str]] = {"en": list(titles), "sv": []}
        for row in sources.read_own("materials.csv"):
            if row["cas"] == number:
                found = {language: [*names, row[f"name_{language}"]] for language, names in found.items()}
        for row in sources.read_own("names.csv"):
            if row["cas"] == number:
                found[row["language"]].append(row["name"])
        return {language: tuple(dict.fromkeys(filter(None, names))) for language, names in found.items()}

    def find_inchikeys(self, keys: Sequence[str]) -> list[tuple[str, ...]]:
        """The CAS numbers of the substances that have each InChIKey, mostly one; () where none is known."""
        return [tuple(map(cas_number, digits)) for digits in self._find("keys", keys)]

    def find_isomers(self, keys: Sequence[str]) -> list[tuple[str, ...]]:
        """The CAS numbers of all substances that have the structure of each InChIKey, in whatever spatial
        form.
        """
        found = self._find("keys", [key[:14] for key in keys])
        return [tuple(map(cas_number, digits)) for digits in found]

    def find_ecs(self, numbers: Sequence[str]) -> list[str]:
        """The CAS number of each EC number that one of the user's own files gives, or ""."""
        return [cas_number(found[0]) if found else "" for found in self._find("numbers", numbers)]

    def find_names(self, names: Sequence[str]) -> list[tuple[str, ...]]:
        """The CAS numbers that each name stands for, the most trusted first; () for an unknown name.

        A name is tried whole, then without a footnote mark, then without its last parenthesis where that only
        explains the name: an abbreviation, or a name, formula or CAS number of the same substance.
        """
        known = self._look_up(dict.fromkeys(names))
        shorter = {name: without_footnote(name) for name, found in known.items() if not found}
        found = self._look_up(shorter.values())
        known |= {name: found[text] for name, text in shorter.items()}
        parts = {
            name: pair for name, text in shorter.items() if not known[name] and (pair := in_parenthesis(text))
        }
        if parts:
            found = self._look_up(text for pair in parts.values() for text in pair)
            known |= {
                name: self._explained(found[text], inside, found[inside])
                for name, (text, inside) in parts.items()
            }
        return [known[name] for name in names]

    def _look_up(self, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """What each name stands for as it is written."""
        distinct = list(names)
        found = self._find("names", list(map(normal_name, distinct)))
        return {name: tuple(map(cas_number, digits)) for name, digits in zip(distinct, found, strict=True)}

    def _explained(self, outside: tuple[str, ...], inside: str, said: tuple[str, ...]) -> tuple[str, ...]:
        """What a name stands for, given what its parenthesis holds and what that stands for."""
        if not outside:
            return ()
        if number := _CAS_IN_TEXT.search(inside):
            said = (number[0],)
        if said:
            return tuple(number for number in outside if number in said)
        if is_abbreviation(inside):
            return outside
        written = elements(inside)
        formulas = self.find_cas(outside, parents=False)["formula"]
        return tuple(
            number
            for number, formula in zip(outside, formulas, strict=True)
            if written and elements(formula) == written
        )

    def draw_names(self, names: Sequence[str]) -> dict[str, str]:
        """The SMILES of each of some systematic names, where extra `names` is installed."""
        return systematic.drawn(names)

    def near_names(self, names: Sequence[str]) -> list[tuple[str, ...]]:
        """For each name at most three substances of nearly that name, as `name (CAS number)`: proposals, no
        identities.

        Names shorter than five letters get none, and only the first forty names are tried.
        """
        found = [proposals.near(names, shelf) for shelf in self._shelves]
        proposed = [
            list(dict.fromkeys(cas_number(digits) for some in lists for digits in some))[: proposals.GIVEN]
            for lists in zip(*found, strict=True)
        ]
        distinct = list({number for numbers in proposed for number in numbers})
        titles = dict(zip(distinct, self.find_cas(distinct, parents=False)["name"], strict=True))
        return [tuple(f"{titles[number]} ({number})" for number in numbers) for numbers in proposed]

    def find_structures(self, smiles: Sequence[str]) -> pd.DataFrame:
        """What each SMILES says: columns valid, inchikey, formula, parents, smiles (canonical)."""
        found = self._structures.find(list(smiles))
        return pd.DataFrame(
            {
                "valid": [structure.valid for structure in found],
                **{
                    name: pd.Series([getattr(structure, name) for structure in found], dtype=object)
                    for name in ("inchikey", "formula", "parents", "smiles")
                },
            }
        )

    def grades(self, numbers: Sequence[str], smiles: Sequence[str], rules: Sequence[str]) -> Grades:
        """How substances belong to groups by their structure: `structures.classification.classify`.

        What the registry itself has is looked at once for each rule, and remembered.

        Args:
            numbers: the CAS number of each substance, or "".
            smiles: its structure, or "".
            rules: what each rule asks, as `structures.rules.conditions` writes it.
        """
        made = np.zeros((len(numbers), len(rules)), dtype=np.int8)
        digits, texts = _digits(numbers), np.array(smiles, dtype=object)
        left = texts != ""
        for shelf, grouped in zip(self._shelves, self._grouped, strict=True):
            rows = shelf.find_cas(digits)
            here = left & (rows >= 0) & (shelf.texts("smiles", rows) == texts)
            if here.any():
                made[here] = grouped.grades(rows[here], rules)
            left &= ~here
        if left.any():
            made[left] = classify(texts[left].tolist(), rules)
        return made

    def _find(self, table: str, texts: Sequence[str]) -> list[tuple[int, ...]]:
        found = self._shelves[0].find(table, texts)
        for shelf in self._shelves[1:]:
            more = shelf.find(table, texts)
            found = [tuple(dict.fromkeys(one + other)) for one, other in zip(found, more, strict=True)]
        return found

    def _take(self, digits: npt.NDArray[np.int64]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for shelf in reversed(self._shelves):
            rows = shelf.find_cas(digits)
            here = rows >= 0
            if not found:
                found["known"] = here
                found |= {name: shelf.texts(name, rows) for name in COLUMNS[1:7]}
                continue
            found["known"] = found["known"] | here
            for name in COLUMNS[1:6]:
                texts = shelf.texts(name, rows)
                found[name] = np.where(here & (texts != ""), texts, found[name])
            structured = here & (shelf.texts("smiles", rows) != "")
            found["variable"] = found["variable"].astype(bool) & ~structured
        return found

    @cached_property
    def _replaced(self) -> dict[str, str]:
        return {row["old"]: row["new"] for row in sources.read_own("replaced.csv")}


_CAS = re.compile(r"[1-9]\d{1,6}-\d\d-\d").fullmatch
_CAS_IN_TEXT = re.compile(r"\b[1-9]\d{1,6}-\d\d-\d\b")


def _digits(numbers: Sequence[str]) -> npt.NDArray[np.int64]:
    found = [int(number.replace("-", "")) if _CAS(number) else -1 for number in numbers]
    return np.array(found, dtype=np.int64)


def _type(column: str) -> Any:
    return bool if column in ("known", "variable") else object
