"""Faults that a hostile reader found in the database's verbs: each was a wrong or a silent answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from stores import where  # noqa: F401 - a fixture
from test_assortment import POLYMER, TUBE, Call, call, statement, verdict, write  # noqa: F401

from kemkoll.assortment.comparing import Cause, _of_waiver
from kemkoll.assortment.proof import altered
from kemkoll.store import Store

CANDIDATES = "eu-reach-candidate"
CLEAN = (*POLYMER[:4], "100 %", POLYMER[5])
HALF = (*POLYMER[:4], "60 %", "")


def judged(call: Call, where: str, list_: str = CANDIDATES, number: str = "A-1") -> str:  # noqa: F811
    """The verdict of an article in a batch of today."""
    said = call("batch", "--list", list_).output
    batch = int(said.split("Batch", 1)[1].split()[0])
    return verdict(where, batch, number, list_)


def answer(name: str, list_: str, edition: str, said: str = "none", **more: str) -> str:
    """A supplier's answer about a list."""
    head = ("Artikelnummer", "Lista", "Utgåva", "Svar")
    return write(name, ("A-1", list_, edition, said), head=head, **more)


# --- what takes the place of what -------------------------------------------------------------------------


def test_a_composition_is_not_too_late_beside_a_later_answer(call: Call, where: str) -> None:  # noqa: F811
    """“None above its limit” of June must not wipe out DEHP declared in March, whichever comes first."""
    call("add", write("old.csv", CLEAN, date="2024-03-01"), code=0)
    call("add", statement("answer.csv", "2026-02-04", Datum="2026-06-01"), code=0)
    call("add", write("tube.csv", TUBE, POLYMER, date="2026-03-01"), code=0)
    assert judged(call, where) == "above_limit"


def test_an_answer_older_than_the_composition_is_too_late(call: Call, where: str) -> None:  # noqa: F811
    call("add", write("half.csv", HALF, date="2026-06-01"), code=0)
    late = call("add", statement("answer.csv", "2026-02-04", Datum="2026-03-01"), code=0).output
    assert "of 1 article it is older than what is there, which still counts" in late
    assert judged(call, where) == "unknown"


def test_a_date_to_come_keeps_nothing_out(call: Call, where: str) -> None:  # noqa: F811
    call("add", write("clean.csv", CLEAN, date="2062-03-01"), code=0)
    call("add", write("tube.csv", TUBE, POLYMER, date="2026-03-01"), code=0)
    assert judged(call, where) == "above_limit"


def test_answers_about_two_lists_stand_beside_each_other(call: Call, where: str) -> None:  # noqa: F811
    call("add", answer("one.csv", CANDIDATES, "2026-02-04", Datum="2026-03-01"), code=0)
    call("add", answer("two.csv", "phthalates", "2026-02-04", Datum="2026-03-02"), code=0)
    assert judged(call, where) == "below_limit"
    assert judged(call, where, "phthalates") == "below_limit"


def test_that_something_is_there_is_not_unsaid_by_an_answer_about_another_list(
    call: Call,  # noqa: F811
    where: str,  # noqa: F811
) -> None:
    call("add", write("clean.csv", CLEAN), code=0)
    call("add", answer("one.csv", CANDIDATES, "2026-02-04", "contains"), code=0)
    call("add", answer("two.csv", "phthalates", "2026-02-04"), code=0)
    assert judged(call, where) == "review"
    call("add", answer("three.csv", CANDIDATES, "2026-02-04", Datum="2026-05-01"), code=0)
    assert judged(call, where) == "not_listed"


def test_an_answer_in_a_file_with_another_articles_composition_is_an_answer(
    call: Call,  # noqa: F811
    where: str,  # noqa: F811
) -> None:
    call("add", write("tube.csv", TUBE, POLYMER), code=0)
    head = "Artikelnummer;Beståndsdel;Ämne;CAS-nr;Halt;Fullständig ned till;Lista;Utgåva;Svar"
    steel = "A-2;Nål;Järn;7439-89-6;100 %;0,01 %;;;"
    rows = f"Leverantör;Vårdplast AB\n\n{head}\n{steel}\nA-1;;;;;;{CANDIDATES};2026-02-04;none\n"
    Path("both.csv").write_text(rows, encoding="utf-8")
    call("add", "both.csv", code=0)
    assert judged(call, where) == "above_limit"


# --- what holds together ----------------------------------------------------------------------------------


@pytest.mark.parametrize("date", ["", "2025-01-01"])
def test_an_answer_keeps_its_own_day_beside_a_composition(
    call: Call,  # noqa: F811
    where: str,  # noqa: F811
    date: str,
) -> None:
    """An old composition makes no answer too early; nor can one of 2025 be about an edition of 2026."""
    call("add", write("half.csv", HALF, date=date), code=0)
    call("add", statement("early.csv", "2026-02-04", Datum="2025-03-01"), code=0)
    assert judged(call, where) == "unknown"
    call("add", statement("now.csv", "2026-02-04", Datum="2026-03-01"), code=0)
    assert judged(call, where) == "below_limit"


# --- names and numbers after a row was changed ------------------------------------------------------------


def register(name: str, kind: str, head: str, *rows: str) -> tuple[str, ...]:
    """A file of the buyer's own, as `add` takes it."""
    Path(name).write_text("\n".join([head, *rows]), encoding="utf-8")
    return "add", name, "--kind", kind


def test_a_changed_contract_and_supplier_keep_their_names(call: Call, where: str) -> None:  # noqa: F811
    """A backup made after a contract was changed could not be restored, and a request was of “nan”."""
    call(*register("a.csv", "assortment", "Artikelnummer;Leverantör;Avtal", "A-1;Vårdplast AB;K-1"), code=0)
    call(*register("k.csv", "contracts", "Avtalsnummer;Namn", "K-1;Slangar"), code=0)
    call(*register("s.csv", "suppliers", "Leverantör;Roll", "Vårdplast AB;tillverkare"), code=0)
    head = "Leverantör;Skickad;Svar senast;Listor"
    call(*register("r.csv", "requests", head, "Vårdplast AB;2026-01-05;2026-02-01;eu-rohs"), code=0)
    call("add", write("tube.csv", TUBE, POLYMER), code=0)
    call("batch", "--list", CANDIDATES, code=1)
    with Store.open(where).reading() as known:
        assert altered(known, [1]) == []
    said = call("status", code=0).output
    assert "Vårdplast AB: eu-rohs" in said
    assert "nan" not in said


def test_a_frozen_contract_is_explained_by_its_own_edition(call: Call, where: str) -> None:  # noqa: F811
    """As the batch judged it: n-hexane was listed after the contract's day."""
    call(*register("a.csv", "assortment", "Artikelnummer;Leverantör;Avtal", "A-1;Vårdplast AB;K-1"), code=0)
    head = "Avtalsnummer;Profil;Listbindning;Frysta per"
    call(*register("k.csv", "contracts", head, "K-1;default;frozen;2025-12-31"), code=0)
    rest = ("A-1", "Slang", "Polyeten", "9002-88-4", "99 %", "0,01 %")
    call("add", write("hexane.csv", ("A-1", "Slang", "n-Hexan", "110-54-3", "1 %", "0,01 %"), rest), code=0)
    call("batch", "--contract", "K-1", code=0)
    assert verdict(where, 1, "A-1", CANDIDATES) == "not_listed"
    assert "not listed" in call("explain", "A-1", "--list", CANDIDATES, code=0).output.splitlines()[1]
    asked = f"{CANDIDATES}@2026-02-04"
    assert "above the limit" in call("explain", "A-1", "--list", asked, code=0).output.splitlines()[1]


def test_a_mark_names_the_last_day_of_its_own_waiver(call: Call) -> None:  # noqa: F811
    """One decision let off two lists, for unequal times."""
    head = "Artikelnummer;Leverantör;Avtal"
    call(*register("a.csv", "assortment", head, "A-1;Vårdplast AB;K-1"), code=0)
    call(*register("k.csv", "contracts", "Avtalsnummer;Profil", "K-1;hospital-consumables"), code=0)
    call("add", write("tube.csv", TUBE, POLYMER), code=0)
    why = ("--ground", "g", "--purpose", "p", "--decision", "D-1", "--decider", "B")
    call("waive", "A-1", "--list", "phthalates", "--until", "2027-06-30", *why, code=0)
    call("waive", "A-1", "--list", "materials", "--until", "2028-12-31", *why, code=0)
    call("batch", code=0)
    call("export", "marks", "-o", "marks.csv", code=0)
    text = Path("marks.csv").read_text(encoding="utf-8")
    assert "exempt until 2027-06-30" in text
    assert "2028" not in text


def test_what_is_found_decides_whether_a_waiver_is_the_cause() -> None:
    same = {
        f"{name}_{side}": "x" for name in ("verdict", "reason", "entries") for side in ("before", "after")
    }
    row: dict[Any, Any] = same | {"waived_before": True, "waived_after": False}
    assert _of_waiver(row) == Cause.waiver
    assert _of_waiver(row | {"entries_after": "dbp"}) == ""


def test_no_number_and_the_last_day_of_all_are_answered(call: Call) -> None:  # noqa: F811
    call("add", write("tube.csv", TUBE, POLYMER), code=0)
    assert "The database has no article “”" in call("log", "", code=2).output
    call("status", "--on", "9999-12-31", code=0)
    call("batch", "--list", CANDIDATES, code=1)
    assert "There is no batch 0" in call("export", "marks", "--batch", "0", "-o", "m.csv", code=2).output
    assert "There is no batch 0" in call("review", "--batch", "0", code=2).output


def test_another_number_beside_the_same_gtin_is_another_article(call: Call, where: str) -> None:  # noqa: F811
    """A kit with the GTIN of a part does not speak for the part."""
    gtin = "4006381333931"
    head = "Artikelnummer;Leverantör;GTIN;Vårt artikelnummer"
    call(*register("a.csv", "assortment", head, f"A-1;Vårdplast AB;{gtin};100"), code=0)
    call("add", write("tube.csv", TUBE, POLYMER), code=0)
    columns = ("Artikelnummer", "GTIN", "Beståndsdel", "Ämne", "CAS-nr", "Halt", "Fullständig ned till")
    kit = ("KIT-9", gtin, *CLEAN[1:])
    said = call("add", write("kit.csv", kit, head=columns), code=0).output
    assert "1 article that the assortment lacks" in said
    assert judged(call, where) == "above_limit"
    assert judged(call, where, number="KIT-9") == "not_listed"
    own = ("100", gtin, *CLEAN[1:])
    call("add", write("own.csv", own, head=columns), code=0)
    assert judged(call, where) == "not_listed"


def test_a_figure_beyond_all_measure_is_cut(call: Call) -> None:  # noqa: F811
    said = call("add", write("much.csv", ("A-1", "Slang", "DBP", "84-74-2", "1e30 %", "")), code=0).output
    assert "It was cut to 100 %" in said


def test_of_several_contracts_the_worst_verdict_is_explained(call: Call) -> None:  # noqa: F811
    """The first contract asks for nothing that the second one's batch finds."""
    rows = ("A-1;Vårdplast AB;K-1", "A-1;Vårdplast AB;K-2")
    call(*register("a.csv", "assortment", "Artikelnummer;Leverantör;Avtal", *rows), code=0)
    contracts = ("K-1;default", "K-2;hospital-consumables")
    call(*register("k.csv", "contracts", "Avtalsnummer;Profil", *contracts), code=0)
    call("add", write("tube.csv", TUBE, POLYMER), code=0)
    said = call("explain", "A-1", "--list", "phthalates", code=0).output.splitlines()
    assert "above the limit" in said[1]
