"""Structures drawn inside a page, in the colour of its text, so that they are seen on light and on dark."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from kemkoll.outputs.words import plain

if TYPE_CHECKING:
    from markupsafe import Markup

LONGEST = 400
"""Letters of a SMILES beyond which a drawing is too small to be read."""
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_SHAPE = ("d", "cx", "cy", "rx", "ry", "r")
_KEPT = (
    *_SHAPE,
    "fill",
    "fill-rule",
    "stroke",
    "stroke-width",
    "stroke-linecap",
    "stroke-linejoin",
)


def drawing(smiles: str, title: str, description: str, matched: Collection[int] = ()) -> Markup | None:
    """The structure as an SVG element of a page, with no style that a policy would have to allow.

    None where there is nothing to see: no structure, one too large, or bare atoms and ions without a bond.

    Args:
        smiles: one structure.
        title: what a screen reader says of it.
        description: what it may say beside.
        matched: numbers of the atoms that matter, from 0 in the order of the SMILES: they have a ground of
            class `matched`.

    >>> drawn = drawing("CCO", "ethanol", "CCO")
    >>> "currentColor" in drawn, "#" in drawn, "style=" in drawn
    (True, False, False)
    >>> drawing("[Pb]", "lead", ""), drawing("no structure", "nothing", "")
    (None, None)
    """
    from markupsafe import Markup

    from kemkoll.structures import GROUND, HEIGHT, WIDTH, draw

    text = draw(smiles, "", matched) if len(smiles) <= LONGEST else ""
    if "class='bond-" not in text:
        return None
    shapes = [_shape(part, GROUND) for part in ElementTree.fromstring(text) if _is_shape(part)]
    said = Markup("<title>{}</title><desc>{}</desc>").format(plain(title), plain(description))
    frame = Markup('<svg class="structure" viewBox="0 0 {} {}" role="img">{}{}</svg>')
    return frame.format(WIDTH, HEIGHT, said, Markup("").join(shapes))


def _is_shape(part: ElementTree.Element) -> bool:
    """Whether a part of the drawing is ink: neither its title nor the paper under it."""
    return part.tag.rpartition("}")[2] in ("path", "ellipse", "circle")


def _shape(part: ElementTree.Element, ground: str) -> Markup:
    """One line or letter, its style as attributes and its colour that of the text, or of the ground."""
    from markupsafe import Markup

    pairs = (piece.partition(":") for piece in part.get("style", "").split(";") if piece)
    given = {**part.attrib, **{name.strip(): value.strip() for name, _colon, value in pairs}}
    if given.get("fill") == ground:
        return Markup('<{} class="matched"{}/>').format(
            part.tag.rpartition("}")[2], _attributes({name: given[name] for name in _SHAPE if name in given})
        )
    kept = {name: _COLOUR.sub("currentColor", given[name]) for name in _KEPT if name in given}
    return Markup("<{}{}/>").format(part.tag.rpartition("}")[2], _attributes(kept))


def _attributes(given: dict[str, str]) -> Markup:
    from markupsafe import Markup

    return Markup("").join(Markup(' {}="{}"').format(name, value) for name, value in given.items())
