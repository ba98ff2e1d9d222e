"""Lines: shares out of masses, bases, and what is missing."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kemkoll.declarations.answers import parse_basis
from kemkoll.declarations.parts import Places, parse_masses
from kemkoll.declarations.rows import filled, found_rows, joined, put, renamed
from kemkoll.quantities import Mass, parse_share
from kemkoll.tables import LINES, NONE, WHOLE, Basis, distinct

_WIDE = 50
"""So many times its least share is the greatest of a line that proves nothing about what it is a share of."""
_COPIED = (
    "sheet",
    "row",
    "name",
    "cas",
    "ec",
    "smiles",
    "amount",
    "low_ppt",
    "high_ppt",
    "step_ppt",
    "function",
    "intended",
    "derogation",
)


def read_lines(
    rows: pd.DataFrame,
    places: Places,
    articles: pd.DataFrame,
    components: pd.DataFrame,
    materials: pd.DataFrame,
    found: list[pd.DataFrame],
) -> pd.DataFrame:
    """The lines of a file, each with its share as an interval and what it is a share of."""
    kind = rows["kind"].array
    here = np.asarray(kind.codes) == (kind.categories.get_loc("line") if "line" in kind.categories else -2)
    part = rows if here.all() else rows[here]
    if not len(part):
        return LINES.empty()
    line = pd.DataFrame({name: part[name].array for name in _COPIED}, copy=False)
    for name in ("declaration", "article", "component", "material"):
        line[name] = getattr(places, name)[here].astype(np.int32)
    line["cells"] = _headers(part)
    basis = _written_basis(part, found)
    wholes = {"article": articles, "component": components, "material": materials}
    _convert_masses(part, line, basis, wholes, found)
    low, high = line["low_ppt"].to_numpy(), line["high_ppt"].to_numpy()
    narrow = (low == 0) | (high // _WIDE < low)  # a figure in an unclear unit adds up to anything
    _settle_basis(line, basis, part["has_share"].to_numpy() & narrow, _known_masses(line, wholes))
    line["basis_assumed"] |= part["basis_assumed"].to_numpy()
    nameless = ~(
        filled(line["name"].array)
        | filled(line["cas"].array)
        | filled(line["ec"].array)
        | filled(line["smiles"].array)
    )
    if nameless.any():
        found.append(found_rows("line-empty", nameless, part, line["amount"].array, ""))
    return line


def _headers(part: pd.DataFrame) -> pd.Categorical:
    """The headers over each line's cells, the amount's among them."""
    amount = part["amount_column"].array
    named = renamed(amount, [f"amount={text}" if text else "" for text in amount.categories])
    return joined([part["cells"].array, named], " | ")


def _written_basis(part: pd.DataFrame, found: list[pd.DataFrame]) -> np.ndarray:
    """Position in `Basis` that each line's basis cell or header says; -1 for none."""
    column = part["basis"].array
    names = list(Basis)
    read = [parse_basis(str(text)) if text else None for text in column.categories]
    numbers = np.array([names.index(basis) if basis else NONE for basis in read], dtype=np.int8)
    made: np.ndarray = numbers[column.codes].copy()
    wrong = filled(column) & (made < 0)
    if wrong.any():
        found.append(found_rows("basis-unreadable", wrong, part, column, "basis"))
    return made


def _convert_masses(
    part: pd.DataFrame,
    line: pd.DataFrame,
    basis: np.ndarray,
    wholes: dict[str, pd.DataFrame],
    found: list[pd.DataFrame],
) -> None:
    """Shares of lines that only give the substance's mass, of the finest thing whose mass is known."""
    column = part["amount_mass"].array
    at = np.flatnonzero(filled(column) & ~part["has_share"].to_numpy())
    if not len(at):
        return
    masses = parse_masses(column)
    owners = [line[name].to_numpy()[at] for name in ("article", "component", "material")]
    key, first = distinct([pd.Series(column[at]), *owners])
    read = [
        _share(masses[column.codes[i]], [(frame, int(line[name].iloc[i])) for name, frame in wholes.items()])
        for i in at[first].tolist()
    ]
    for number, name in enumerate(("low_ppt", "high_ppt")):
        made = line[name].to_numpy().copy()
        made[at] = np.array([share[number] for share in read], dtype=np.int64)[key]
        line[name] = made
    kinds = np.array([share[2] for share in read], dtype=np.int8)[key]
    basis[at] = np.where(kinds >= 0, kinds, basis[at])
    where = np.zeros(len(line), dtype=bool)
    where[at] = True
    line["amount"] = put(line["amount"].array, where, column)
    for code in ("amount-mass-unknown", "amount-unreadable"):
        where[at] = np.array([share[3] == code for share in read])[key]
        if where.any():
            found.append(found_rows(code, where, part, column, "amount_mass"))


def _share(mass: Mass | None, owners: list[tuple[pd.DataFrame, int]]) -> tuple[int, int, int, str]:
    """Least and greatest share of the finest thing of known mass, its position in `Basis`, problem code."""
    if mass is None:
        return 0, WHOLE, NONE, "amount-unreadable"
    kinds = (Basis.article, Basis.component, Basis.homogeneous_material)
    for kind, (frame, row) in reversed(list(zip(kinds, owners, strict=True))):
        if whole := _mass(frame, row):
            return *parse_share(mass, whole), list(Basis).index(kind), ""
    return 0, WHOLE, NONE, "amount-mass-unknown"


def _mass(frame: pd.DataFrame, row: int) -> Mass | None:
    if (
        row < 0
        or (low := int(frame["mass_low_ug"].iloc[row])) < 0
        or not (high := int(frame["mass_high_ug"].iloc[row]))
    ):
        return None
    return Mass(low, high)


def _known_masses(line: pd.DataFrame, wholes: dict[str, pd.DataFrame]) -> dict[str, np.ndarray]:
    """Greatest mass of each line's material and component, least of its component and article; 0: unknown.
    Nothing at all where nobody gives a mass.

    An article whose mass nobody gives weighs what its components do, where the mass of each is known.
    """
    made: dict[str, np.ndarray] = {}
    if not any((frame["mass_high_ug"] > 0).any() for frame in wholes.values()):
        return made
    for name, frame in wholes.items():
        at = line[name].to_numpy()
        for end in ("low", "high"):
            masses = np.append(np.maximum(frame[f"mass_{end}_ug"].to_numpy(), 0), 0).astype(float)
            made[f"{name}_{end}"] = masses[np.where(at >= 0, at, len(frame))]
    at = line["component"].to_numpy()
    pieces = np.append(np.maximum(wholes["component"]["units"].to_numpy(), 1), 1)
    pieces = pieces[np.where(at >= 0, at, len(pieces) - 1)]
    article = line["article"].to_numpy()
    _, first = distinct([article, at])
    lone = np.bincount(article[first], made["component_low"][first] * pieces[first])
    known = np.bincount(article[first], made["component_low"][first] == 0) == 0
    made["article_low"] = np.where(
        made["article_low"] > 0, made["article_low"], np.where(known, lone, 0)[article]
    )
    made["components_high"] = made["component_high"] * pieces
    made["materials_high"] = made["material_high"] * pieces
    return made


def _settle_basis(
    line: pd.DataFrame, basis: np.ndarray, given: np.ndarray, masses: dict[str, np.ndarray]
) -> None:
    """The basis of each line, assumed where nobody wrote it: its material, else its component, else the
    article.

    Shares that add up to the whole article, and to no whole in any part of it, are of the article, unless
    those of a part are more than its mass is of the article's.
    """
    names = list(Basis)
    assumed = basis < 0
    places = (Basis.article, Basis.component, Basis.homogeneous_material)
    article, component, material = (np.int8(names.index(place)) for place in places)
    fine = np.where(line["component"].to_numpy() >= 0, component, article)
    fine[line["material"].to_numpy() >= 0] = material
    made = np.where(assumed, fine, basis)
    if assumed.any() and (fine[assumed] != names.index(Basis.article)).any():
        made = _by_sums(line, made, assumed & given, masses)
        made = _follow(line["article"].to_numpy(), made, assumed, given)
    line["basis"] = pd.Categorical.from_codes(
        made, categories=pd.Index([str(name) for name in names], dtype=object)
    )
    line["basis_assumed"] = assumed


def _by_sums(
    line: pd.DataFrame, basis: np.ndarray, assumed: np.ndarray, masses: dict[str, np.ndarray]
) -> np.ndarray:
    """The bases, coarser where only the coarser thing's shares add up to about 100 %."""
    names = list(Basis)
    middle = (line["low_ppt"].to_numpy() * 0.5 + line["high_ppt"].to_numpy() * 0.5) / WHOLE
    article = line["article"].to_numpy()
    component = _or_whole(line["component"].to_numpy(), article)
    material = _or_whole(line["material"].to_numpy(), component)
    made = basis.copy()
    for fine, group, coarse, whole, mass, of in (
        (Basis.homogeneous_material, material, Basis.component, component, "material_high", "component_low"),
        (Basis.homogeneous_material, material, Basis.article, article, "materials_high", "article_low"),
        (Basis.component, component, Basis.article, article, "components_high", "article_low"),
    ):
        mine = np.flatnonzero(assumed & (basis == names.index(fine)))
        if not len(mine):
            continue
        every = len(mine) == len(basis)
        own, around, shares = (array if every else array[mine] for array in (group, whole, middle))
        total = np.bincount(around, shares, minlength=whole.max() + 1)
        part = np.bincount(own, shares)
        of_part = np.zeros(len(part), dtype=np.int64)
        of_part[own] = around
        most = np.zeros(len(total))
        np.maximum.at(most, of_part, part)
        fits = (np.abs(total - 1) < 0.05) & (most < 0.95)
        if masses:
            least, greatest = masses[of][mine], masses[mass][mine]
            heavy = (least > 0) & (greatest > 0) & (part[own] * least > greatest + 0.02 * least)
            fits[around[heavy]] = False
        if fits.any():
            made[mine[fits[around]]] = names.index(coarse)
    return made


def _follow(article: np.ndarray, basis: np.ndarray, assumed: np.ndarray, given: np.ndarray) -> np.ndarray:
    """The bases; a line without a share gets the article as basis where the lines with shares of its article
    got it.
    """
    without = assumed & ~given
    if not without.any():
        return basis
    whole = list(Basis).index(Basis.article)
    size = int(article.max()) + 1
    mine = np.bincount(article[assumed & given], basis[assumed & given] == whole, minlength=size)
    every = np.bincount(article[assumed & given], minlength=size)
    return np.where(without & (every > 0)[article] & (mine == every)[article], whole, basis)


def _or_whole(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """A number for each part; lines without a part count as one part of their whole."""
    return part if (part >= 0).all() else np.where(part >= 0, part, part.max(initial=-1) + 1 + whole)
