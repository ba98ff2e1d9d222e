"""The invented region: the same each time, invented in each file, and its chemistry is right."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner
from conftest import one_at_a_time, shared_folder

from kemkoll.cli import cli
from kemkoll.declarations import read_declarations
from kemkoll.demo import region, registers
from kemkoll.demo.companies import STYLES, companies
from kemkoll.demo.families import AGENT, HUNDREDTHS, families
from kemkoll.demo.formats import file_of
from kemkoll.demo.listed import EDITIONS, LISTED
from kemkoll.demo.lives import COMPOSITION, DO_NOT_KNOW, YEARS, told
from kemkoll.demo.papers import Paper, papers
from kemkoll.demo.slips import slipped
from kemkoll.demo.substances import SUBSTANCES
from kemkoll.flow import check
from kemkoll.identifiers import parse_gtin
from kemkoll.identity import identify
from kemkoll.lists import load_lists
from kemkoll.profiles import parse_profile, profile_text
from kemkoll.sheets import read_sheets
from kemkoll.tables import Verdict

INVENTED = re.compile(r"EXEMPEL|EXAMPLE")
DIGESTS = """
from hashlib import sha256
from kemkoll.demo.region import arrivals
for it in arrivals():
    print(it.day, it.kind, it.name, it.reason, sha256(it.data).hexdigest())
"""


def of_each_style() -> Iterator[Paper]:
    """The first file of each style that holds both compositions and answers."""
    seen = set()
    for paper in papers(told().said):
        if paper.company.style not in seen and paper.lines and paper.answers:
            seen.add(paper.company.style)
            yield paper


def handed_in(folder: Path, paper: Paper) -> Path:
    suffix, content = file_of(paper)
    path = folder / (paper.name + suffix)
    path.write_bytes(content)
    return path


MOST_PAPERS = 5
"""Papers of a style, of which the first may have a slip in just that line."""


class TestChemistry:
    def test_every_name_and_number_means_the_same_substance(self, tmp_path: Path, registry: Any) -> None:
        rows = ["Artikelnummer;Ämne;CAS-nr;Halt"]
        rows += [f"{key};{name};{it.cas};100 %" for key, it in SUBSTANCES.items() for name in it[:2]]
        file = tmp_path / "all.csv"
        file.write_text("\n".join(rows), encoding="utf-8")
        lines = read_declarations([file]).lines
        found = identify(lines, registry)
        assert len(lines) == 2 * len(SUBSTANCES)
        assert found.problems["code"].tolist() == []
        assert set(found.identities["status"]) == {"identified"}

    @pytest.mark.parametrize("family", families().values(), ids=lambda it: it.id)
    def test_every_recipe_is_whole(self, family: Any) -> None:
        assert sum(layer.mass for layer in family.layers) == 1000
        for layer in family.layers:
            for choice in family.agent.choices:
                lines = family.lines(layer, choice)
                assert sum(lines.values()) == 100 * HUNDREDTHS
                assert lines.keys() <= SUBSTANCES.keys()
        assert (AGENT in {name for layer in family.layers for name in layer.lines}) == bool(
            family.agent.listed
        )
        assert family.start.keys() <= family.agent.choices.keys()

    def test_the_days_on_which_lists_took_substances_in_are_those_of_the_lists(self) -> None:
        told_days = {(of, name): day for of, own in LISTED.items() for name, day in own.items()}
        law = load_lists([*LISTED])
        entries = law.entries.set_index(["list", "entry"])["published"].astype(str)
        members = law.members[law.members["kind"] == "cas"]
        days: dict[tuple[str, str], str] = {}
        cas = {it.cas: name for name, it in SUBSTANCES.items()}
        for row in members[~members["excluded"]].to_dict("records"):
            if row["value"] in cas:
                key, day = (row["list"], cas[row["value"]]), entries[row["list"], row["entry"]]
                days[key] = min(days.get(key, day), day)
        assert {key: days.get(key) for key in told_days if key[0] == "eu-reach-candidate"} == {
            key: day for key, day in told_days.items() if key[0] == "eu-reach-candidate"
        }
        assert told_days.keys() >= {key for key in days if key[0] == "phthalates"}

    def test_the_editions_are_those_of_the_lists(self) -> None:
        law = load_lists([*EDITIONS])
        for name, editions in EDITIONS.items():
            known = set(law.entries["published"][law.entries["list"] == name].astype(str))
            assert set(editions) - known - {"2019-07-22"} == set()

    def test_what_is_declared_of_a_phthalate_convicts_in_every_shape(
        self, tmp_path: Path, registry: Any
    ) -> None:
        """Each style tells of a soft PVC with DEHP or DINP so that it is above the limit."""
        profile, law = parse_profile(profile_text("annual"), "annual"), load_lists(["phthalates"])
        made: dict[str, Counter[str]] = {}
        for paper in papers(told().said):
            soft = any(row["cas"] in ("117-81-7", "28553-12-0") for row in paper.lines)
            seen = made.get(paper.company.style, Counter())
            if soft and not seen["above_limit"] and seen["papers"] < MOST_PAPERS:
                result = check(
                    read_declarations([handed_in(tmp_path, paper)]), law, profile=profile, registry=registry,
                    on=paper.day, conditions={},
                )  # fmt: skip
                told_of = Counter(Verdict(it).name for it in result.verdicts["verdict"])
                made[paper.company.style] = seen + told_of + Counter(papers=1)
        assert sorted(made) == sorted(set(STYLES))
        assert [style for style, verdicts in made.items() if not verdicts["above_limit"]] == []


class TestInvented:
    def test_every_company_says_so_in_its_name(self) -> None:
        assert len(companies()) == 60
        assert [
            it.name for it in companies() if " Exempel" not in it.name and " Example" not in it.name
        ] == []

    def test_every_file_of_the_buyer_says_so(self) -> None:
        own = [it for it in region.arrivals() if it.kind != region.DECLARATIONS]
        assert {it.kind for it in own} >= {"assortment", "contracts", "volumes", "lab-results", "profile"}
        assert [it.name for it in own if not INVENTED.search(it.data.decode("utf-8-sig")[:200])] == []

    @pytest.mark.parametrize("paper", [*of_each_style()], ids=lambda it: it.company.style)
    def test_every_file_of_a_supplier_says_so(self, paper: Paper, tmp_path: Path) -> None:
        path = handed_in(tmp_path, paper)
        if path.suffix == ".json":
            text = path.read_text(encoding="utf-8")
        else:
            cells = [sheet.cells.astype(object).to_numpy().ravel() for sheet in read_sheets(path)]
            text = " ".join(str(cell) for own in cells for cell in own)
        assert INVENTED.search(text)

    def test_no_article_number_is_that_of_a_real_article(self) -> None:
        given = [it.gtin for it in told().items if it.gtin]
        assert len(given) > 500
        assert [it for it in given if not it.startswith("29") or parse_gtin(it) != it] == []

    def test_no_two_articles_share_a_number(self) -> None:
        items = told().items
        for name in ("number", "own_number"):
            often = Counter(getattr(it, name) for it in items)
            assert [number for number, count in often.items() if count > 1] == []


class TestLives:
    def test_the_first_day_has_as_many_articles_as_it_should(self) -> None:
        assert sum(it.since < "2022" for it in told().items) == 1500

    def test_nobody_speaks_of_an_article_before_it_is_there_or_after_it_is_gone(self) -> None:
        until = {it.number: it.until for it in told().items}
        since = {it.number: it.since for it in told().items}
        early = [it for it in told().said if it.day < since[it.item.number]]
        late = [it for it in told().said if until[it.item.number] and it.day > until[it.item.number]]
        assert (early, late) == ([], [])

    def test_all_that_a_report_tells_of_happens(self) -> None:
        made = told()
        reasons = Counter(it.reason for it in made.said)
        assert min(reasons[it] for it in ("new", "renewal", "correction", "reformulation")) > 10
        assert {it.kind for it in made.follows} == {"replaced", "renumbered"}
        gone = {it.number for it in made.items if it.until} - {it.before.number for it in made.follows}
        assert len(gone) > 30
        assert sum(it.shape == DO_NOT_KNOW for it in made.said) > 10
        assert 0 < sum(bool(it.until) for it in made.said) < len(made.said) / 2

    def test_some_mistakes_are_made_and_not_many(self) -> None:
        rows = [{"cas": "117-81-7", "name": "DEHP", "amount": "33,00", "derogation": ""}]
        wrong = sum(slipped(rows, "sv", number) != rows for number in range(2000))
        assert 0.05 < wrong / 2000 < 0.10

    def test_a_reformulation_changes_what_is_in_it(self) -> None:
        made = told()
        for it in made.said:
            if it.reason == "reformulation" and it.shape == COMPOSITION:
                days = [day for day, _ in made.truth[it.item.number]]
                assert it.agent == made.agent_on(it.item, it.day)
                assert len(days) > 1

    def test_a_request_is_answered_after_it_was_sent(self) -> None:
        for year in YEARS:
            _, *rows = registers.requests(year)
            assert [row for row in rows if row[5] and not str(row[2]) < str(row[5])] == []
            assert [row for row in rows if row[4] and row[5] and not str(row[4]) < str(row[5])] == []


@pytest.mark.parametrize("paper", [*of_each_style()], ids=lambda it: it.company.style)
def test_every_shape_is_read_whole(paper: Paper, tmp_path: Path) -> None:
    made = read_declarations([handed_in(tmp_path, paper)])
    assert made.inputs["status"].tolist() == ["read"]
    assert len(made.lines) == len(paper.lines)
    assert len(made.statements) == len(paper.answers)
    assert set(made.articles["number"]) == {row["article"] for row in (*paper.lines, *paper.answers)}
    assert set(made.declarations["supplier"]) == {paper.company.name}
    assert set(made.declarations["date"]) == {paper.day}


def test_another_process_makes_the_same_bytes() -> None:
    """Nothing depends on the order of sets, on the clock, or on what was made before."""

    def digests(seed: str) -> str:
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo" if seed == "2" else "UTC"}
        return subprocess.run(
            [sys.executable, "-c", DIGESTS], env=environment, capture_output=True, text=True, check=True
        ).stdout

    first = digests("1")
    assert len(first.splitlines()) > 200
    assert first == digests("2")


@pytest.fixture(scope="module")
def demo(registry: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder that the whole demonstration was made in, and what was said; made once for all processes.

    A process of its own makes it, which is not measured: what it runs through has tests of its own.
    """
    work = shared_folder(tmp_path_factory, "demo")
    folder, said = work / "region", work / "said.txt"
    with one_at_a_time(work):
        if not said.exists():
            shutil.rmtree(folder, ignore_errors=True)
            command = [sys.executable, "-m", "kemkoll", "demo", "-o", str(folder), "--language", "en"]
            env = os.environ | {"KEMKOLL_HOME": str(registry.home), "PYTHONIOENCODING": "utf-8"}
            made = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env=env)
            assert made.returncode == 0, made.stderr
            said.write_text(made.stdout, encoding="utf-8")
    return folder, said.read_text(encoding="utf-8")


@pytest.mark.slow
class TestWhole:
    @pytest.mark.parametrize(
        ("name", "word"), [("arsrapport-2025.html", "påhitta"), ("annual-report-2025.html", "invented")]
    )
    def test_reports_the_last_year_and_says_that_it_is_invented(
        self, demo: tuple[Path, str], name: str, word: str
    ) -> None:
        page = (demo[0] / name).read_text(encoding="utf-8")
        assert page.rstrip().endswith("</html>")
        assert word in page
        assert "Region Exempel" in page
        assert [it.name for it in companies() if it.name in page] == []  # the public version names nobody

    def test_the_summary_says_between_what_the_reduction_lies(self, demo: tuple[Path, str]) -> None:
        page = (demo[0] / "annual-report-2025.html").read_text(encoding="utf-8")
        assert re.search(r"contain phthalates[^<]* fell from [^<]*the reduction lies between", page)

    def test_each_target_has_a_figure(self, demo: tuple[Path, str]) -> None:
        """Also one for a category that articles stand below: “A” takes in “A.1”."""
        page = (demo[0] / "annual-report-2025.html").read_text(encoding="utf-8")
        for name, *_ in registers.TARGETS:
            (said,) = set(re.findall(rf"{re.escape(name)} \([^)]*\): [^.<]*\. By now [^<]*", page))
            assert "should be reached" in said

    def test_says_first_that_it_is_invented(self, demo: tuple[Path, str]) -> None:
        folder, said = demo
        assert said.startswith("EXAMPLE. Everything here is invented")
        assert INVENTED.search((folder / "README.txt").read_text(encoding="utf-8"))

    def test_the_years_have_something_to_tell(self, demo: tuple[Path, str]) -> None:
        rows = re.findall(r"^ *(20\d\d) +([\d,]+) +([\d,]+) +([\d,]+) +([\d,]+)", demo[1], re.MULTILINE)
        made = pd.DataFrame([[int(it.replace(",", "")) for it in row] for row in rows])
        made.columns = pd.Index(["year", "articles", "contains", "free", "unknown"])
        assert made["year"].tolist() == [*YEARS]
        assert made["articles"].iloc[0] == 1500
        assert (made["contains"] + made["free"] + made["unknown"]).tolist() == made["articles"].tolist()
        coverage = 1 - made["unknown"] / made["articles"]
        assert coverage.is_monotonic_increasing
        assert 0.75 < coverage.iloc[0] < 0.88
        assert 0.92 < coverage.iloc[-1] < 0.98
        # so that it became less whatever the unknown articles hold: the report can say between what bounds
        assert made["contains"].iloc[-1] + made["unknown"].iloc[-1] < made["contains"].iloc[0]
        assert made["contains"].is_monotonic_decreasing
        # nobody is to take it for the figure of a real organisation
        assert round(1 - made["contains"].iloc[-1] / made["contains"].iloc[0], 2) != 0.44

    def test_has_the_mistakes_that_people_make(self, demo: tuple[Path, str]) -> None:
        codes = {"cas-check-digit", "cas-is-date", "name-number-conflict", "amount-trace", "amount-missing"}
        assert [it for it in codes | {"substance-undisclosed", "name-only"} if it not in demo[1]] == []

    def test_the_database_holds_four_years_of_work(self, demo: tuple[Path, str]) -> None:
        from kemkoll.assortment.exports import audit_table
        from kemkoll.store import Store

        with Store.open(str(demo[0] / "region.db")) as store, store.reading() as known:
            log = audit_table(known)
        assert {it[:4] for it in log["at"]} == {"2022", "2023", "2024", "2025", "2026"}
        assert log["at"].is_monotonic_increasing

    def test_never_writes_into_a_folder_that_holds_something(self, demo: tuple[Path, str]) -> None:
        database = demo[0] / "region.db"
        before = hashlib.sha256(database.read_bytes()).hexdigest()
        answer = CliRunner().invoke(cli, ["demo", "-o", str(demo[0]), "--language", "en"])
        assert answer.exit_code == 2
        assert "not empty" in answer.output
        assert before == hashlib.sha256(database.read_bytes()).hexdigest()
