"""What is worked out of a list that somebody has handed in, in a process beside the server."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kemkoll.assortment.exports import write_frame
from kemkoll.assortment.impact import Impact
from kemkoll.assortment.new_editions import foreseen
from kemkoll.assortment.reporting.expected import expected
from kemkoll.errors import KemkollError
from kemkoll.lists.editions import load_lists
from kemkoll.lists.proposing import Proposal, propose
from kemkoll.messages import Message
from kemkoll.registry import Registry
from kemkoll.report import document
from kemkoll.report.writing import WRITERS
from kemkoll.store import Store
from kemkoll.web.offered import Offer


def proposed(offer: Offer, today: str) -> Proposal:
    """The list in the files, as it would be taken into use.

    Raises:
        KemkollError: the files cannot be taken for a list; it names them as they were called.
    """
    try:
        return propose(offer.paths, on=today, id_=offer.id_, day=offer.day, publisher=offer.count)
    except KemkollError as error:
        said = {name: _without_folder(value) for name, value in error.message.values.items()}
        error.message = Message(error.message.sentence, **said)
        raise


def changed(where: str, seen: int, proposal: Proposal, today: str) -> Impact:
    """What the list would change in the assortment as it was known after an event."""
    with Store.open(where) as store, store.reading(seen) as known:
        return foreseen(known, proposal, today=today, registry=Registry.open())


def written(made: Impact, proposal: Proposal, offer: Offer, suffix: str, language: str) -> bytes:
    """What would change as a report or a table, in the format of a suffix."""
    if suffix in WRITERS:
        return WRITERS[suffix](document("list-impact", expected(made, proposal, offer.paths), language))
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"changes{suffix}"
        write_frame(made.changes, file)
        return file.read_bytes()


def compiled(id_: str) -> str:
    """A list got ready for those who ask for it next; its digest."""
    law = load_lists([id_])
    return sha256(repr(law.lists.to_dict()).encode()).hexdigest()


def _without_folder(value: Any) -> Any:
    """A file by its name alone: where the server keeps it is nobody's business."""
    text = str(value)
    if isinstance(value, (str, Path)) and Path(text).is_absolute():
        return Path(text).name.partition("-")[2]
    return value
