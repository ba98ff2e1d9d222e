"""Text tables: comma, semicolon, tab or bar, in any of the usual encodings."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from itertools import islice
from pathlib import Path

from kemkoll.errors import DeclarationError
from kemkoll.sheets.cells import MAX_CELL, MAX_COLUMNS, Sheet, make_sheet
from kemkoll.sheets.content import is_utf16, unreadable

_ENCODINGS = ["cp1252", "mac_roman", "cp850", "latin_1"]
_DELIMITERS = ";\t,|"


def read(path: Path) -> list[Sheet]:
    """The one sheet of a text table."""
    try:
        data = to_utf8(path.read_bytes())
    except (OSError, UnicodeError) as error:
        raise unreadable(path, error) from None
    if data.startswith(b"sep=") and (end := data.find(b"\n")) in (5, 6):
        return [read_text(b"\n" + data[end + 1 :], data[4:5].decode())]
    return [read_text(data, find_delimiter(data[:65_536].decode("utf-8", "ignore")))]


def read_text(data: bytes, delimiter: str) -> Sheet:
    """The table that UTF-8 text holds.

    >>> read_text("Ämne;Halt\\nBly;0,1 %\\n".encode(), ";").cells.to_numpy().tolist()
    [['Ämne', 'Halt'], ['Bly', '0,1 %']]
    """
    head = _head_rows(data, delimiter)
    if len(data) > 1_000_000 and (sheet := _read_fast(data, delimiter, head)):
        return sheet
    csv.field_size_limit(MAX_CELL)
    try:
        rows = list(csv.reader(io.StringIO(data.decode(), newline=""), delimiter=delimiter))
    except csv.Error as error:
        if "field larger" in str(error):
            raise DeclarationError(
                f"A cell holds more than {MAX_CELL:,} characters.", "file-too-large"
            ) from None
        raise DeclarationError(f"The text table cannot be read: {error}.", "file-unreadable") from None
    return make_sheet("", [[cell.strip() for cell in row] for row in rows])


def to_utf8(data: bytes) -> bytes:
    """The text in UTF-8 without byte-order mark, whatever it was written in.

    >>> to_utf8("Ämne;Mjukgörare".encode("cp1252")).decode(), to_utf8("Ämne;Bly".encode("utf-16")).decode()
    ('Ämne;Mjukgörare', 'Ämne;Bly')
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16").encode()
    if is_utf16(data):
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be").encode()
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        codecs.utf_8_decode(data, "strict", True)  # noqa: FBT003
    except UnicodeDecodeError:
        return data.decode(_guess_encoding(data), "replace").encode()
    return data


def _guess_encoding(data: bytes) -> str:
    """The encoding in which the lines beyond ASCII read most like words."""
    from charset_normalizer import from_bytes

    lines = [line for line in data[:2_000_000].splitlines() if re.search(rb"[\x80-\xff]", line)]
    best = from_bytes(b"\n".join(lines[:500]), cp_isolation=_ENCODINGS).best()
    return best.encoding if best else "cp1252"


def find_delimiter(text: str) -> str:
    """The delimiter that cuts most lines into the same number of cells.

    >>> find_delimiter("Leverantör: AB X, Lund\\nÄmne;Halt\\nBly;0,1\\nTenn;99,9\\n")
    ';'
    """
    lines = text.splitlines()[:200]
    lines = lines[: len(lines) - (len(text) >= 60_000)]

    def rate(delimiter: str) -> tuple[int, int]:
        rows = csv.reader(lines, delimiter=delimiter)
        widths: Counter[int] = Counter()
        try:
            widths.update(len(row) for row in rows if len(row) > 1)
        except csv.Error:
            return 0, 0
        width, count = max(
            widths.items(), key=lambda item: (item[1] * min(item[0], 4), item[0]), default=(0, 0)
        )
        return count * min(width, 4), width

    return max(_DELIMITERS, key=rate)


def _head_rows(data: bytes, delimiter: str) -> list[list[str]]:
    """The first rows, up to the first that is as wide as most."""
    text = data[:65_536].decode("utf-8", "ignore")
    try:
        rows = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 200))[:-1]
    except csv.Error:
        return []
    if not rows:
        return []
    width = Counter(map(len, rows)).most_common(1)[0][0]
    head = rows[: next(i for i, row in enumerate(rows) if len(row) == width)]
    return [] if any("\n" in cell for row in head for cell in row) else head


def _read_fast(data: bytes, delimiter: str, head: list[list[str]]) -> Sheet | None:
    """The table by way of Arrow; None where its rows differ in width, which only the slow way keeps whole."""
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    from kemkoll.sheets.arrow import to_sheet

    body = data.rstrip(b"\r\n")
    first = body.split(b"\n", len(head) + 1)[len(head) : len(head) + 1]
    width = (
        len(next(csv.reader([first[0].decode("utf-8", "replace")], delimiter=delimiter), [])) if first else 0
    )
    if not 1 < width <= MAX_COLUMNS:
        return None
    names = [str(i) for i in range(width)]
    quoted = b'"' in body
    try:
        table = arrow_csv.read_csv(
            pa.py_buffer(body),
            read_options=arrow_csv.ReadOptions(column_names=names, skip_rows=len(head), block_size=8 * 2**20),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=quoted, ignore_empty_lines=False, quote_char='"' if quoted else False
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.dictionary(pa.int32(), pa.string())),
                null_values=[], strings_can_be_null=False,
            ),
        )  # fmt: skip
    except pa.ArrowInvalid:
        return None
    return to_sheet("", table, head=head)
