"""Which structures the rules take in, and by which atoms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from kemkoll.structures import cleavage
from kemkoll.structures.patterns import ends, pattern, skeleton
from kemkoll.structures.reading import find, rdkit
from kemkoll.structures.rules import Branch, Case, Kind, Rule, Scope
from kemkoll.tables.words import Certainty

MOST_ATOMS = 500
"""Heavy atoms of the largest structure that rules are held against: no search runs for minutes."""
_MOST_MATCHES = 1_000


class Part(NamedTuple):
    """A part of a structure, and the numbers that its atoms have in the whole."""

    molecule: Any
    atoms: tuple[int, ...]


class UndecidableError(ValueError):
    """A structure that no rule can be held against: unreadable, too large, or with places left open."""


class Match(NamedTuple):
    """That a rule takes a structure in: surely or perhaps, and by which of its atoms."""

    certainty: Certainty
    atoms: frozenset[int]


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
    ({'lead': Match(certainty=<Certainty.certain: 'certain'>, atoms=frozenset({1}))}, {})
    """
    parts = _parts(smiles)
    found = {name: _match(rule, parts) for name, rule in rules.items()}
    return {name: match for name, match in found.items() if match is not None}


def _parts(smiles: str) -> dict[Scope, list[Part]]:
    """The parts that cases of each scope look at."""
    if not find(smiles).valid:
        raise UndecidableError("it cannot be read")
    tools = rdkit()
    whole = tools.parse(smiles.strip())
    if whole.GetNumHeavyAtoms() > MOST_ATOMS:
        raise UndecidableError(f"it has more than {MOST_ATOMS} atoms")
    if any(atom.GetAtomicNum() == 0 for atom in whole.GetAtoms()):
        raise UndecidableError("it has places that are open")
    for atom in whole.GetAtoms():
        atom.SetIntProp("number", atom.GetIdx())
    parents = [tools.uncharge(part) for part in tools.fragments(tools.open_metals(whole))]
    return {
        Scope.whole: [_part(whole)],
        Scope.fragment: [_part(part) for part in tools.fragments(whole)],
        Scope.parent: [_part(part) for part in parents],
    }


def _part(molecule: Any) -> Part:
    return Part(molecule, tuple(atom.GetIntProp("number") for atom in molecule.GetAtoms()))


def _match(rule: Rule, parts: Mapping[Scope, list[Part]]) -> Match | None:
    """By what the first case that fits takes the structure in, those that are sure first; `None`: none
    does.
    """
    for case in sorted(rule.cases, key=lambda case: case.certainty != Certainty.certain):
        for part in parts[case.scope]:
            own = _holds(case, part.molecule)
            if own is not None:
                return Match(case.certainty, frozenset(part.atoms[atom] for atom in own))
    return None


def _holds(case: Case, molecule: Any) -> set[int] | None:
    """The atoms of one part by which a case holds; `None`: it does not."""
    if case.only and any(atom.GetSymbol() not in (*case.only, "H") for atom in molecule.GetAtoms()):
        return None
    if any(molecule.HasSubstructMatch(pattern(smarts)) for smarts in case.none):
        return None
    found: set[int] = set()
    for own in _conditions(case, molecule):
        if own is None:
            return None
        found |= own
    return found


def _conditions(case: Case, molecule: Any) -> Iterator[set[int] | None]:
    """What each condition of a case finds."""
    for smarts in case.all:
        yield _union(_matches(molecule, smarts))
    if case.any:
        yield _union([match for smarts in case.any for match in _matches(molecule, smarts)])
    for count in case.count:
        matches = _matches(molecule, count.smarts)
        fits = count.least <= len(matches) and (count.most < 0 or len(matches) <= count.most)
        yield (_union(matches) or set()) if fits else None
    for branch in case.branch:
        yield _branches(molecule, branch)
    for element, state in case.oxidation:
        atoms = {
            atom.GetIdx()
            for atom in molecule.GetAtoms()
            if atom.GetSymbol() == element and oxidation_state(atom) == state
        }
        yield atoms or None
    if case.cleaves_to:
        left = cleavage.amines(molecule)
        yield _union([tuple(left[key]) for key in map(skeleton, case.cleaves_to) if key in left])
    if case.is_:
        same = rdkit().key(molecule).partition("-")[0] in set(map(skeleton, case.is_))
        yield {atom.GetIdx() for atom in molecule.GetAtoms()} if same else None


def _union(matches: list[tuple[int, ...]]) -> set[int] | None:
    return set().union(*matches) if matches else None


def _matches(molecule: Any, smarts: str) -> list[tuple[int, ...]]:
    """The places where a pattern is found, each set of atoms once."""
    found: list[tuple[int, ...]] = list(
        molecule.GetSubstructMatches(pattern(smarts), uniquify=True, maxMatches=_MOST_MATCHES)
    )
    return found


def _branches(molecule: Any, wanted: Branch) -> set[int] | None:
    """The atoms of the branches that fit, with those of the pattern; `None`: no atom `:1` has as many."""
    first, second = ends(wanted.smarts)
    places: dict[tuple[int, int], set[int]] = {}
    for match in molecule.GetSubstructMatches(
        pattern(wanted.smarts), uniquify=False, maxMatches=_MOST_MATCHES
    ):
        places.setdefault((match[first], match[second]), set()).update(match)
    fitting: dict[int, list[set[int]]] = {}
    for (anchor, start), match in places.items():
        atoms = _behind(molecule, anchor, start)
        if atoms is not None and _fits(molecule, atoms, start, anchor, wanted):
            fitting.setdefault(anchor, []).append(match | atoms)
    found = [branches for branches in fitting.values() if _within(len(branches), (wanted.least, wanted.most))]
    if wanted.every and sum(map(len, found)) < len(places):
        return None
    return _union([tuple(atoms) for branches in found for atoms in branches])


def _behind(molecule: Any, anchor: int, start: int) -> set[int] | None:
    """The atoms on the side of `start` of the bond between the two; `None`: it is part of a ring."""
    seen, waiting = {start}, [start]
    while waiting:
        for near in molecule.GetAtomWithIdx(waiting.pop()).GetNeighbors():
            number = near.GetIdx()
            if number == anchor:
                if near.IsInRing() and molecule.GetBondBetweenAtoms(anchor, start).IsInRing():
                    return None
            elif number not in seen:
                seen.add(number)
                waiting.append(number)
    return seen


def _fits(molecule: Any, atoms: set[int], start: int, anchor: int, wanted: Branch) -> bool:
    """Whether a branch is of the wanted kind and length."""
    own = [molecule.GetAtomWithIdx(number) for number in atoms]
    carbons = [atom for atom in own if atom.GetAtomicNum() == 6]
    if not _within(len(carbons), wanted.carbons):
        return False
    if wanted.kind is not Kind.any and not _saturated(own, wanted.kind):
        return False
    return wanted.backbone == (0, -1) or _within(_longest(molecule, start, anchor), wanted.backbone)


def _within(number: int, bounds: tuple[int, int]) -> bool:
    return bounds[0] <= number and (bounds[1] < 0 or number <= bounds[1])


def _saturated(atoms: list[Any], kind: Kind) -> bool:
    """Whether these are saturated carbon atoms outside rings, with hydrogen or fluorine and nothing else."""
    other = {6, 1} if kind is Kind.alkyl else {6, 9}
    return all(
        atom.GetAtomicNum() in other
        and atom.GetFormalCharge() == 0
        and not atom.GetNumRadicalElectrons()
        and (
            atom.GetAtomicNum() != 6
            or (
                not atom.IsInRing()
                and atom.GetTotalDegree() == 4
                and (kind is Kind.alkyl or atom.GetTotalNumHs() == 0)
            )
        )
        for atom in atoms
    )


def _longest(molecule: Any, start: int, anchor: int) -> int:
    """The number of carbon atoms of the longest chain in a branch without rings, from its first atom."""
    longest, waiting = 0, [(start, anchor, 1)]
    while waiting:
        number, before, length = waiting.pop()
        longest = max(longest, length)
        waiting += [
            (near.GetIdx(), number, length + 1)
            for near in molecule.GetAtomWithIdx(number).GetNeighbors()
            if near.GetIdx() != before and near.GetAtomicNum() == 6
        ]
    return longest


def oxidation_state(atom: Any) -> int:
    """The charge that an atom would have if each bond's electrons were the more electronegative atom's.

    >>> from rdkit import Chem
    >>> chromate = Chem.MolFromSmiles("[O-][Cr](=O)(=O)[O-]")
    >>> oxidation_state(chromate.GetAtomWithIdx(1)), oxidation_state(chromate.GetAtomWithIdx(2))
    (6, -2)
    """
    own = _electronegativity(atom.GetAtomicNum())
    state = float(atom.GetFormalCharge())
    for bond in atom.GetBonds():
        other = _electronegativity(bond.GetOtherAtom(atom).GetAtomicNum())
        state += bond.GetBondTypeAsDouble() * ((other > own) - (other < own))
    hydrogen = _electronegativity(1)
    state += float(atom.GetTotalNumHs() * ((hydrogen > own) - (hydrogen < own)))
    return round(state)


@cache
def _electronegativity(number: int) -> float:
    """By Pauling's scale; 1.5 for metals, which lose their electrons to any of the others."""
    known = {1: 2.20, 5: 2.04, 6: 2.55, 7: 3.04, 8: 3.44, 9: 3.98, 14: 1.90, 15: 2.19, 16: 2.58, 17: 3.16}
    known |= {33: 2.18, 34: 2.55, 35: 2.96, 52: 2.10, 53: 2.66}
    return known.get(number, 1.5)
