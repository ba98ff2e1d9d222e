"""Structures as drawing programs copy them: MDL molfiles."""

from __future__ import annotations

from kemkoll.structures.reading import find, rdkit

_LONGEST = 200_000
"""Letters: some thousand atoms."""


def smiles_of_molfile(text: str) -> str:
    r"""The structure of a molfile (V2000 or V3000) as SMILES; "": the text is none, or cannot be read.

    >>> atoms = ["    0.0000    0.0000    0.0000 C   0  0", "    1.5000    0.0000    0.0000 O   0  0"]
    >>> counts = "  2  1  0  0  0  0  0  0  0  0999 V2000"
    >>> smiles_of_molfile("\n".join(["", "", "", counts, *atoms, "  1  2  1  0", "M  END"]))
    'CO'
    >>> smiles_of_molfile("M  END"), smiles_of_molfile("CCO")
    ('', '')
    """
    if "M  END" not in text or len(text) > _LONGEST:
        return ""
    from rdkit import Chem

    tools = rdkit()
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    counts = next((at for at, line in enumerate(lines) if line.rstrip().endswith(("V2000", "V3000"))), -1)
    if counts < 0:
        return ""
    header = ["", "", "", *lines[:counts]][-3:]  # a form takes empty lines at the beginning away
    molecule = Chem.MolFromMolBlock("\n".join([*header, *lines[counts:]]))
    return find(tools.write(molecule)).smiles if molecule is not None else ""
