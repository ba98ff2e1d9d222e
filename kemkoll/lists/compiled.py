"""Lists compiled: each read once, its criteria resolved, and kept for the next time.

A compiled list is one file in `KEMKOLL_HOME`, named by the list and by the hash of its folder; the file says
which other folders its criteria pointed to, and their hashes. Whatever of that changes, or of the code that
reads lists, the list is compiled anew.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import RLock
from typing import Any, Protocol

import numpy as np
import pandas as pd
import pyarrow as pa

from kemkoll.errors import ListError
from kemkoll.lists.criteria import resolved, sources
from kemkoll.lists.folder import Folder, folder_files, hash_of, read_folder
from kemkoll.messages import Message
from kemkoll.paths import home
from kemkoll.tables import DEROGATIONS, ENTRIES, GROUPS, LIMITS, LISTS, MEMBERS, TABLES, Law, Table

_UNDECIDED = ("undecided_en", "undecided_sv")
_OF_A_LIST = (LISTS, ENTRIES, LIMITS, MEMBERS, GROUPS, DEROGATIONS)

Packed = dict[str, pa.Table]
"""One list: its tables by name, as they lie in its file."""


class Lists(Protocol):
    """Where lists come from: folders, or what a database keeps of them."""

    @property
    def ids(self) -> list[str]:
        """The ids of all lists, in name order."""

    def packed(self, id_: str) -> Packed:
        """One list, whole."""


class Library:
    """All lists of some folders, each opened when it is asked for.

    Args:
        roots: folders of list folders; a list of the first goes before one of the same id in the next.
        keeps: whether what is compiled is kept for the next time; not of lists that nobody has accepted.
    """

    def __init__(self, roots: Sequence[Path], *, keeps: bool = True) -> None:
        self._keeps = keeps
        self._lock = RLock()
        self._paths = {
            path.parent.name: path.parent for root in reversed(roots) for path in root.glob("*/list.toml")
        }
        self._lists: dict[str, Packed] = {}
        self._made_from: dict[str, dict[str, str]] = {}
        self._hashes: dict[str, str] = {}

    @property
    def ids(self) -> list[str]:
        """The ids of all lists, in name order."""
        return sorted(self._paths)

    def path(self, id_: str) -> Path:
        """The folder of a list.

        Raises:
            ListError: there is no such list.
        """
        if id_ not in self._paths:
            raise ListError(
                "There is no substance list “{name}”. There are: {names}.",
                name=id_,
                names=", ".join(self.ids),
            )
        return self._paths[id_]

    def law(self, id_: str) -> Law:
        """One list, whole: every entry of every period, criteria resolved.

        Raises:
            ListError: there is no such list, it cannot be read, or its criteria lead round in a circle.
        """
        return joined([self.packed(id_)])

    def packed(self, id_: str, *, asked_by: tuple[str, ...] = ()) -> Packed:
        """One list, whole, as `joined` takes it.

        Args:
            asked_by: the lists whose criteria led here.

        Raises:
            ListError: as `law`.
        """
        if id_ in asked_by:
            raise ListError(
                "The criteria of {names} lead round in a circle.", names=" → ".join((*asked_by, id_))
            )
        with self._lock:
            if id_ not in self._lists:
                self._lists[id_] = self._kept(id_) or self._compile(id_, (*asked_by, id_))
            return self._lists[id_]

    def _compile(self, id_: str, asked_by: tuple[str, ...]) -> Packed:
        folder = read_folder(self.path(id_))
        rules = self._give_rules(folder)
        names = sources(folder.tables["members"])
        others = {name: joined([self.packed(name, asked_by=asked_by)]) for name in names}
        made_from = {name: self._hash(name) for name in (*others, *rules)}
        for name in others:
            made_from |= self._made_from[name]
        self._made_from[id_] = made_from
        packed = packed_of(resolved(_law(folder), others))
        if self._keeps:
            with suppress(OSError):  # a home that cannot be written to costs time, nothing else
                _write(packed, _file(id_, folder.sha256), made_from)
        return packed

    def _give_rules(self, folder: Folder) -> list[str]:
        """Give groups the rules of those that they are like; the lists of these, each once."""
        groups = folder.tables["groups"]
        lists: dict[str, dict[str, tuple[str, ...]]] = {}
        for number, like in enumerate(groups["like"]):
            name, _, entry = like.partition("/")
            if not like:
                continue
            if name not in lists:
                theirs = groups if name == folder.id else read_folder(self.path(name)).tables["groups"]
                columns = (theirs[column] for column in ("conditions", *_UNDECIDED))
                lists[name] = dict(zip(theirs["entry"], zip(*columns, strict=True), strict=True))
            asked, *undecided = lists[name].get(entry, ("", "", ""))
            if not asked:
                said = Message(
                    "[{entry}] is like “{like}”, which has no rule of its own.",
                    entry=groups["entry"][number],
                    like=like,
                )
                raise folder.error(said, "groups.toml")
            groups["conditions"][number] = asked
            for column, text in zip(_UNDECIDED, undecided, strict=True):
                groups[column][number] = groups[column][number] or text
        return [name for name in lists if name != folder.id]

    def _kept(self, id_: str) -> Packed | None:
        """The list as compiled before; None: it was not, or something that it was made from has changed."""
        try:
            packed, made_from = _read(_file(id_, self._hash(id_)))
            if any(self._hash(name) != was for name, was in made_from.items()):
                return None
        except (OSError, pa.ArrowInvalid, ListError):
            return None
        self._made_from[id_] = made_from
        return packed

    def _hash(self, id_: str) -> str:
        if id_ not in self._hashes:
            self._hashes[id_] = hash_of(folder_files(self.path(id_)))
        return self._hashes[id_]


def _law(folder: Folder) -> Law:
    """A list's folder as tables."""
    about = folder.about | {
        "list": folder.id,
        "edition": folder.about["official_date"],
        "sha256": folder.sha256,
    }
    made = {table.name: _frame(table, folder.tables[table.name], folder.id) for table in _OF_A_LIST[1:]}
    row = pd.DataFrame({name: [about[name]] for name in LISTS.names if name in about})
    return Law(LISTS.conform(row), **made)


def _frame(table: Table, columns: dict[str, list[Any]], id_: str) -> pd.DataFrame:
    given = {name: _column(kind, columns[name]) for name, kind, _ in table.columns if name != "list"}
    return table.of(len(columns["entry"]), {"list": id_} | given)


def _column(kind: str, values: list[Any]) -> Any:
    """A column of the type; categories are numbered in the order in which they come."""
    if kind == "bool":
        return np.array([value in (True, "yes") for value in values], dtype=bool)
    if kind != "category":
        return np.array(values, dtype=kind)
    places: dict[str, int] = {}
    codes = [places.setdefault(value, len(places)) for value in values]
    texts = pd.Index(list(places), dtype=object)
    return pd.Categorical.from_codes(np.array(codes, dtype=np.int32), categories=texts)


# --- the file ---------------------------------------------------------------------------------------------


@cache
def _reader() -> str:
    """A hash of what turns folders into tables: the code that reads lists and amounts, the tables' shape."""
    package = Path(__file__).parents[1]
    code = [
        file.read_bytes()
        for name in ("lists", "quantities")
        for file in sorted((package / name).glob("*.py"))
    ]
    return hashlib.sha256(b"".join([*code, repr(TABLES).encode()])).hexdigest()


def _file(id_: str, sha256: str) -> Path:
    made_by = hashlib.sha256((sha256 + _reader()).encode()).hexdigest()
    return home() / "compiled-lists" / f"{id_}-{made_by[:24]}.arrow"


def to_bytes(packed: Packed, made_from: Mapping[str, str] | None = None) -> bytes:
    """A list as bytes.

    Args:
        packed: its tables.
        made_from: the hashes of the folders that its criteria point to.
    """
    sink = BytesIO()
    for made in packed.values():
        said = made.replace_schema_metadata({"made_from": json.dumps(made_from or {})})
        with pa.ipc.new_stream(sink, said.schema) as writer:
            writer.write_table(said)
    return sink.getvalue()


def from_bytes(content: bytes | pa.Buffer) -> Packed:
    """A list that `to_bytes` made bytes of."""
    return _parsed(pa.BufferReader(content))[0]


def _write(packed: Packed, file: Path, made_from: dict[str, str]) -> None:
    """Put a list into its file, in place of those compiled before; at no moment is the file half written."""
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_name(f"{file.name}.{os.getpid()}")
    half.write_bytes(to_bytes(packed, made_from))
    half.replace(file)
    for old in file.parent.glob(f"{file.name.rsplit('-', 1)[0]}-{'?' * 24}.arrow"):
        if old != file:
            old.unlink(missing_ok=True)


def _read(file: Path) -> tuple[Packed, dict[str, str]]:
    with pa.OSFile(str(file)) as source:
        return _parsed(source)


def _parsed(source: Any) -> tuple[Packed, dict[str, str]]:
    packed, made_from = {}, "{}"
    for table in _OF_A_LIST:
        with pa.ipc.open_stream(source) as reader:
            made_from = (reader.schema.metadata or {}).get(b"made_from", b"{}").decode()
            packed[table.name] = reader.read_all().replace_schema_metadata(None)
    return packed, json.loads(made_from)


# --- frames to Arrow and back -----------------------------------------------------------------------------


def packed_of(law: Law) -> Packed:
    """One list, whole, as `joined` takes it."""
    return {table.name: _table(getattr(law, table.name)) for table in _OF_A_LIST}


def _table(frame: pd.DataFrame) -> pa.Table:
    return pa.table({str(name): _array(column.array) for name, column in frame.items()})


def _array(column: Any) -> pa.Array:
    if not isinstance(column, pd.Categorical):
        return pa.array(column.to_numpy())
    codes, texts = column.codes.astype(np.int32), pa.array(column.categories, pa.string())
    return pa.DictionaryArray.from_arrays(codes, texts)


def called(packed: Packed, name: str) -> Packed:
    """The list under another name."""
    column = {key: _array(pd.Categorical([name] * made.num_rows, [name])) for key, made in packed.items()}
    return {key: made.set_column(0, "list", column[key]) for key, made in packed.items()}


def joined(lists: Sequence[Packed]) -> Law:
    """The tables of some lists, one list after the other."""
    return Law(*(_joined(table, [packed[table.name] for packed in lists]) for table in _OF_A_LIST))


def _joined(table: Table, parts: list[pa.Table]) -> pd.DataFrame:
    if not parts:
        return table.empty()
    # what a database keeps may lack a column that came later
    made = pa.concat_tables(parts, promote_options="default").unify_dictionaries()
    return table.of(made.num_rows, {name: _column_of(made[name]) for name in made.column_names})


def _column_of(made: pa.ChunkedArray) -> Any:
    """A column as pandas holds it; categories are plain texts."""
    chunks = made.chunks
    if not pa.types.is_dictionary(made.type):
        return made.to_numpy()
    if not len(made):
        return None
    texts = pd.Index(chunks[0].dictionary.to_numpy(zero_copy_only=False), dtype=object)
    codes = np.concatenate([chunk.indices.to_numpy() for chunk in chunks])
    dtype: Any = pd.CategoricalDtype(texts)
    return pd.Categorical.from_codes(codes, dtype=dtype, validate=False)
