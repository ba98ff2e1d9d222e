"""The buyer's own form, filled in by a supplier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from kemkoll.demo.listed import CANDIDATE, PHTHALATES, ROHS
from kemkoll.demo.papers import INVENTED, Paper, Row
from kemkoll.forms import make_form
from kemkoll.forms.columns import ARTICLES, COMPONENTS, CONTENTS, STATEMENTS, sheets
from kemkoll.i18n import translator
from kemkoll.lists import load_lists
from kemkoll.tables import Law

_ONE_OF_A_ROW = ("article", "component")


def filled(paper: Paper) -> Any:
    """The form as a workbook of openpyxl, with what the paper says."""
    law, language = _law(), paper.company.language
    book, _ = make_form(law, language), translator(language)
    articles = _once(paper, ("article",))
    for row in articles:
        row |= {"supplier": paper.company.name, "date": paper.day}
    given = {
        ARTICLES: articles,
        COMPONENTS: _once(paper, _ONE_OF_A_ROW) if paper.lines else [],
        CONTENTS: [row | {"amount": _with_unit(row["amount"])} for row in paper.lines],
        STATEMENTS: [*paper.answers],
    }
    for name, columns in sheets(law).items():
        sheet = book[_(name)]
        for number in range(
            2, sheet.max_row + 1
        ):  # the lists that the buyer asks about: here for each article
            for cell in sheet[number]:
                cell.value = None
        fields = [column.field for column in columns]
        for number, row in enumerate(given[name], start=2):
            _fill(sheet, number, fields, row)
    first = book.worksheets[0]
    first.cell(first.max_row + 2, 1, getattr(INVENTED, language))
    return book


@cache
def _law() -> Law:
    return load_lists([PHTHALATES, CANDIDATE, ROHS])


def _once(paper: Paper, names: Iterable[str]) -> list[Row]:
    """The rows that say something new of some fields, without what belongs to a substance."""
    made: dict[tuple[str, ...], Row] = {}
    for row in (*paper.lines, *paper.answers):
        key = tuple(row.get(name, "") for name in names)
        made[key] = made.get(key, {}) | {name: text for name, text in row.items() if text}
    return [row for row in made.values() if all(row.get(name) for name in names)]


def _fill(sheet: Any, number: int, fields: Iterable[str], row: Mapping[str, str]) -> None:
    for place, field in enumerate(fields, start=1):
        text = row.get(field, "") if field else ""
        if text and field in ("date", "valid_until", "edition"):
            sheet.cell(number, place, date.fromisoformat(text)).number_format = "yyyy-mm-dd"
        elif text and field in ("article_mass", "component_mass", "material_mass"):
            sheet.cell(number, place, float(text.replace(",", ".")))
        elif text:
            sheet.cell(number, place, text)


def _with_unit(text: str) -> str:
    return f"{text} %" if text[-1:].isdigit() else text
