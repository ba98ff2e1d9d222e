"""Which structures the rules take in, and by which atoms."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any, NamedTuple

from kemkoll.structures import cleavage
from kemkoll.structures.branches import branches
from kemkoll.structures.mixtures import is_mixture
from kemkoll.structures.oxidation import oxidation_state
from kemkoll.structures.patterns import pattern
from kemkoll.structures.reading import METALS, rdkit, readable
from kemkoll.structures.rules import Rule, Scope, read_rule
from kemkoll.structures.ways import Way, neutral, ways

MOST_ATOMS = 500
"""Heavy atoms of the largest structure that rules are held against: no search runs for minutes."""
MOST_MATCHES = 1_000
_SHORT = 12
"""Letters of the longest piece of a structure that is remembered."""


class Match(NamedTuple):
    """That a rule takes a structure in: surely or perhaps, and by which of its atoms."""

    certain: bool
    atoms: frozenset[int]


Placed = tuple["Part", Sequence[int]]
"""A part, and the numbers that its atoms have in the whole."""


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
    found = {name: match(parts, ways(rule)) for name, rule in rules.items()}
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
    met = match(parts, ways(read_rule(json.loads(conditions))))
    if not met or not met.atoms:
        return Shown((), "")
    atoms = sorted(met.atoms)
    return Shown(tuple(atoms), Chem.MolFragmentToSmiles(parts.molecule, atomsToUse=atoms))


@lru_cache(maxsize=10_000)
def drawn_as_mixture(smiles: str) -> bool:
    """Whether a structure is drawn as a mixture of molecules; one that cannot be read is not.

    >>> drawn_as_mixture("C=CC=C.C=CC#N"), drawn_as_mixture("CN.CC(=O)O"), drawn_as_mixture("no structure")
    (True, False, False)
    """
    try:
        return Parts(smiles).mixture
    except UndecidableError:
        return False


def match(parts: Parts, made: Sequence[Way]) -> Match | None:
    """By what the first way that fits takes the structure in; `None`: none does."""
    for way in made:
        own = parts.meet(way)
        if own is not None:
            return Match(parts.is_sure(way), own)
    return None


class Parts:
    """A structure, and the parts of it that cases of each scope look at, made when they are asked for.

    Args:
        smiles: one structure.

    Raises:
        UndecidableError: nothing can be said of the structure.
    """

    def __init__(self, smiles: str) -> None:
        self._text = smiles.strip()
        if not readable(self._text):
            raise UndecidableError("it cannot be read")
        self._pieces = _pieces(self._text)
        if sum(piece.heavy for piece in self._pieces) > MOST_ATOMS:
            raise UndecidableError(f"it has more than {MOST_ATOMS} atoms")

    @cached_property
    def molecule(self) -> Any:
        return self._pieces[0].molecule if len(self._pieces) == 1 else rdkit().parse_flat(self._text)

    def meet(self, way: Way) -> frozenset[int] | None:
        """The atoms by which the structure belongs in one way; `None`: it does not."""
        for part, numbers in self._of(way.scope):
            own = part.atoms_of(way)
            if own is not None:
                return frozenset(numbers[atom] for atom in own)
        return None

    def belongs(self, way: Way) -> bool:
        """Whether the structure belongs in one way: `meet` without the atoms, in half the time."""
        return any(part.belongs(way) for part, _ in self._of(way.scope))

    def is_sure(self, way: Way) -> bool:
        """Whether what belongs in one way surely does: never by one molecule of a mixture (`mixtures`), which
        may be a monomer of a polymer.
        """
        return way.certain and (way.scope is Scope.whole or not self.mixture)

    @cached_property
    def mixture(self) -> bool:
        """Whether the substance is drawn as a mixture."""
        parts = self._fragment
        return len(parts) > 1 and is_mixture(part.molecule for part, _ in parts)

    def _of(self, scope: Scope) -> Sequence[Placed]:
        """The parts that cases of the scope look at."""
        if scope is Scope.parent:
            return self._parent
        return self._fragment if scope is Scope.fragment else self._whole

    @cached_property
    def _whole(self) -> Sequence[Placed]:
        if len(self._pieces) == 1:
            return self._pieces[0].whole
        return [(Part(self.molecule), range(self.molecule.GetNumAtoms()))]

    @cached_property
    def _fragment(self) -> Sequence[Placed]:
        return self._placed([piece.fragment for piece in self._pieces])

    @cached_property
    def _parent(self) -> Sequence[Placed]:
        return self._placed([piece.parent for piece in self._pieces])

    def _placed(self, made: Sequence[Sequence[Placed]]) -> Sequence[Placed]:
        """The parts of all pieces, with the numbers that their atoms have in the whole."""
        if len(made) == 1:
            return made[0]
        found: list[Placed] = []
        before = 0
        for piece, parts in zip(self._pieces, made, strict=True):
            found += [(part, [before + number for number in numbers]) for part, numbers in parts]
            before += piece.molecule.GetNumAtoms()
        return found


def _pieces(text: str) -> Sequence[Piece]:
    """What a text names between its dots; all of it as one piece where bonds reach across them.

    >>> [len(_pieces(text)) for text in ("[Na+].[Cl-]", "C1CC.C1", "CC")]
    [2, 1, 1]
    """
    if "." not in text or text.startswith("InChI=") or "%" in text:
        return [Piece(text)]
    try:
        return [_common(own) if len(own) <= _SHORT else Piece(own) for own in text.split(".")]
    except UndecidableError:
        return [Piece(text)]


@lru_cache(maxsize=1_000)
def _common(text: str) -> Piece:
    """A piece that many substances share: an ion, a solvent."""
    return Piece(text)


class Piece:
    """A text that is read at once, and the parts of what it names, with the numbers of their atoms in it.

    Args:
        text: a SMILES or InChI.

    Raises:
        UndecidableError: nothing can be said of it.
    """

    def __init__(self, text: str) -> None:
        self.molecule = molecule = rdkit().parse_flat(text)
        if molecule is None or not molecule.GetNumAtoms():
            raise UndecidableError("it cannot be read")
        if "*" in text and any(atom.GetAtomicNum() == 0 for atom in molecule.GetAtoms()):
            raise UndecidableError("it has places that are open")
        self.heavy = int(molecule.GetNumHeavyAtoms())
        self._several = "." in text or text.startswith("InChI=")
        self._metals, charged = metals_and_charges(text)
        self._charged = charged or self._metals

    @cached_property
    def whole(self) -> Sequence[Placed]:
        return [(Part(self.molecule), range(self.molecule.GetNumAtoms()))]

    @cached_property
    def fragment(self) -> Sequence[Placed]:
        return _fragments(self.molecule) if self._several else self.whole

    @cached_property
    def parent(self) -> Sequence[Placed]:
        if not self._charged:
            return self.fragment
        opened = self.fragment
        if self._metals and self.molecule.GetNumBonds():
            opened = _fragments(rdkit().open_metals(self.molecule))
        uncharge = rdkit().uncharge
        return [(Part(uncharge(part.molecule)), numbers) for part, numbers in opened]


_SYMBOL = re.compile("[A-Z][a-z]?")
_BRACKETS = re.compile(r"\[\d*([A-Za-z][a-z]?)([^\]]*)\]")


def metals_and_charges(text: str) -> tuple[bool, bool]:
    """Whether a SMILES may name metals, and charges other than those of nitro groups.

    >>> [metals_and_charges(text) for text in ("CC[N+](=O)[O-]", "C[N+](C)(C)C", "O=[Pb]", "c1cc[nH]c1")]
    [(False, False), (False, True), (True, False), (False, False)]
    """
    if "[" not in text:
        return text.startswith("InChI="), text.startswith("InChI=")
    rest = text.replace("[N+](=O)[O-]", "").replace("[O-][N+](=O)", "")
    found = _BRACKETS.findall(rest)
    return any(symbol in METALS for symbol, _ in found), any("+" in sign or "-" in sign for _, sign in found)


def _fragments(molecule: Any) -> Sequence[Placed]:
    numbers: list[tuple[int, ...]] = []
    made = rdkit().fragments(molecule, fragsMolAtomMapping=numbers)
    return list(zip(map(Part, made), numbers, strict=True))


class Part:
    """A part of a structure: what each pattern finds in it is found once.

    Args:
        molecule: the part.
    """

    def __init__(self, molecule: Any) -> None:
        self.molecule = molecule
        self._has: dict[str, bool] = {}
        self._belongs: dict[Way, bool] = {}

    def belongs(self, way: Way) -> bool:
        """Whether the part belongs in one way."""
        known = self._belongs.get(way)
        if known is None:  # an ion or solvent is part of many structures
            known = self._may(way) and all(own is not None for own in self._conditions(way))
            self._belongs[way] = known
        return known

    def atoms_of(self, way: Way) -> set[int] | None:
        """The atoms by which the part belongs; `None`: it does not."""
        if not self._may(way):
            return None
        found: set[int] = set()
        for own in chain(self._patterns(way), self._conditions(way)):
            if own is None:
                return None
            found |= own
        return found

    def _may(self, way: Way) -> bool:
        """Whether the patterns that must be found are, and those that must not are not."""
        for smarts in way.must:
            if not self.has(smarts):
                return False
        return (
            (way.only is None or self._symbols <= way.only)
            and (not way.case.is_ or self._atoms in way.formulas)
            and (not way.any or any(map(self.has, way.any)))
            and not (way.none and any(map(self.has, way.none)))
            and (not way.case.cleaves_to or self.has(cleavage.NEEDED))
        )

    @cached_property
    def _formula(self) -> str:
        return str(rdkit().formula(self.molecule))

    @cached_property
    def _symbols(self) -> frozenset[str]:
        return frozenset(_SYMBOL.findall(self._formula))

    @cached_property
    def _atoms(self) -> frozenset[tuple[str, int]]:
        return neutral(self._formula)

    @cached_property
    def _skeleton(self) -> str:
        return str(rdkit().key(self.molecule).partition("-")[0])

    @cached_property
    def _left(self) -> list[cleavage.Left]:
        return cleavage.left(self.molecule)

    def has(self, smarts: str) -> bool:
        """Whether a pattern is found."""
        known = self._has.get(smarts)
        if known is None:
            known = self._has[smarts] = self.molecule.HasSubstructMatch(pattern(smarts))
        return known

    def _patterns(self, way: Way) -> Iterator[set[int] | None]:
        """What each pattern of a case finds that must be found."""
        for smarts in way.case.all:
            yield _union(self._matches(smarts))
        if way.any:
            yield _union([match for smarts in way.any for match in self._matches(smarts)])

    def _conditions(self, way: Way) -> Iterator[set[int] | None]:
        """What each other condition of a case finds."""
        case = way.case
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
            alike = [part for part in self._left if part.heavy in way.left_heavy]
            yield _union([part.atoms for part in alike if part.is_one_of(way.left)])
        if case.is_:
            same = self._skeleton in way.is_
            yield {atom.GetIdx() for atom in self.molecule.GetAtoms()} if same else None

    def _matches(self, smarts: str) -> list[tuple[int, ...]]:
        """The places where a pattern is found, each set of atoms once."""
        found: list[tuple[int, ...]] = list(
            self.molecule.GetSubstructMatches(pattern(smarts), uniquify=True, maxMatches=MOST_MATCHES)
        )
        return found


def _union(matches: Sequence[Collection[int]]) -> set[int] | None:
    return set().union(*matches) if matches else None
