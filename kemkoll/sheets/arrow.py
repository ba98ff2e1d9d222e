"""Arrow tables, from Parquet or from text, as sheets: repeated texts stay codes all the way."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kemkoll.sheets.cells import MAX_CELL, MAX_COLUMNS, Sheet, cell_text, check_lengths
from kemkoll.sheets.content import MAX_UNPACKED, too_large, unreadable


def read(path: Path) -> list[Sheet]:
    """The one sheet of a Parquet file; its column names are row 1."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        schema = parquet.read_schema(path)
        texts = [f.name for f in schema if pa.types.is_string(f.type) or pa.types.is_large_string(f.type)]
        file = parquet.ParquetFile(path, read_dictionary=texts)
        size = sum(file.metadata.row_group(i).total_byte_size for i in range(file.num_row_groups))
        if size > 4 * MAX_UNPACKED or len(schema) > MAX_COLUMNS:
            raise too_large(path, size)
        return [to_sheet("", file.read(), head=[schema.names])]
    except (pa.ArrowException, OSError) as error:
        raise unreadable(path, str(error).splitlines()[0] if str(error) else error) from None


def to_sheet(name: str, table: Any, head: Sequence[Sequence[str]] = ()) -> Sheet:
    """The Arrow table as a sheet, under the rows of `head`.

    >>> import pyarrow as pa
    >>> table = pa.table({"a": ["Bly", "Bly"], "b": [0.1, None]})
    >>> to_sheet("", table, [["Ämne", "Halt"]]).cells.to_numpy().tolist()
    [['Ämne', 'Halt'], ['Bly', '0.1'], ['Bly', '']]
    """
    import pyarrow as pa

    columns: dict[int, pd.Categorical] = {}
    figures: dict[int, frozenset[str]] = {}
    for i, column in enumerate(table.columns):
        codes, texts = _to_codes(column)
        if pa.types.is_floating(column.type) or pa.types.is_decimal(column.type):
            figures[i] = frozenset(texts.to_pylist())
        above = [row[i].strip() if i < len(row) else "" for row in head]
        columns[i] = _stack(above, codes, texts)
    for row in head:
        if len(row) > len(columns):  # a row above that is wider than the table
            for i in range(len(columns), len(row)):
                above = [each[i].strip() if i < len(each) else "" for each in head]
                columns[i] = _stack(
                    above, np.full(table.num_rows, -1, dtype=np.int32), pa.array([], pa.string())
                )
    rows = pd.RangeIndex(1, table.num_rows + len(head) + 1)
    cells = pd.DataFrame(columns, index=rows, copy=False)
    empty = np.ones(len(cells), dtype=bool)
    for column in columns.values():
        if not empty.any():
            break
        empty &= column.codes == column.categories.get_loc("")
    return Sheet(name, cells[~empty] if empty.any() else cells, figures=figures)


def _to_codes(column: Any) -> tuple[np.ndarray, Any]:
    """Codes (-1 for nothing) and the distinct texts they stand for."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not pa.types.is_dictionary(column.type):
        column = pc.dictionary_encode(column)
    column = column.unify_dictionaries().combine_chunks()
    if isinstance(column, pa.ChunkedArray):
        column = column.chunk(0) if column.num_chunks else pa.array([], type=column.type)
    codes = column.indices
    if codes.null_count:
        codes = pc.fill_null(codes, -1)
    texts = column.dictionary
    if not (pa.types.is_string(texts.type) or pa.types.is_large_string(texts.type)):
        texts = pa.array([cell_text(value) for value in texts.to_pylist()], pa.string())
    if (pc.max(pc.utf8_length(texts)).as_py() or 0) > MAX_CELL:
        check_lengths(pd.Index(texts.to_pylist()))
    return codes.to_numpy(zero_copy_only=False).astype(np.int32, copy=False), texts


def _stack(above: Sequence[str], codes: np.ndarray, texts: Any) -> pd.Categorical:
    """The texts above the table and its own column, as one; equal texts get one code, nothing becomes ""."""
    import pyarrow.compute as pc

    trimmed = pc.utf8_trim_whitespace(texts)
    known = trimmed.to_pylist()
    if not trimmed.equals(texts) or len(set(known)) < len(known):
        numbers = {text: number for number, text in enumerate(dict.fromkeys(known))}
        places = np.array([*(numbers[text] for text in known), -1], dtype=np.int32)
        codes, known = places[codes], list(numbers)
    heads = [_code(known, text) for text in above]
    nothing = _code(known, "")
    if len(codes) and codes.min() < 0:
        codes = np.where(codes < 0, np.int32(nothing), codes)
    dtype: Any = pd.CategoricalDtype(pd.Index(known, dtype=object))
    every = np.concatenate([np.asarray(heads, dtype=np.int32), codes])
    made: pd.Categorical[Any] = pd.Categorical.from_codes(every, dtype=dtype, validate=False)
    return made


def _code(known: list[str], text: str) -> int:
    """The number of a text among those known; a new one is added."""
    if text not in known:
        known.append(text)
        return len(known) - 1
    return known.index(text)
