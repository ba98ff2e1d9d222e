"""What the years of a series know beside what was found: numbers, contents, questions, samples."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from stores import where
from test_snapshots import ARTICLES, DEHP, DOTP, LIST, Region

from kemkoll.assortment import followed_up, snapshots
from kemkoll.assortment.panel import panels
from kemkoll.assortment.sampled import samples
from kemkoll.assortment.series import Series
from kemkoll.assortment.targeted import figure_of
from kemkoll.tables import Panel, State

__all__ = ["where"]
NUMBER = {name: place for place, name in enumerate(ARTICLES, start=1)}


@pytest.fixture
def region(where: str, tmp_path: Path, registry: Any) -> Region:
    return Region(where, tmp_path, registry)


def series(region: Region, known: Any) -> Series:
    return Series(known, snapshots.series(known))


def shown(region: Region) -> Panel:
    with region.store.reading() as known:
        return panels(known, snapshots.series(known), [LIST], registry=region.registry)[LIST]


def test_an_article_under_another_number_is_the_same(region: Region) -> None:
    region.take("2023-12-31")
    head = "Leverantör;Artikelnummer;Avtal;Aktiv från;Aktiv till\n"
    rows = "L AB;with;A-1;2020-01-01;2024-06-30\nL AB;with-2;A-1;2024-06-01;\n"
    region.put("assortment", head + rows, "2024-05-01")
    chain = "Leverantör;Artikelnummer;Efterträdare;Slag;Datum\nL AB;with;with-2;omnumrerad;2024-06-01\n"
    region.put("successors", chain, "2024-05-01")
    region.declare("with-2", DEHP, "2024-06-01", "2024-06-01", "renewal")
    region.take("2024-12-31")
    made = shown(region)
    own = made.panel[made.panel["article"] == NUMBER["with"]]
    assert own[["period", "fixed"]].to_numpy().tolist() == [[0, State.contains], [1, State.contains]]
    assert len(made.panel) == 6 + 5
    assert len(made.successions) == 0
    assert made.contracted.duplicated(["period", "article"]).sum() == 0


def test_under_both_numbers_at_once(region: Region) -> None:
    head = "Leverantör;Artikelnummer;Avtal;Aktiv från\n"
    region.put("assortment", f"{head}L AB;silent-2;A-1;2020-01-01\n", "2023-03-01")
    chain = "Leverantör;Artikelnummer;Efterträdare;Slag\nL AB;silent;silent-2;omnumrerad\n"
    region.put("successors", chain, "2023-03-01")
    bought = "Leverantör;Artikelnummer;År;Inköpsvärde (kr);Antal\n"
    bought += "L AB;silent;2023;100;7\nL AB;silent-2;2023;50;5\nL AB;with;2022;9;9\n"
    region.put("volumes", bought, "2023-03-01")
    region.declare("silent-2", DEHP, "2023-03-01", "2023-03-01")
    region.take("2023-12-31")
    made = shown(region).panel.set_index("article")
    assert made.loc[NUMBER["silent"], ["fixed", "spend_ore", "units"]].tolist() == [3, 15_000, 12]
    assert made.loc[NUMBER["with"], ["spend_ore", "units"]].tolist() == [-1, -1]


def test_what_took_a_place(region: Region) -> None:
    """Neither DOTP nor bisphenol A is a phthalate, or like one; of what nobody declared nobody can tell."""
    region.take("2023-12-31")
    region.declare("corrected", DOTP, "2024-03-01", "2024-03-01", "reformulation")
    region.declare("with", ("Bisfenol A", "80-05-7"), "2024-03-01", "2024-03-01", "reformulation")
    region.take("2024-12-31")
    made = shown(region).panel
    kin = made[made["period"] == 1].set_index("article")["kin"]
    assert kin[[NUMBER["corrected"], NUMBER["with"]]].tolist() == [0, 0]
    assert kin[NUMBER["silent"]] == -1


def test_contents(region: Region) -> None:
    head = "Leverantör;Artikelnummer;Datum;Komponent;Komponentvikt (g);Ämne;CAS-nr;Halt\n"
    part = "L AB;silent;2023-03-01;Slang;2,0"
    text = f"{head}{part};DEHP;117-81-7;30-40 %\n{part};PVC;9002-86-2;60-70 %\n"
    region.add(text, "2023-03-01")
    region.take("2023-12-31")
    made = shown(region).panel.set_index("article")[["content_low_ug", "content_high_ug"]]
    assert made.loc[NUMBER["silent"]].tolist() == [600_000, 800_000]
    assert made.loc[NUMBER["with"]].tolist() == [-1, -1]  # nobody says what its part weighs


def test_what_was_followed_up(region: Region) -> None:
    region.take("2023-12-31")
    sent = "Leverantör;Listor;Skickad;Svar senast;Besvarad\n"
    sent += "L AB;phthalates;2024-01-10;2024-02-24;2024-02-01\n"
    region.put("requests", sent, "2024-03-01")
    aim = "Mål;Indikator;Lista;Basår;Målår;Målvärde\n"
    aim += "Utfasning;Minskning av antal artiklar med ftalater;phthalates;"
    region.put("targets", f"{aim}2023;2027;44 %\nAnnat;nöjda patienter;;;2027;90 %\n", "2024-04-01")
    region.declare("corrected", DOTP, "2024-05-01", "2024-05-01", "correction")
    region.take("2024-12-31")
    with region.store.reading() as known:
        told = series(region, known)
        asked, aims = followed_up.enquiries(told), followed_up.aims(told)
        deviations, waived = followed_up.deviations(told), followed_up.waived(told)
    assert asked.astype(object).to_numpy().tolist() == [
        ["L AB", "2024-01-10", "2024-02-24", "", "2024-02-01"]
    ]
    assert aims["indicator"].tolist() == ["K1", "nöjda patienter"]
    assert aims["value"].tolist() == [0.44, 0.9]
    closed = dict(zip(deviations["article"], deviations["closed"].astype(object), strict=True))
    names = ("with", "corrected", "reformulated", "lapsing", "gone")
    assert {name: closed[NUMBER[name]] for name in names} == {
        "with": "", "corrected": "2024-12-31", "reformulated": "", "lapsing": "", "gone": "2024-12-31",
    }  # fmt: skip
    assert set(deviations["opened"].astype(object)) == {"2023-12-31"}
    assert len(waived) == 0


def test_what_a_laboratory_found(region: Region) -> None:
    head = "Leverantör;Artikelnummer;Beståndsdel;Ämne;CAS-nr;Halt;Kvantifieringsgräns;Datum\n"
    rows = "L AB;with;Slang;DEHP;117-81-7;24,6 %;0,01 %;2023-05-01\n"
    rows += "L AB;silent;;DEHP;117-81-7;< 0,01 %;0,01 %;2023-06-01\n"
    rows += "L AB;silent;;Koppar;7440-50-8;1 %;;2023-06-01\nL AB;with;;DEHP;117-81-7;3 %;;2025-01-01\n"
    region.put("lab-results", head + rows, "2023-07-01")
    region.take("2023-12-31")
    with region.store.reading() as known:
        made = samples(series(region, known), registry=region.registry)
    columns = ["article", "value_ppt", "below", "quantification_ppt", "contract_ppt", "legal_ppt", "declared"]
    limit, loq = 10**9, 10**8
    assert made[columns].to_numpy().tolist() == [
        [NUMBER["with"], 246 * 10**9, False, loq, limit, -1, State.contains],
        [NUMBER["silent"], loq, True, loq, limit, -1, State.unknown],
        [NUMBER["silent"], 10**10, False, -1, -1, -1, State.unknown],
    ]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("K17", "K17"),
        ("svarsfrekvens", "K16"),
        ("Antal artiklar som innehåller PVC", "K1b"),
        ("share of declared articles that contain phthalates", "K2"),
        ("andel artiklar utan listade ämnen", "K17"),
        ("andel artiklar med täckt deklaration", ""),
        ("nöjdhet", ""),
    ],
)
def test_what_a_target_is_about(text: str, figure: str) -> None:
    assert figure_of(text) == figure
