"""The annual report from snapshots in a database: the same each time, whatever becomes known later."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from test_annual import column, plain, told
from test_snapshots import DEHP, DOTP, LIST, Region, region, where

from kemkoll.assortment.reporting.annual import _lowered, annual
from kemkoll.cli import cli
from kemkoll.errors import StoreError
from kemkoll.report import document, render
from kemkoll.report.annual import Annual

__all__ = ["region", "where"]


def assembled(region: Region, **more: Any) -> Annual:
    with region.store.reading() as known:
        return annual(known, registry=region.registry, **more)


@pytest.fixture
def years(region: Region) -> Region:
    region.take("2023-12-31")
    region.declare("corrected", DOTP, "2024-03-01", "2024-03-01", "correction")
    region.declare("reformulated", DOTP, "2024-03-01", "2024-03-01", "reformulation")
    region.take("2024-12-31")
    return region


def test_what_the_years_came_to(years: Region) -> None:
    made = assembled(years, internal=True, organisation="Region Exempel")
    own = made.subjects[0]
    assert (made.year, made.on, made.profile) == ("2024", "2024-12-31", "measure")
    assert (own.list, own.limit_ppt, own.short["sv"]) == (LIST, 10**9, "ftalater")
    whole = document("annual", made, "sv")
    assert [row[:6] for row in told(whole.tables["headline"])] == [
        ["2023", "6", "5", "83,3 %", "5", "100,0 %"],
        ["2024", "5", "3", "60,0 %", "1", "33,3 %"],
    ]
    flows = dict(
        zip(
            column(whole.figures["figure-3"].table, "code"),
            column(whole.figures["figure-3"].table, "articles"),
            strict=True,
        )
    )
    assert {code: flows[code] for code in "ACDE"} == {"A": "−1", "C": "−1", "D": "−1", "E": "−1"}
    assert column(whole.tables["suppliers"], "supplier") == ["L AB"]
    assert "Region Exempel" in whole.subtitle


def test_nobody_outside_is_told_of_one_supplier(years: Region) -> None:
    """All articles are of one supplier: nothing may be shown of them."""
    made = assembled(years)
    text = render("annual", made, "sv")
    assert "L AB" not in text
    whole = document("annual", made, "sv")
    assert {cell for row in told(whole.tables["headline"]) for cell in row[1:]} == {"–"}
    assert any("färre än tre leverantörer" in note for note in whole.tables["headline"].notes)
    assert {cell for row in told(whole.tables["substances"]) for cell in row[1:3]} == {"–"}


def test_later_news_change_the_revisions_and_nothing_else(years: Region) -> None:
    before = assembled(years, internal=True, revised=False)
    page = render("annual", before, "sv")
    years.declare("with", DOTP, "2024-06-01", "2025-03-01", "correction")
    years.declare("silent", DEHP, "2024-11-01", "2025-03-02")
    after = assembled(years, internal=True, revised=False)
    assert render("annual", after, "sv") == page
    revised = assembled(years, internal=True)
    assert render("annual", replace(revised, revisions=None), "sv") == page
    table = document("annual", revised, "sv").tables["revisions"]
    assert table.rows
    assert "K0" in column(table, "indicator")
    assert all(
        now != then for now, then in zip(column(table, "now"), column(table, "published"), strict=True)
    )


def test_an_earlier_year_is_reported_by_what_was_known_then(years: Region) -> None:
    made = assembled(years, year="2023", internal=True, revised=False)
    whole = document("annual", made, "sv")
    assert len(whole.tables["headline"].rows) == 1
    assert "är seriens första år" in plain(" ".join(whole.says["summary"]))
    assert whole.figures["figure-3"].svg == ""


def test_a_list_that_the_series_is_not_measured_by(years: Region) -> None:
    with pytest.raises(StoreError, match="not measured by the list pfas"):
        assembled(years, lists=["pfas"])


def test_from_the_command_line(years: Region, where: str, tmp_path: Path) -> None:
    env = {"KEMKOLL_STORE": where, "KEMKOLL_LANGUAGE": "sv", "KEMKOLL_NOW": "2025-05-01T10:00:00Z"}
    files = [tmp_path / name for name in ("a.html", "b.html", "a.xlsx")]
    for file in files:
        answer = CliRunner().invoke(
            cli, ["report", "annual", "--year", "2024", "--internal", "-o", str(file)], env=env
        )
        assert answer.exit_code == 0, answer.output
    assert files[0].read_bytes() == files[1].read_bytes()
    assert "minskade från 5 till 1" in files[0].read_text(encoding="utf-8")
    refused = CliRunner().invoke(cli, ["report", "annual", "--year", "1999", "-o", str(files[0])], env=env)
    assert refused.exit_code
    assert "1999" in refused.output


def test_a_title_within_a_sentence() -> None:
    assert [_lowered(it) for it in ("Ftalater", "PFAS", "PVC")] == ["ftalater", "PFAS", "PVC"]
