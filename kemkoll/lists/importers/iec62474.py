"""The Declarable Substances List of IEC 62474 as its database exports it: XML, one element per entry.

The names of the fields are those that public readers of the export use; no export was seen, so a field is
found by its name wherever it stands, as an element or as an attribute. Declarations in the exchange format of
the same standard are another thing: their root is `Main`. The database is IEC's: it is imported, never
shipped.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pandas as pd

from kemkoll.errors import ListError
from kemkoll.i18n import N_
from kemkoll.lists.importers.cells import date_of, says
from kemkoll.lists.importers.export import LIMIT, Export, build
from kemkoll.lists.importers.source import Source

NAME = "IEC 62474, Declarable Substances List"
_FIELDS = {
    "id": "official",
    "specificsubstance": "name",
    "casnumber": "cas",
    "ecnumber": "ec",
    "substancegroup": "group",
    "substanceclarification": "wording",
    "reportableapplications": "applications",
    "reportingthreshold": "threshold",
    "reportinglevel": "level",
    "basis": "basis",
    "basisdescription": "act",
    "firstadded": "since",
    "lastrevised": "revised",
}
_LEVELS = {
    "article": "article",
    "product": "article",
    "product part": "component",
    "part": "component",
    "material": "homogeneous_material",
    "mixture": "mixture",
}


def recognises(source: Source) -> bool:
    """Whether the file is XML in which entries have a threshold and a CAS number."""
    head = source.head.lstrip("\ufeff \r\n\t")
    return head.startswith("<") and bool(
        re.search(r"ReportingThreshold", head) and re.search(r"CASnumber", head, re.IGNORECASE)
    )


def read(source: Source) -> Export:
    """The entries with their reporting thresholds, which are no limits of law: unconfirmed.

    Raises:
        ListError: the file is not well-formed, or declares entities.
    """
    rows = pd.DataFrame(_elements(source), columns=[*_FIELDS.values(), "row"], dtype=object)
    names = rows["name"].map(says).where(lambda name: name != "", rows["group"].map(says))
    numbers = rows["official"].map(says)
    lines = pd.DataFrame(
        {
            "key": numbers.where(numbers != "", names),
            "official": numbers,
            "name": names,
            "wording": rows["wording"].map(says),
            "cas": rows["cas"].str.replace(r"(?i)see [^;,]*", "", regex=True),
            "ec": rows["ec"],
            "reason": [
                "; ".join(filter(None, map(says, row))) or "declarable by IEC 62474"
                for row in zip(rows["group"], rows["basis"], rows["applications"], strict=True)
            ],
            "published": rows["since"].map(date_of),
            "since": rows["since"].map(date_of),
            "reference": "IEC 62474 database",
            "row": rows["row"],
        }
    )
    newest = max([*lines["since"], *rows["revised"].map(date_of)], default="")
    what = N_("the Declarable Substances List of IEC 62474")
    notes: list[tuple[str, dict[str, Any]]] = [
        (N_("Its thresholds are for reporting: they are kept as unconfirmed limits, which never decide."), {})
    ]
    limits = _limits(lines, rows)
    return build("iec-62474", what, lines, file=str(source.path), date=newest, limits=limits, notes=notes)


def _elements(source: Source) -> list[dict[str, object]]:
    data = source.path.read_bytes()
    if b"<!ENTITY" in data or b"<!DOCTYPE" in data[:4096]:
        raise ListError(
            "{file} declares XML entities, which no such list does. Download it again.", file=source.path
        )
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        raise ListError(
            "{file} is not well-formed XML ({error}). Download it again.", file=source.path, error=error
        ) from error
    found: list[dict[str, object]] = []
    for element in root.iter():
        fields = [(child.tag, child.text or "") for child in element] + [*element.attrib.items()]
        said = {_FIELDS[name]: text for tag, text in fields if (name := _local(tag)) in _FIELDS}
        if "name" in said or "threshold" in said:
            found.append(dict.fromkeys(_FIELDS.values(), "") | said | {"row": len(found) + 1})
    return found


def _local(tag: object) -> str:
    return re.sub(r"[^a-z]", "", str(tag).rpartition("}")[2].lower())


def _limits(lines: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    made = [
        {"key": key, "limit": limit, "measure": measure, "basis": basis, "since": since, "operator": ">="}
        for key, since, threshold, level in zip(
            lines["key"], lines["since"], rows["threshold"], rows["level"], strict=True
        )
        for limit, measure, basis in [_threshold(threshold, level)]
        if measure
    ]
    columns = pd.DataFrame(made).reindex(columns=[*LIMIT], fill_value="").astype(object)
    return columns.assign(reference="IEC 62474 database").drop_duplicates(["key", "basis", "measure"])


def _threshold(text: str, level: str) -> tuple[str, str, str]:
    """Limit, measure and basis that a reporting threshold means; without a measure where it is no share.

    >>> _threshold("0.1 mass% of article [ReportingLevel:Article]", "")
    ('0.1 %', 'substance', 'article')
    >>> _threshold("Intentionally added", "Product"), _threshold("0.05 µg/cm²/week", "Material")
    (('', 'presence', 'article'), ('', '', 'homogeneous_material'))
    """
    said = re.search(r"\[ReportingLevel:\s*([^\]]+)\]", text)
    basis = _LEVELS.get((said[1] if said else level).strip().lower(), "article")
    share = re.match(r"\s*(\d+(?:[.,]\d+)?)\s*(?:mass|weight)?\s*(%|ppm|mg/kg)", text)
    if share:
        return f"{share[1].replace(',', '.')} {share[2].replace('ppm', 'mg/kg')}", "substance", basis
    return "", "presence" if "intentionally added" in text.lower() else "", basis
