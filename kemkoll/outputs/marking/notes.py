"""The comments of a sheet: the supplier's own stay, and those that say the problems come after them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kemkoll.outputs.marking.cells import column_of
from kemkoll.outputs.marking.elements import Edit, Element, appended, edited, opened_up, parse, xml_text
from kemkoll.outputs.marking.places import Cell

AUTHOR = "kemkoll"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'
).encode()
"""The comments of a sheet that has none."""
EMPTY_DRAWING = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel">'
    b'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>'
    b"</xml>"
)
"""The drawing of a sheet that has none."""
_BOX = (
    '<v:shapetype xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_NOTE = (
    '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{id}" type="#_x0000_t202" '
    'style="position:absolute;margin-left:60pt;margin-top:2pt;width:240pt;height:{points}pt;z-index:{order};'
    'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{left}, 15, {top}, 2, {right}, 15, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_LAST_COLUMN, _LAST_ROW = 16_383, 1_048_575
_LETTERS_OF_LINE, _BREADTH = 44, 4  # of a box: characters in a line, columns
_PHONETIC = ("rPh", "phoneticPr")


def commented(data: bytes, texts: Mapping[Cell, str]) -> tuple[bytes, list[Cell]]:
    """The comments with these texts at these cells, and the cells that had none before.

    Args:
        data: the part that holds the comments.
        texts: what to say at each cell; where there is a comment, it goes on with this.
    """
    root = parse(data)
    authors, listed = root.named("authors")[0], root.named("commentList")[0]
    there = {cell_of(comment.attributes.get("ref", "")): comment for comment in listed.children}
    edits: list[Edit] = []
    for cell in texts.keys() & there.keys():
        comment = there[cell]
        if xml_text(texts[cell]) not in data[comment.start : comment.end]:  # else it has been marked before
            edits += _continued(data, comment, texts[cell])
    new = sorted(texts.keys() - there.keys())
    if new:
        x, number = root.prefix, len(authors.children)
        edits += appended(data, authors, f"<{x}author>{AUTHOR}</{x}author>".encode())
        edits += appended(data, listed, b"".join(_comment(cell, texts[cell], number, x) for cell in new))
    return edited(data, edits), new


def drawn(data: bytes, texts: Mapping[Cell, str]) -> bytes:
    """The drawing with a box for the comment of each cell; the boxes that it holds stay as they are."""
    ids = [int(number) for number in re.findall(rb'"_x0000_s(\d+)"', data)]
    first = max([1024, *ids]) + 1
    made = [] if b'id="_x0000_t202"' in data or b"id='_x0000_t202'" in data else [_BOX]
    made += [_box(cell, text, first + i) for i, (cell, text) in enumerate(sorted(texts.items()))]
    place = data.rindex(b"</")
    return data[:place] + "".join(made).encode() + data[place:]


def cell_of(place: str) -> Cell:
    """The cell of this name.

    >>> cell_of("B12")
    (12, 1)
    """
    digits = re.sub(r"\D", "", place)
    return int(digits or 0), column_of(place)


def _continued(data: bytes, comment: Element, text: str) -> list[Edit]:
    """The edits that let a comment go on with a text."""
    x = comment.prefix
    said = comment.named("text")
    more = (
        f'<{x}r><{x}t xml:space="preserve">'.encode() + b"\n\n" + xml_text(text) + f"</{x}t></{x}r>".encode()
    )
    if not said:
        return appended(data, comment, f"<{x}text>".encode() + more + f"</{x}text>".encode())
    whole = said[0]
    if whole.closed == whole.opened and data[whole.start : whole.opened].endswith(b"/>"):
        return [(whole.start, whole.end, opened_up(data[whole.start : whole.opened], whole.name, more))]
    runs = [child for child in whole.children if child.local not in _PHONETIC]
    place = runs[-1].end if runs else whole.opened
    edits = [
        (part.start, part.end, f"<{x}r>".encode() + data[part.start : part.end] + f"</{x}r>".encode())
        for part in runs
        if part.local == "t"  # a text is either plain or of runs
    ]
    return [*edits, (place, place, more)]


def _comment(cell: Cell, text: str, author: int, x: str) -> bytes:
    from openpyxl.utils import get_column_letter

    row, column = cell
    begin = f'<{x}comment ref="{get_column_letter(column + 1)}{row}" authorId="{author}"><{x}text><{x}r>'
    look = f'<{x}rPr><{x}sz val="9"/><{x}rFont val="Tahoma"/><{x}family val="2"/></{x}rPr>'
    said = f'<{x}t xml:space="preserve">'.encode() + xml_text(text) + f"</{x}t>".encode()
    return (begin + look).encode() + said + f"</{x}r></{x}text></{x}comment>".encode()


def _box(cell: Cell, text: str, number: int) -> str:
    row, column = cell[0] - 1, cell[1]
    lines = sum(1 + len(line) // _LETTERS_OF_LINE for line in text.split("\n")) + 1
    left = column + 1 if column + 1 + _BREADTH <= _LAST_COLUMN else column - _BREADTH - 1
    top = max(0, min(row - 1, _LAST_ROW - lines))
    return _NOTE.format(
        id=number,
        order=number - 1024,
        points=13 * lines,
        left=left,
        right=left + _BREADTH,
        top=top,
        bottom=min(top + lines, _LAST_ROW),
        row=row,
        column=column,
    )
