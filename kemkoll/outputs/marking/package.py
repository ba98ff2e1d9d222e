"""A workbook as the parts in its archive: those that are not changed stay byte for byte."""

from __future__ import annotations

import posixpath
import shutil
import zipfile
from copy import copy
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from kemkoll.outputs.marking.elements import appended, edited, parse

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
"""Relationships between the parts of a workbook; the type's own name follows."""
_NO_RELATIONSHIPS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
)
_TYPES = "[Content_Types].xml"


class Package:
    """The parts of a workbook, and what is to stand in their place."""

    def __init__(self, path: Path) -> None:
        self._archive = zipfile.ZipFile(path)
        self._changed: dict[str, bytes] = {}

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self._changed or name in self._archive.NameToInfo

    def names(self) -> set[str]:
        """The names of all parts."""
        return {*self._changed, *self._archive.NameToInfo}

    def read(self, name: str) -> bytes:
        """The bytes of a part."""
        return self._changed[name] if name in self._changed else self._archive.read(name)

    def put(self, name: str, data: bytes) -> None:
        """Let a part be this."""
        self._changed[name] = data

    def free(self, name: str) -> str:
        """A name like this one that no part has: `xl/comments{}.xml` with a number in it."""
        taken = {known.lower() for known in self.names()}
        number = 1
        while name.format(number).lower() in taken:
            number += 1
        return name.format(number)

    def related(self, part: str, kind: str) -> list[str]:
        """The parts to which a part has relationships of a kind; "" is the package itself."""
        return [target for own, target, _ in self._relationships(part) if own == kind]

    def target(self, part: str, id_: str) -> str:
        """The part to which the relationship of this id leads; "" for none."""
        return next((target for _, target, own in self._relationships(part) if own == id_), "")

    def relate(self, part: str, kind: str, target: str) -> str:
        """The id of a new relationship."""
        name = _relationships_of(part)
        data = self.read(name) if self.has(name) else _NO_RELATIONSHIPS
        root = parse(data)
        taken = {child.attributes.get("Id", "") for child in root.children}
        id_ = next(
            f"rIdKemkoll{number}" for number in range(1, len(taken) + 2) if f"rIdKemkoll{number}" not in taken
        )
        made = f'<{root.prefix}Relationship Id="{id_}" Type="{kind}" Target="/{target}"/>'
        self.put(name, edited(data, appended(data, root, made.encode())))
        return id_

    def content_type(self, part: str) -> str:
        """What the package says that a part is."""
        root = parse(self.read(_TYPES))
        suffix = part.rpartition(".")[2].lower()
        own = [child for child in root.named("Override") if child.attributes.get("PartName") == f"/{part}"]
        common = [
            child
            for child in root.named("Default")
            if child.attributes.get("Extension", "").lower() == suffix
        ]
        return next((child.attributes.get("ContentType", "") for child in own + common), "")

    def declare(self, part: str, content_type: str) -> None:
        """Say what a new part is."""
        data = self.read(_TYPES)
        if self.content_type(part) == content_type:
            return
        root, suffix = parse(data), part.rpartition(".")[2]
        known = {child.attributes.get("Extension", "").lower() for child in root.named("Default")}
        if suffix == "xml" or suffix in known:
            said = f'<{root.prefix}Override PartName="/{part}" ContentType="{content_type}"/>'
            edits = appended(data, root, said.encode())
        else:  # a kind of its own, for all parts that end so
            said = f'<{root.prefix}Default Extension="{suffix}" ContentType="{content_type}"/>'
            edits = [(root.opened, root.opened, said.encode())]
        self.put(_TYPES, edited(data, edits))

    def save(self, stream: BinaryIO) -> None:
        """Write the package: the parts in their order, then the new ones."""
        old = self._archive
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
            new.comment = old.comment
            for name, info in old.NameToInfo.items():
                entry = copy(info)
                if name in self._changed:
                    new.writestr(entry, self._changed[name])
                    continue
                with (
                    old.open(info) as source,
                    new.open(entry, "w", force_zip64=info.file_size > 2**31) as target,
                ):
                    shutil.copyfileobj(source, target)
            for name, data in self._changed.items():
                if name not in old.NameToInfo:
                    new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)

    def _relationships(self, part: str) -> list[tuple[str, str, str]]:
        """Kind, target and id of each relationship of a part to another part."""
        name = _relationships_of(part)
        if not self.has(name):
            return []
        made = []
        for child in parse(self.read(name)).children:
            said = child.attributes
            if said.get("TargetMode") != "External":
                target = posixpath.normpath(
                    posixpath.join("/", posixpath.dirname(part), said.get("Target", ""))
                )
                made.append((said.get("Type", ""), target.lstrip("/"), said.get("Id", "")))
        return made


def _relationships_of(part: str) -> str:
    """The part that holds the relationships of a part.

    >>> _relationships_of("xl/workbook.xml"), _relationships_of("")
    ('xl/_rels/workbook.xml.rels', '_rels/.rels')
    """
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")
