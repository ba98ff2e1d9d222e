"""The files of a draft read, as what one supplier declares: whatever name stands in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from kemkoll.assortment.adding import complete, read_file
from kemkoll.assortment.handing_in.drafts import Handed, OfDraft, content_of, opened
from kemkoll.assortment.scope import key_of
from kemkoll.registry import Registry
from kemkoll.store import Known, Store, kept
from kemkoll.store.models import Supplier
from kemkoll.tables import NONE, Declarations


@dataclass(frozen=True)
class Read:
    """One file of a draft, read.

    Attributes:
        path: where it lies while it is looked at.
        declared: what it declares, all of it as the supplier's own.
        others: names of other suppliers that stand in it, as written.
    """

    handed: Handed
    content: bytes
    path: str
    declared: Declarations
    others: tuple[str, ...] = ()

    @property
    def status(self) -> str:
        """`read`, `empty` (nothing to judge in it), `failed`, or `several`: it is of several suppliers, and
        nobody could say which of its articles are whose.
        """
        status = str(self.declared.inputs["status"].iloc[0])
        return "several" if status == "read" and len(set(map(key_of, self.others))) > 1 else status


def name_of(known: Known, supplier: int) -> str:
    """What a supplier is called."""
    return str(kept.frame(known, Supplier, supplier=supplier)["name"].iloc[0])


@contextmanager
def read_files(
    store: Store, draft: int, registry: Registry, on: str
) -> Iterator[tuple[OfDraft, str, list[Read]]]:
    """An open draft, whose it is, and its files, read; they lie in a folder of their own as long as the block
    lasts, and the database is free meanwhile.

    Args:
        on: today.

    Raises:
        ConfigError: the draft is not open.
    """
    with store.reading() as known:
        own = opened(known, draft)
        supplier = name_of(known, own.supplier)
        contents = [content_of(known, it.number) for it in own.files]
    with TemporaryDirectory(prefix="kemkoll-") as folder:
        made = []
        for handed, content in zip(own.files, contents, strict=True):
            path = Path(folder) / str(handed.number) / handed.name
            path.parent.mkdir()
            path.write_bytes(content)
            made.append(read_one(handed, content, str(path), supplier, registry, on))
        yield own, supplier, made


def read_one(handed: Handed, content: bytes, path: str, supplier: str, registry: Registry, on: str) -> Read:
    """One file, read as a supplier's own."""
    declared = read_file(path, registry)
    others = named_beside(declared, supplier)
    return Read(handed, content, path, complete(_owned(declared, supplier), supplier, "", on), others)


def named_beside(declared: Declarations, supplier: str) -> tuple[str, ...]:
    """The names of others than the supplier that a file gives as whose it is; with the supplier's own too,
    where it names both.
    """
    frames = (declared.declarations, declared.articles)
    names = [str(name) for frame in frames for name in frame["supplier"].astype(object) if str(name).strip()]
    own = {key_of(name): name for name in reversed(names)}
    return () if own.keys() <= {key_of(supplier)} else tuple(own.values())


def _owned(declared: Declarations, supplier: str) -> Declarations:
    """The same, all of it the supplier's; how good the evidence is follows from what is declared, whatever
    a supplier's file says of itself.
    """

    def own(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.assign(supplier=pd.Categorical([supplier] * len(frame)))

    heads = own(declared.declarations).assign(evidence_level=np.int32(NONE))
    return replace(declared, declarations=heads, articles=own(declared.articles))
