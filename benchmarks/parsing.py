"""Parsing structures and nothing else; RDKit alone is imported, so that its processes start at once."""

from __future__ import annotations

from collections.abc import Sequence

from rdkit import Chem


def parse(smiles: Sequence[str]) -> int:
    """How many structures can be parsed.

    >>> parse(["CCO", "no structure"])
    1
    """
    return sum(Chem.MolFromSmiles(text) is not None for text in smiles)
