"""Amounts and masses as suppliers write them, read into exact intervals.

A mass fraction is a whole number of 10⁻¹² kg/kg (`tables.WHOLE` is 100 %), so that sums and comparisons with
limits are exact. Every reading is a closed interval: what a text leaves open makes it wider, never narrower.
What cannot be read for certain is not read: `None` costs a question, a wrong figure costs a wrong verdict.

* `< x` ends one unit below x, `> x` begins one unit above it; `ca x` is x ± 10 % of x; `up to x` is 0–x.
* `ND (<5 mg/kg)` is 0 up to just below 5 mg/kg. A bare `ND` does not say how closely
  anyone looked: it is 0–100 %, as "trace" is.
* A reporting limit alone (`RL (%) 0.050`) is no amount: it does not say what was found.
* `1,000 ppm` is 1 ppm or 1000 ppm. Unless the decimal sign is known (`decimal_sign` finds it), it is both:
  1–1000 ppm.
* Shares of volume or of moles are not mass fractions. `ppt` is parts per trillion.
* A figure far over the whole without a unit of its own (a date, a telephone number) is no amount.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from kemkoll.quantities import words as vocabulary
from kemkoll.quantities.words import Token, figure, mass_power, parse_unit, plain, power, tokens
from kemkoll.tables import PERCENT, PPB, PPM, WHOLE


@dataclass(frozen=True, slots=True)
class Amount:
    """A mass fraction as a closed interval, in 10⁻¹² kg/kg.

    Attributes:
        low_ppt: least share, rounded down.
        high_ppt: greatest share, rounded up; 0 <= low <= high <= WHOLE.
        step_ppt: one unit in the last written place of the low figure ("97 %": 1 %; "97.00 %": 0.01 %); 0 for
            none.
        code: "", or a key of `codes.PROBLEMS`: amount-trace, amount-over-whole, amount-ambiguous,
            amount-unit-assumed.
    """

    low_ppt: int
    high_ppt: int
    step_ppt: int
    code: str = ""


@dataclass(frozen=True, slots=True)
class Mass:
    """A mass as a closed interval, in micrograms; low rounded down, high rounded up."""

    low_ug: int
    high_ug: int


def parse_amount(text: str, unit: str | None = None, *, decimal: str | None = None) -> Amount | None:
    """The mass fraction that a cell gives; None where it gives none that is certain.

    Args:
        text: the cell as written.
        unit: unit of the column ("%", "ppm", "mg/kg", "w/w", or a whole header), for a cell that has none.
            With neither, the figures are read as % and the code is amount-unit-assumed.
        decimal: "." or "," where the file is known to use it; it settles what `1,000` means.

    >>> parse_amount("0,1 %")
    Amount(low_ppt=1000000000, high_ppt=1000000000, step_ppt=1000000000, code='')
    >>> parse_amount("< 5", "ppm").high_ppt
    4999999
    >>> parse_amount("6047.10 mg") is None
    True
    """
    if simple := _one_figure(text, unit, decimal):
        return simple
    clean = plain(text)
    if vocabulary.TRACE.fullmatch(clean):
        return Amount(0, WHOLE, 0, "amount-trace")
    if absent := vocabulary.ABSENT.match(clean):
        return _below_detection(clean[absent.end() :], unit, decimal)
    column = _column_power(unit)
    words = tokens(clean, vocabulary.AMOUNT)
    signs = (decimal,) if decimal else (".", ",") if vocabulary.SEPARATED.search(clean) else (".",)
    readings = [made for sign in signs if (made := _amount(words, column, sign))]
    return _widest([made for made in readings if made.code not in _DOUBTFUL] or readings)


def format_amount(low_ppt: int, high_ppt: int) -> str:
    """The interval as text, exact to the last unit: `parse_amount` reads the same interval from it.

    >>> format_amount(10**9, 10**9), format_amount(0, 5 * 10**10 - 1), format_amount(10**6, 2 * 10**6)
    ('0.1 %', '< 5 %', '1–2 ppm')
    """
    low, high, above, below = low_ppt, high_ppt, "", ""
    if low < high and low % PPB == 1:
        low, above = low - 1, "> "
    if low_ppt < high and high % PPB == PPB - 1:
        high, below = high + 1, "< "
    small = max(low, high) < 10 * PPM
    sizes = ((PPM, "ppm"), (PPB, "ppb"), (1, "ng/kg")) if small and high else ((PERCENT, "%"),)
    size, name = next((size, name) for size, name in sizes if not small or not (low % size or high % size))
    first, last = above + _decimal(low, size), below + _decimal(high, size)
    if low_ppt == high_ppt or (low_ppt == 0 and below):
        return f"{last} {name}"
    if high_ppt == WHOLE and above:
        return f"{first} {name}"
    return f"{first}{' – ' if above or below else '–'}{last} {name}"


def parse_mass(text: str, unit: str | None = None, *, decimal: str | None = None) -> Mass | None:
    """The mass that a cell gives; None where it gives none, or one without an upper end.

    Args:
        text: the cell as written.
        unit: unit of the column ("mg", or a whole header), for a cell that has none; a bare number needs it.
        decimal: "." or "," where the file is known to use it.

    >>> parse_mass("6047.10 mg"), parse_mass("0,071", "Vikt (g)"), parse_mass("5 %")
    (Mass(low_ug=6047100, high_ug=6047100), Mass(low_ug=71000, high_ug=71000), None)
    """
    clean = plain(text)
    column = mass_power(unit or "")
    words = tokens(clean, vocabulary.MASS)
    spans = [_span(words, column, sign) for sign in ((decimal,) if decimal else (".", ","))]
    made = [span for span in spans if span and span.high is not None and span.high < 2**63]
    if not made:
        return None
    return Mass(min(span.low for span in made), max(span.high or 0 for span in made))


def parse_share(mass: Mass, of: Mass) -> tuple[int, int]:
    """The share that one mass is of another, as an interval in 10⁻¹² kg/kg, cut at the whole.

    >>> parse_share(Mass(18, 18), Mass(120, 120)), parse_share(Mass(1, 1), Mass(0, 3))
    ((150000000000, 150000000000), (333333333333, 1000000000000))
    """
    low = mass.low_ug * WHOLE // of.high_ug if of.high_ug else 0
    high = -(-mass.high_ug * WHOLE // of.low_ug) if of.low_ug else WHOLE
    return min(low, WHOLE), min(high, WHOLE)


_ONE = "(?:us?)?"
_BOUND = "([lLgGhvat]{0,2})f?"
_SINGLE = re.compile(f"f?{_BOUND}n{_ONE}([hvmM]?)")
_RANGE = re.compile(
    f"f?{_BOUND}n{_ONE}[dt]{_BOUND}n{_ONE}|b{_BOUND}n{_ONE}k{_BOUND}n{_ONE}|{_BOUND}n{_ONE}{_BOUND}n{_ONE}"
)
_TOLERANCE = re.compile(f"n{_ONE}pn{_ONE}")
_IN_BRACKETS = re.compile("o([^oc]+)c")
_REPEATED = re.compile("([^oce]+)(?:o([^oce]*u[^oce]*)c|e([^oce]*u[^oce]*))")

_DOUBTFUL = ("amount-over-whole", "amount-ambiguous")


_ONE_FIGURE = re.compile("(0|[1-9][0-9]{0,17})(?:([.,])([0-9]{1,18}))? ?(%|ppm|mg/kg)?")


def _one_figure(text: str, unit: str | None, decimal: str | None) -> Amount | None:
    """The amount of a cell that is one certain figure, as most are; None: read it the long way.

    >>> _one_figure("12.50", "ppm", None), _one_figure("1,000", "ppm", None)
    (Amount(low_ppt=12500000, high_ppt=12500000, step_ppt=10000, code=''), None)
    """
    match = _ONE_FIGURE.fullmatch(text)
    if not match:
        return None
    whole, mark, decimals, own = match.groups(default="")
    size = power(own) if own else _column_power(unit)
    if size == vocabulary.UNREADABLE or (len(decimals) == 3 and whole != "0" and mark != decimal):
        return None
    digits, shift = int(whole + decimals), (10 if size is None else size) - len(decimals)
    step = 10 ** max(shift, 0)
    low, rest = (digits * step, 0) if shift >= 0 else divmod(digits, 10**-shift)
    high = low + (rest > 0)
    return None if high > WHOLE else Amount(low, high, step, "amount-unit-assumed" if size is None else "")


def _column_power(unit: str | None) -> int | None:
    """The power of ten of a column's unit; None for no unit."""
    if not unit:
        return None
    name = parse_unit(unit)
    return power(name) if name else vocabulary.UNREADABLE


def _below_detection(limit: str, unit: str | None, decimal: str | None) -> Amount | None:
    """What "not detected" leaves open: 0 up to just below the limit that is named, else anything."""
    named = re.search(
        "[<≤%‰/]|pp[mbt]|" + vocabulary.LOQ, limit, re.VERBOSE | re.IGNORECASE
    ) and vocabulary.DETECTION.fullmatch(limit)
    below = parse_amount(f"< {named[1]}", unit, decimal=decimal) if named else None
    return below or Amount(0, WHOLE, 0, "amount-trace")


class _Span(NamedTuple):
    """An interval in whole units, as a text gives it: `high` None where it is open."""

    low: int
    high: int | None
    step: int
    greatest: Fraction
    firm: bool
    assumed: bool


def _amount(words: list[Token], column: int | None, sign: str) -> Amount | None:
    """The amount, with the same amount repeated in brackets or after `=`: "0,1 % (1000 ppm)"."""
    shape = "".join(token.kind for token in words)
    if whole := _IN_BRACKETS.fullmatch(shape):
        words, shape = words[1:-1], whole[1]
    repeated = _REPEATED.fullmatch(shape)
    if not repeated:
        return _share(_span(words, column, sign))
    again = 2 if repeated[2] else 3
    first = _share(_span(words[: repeated.end(1)], column, sign))
    second = _share(_span(words[repeated.start(again) : repeated.end(again)], column, sign))
    if not first or not second:
        return None
    rounding = max(first.step_ppt, second.step_ppt) // 2
    agree = first.low_ppt - rounding <= second.high_ppt and second.low_ppt - rounding <= first.high_ppt
    low, high = min(first.low_ppt, second.low_ppt), max(first.high_ppt, second.high_ppt)
    codes = {first.code, second.code} if agree else {"amount-ambiguous"}
    step = first.step_ppt if low == first.low_ppt else second.step_ppt
    return Amount(low, high, step, max(codes & set(_DOUBTFUL), default=""))


def _widest(readings: list[Amount]) -> Amount | None:
    """The interval that holds all the readings."""
    if not readings:
        return None
    lowest = min(readings, key=lambda made: (made.low_ppt, -made.step_ppt))
    high = max(made.high_ppt for made in readings)
    same = all((made.low_ppt, made.high_ppt) == (lowest.low_ppt, high) for made in readings)
    return lowest if same else Amount(lowest.low_ppt, high, lowest.step_ppt, "amount-ambiguous")


def _share(span: _Span | None) -> Amount | None:
    """The span as a share, cut at the whole; None where it is not one."""
    if not span or (span.high is None and span.low > WHOLE):
        return None
    over = span.greatest > WHOLE
    if over and not span.firm:
        return None
    code = "amount-over-whole" if over else "amount-unit-assumed" if span.assumed else ""
    high = WHOLE if span.high is None else min(span.high, WHOLE)
    return Amount(min(span.low, WHOLE), high, span.step, code)


class _Quantity(NamedTuple):
    """One figure with its bound, in whole units."""

    bound: str
    value: Fraction
    step: Fraction
    power: int

    @property
    def low(self) -> int:
        least = self.value * 9 / 10 if _is_about(self.bound) else self.value
        return 0 if set(self.bound) & _UPPER else int(least // 1) + ("g" in self.bound)

    @property
    def high(self) -> int | None:
        if _is_about(self.bound):
            return None if set(self.bound) & _LOWER else int(-(-self.value * 11 / 10 // 1))
        return None if set(self.bound) & _LOWER else int(-(-self.value // 1)) - ("l" in self.bound)


_LOWER, _UPPER = set("gGvM"), set("lLhm")


def _is_about(bound: str) -> bool:
    return "a" in bound or "t" in bound


def _span(words: list[Token], column: int | None, sign: str) -> _Span | None:
    """The interval that the words of one amount give, of one figure or two."""
    shape = "".join(token.kind for token in words)
    form = _SINGLE.fullmatch(shape) or _TOLERANCE.fullmatch(shape) or _RANGE.fullmatch(shape)
    if not form:
        return None
    bounds = [bound for bound in form.groups() if bound is not None] or ["", ""]
    if form.re is _SINGLE:
        bounds = ["".join(bounds)]
    parts = _quantities(words, bounds, column, sign)
    if not parts:
        return None
    made = (
        _tolerance(*parts)
        if form.re is _TOLERANCE
        else _between(parts, beside=form.re is _RANGE and form[5] is not None)
    )
    if not made:
        return None
    greatest, own = max(part.value for part in parts), "u" in shape
    grouped = any(" " in re.split(" ?e", token.text.lower())[0] for token in words if token.kind == "n")
    firm = not grouped and all(part.power < 12 for part in parts) and (own or greatest <= 2 * WHOLE)
    return _Span(*made, greatest, firm and form.re is not _TOLERANCE, not own and column is None)


def _quantities(words: list[Token], bounds: list[str], column: int | None, sign: str) -> list[_Quantity]:
    """The figures with bounds and units; none if one is unreadable. A unit on one side holds for both."""
    powers: list[int | None] = []
    for token, after in zip(words, [*words[1:], Token("", "")], strict=True):
        if token.kind == "n":
            powers.append(power(after.text) if after.kind == "u" else None)
            if (
                after.kind == "u"
                and column not in (None, vocabulary.UNREADABLE)
                and vocabulary.OF_WEIGHT.fullmatch(after.text)
            ):
                powers[-1] = column
    known = [power for power in powers if power is not None] or [10 if column is None else column]
    made = []
    for token, bound, own in zip(
        [token for token in words if token.kind == "n"], bounds, powers, strict=True
    ):
        number = figure(token.text.lower(), sign)
        size = known[0] if own is None else own
        if not number or size == vocabulary.UNREADABLE or len(set(bound) & (_LOWER | _UPPER)) > 1:
            return []
        step = Fraction(10) ** (size + number[1])
        made.append(_Quantity(bound, number[0] * step, step, size))
    return made


def _tolerance(centre: _Quantity, around: _Quantity) -> tuple[int, int | None, int] | None:
    """The span around a centre; a reach in % is of the centre where that has another unit."""
    reach = (
        around.value
        if centre.power == around.power or around.power != 10
        else centre.value * around.value / WHOLE
    )
    low, high = centre.value - reach, centre.value + reach
    return max(0, int(low // 1)), int(-(-high // 1)), int(-(-centre.step // 1))


def _between(parts: list[_Quantity], *, beside: bool) -> tuple[int, int | None, int] | None:
    """From the least to the greatest figure, whichever is first; None where their bounds contradict it."""
    if _is_about(parts[0].bound):
        parts = [part._replace(bound=part.bound + "a") for part in parts]
    least, most = min(parts, key=lambda part: part.value), max(reversed(parts), key=lambda part: part.value)
    if len(parts) == 2:
        wrong = set(least.bound) & _UPPER or set(most.bound) & _LOWER
        if wrong or (beside and not (set(least.bound) & _LOWER and set(most.bound) & _UPPER)):
            return None
    low, high = least.low, most.high
    if high is not None and low > high:
        return None
    return low, high, 0 if set(least.bound) & _UPPER else int(-(-least.step // 1))


def _decimal(value: int, size: int) -> str:
    """The value in units of `size`, a power of ten, exactly.

    >>> _decimal(1500, 1000), _decimal(2000, 1000)
    ('1.5', '2')
    """
    whole, rest = divmod(value, size)
    return f"{whole}.{rest:0{len(str(size)) - 1}}".rstrip("0") if rest else str(whole)
