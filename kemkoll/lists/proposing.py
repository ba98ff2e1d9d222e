"""What an import would do, before it does anything."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from kemkoll.errors import ListError
from kemkoll.lists.compiled import Library
from kemkoll.lists.differences import differences
from kemkoll.lists.folder import Folder, read_folder
from kemkoll.lists.importers import Export, read_export
from kemkoll.lists.promises import lint_list
from kemkoll.lists.updating import Draft, check_count, updated
from kemkoll.lists.writing import write_folder
from kemkoll.paths import data, own_lists
from kemkoll.tables import DEROGATIONS, ENTRIES, GROUPS, LIMITS, LISTS, MEMBERS, Law, Table


@dataclass
class Proposal:
    """What an import would do.

    Attributes:
        export: the download as read.
        draft: the list as it would be written.
        base: the list that it is compared with; None for a new one.
        changes: what would change, as `differences` tells it.
        broken: the promises of lists that the written list would break.
    """

    export: Export
    draft: Draft
    base: Folder | None
    changes: pd.DataFrame
    broken: list[str]

    @property
    def obstacles(self) -> int:
        """How much must be put right before the list can be written.

        A cell that was not understood is the writer's to correct in a list of one's own; what a publisher
        wrote stays as it is.
        """
        return len(self.broken) + (len(self.export.problems) if self.export.sets_limits else 0)


def propose(
    paths: Sequence[Path | str], *, on: str, id_: str = "", day: str = "", publisher: int | None = None
) -> Proposal:
    """What importing the files would do; nothing is written but into a folder that is gone afterwards.

    Args:
        paths: one download, or all parts of one list.
        on: the day of the import, ISO text.
        id_: the id to give the list, if not that of the download.
        day: the official date, if the file does not say it.
        publisher: how many entries the publisher says there are.

    Raises:
        DeclarationError: a file cannot be read.
        ListError: a file is not known, or incomplete, or older than the list.
    """
    export = read_export(paths)
    export = replace(export, date=day or export.date)
    id_ = id_ or export.id
    shipped, path = data("substance_lists"), _place(id_) or _place(export.id)
    _check_id(id_, taken=export.sets_limits and (shipped / id_).is_dir())
    base = read_folder(path) if path else None
    check_count(export, publisher, base)
    if id_ != export.id:
        export = replace(export, entries=export.entries.assign(chosen=True))
    known = bool(path and path.parent == shipped) or (shipped / export.id).is_dir()
    draft = updated(export, base, id_, on=on, shipped=known)
    with tempfile.TemporaryDirectory() as root:
        folder = write_folder(draft, Path(root))
        broken = lint_list(Library([Path(root), own_lists(), shipped], keeps=False), id_)
        after = law_of(read_folder(folder)) if not broken else Law()
    before = law_of(base) if base else Law()
    return Proposal(export, draft, base, differences(before, after), broken)


def accept(proposal: Proposal) -> Path:
    """The folder of the user's own lists in which the proposed list now lies.

    Raises:
        ListError: something in it must be put right first.
    """
    if proposal.obstacles:
        raise ListError("The list was not written: put right what was not understood, and import it again.")
    return write_folder(proposal.draft, own_lists())


@contextmanager
def as_accepted(proposal: Proposal) -> Iterator[Library]:
    """All lists as they would be once the proposal is accepted, those among them whose criteria point to it;
    nothing is written but into a folder that is gone afterwards.
    """
    with tempfile.TemporaryDirectory() as root:
        write_folder(proposal.draft, Path(root))
        yield Library([Path(root), own_lists(), data("substance_lists")], keeps=False)


def law_of(folder: Folder) -> Law:
    """The list as law, in its newest edition; criteria stay as they are, not looked up in other lists.

    >>> len(law_of(read_folder(data("substance_lists") / "eu-rohs")).entries)
    10
    """
    about = folder.about | {
        "list": folder.id,
        "edition": folder.about["official_date"],
        "sha256": folder.sha256,
        "asked_by_name": True,
    }
    lists = pd.DataFrame({name: [about[name]] for name in LISTS.names})
    tables = (ENTRIES, LIMITS, MEMBERS, GROUPS, DEROGATIONS)
    return Law(LISTS.conform(lists), *(_conformed(folder, table) for table in tables))


def _check_id(id_: str, *, taken: bool) -> None:
    if taken:
        raise ListError("{list} is a list that kemkoll ships. Give your own another id with --id.", list=id_)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id_):
        raise ListError(
            "“{text}” cannot be the id of a list. Use a-z, 0-9 and single hyphens: my-region-2026.", text=id_
        )


def _conformed(folder: Folder, table: Table) -> pd.DataFrame:
    columns = folder.tables[table.name]
    size = len(columns["row"])
    made: dict[str, Any] = {"list": [folder.id] * size}
    for name, kind, _ in table.columns[1:]:
        values = [value in (True, "yes") for value in columns[name]] if kind == "bool" else columns[name]
        made[name] = pd.Series(values, dtype=kind if kind in ("bool", "int64") else object)
    return table.of(size, made)


def _place(id_: str) -> Path | None:
    """Where the list lies: among the user's own, else among those shipped."""
    roots = (own_lists(), data("substance_lists"))
    return next((root / id_ for root in roots if (root / id_ / "list.toml").is_file()), None)
