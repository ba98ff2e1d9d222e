"""How alike structures are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from kemkoll.structures.reading import rdkit, readable


def similarities(smiles: str, others: Sequence[str]) -> npt.NDArray[np.float64]:
    """How alike a structure is to each of others: from 0, nothing in common, to 1; 0 for what is unreadable.

    The Tanimoto coefficient of counted Morgan fingerprints of radius 2 (Rogers and Hahn, J. Chem. Inf. Model.
    50 (2010) 742): each atom with what stands within two bonds of it, as often as it comes.

    >>> similarities("CCO", ["OCC", "CCN", "no structure"]).round(2).tolist()
    [1.0, 0.33, 0.0]
    """
    from rdkit import DataStructs

    own, made = _fingerprint(smiles), np.zeros(len(others))
    if own is None:
        return made
    found = [(place, other) for place, text in enumerate(others) if (other := _fingerprint(text)) is not None]
    if found:
        places, prints = zip(*found, strict=True)
        made[list(places)] = DataStructs.BulkTanimotoSimilarity(own, list(prints))
    return made


@cache
def _generator() -> Any:
    from rdkit.Chem import rdFingerprintGenerator

    return rdFingerprintGenerator.GetMorganGenerator(radius=2)


@lru_cache(maxsize=8192)
def _fingerprint(smiles: str) -> Any:
    """The fingerprint of a structure; None: it cannot be read."""
    molecule = rdkit().parse(smiles.strip()) if readable(smiles.strip()) else None
    return _generator().GetCountFingerprint(molecule) if molecule and molecule.GetNumAtoms() else None
