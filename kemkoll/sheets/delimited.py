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
from kemkoll.messages import Message
from kemkoll.sheets.cells import MAX_CELL, MAX_COLUMNS, Sheet, make_sheet
from kemkoll.sheets.content import is_utf16, unreadable

_ENCODINGS = ["cp1252", "mac_roman", "cp850", "latin_1"]
_LETTERED = ["cp1252", "mac_roman", "cp850"]
_LETTERS = "åäöÅÄÖéøæØÆüÜß–≤≥°µ±²³"
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
    r"""The table that UTF-8 text holds.

    >>> read_text("Ämne;Halt\nBly;0,1 %\n".encode(), ";").cells.to_numpy().tolist()
    [['Ämne', 'Halt'], ['Bly', '0,1 %']]
    """
    if len(data) > 1_000_000 and (sheet := _read_fast(data, delimiter)):
        return sheet
    csv.field_size_limit(MAX_CELL)
    try:
        rows = list(csv.reader(io.StringIO(data.decode(), newline=""), delimiter=delimiter))
    except csv.Error as error:
        if "field larger" in str(error):
            raise DeclarationError(
                "A cell holds more than {most} characters.",
                "file-too-large",
                most=MAX_CELL,
                reason=Message("a cell is too long"),
            ) from None
        raise DeclarationError("The text table cannot be read: {reason}.", reason=str(error)) from None
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
    """The encoding in which the bytes beyond ASCII are letters and signs that Nordic suppliers write."""
    from charset_normalizer import from_bytes

    counts = Counter(byte for byte in data[:2_000_000] if byte > 0x7F)

    def fit(encoding: str) -> float:
        usual = set(_LETTERS.encode(encoding, "ignore"))
        return sum(count for byte, count in counts.items() if byte in usual) / counts.total()

    best = max(_LETTERED, key=fit)
    if fit(best) > 0.6:
        return best
    lines = [line for line in data[:2_000_000].splitlines() if re.search(rb"[\x80-\xff]", line)]
    found = from_bytes(b"\n".join(lines[:500]), cp_isolation=_ENCODINGS).best()
    return found.encoding if found else "cp1252"


def find_delimiter(text: str) -> str:
    r"""The delimiter that cuts most lines into the same number of cells.

    >>> find_delimiter("Leverantör: AB X, Lund\nÄmne;Halt\nBly;0,1\nTenn;99,9\n")
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


def _head_rows(data: bytes, delimiter: str) -> tuple[list[list[str]], int]:
    """The first rows, up to the first that is as wide as most, and how wide that is; 0: the file is too odd
    to say.
    """
    text = data[:65_536].decode("utf-8", "ignore")
    try:
        rows = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 200))[:-1]
    except csv.Error:
        return [], 0
    if not rows:
        return [], 0
    width = Counter(map(len, rows)).most_common(1)[0][0]
    head = rows[: next(i for i, row in enumerate(rows) if len(row) == width)]
    return ([], 0) if any("\n" in cell for row in head for cell in row) else (head, width)


def _read_fast(data: bytes, delimiter: str) -> Sheet | None:
    """The table by way of Arrow; None where its rows differ in width, which only the slow way keeps whole."""
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    from kemkoll.sheets.arrow import to_sheet

    head, width = _head_rows(data, delimiter)
    if not 1 < width <= MAX_COLUMNS:
        return None
    end = len(data)
    while data[end - 1] in b"\r\n":
        end -= 1
    names = [str(i) for i in range(width)]
    quoted = b'"' in data
    read = arrow_csv.ReadOptions(column_names=names, skip_rows=len(head), block_size=8 * 2**20)
    parse = arrow_csv.ParseOptions(
        delimiter=delimiter,
        newlines_in_values=quoted,
        ignore_empty_lines=False,
        quote_char='"' if quoted else False,
    )
    convert = arrow_csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.dictionary(pa.int32(), pa.string())),
        null_values=[],
        strings_can_be_null=False,
    )
    try:
        table = arrow_csv.read_csv(pa.py_buffer(memoryview(data)[:end]), read, parse, convert)
    except pa.ArrowInvalid:
        return None
    return to_sheet("", table, head=head)
