"""What hangs on an atom: branches of a kind and length."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from kemkoll.structures.patterns import ends, pattern
from kemkoll.structures.rules import Branch, Kind


def branches(molecule: Any, wanted: Branch, most: int) -> list[set[int]]:
    """The atoms of each branch that fits, with those of the pattern; none where no atom `:1` has as many.

    Args:
        molecule: an RDKit molecule.
        wanted: what hangs where.
        most: places beyond which no more are looked for.
    """
    first, second = ends(wanted.smarts)
    places: dict[tuple[int, int], set[int]] = {}
    for match in molecule.GetSubstructMatches(pattern(wanted.smarts), uniquify=False, maxMatches=most):
        places.setdefault((match[first], match[second]), set()).update(match)
    fitting: dict[int, list[set[int]]] = {}
    allowed = cache(lambda number: _allowed(molecule.GetAtomWithIdx(number), wanted.kind))
    for (anchor, start), match in places.items():
        atoms = _behind(molecule, anchor, start, allowed)
        if atoms is not None and _fits(molecule, atoms, start, anchor, wanted):
            fitting.setdefault(anchor, []).append(match | atoms)
    found = [some for some in fitting.values() if _within(len(some), (wanted.least, wanted.most))]
    if wanted.every and sum(map(len, found)) < len(places):
        return []
    return [atoms for some in found for atoms in some]


def _behind(molecule: Any, anchor: int, start: int, allowed: Callable[[int], bool]) -> set[int] | None:
    """The atoms on the side of `start` of the bond between the two; `None`: it is part of a ring, or one of
    them is none of those that are allowed.
    """
    seen, waiting = {start}, [start]
    while waiting:
        number = waiting.pop()
        if not allowed(number):
            return None
        for near in molecule.GetAtomWithIdx(number).GetNeighbors():
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
    return wanted.backbone == (0, -1) or _within(_longest(molecule, start, anchor), wanted.backbone)


def _within(number: int, bounds: tuple[int, int]) -> bool:
    return bounds[0] <= number and (bounds[1] < 0 or number <= bounds[1])


def _allowed(atom: Any, kind: Kind) -> bool:
    """Whether a branch of a kind may have an atom: saturated carbon outside rings, with hydrogen or fluorine
    and nothing else.
    """
    if kind is Kind.any:
        return True
    number = atom.GetAtomicNum()
    if number not in ({6, 1} if kind is Kind.alkyl else {6, 9}):
        return False
    if atom.GetFormalCharge() or atom.GetNumRadicalElectrons():
        return False
    return number != 6 or (
        not atom.IsInRing()
        and atom.GetTotalDegree() == 4
        and (kind is Kind.alkyl or atom.GetTotalNumHs() == 0)
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
