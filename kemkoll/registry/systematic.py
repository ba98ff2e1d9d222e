"""Systematic names (“3-methylpentane”) → structures, by OPSIN, where extra `names` and Java are installed.

OPSIN (Lowe et al., J. Chem. Inf. Model. 51 (2011) 739) is a Java program that py2opsin brings along.
"""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

MOST, LONGEST = 2_000, 500
"""Names that are tried at most, and letters of the longest."""


def drawn(names: Sequence[str]) -> dict[str, str]:
    """The SMILES of each name that is systematic; nothing where OPSIN is not there.

    Args:
        names: in English, one substance each.
    """
    tried = [name for name in dict.fromkeys(names) if name.isascii() and name.isprintable()]
    tried = [name for name in tried if 0 < len(name) <= LONGEST][:MOST]
    if not tried:
        return {}
    with warnings.catch_warnings(), tempfile.TemporaryDirectory() as folder:
        warnings.simplefilter("ignore")  # it warns of every name that is not systematic
        try:
            from py2opsin import py2opsin

            made = py2opsin(tried, tmp_fpath=str(Path(folder) / "names.txt"))
        except (ImportError, OSError, TypeError, UnicodeError):
            return {}
    if not isinstance(made, list) or len(made) != len(tried):
        return {}
    return {name: smiles for name, smiles in zip(tried, made, strict=True) if smiles}
