"""The worked examples of the documentation: small inputs, and what kemkoll says of each, asked every time.

An example is a fenced block of a page:

    ```{worked-example} cas-check-digit
    :place: row 2, column CAS-nr
    Artikel;Ämne;CAS-nr;Halt
    A-1;DEHP;117-81-8;30 %
    ```

Its name is the code that it is an example of: of a problem, a reason, or a verdict. Its options:

    options     of `kemkoll check`: `--list eu-rohs --condition medical_device=yes`
    name        of the file that the text becomes, else declaration.csv; one that ends in / is a folder, and
                one without any text is not written at all
    file        a file of the project instead of a text, for what is no text
    place       where the problem stands; empty: it is about the file, or about no file
    verdict     the verdict of the article that the reason is for
    own-list    which of the files is a list of one's own, to be imported first
    waivers     which of the files is a table of waivers
    decisions   which of the files is a table of decisions on reviews
    kind        the files are of this kind (`kemkoll add --kind`), and are added to a database that is empty,
                one after the other

A text of several files has a line `--- name ---` above each.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kemkoll.codes import PROBLEMS

ROOT = Path(__file__).parents[2]
OPTIONS = (
    "options",
    "name",
    "file",
    "place",
    "verdict",
    "own-list",
    "waivers",
    "decisions",
    "kind",
)
_BLOCK = re.compile(
    r"^```\{worked-example\} (\S+)\n((?::[a-z-]+:[^\n]*\n)*)(.*?)^```$", re.MULTILINE | re.DOTALL
)
_OPTION = re.compile(r"^:([a-z-]+):(.*)$", re.MULTILINE)
_PART = re.compile(r"^--- (\S+) ---\n", re.MULTILINE)


@dataclass(frozen=True)
class Example:
    """One worked example.

    Attributes:
        code: of the problem, the reason or the verdict that it is an example of.
        files: name and text of each file.
        copied: a file of the project that is used as it is; empty: none.
    """

    code: str
    files: tuple[tuple[str, str], ...]
    copied: str = ""
    options: str = ""
    place: str = ""
    verdict: str = ""
    own_list: str = ""
    waivers: str = ""
    decisions: str = ""
    kind: str = ""

    @property
    def is_problem(self) -> bool:
        """Whether it is an example of a problem; a reason may have the same code."""
        return self.code in PROBLEMS and not self.verdict

    @property
    def declared(self) -> list[str]:
        """The names of the files that are suppliers' declarations."""
        names = [Path(self.copied).name] if self.copied else [name for name, _ in self.files]
        if self.kind:
            return []
        others = (self.own_list, self.waivers, self.decisions)
        return [name for name in names if name not in others and name[-5:] != ".toml"]

    @property
    def commands(self) -> list[str]:
        """What one would type to see the same; nothing for what cannot be typed."""
        if self.waivers or self.decisions:
            return []
        if self.kind:
            return [f"kemkoll add {name} --kind {self.kind}" for name, _ in self.files]
        own = [f"kemkoll lists import {self.own_list}"] if self.own_list else []
        if not self.declared:
            return own
        options = f" {self.options}" if self.options else ""
        kept = [f"{command} --write" for command in own]
        return [*kept, f"kemkoll check {' '.join(self.declared)}{options}"]


def find_examples(text: str) -> list[Example]:
    r"""The worked examples of a page, in order.

    >>> page = "```{worked-example} above\n:verdict: review\nArtikel;Halt\n```\n"
    >>> find_examples(page)[0].files
    (('declaration.csv', 'Artikel;Halt\n'),)
    """
    return [
        make_example(code, {name: value.strip() for name, value in _OPTION.findall(options)}, body)
        for code, options, body in _BLOCK.findall(text)
    ]


def make_example(code: str, options: Mapping[str, str], body: str) -> Example:
    """The example that a block says.

    Raises:
        ValueError: the block says something that means nothing.
    """
    if unknown := options.keys() - set(OPTIONS):
        raise ValueError(
            f"The example of {code} has options that mean nothing: {', '.join(sorted(unknown))}."
        )
    name = options.get("name", "declaration.csv")
    parts = _PART.split(body if body.endswith("\n") or not body else f"{body}\n")
    files = [(name, parts[0])] if len(parts) == 1 else list(zip(parts[1::2], parts[2::2], strict=True))
    return Example(
        code,
        () if options.get("file") else tuple(files),
        options.get("file", ""),
        options.get("options", ""),
        options.get("place", ""),
        options.get("verdict", ""),
        options.get("own-list", ""),
        options.get("waivers", ""),
        options.get("decisions", ""),
        options.get("kind", ""),
    )


def cells(text: str) -> list[list[str]]:
    r"""The cells of a text table, all rows equally long; none for a text that is no table.

    >>> cells("Artikel;Halt\nA-1;30 %\n")
    [['Artikel', 'Halt'], ['A-1', '30 %']]
    """
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    width = max(map(len, rows), default=0)
    return [[*row, *[""] * (width - len(row))] for row in rows] if width > 1 else []
