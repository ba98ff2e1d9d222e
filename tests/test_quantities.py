"""Amounts and masses: what suppliers write, and the exact interval it means."""

from __future__ import annotations

import csv
from fractions import Fraction
from math import ceil, floor
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kemkoll import codes
from kemkoll.quantities import (
    Amount,
    Mass,
    decimal_sign,
    format_amount,
    parse_amount,
    parse_mass,
    parse_share,
    parse_unit,
)
from kemkoll.tables import PERCENT, PPB, PPM, WHOLE


class Label(NamedTuple):
    string: str
    unit: str
    low: str
    high: str
    code: str
    comment: str

    @property
    def interval(self) -> tuple[int, int] | None:
        if self.low == "no amount":
            return None
        low, high = Fraction(self.low.strip(">")) * PERCENT, Fraction(self.high.strip("<")) * PERCENT
        return floor(low) + self.low.startswith(">"), ceil(high) - self.high.startswith("<")


with (Path(__file__).parent / "data" / "amounts.csv").open(encoding="utf-8", newline="") as table:
    LABELS = [Label(**row) for row in csv.DictReader(table)]


def interval(text: str, unit: str | None = None, decimal: str | None = None) -> tuple[int, int] | None:
    made = parse_amount(text, unit, decimal=decimal)
    return (made.low_ppt, made.high_ppt) if made else None


def percent(low: str, high: str) -> tuple[int, int]:
    return int(Fraction(low) * PERCENT), int(Fraction(high) * PERCENT)


def test_the_labelled_strings_are_read_right_and_none_is_silently_wrong() -> None:
    assert len(LABELS) == 116
    wrong = [label for label in LABELS if interval(label.string, label.unit or None) != label.interval]
    assert len(wrong) <= len(LABELS) // 100, wrong
    for label in wrong:
        read = interval(label.string, label.unit or None)
        assert read is None or (
            label.interval and read[0] <= label.interval[0] <= label.interval[1] <= read[1]
        )


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label.string)
def test_a_labelled_string(label: Label) -> None:
    read = parse_amount(label.string, label.unit or None)
    assert (read and (read.low_ppt, read.high_ppt)) == label.interval
    assert (read.code if read else "") == label.code


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("0,1 viktprocent", "0.1", "0.1"),
        ("0.1 wt%", "0.1", "0.1"),
        ("0.1 wt.-%", "0.1", "0.1"),
        ("0,1 vikt-%", "0.1", "0.1"),
        ("0,1 mass%", "0.1", "0.1"),
        ("0.1 % (w/w)", "0.1", "0.1"),
        ("0.1 w/w %", "0.1", "0.1"),
        ("0.1% by weight (1 000 ppm)", "0.1", "0.1"),
        ("1 ‰", "0.1", "0.1"),
        ("1 promille", "0.1", "0.1"),
        ("1000 ppm", "0.1", "0.1"),
        ("1000 mg/kg", "0.1", "0.1"),
        ("1000 µg/g", "0.1", "0.1"),
        ("1000 ug/g", "0.1", "0.1"),
        ("1000 \u03bcg/g", "0.1", "0.1"),
        ("1000 g/t", "0.1", "0.1"),
        ("1 g/kg", "0.1", "0.1"),
        ("1 mg/g", "0.1", "0.1"),
        ("0.1 g/100 g", "0.1", "0.1"),
        ("100 mg/100 g", "0.1", "0.1"),
        ("0.001 kg/kg", "0.1", "0.1"),
        ("0.001 w/w", "0.1", "0.1"),
        ("25 ppb", "0.0000025", "0.0000025"),
        ("25 µg/kg", "0.0000025", "0.0000025"),
        ("3 ppt", "0.0000000003", "0.0000000003"),
        ("3 ng/kg", "0.0000000003", "0.0000000003"),
        ("0.0000025 mass%", "0.0000025", "0.0000025"),
        ("１０　％", "10", "10"),
        (".5 %", "0.5", "0.5"),
        ("6.09 E-02 %", "0.0609", "0.0609"),
        ("1e-3 %", "0.001", "0.001"),
        ("1 000 ppm", "0.1", "0.1"),
        ("1\u00a0000 ppm", "0.1", "0.1"),
        ("1\u2009000,5 ppm", "0.10005", "0.10005"),
        ("1.000,5 ppm", "0.10005", "0.10005"),
        ("1,000.5 ppm", "0.10005", "0.10005"),
        ("1.000.000 ppm", "100", "100"),
        ("5 – 10 %", "5", "10"),
        ("5—10 %", "5", "10"),
        ("5 to 10 %", "5", "10"),
        ("5 till 10 %", "5", "10"),
        ("5 bis 10 %", "5", "10"),
        ("5..10 %", "5", "10"),
        ("from 5 to 10 wt%", "5", "10"),
        ("between 5 and 10 %", "5", "10"),
        ("mellan 5 och 10 %", "5", "10"),
        ("10 - 5 %", "5", "10"),
        ("5 % - 10", "5", "10"),
        ("5 % - 10 %", "5", "10"),
        ("500 ppm - 0,1 %", "0.05", "0.1"),
        ("(5-25 %)", "5", "25"),
        ("min 5 % max 10 %", "5", "10"),
        ("> 5 - 10 %", "5.0000000001", "10"),
        ("≥ 5 %", "5", "100"),
        ("minst 5 %", "5", "100"),
        ("99 % min.", "99", "100"),
        ("5 % eller mer", "5", "100"),
        ("≤ 5 %", "0", "5"),
        ("=/< 5 %", "0", "5"),
        ("max. 5 %", "0", "5"),
        ("5 % max", "0", "5"),
        ("högst 5 %", "0", "5"),
        ("upp till 5 %", "0", "5"),
        ("up to 5 %", "0", "5"),
        ("5 % or less", "0", "5"),
        ("under 5 %", "0", "4.9999999999"),
        ("less than 5 %", "0", "4.9999999999"),
        ("mindre än 5 %", "0", "4.9999999999"),
        ("över 5 %", "5.0000000001", "100"),
        ("more than 5 %", "5.0000000001", "100"),
        ("överstiger 5 %", "5.0000000001", "100"),
        ("ca 5 %", "4.5", "5.5"),
        ("c:a 5 %", "4.5", "5.5"),
        ("approx. 5 %", "4.5", "5.5"),
        ("~5 %", "4.5", "5.5"),
        ("ca 5-10 %", "4.5", "11"),
        ("ca < 5 %", "0", "5.5"),
        ("ca > 5 %", "4.5000000001", "100"),
        ("ca 95 %", "85.5", "100"),
        ("5 ± 0.5 %", "4.5", "5.5"),
        ("5 % +/- 0.5 %", "4.5", "5.5"),
        ("500 ppm ± 10 %", "0.045", "0.055"),
        ("5 ± 6 %", "0", "11"),
        ("0.1 % = 1000 ppm", "0.1", "0.1"),
        ("1,000 ppm (0.1 %)", "0.1", "0.1"),
        ("3 % Sb2O3", "3", "3"),
        ("ND (<5 mg/kg)", "0", "0.0004999999"),
        ("n.d. (LOQ: 5 mg/kg)", "0", "0.0004999999"),
        ("ej påvisad < 5 mg/kg", "0", "0.0004999999"),
        ("<LOD (0.01 %)", "0", "0.0099999999"),
    ],
)
def test_what_suppliers_write(text: str, low: str, high: str) -> None:
    made = parse_amount(text)
    assert made is not None
    assert (made.low_ppt, made.high_ppt, made.code) == (*percent(low, high), "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-",
        "/",
        "X",
        "N/A",
        "%",
        "<",
        "16 mg",
        "6047.10 mg",
        "2014-07-01",
        "2012/3/26",
        "29.08.2013",
        "7439-92-1",
        "1 of 3",
        "070-123 45 67",
        "20240101",
        "3 st",
        "5;10",
        "0,1, 0,2",
        "-5 %",
        "5 vol-%",
        "5 % v/v",
        "5 % (v/v)",
        "5 mol-%",
        "5 at%",
        "5 ppmv",
        "5 mg/l",
        "5 % V",
        "5 Pb",
        "007 %",
        "5²",
        "0.1¹ %",
        "1.2.3 %",
        "1.00.000 %",
        "1 00 %",
        "5 10 %",
        "5 100 %",
        "5  000 ppm",
        "5\n000 ppm",
        "1.000 000 ppm",
        "< 0 %",
        "> 100 %",
        ">= 110 %",
        "< 1 - 5 %",
        "> 10 - < 5 %",
        "1 - > 5 %",
        "> 5 - < 5 %",
        "5 < 10 %",
        "< > 5 %",
        "5 -> 10 %",
        "110 ± 5 %",
        "1.1 w/w",
        "5 kg/kg",
        "5 (10)",
        "5 % (x)",
        "0.1 % (mg/kg)",
        "300",
        "5 % of lead",
        "0,1 - 0,2 - 0,3 %",
        "5" * 201,
        "٥ %",
    ],
)
def test_what_is_no_amount(text: str) -> None:
    assert parse_amount(text) is None


def test_the_columns_unit_is_used_where_the_cell_has_none() -> None:
    assert interval("5", "ppm") == (5 * PPM, 5 * PPM)
    assert interval("5 %", "ppm") == (5 * PERCENT, 5 * PERCENT)
    assert interval("5", "Halt (mg/kg)") == (5 * PPM, 5 * PPM)
    assert interval("0.05", "Andel (0-1)") == (5 * PERCENT, 5 * PERCENT)
    assert interval("0.05 w/w", "%") == (5 * PERCENT // 100, 5 * PERCENT // 100)
    assert interval("5", "vol-%") is None
    assert interval("5 %", "vol-%") == (5 * PERCENT, 5 * PERCENT)
    assert interval("2500000", "ppm") is None
    assert interval("", "%") is None
    assert interval("ND (<5)", "mg/kg") == (0, 5 * PPM - 1)


def test_no_unit_at_all_is_read_as_percent_and_says_so() -> None:
    assert parse_amount("5") == Amount(5 * PERCENT, 5 * PERCENT, PERCENT, "amount-unit-assumed")


@pytest.mark.parametrize(
    "text",
    [
        "ND",
        "n.d.",
        "not detected",
        "ej påvisad",
        "<LOQ",
        "ND (1)",
        "ND in part",
        "trace",
        "Traces",
        "spår",
        "in trace amounts",
    ],
)
def test_what_names_no_figure_may_be_anything(text: str) -> None:
    assert parse_amount(text, "ppm") == Amount(0, WHOLE, 0, "amount-trace")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("110 %", "100", "100"),
        ("50 - 110 %", "50", "100"),
        ("≤ 110 %", "0", "100"),
        ("110 % (1100000 ppm)", "100", "100"),
    ],
)
def test_more_than_the_whole_is_cut_and_said(text: str, low: str, high: str) -> None:
    made = parse_amount(text)
    assert made is not None
    assert (made.low_ppt, made.high_ppt, made.code) == (*percent(low, high), "amount-over-whole")


def test_two_statements_that_disagree_give_the_widest_range() -> None:
    assert parse_amount("0,1 % (100 ppm)") == Amount(100 * PPM, 1000 * PPM, PPM, "amount-ambiguous")
    assert parse_amount("100 ppm (0,1 %)") == Amount(100 * PPM, 1000 * PPM, PPM, "amount-ambiguous")
    assert parse_amount("8.75 % (87491 ppm)") == Amount(87491 * PPM, 87500 * PPM, PPM)


def test_a_mark_that_may_group_or_divide_gives_both_unless_the_file_tells() -> None:
    assert parse_amount("1,000 ppm") == Amount(PPM, 1000 * PPM, PPB, "amount-ambiguous")
    assert interval("1,000 ppm", decimal=".") == (1000 * PPM, 1000 * PPM)
    assert interval("1,000 ppm", decimal=",") == (PPM, PPM)
    assert interval("1.000 ppm", decimal=",") == (1000 * PPM, 1000 * PPM)
    assert interval("3.677%") == percent("3.677", "3.677")
    assert interval("0,001 ppm") == (PPB, PPB)


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("97 %", PERCENT),
        ("97.00 %", PERCENT // 100),
        ("1000000 ppm", PPM),
        ("6.09 E-02 %", PERCENT // 10**4),
        ("1 000 ppm", PPM),
        ("5,0 – 8 %", PERCENT // 10),
        ("8 - 5,0 %", PERCENT // 10),
        ("< 5 %", 0),
        ("≥ 5 %", PERCENT),
        ("5 ± 0.5 %", PERCENT),
        ("0.00000000001 %", 1),
        ("0.00 %", PERCENT // 100),
    ],
)
def test_the_step_is_one_in_the_last_written_place(text: str, step: int) -> None:
    made = parse_amount(text)
    assert made is not None
    assert made.step_ppt == step


def test_low_rounds_down_and_high_up() -> None:
    assert interval("0.00000000015 %") == (1, 2)
    assert interval("0.00000000001 %") == (0, 1)


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Halt (vikt-%)", "%"),
        ("Weight %", "%"),
        ("Content w/w %", "%"),
        ("CONSTITUENT (PPM) OF TOTAL PKG.", "ppm"),
        ("Viktprocent", "%"),
        ("massPercent", "%"),
        ("unit:partPerMillion", "ppm"),
        ("Halt (mg/kg)", "mg/kg"),
        ("µg/kg", "µg/kg"),
        ("w/w", "w/w"),
        ("Halt (%), w/w", "%"),
        ("mass fraction", "w/w"),
        ("Andel (0-1)", "w/w"),
        ("Average mass (%)", "%"),
        ("g/100 g", "g/100 g"),
        ("Molding %", "%"),
        ("ppt", "ppt"),
        ("‰", "‰"),
        ("Halt", None),
        ("Andel", None),
        ("vol-%", None),
        ("mol %", None),
        ("% (v/v)", None),
        ("ppmv", None),
        ("Massa [mg]", None),
        ("Vikt % alt g", None),
        ("% eller ppm", None),
        ("", None),
        ("Weight (mg) / Mass %", None),
    ],
)
def test_the_unit_of_a_header(header: str, unit: str | None) -> None:
    assert parse_unit(header) == unit


@pytest.mark.parametrize(
    ("text", "unit", "mass"),
    [
        ("6047.10 mg", None, Mass(6047100, 6047100)),
        ("16 mg", None, Mass(16000, 16000)),
        ("0,071 g", None, Mass(71000, 71000)),
        ("2 kg", None, Mass(2 * 10**9, 2 * 10**9)),
        ("5", "Weight [mg]", Mass(5000, 5000)),
        ("5", "Mass (µg)", Mass(5, 5)),
        ("5 mcg", None, Mass(5, 5)),
        ("1500 ng", None, Mass(1, 2)),
        ("1 ton", None, Mass(10**12, 10**12)),
        ("< 5 mg", None, Mass(0, 4999)),
        ("5–10 g", None, Mass(5 * 10**6, 10**7)),
        ("5 ± 1 g", None, Mass(4 * 10**6, 6 * 10**6)),
        ("2,294 mg", None, Mass(2294, 2294000)),
        ("6.09 E-02 g", None, Mass(60900, 60900)),
        ("5", None, None),
        ("5", "mg/kg", None),
        ("5", "g or kg", None),
        ("5 %", None, None),
        ("> 5 g", None, None),
        ("X", "g", None),
        ("9e99 kg", None, None),
        ("-5 g", None, None),
    ],
)
def test_a_mass(text: str, unit: str | None, mass: Mass | None) -> None:
    assert parse_mass(text, unit) == mass


def test_a_mass_where_the_decimal_sign_is_known() -> None:
    assert parse_mass("2,294 mg", decimal=",") == Mass(2294, 2294)
    assert parse_mass("2,294", "mg", decimal=".") == Mass(2294000, 2294000)


def test_the_share_of_one_mass_in_another() -> None:
    assert parse_share(Mass(1, 2), Mass(3, 3)) == (WHOLE // 3, 2 * WHOLE // 3 + 1)
    assert parse_share(Mass(5, 5), Mass(2, 2)) == (WHOLE, WHOLE)
    assert parse_share(Mass(0, 0), Mass(0, 0)) == (0, WHOLE)


def test_the_decimal_sign_that_a_column_proves() -> None:
    assert decimal_sign(["1,000", "0,5 %"]) == ","
    assert decimal_sign(["1,000,000"]) == "."
    assert decimal_sign(["1.000,5"]) == ","
    assert decimal_sign(["1.234", "5", "x", "1.2.3"]) is None
    assert decimal_sign(["100,00", "6047.10 mg"]) is None


def test_every_code_has_its_sentence() -> None:
    texts = ("trace", "110 %", "5", "1,000 ppm")
    assert {made.code for text in texts if (made := parse_amount(text))} <= set(codes.PROBLEMS)


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (0, 0, "0 %"),
        (PERCENT, PERCENT, "1 %"),
        (0, PERCENT - 1, "< 1 %"),
        (99 * PERCENT + 1, WHOLE, "> 99 %"),
        (PERCENT + 1, 5 * PERCENT - 1, "> 1 – < 5 %"),
        (PERCENT, 5 * PERCENT, "1–5 %"),
        (0, WHOLE, "0–100 %"),
        (25 * PPB, 25 * PPB, "25 ppb"),
        (1, 7, "> 0 – 7 ng/kg"),
    ],
)
def test_an_interval_as_text(low: int, high: int, text: str) -> None:
    assert format_amount(low, high) == text
    assert interval(text) == (low, high)


shares = (
    st.integers(0, WHOLE)
    | st.integers(0, 10**8)
    | st.integers(0, 1000).map(lambda share: share * PERCENT // 10)
)
near = st.tuples(shares, st.sampled_from([-1, 0, 1])).map(lambda pair: min(max(0, sum(pair)), WHOLE))


@given(near, near)
def test_what_is_written_is_read_back(one: int, other: int) -> None:
    low, high = sorted((one, other))
    made = parse_amount(format_amount(low, high))
    assert made is not None
    assert (made.low_ppt, made.high_ppt, made.code) == (low, high, "")


PIECES = [
    "5",
    "0,1",
    "1.000",
    " ",
    " ",
    "%",
    "ppm",
    "mg/kg",
    "<",
    ">=",
    "-",
    "–",
    "~",
    "±",
    "ca",
    "(",
    ")",
    "ND",
    "max",
    "till",
    "E-2",
    "Pb",
    "1 000",
    "=",
    "|",
    "mg",
    "ton\u017f",
    "\u212ag",
]
messy = st.text(max_size=30) | st.lists(st.sampled_from(PIECES), max_size=8).map("".join)


@given(
    messy,
    st.none() | st.sampled_from(["%", "ppm", "w/w", "mg", "Halt"]) | messy,
    st.sampled_from([None, ".", ","]),
)
def test_no_text_is_too_much(text: str, unit: str | None, decimal: str | None) -> None:
    made = parse_amount(text, unit, decimal=decimal)
    assert made is None or 0 <= made.low_ppt <= made.high_ppt <= WHOLE
    assert made is None or made.step_ppt >= 0
    mass = parse_mass(text, unit, decimal=decimal)
    assert mass is None or 0 <= mass.low_ug <= mass.high_ug
    decimal_sign([text])


@given(
    st.decimals(0, 10**7, places=4).map(lambda figure: f"{figure.normalize():f}"),
    st.sampled_from(["", "%", " %", " ppm", "mg/kg"]),
    st.none() | st.sampled_from(["%", "ppb", "mg", "w/w"]),
    st.sampled_from([None, ".", ","]),
)
def test_a_plain_figure_is_read_as_it_is_in_brackets(
    figure: str, own: str, unit: str | None, decimal: str | None
) -> None:
    for text in (f"{figure}{own}", f"{figure}{own}".replace(".", ",")):
        assert parse_amount(text, unit, decimal=decimal) == parse_amount(f"({text})", unit, decimal=decimal)


FORMS = [
    ("{} %", "ca {} %"),
    ("< {} %", "≤ {} %"),
    ("> {} %", "≥ {} %"),
    ("≤ {} %", "ca ≤ {} %"),
    ("{} %", "≤ {} %"),
    ("{} %", "≥ {} %"),
    ("{} %", "{} ± 1 %"),
    ("{} %", "{} % (1 ppm)"),
]


@given(st.decimals(0, 99, places=2), st.sampled_from(FORMS))
def test_a_vaguer_text_never_gives_a_narrower_range(figure: object, forms: tuple[str, str]) -> None:
    narrow, wide = (interval(form.format(figure)) for form in forms)
    assume(narrow and wide)
    assert narrow is not None
    assert wide is not None
    assert wide[0] <= narrow[0] <= narrow[1] <= wide[1]


@given(st.decimals(0, 100, places=3), st.decimals(0, 100, places=3))
def test_a_greater_figure_never_gives_a_smaller_bound(one: object, other: object) -> None:
    for form in ("{} %", "< {} %", "≤ {} %", "ca {} %", "≥ {} %"):
        less, more = (interval(form.format(figure)) for figure in sorted((one, other)))  # type: ignore[type-var]
        assert less is None or more is None or (less[0] <= more[0] and less[1] <= more[1])
