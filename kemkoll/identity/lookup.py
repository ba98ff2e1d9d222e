"""What the registry knows about the numbers and names of cells, asked once for all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kemkoll.identifiers import Numbers, read_numbers
from kemkoll.identity.cells import Cells
from kemkoll.registry import Registry

_HAS_NUMBER = re.compile(r"(?<![\d-])\d{2,7}-\d\d-\d(?![\d-])")
"""A CAS number in the column of names: the columns were swapped, or the name says more than the number."""


@dataclass
class Lookup:
    """What the registry knows about the numbers and names of these cells."""

    numbers: dict[str, Numbers]
    names: dict[str, tuple[str, ...]]
    skeleton: dict[str, str]
    replaced: dict[str, str]
    known: set[str]

    @classmethod
    def of(cls, cells: Sequence[Cells], registry: Registry) -> Lookup:
        texts = {text for cell in cells for text in (cell.cas, cell.ec) if text}
        bare = [cell.name for cell in cells if not any(map(str.isdigit, cell.cas + cell.ec))]
        texts |= {name for name in bare if any(map(str.isdigit, name))}
        texts |= {cell.name for cell in cells if _HAS_NUMBER.search(cell.name)}
        numbers = {text: read_numbers(text) for text in texts}
        names = list({cell.name for cell in cells if cell.name})
        meant = dict(zip(names, registry.find_names(names), strict=True))
        cas = {number for found in numbers.values() for number in found.cas}
        cas |= {
            candidate
            for found in numbers.values()
            for fault in found.faults
            for candidate in fault.candidates
        }
        cas |= {number for found in meant.values() for number in found}
        listed = sorted(cas)
        found = registry.find_cas(listed, parents=False)
        skeleton = {
            number: key[:14]
            for number, key, variable in zip(listed, found["inchikey"], found["variable"], strict=True)
            if key and not variable
        }
        replaced = {old: new for old, new in zip(listed, found["replaced_by"], strict=True) if new}
        known = {number for number, known in zip(listed, found["known"], strict=True) if known}
        return cls(numbers, meant, skeleton, replaced, known)

    def numbers_of(self, cell: Cells) -> Numbers:
        """The numbers in the CAS and EC cells, and CAS numbers in the name; else all those in the name."""
        parts = [self.numbers[text] for text in (cell.cas, cell.ec) if text]
        if not any(map(any, parts)) and cell.name in self.numbers:
            in_name = self.numbers[cell.name]
            return Numbers(in_name.cas, in_name.ec, ())
        if parts and _HAS_NUMBER.search(cell.name):
            parts.append(Numbers(self.numbers[cell.name].cas, (), ()))
        return Numbers(
            tuple(dict.fromkeys(number for part in parts for number in part.cas)),
            tuple(dict.fromkeys(number for part in parts for number in part.ec)),
            tuple(dict.fromkeys(fault for part in parts for fault in part.faults)),
        )

    def same(self, one: str, other: str) -> bool:
        """Whether two CAS numbers stand for one substance, its spatial form apart."""
        return one == other or (one in self.skeleton and self.skeleton[one] == self.skeleton.get(other))
