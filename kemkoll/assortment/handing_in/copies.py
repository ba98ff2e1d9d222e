"""What a supplier gets to mend a file with: a copy in which its problems are marked, or a table of them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from kemkoll.assortment.handing_in.drafts import Handed, content_of, opened
from kemkoll.assortment.handing_in.preview import faults, with_new
from kemkoll.assortment.handing_in.reading import Read, name_of, read_one
from kemkoll.assortment.handing_in.trial import add_files
from kemkoll.errors import DeclarationError
from kemkoll.i18n import Translator, translator
from kemkoll.outputs.csv import defused
from kemkoll.outputs.marking import mark_problems, why_not
from kemkoll.registry import Registry
from kemkoll.store import Store
from kemkoll.tables import Declarations


def marked_copy(where: str, draft: int, handed: Handed, on: str, language: str) -> tuple[str, bytes]:
    """The name and the bytes of a copy of a file with its problems marked; of what is no .xlsx workbook, of a
    table of its problems.

    Args:
        where: address of the database.
        on: today.
    """
    registry, _ = Registry.open(), translator(language)
    with TemporaryDirectory(prefix="kemkoll-") as folder, Store.open(where) as store:
        with store.reading() as known:
            own = opened(known, draft)
            supplier = name_of(known, own.supplier)
            content = content_of(known, handed.number)
        path = Path(folder) / handed.name
        path.write_bytes(content)
        file = read_one(handed, content, str(path), supplier, registry, on)
        told = _with_new(store, file, own.supplier, on)
        return _workbook(file, told, language) or (f"{path.stem}.csv", as_table(told, handed.name, _))


def _with_new(store: Store, file: Read, supplier: int, on: str) -> Declarations:
    """What the file declares, with the articles among its problems that the buyer does not have."""
    if file.status != "read":
        return file.declared
    with store.trying(at=f"{on}T00:00:00.000Z") as change:
        added = add_files(change, [file], supplier)[file.handed.number]
    return with_new(file.declared, added.new_articles)


def _workbook(file: Read, told: Declarations, language: str) -> tuple[str, bytes] | None:
    """The marked copy; None: this file cannot be marked."""
    path = Path(file.path)
    try:
        if file.status == "failed" or why_not(path):
            return None
        target = path.with_name(f"{path.stem} - marked.xlsx")
        mark_problems(Marked(told), path, target, language)
    except DeclarationError:
        return None
    return target.name, target.read_bytes()


@dataclass(frozen=True)
class Marked:
    """What reading alone has found, as marking wants it."""

    declarations: Declarations

    @property
    def problems(self) -> pd.DataFrame:
        """`tables.PROBLEMS`."""
        return self.declarations.problems


def as_table(told: Declarations, name: str, _: Translator) -> bytes:
    """The problems of a file as CSV, one row for each place; it begins with a byte-order mark.

    Args:
        name: what the file is called.
    """
    stream = StringIO()
    writer = csv.writer(stream, delimiter=";" if _.language == "sv" else ",", lineterminator="\r\n")
    heads = (_("File"), _("Place"), _("Column"), _("Value"), _("What is wrong, and what to do"), _("Code"))
    writer.writerow(heads)
    for it in faults(told, _):
        cells = (name, it.place, it.column, it.found, it.sentence, it.code)
        writer.writerow([defused(cell) for cell in cells])
    return stream.getvalue().encode("utf-8-sig")
