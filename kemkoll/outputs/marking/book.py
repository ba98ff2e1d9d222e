"""The sheets of a workbook and the parts that hold them."""

from __future__ import annotations

from typing import NamedTuple

from kemkoll.outputs.marking.elements import parse
from kemkoll.outputs.marking.package import OFFICE, Package


class Page(NamedTuple):
    """One sheet of cells: its name, the part that holds it, and whether it is hidden."""

    name: str
    part: str
    hidden: bool


class Book:
    """The parts of a workbook that marks may change.

    Attributes:
        part: the part that names the sheets.
        styles: the part that holds the looks.
        pages: the sheets of cells, in their order.
        first: the name of the first sheet that is not hidden.
    """

    def __init__(self, package: Package) -> None:
        self.part = package.related("", f"{OFFICE}/officeDocument")[0]
        self.styles = package.related(self.part, f"{OFFICE}/styles")[0]
        cells = set(package.related(self.part, f"{OFFICE}/worksheet"))
        self.pages: list[Page] = []
        for sheet in parse(package.read(self.part)).named("sheets")[0].children:
            said = sheet.attributes
            id_ = next((value for name, value in said.items() if name.endswith(":id")), "")
            part = package.target(self.part, id_)
            if part in cells:
                self.pages.append(Page(said.get("name", ""), part, said.get("state", "visible") != "visible"))
        self.first = next((page.name for page in self.pages if not page.hidden), "")
        self.first = self.first or next((page.name for page in self.pages), "")
        self._comments = [
            name for page in self.pages for name in package.related(page.part, f"{OFFICE}/comments")
        ]

    def parts(self) -> list[str]:
        """The parts that may be edited."""
        return [self.styles, *(page.part for page in self.pages), *self._comments]
