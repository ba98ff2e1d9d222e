"""The data of an annual report for everybody: its tables as CSV and JSON, and a record that describes them.

Only what the public version of the report shows is in them. The record follows DCAT-AP-SE 3.0.1, so that a
buyer's own catalogue, and by it the national data portal, can take it in. The same data and the same
publisher give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kemkoll.errors import ConfigError
from kemkoll.i18n import translator
from kemkoll.report.annual import Annual, document
from kemkoll.report.open_data.frames import frame
from kemkoll.report.open_data.naming import refuse_names
from kemkoll.report.open_data.publisher import Publisher
from kemkoll.report.open_data.record import record
from kemkoll.report.open_data.writing import as_csv, as_json, described

__all__ = ["RECORD", "Publisher", "open_data"]

RECORD = "dataset.ttl"
"""The file of the record."""
WITHHELD = frozenset({"figure-8", "figure-12"})
"""Tables that tell of fewer than three suppliers, and that nothing hides: waivers by their ground, and single
results of laboratories.
"""


def open_data(
    data: Annual, publisher: Publisher, language: str, *, suppliers: Iterable[str] = (), issued: str = ""
) -> dict[str, bytes]:
    """The files of the folder, by name: of each table `.csv`, `.csv-metadata.json` and `.json`; the record.

    Args:
        data: the public version of a report; what has become known since is left out.
        publisher: who answers for the data, and where they will stand.
        language: `en`, `sv`: that of the words in the tables; the record speaks both.
        suppliers: names that must not occur in any text.
        issued: day of publication, ISO; empty: the record does not say it.

    Raises:
        ConfigError: the report is an internal or an invented one, or a text names a supplier or a person.
    """
    if data.internal:
        raise ConfigError("Open data are for everybody. They cannot be made of an internal report.")
    if data.invented:
        raise ConfigError("The data are invented. They are not to be published as open data.")
    refuse_names(data, suppliers)
    made = document(replace(data, revisions=None), translator(language))
    frames = [frame(table) for table in made.every_table() if table.name not in WITHHELD]
    files: dict[str, bytes] = {}
    for one in frames:
        files[f"{one.name}.csv"] = as_csv(one)
        files[f"{one.name}.csv-metadata.json"] = described(one, language)
        files[f"{one.name}.json"] = as_json(one, language)
    files[RECORD] = record(data, publisher, language, [one.name for one in frames], issued)
    return files
