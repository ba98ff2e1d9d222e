"""Numbers of substances, articles and organisations: form, check digits, and what cells do to them."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from official import official

from kemkoll import codes
from kemkoll.identifiers import (
    LOWEST_CAS,
    Fault,
    Numbers,
    cas_check_digit,
    ec_check_digit,
    is_placeholder,
    is_undisclosed,
    parse_cas,
    parse_ec,
    parse_gtin,
    parse_inchikey,
    parse_organisation_number,
    read_numbers,
)

with (Path(__file__).parent / "data" / "cas_dates.csv").open(encoding="utf-8", newline="") as table:
    DATES = list(csv.DictReader(table))


@pytest.mark.parametrize(
    ("cell", "cas"),
    [
        ("7439-92-1", "7439-92-1"),
        ("7439-93-2 ", "7439-93-2"),
        ("126-22-7:", "126-22-7"),
        ("0000928-96-1", "928-96-1"),
        ("N° CAS : 0000928-96-1", "928-96-1"),
        ("CAS-No. : 72-57-1", "72-57-1"),
        ("[CASRN 111211-39-3]", "111211-39-3"),
        ("21041-95-02", "21041-95-2"),
        ("7439-92-01", "7439-92-1"),
        ("17404- 66-9", "17404-66-9"),
        ("10101-\n89-0", "10101-89-0"),
        ("10101-⏎89-0", "10101-89-0"),
        ("7439‐92‐1", "7439-92-1"),
        ("7439–92—1", "7439-92-1"),
        ("7439−92−1", "7439-92-1"),
        ("117\u00ad81\u00ad7", "117-81-7"),
        ("117-\u00ad81-7", "117-81-7"),
        ("７４３９－９２－１", "7439-92-1"),
        ("Carbon black1333-86-4", "1333-86-4"),
        ("4,4'-isopropylidenediphenol (bisphenol A)80-05-7", "80-05-7"),
        ("Steel 12597-69-2", "12597-69-2"),
        ("10124-36-4/31119-53-6", "10124-36-4 31119-53-6"),
        ("1303-96-4, 1330-43-4; 12179-04-3", "1303-96-4 1330-43-4 12179-04-3"),
        ("117-81-7\n84-74-2|85-68-7", "117-81-7 84-74-2 85-68-7"),
        ("7439-92-1 - 7440-02-0", "7439-92-1 7440-02-0"),
        ("50-00-067-56-1", "50-00-0 67-56-1"),
        ("117-81-7 (117-81-7)", "117-81-7"),
        ("H2O (7732-18-5), C6-H8-O7 (77-92-9), C12-H22-O11", "7732-18-5 77-92-9"),
        ("603-059-00-6 / 117-81-7", "117-81-7"),
        ("01-2119457290-43-0001; 117-81-7", "117-81-7"),
    ],
)
def test_cas_numbers_in_a_cell(cell: str, cas: str) -> None:
    assert read_numbers(cell) == Numbers(tuple(cas.split()), (), ())


@pytest.mark.parametrize(
    ("cell", "cas", "ec"),
    [
        ("EC-402-660-9", "", "402-660-9"),
        ("· EC number: 226-394-6", "", "226-394-6"),
        ("N° EINECS: 203-852-3", "", "203-852-3"),
        ("200-002-3", "", "200-002-3"),
        ("231-100-4231-111-4", "", "231-100-4 231-111-4"),
        ("7439-92-1231-100-4", "7439-92-1", "231-100-4"),
        ("MCI/MI (3:1) EC 611-341-5, CAS 55965-84-9, Index 613-167-00-5", "55965-84-9", "611-341-5"),
    ],
)
def test_ec_numbers_in_a_cell(cell: str, cas: str, ec: str) -> None:
    assert read_numbers(cell) == Numbers(tuple(cas.split()), tuple(ec.split()), ())


@pytest.mark.parametrize(
    "cell",
    [
        "",
        " ",
        "-",
        "--",
        "–",
        "/",
        "N/A",
        "n.a.",
        "Ej tillämpligt",
        "Not applicable",
        ": Not available.",
        "system",
        "CAS number : Not applicable.",
        "Misc., not to\ndeclare",
        "pseudo substance",
        "proprietary",
        "withheld as a trade secret.",
        "Etidronic Acid N/A/",
        "Hydroxide metal N/A",
        "00-00-0",
        "000-000-0",
        "N° Index : 603-059-00-6",
        "01-2119457290-43-0001",
        "01-2119…-xx-xxxx",
        "Index-No. : 611-024-00-1",
    ],
)
def test_a_cell_that_says_nothing_has_no_fault(cell: str) -> None:
    assert read_numbers(cell) == Numbers((), (), ())


@pytest.mark.parametrize(
    ("cell", "code", "candidates"),
    [
        ("117-81-8", "cas-check-digit", ("117-81-7", "118-71-8")),
        ("117-18-7", "cas-check-digit", ("117-18-0", "117-81-7")),
        ("37-70-2", "number-unreadable", ()),
        ("231-100-5", "ec-check-digit", ("231-100-4", "231-010-5")),
        ("131-100-5", "number-unreadable", ()),
        ("7439921", "number-unreadable", ("7439-92-1",)),
        ("7439.92.1", "number-unreadable", ("7439-92-1",)),
        ("231 100 4", "number-unreadable", ("231-100-4",)),
        ("7439-92-12", "number-unreadable", ()),
        ("12345678-92-1", "number-unreadable", ()),
        ("1234-5-6", "number-unreadable", ()),
        ("SN0015", "number-unreadable", ()),
        ("Epoxy resin", "number-unreadable", ()),
        ("60.1800%", "number-unreadable", ()),
        ("CD214L-T45CA~170CA", "number-unreadable", ()),
        ("2012-11-22", "number-unreadable", ()),
        ("13/14/2015", "number-unreadable", ()),
    ],
)
def test_a_fault_says_what_it_may_have_been(cell: str, code: str, candidates: tuple[str, ...]) -> None:
    assert read_numbers(cell) == Numbers((), (), (Fault(code, cell, candidates),))


def test_one_fault_does_not_hide_the_rest_of_the_cell() -> None:
    numbers = read_numbers("117-81-7, 84-74-3, 1234-5-6, 231-100-4")
    assert (numbers.cas, numbers.ec) == (("117-81-7",), ("231-100-4",))
    assert [fault.code for fault in numbers.faults] == ["cas-check-digit", "number-unreadable"]


def test_glued_numbers_of_which_the_first_is_wrong_are_not_taken_apart() -> None:
    assert not read_numbers("50-00-167-56-1").cas


@pytest.mark.parametrize("row", DATES, ids=lambda row: row["cell"])
def test_a_date_is_never_a_number_and_names_what_it_was(row: dict[str, str]) -> None:
    cas, ec, (fault,) = read_numbers(row["cell"])
    assert (cas, ec) == ((), ())
    assert fault.code == ("cas-is-date" if fault.candidates else "number-unreadable")
    if row["candidates"]:
        assert len(fault.candidates) == int(row["candidates"])
    if row["candidates"] != "0":
        assert row["cas"] in fault.candidates


WRONG_BY_HAND = {"1996-10-6": "96-10-6", "76-05-01": "76-05-1", "58-08-02": "58-08-2"}
"""Corrections in the sample that people got wrong: one check digit, two padded."""


@pytest.mark.reference
def test_the_true_number_is_among_the_candidates_of_every_real_date() -> None:
    pairs = official("samples/messy/cas_mangled_by_excel_pairs.csv")
    counts: Counter[int] = Counter()
    with pairs.open(encoding="utf-8-sig", newline="") as rows:
        for row in csv.DictReader(rows):
            cas, _, (fault,) = read_numbers(row["mangled"])
            true = row["corrected_by_upstream"]
            assert not cas
            assert WRONG_BY_HAND.get(true, true) in fault.candidates
            counts[len(fault.candidates)] += 1
    assert counts[1] / counts.total() > 0.85
    assert max(counts) == 3


def test_parse_one_number() -> None:
    assert parse_cas("CAS : 64-17-5") == "64-17-5"
    assert parse_cas("64-17-5, 67-56-1") is None
    assert parse_cas("64-17-6") is None
    assert parse_cas("1950-07-30") is None
    assert parse_ec("EC 200-578-6") == "200-578-6"
    assert parse_ec("200-578-7") is None


def test_check_digits() -> None:
    assert cas_check_digit("773218") == 5
    assert ec_check_digit("231100") == 4
    assert ec_check_digit("200002") == 3


def test_an_ec_remainder_of_ten_is_written_one() -> None:
    stem = next(
        str(stem)
        for stem in range(200000, 210000)
        if sum(place * int(digit) for place, digit in enumerate(str(stem), 1)) % 11 == 10
    )
    assert ec_check_digit(stem) == 1
    assert parse_ec(f"{stem[:3]}-{stem[3:]}-1") == f"{stem[:3]}-{stem[3:]}-1"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("BJQHLKABXJIVAM-UHFFFAOYSA-N", "BJQHLKABXJIVAM-UHFFFAOYSA-N"),
        (" bjqhlkabxjivam-uhfffaoysa-n", "BJQHLKABXJIVAM-UHFFFAOYSA-N"),
        ("InChIKey=BJQHLKABXJIVAM‐UHFFFAOYSA‐N", "BJQHLKABXJIVAM-UHFFFAOYSA-N"),
        ("BJQHLKABXJIVAM", None),
        ("117-81-7", None),
    ],
)
def test_inchikey(text: str, key: str | None) -> None:
    assert parse_inchikey(text) == key


@pytest.mark.parametrize(
    ("text", "gtin"),
    [
        ("96385074", "96385074"),
        ("036000291452", "036000291452"),
        ("4006381333931", "4006381333931"),
        ("400-6381 333931", "4006381333931"),
        ("10614141000415", "10614141000415"),
        ("4006381333932", None),
        ("00000000", None),
        ("123", None),
        ("12345678901", None),
        ("", None),
    ],
)
def test_gtin(text: str, gtin: str | None) -> None:
    assert parse_gtin(text) == gtin


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("556036-0793", "556036-0793"),
        ("5560360793", "556036-0793"),
        ("SE556036079301", "556036-0793"),
        ("16556036-0793", "556036-0793"),
        ("556036-0794", None),
        ("811218-9876", None),
        ("SE55603607", None),
        ("x", None),
    ],
)
def test_organisation_number(text: str, number: str | None) -> None:
    assert parse_organisation_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "N/A",
        "n.a",
        "x",
        "System",
        "Misc, not to declare",
        "Misc.",
        "Not applicable",
        ": Not available.",
        "Ej tillämpligt",
        "ej aktuellt",
        "uppgift saknas",
        "Okänt",
        "övrigt",
        "#N/A",
        "(-)",
        "0",
    ],
)
def test_placeholders(text: str) -> None:
    assert is_placeholder(text)
    assert not is_undisclosed(text)


@pytest.mark.parametrize(
    "text",
    [
        "Proprietary",
        "trade secret",
        "Trade Secrets",
        "Confidential",
        "Företagshemlighet",
        "affärshemlighet",
        "withheld",
        "not disclosed",
        "Fragrance Proprietary Ingredient 10 - 30",
        "SPVC Trade Secret Surfactant 1213",
        "sekretess",
        "Undisclosed",
        "Redovisas ej",
    ],
)
def test_what_hides_a_substance(text: str) -> None:
    assert is_undisclosed(text)
    assert not is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    [
        "Epoxy resin",
        "base oil(s)(*)",
        "Fused Silica*1",
        "non-proprietary grade",
        "117-81-7",
        "Naphtha",
        "Xylene",
    ],
)
def test_names_are_neither(text: str) -> None:
    assert not is_placeholder(text)
    assert not is_undisclosed(text)


stems = st.tuples(st.integers(LOWEST_CAS, 9_999_999), st.integers(0, 99)).map(
    lambda pair: f"{pair[0]}-{pair[1]:02}"
)


@given(stems)
def test_exactly_one_check_digit_fits_a_cas_stem(stem: str) -> None:
    assert [digit for digit in range(10) if parse_cas(f"{stem}-{digit}")] == [cas_check_digit(stem)]


@given(stems, st.sampled_from("-‐‑‒–—−"), st.sampled_from(["", " ", "\n"]), st.integers(0, 3))
def test_every_way_to_write_a_cas_number_gives_the_same(
    stem: str, hyphen: str, blank: str, padding: int
) -> None:
    number = f"{stem}-{cas_check_digit(stem)}"
    written = "0" * padding + number.replace("-", f"{blank}{hyphen}{blank}")
    assert read_numbers(f"CAS: {written}").cas == (number,)


@given(stems, st.data())
def test_a_slip_of_two_neighbours_or_the_check_digit_is_proposed(stem: str, data: st.DataObject) -> None:
    number = f"{stem}-{cas_check_digit(stem)}"
    wrong = f"{stem}-{(cas_check_digit(stem) + data.draw(st.integers(1, 9))) % 10}"
    (fault,) = read_numbers(wrong).faults
    assert fault.candidates[0] == number
    assert len(fault.candidates) <= 5
    assert all(parse_cas(candidate) == candidate for candidate in fault.candidates)


@given(st.integers(LOWEST_CAS, 9999), st.integers(0, 12), st.integers(1, 12), st.integers(1, 31))
def test_whatever_number_became_a_date_is_among_its_candidates(
    first: int, month: int, lost_month: int, lost_day: int
) -> None:
    """The year is kept, or gets 19 before it; a month or day of 00 becomes the month or day of some day."""
    digit = cas_check_digit(f"{first}{month:02}")
    year = first if first > 999 else 1900 + first
    if first < 100 or first > 1899:
        date = f"{year:04}-{month or lost_month:02}-{digit or lost_day:02}"
        for cell in (date, f"{date} 00:00:00"):
            assert f"{first}-{month:02}-{digit}" in read_numbers(cell).faults[0].candidates


PIECES = [
    "117-81-7",
    "231-100-4",
    "1950-07-30",
    "2-Jul-78",
    "50-00-0",
    "-",
    " ",
    "\n",
    "/",
    "7",
    "00",
    "N/A",
    "CAS",
    "01-2119",
    "\u017fep",
    "2-\u017fep-78",
    "5-maj-1975",
    "1/1/20",
    "\u00ad",
]


@given(st.text(max_size=40) | st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_no_text_is_too_much(text: str) -> None:
    numbers = read_numbers(text)
    assert all(parse_cas(number) == number for number in numbers.cas)
    assert all(parse_ec(number) == number for number in numbers.ec)
    assert {fault.code for fault in numbers.faults} <= set(codes.PROBLEMS)
    assert isinstance(is_placeholder(text) or is_undisclosed(text), bool)
    for parse in (parse_inchikey, parse_gtin, parse_organisation_number):
        parse(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("7732-18-5 + proprietary", "proprietary"),
        ("7732-18-5, 000-00-0", "000-00-0"),
        ("00-00-0 / 7732-18-5", "00-00-0"),
        ("231-152-8, 000-000-0", "000-000-0"),
        ("7732-18-5; trade secret", "trade secret"),
    ],
)
def test_what_is_hidden_beside_a_number_is_a_fault(text: str, found: str) -> None:
    assert read_numbers(text).faults == (Fault("number-unreadable", found, ()),)


@pytest.mark.parametrize(
    "text",
    [
        "7732-18-5, N/A",
        "CAS: 7732-18-5",
        "7732-18-5 / EC 000-000-0",
        "7732-18-5; 603-059-00-6",
        "7732-18-5 (water)",
        "000-00-0",
        "proprietary",
        "non-proprietary 7732-18-5",
    ],
)
def test_what_says_nothing_beside_a_number_is_no_fault(text: str) -> None:
    assert read_numbers(text).faults == ()
