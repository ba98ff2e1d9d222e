"""Drawings of structures, as SVG."""

from __future__ import annotations

from collections.abc import Collection

from kemkoll.structures.reading import find, rdkit

WIDTH, HEIGHT = 480, 360
"""Size of a drawing, in its own units; it can be shown at any size."""
GROUND = "#FFD60A"
"""Colour of the ground on which atoms that matter are drawn."""


def draw(smiles: str, title: str, matched: Collection[int] = ()) -> str:
    """The structure as an SVG drawing with a title, black on white, letters as paths; "": there is none.

    Args:
        smiles: one structure.
        title: what a screen reader says of it; escaped here.
        matched: numbers of the atoms, from 0 in the order of the SMILES, that are drawn on a coloured ground.

    >>> drawing = draw("CCO", "ethanol <64-17-5>")
    >>> drawing.startswith("<svg "), "<title>ethanol &lt;64-17-5&gt;</title>" in drawing
    (True, True)
    >>> draw("CCO", "ethanol", matched=[2]) == draw("CCO", "ethanol")
    False
    >>> draw("no structure", "nothing")
    ''
    """
    from xml.sax.saxutils import escape

    if not find(smiles).valid:
        return ""
    from rdkit.Chem.Draw import rdMolDraw2D

    molecule, canvas = rdkit().parse(smiles.strip()), rdMolDraw2D.MolDraw2DSVG(WIDTH, HEIGHT)
    atoms = sorted(set(matched))
    bonds = [
        bond.GetIdx()
        for bond in molecule.GetBonds()
        if {bond.GetBeginAtomIdx(), bond.GetEndAtomIdx()} <= set(atoms)
    ]
    canvas.drawOptions().setHighlightColour(tuple(int(GROUND[at : at + 2], 16) / 255 for at in (1, 3, 5)))
    try:
        rdMolDraw2D.PrepareAndDrawMolecule(canvas, molecule, highlightAtoms=atoms, highlightBonds=bonds)
        canvas.FinishDrawing()
    except (ValueError, RuntimeError):
        return ""
    drawn = canvas.GetDrawingText()
    head, _, rest = drawn[drawn.index("<svg") :].partition(">")
    return f'{" ".join(head.split())} role="img">\n<title>{escape(title)}</title>{rest}'
