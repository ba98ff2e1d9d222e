"""The amount columns of a table, read into intervals: units, missing units, several columns, shared cells."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kemkoll.declarations.headers import Header
from kemkoll.declarations.layout import Block
from kemkoll.declarations.masses import units_of
from kemkoll.declarations.rows import constant, filled, first_filled, joined, put, renamed, take
from kemkoll.quantities import Amount, decimal_sign, parse_amount
from kemkoll.tables import PERCENT, PPM, WHOLE, Basis

_FINENESS = {"ppb": 0, "ppm": 1, "mg/kg": 1, "µg/kg": 0, "µg/g": 1}
_THOUSANDS = re.compile(r"\d[.,]\d{3}(?!\d)")
_NOTHING = re.compile(
    r"[\W_]*|\W*(n\W?a|not (applicable|available)|ej tillämpligt|ej relevant|uppgift saknas)\W*",
    re.IGNORECASE,
)
_BARE = re.compile(r"\d+([.,]\d+)?|")
_UNIT = re.compile(r"[%‰a-zA-Zµ]")
_PPM_OR_PERCENT = "ppm – %"
_OTHER = re.compile(r"\b(vol|volym|volume|mol)\b|v/v|mol-?%", re.IGNORECASE)


@dataclass
class Reading:
    """One amount column, read: an interval for each row that says something.

    Attributes:
        amount: as written, with the unit of the header.
        codes: problem code of each row, "" for none.
        column_code: problem code of the column as a whole, with what it was read as.
    """

    header: Header
    low: np.ndarray
    high: np.ndarray
    step: np.ndarray
    amount: pd.Categorical
    written: pd.Categorical
    codes: pd.Categorical
    column_code: str = ""
    read_as: str = ""


def read_amounts(block: Block, at: np.ndarray) -> list[Reading]:
    """The amount columns of a table, those that say most first: of the finest thing, then in the finest unit.

    Args:
        block: the table.
        at: positions of its lines in the sheet.
    """
    places = block.columns("amount")
    made = [_read_column(block, i, at) for i in places]
    low, high = block.columns("amount_low"), block.columns("amount_high")
    if low or high:
        made.append(_between(block, low[:1], high[:1], at))
    return sorted(made, key=lambda reading: _rank(reading.header))


def _says_nothing(text: str) -> bool:
    return _NOTHING.fullmatch(text) is not None


def _rank(header: Header) -> tuple[int, int]:
    fine = Basis(header.basis).level if header.basis else 1
    return -fine, _FINENESS.get(header.unit or "", 2)


def _read_column(block: Block, place: int, at: np.ndarray) -> Reading:
    sheet, header = block.sheet, block.headers[place]
    written = take(sheet.cells[place].array, at)
    known = sheet.formats_known and place not in sheet.percents
    figures = sheet.figures.get(place, frozenset())
    reading = read_column(written, header, formats_known=known, figures=figures)
    if known and header.unit == "%" and adds_up_to_one(block, at, reading):
        return read_column(written, header, formats_known=False, figures=figures)
    if reading.read_as == _PPM_OR_PERCENT:
        in_percent = read_column(written, header, formats_known=known, figures=figures, percent=True)
        return in_percent if adds_up_to_whole(block, at, in_percent) else reading
    return reading


def read_column(
    written: pd.Categorical,
    header: Header,
    *,
    formats_known: bool = True,
    figures: frozenset[str] = frozenset(),
    percent: bool = False,
) -> Reading:
    """The cells of one amount column as intervals.

    A column without a unit is read as a whole: with a figure over 1 and none over 100 it is in per cent
    where those of each whole add up to it, else perhaps in ppm; with none over 1 it may be in per cent or in
    parts of one; with one over 100 nobody can say.

    Args:
        written: the cells.
        header: the header of the column.
        formats_known: a bare 0.15 under a header in per cent is 0.15 %; else it may have been shown as 15 %.
        figures: the texts that number cells gave: their point is a decimal point.
        percent: figures over 1 without a unit add up to 100.

    >>> read_column(pd.Categorical(["0.2", "0.1"]), Header("Halt", "amount")).column_code
    'amount-unit-unclear'
    >>> read_column(pd.Categorical(["12", "88"]), Header("Halt", "amount"), percent=True).column_code
    'amount-unit-assumed'
    """
    texts = [str(text) for text in written.categories]
    unit = header.unit
    if unit is None and _OTHER.search(header.text):
        unit = "vol-%"
    typed = [text for text in texts if text not in figures]
    sign = decimal_sign(typed) if any(map(_THOUSANDS.search, typed)) else None
    signs = {text: "." if text in figures else sign for text in texts}
    column_code, read_as = "", ""
    told = None if unit == "%|g" or (unit == "%" and not formats_known) else unit
    amounts = [_parse(text, told, signs[text]) for text in texts]
    if told is None:
        bare = _find_bare(texts, amounts, signs)
        unit, column_code, read_as = _guess_unit(bare, unit, written, texts, percent=percent)
        amounts = [
            _widen(bare[text] if unit == "ppm" else _parse(text, unit, signs[text]), read_as)
            if text in bare
            else amount
            for amount, text in zip(amounts, texts, strict=True)
        ]
    codes = [_code(amount, text) for amount, text in zip(amounts, texts, strict=True)]
    shown = [_with_unit(text, unit if not column_code else None, header) for text in texts]
    bounds = np.array(
        [(a.low_ppt, a.high_ppt, min(a.step_ppt, WHOLE)) if a else (0, WHOLE, 0) for a in amounts],
        dtype=np.int64,
    ).reshape(-1, 3)[written.codes]
    return Reading(
        header,
        bounds[:, 0],
        bounds[:, 1],
        bounds[:, 2],
        renamed(written, shown),
        written,
        renamed(written, codes),
        column_code,
        read_as,
    )


def _parse(text: str, unit: str | None, sign: str | None) -> Amount | None:
    if _says_nothing(text):
        return None
    if unit == "vol-%":
        return parse_amount(text, None, decimal=sign) if re.search(r"ppm|mg/kg|w/w|vikt|wt", text) else None
    return parse_amount(text, unit, decimal=sign)


def _find_bare(
    texts: list[str], amounts: list[Amount | None], signs: dict[str, str | None]
) -> dict[str, Amount]:
    """The texts whose figures have no unit of their own, with what they are in ppm."""
    found: dict[str, Amount] = {}
    for text, amount in zip(texts, amounts, strict=True):
        if _says_nothing(text) or (amount and amount.code == "" and _UNIT.search(text)):
            continue
        if amount and amount.code == "amount-unit-assumed" and amount.high_ppt < WHOLE:
            found[text] = Amount(
                amount.low_ppt // 10**4, -(-amount.high_ppt // 10**4), amount.step_ppt // 10**4
            )
        elif not (amount and _UNIT.search(text)) and (
            in_ppm := parse_amount(text, "ppm", decimal=signs[text])
        ):
            found[text] = in_ppm
    return found


def _guess_unit(
    bare: dict[str, Amount], unit: str | None, written: pd.Categorical, texts: list[str], *, percent: bool
) -> tuple[str | None, str, str]:
    """The unit to read bare figures in, the problem code of the column, and what it is read as."""
    if not bare:
        return unit if unit != "%|g" else "%", "", ""
    tops = {text: _finite(amount) for text, amount in bare.items()}
    most = max(tops.values())
    if unit == "%|g":
        counts = np.bincount(written.codes, minlength=len(texts))
        total = sum(tops.get(text, 0) * int(count) for text, count in zip(texts, counts, strict=True)) / PPM
        return (
            ("%", "amount-unit-assumed", "%")
            if 99 <= total <= 101
            else ("%", "amount-unit-unclear", "0–100 %")
        )
    if unit == "%":  # the sheet does not tell whether 0.15 was shown as 15 %
        return ("%", "", "") if most > PPM or not most else ("%", "amount-unit-unclear", "% – kg/kg")
    if most > 100 * PPM:
        return "ppm", "amount-unit-unclear", "ppm – 100 %"
    if most > PPM:
        return ("%", "amount-unit-assumed", "%") if percent else ("%", "amount-unit-unclear", _PPM_OR_PERCENT)
    return "%", "amount-unit-unclear", "% – kg/kg"


def _finite(amount: Amount) -> int:
    """The figure that the text gives, in ppm: of an open interval the closed end."""
    return amount.high_ppt if amount.high_ppt < WHOLE else amount.low_ppt or amount.high_ppt


def _widen(amount: Amount | None, read_as: str) -> Amount | None:
    """The widest range that a bare figure may mean, where its unit is not clear."""
    if amount is None or read_as in ("", "%"):
        return amount
    if read_as == "0–100 %":
        return Amount(0, WHOLE if amount.high_ppt else 0, 0)
    if read_as == _PPM_OR_PERCENT:
        return Amount(amount.low_ppt // 10**4, amount.high_ppt, 0)
    if read_as == "ppm – 100 %":
        return Amount(amount.low_ppt, WHOLE if amount.high_ppt else 0, 0)
    return Amount(amount.low_ppt, min(WHOLE, amount.high_ppt * 100), 0)


def _code(amount: Amount | None, text: str) -> str:
    if amount is None:
        return "amount-missing" if _says_nothing(text) else "amount-unreadable"
    return amount.code if amount.code != "amount-unit-assumed" else ""


def _with_unit(text: str, unit: str | None, header: Header) -> str:
    if (
        not text
        or unit is None
        or unit == "vol-%"
        or header.unit is None
        or re.search(r"[%a-zA-Z]\)?\s*$", text)
    ):
        return text
    return f"{text} {unit}"


def _between(block: Block, low: list[int], high: list[int], at: np.ndarray) -> Reading:
    """Two columns, least and greatest, as one: an end that nobody gives is 0 or 100 %."""
    ends = [_read_column(block, i, at) for i in (*low, *high)]
    both = len(ends) == 2
    size = len(at)
    bottom = ends[0].low if low else np.zeros(size, dtype=np.int64)
    top = ends[-1].high if high else np.full(size, WHOLE, dtype=np.int64)
    if both:
        top = np.where(filled(ends[1].written), top, WHOLE)
        bottom, top = np.minimum(bottom, top), np.maximum(bottom, top)
    amount = joined([end.amount for end in ends], " – ") if both else ends[0].amount
    if not both:
        words = [("≥ " if low else "≤ ") + text if text else "" for text in amount.categories]
        amount = renamed(amount, words)
    codes = first_filled([end.codes for end in ends])
    written = first_filled([end.written for end in ends])
    if both:  # one missing end is an open range, not a missing amount
        one = filled(ends[0].written) | filled(ends[1].written)
        missing = np.asarray(codes == "amount-missing")
        codes = put(codes, one & missing, constant("", size))
    first = ends[0]
    header = Header(
        " / ".join(end.header.text for end in ends), "amount", first.header.unit, first.header.basis
    )
    return Reading(header, bottom, top, first.step, amount, written, codes, first.column_code, first.read_as)


def adds_up_to_one(block: Block, at: np.ndarray, reading: Reading) -> bool:
    """Whether bare figures under a header in per cent are parts of one: those of each whole add up to 1."""
    bare = np.array(
        [_BARE.fullmatch(str(text)) is not None for text in reading.written.categories], dtype=bool
    )
    says = filled(reading.written)
    if says.sum() < 2 or not bare[reading.written.codes[says]].all() or reading.low.max() > PERCENT:
        return False
    shares = np.where(says, reading.low / PERCENT, 0)
    for parts in (("article", "component", "material"), ("article", "component"), ("article",)):
        unit = units_of(block, parts, at)
        whole = np.zeros(len(at), dtype=np.int64) if unit is None else unit
        total = np.bincount(whole, shares)[whole[says]]
        if (np.abs(total - 1) < 0.02).all():
            return True
    return False


def adds_up_to_whole(block: Block, at: np.ndarray, reading: Reading) -> bool:
    """Whether figures read in per cent add up to about 100 in most wholes, and to no more in any."""
    says = filled(reading.written)
    shares = np.where(says, (reading.low / 2 + reading.high / 2) / WHOLE, 0)
    for parts in (("article", "component", "material"), ("article", "component"), ("article",)):
        unit = units_of(block, parts, at)
        whole = np.zeros(len(at), dtype=np.int64) if unit is None else unit
        total = np.bincount(whole, shares)[np.unique(whole[says])]
        if len(total) and (total <= 1.05).all() and (total >= 0.9).mean() > 0.5:
            return True
    return False


def share_spans(block: Block, at: np.ndarray, place: int) -> np.ndarray:
    """Which lines share one amount cell with another line: the cell is merged over several rows."""
    numbers = block.sheet.cells.index.to_numpy()[at]
    shared = np.zeros(len(at), dtype=bool)
    for top, bottom, left, right in block.sheet.spans:
        if left <= place <= right and bottom > top:
            inside = (numbers >= top) & (numbers <= bottom)
            if inside.sum() > 1:
                shared |= inside
    return shared
