"""What would follow from some files: they are added, what is known then is gathered, and all is undone.

So nothing has to be thought twice: which articles are meant, which declarations they take the place of and
which they stand beside are what `adding` makes of them. Nobody sees the addition, and what was gathered is
judged when the database is free again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kemkoll.assortment.adding import Added, add_in
from kemkoll.assortment.handing_in.reading import Read
from kemkoll.assortment.judging import Gathered, Judged, gathered, judged_by
from kemkoll.assortment.plans import Asked, plans
from kemkoll.assortment.scope import Scope, rows_in
from kemkoll.lists.compiled import Lists
from kemkoll.registry import Registry
from kemkoll.store import Change, Store
from kemkoll.store.declarations import articles_of_event


@dataclass(frozen=True)
class Tried:
    """What would become of files.

    Attributes:
        added: of each file, by its number.
        judged: of each plan that the articles are judged by.
    """

    added: Mapping[int, Added]
    judged: tuple[Judged, ...]


def tried(
    store: Store, files: Sequence[Read], *, supplier: int, name: str, on: str, at: str, source: Lists,
    registry: Registry,
) -> Tried:  # fmt: skip
    """What would become of files if they were handed in now.

    Args:
        supplier, name: whose they are.
        on: the day.
        at: instant in UTC.
        source: the lists as they are now.
    """
    with store.trying(at=at) as change:
        added = add_files(change, files, supplier)
        found = _gathered(change.later(), name, on, source)
    return Tried(added, tuple(judged_by(it, Asked(), on=on, registry=registry) for it in found))


def add_files(change: Change, files: Sequence[Read], supplier: int) -> dict[int, Added]:
    """Add files in one event, one after the other: what became of each, by its number (`Handed.number`)."""
    made, about = {}, []
    for it in files:
        seeing = change.later()
        made[it.handed.number] = add_in(seeing, it.path, it.content, it.declared, supplier=supplier)
        about.append({"file": it.handed.name} | seeing.about)
    change.about.update(files=about)
    return made


def _gathered(change: Change, name: str, on: str, source: Lists) -> list[Gathered]:
    """What is known of the articles that the event declares, by the plans of their contracts."""
    own = articles_of_event(change)
    if not own:
        return []
    rows = rows_in(change, Scope(supplier=name), on)
    rows = rows[rows["article"].isin(own)].reset_index(drop=True)
    made = plans(change, rows, Asked(), on, source) if len(rows) else []
    return [gathered(change, plan, on, places=True) for plan in made]
