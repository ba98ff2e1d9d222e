"""Conversations in a sheet: a cell that has one shows it in place of a comment, so the problems answer it."""

from __future__ import annotations

from collections.abc import Mapping, Set
from uuid import NAMESPACE_URL, uuid5

from kemkoll.outputs.marking.elements import appended, edited, parse, xml_text
from kemkoll.outputs.marking.notes import AUTHOR, cell_of
from kemkoll.outputs.marking.package import Package
from kemkoll.outputs.marking.places import Cell

_KIND = "http://schemas.microsoft.com/office/2017/10/relationships/"
_ID = f"{{{str(uuid5(NAMESPACE_URL, AUTHOR)).upper()}}}"
"""Whom the answers are from."""


def replied(package: Package, book: str, sheet: str, texts: Mapping[Cell, str]) -> Set[Cell]:
    """The cells that have a conversation, in which the text is now the last answer.

    Args:
        package: the workbook.
        book: the part that names the sheets.
        sheet: the part of the sheet.
        texts: what to say at each cell.
    """
    parts, people = package.related(sheet, f"{_KIND}threadedComment"), package.related(book, f"{_KIND}person")
    made: set[Cell] = set()
    for part in parts if people else []:
        data = package.read(part)
        root = parse(data)
        begun = {
            cell_of(child.attributes.get("ref", "")): child.attributes
            for child in root.children
            if "parentId" not in child.attributes
        }
        answers = [
            _answer(begun[cell], texts[cell], root.prefix) for cell in sorted(texts.keys() & begun.keys())
        ]
        package.put(part, edited(data, appended(data, root, b"".join(answers))))
        made |= texts.keys() & begun.keys()
    if made:
        _introduce(package, people[0])
    return made


def _answer(begun: Mapping[str, str], text: str, x: str) -> bytes:
    """An answer, of the same moment as the beginning: the copy is the same whenever it is made."""
    own, cell, moment = begun["id"], begun["ref"], begun.get("dT", "")
    id_ = f"{{{str(uuid5(NAMESPACE_URL, own + text)).upper()}}}"
    stamp = f' dT="{moment}"' if moment else ""
    tag = f'<{x}threadedComment ref="{cell}"{stamp} personId="{_ID}" id="{id_}" parentId="{own}"><{x}text>'
    return tag.encode() + xml_text(text) + f"</{x}text></{x}threadedComment>".encode()


def _introduce(package: Package, part: str) -> None:
    """Name in the workbook whom the answers are from."""
    data = package.read(part)
    if _ID.encode() not in data:
        root = parse(data)
        said = f'<{root.prefix}person displayName="{AUTHOR}" id="{_ID}" userId="{AUTHOR}" providerId="None"/>'
        package.put(part, edited(data, appended(data, root, said.encode())))
