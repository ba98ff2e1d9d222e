"""Compiling the registry: from the sources to shelves on disk, once per version of the sources.

A compiled shelf is written beside its place and then renamed, so another process sees all of it or nothing,
and two that compile at once do no harm: the first to finish wins, and both are the same. Where nothing can
be written, the shelf stays in memory, and a line on stderr says so, once.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pyarrow as pa

from kemkoll.registry import sources
from kemkoll.registry.names import hashes, normal_name
from kemkoll.registry.progress import Advance, progress
from kemkoll.registry.shelf import ASK, TABLES, Shelf
from kemkoll.registry.sources import ALSO, OWN_FILES, Entry
from kemkoll.structures import METALS

FORMAT = 3
"""Number of the shape and rules of compiled shelves: raise it when either changes."""
SHORTEST = 3
"""Shorter names, in their normal form, count only where they are kemkoll's own."""
_A_DAY = 24 * 60 * 60
_ATOMS = re.compile("[A-Z][a-z]?")


def shelf_of(folder: Path, label: str, collect: Callable[[], dict[int, Entry]]) -> Shelf:
    """The compiled shelf `label` under `folder`, compiled now where it is missing or broken."""
    place = folder / label
    try:
        return _open(place)
    except (OSError, ValueError, KeyError, pa.ArrowInvalid):
        pass
    with progress("Compiling the substance registry") as advance:
        shelf = compile_shelf(collect(), advance)
    try:
        _write(shelf, place)
        return _open(place)
    except (OSError, ValueError, KeyError, pa.ArrowInvalid) as error:
        _say_once(
            f"kemkoll: the compiled registry cannot be kept in {folder} ({error}); it is made anew each time."
        )
    return shelf


def compile_registry(home: Path) -> Shelf:
    """The registry's shelf, compiled anew even where there is one."""
    place = home / registry_label()
    shutil.rmtree(place, ignore_errors=True)
    return shelf_of(home, place.name, sources.collect)


def compiled_at(place: Path) -> str:
    """When a shelf was compiled, ISO time in UTC; "" where it is not on disk."""
    try:
        seconds = (place / "shelf.json").stat().st_mtime
    except OSError:
        return ""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def registry_label() -> str:
    """The name of the registry's shelf: it changes with the sources, and with the rules of compiling."""
    digest = hashlib.sha256()
    for file in OWN_FILES:
        digest.update((sources.HERE / file).read_bytes().replace(b"\r\n", b"\n"))
    return f"registry-{chemicals_version()}-{FORMAT}-{version('pandas')}-{digest.hexdigest()[:12]}"


def chemicals_version() -> str:
    """The version of the `chemicals` package."""
    return version("chemicals")


def compile_shelf(entries: dict[int, Entry], advance: Advance | None = None) -> Shelf:
    """The shelf of the entries."""
    advance = advance or (lambda _: None)
    ordered = [entries[cas] for cas in sorted(entries)]
    _make_structures(ordered)
    advance(0.4)
    rows = pa.table(
        {
            "cas": pa.array([*(entry.cas for entry in ordered), np.iinfo(np.int64).max], pa.int64()),
            "name": _texts(entry.name for entry in ordered),
            "smiles": _texts(entry.smiles for entry in ordered),
            "inchikey": _texts(entry.inchikey for entry in ordered),
            "formula": _texts(entry.formula for entry in ordered),
            "parents": _texts(map(quick_parents, ordered)),
            "variable": pa.array([*(entry.variable for entry in ordered), False]),
        }
    )
    names = _names(ordered, advance)
    drawn = [(row, entry) for row, entry in enumerate(ordered) if entry.inchikey]
    keys = _index(
        [(entry.inchikey, 0, row) for row, entry in drawn]
        + [(entry.inchikey[:14], 0, row) for row, entry in drawn if not entry.variable]
    )
    numbers = _index((entry.ec, 0, row) for row, entry in enumerate(ordered) if entry.ec)
    return Shelf(dict(zip(TABLES, (rows, names, keys, numbers), strict=True)))


def quick_parents(entry: Entry) -> str:
    """The parents of a substance that is one neutral organic molecule: itself. `ASK` where RDKit has to say.

    >>> quick_parents(Entry(64175, smiles="CCO", inchikey="LFQSCWFLJHTTHZ-UHFFFAOYSA-N", formula="C2H6O"))
    'LFQSCWFLJHTTHZ'
    >>> quick_parents(Entry(71487, smiles="CC(=O)[O-].CC(=O)[O-].[Co+2]", formula="C4H6CoO4"))
    '?'
    """
    if not entry.smiles:
        return ""
    atoms = _ATOMS.findall(entry.formula)
    simple = atoms[:2] == ["C", "H"] and "." not in entry.smiles and METALS.isdisjoint(atoms)
    return entry.inchikey.partition("-")[0] if simple and entry.inchikey else ASK


def _make_structures(entries: Iterable[Entry]) -> None:
    """Fill in what kemkoll's own and the user's rows leave to RDKit."""
    waiting = [entry for entry in entries if entry.needs_structure]
    if not waiting:
        return
    from kemkoll.structures import find_all

    for entry, structure in zip(waiting, find_all([entry.smiles for entry in waiting]), strict=True):
        entry.inchikey, entry.needs_structure = structure.inchikey, False
        entry.formula = entry.formula or structure.formula


def _texts(texts: Iterable[str]) -> pa.Array:
    return pa.array([*texts, ""], pa.string())


def _names(entries: list[Entry], advance: Advance) -> pa.Table:
    """The names of all entries. A name of kemkoll's own means what kemkoll says, and nothing else."""
    best: dict[tuple[str, int], int] = {}
    ours: set[str] = set()
    ordinary = sources.ordinary_words()
    for row, entry in enumerate(entries):
        for name, trust in entry.names:
            normal = normal_name(name)
            pair = (normal, row)
            if trust > ALSO and (len(normal) < SHORTEST or normal in ordinary):
                continue
            if normal and trust < best.get(pair, 99):
                best[pair] = trust
                if trust <= ALSO:
                    ours.add(normal)
        if row % 8192 == 0:
            advance(0.4 * 8192 / len(entries))
    return _index(
        (name, trust, row) for (name, row), trust in best.items() if trust <= ALSO or name not in ours
    )


def _index(found: Iterable[tuple[str, int, int]]) -> pa.Table:
    """Texts, how far they are trusted, and the rows they stand for, by hash, then trust, then row."""
    listed = list(found)
    texts = [text for text, _, _ in listed]
    numbers = hashes(texts)
    trust = np.fromiter((trust for _, trust, _ in listed), dtype=np.int8, count=len(texts))
    rows = np.fromiter((row for _, _, row in listed), dtype=np.int32, count=len(texts))
    order = np.lexsort((rows, trust, numbers))
    return pa.table(
        {
            "hash": pa.array(numbers[order]),
            "trust": pa.array(trust[order]),
            "row": pa.array(rows[order]),
            "text": pa.array(texts, pa.string()).take(pa.array(order)),
        }
    )


def _open(place: Path) -> Shelf:
    facts = json.loads((place / "shelf.json").read_text(encoding="utf-8"))
    shelf = Shelf.open(place)
    if facts != {"format": FORMAT, "entries": shelf.entries, "names": shelf.names}:
        raise ValueError(f"{place} is not whole")
    return shelf


def _write(shelf: Shelf, place: Path) -> None:
    """Write the shelf beside its place and rename it there."""
    place.parent.mkdir(parents=True, exist_ok=True)
    _sweep(place.parent)
    beside = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    try:
        shelf.write(beside)
        facts = {"format": FORMAT, "entries": shelf.entries, "names": shelf.names}
        (beside / "shelf.json").write_text(json.dumps(facts), encoding="utf-8")
        beside.chmod(0o755)
        try:
            beside.rename(place)
        except OSError:
            _replace_broken(beside, place)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _sweep(folder: Path) -> None:
    """Take away what killed processes left behind a day ago, and shelves that were compiled a month ago."""
    for pattern, age in ((".*-*", _A_DAY), ("registry-*", 30 * _A_DAY), ("own-*", 30 * _A_DAY)):
        for left in folder.glob(pattern):
            with suppress(OSError):
                if left.is_dir() and time.time() - left.stat().st_mtime > age:
                    shutil.rmtree(left, ignore_errors=True)


def _replace_broken(beside: Path, place: Path) -> None:
    """Put the new shelf where another one stands: nothing to do where that one is whole."""
    try:
        _open(place)
    except (OSError, ValueError, KeyError, pa.ArrowInvalid):
        shutil.rmtree(place)
        beside.rename(place)


@cache
def _say_once(message: str) -> None:
    print(message, file=sys.stderr)
