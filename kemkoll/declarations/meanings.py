"""Columns whose meaning follows from the columns beside them, and those that have none."""

from __future__ import annotations

from kemkoll.declarations.headers import Header
from kemkoll.declarations.layout import SUBSTANCE_FIELDS, Block
from kemkoll.declarations.masses import settle_masses
from kemkoll.declarations.rows import OWN, filled, take


def settle_headers(block: Block) -> list[dict[str, object]]:
    """Give the headers that need their neighbours their meaning, and report those that were guessed or have
    none.
    """
    headers = block.headers
    before = list(headers)
    _settle_names(block)
    settle_masses(block)
    problems: list[dict[str, object]] = []
    seen: set[tuple[str, str]] = set()
    for i, header in enumerate(headers):
        if (
            before[i].field in ("material", "mass", "material_mass", "component_mass")
            and header.field != before[i].field
        ):
            code = "column-assumed" if header.field not in ("", "unused") else "column-unknown"
            problems.append(
                column_problem(block, code, header) | {"suggestion": header.field.replace("_", " ")}
            )
        elif header.text and i and header.text == headers[i - 1].text and _same(block, i - 1, i):
            headers[i] = Header("", "")
        elif not before[i].text and _says_more(block, i):
            letters = column_letters(i)
            problems.append(column_problem(block, "column-unknown", Header(letters, "")))
        elif not header.field and header.text:
            problems.append(column_problem(block, "column-unknown", header))
        elif header.field in OWN:
            if (header.field, header.about) in seen:
                problems.append(column_problem(block, "column-repeated", header))
                headers[i] = Header(header.text, "unused")
            seen.add((header.field, header.about))
    return problems


def _settle_names(block: Block) -> None:
    """What columns called ingredients, name, or twice material are, by the columns beside them."""
    headers = block.headers
    fields = {header.field for header in headers}
    has_name = bool(fields & {"name", "name_cas"})
    is_lines = bool(
        fields & (SUBSTANCE_FIELDS - {"any_name", "ingredients"} | {"amount", "substance_amount"})
    )
    for i, header in enumerate(headers):
        if header.field == "ingredients":
            _rename(headers, i, "component" if has_name or not is_lines else "name")
        elif header.field == "any_name":
            _rename(
                headers,
                i,
                ("unused" if has_name else "name")
                if is_lines
                else "component"
                if "component" not in fields and "parent" in fields
                else "article_name",
            )
    materials = block.columns("material")
    if is_lines and len(materials) > 1 and not block.columns("name", "name_cas"):
        _rename(headers, materials[-1], "name")  # a material group, and the material that the amount is of


def _rename(headers: list[Header], i: int, field: str) -> None:
    headers[i] = Header(headers[i].text, field, headers[i].unit, headers[i].basis, headers[i].about)


def _same(block: Block, i: int, j: int) -> bool:
    """Whether two columns are one, spread over merged cells, or the second one empty."""
    first, second = (take(block.sheet.cells[place].array, block.at) for place in (i, j))
    return not filled(second).any() or first.tolist() == second.tolist()


def _says_more(block: Block, i: int) -> bool:
    """Whether a column without a header, beyond the last header, says what the one before it does not."""
    if not i or any(header.text for header in block.headers[i:]):
        return False
    before, own = (take(block.sheet.cells[place].array, block.at) for place in (i - 1, i))
    return any(text and text != other for text, other in zip(own.tolist(), before.tolist(), strict=True))


def column_letters(i: int) -> str:
    """The name that a spreadsheet program gives a column.

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    while i >= 0:
        letters = chr(65 + i % 26) + letters
        i = i // 26 - 1
    return letters


def column_problem(block: Block, code: str, header: Header) -> dict[str, object]:
    return {
        "code": code,
        "found": header.text,
        "suggestion": "",
        "column": header.text,
        "sheet": block.sheet.name,
        "row": block.header_row,
    }
