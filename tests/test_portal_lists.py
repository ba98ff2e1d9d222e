"""Lists in the portal: what they say, and a new edition that is looked at before it is taken into use."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import copied_home
from portal import AT, Person, Portal, portal_at
from test_importing import SHIPPED, candidate

from kemkoll.accounts.roles import Role
from kemkoll.assortment.exports import audit_table
from kemkoll.assortment.scope import articles
from kemkoll.errors import ConfigError
from kemkoll.lists import load_lists
from kemkoll.lists.contents import contents, editions_of
from kemkoll.paths import own_lists
from kemkoll.store import Store, kept
from kemkoll.store.models import Contract, ContractRow
from kemkoll.web.offered import lists_stamp, plain_name

__all__ = ["candidate"]
CONTRACTS = {
    "F-1": {"binding": "frozen", "frozen_on": "2026-06-01"},
    "G-180": {"binding": "following", "grace_days": 180},
    "N-0": {"binding": "following", "grace_days": 0},
}
ETHANOL = "64-17-5"
MANY = 120


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, registry: Any) -> Path:
    """A folder of one's own, with what is compiled in it and no list."""
    folder = copied_home(registry, tmp_path / "home")
    monkeypatch.setenv("KEMKOLL_HOME", str(folder))
    return folder


def until_done(person: Person, path: str) -> Any:
    """A page, once it no longer says that it is being worked out."""
    for _ in range(MANY):
        answer = person.get(path)
        if 'data-again="/' not in answer.text:
            return answer
        time.sleep(0.5)
    raise AssertionError(f"{path} is not done")


def newer(candidate: Callable[..., Path]) -> Path:
    """The Candidate List with ethanol on it."""
    return candidate(
        lambda found: found.append(
            ["Newane", "-", "-", ETHANOL, "15-Jan-2027", "PBT (Article 57d)", "https://decision"]
        )
    )


def small(where: Path) -> Store:
    """A supplier's ethanol under three contracts, which are bound in three ways."""
    from kemkoll.assortment.adding import add_declarations
    from kemkoll.registry import Registry

    store = Store.create(str(where), by="Anna", at="2026-01-01T08:00:00.000Z")
    file = where.with_suffix(".csv")
    file.write_text(
        f"Supplier;Article number;CAS;Amount\nKlarflöde Exempel AB;A-1;{ETHANOL};100 %\n"
        "Handskhuset Exempel AB;B-1;7732-18-5;100 %\n",
        encoding="utf-8",
    )
    add_declarations(store, [str(file)], registry=Registry.open(), by="Anna", at=AT)
    with store.writing("contracts", by="Anna", at=AT) as change:
        found = articles(change)
        for row, (number, given) in enumerate(CONTRACTS.items(), start=1):
            said = {"contract": row, "number": number, "profile": "reach-art-33"}
            kept.add(change, Contract, [said | given])
            kept.add(change, ContractRow, [{"contract": row, "article": it} for it in found["article"]])
    return store


def test_what_lists_say(portal: Portal) -> None:
    analyst = portal.of(Role.analyst)
    page = analyst.get("/lists").text
    assert "STALE" in page
    assert f'href="/lists/{SHIPPED}"' in page
    one = analyst.get(f"/lists/{SHIPPED}").text
    assert "253 entries" in one
    assert "Page 1 of 6" in one
    assert "&gt; 0.1 % of the component" in one
    found = analyst.get(f"/lists/{SHIPPED}?q=117-81-7").text
    assert "1 entry" in found
    assert "phthalate" in found
    assert "No entry is called that" in analyst.get(f"/lists/{SHIPPED}?q=nothing-of-that").text
    older = analyst.get(f"/lists/{SHIPPED}?edition=2025-01-21").text
    assert "247 entries" in older
    between = analyst.get(f"/lists/{SHIPPED}/differences?before=2025-11-05&after=2026-02-04").text
    assert "2 differences" in between
    assert "110-54-3" in between
    assert analyst.get("/lists/no-such-list").status_code == 404
    assert analyst.get(f"/lists/{SHIPPED}?edition=nonsense").status_code == 400
    assert portal.of(Role.strategist).get("/lists").text.count("/lists/import") == 1
    assert "/lists/import" not in page


def test_a_new_edition_is_looked_at_and_taken_into_use(
    tmp_path: Path, candidate: Callable[..., Path]
) -> None:
    file = newer(candidate)
    where = tmp_path / "small.db"
    with portal_at(str(where), store=small(where)) as portal:
        strategist = portal.of(Role.strategist)
        answer = _handed_in(strategist, file)
        key = str(answer.url).rpartition("/")[2]
        page = until_done(strategist, f"/lists/import/{key}").text
        assert "Newane" in page
        assert ">Added<" in page
        assert not own_lists().exists()
        stamp = lists_stamp()
        where_to = re.search(r'href="(/lists/import/\w+/impact\?seen=\d+)"', page)
        assert where_to
        impact = until_done(strategist, where_to[1])
        rows = [re.sub(r"<[^>]+>", "|", row) for row in re.findall(r"<tr>.*?</tr>", impact.text, re.DOTALL)]
        said = {row.strip("| \n").split("|")[0]: re.sub(r"[|\s]+", " ", row) for row in rows}
        assert "those of 2026-06-01" in said["F-1"]
        assert said["F-1"].rstrip().endswith("2 0 does not move")
        assert said["G-180"].rstrip().endswith("2 1 2027-07-14")
        assert said["N-0"].rstrip().endswith("2 1 at once")
        assert "F-1" not in {row.split("|")[6] for row in rows if "A-1" in row}
        for suffix, begins in (("html", b"<!DOCTYPE"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbfcontract")):
            got = strategist.get(where_to[1].replace("impact?", f"impact/impact.{suffix}?"))
            assert got.content.startswith(begins)

        path = f"/lists/import/{key}/activate"
        seen = where_to[1].partition("=")[2]
        without = strategist.post(path, {"stamp": stamp, "seen": seen, "reason": "  "})
        assert without.status_code == 400
        assert "Say why the list is taken into use" in without.text
        assert not own_lists().exists()
        late = strategist.post(path, {"stamp": "another", "seen": seen, "reason": "Beslut 17"})
        assert (late.status_code, own_lists().exists()) == (400, False)
        assert "The lists have changed since you looked" in late.text

        done = strategist.post(path, {"stamp": stamp, "seen": seen, "reason": "Beslut 17"})
        assert f"/lists/{SHIPPED}" in str(done.url)
        assert "254 entries" in done.text
        assert "strategist@region.example took the edition of 2027-01-15 into use" in done.text
        assert "Beslut 17" in done.text
        with portal.store.reading() as known:
            log = audit_table(known).to_dict("records")
        (event,) = (row for row in log if row["action"] == "list")
        about = json.loads(event["about"])
        assert (about["reason"], about["after"], event["who"]) == (
            "Beslut 17", "2027-01-15", "strategist@region.example",
        )  # fmt: skip
        # the processes beside the server judge by it, and so does the server
        judged = portal.app.state.working.soon("seen there", entries_there, SHIPPED).result(120)
        assert judged == len(load_lists([SHIPPED]).entries) == 254
        older = _handed_in(strategist, candidate())
        assert "The file is older than the list" in until_done(strategist, older.url.path).text


def entries_there(name: str) -> int:
    """How many entries a process beside the server finds on a list."""
    return len(load_lists([name]).entries)


def _handed_in(person: Person, file: Path) -> Any:
    with file.open("rb") as content:
        return person.post("/lists/import", {}, on="/lists/import", files={"file": (file.name, content)})


def test_what_is_no_list_is_said_on_the_form(portal: Portal, tmp_path: Path) -> None:
    strategist = portal.of(Role.strategist)
    nothing = strategist.post("/lists/import", {"date": "yesterday", "count": "some"}, on="/lists/import")
    assert nothing.status_code == 400
    assert nothing.text.count("<p>") >= 3
    assert 'value="yesterday"' in nothing.text
    file = tmp_path / "odd.csv"
    file.write_text("a;b\n1;2\n", encoding="utf-8")
    answer = until_done(strategist, _handed_in(strategist, file).url.path)
    assert answer.status_code == 400
    assert "odd.csv is not a download that kemkoll knows" in answer.text
    assert str(tmp_path) not in answer.text
    assert strategist.get("/lists/import/..%2f..").status_code == 404


def test_a_list_with_what_is_not_understood_cannot_be_taken_into_use(portal: Portal, tmp_path: Path) -> None:
    strategist = portal.of(Role.strategist)
    file = tmp_path / "own.csv"
    file.write_text("name,cas,limit\nLead,7439-92-1,much\n", encoding="utf-8")
    said = {"id": "my-list", "date": "2026-10-01"}
    with file.open("rb") as content:
        answer = strategist.post(
            "/lists/import", said, on="/lists/import", files={"file": ("own.csv", content)}
        )
    page = until_done(strategist, answer.url.path)
    assert "The list cannot be taken into use" in page.text
    assert "/impact" not in page.text
    path = f"{answer.url.path}/activate"
    refused = strategist.post(path, {"stamp": lists_stamp(), "seen": "1", "reason": "Beslut"})
    assert not own_lists().exists()
    assert "The list cannot be taken into use" in refused.text


def test_pages_read_no_list_again(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    from kemkoll.lists import compiled, folder

    analyst = portal.of(Role.analyst)
    paths = ("/lists", f"/lists/{SHIPPED}", "/lists/eu-clp-cmr?q=formaldehyde")
    for path in paths:
        analyst.get(path)
    read: list[Any] = []
    for module, name in ((folder, "read_folder"), (compiled, "read_folder"), (compiled, "_read")):
        monkeypatch.setattr(module, name, read.append)
    assert [analyst.get(path).status_code for path in paths] == [200, 200, 200]
    assert read == []


def test_entries_and_editions() -> None:
    law = load_lists([SHIPPED])
    assert editions_of(law)[:2] == ["2026-02-04", "2025-11-05"]
    (dehp,) = contents(law, "117-81-7")
    assert "117-81-7" in dehp.numbers
    assert len(dehp.limits) > 0
    assert plain_name("a\0b\n.csv", 0) == "0-a_b_.csv"


def test_no_reason_no_edition(portal: Portal) -> None:
    from kemkoll.assortment.new_editions import take_into_use

    with (
        pytest.raises(ConfigError, match="Say why"),
        portal.store.writing("list", by="Anna", at=AT) as change,
    ):
        take_into_use(change, None, "  ")  # type: ignore[arg-type]
