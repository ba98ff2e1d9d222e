"""Papers as files: the shapes in which suppliers send them, byte for byte the same each time."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from html import escape

from kemkoll.demo.archives import Sheets, opendocument, saved, workbook
from kemkoll.demo.papers import HEADERS, INVENTED, Paper, Row

_ABOUT = {"sv": ("Leverantör", "Datum"), "en": ("Supplier", "Date")}
_ANSWERS = ("list", "edition", "answer")
_SHEETS = {"sv": ("Innehåll", "Intyg"), "en": ("Contents", "Statements")}
_OF_ANSWERS = ("article", "article_name", "gtin", "reason", "valid_until", *_ANSWERS)


def file_of(paper: Paper) -> tuple[str, bytes]:
    """The suffix and the bytes of a paper, in the shape in which its supplier writes."""
    suffix, make = _MAKERS[paper.company.style]
    return suffix, make(paper)


def _head(paper: Paper) -> list[list[str]]:
    """The lines above a table: that it is invented, whose it is and of which day."""
    language = paper.company.language
    supplier, day = _ABOUT[language]
    return [[getattr(INVENTED, language)], [supplier, paper.company.name], [day, paper.day], []]


def _table(rows: Sequence[Row], fields: Iterable[str], language: str) -> list[list[str]]:
    """Rows under their header, without the columns that nobody filled in."""
    said = {name for name in fields if any(row.get(name) for row in rows)}
    if len({row["reason"] for row in rows}) == 1:
        said.discard("reason")
    used = [name for name in fields if name in said]
    header = [getattr(HEADERS[name], language) for name in used]
    return [header, *([row.get(name, "") for name in used] for row in rows)]


def _whole(paper: Paper) -> list[list[str]]:
    """Everything in one table under its head."""
    rows = (*paper.lines, *paper.answers)
    return [*_head(paper), *_table(rows, HEADERS, paper.company.language)]


def _apart(paper: Paper) -> Sheets:
    """The substances and the answers, each in a sheet of their own."""
    language = paper.company.language
    contents, statements = _SHEETS[language]
    of_lines = [name for name in HEADERS if name not in _ANSWERS]
    made = {}
    if paper.lines:
        made[contents] = [*_head(paper), *_table(paper.lines, of_lines, language)]
    if paper.answers:
        made[statements] = [*_head(paper), *_table(paper.answers, _OF_ANSWERS, language)]
    return made


def _delimited(rows: Iterable[Sequence[str]], sign: str) -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=sign, lineterminator="\r\n").writerows(rows)
    return stream.getvalue()


def _semicolon(paper: Paper) -> bytes:
    """As spreadsheet programs save it in Swedish, in Windows-1252; in English with commas."""
    if paper.company.language == "sv":
        return _delimited(_whole(paper), ";").encode("cp1252")
    return _delimited(_whole(paper), ",").encode("utf-8-sig")


def _unicode(paper: Paper) -> bytes:
    """As spreadsheet programs save “Unicode text”."""
    return b"\xff\xfe" + _delimited(_whole(paper), "\t").encode("utf-16-le")


def _workbook(paper: Paper) -> bytes:
    return workbook(_apart(paper), paper.day)


def _opendocument(paper: Paper) -> bytes:
    return opendocument(_apart(paper))


def _page(paper: Paper) -> bytes:
    """As web portals give it out under a workbook's name."""
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in row)}</tr>\n" for row in _whole(paper)
    )
    return f'<html><head><meta charset="utf-8"></head><body><table>\n{rows}</table></body></html>'.encode()


def _json(paper: Paper) -> bytes:
    """Kemkoll's own document."""
    language = paper.company.language
    articles: dict[str, dict[str, str]] = {}
    for row in (*paper.lines, *paper.answers):
        about = {"article": row["article"], "name": row["article_name"], "gtin": row["gtin"]}
        about["mass"] = f"{row['article_mass']} g"
        articles.setdefault(row["article"], {name: text for name, text in about.items() if text})
    papers: dict[str, dict[str, str]] = {}
    lines, answers = ([_object(row, paper, papers) for row in rows] for rows in (paper.lines, paper.answers))
    document = {
        "note": getattr(INVENTED, language),
        "declarations": [*papers.values()],
        "articles": [*articles.values()],
        "lines": lines,
        "statements": answers,
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


_IN_LINES = ("article", "component", "material", "name", "cas", "derogation", *_ANSWERS)


def _object(row: Row, paper: Paper, papers: dict[str, dict[str, str]]) -> dict[str, str]:
    """One line or answer, with the declaration that it belongs to."""
    said = {
        "supplier": paper.company.name,
        "date": paper.day,
        "reason": row["reason"],
        "valid_until": row["valid_until"],
        "complete_down_to": row.get("complete_down_to", "") or _of_article(row, paper),
    }
    key = "|".join(said.values())
    own = papers.setdefault(key, {"declaration": str(len(papers) + 1)} | {k: v for k, v in said.items() if v})
    made = {name: row[name] for name in _IN_LINES if row.get(name)}
    made |= {name: f"{row[name]} g" for name in ("component_mass", "material_mass") if row.get(name)}
    if "amount" in row:
        text = row["amount"]
        made["amount"] = f"{text} %" if text[-1:].isdigit() else text
    return {"declaration": own["declaration"]} | made


def _of_article(row: Row, paper: Paper) -> str:
    """What the lines of an answer's article say of their completeness."""
    return next(
        (it["complete_down_to"] for it in paper.lines if it["article"] == row["article"]),
        "",
    )


def _parquet(paper: Paper) -> bytes:
    """As a system of the supplier's writes a table: a column for each field, among them who and when."""
    import pyarrow as pa
    from pyarrow import parquet

    language = paper.company.language
    supplier, day = _ABOUT[language]
    note = "Anmärkning" if language == "sv" else "Note"
    header, *rows = _table((*paper.lines, *paper.answers), HEADERS, language)
    columns = {name: [row[place] for row in rows] for place, name in enumerate(header)}
    same = {supplier: paper.company.name, day: paper.day, note: getattr(INVENTED, language)}
    table = pa.table({name: [text] * len(rows) for name, text in same.items()} | columns)
    stream = io.BytesIO()
    parquet.write_table(table, stream, compression="snappy")
    return stream.getvalue()


def _form(paper: Paper) -> bytes:
    """The buyer's form, filled in; another workbook where a supplier has nothing but answers to give."""
    from kemkoll.demo.form import filled

    return saved(filled(paper), paper.day)


_MAKERS: dict[str, tuple[str, Callable[[Paper], bytes]]] = {
    "semicolon": (".csv", _semicolon),
    "unicode": (".txt", _unicode),
    "workbook": (".xlsx", _workbook),
    "opendocument": (".ods", _opendocument),
    "page": (".xls", _page),
    "json": (".json", _json),
    "parquet": (".parquet", _parquet),
    "form": (".xlsx", _form),
}
"""For each style the suffix of its files, and what makes them."""
