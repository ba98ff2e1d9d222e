"""What a file is, told from its content, and whether it can be opened safely."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import NamedTuple

from kemkoll.errors import DeclarationError
from kemkoll.i18n import N_
from kemkoll.messages import Message

MAX_BYTES = 4 * 2**30
"""The largest file."""
MAX_UNPACKED = 2**30
"""The most that a zipped workbook may unpack to."""
MOST_TIMES, MAX_SUSPECT = 300, 64 * 2**20
"""How many times its packed size a part of more bytes than this may have: tables stay far below."""

KINDS = {
    "text": N_("a text table"),
    "json": N_("JSON"),
    "xlsx": N_("an Excel workbook (xlsx)"),
    "xlsb": N_("a binary Excel workbook (xlsb)"),
    "xls": N_("an old Excel workbook (xls)"),
    "ods": N_("an OpenDocument spreadsheet (ods)"),
    "html": N_("an HTML page"),
    "parquet": N_("a Parquet file"),
}
"""What kemkoll reads, in words."""

_MOST_PARTS = 10_000
_SUFFIXES = {
    ".csv": "text",
    ".tsv": "text",
    ".tab": "text",
    ".json": "json",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xltx": "xlsx",
    ".xlsb": "xlsb",
    ".xls": "xls",
    ".ods": "ods",
    ".html": "html",
    ".htm": "html",
    ".parquet": "parquet",
}
_SIGNATURES = (
    (b"%PDF", N_("a PDF")),
    (b"\x89PNG", N_("a PNG picture")),
    (b"\xff\xd8\xff", N_("a JPEG picture")),
    (b"GIF8", N_("a GIF picture")),
    (b"Rar!", N_("a RAR archive")),
    (b"7z\xbc\xaf", N_("a 7-Zip archive")),
    (b"\x1f\x8b", N_("a gzip archive")),
    (b"\x7fELF", N_("a program")),
    (b"MZ\x90", N_("a program")),
    (b"SQLite format 3", N_("a database")),
    (b"{\\rtf", N_("an RTF document")),
)


class Content(NamedTuple):
    """What a file is: a key of `KINDS` (or `other`), and in words."""

    kind: str
    found: str


class Disguise(NamedTuple):
    """What a file's name ends in, and what the file is, in words."""

    found: str
    suggestion: str


def look(path: Path) -> Content:
    """What the file is by its first bytes and, for archives, its parts.

    Raises:
        DeclarationError: missing, a folder, empty, too large, protected, or broken.
    """
    head = _read_head(path)
    if head.startswith(b"PK\x03\x04"):
        return _known(_look_in_zip(path))
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _known(_look_in_ole(path))
    if head.startswith(b"PAR1"):
        return _known("parquet")
    for signature, found in _SIGNATURES:
        if head.startswith(signature):
            return Content("other", found)
    return _look_at_text(head)


def find_disguise(path: Path, content: Content) -> Disguise | None:
    """What the name and the content say where they disagree; None where they agree.

    >>> find_disguise(Path("set.xls"), Content("html", "an HTML page"))
    Disguise(found='.xls', suggestion='an HTML page')
    >>> find_disguise(Path("set.txt"), Content("text", "a text table"))
    """
    suffix = path.suffix.lower()
    named = _SUFFIXES.get(suffix)
    if named is None or named == content.kind:
        return None
    return Disguise(suffix, content.found)


def _known(kind: str | Content) -> Content:
    return kind if isinstance(kind, Content) else Content(kind, KINDS[kind])


def _read_head(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise DeclarationError(
                "{file} is a folder. Name the files in it.", "file-is-directory", file=path
            )
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise too_large(path, size)
        with path.open("rb") as file:
            head = file.read(65_536)
    except FileNotFoundError:
        raise DeclarationError(
            "There is no file {file}. Check the name and the folder.", "file-missing", file=path
        ) from None
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from None
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise DeclarationError("{file} is empty. Ask the supplier for it again.", "file-empty", file=path)
    return head


def _look_in_zip(path: Path) -> str | Content:
    try:
        with zipfile.ZipFile(path) as archive:
            return _look_at_parts(path, archive)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise unreadable(path, error) from None


def _look_at_parts(path: Path, archive: zipfile.ZipFile) -> str | Content:
    parts = archive.infolist()
    size = sum(part.file_size for part in parts)
    if size > MAX_UNPACKED:
        raise too_large(path, size)
    if len(parts) > _MOST_PARTS:
        raise unreadable(path, Message("it has more parts than any workbook"))
    for part in parts:
        if part.file_size > max(MOST_TIMES * part.compress_size, MAX_SUSPECT):
            raise DeclarationError(
                "{file} unpacks to {size} MB of almost nothing. Ask the supplier for the table itself.",
                "file-too-large",
                file=path,
                size=part.file_size // 2**20,
            )
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise encrypted(path)
    _refuse_entities(path, archive, parts)
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "xl/workbook.xml" in names or any(name.endswith("/workbook.xml") for name in names):
        return "xlsx"
    if "content.xml" in names and "mimetype" in names:
        return _look_in_opendocument(path, archive)
    if "word/document.xml" in names:
        return Content("other", N_("a Word document"))
    if any(name.startswith("ppt/") for name in names):
        return Content("other", N_("a presentation"))
    return Content("other", N_("a zip archive"))


def _look_in_opendocument(path: Path, archive: zipfile.ZipFile) -> str | Content:
    if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in archive.read(
        "META-INF/manifest.xml"
    ):
        raise encrypted(path)
    if b"spreadsheet" in archive.read("mimetype")[:200]:
        return "ods"
    return Content("other", N_("an OpenDocument text"))


def _refuse_entities(path: Path, archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """XML of a workbook never declares entities; a part that does wants to blow up or to read other files."""
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as file:
                if b"<!ENTITY" in (head := file.read(4096)) or b"<!DOCTYPE" in head:
                    raise unreadable(path, Message("it declares XML entities"))


def _look_in_ole(path: Path) -> str | Content:
    with path.open("rb") as file:
        data = file.read(64 * 2**20)
    if any(_stream(name) in data for name in ("EncryptedPackage", "EncryptionInfo")):
        raise encrypted(path)
    if _stream("Workbook") in data or _stream("Book") in data:
        return "xls"
    if _stream("WordDocument") in data:
        return Content("other", N_("an old Word document"))
    if data.startswith(b"\xd0\xcf\x11\xe0") and len(data) < 1536:
        raise unreadable(path, Message("it ends too early"))
    return Content("other", N_("an unknown Microsoft Office file"))


def _stream(name: str) -> bytes:
    return (name + "\0").encode("utf-16-le")


def _look_at_text(head: bytes) -> Content:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or is_utf16(head):
        return _known("text")
    if re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", head):
        return Content("other", N_("binary data"))
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"{", b"[{", b"[\n", b"[\r", b"[ ")):
        return _known("json")
    if start.startswith(b"<") and re.search(rb"<(html|table|!doctype html)\b", start[:8192]):
        return _known("html")
    if start.startswith(b"<?xml") or re.match(rb"<[a-z_][\w:.-]*[\s/>]", start):
        return Content("other", N_("an XML document of an unknown kind"))
    return _known("text")


def is_utf16(head: bytes) -> bool:
    """Whether text without a byte-order mark is UTF-16: every other byte of what it begins with is zero.

    >>> is_utf16("Artikel;Halt".encode("utf-16-le")), is_utf16(b"Artikel;Halt")
    (True, False)
    """
    start = head[:400]
    half = len(start) // 2
    return half > 1 and (start[1::2].count(0) > 0.8 * half) != (start[0::2].count(0) > 0.8 * half)


def unreadable(path: Path, reason: object) -> DeclarationError:
    """The error of a file that is broken."""
    why: Message | str = str(reason).strip().rstrip(".") or type(reason).__name__
    if isinstance(reason, Message):
        why = reason
    elif isinstance(reason, PermissionError):
        why = Message("reading it is not permitted")
    elif isinstance(reason, UnicodeError):
        why = Message("its characters are in no encoding that is known")
    elif isinstance(reason, (zipfile.BadZipFile, EOFError)):
        why = Message("it is cut off or damaged")
    return DeclarationError(
        "{file} cannot be read: {reason}. Open it in its own program, save it anew, and try again.",
        file=path,
        reason=why,
    )


def encrypted(path: Path) -> DeclarationError:
    """The error of a file that asks for a password."""
    return DeclarationError(
        "{file} is protected by a password. Save it without the password.", "file-encrypted", file=path
    )


def too_large(path: Path, size: int) -> DeclarationError:
    """The error of a file that is, or unpacks to, more than is read; its size in bytes."""
    return DeclarationError(
        "{file} holds {size} GB, which is more than kemkoll reads. Split it.",
        "file-too-large",
        file=path,
        size=round(size / 2**30, 1),
        reason=Message("it is too large"),
    )
