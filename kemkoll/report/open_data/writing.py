"""A table of open data as CSV, as JSON, and the description of the CSV file."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import Any

from kemkoll.i18n import translator
from kemkoll.report.open_data.frames import Frame
from kemkoll.report.open_data.record import CC0

LANGUAGES = ("sv", "en")


def as_csv(frame: Frame) -> bytes:
    r"""The table as CSV: UTF-8, a comma between cells, a point in numbers, lines that end with LF.

    >>> as_csv(Frame("t", "", (), ((1, None, "å"),), ()))
    b'\n1,,\xc3\xa5\n'
    """
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([field.code for field in frame.fields])
    writer.writerows([["" if value is None else value for value in row] for row in frame.rows])
    return stream.getvalue().encode()


def as_json(frame: Frame, language: str) -> bytes:
    """The same table as JSON: what it is called, its columns, its notes, and a row for each row."""
    codes = [field.code for field in frame.fields]
    return _dumped(
        {
            "name": frame.name,
            "title": frame.title,
            "language": language,
            "notes": [*frame.notes],
            "columns": [
                {"name": field.code, "title": field.heading, "description": _said(field.described)}
                for field in frame.fields
            ],
            "rows": [dict(zip(codes, row, strict=True)) for row in frame.rows],
        }
    )


def described(frame: Frame, language: str) -> bytes:
    """What the columns of the CSV file hold, as W3C's metadata vocabulary for tabular data says it."""
    about: dict[str, Any] = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": f"{frame.name}.csv",
        "dc:title": {"@value": frame.title, "@language": language},
        "dc:language": language,
        "dc:license": {"@id": CC0},
        "dialect": {"encoding": "utf-8", "delimiter": ",", "header": True},
        "tableSchema": {
            "columns": [
                {
                    "name": field.code,
                    "titles": field.code,
                    "dc:title": {"@value": field.heading, "@language": language},
                    "dc:description": [
                        {"@value": said, "@language": own} for own, said in _said(field.described).items()
                    ],
                    "datatype": "number" if field.number else "string",
                    "null": "",
                }
                for field in frame.fields
            ]
        },
    }
    if frame.notes:
        about["notes"] = [{"@value": note, "@language": language} for note in frame.notes]
    return _dumped(about)


def _said(sentence: str) -> dict[str, str]:
    """The sentence in each language."""
    return {language: translator(language)(sentence) for language in LANGUAGES}


def _dumped(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()
