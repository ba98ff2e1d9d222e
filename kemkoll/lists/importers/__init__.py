"""Official downloads as tables: one module per export, found by walking this package.

An importer is a module with `NAME`, `recognises(source) -> bool` and `read(source) -> Export`. What a file
says is read as the publisher wrote it; what is not understood is a problem, with its place.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from functools import reduce
from pathlib import Path
from typing import Any

from kemkoll.errors import ListError
from kemkoll.lists.importers.export import Export, stacked
from kemkoll.lists.importers.source import Source
from kemkoll.sheets import look

__all__ = ["Export", "find_importer", "importers", "read_export"]


def read_export(paths: Sequence[Path | str]) -> Export:
    """What the files say, together: one download, or the parts of one list.

    Raises:
        DeclarationError: a file cannot be read.
        ListError: nothing recognises a file, or the files are of different lists.
    """
    exports: list[Export] = []
    for path in map(Path, paths):
        look(path)
        source = Source(path)
        exports.append(find_importer(source).read(source))
    return reduce(_together, exports)


def find_importer(source: Source) -> Any:
    """The one importer that recognises the file.

    Raises:
        ListError: none does, or more than one.
    """
    known = [importer for importer in importers() if importer.recognises(source)]
    if len(known) == 1:
        return known[0]
    names = ", ".join(importer.NAME for importer in known or importers())
    if known:
        raise ListError("{file} could be any of several downloads: {names}.", file=source.path, names=names)
    raise ListError(
        "{file} is not a download that kemkoll knows. It knows: {names}. A list of your own needs a "
        "header row with name and cas, ec or criterion.",
        file=source.path,
        names=names,
    )


def importers() -> list[Any]:
    """The modules of this package that are importers.

    >>> "EDLists" in [importer.NAME for importer in importers()]
    True
    """
    names = [module.name for module in pkgutil.iter_modules(__path__)]
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return [module for module in modules if hasattr(module, "NAME") and hasattr(module, "recognises")]


def _together(first: Export, second: Export) -> Export:
    """Two parts of one list as one export; an entry that is in both is in the first."""
    if first.id != second.id or not first.parts or not second.parts:
        raise ListError(
            "The files are of different lists ({first}, {second}). Import them one by one.",
            first=first.id,
            second=second.id,
        )
    if twice := set(first.parts) & set(second.parts):
        raise ListError("{names} is in both files. Name each part once.", names=", ".join(sorted(twice)))
    new = second.entries[~second.entries["key"].isin(first.entries["key"])]
    joint = stacked([first.members, second.members]).drop_duplicates(["key", "kind", "value"])
    return Export(
        first.id,
        first.what,
        max(first.date, second.date),
        first.count + second.count - (len(second.entries) - len(new)),
        stacked([first.entries, new]),
        joint.reset_index(drop=True),
        problems=stacked([first.problems, second.problems]),
        unread=first.unread + second.unread,
        notes=first.notes + second.notes,
        one_by_one=first.one_by_one,
        parts=first.parts + second.parts,
        all_parts=first.all_parts,
        retrieved=max(first.retrieved, second.retrieved),
    )
