"""Tables: CSV and TSV, workbooks (xlsx, xls, xlsb, ods), HTML tables, Parquet."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from kemkoll.declarations.assembly import assemble
from kemkoll.declarations.columns import read_block
from kemkoll.declarations.guides import VERSION, is_guide, newer_version
from kemkoll.declarations.layout import Block, find_blocks
from kemkoll.declarations.mentions import Mention, find_mentions
from kemkoll.declarations.rows import pile, problems_frame
from kemkoll.declarations.titles import Title, block_titles
from kemkoll.errors import DeclarationError
from kemkoll.i18n import N_
from kemkoll.sheets import Disguise, Sheet, find_disguise, look, read_sheets
from kemkoll.tables import Declarations

NAME = "table"
_KINDS = ("text", "xlsx", "xls", "xlsb", "ods", "html", "parquet")


def recognises(path: Path, head: bytes) -> bool:  # noqa: ARG001 - some formats need more than the head
    """Whether the file holds sheets of cells."""
    return look(path).kind in _KINDS


def read(path: Path) -> Declarations:
    """What the tables of the file declare.

    Raises:
        DeclarationError: the file cannot be read, or no table of substances or statements is in it.
    """
    return read_tables(read_sheets(path), str(path), find_disguise(path, look(path)))


def read_tables(sheets: list[Sheet], file: str, disguise: Disguise | None = None) -> Declarations:
    """What sheets of cells declare.

    Args:
        sheets: the sheets of one file.
        file: the file as the user named it.
        disguise: what the file's name and content say where they disagree.
    """
    rows: list[pd.DataFrame] = []
    problems: list[pd.DataFrame] = []
    if disguise:
        found: dict[str, object] = {"code": "file-disguised"}
        problems.append(problems_frame([found | disguise._asdict()]))
    if not any(len(sheet.cells) for sheet in sheets):
        raise DeclarationError("{file} is empty: no cell says anything.", "file-empty", file=file)
    titles: list[Title] = []
    mentions: list[Mention] = []
    under = 0
    filled_in = [sheet for sheet in sheets if not is_guide(sheet)]
    problems.append(_newer([sheet for sheet in sheets if is_guide(sheet)]))
    for sheet in filled_in:
        blocks = find_blocks(sheet)
        before = len(rows)
        for block in blocks:
            part = read_block(block)
            rows.append(part.rows)
            unsaved = _unsaved(block)
            problems += [_without(part.problems, unsaved), unsaved]
            titles += block_titles(block)
            under += len(block.at)
        mentions += find_mentions(sheet, blocks, pile(rows[before:]))
        if not blocks and len(sheet.cells):
            problems.append(_unused(sheet))
    made = pile(rows)
    # an answer that nobody understands is an answer: its article is unknown, and the file was read
    unclear = any((frame["code"] == "answer-unreadable").any() for frame in problems)
    says = unclear or {"line", "statement"} & set(made["kind"].unique())
    if len(filled_in) < len(sheets) and not says:
        raise DeclarationError(
            "{file} is kemkoll's form, and nobody has filled it in: it names no substance and answers "
            "for no list. Ask the supplier to fill in the sheets after the first.",
            "file-empty",
            file=file,
        )
    if titles and not under and not len(made):
        raise DeclarationError(
            "{file} is empty: there is a header row, and no row under it.", "file-empty", file=file
        )
    if not says:
        raise DeclarationError(
            "{file} holds no table of substances or statements. A table needs a header row such as "
            "“Artikelnummer, Ämne, CAS-nr, Halt”.",
            "file-no-table",
            file=file,
        )
    return assemble(made, file, problems, titles, mentions, form=len(filled_in) < len(sheets))


def _newer(guides: list[Sheet]) -> pd.DataFrame:
    """The problem of a form that is newer than the one that is known; none for any other."""
    newer = [
        {
            "code": "form-newer",
            "found": newer_version(sheet),
            "suggestion": VERSION,
            "sheet": sheet.name,
            "row": 1,
        }
        for sheet in guides
        if newer_version(sheet)
    ]
    return problems_frame(newer[:1])


def _unsaved(block: Block) -> pd.DataFrame:
    """A problem for each cell of the table that holds a formula and not its result."""
    sheet, rows = block.sheet, set(block.sheet.cells.index[block.at])
    used = {i: header for i, header in enumerate(block.headers) if header.field not in ("", "unused")}
    return problems_frame(
        [
            {
                "code": "formula-unsaved",
                "found": str(sheet.cells[column][row]),
                "sheet": sheet.name,
                "row": row,
                "column": used[column].text,
            }
            for row, column in sorted(sheet.formulas)
            if row in rows and column in used
        ]
    )


def _without(problems: pd.DataFrame, unsaved: pd.DataFrame) -> pd.DataFrame:
    """The problems of a table but for the amounts that cannot be read because they are formulas."""
    place = ["row", "column"]
    formulas = pd.MultiIndex.from_frame(unsaved[place].astype(object))
    twice = pd.MultiIndex.from_frame(problems[place].astype(object)).isin(formulas)
    return problems[~(twice & (problems["code"] == "amount-unreadable"))]


def _unused(sheet: Sheet) -> pd.DataFrame:
    return problems_frame(
        [
            {
                "code": "table-unused",
                "found": N_("it has no header row"),
                "sheet": sheet.name,
                "row": int(sheet.cells.index[0]),
            }
        ]
    )
