"""The looks of a workbook's cells, with a marked one beside each that is needed."""

from __future__ import annotations

from kemkoll.outputs.marking.elements import Edit, Element, appended, edited, parse, with_attributes

GROUND = "FFFFD966"
"""The colour behind a marked cell, on which black is read well."""
_PLAIN = ({"theme": "1"}, {"auto": "1"}, {"indexed": "64"}, {"indexed": "8"}, {"rgb": "FF000000"})
"""Colours of letters that are black, or what the reader has chosen for letters."""


class Looks:
    """The part of a workbook that holds its looks."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        root = parse(data)
        self._fonts, self._fills, self._cells = (_only(root, name) for name in ("fonts", "fills", "cellXfs"))
        self._made: dict[int, int] = {}
        self._looks: list[bytes] = []
        self._letters: dict[int, int] = {}
        self._new_fonts: list[bytes] = []

    def marked(self, look: int) -> int:
        """The number of the look that is this one with the marking ground, its letters black."""
        if look not in self._made:
            own = self._cells.children[look if look < len(self._cells.children) else 0]
            tag = with_attributes(
                self._data[own.start : own.opened],
                fillId=len(self._fills.children),
                applyFill=1,
                fontId=self._black(int(own.attributes.get("fontId", 0))),
                applyFont=1,
            )
            self._made[look] = len(self._cells.children) + len(self._looks)
            self._looks.append(tag + self._data[own.opened : own.end])
        return self._made[look]

    def part(self) -> bytes:
        """The part with the new looks at its end; the numbers of the others stay."""
        x = self._fills.prefix
        ground = (
            f'<{x}fill><{x}patternFill patternType="solid"><{x}fgColor rgb="{GROUND}"/>'
            f'<{x}bgColor indexed="64"/></{x}patternFill></{x}fill>'
        )
        edits: list[Edit] = []
        for element, more in (
            (self._fonts, self._new_fonts),
            (self._fills, [ground.encode()]),
            (self._cells, self._looks),
        ):
            if more:
                count = len(element.children) + len(more)
                edits += appended(self._data, element, b"".join(more), count=count)
        return edited(self._data, edits)

    def _black(self, font: int) -> int:
        """The number of the font with black letters: the font itself, where they are black."""
        own = self._fonts.children[font]
        colours = own.named("color")
        if not colours or colours[0].attributes in _PLAIN:
            return font
        if font not in self._letters:
            text = self._data[own.start : own.end]
            start, end = colours[0].start - own.start, colours[0].end - own.start
            black = f'<{own.prefix}color rgb="FF000000"/>'.encode()
            self._letters[font] = len(self._fonts.children) + len(self._new_fonts)
            self._new_fonts.append(text[:start] + black + text[end:])
        return self._letters[font]


def can_be_marked(data: bytes) -> bool:
    """Whether the part has the tables of looks that every spreadsheet program writes.

    >>> can_be_marked(b"<styleSheet/>")
    False
    """
    root = parse(data)
    return all(
        len(root.named(name)) == 1 and root.named(name)[0].children for name in ("fonts", "fills", "cellXfs")
    )


def _only(root: Element, name: str) -> Element:
    return root.named(name)[0]
