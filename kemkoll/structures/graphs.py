"""Which atoms the texts of many structures bind to which, read for all of them at once, without chemistry.

Only what every reader of SMILES agrees on is read: atoms, branches, ring bonds and dots. What is written in
any other way (`Graphs.unknown`) is left to RDKit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]


class Graphs(NamedTuple):
    """The atoms of many texts, in order, and the bonds between them.

    Attributes:
        symbols: the atoms that are named, as written (`C`, `c`, `[nH]`, `Cl`).
        kind: of each atom, its place in `symbols`.
        text: of each atom, the number of its text.
        first, second: of each bond, the numbers of its atoms; of texts that are not read here there is none.
        multiple: of each bond, whether it is written as a double or triple one (no ring's last bond is).
        rings: of each text, how many bonds close rings.
        vague: of each text, whether it writes multiple bonds that `multiple` does not tell, or aromatic ones.
        unknown: of each text, whether it is written in a way that is not read here.
    """

    symbols: list[str]
    kind: Numbers
    text: Numbers
    first: Numbers
    second: Numbers
    multiple: npt.NDArray[np.bool_]
    rings: Numbers
    vague: npt.NDArray[np.bool_]
    unknown: npt.NDArray[np.bool_]


_ATOM, _BOND, _OPEN, _CLOSE, _DOT, _RING, _END, _BAD = range(8)
_PLAIN = "BCNOPSFIbcnops*"
_NEW = 0x100
"""The first letter that stands for an atom or ring number of more than one letter."""
_MOST = 0xD000
_LONG = re.compile(r"\[[^\]\n]*\]|%\d\d|Cl|Br")


def graphs(texts: Sequence[str]) -> Graphs:
    """The atoms and bonds of many texts (SMILES).

    >>> found = graphs(["C1CC1(Cl)O", "[Na+].c"])
    >>> [found.symbols[kind] for kind in found.kind]
    ['C', 'C', 'C', 'Cl', 'O', '[Na+]', 'c']
    >>> sorted(zip(found.first.tolist(), found.second.tolist(), strict=True))
    [(0, 1), (0, 2), (1, 2), (2, 3), (2, 4)]
    >>> found.rings.tolist(), graphs(["C(", "C1", "CC"]).unknown.tolist()
    ([1, 0], [True, True, False])
    """
    letters, names = _letters(texts)
    sort = np.full(_NEW + len(names), _BAD)
    for signs, meant in (("-=#:/\\", _BOND), ("(", _OPEN), (")", _CLOSE), (".", _DOT), ("\n", _END)):
        sort[[ord(sign) for sign in signs]] = meant
    sort[[ord(sign) for sign in "0123456789"]] = _RING
    sort[[ord(sign) for sign in _PLAIN]] = _ATOM
    sort[_NEW:] = [_RING if name[0] == "%" else _ATOM for name in names]
    told = sort[letters]
    unknown = np.zeros(len(texts) + 1, dtype=bool)
    of_text = np.cumsum(told == _END) - (told == _END)
    unknown[of_text[told == _BAD]] = True
    behind = np.concatenate([[0], letters[:-1]])
    double = (letters == ord("=")) | (letters == ord("#"))
    vague = np.zeros(len(texts) + 1, dtype=bool)
    vague[of_text[letters == ord(":")]] = True
    vague[of_text[1:][double[:-1] & (told[1:] != _ATOM)]] = True
    multiple = (behind == ord("=")) | (behind == ord("#"))
    kept = (told != _BOND) & (told != _BAD)
    letters, told, of_text, multiple = letters[kept], told[kept], of_text[kept], multiple[kept]
    atoms = np.flatnonzero(told == _ATOM)
    chain = _chain(told, of_text, atoms, unknown)
    labels = np.arange(_NEW + len(names))
    labels[ord("0") : ord("9") + 1] = range(10)
    labels[_NEW:] = [int(name[1:]) if name[0] == "%" else -1 for name in names]
    closed = _closed(told, of_text, labels[letters], unknown)
    text = of_text[atoms]
    unknown[: len(texts)] |= np.bincount(text, minlength=len(texts)) == 0
    chain, closed = (bonds[:, ~unknown[text[bonds]].any(axis=0)] for bonds in (chain, closed))
    several = np.concatenate([multiple[atoms][chain[1]], np.zeros(closed.shape[1], dtype=bool)])
    first, second = np.concatenate([chain, closed], axis=1)
    rings = np.bincount(text[closed[0]], minlength=len(texts))[: len(texts)]
    symbols = [*map(chr, range(_NEW)), *names]
    return Graphs(symbols, letters[atoms], text, first, second, several, rings, vague[:-1], unknown[:-1])


def _letters(texts: Sequence[str]) -> tuple[Numbers, list[str]]:
    """All texts, each ended by a line end, as numbers of letters; and what those from `_NEW` on mean."""
    numbers: dict[str, str] = {}

    def letter(met: re.Match[str]) -> str:
        if met[0] not in numbers:
            numbers[met[0]] = chr(_NEW + len(numbers)) if len(numbers) < _MOST - _NEW else "?"
        return numbers[met[0]]

    whole = "".join(text.strip().replace("\n", "?") + "\n" for text in texts)
    short = _LONG.sub(letter, whole.encode("ascii", "replace").decode())
    return np.frombuffer(short.encode("utf-32-le"), dtype=np.uint32).astype(np.int64), [*numbers][:_MOST]


def _chain(told: Numbers, of_text: Numbers, atoms: Numbers, unknown: Any) -> Numbers:
    """The bonds of atoms to what they are written behind; texts with odd brackets are found unknown."""
    depth = np.cumsum(told == _OPEN) - np.cumsum(told == _CLOSE)
    start = np.concatenate([[0], depth[told == _END]])  # of each text: broken ones before it shift it
    own = depth - start[of_text]
    order = np.flatnonzero(told != _RING)
    before = np.full(len(told), _END)
    before[order[1:]] = told[order[:-1]]
    odd = (own < 0) | ((told == _END) & (own != 0)) | ((told == _DOT) & ((own != 0) | (before != _ATOM)))
    odd |= (told == _OPEN) & (before != _ATOM) & (before != _CLOSE)
    odd |= (told == _CLOSE) & (before != _ATOM) & (before != _CLOSE)
    odd |= (told == _END) & (before == _DOT)
    odd[1:] |= (told[1:] == _RING) & (told[:-1] != _ATOM) & (told[:-1] != _RING)
    odd[:1] |= told[:1] == _RING
    # a dot may follow a closed branch
    odd &= ~((told == _DOT) & (own == 0) & (before == _CLOSE))
    unknown[of_text[odd]] = True
    if not len(atoms):
        return np.zeros((2, 0), dtype=np.int64)
    number = np.arange(len(atoms))
    behind = before[atoms]
    parent = np.where(behind == _ATOM, number - 1, -1)
    branching = np.flatnonzero((behind == _OPEN) | (behind == _CLOSE))
    level, width = own[atoms] + 1, int(abs(own[atoms]).max()) + 3
    key = (of_text[atoms] * width + level) * (len(atoms) + 1) + number
    ranked = np.argsort(key, kind="stable")
    wanted = key[branching] - np.where(behind[branching] == _OPEN, len(atoms) + 1, 0)
    place = np.searchsorted(key, wanted, sorter=ranked) - 1
    parent[branching] = ranked[place]
    bound = np.flatnonzero(parent >= 0)
    return np.array([parent[bound], bound])


def _closed(told: Numbers, of_text: Numbers, label: Numbers, unknown: Any) -> Numbers:
    """The bonds that close rings; texts with rings that stay open are found unknown."""
    ends = np.flatnonzero(told == _RING)
    atom = np.cumsum(told == _ATOM)[ends] - 1
    key = of_text[ends] * 100 + label[ends]
    order = np.argsort(key, kind="stable")
    key, atom = key[order], atom[order]
    starts = np.flatnonzero(np.diff(key, prepend=-1))
    counts = np.diff(np.append(starts, len(key)))
    unknown[key[starts[counts % 2 == 1]] // 100] = True
    rank = np.arange(len(key)) - np.repeat(starts, counts)
    first = np.flatnonzero((rank % 2 == 0) & (rank + 1 < np.repeat(counts, counts)))
    return np.array([atom[first], atom[first + 1]])
