"""Where the elements of an XML part stand in its bytes, so that one is changed and no other byte is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape

_TAG = re.compile(rb"<[^\"'>]*(?:(?:\"[^\"]*\"|'[^']*')[^\"'>]*)*>")

Edit = tuple[int, int, bytes]
"""The bytes from one place up to another, and what stands there instead."""


@dataclass
class Element:
    """One element of a part.

    Attributes:
        name: its name as written, with its prefix.
        attributes: as written.
        start: where its start tag begins.
        opened: where its start tag has ended.
        closed: where its end tag begins; where it is one tag only, the same as `opened`.
        end: where it has ended.
        children: the elements in it.
    """

    name: str
    attributes: dict[str, str]
    start: int
    opened: int
    closed: int = -1
    end: int = -1
    children: list[Element] = field(default_factory=list)

    @property
    def local(self) -> str:
        """Its name without prefix."""
        return self.name.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        """What stands before the name of an element like this one: `x:`, or nothing."""
        return self.name[: -len(self.local)]

    def named(self, local: str) -> list[Element]:
        """Its children of this name."""
        return [child for child in self.children if child.local == local]


def parse(data: bytes) -> Element:
    """The root of a part, with all that is in it.

    >>> root = parse(b'<a><b c="1"/><x:d>e</x:d></a>')
    >>> [(child.local, child.prefix, child.start, child.end) for child in root.children]
    [('b', '', 3, 13), ('d', 'x:', 13, 25)]
    """
    reader = expat.ParserCreate()
    top = Element("", {}, 0, 0)
    open_: list[Element] = [top]

    def begin(name: str, attributes: dict[str, str]) -> None:
        start = reader.CurrentByteIndex
        made = Element(name, attributes, start, tag_end(data, start))
        open_[-1].children.append(made)
        open_.append(made)

    def finish(_name: str) -> None:
        made = open_.pop()
        made.closed, made.end = closing(data, made.start, made.opened, reader.CurrentByteIndex)

    reader.StartElementHandler, reader.EndElementHandler = begin, finish
    reader.Parse(data, True)  # noqa: FBT003
    return top.children[0]


def tag_end(data: bytes, start: int) -> int:
    """Where the tag that begins there has ended."""
    met = _TAG.match(data, start)
    return met.end() if met else data.index(b">", start) + 1


def closing(data: bytes, start: int, opened: int, at: int) -> tuple[int, int]:
    """Where the end tag of an element begins and ends, by where the parser stands when it ends."""
    return (
        (opened, opened)
        if at in (start, opened) and data[opened - 2 : opened] == b"/>"
        else (at, tag_end(data, at))
    )


def with_attributes(tag: bytes, **values: object) -> bytes:
    """A start tag with other values of some attributes.

    >>> with_attributes(b'<c r="A1" s="3"/>', s=7), with_attributes(b"<c>", s=7)
    (b'<c r="A1" s="7"/>', b'<c s="7">')
    """
    for name, value in values.items():
        said = f'{name}="{value}"'.encode()
        pattern = rb"(?<=\s)" + name.encode() + rb"\s*=\s*(?:\"[^\"]*\"|'[^']*')"
        tag, found = re.subn(pattern, said.replace(b"\\", b"\\\\"), tag, count=1)
        if not found:
            cut = -2 if tag.endswith(b"/>") else -1
            tag = tag[:cut].rstrip() + b" " + said + tag[cut:]
    return tag


def appended(data: bytes, element: Element, more: bytes, **values: object) -> list[Edit]:
    """The edits that put more at the end of an element, and give it other values of some attributes."""
    tag = with_attributes(data[element.start : element.opened], **values)
    if element.closed == element.opened and tag.endswith(b"/>"):
        return [(element.start, element.end, opened_up(tag, element.name, more))]
    edits = [(element.closed, element.closed, more)]
    return [(element.start, element.opened, tag), *edits] if values else edits


def opened_up(tag: bytes, name: str, inside: bytes) -> bytes:
    """An element that was one tag only, with something in it.

    >>> opened_up(b'<row r="1"/>', "row", b"<c/>")
    b'<row r="1"><c/></row>'
    """
    return tag[:-2].rstrip() + b">" + inside + f"</{name}>".encode()


def edited(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes with the edits made; edits at one place in their order.

    >>> edited(b"abcd", [(2, 3, b"X"), (0, 0, b"<"), (0, 0, b">")])
    b'<>abXd'
    """
    made, done = [], 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        made += [data[done:start], new]
        done = end
    return b"".join([*made, data[done:]])


def xml_text(text: str) -> bytes:
    """The text as it stands in XML, in UTF-8."""
    return escape(text, {'"': "&quot;"}).encode()


def is_utf8(data: bytes) -> bool:
    """Whether a part is in the encoding that the edits are written in.

    >>> is_utf8(b"<?xml version='1.0' encoding='UTF-8'?><a/>"), is_utf8("<a/>".encode("utf-16"))
    (True, False)
    """
    said: Any = re.match(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w-]+)", data.removeprefix(b"\xef\xbb\xbf"))
    return data[:2] not in (b"\xff\xfe", b"\xfe\xff") and (
        not said or said[1].lower() in (b"utf-8", b"utf8", b"us-ascii")
    )
