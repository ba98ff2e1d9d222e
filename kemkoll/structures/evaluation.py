"""Which structures the rules take in, and by which atoms."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from kemkoll.structures import cleavage
from kemkoll.structures.branches import branches
from kemkoll.structures.oxidation import oxidation_state
from kemkoll.structures.patterns import pattern, skeleton
from kemkoll.structures.reading import METALS, rdkit, readable
from kemkoll.structures.rules import Case, Rule, Scope, read_rule

MOST_ATOMS = 500
"""Heavy atoms of the largest structure that rules are held against: no search runs for minutes."""
MOST_MATCHES = 1_000


class Match(NamedTuple):
    """That a rule takes a structure in: surely or perhaps, and by which of its atoms."""

    certain: bool
    atoms: frozenset[int]


class UndecidableError(ValueError):
    """A structure that no rule can be held against: unreadable, too large, or with places left open."""


def matched(smiles: str, rules: Mapping[str, Rule]) -> dict[str, Match]:
    """The rules that take the structure in, each with the atoms by which it does.

    Args:
        smiles: one structure.
        rules: by any name.

    Raises:
        UndecidableError: nothing can be said of the structure.

    >>> from kemkoll.structures.rules import read_rule
    >>> lead = read_rule({"scope": "whole", "any": ["[#82]"]})
    >>> matched("O=[Pb]", {"lead": lead}), matched("O", {"lead": lead})
    ({'lead': Match(certain=True, atoms=frozenset({1}))}, {})
    """
    parts = Parts(smiles)
    found = {name: match(parts, rule.cases) for name, rule in rules.items()}
    return {name: met for name, met in found.items() if met is not None}


class Shown(NamedTuple):
    """The atoms by which a structure belongs to a group, by their numbers, and as a SMILES of them alone."""

    atoms: tuple[int, ...]
    smiles: str


def shown(smiles: str, conditions: str) -> Shown:
    """By which of its atoms a structure belongs to a group; by none where it does not, or cannot be read.

    Args:
        smiles: one structure.
        conditions: what the group's rule asks, as `rules.conditions` writes it.

    >>> shown("CCOC(=O)c1ccccc1", '{"all": ["C(=O)O"]}')
    Shown(atoms=(2, 3, 4), smiles='O=CO')
    """
    from rdkit import Chem

    try:
        parts = Parts(smiles)
    except UndecidableError:
        return Shown((), "")
    met = match(parts, read_rule(json.loads(conditions)).cases)
    if not met or not met.atoms:
        return Shown((), "")
    atoms = sorted(met.atoms)
    return Shown(tuple(atoms), Chem.MolFragmentToSmiles(parts.molecule, atomsToUse=atoms))


def match(parts: Parts, cases: Sequence[Case]) -> Match | None:
    """By what the first case that fits takes the structure in, those that are sure first; `None`: none
    does.
    """
    for case in sorted(cases, key=lambda case: not case.certain):
        for part in parts.of(case.scope):
            own = part.atoms_of(case)
            if own is not None:
                return Match(case.certain, own)
    return None


class Parts:
    """A structure, and the parts of it that cases of each scope look at, made when they are asked for.

    Args:
        smiles: one structure.

    Raises:
        UndecidableError: nothing can be said of the structure.
    """

    def __init__(self, smiles: str) -> None:
        text = smiles.strip()
        molecule = rdkit().parse(text) if readable(text) else None
        if molecule is None or not molecule.GetNumAtoms():
            raise UndecidableError("it cannot be read")
        if molecule.GetNumHeavyAtoms() > MOST_ATOMS:
            raise UndecidableError(f"it has more than {MOST_ATOMS} atoms")
        if any(atom.GetAtomicNum() == 0 for atom in molecule.GetAtoms()):
            raise UndecidableError("it has places that are open")
        for atom in molecule.GetAtoms():
            atom.SetIntProp("number", atom.GetIdx())
        self.molecule = molecule

    def of(self, scope: Scope) -> list[Part]:
        """The parts that cases of the scope look at."""
        made: list[Part] = getattr(self, f"_{scope}")
        return made

    @cached_property
    def _whole(self) -> list[Part]:
        return [Part(self.molecule)]

    @cached_property
    def _fragment(self) -> list[Part]:
        made = rdkit().fragments(self.molecule)
        return self._whole if len(made) == 1 else [Part(molecule) for molecule in made]

    @cached_property
    def _parent(self) -> list[Part]:
        tools = rdkit()
        atoms = list(self.molecule.GetAtoms())
        if not any(atom.GetFormalCharge() or atom.GetSymbol() in METALS for atom in atoms):
            return self._fragment
        opened = tools.fragments(tools.open_metals(self.molecule))
        return [Part(tools.uncharge(molecule)) for molecule in opened]


class Part:
    """A part of a structure: what each pattern finds in it is found once."""

    def __init__(self, molecule: Any) -> None:
        self.molecule = molecule
        self._has: dict[str, bool] = {}

    def atoms_of(self, case: Case) -> frozenset[int] | None:
        """The atoms, by their numbers in the whole, by which a case takes the part in; `None`: it does not
        do so.
        """
        if not self._may(case):
            return None
        found: set[int] = set()
        for own in self._conditions(case):
            if own is None:
                return None
            found |= own
        return frozenset(self.molecule.GetAtomWithIdx(atom).GetIntProp("number") for atom in found)

    def _may(self, case: Case) -> bool:
        """Whether the patterns of a case that must be found are, and those that must not are not."""
        asked = (*(count.smarts for count in case.count if count.least), *(_.smarts for _ in case.branch))
        return (
            all(map(self.has, case.all))
            and all(map(self.has, asked))
            and (not case.any or any(map(self.has, case.any)))
            and not any(map(self.has, case.none))
            and (
                not case.only or {atom.GetSymbol() for atom in self.molecule.GetAtoms()} <= {*case.only, "H"}
            )
        )

    @cached_property
    def _elements(self) -> set[str]:
        return {atom.GetSymbol() for atom in self.molecule.GetAtoms()}

    def has(self, smarts: str) -> bool:
        """Whether a pattern is found."""
        if smarts not in self._has:
            self._has[smarts] = self.molecule.HasSubstructMatch(pattern(smarts))
        return self._has[smarts]

    def _conditions(self, case: Case) -> Iterator[set[int] | None]:
        """What each condition of a case finds."""
        for smarts in case.all:
            yield _union(self._matches(smarts))
        if case.any:
            yield _union([match for smarts in case.any for match in self._matches(smarts)])
        for count in case.count:
            matches = self._matches(count.smarts)
            fits = count.least <= len(matches) and (count.most < 0 or len(matches) <= count.most)
            yield (_union(matches) or set()) if fits else None
        for branch in case.branch:
            yield _union(branches(self.molecule, branch, MOST_MATCHES))
        for element, state in case.oxidation:
            yield _union(
                [
                    (atom.GetIdx(),)
                    for atom in self.molecule.GetAtoms()
                    if atom.GetSymbol() == element and oxidation_state(atom) == state
                ]
            )
        if case.cleaves_to:
            left = cleavage.amines(self.molecule)
            yield _union([tuple(left[key]) for key in map(skeleton, case.cleaves_to) if key in left])
        if case.is_:
            same = rdkit().key(self.molecule).partition("-")[0] in set(map(skeleton, case.is_))
            yield {atom.GetIdx() for atom in self.molecule.GetAtoms()} if same else None

    def _matches(self, smarts: str) -> list[tuple[int, ...]]:
        """The places where a pattern is found, each set of atoms once."""
        found: list[tuple[int, ...]] = list(
            self.molecule.GetSubstructMatches(pattern(smarts), uniquify=True, maxMatches=MOST_MATCHES)
        )
        return found


def _union(matches: Sequence[Collection[int]]) -> set[int] | None:
    return set().union(*matches) if matches else None
