"""What the registry is made of: rows from the `chemicals` package and from kemkoll's own files.

Later sources go before earlier ones: the large table of `chemicals`, its small ones, the elements, then
kemkoll's `structures.csv` (right formulas of listed substances, and right structures where the tables draw
ions, radicals, monomers or something else), `materials.csv` (substances without one structure) and
`names.csv`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from kemkoll.structures import METALS

HERE = Path(__file__).parent
OWN_FILES = ("structures.csv", "materials.csv", "names.csv", "also.csv", "replaced.csv", "ordinary_words.txt")

CHEMICALS_FILES = (
    "chemical identifiers pubchem large.tsv",
    "chemical identifiers pubchem small.tsv",
    "chemical identifiers example user db.tsv",
    "Cation db.tsv",
    "Anion db.tsv",
    "Inorganic db.tsv",
)
OURS, ALSO, MAIN, OTHER = 0, 1, 2, 3
"""How far a name is trusted: kemkoll's own, kemkoll's for what it also stands for, a main name, any other."""


@dataclass(slots=True)
class Entry:
    """One substance of the registry.

    Attributes:
        names: each name as written, and how far it is trusted.
        needs_structure: key and formula are to be made from the SMILES.
    """

    cas: int
    name: str = ""
    smiles: str = ""
    inchikey: str = ""
    formula: str = ""
    variable: bool = False
    ec: str = ""
    needs_structure: bool = False
    names: list[tuple[str, int]] = field(default_factory=list)


def cas_number(cas: int) -> str:
    """A CAS number from its digits.

    >>> cas_number(117817)
    '117-81-7'
    """
    digits = str(cas)
    return f"{digits[:-3]}-{digits[-3:-1]}-{digits[-1]}"


def cas_digits(text: str) -> int | None:
    """The digits of a CAS number that has its form and check digit; `None` for anything else.

    >>> cas_digits("117-81-7"), cas_digits("117-81-8"), cas_digits("2099437000-00-0")
    (117817, None, None)
    """
    if not _CAS.fullmatch(text):
        return None
    digits = text.replace("-", "")
    total = sum(place * int(digit) for place, digit in enumerate(reversed(digits[:-1]), 1))
    return int(digits) if total % 10 == int(digits[-1]) else None


def read_chemicals() -> Iterator[Entry]:
    """Every row of the tables of `chemicals`, later ones before earlier ones, elements last."""
    for file in CHEMICALS_FILES:
        with (_chemicals_folder() / file).open(encoding="utf-8") as lines:
            for line in lines:
                if (entry := _entry(line.rstrip("\n"), is_inorganic=file.endswith(" db.tsv"))) is not None:
                    yield entry
    yield from _elements()


def _chemicals_folder() -> Path:
    """Where `chemicals` keeps its tables; found without importing it."""
    spec = find_spec("chemicals")
    found = spec.submodule_search_locations if spec else None
    return Path((found or ["chemicals"])[0]) / "Identifiers"


def read_own(file: str) -> list[dict[str, str]]:
    """The rows of one of kemkoll's own files in this folder."""
    with (HERE / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def ordinary_words() -> frozenset[str]:
    """Words that `chemicals` has among its names and that mean something else in a supplier's sheet.

    >>> "wood" in ordinary_words()
    True
    """
    return frozenset((HERE / "ordinary_words.txt").read_text(encoding="utf-8").split())


def is_variable(name: str) -> bool:
    """Whether a name betrays a polymer, a mixture or a substance of unknown or variable composition.

    >>> is_variable("alkanes, C10-13, chloro"), is_variable("fatty acids, tall-oil")
    (True, True)
    >>> is_variable("acrylic acid, telomer with ethene"), is_variable("acid, mixed hexyl and octyl diesters")
    (True, True)
    >>> is_variable("fatty acid"), is_variable("polymerase")
    (False, False)
    >>> is_variable("bis(2-ethylhexyl) phthalate"), is_variable("2,2'-(C16-18)alkyl")
    (False, True)
    """
    return _VARIABLE.search(name) is not None


_CAS = re.compile(r"[1-9]\d{1,6}-\d\d-\d")
_VARIABLE = re.compile(
    r"""(?ix) \b(?: reaction\s(?:products?|mass|mixture) | derivs\b | derivatives\b | distillates?\b |
    homopolymers?\b | copolymers?\b | [ct]erpolymers?\b | interpolymer | polymers?\s(?:with|of)\b | polymers?$
    | polymeric | telomers?\b | oligomeric | \w*poly\(oxy | (?:formaldehyde|alkyd|anhydride)\sresins?\b |
    branched\sand\slinear | mixed\s(?:[\w,()-]+\s){0,8}\w*esters\b |
    ethoxylated | propoxylated | ethoxylates?\b | coal\star | fatty\sacids, | glycerides?, |
    resin\sacids | alkanes,\sc | alkenes,\sc | residues\s\( | hydrocarbons?,\sc | naphtha\b | petroleum\b |
    tall[\s-]oil | (?:coco|tallow|soya)\b(?=[\s\-,)]) | ext\.$ | lignin | bitumen | asphalt |
    technical\smixture | mixture\sof | mixed\sisomers ) | \bC\d{1,2}\s?[-–]\s?C?\d{1,2}\b(?!')"""
)
_POLYMER = re.compile(
    r"(?i)\bpoly\W|\bpoly(?:mer|ethylene|propylene|styrene|vinyl|amide|ester|urethane|carbonate|acryl"
    r"|methacryl|butadiene|isoprene|isobut|siloxane|dimethyl|oxy|ether|sulf|imide|phenyl|tetrafl|glycol|lactic"
    r"|formaldehyde|aniline|thene)"
)
_CODE = re.compile(
    r"(?i)[a-z]{2,8}[\s\-_]?\d[\w\-]*|einecs.*|ec.number.*|unii.*|agn-pc.*|\d+[a-z]?(?:-\d+)*"
    r"|.*\(\W*\d+ci\W*.*\)$"
)
_NUMBER = re.compile(r"\d{2,10}-\d\d-\d(?:\s*\(.*\))?|\d{3}-\d{3}-\d|[\W\d_]+")
_OF_ANOTHER_REGISTER = ("einecs", "unii", "ccris", "hsdb", "agn-pc", "ec number")
_HINTS = (
    *(
        "poly",
        "telomer",
        "oligomeric",
        "resin",
        "branched and",
        "mixed ",
        "reaction",
        "deriv",
        "distillate",
        "ethoxylate",
        "propoxylate",
        "coal",
        "fatty acids",
        "glyceride",
    ),
    *(
        "alkanes, c",
        "alkenes, c",
        "residues (",
        "hydrocarbon",
        "naphtha",
        "petroleum",
        "tall oil",
    ),
    *(
        "tall-oil",
        "tallow",
        "coco",
        "soya",
        "ext.",
        "lignin",
        "bitumen",
        "asphalt",
        "mixture",
    ),
)
_BARE_METAL = re.compile(rf"\[(?:{'|'.join(sorted(METALS))})\]")
_UNRELIABLE = re.compile(rf"(?:^|\.){_BARE_METAL.pattern}(?:\.|$)")
_FORMULA_IN_NAME = re.compile(r"\(((?:[A-Z][a-z]?\d*|\((?:[A-Z][a-z]?\d*)+\)\d*)+)\)")
_CARBON_RANGE = re.compile(r"\bc\d{1,2}\s?[-–]\s?c?\d")
_OF_POLYMERS_AND_ENZYMES = range(9000, 9100)
"""First parts of the CAS numbers that were set aside for polymers, enzymes and natural materials."""


def _entry(line: str, *, is_inorganic: bool) -> Entry | None:
    """One row of the tables of `chemicals`.

    Main names of a row of variable composition come from the one molecule that somebody drew for it: they
    are left out, as are names of polymers and mixtures that some molecule bears.
    """
    _, cas, formula, _, smiles, _, inchikey, iupac, common, *others = line.split("\t")
    digits = cas_digits(cas)
    if digits is None:
        return None
    others = [name for name in others if not _ignored(name)]
    hinted = _is_hinted("\n".join((common, *others)))
    if digits // 1000 in _OF_POLYMERS_AND_ENZYMES or (hinted and _betrays(common, others)):
        names = [(name, OTHER) for name in others if name != iupac and not _CODE.fullmatch(name)]
        named = next((name for name, _ in names if is_variable(name)), names[0][0] if names else cas)
        return Entry(digits, named, variable=True, names=names)
    if hinted:
        others = [name for name in others if not is_variable(name) and not _POLYMER.search(name)]
    if is_inorganic and _UNRELIABLE.search(smiles):
        smiles, inchikey, formula = _right_proportions(smiles, inchikey, formula, others)
    names = [
        (name, MAIN) for name in (common, iupac) if name and not _ignored(name) and not _CODE.fullmatch(name)
    ]
    names += [(name, OTHER) for name in others]
    return Entry(digits, names[0][0] if names else cas, smiles, inchikey, formula, names=names)


def _right_proportions(smiles: str, inchikey: str, formula: str, names: list[str]) -> tuple[str, str, str]:
    """SMILES, InChIKey and formula of a substance that the tables write as a bare metal beside something
    else.

    Such rows often have one atom or molecule of each, whatever the substance is: cadmium tungstate as Cd, O
    and W. The formula that stands in a name decides; where there is none, only the elements are certain.

    >>> _right_proportions("[Cd].[O].[W]", "K", "CdOW", ["cadmium tungsten oxide (CdWO4)"])
    ('', '', 'CdWO4')
    >>> _right_proportions("O=BO.[Pb]", "K", "BHO2Pb", ["boric acid, lead salt"])
    ('', '', '(BHO2Pb)x(BHO2Pb)y')
    """
    from kemkoll.formulas import elements

    drawn = elements(formula)
    if drawn is None or all(_BARE_METAL.fullmatch(part) for part in smiles.split(".")):
        return smiles, inchikey, formula
    for written in (found for name in names for found in _FORMULA_IN_NAME.findall(name)):
        named = elements(written)
        if named is not None and set(named) == set(drawn):
            return (smiles, inchikey, formula) if named == drawn else ("", "", written)
    plain = re.sub(r"[+-]\d*$", "", formula)
    return "", "", f"({plain})x({plain})y"


def _is_hinted(names: str) -> bool:
    """Whether it is worth looking at the names of a row one by one."""
    return any(hint in names for hint in _HINTS) or _CARBON_RANGE.search(names) is not None


def _ignored(name: str) -> bool:
    """Whether a text among the names is no name: a number, a code of another register, too short."""
    if len(name) < 3 or name.startswith(_OF_ANOTHER_REGISTER):
        return True
    return not name[0].isalpha() and _NUMBER.fullmatch(name) is not None


def _betrays(common: str, others: list[str]) -> bool:
    """Whether the names of a row say that no one structure stands for it: the common name, or half of the
    others.
    """
    telling = [name for name in dict.fromkeys(others) if not _CODE.fullmatch(name)]
    return is_variable(common) or (bool(telling) and sum(map(is_variable, telling)) * 2 >= len(telling))


def _elements() -> Iterator[Entry]:
    """The elements, but those whose usual form is a molecule of two atoms."""
    from chemicals.elements import homonuclear_elements_CASs_set, periodic_table

    for element in periodic_table:
        digits = cas_digits(element.CAS)
        if digits is not None and element.CAS not in homonuclear_elements_CASs_set:
            names = [(element.name.lower(), OURS)]
            yield Entry(digits, names[0][0], element.smiles, element.InChI_key, element.symbol, names=names)


def collect() -> dict[int, Entry]:
    """Every substance of the registry, by the digits of its CAS number.

    Where a structure is kemkoll's own, so is the title, if kemkoll has a name: that of the tables may have
    been made from their drawing.
    """
    entries: dict[int, Entry] = {}
    for entry in read_chemicals():
        before = entries.get(entry.cas)
        if before is not None:
            entry.names = list(dict.fromkeys(entry.names + before.names))
            entry.variable &= before.variable
        entries[entry.cas] = entry
    corrected = set()
    for row in read_own("structures.csv"):
        entry = _own(entries, row["cas"])
        corrected.add(entry.cas)
        entry.smiles, entry.inchikey, entry.formula = row["smiles"], "", row["formula"]
        entry.needs_structure, entry.variable = bool(row["smiles"]), False
    for row in read_own("materials.csv"):
        entry = _own(entries, row["cas"])
        _blank(entry, row["elements"])
        entry.names += [(row[column], OURS) for column in ("name_en", "name_sv") if row[column]]
        entry.name = row["name_en"]
    named = set()
    for row in read_own("names.csv"):
        entry = _own(entries, row["cas"])
        entry.names.append((row["name"], OURS))
        if not entry.smiles and not entry.formula:
            entry.variable |= is_variable(row["name"])
        if (
            row["language"] == "en"
            and entry.cas not in named
            and (not entry.name or entry.name == row["cas"] or entry.cas in corrected)
        ):
            entry.name = row["name"]
        named.add(entry.cas)
    for row in read_own("also.csv"):
        _own(entries, row["cas"]).names.append((row["name"], ALSO))
    return entries


def _own(entries: dict[int, Entry], cas: str) -> Entry:
    digits = cas_digits(cas)
    if digits is None:
        raise ValueError(f"{cas} in kemkoll's own files is not a CAS number")
    return entries.setdefault(digits, Entry(digits))


def _blank(entry: Entry, formula: str = "") -> None:
    entry.smiles = entry.inchikey = ""
    entry.formula, entry.variable = formula, True


__all__ = ["Entry", "cas_digits", "cas_number", "collect", "is_variable", "read_own"]
