"""What a new edition would change, seen before it is taken into use; and why it was, in the log."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from conftest import copied_home
from stores import AT, BY, where
from test_importing import SHIPPED, candidate

from kemkoll.assortment.exports import audit_table
from kemkoll.assortment.scope import articles
from kemkoll.cli import cli
from kemkoll.paths import own_lists
from kemkoll.store import Store, kept
from kemkoll.store.models import Contract, ContractRow

__all__ = ["candidate", "where"]

EDITION, OFFICIAL = "2026-02-04", "2027-01-15"
ETHANOL, WATER = "64-17-5", "7732-18-5"
CONTRACTS = {
    "F-1": {"binding": "frozen", "frozen_on": "2026-06-01"},
    "G-180": {"binding": "following", "grace_days": 180},
    "N-0": {"binding": "following", "grace_days": 0},
}


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, registry: Any) -> Path:
    """A folder of one's own with the registry in it and no list; English; no database but the one named."""
    for name in ("FORCE_COLOR", "LC_ALL", "LC_MESSAGES", "LANG", "KEMKOLL_DEBUG", "KEMKOLL_STORE"):
        monkeypatch.delenv(name, raising=False)
    copied_home(registry, tmp_path / "home")
    monkeypatch.setenv("KEMKOLL_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("KEMKOLL_LANGUAGE", "en")
    monkeypatch.setenv("KEMKOLL_NOW", "2026-11-22T10:00:00Z")
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


def call(*args: str) -> Result:
    return CliRunner().invoke(cli, [*args])


@pytest.fixture
def store(where: str, tmp_path: Path) -> str:
    """An assortment: each of three articles under three contracts, which are bound in three ways."""
    assert call("init", "--store", where).exit_code == 0
    head = "Supplier;Article number;CAS;Amount"
    composed = tmp_path / "composed.csv"
    composed.write_text(f"{head}\nAlfa AB;A-1;{ETHANOL};100 %\nAlfa AB;C-1;{WATER};100 %\n", encoding="utf-8")
    answered = tmp_path / "answered.csv"
    answered.write_text(
        "Product name:;B-1\nSupplier:;Beta AB\n"
        "Does the article contain any substance listed on the candidate list?;No\n"
        f"Last review date for the candidate list:;{EDITION}\n",
        encoding="utf-8",
    )
    made = call("add", str(composed), str(answered), "--store", where)
    assert made.exit_code == 0, made.output
    with Store.open(where).writing("contracts", by=BY, at=AT) as change:
        found = articles(change)
        for row, (number, given) in enumerate(CONTRACTS.items(), start=1):
            said = {"contract": row, "number": number, "profile": "reach-art-33"}
            kept.add(change, Contract, [said | given])
            kept.add(change, ContractRow, [{"contract": row, "article": it} for it in found["article"]])
    return where


@pytest.fixture
def newer(candidate: Callable[..., Path]) -> Path:
    """The Candidate List with ethanol on it."""
    return candidate(
        lambda found: found.append(
            ["Newane", "-", "-", ETHANOL, "15-Jan-2027", "PBT (Article 57d)", "https://decision"]
        )
    )


def changes(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return [*csv.DictReader(opened)]


def test_articles_suppliers_and_contracts_that_move(store: str, newer: Path, tmp_path: Path) -> None:
    answer = call("lists", "impact", str(newer), "--store", store, "-o", "impact.csv")
    assert answer.exit_code == 1, answer.output
    assert "Worse (1 article)" in answer.stdout
    assert "Only unknown: the supplier answered an older edition (1 article)" in answer.stdout
    assert "B-1 Beta AB, contract N-0, eu-reach-candidate: below the limit → unknown\n" in answer.stdout
    assert "from 2027-07-14" in answer.stdout
    rows = changes(tmp_path / "impact.csv")
    said = [(row["contract_number"], row["number"], row["moves"], row["outdated"]) for row in rows]
    assert sorted(said) == [
        ("G-180", "A-1", "2027-07-14", "False"),
        ("G-180", "B-1", "2027-07-14", "True"),
        ("N-0", "A-1", "", "False"),
        ("N-0", "B-1", "", "True"),
    ]
    of_ethanol = next(row for row in rows if row["number"] == "A-1")
    assert (of_ethanol["outcome_before"], of_ethanol["entries_after"]) == ("unknown", "newane")
    assert of_ethanol["direction"] == "worse"
    found = {line.split()[0]: line.split()[-1] for line in answer.stdout.splitlines() if line.split()}
    assert found["F-1"] == "move", "frozen: it does not move"
    assert found["G-180"] == "2027-07-14"
    assert found["N-0"] == "once", "at once"


def test_nothing_is_written(store: str, newer: Path, home: Path) -> None:
    call("batch", "--store", store)
    kept_before = {path: path.read_bytes() for path in home.glob("compiled-lists/*")}
    assert any(path.name.startswith(SHIPPED) for path in kept_before)
    events = len(_log(store))
    assert call("lists", "impact", str(newer), "--store", store).exit_code == 1
    assert not own_lists().exists()
    assert len(_log(store)) == events
    kept_now = {path: path.read_bytes() for path in home.glob("compiled-lists/*")}
    assert kept_before == kept_now


def test_the_edition_in_use_and_a_day_before_the_new_one_change_nothing(
    store: str, newer: Path, candidate: Callable[..., Path]
) -> None:
    early = call("lists", "impact", str(newer), "--store", store, "--on", "2026-11-22")
    assert "contract N-0" not in early.stdout, "the entry has not been published on that day"
    assert "contract G-180, eu-reach-candidate: free → " not in early.stdout
    same = call("lists", "impact", str(candidate()), "--store", store)
    assert same.exit_code == 0, same.output


def test_the_day_is_that_of_the_new_edition_unless_said(store: str, newer: Path) -> None:
    answer = call("lists", "impact", str(newer), "--store", store)
    assert f"Judged on {OFFICIAL}" in " ".join(answer.stdout.split())


def test_impact_comes_true(store: str, newer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is foretold is what two batches differ in, before and after the list is taken into use."""
    on = "2027-02-01"
    assert call("batch", "--store", store, "--on", on).exit_code in (0, 1)
    call("lists", "impact", str(newer), "--store", store, "--on", on, "-o", "impact.csv")
    written = call("lists", "import", str(newer), "--write", "--reason", "decided 1/27", "--store", store)
    assert written.exit_code == 0, written.output
    assert call("batch", "--store", store, "--on", on).exit_code in (0, 1)
    call("compare", "1", "2", "--store", store, "-o", "compared.csv")
    keys = (
        "contract_number",
        "number",
        "list",
        "verdict_before",
        "verdict_after",
        "reason_after",
        "direction",
    )
    foretold = {
        tuple(row[key] for key in keys) for row in changes(tmp_path / "impact.csv") if not row["moves"]
    }
    came = {tuple(row[key] for key in keys) for row in changes(tmp_path / "compared.csv")}
    assert foretold == came
    assert foretold


def test_lists_whose_criteria_point_to_it_move_with_it(store: str, tmp_path: Path) -> None:
    """A list of one's own that means another list of one's own: the change reaches both."""
    head = "Namn,CAS-nr,EG-nr,Kriterium,Gränsvärde"
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    one.write_text(f'{head}\nDEHP,117-81-7,,,"0,1 %"\n', encoding="utf-8")
    assert call("lists", "import", str(one), "--id", "one", "--date", "2026-01-01", "--write").exit_code == 0
    folder = own_lists() / "other"
    other.write_text(f'{head}\nAll of one,,,any substance on one,"0,1 %"\n', encoding="utf-8")
    shutil.copytree(own_lists() / "one", folder)
    about = (folder / "list.toml").read_text(encoding="utf-8").replace('id = "one"', 'id = "other"')
    (folder / "list.toml").write_text(about, encoding="utf-8")
    with (folder / "members.csv").open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    rows[0] |= {"kind": "list", "value": "one"}
    with (folder / "members.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, rows[0])
        table.writeheader()
        table.writerows(rows)
    judged = call("batch", "--store", store, "--list", "one", "--list", "other", "--on", "2026-11-22")
    assert judged.exit_code == 0, judged.output
    one.write_text(f'{head}\nDEHP,117-81-7,,,"0,1 %"\nSprit,{ETHANOL},,,"0,1 %"\n', encoding="utf-8")
    answer = call(
        "lists", "impact", str(one), "--id", "one", "--date", "2026-10-01", "--store", store, "--batch", "1",
        "-o", "impact.csv",
    )  # fmt: skip
    assert "Reaches one, other" in " ".join(answer.stdout.split()), answer.output
    found = {(row["list"], row["number"], row["outcome_after"]) for row in changes(tmp_path / "impact.csv")}
    assert {("one", "A-1", "deviation"), ("other", "A-1", "deviation")} <= found


def test_what_is_wrong_is_said(store: str, newer: Path, tmp_path: Path) -> None:
    assert call("lists", "impact", str(newer), "--store", "none.db").exit_code == 2
    assert call("lists", "impact", "none.xlsx", "--store", store).exit_code == 3
    assert call("lists", "impact", str(newer), "--store", store, "--batch", "7").exit_code == 2
    assert call("lists", "impact", str(newer), "--store", store, "-o", "a.txt").exit_code == 2
    unread = tmp_path / "own.csv"
    unread.write_text('Namn,CAS-nr,Gränsvärde\nDEHP,117-81-8,"0,1 %"\n', encoding="utf-8")
    answer = call("lists", "impact", str(unread), "--id", "own", "--date", "2026-01-01", "--store", store)
    assert answer.exit_code == 1
    assert "Problems (1)" in answer.stdout


def test_activation_needs_a_reason_and_is_in_the_log(
    store: str, newer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = call("lists", "import", str(newer), "--write", "--store", store)
    assert refused.exit_code == 2
    assert "--reason" in refused.stderr
    monkeypatch.setenv("KEMKOLL_STORE", store)
    assert call("lists", "import", str(newer), "--write", "--reason", " ").exit_code == 2
    assert not own_lists().exists()
    assert call("lists", "import", str(newer)).exit_code == 0, "to look needs none"
    done = call("lists", "import", str(newer), "--write", "--reason", "ECHA, January", "--by", "Eva")
    assert done.exit_code == 0, done.output
    last = _log(store)[-1]
    about = json.loads(last["about"])
    assert (last["action"], last["who"]) == ("list", "Eva")
    assert (about["list"], about["before"], about["after"]) == (SHIPPED, EDITION, OFFICIAL)
    assert (about["reason"], about["changes"]) == ("ECHA, January", 1)
    monkeypatch.delenv("KEMKOLL_STORE")
    again = call("lists", "import", str(newer), "--write")
    assert again.exit_code == 0, "without a database, none is needed"
    assert _log(store)[-1] == last


def _log(where: str) -> list[dict[Any, Any]]:
    with Store.open(where).reading() as known:
        return audit_table(known).to_dict("records")


def test_a_batch_after_another_is_that_of_the_new_list(store: str, newer: Path) -> None:
    """`batch --after` comes to what judging everything comes to; what else changed makes it judge all."""
    on = "2027-02-01"
    assert call("batch", "--store", store, "--on", on).exit_code in (0, 1)
    call("lists", "import", str(newer), "--write", "--reason", "decided", "--store", store)
    after = call("batch", "--after", "1", "--store", store)
    assert after.exit_code in (0, 1), after.output
    assert "All articles were judged" not in after.stderr
    whole = call("batch", "--store", store, "--on", on)
    digests = {re.search(r"Digest\s+(\w+)", one.stdout)[1] for one in (after, whole)}  # type: ignore[index]
    assert len(digests) == 1
    assert call("batch", "--again", "2", "--store", store).exit_code == 0
    refused = call("batch", "--after", "1", "--list", SHIPPED, "--store", store)
    assert refused.exit_code == 2
    assert "--list" in refused.stderr
    assert call("batch", "--after", "9", "--store", store).exit_code == 2
    Path("more.csv").write_text(f"Supplier;Article number;CAS;Amount\nAlfa AB;D-1;{WATER};100 %\n", "utf-8")
    assert call("add", "more.csv", "--store", store).exit_code == 0
    told = call("batch", "--after", "2", "--store", store)
    assert "All articles were judged: something else has changed since" in told.stderr
