"""What one cell of an official download says: a date in any language, numbers, names, or nothing."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from kemkoll.identifiers import read_numbers

_NOTHING = re.compile(r"(?:[-–—.\s]|n/?a|none|not available|null|nan)*", re.IGNORECASE)
_NO_CAS = re.compile(r"\bNO[ _-]?CAS(?:RN)?[ _-]*\d*\b", re.IGNORECASE)
_MARK = re.compile(r"\s*\[\d{1,3}\](?=[\s;]|$)")
_SERIALS = range(10_000, 80_000)
"""Days since the end of 1899 that a spreadsheet program counts: the years 1927 to 2119."""
_LANGUAGES = (
    "en", "bg", "cs", "da", "de", "el", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv", "mt",
    "nl", "pl", "pt", "ro", "sk", "sl", "sv",
)  # fmt: skip
"""The official languages of the Union, in which ECHA's pages write their dates."""


class Number(NamedTuple):
    """One number of a cell, or what looks like one.

    Attributes:
        kind: `cas` or `ec`; empty where it is neither.
        value: the number, as the publisher wrote it where its check digit is wrong.
        code: why it is no sure number, a key of `codes.PROBLEMS`; empty for a good one.
        suggestion: what it may have been meant to be.
    """

    kind: str
    value: str
    code: str = ""
    suggestion: str = ""


def says(text: str) -> str:
    r"""The cell without a placeholder: "" for `-`, `N/A` and the like.

    >>> says(" - "), says("N/A"), says("-\n-"), says("vPvB")
    ('', '', '', 'vPvB')
    """
    stripped = text.strip()
    return "" if _NOTHING.fullmatch(stripped) else stripped


@lru_cache(maxsize=65_536)
def numbers_of(text: str) -> tuple[Number, ...]:
    r"""The numbers of a cell, in its order: one or many, CAS or EC, whatever the column is called.

    A number with a wrong check digit stays as it was written: it is the publisher's.

    >>> [number.value for number in numbers_of("10043-35-3 [1]\n11113-50-1 [2]")]
    ['10043-35-3', '11113-50-1']
    >>> numbers_of("EC-402-660-9 "), numbers_of("NOCAS_1009314"), numbers_of("-")
    ((Number(kind='ec', value='402-660-9', code='', suggestion=''),), (), ())
    >>> numbers_of("200-905-1")
    (Number(kind='ec', value='200-905-1', code='ec-check-digit', suggestion='200-905-2'),)
    """
    cell = says(_NO_CAS.sub(" ", text))
    if not cell:
        return ()
    found = read_numbers(cell)
    good = [Number("cas", value) for value in found.cas] + [Number("ec", value) for value in found.ec]
    return (
        *good,
        *(
            Number(_kind(fault.code), fault.found, fault.code, " | ".join(fault.candidates))
            for fault in found.faults
        ),
    )


def _kind(code: str) -> str:
    return {"cas-check-digit": "cas", "ec-check-digit": "ec"}.get(code, "")


def names_of(text: str) -> list[str]:
    r"""The names of a cell, one for each line, without the marks that pair them with numbers.

    >>> names_of("boric acid [1]\nboric acid, crude natural [2]"), names_of("benzo[a]pyrene")
    (['boric acid', 'boric acid, crude natural'], ['benzo[a]pyrene'])
    """
    return [name for line in text.split("\n") if (name := says(" ".join(_MARK.sub("", line).split())))]


def title_of(text: str) -> str:
    r"""The names of a cell as one, each once: an export repeats a name for each number beside it.

    >>> title_of("Cadmium sulphate\nCadmium sulphate"), title_of("boric acid [1]; orthoboric acid [2]")
    ('Cadmium sulphate', 'boric acid; orthoboric acid')
    """
    return "; ".join(dict.fromkeys(name.rstrip(" ;") for name in names_of(text)))


def reasons_of(text: str) -> list[str]:
    """The reasons of a cell, each once: they stand on lines, or are joined by a bare quote or a #.

    >>> reasons_of('Carcinogenic (Article 57a)"Mutagenic (Article 57b)')
    ['Carcinogenic (Article 57a)', 'Mutagenic (Article 57b)']
    """
    return list(dict.fromkeys(said for part in re.split('["#\\n]+', text) if (said := says(part))))


@lru_cache(maxsize=65_536)
def date_of(text: str, *, month_first: bool = False) -> str:
    """The day that a cell says, ISO text; "" where it says none, or none that is sure.

    Month names may be in any language of the Union; a month without a day is its first day.

    Args:
        month_first: 2/13/2004 is in February, as American files write it.

    >>> date_of("04-feb-2026"), date_of("28-okt-2008"), date_of("17-mrt-2021"), date_of("36526")
    ('2026-02-04', '2008-10-28', '2021-03-17', '2000-01-01')
    >>> date_of("2014 October"), date_of("July 31, 2026"), date_of("2/13/2004", month_first=True)
    ('2014-10-01', '2026-07-31', '2004-02-13')
    """
    clean = text.strip().casefold().split("t00:")[0]
    clean = re.sub(r"\s+\d{1,2}:\d{2}(:\d{2})?(\.\d+)?$", "", clean)
    if re.fullmatch(r"\d{5}(\.0+)?", clean):
        days = int(float(clean))
        return str(date(1899, 12, 30) + timedelta(days)) if days in _SERIALS else ""
    parts = re.findall(r"\d+|[^\W\d_]+", clean)
    if len(parts) == 2 and {len(parts[0]), len(parts[1])} >= {4} and parts[0].isdigit() != parts[1].isdigit():
        parts.append("1")
    return _day(parts, month_first=month_first) if len(parts) == 3 else ""


def _day(parts: list[str], *, month_first: bool) -> str:
    words = [part for part in parts if not part.isdigit()]
    figures = [part for part in parts if part.isdigit()]
    if len(words) == 1:
        month = _months().get(words[0], 0)
        year, day = sorted(figures, key=len, reverse=True)
    elif words:
        return ""
    elif len(parts[0]) == 4:
        year, month, day = parts[0], int(parts[1]), parts[2]
    elif month_first:
        month, day, year = int(parts[0]), parts[1], parts[2]
    else:
        day, month, year = parts[0], int(parts[1]), parts[2]
    try:
        return str(date(int(year), month, int(day))) if len(year) == 4 else ""
    except ValueError:
        return ""


@lru_cache
def _months() -> dict[str, int]:
    """Names of months and their short forms; those that name two months in two languages are left out."""
    from babel.dates import get_month_names

    found: dict[str, set[int]] = {}
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for month, name in get_month_names(width, context, language).items():
                    short = name.casefold().strip(". ")
                    for form in (short, short[:3]) if language in ("en", "sv", "nl", "de") else (short,):
                        found.setdefault(form, set()).add(month)
    return {name: months.pop() for name, months in found.items() if len(months) == 1}
