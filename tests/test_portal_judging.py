"""Judging and deciding in the portal: batches, reviews, waivers."""

from __future__ import annotations

import pickle
import re
import time
from concurrent.futures import Future
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from portal import Person, Portal

from kemkoll.accounts.roles import Role
from kemkoll.assortment import batches
from kemkoll.assortment.plans import Asked
from kemkoll.assortment.scope import Scope
from kemkoll.errors import DeclarationError
from kemkoll.lists.editions import library_of
from kemkoll.store import judged, kept
from kemkoll.store.models import Contract, Decision, Waiver
from kemkoll.web import reviewing

ON = "2026-11-22"


def waited(person: Person, path: str, seconds: float = 120.0) -> Any:
    """The page, as soon as it no longer says that it is being worked on."""
    until = time.monotonic() + seconds
    while True:
        page = person.get(path)
        if 'data-again="/' not in page.text or time.monotonic() > until:
            return page
        path = str(page.url).removeprefix("http://testserver")
        time.sleep(0.3)


def made(person: Person, said: dict[str, Any]) -> int:
    """The number of the batch that the form makes."""
    answer = person.post("/batches", {"on": ON, **said}, on="/batches/new")
    assert answer.status_code == 200, answer.text
    page = waited(person, str(answer.url).removeprefix("http://testserver"))
    return int(re.findall(r"/batches/(\d+)$", str(page.url))[0])


def numbers(page: str) -> list[tuple[str, int]]:
    """The numbers of a page that lead to their articles: addresses and values."""
    links = re.findall(r'<a href="([^"]*/articles[^"]*)">([\d  ,\s]+)</a>', page)
    return [(unescape(path), int(re.sub(r"\D", "", text))) for path, text in links]


class TestBatch:
    def test_it_is_the_one_that_the_functions_make_and_adds_up(self, portal: Portal, registry: Any) -> None:
        person = portal.of(Role.strategist)
        number = made(person, {"name": "november", "list": ["phthalates", "eu-reach-candidate"]})
        asked = Asked(lists=("phthalates", "eu-reach-candidate"))
        given = {"source": library_of(), "registry": registry}
        with portal.store.reading() as known:
            was = judged.batch(known, number)
            own = batches.judge(known, Scope(), asked, on=ON, **given)
        assert (was["digest"], was["name"]) == (own.digest, "november")
        page = waited(person, f"/batches/{number}").text
        assert was["digest"] in page
        found = numbers(page)
        total = [(parse_qs(urlsplit(path).query), n) for path, n in found]
        whole = [n for query, n in total if not query]
        outcomes = [n for query, n in total if [*query] == ["outcome"]]
        assert {sum(outcomes)} == {2 * own.articles}  # once on a card, once in the table
        assert set(whole) == {own.articles}
        for path, n in dict(found).items():
            articles = waited(person, path).text
            shown = re.search(r"<p>([\d ]+) articles?", articles)
            assert shown, path
            assert int(shown[1].replace(" ", "")) == n, path
        again = person.post(f"/batches/{number}/again", on=f"/batches/{number}")
        told = waited(person, str(again.url).removeprefix("http://testserver")).text
        assert f"it comes to the same: {was['digest']}" in told


class TestKilled:
    def test_a_worker_killed_leaves_no_half_batch_and_the_page_says_so(self, portal: Portal) -> None:
        """The process is killed again and again, later each time: every batch is whole, or is not there."""
        person = portal.of(Role.strategist)
        failed = 0
        for delay in (0.0, 2.0, 4.0, 7.0):
            answer = person.post("/batches", {"on": ON, "list": "phthalates"}, on="/batches/new")
            if "/running/" not in str(answer.url):
                break  # it came to its end before
            time.sleep(delay)
            for process in [*portal.app.state.working._pools["long"]._processes.values()]:
                process.kill()
            page = waited(person, str(answer.url).removeprefix("http://testserver"))
            with portal.store.reading() as known:
                there = judged.batches(known)
                for number, articles in there[["id", "articles"]].to_numpy().tolist():
                    assert judged.verdicts(known, batch=number)["article"].nunique() == articles
            if "/running/" in str(page.url):
                failed += 1
                assert "The batch did not come about" in page.text
                assert "nothing of it was kept" in page.text
                assert "The process that judged was ended" in person.get("/batches").text
        assert failed
        assert made(person, {"list": "phthalates"}) > 0

    def test_what_cannot_be_judged_says_why(self, portal: Portal) -> None:
        person = portal.of(Role.strategist)
        answer = person.post("/batches", {"on": "1990-01-01", "list": "phthalates"}, on="/batches/new")
        page = waited(person, str(answer.url).removeprefix("http://testserver")).text
        assert "is in the assortment on 1990-01-01" in page
        answer = person.post("/batches", {"on": "soon", "article": "none such"}, on="/batches/new")
        assert answer.status_code == 400
        assert "Write the day as 2026-11-22." in answer.text
        with portal.store.reading() as known:
            assert not len(judged.batches(known))


class TestReview:
    def test_a_decision_changes_the_next_batch(self, portal: Portal) -> None:
        person = portal.of(Role.strategist)
        first = made(person, {})
        queue = waited(person, "/review").text
        cases = [unescape(path) for path in re.findall(r'<a href="(/review/case\?[^"]*)">', queue)]
        assert cases
        decidable = next(path for path in cases if "What is decided" in waited(person, path).text)
        page = waited(person, decidable).text
        assert "What was written" in page
        case = parse_qs(urlsplit(decidable).query)["case"][0]
        said = {"batch": str(first), "case": case}
        answer = person.post("/review/case", said, on=decidable)
        assert answer.status_code == 400
        for sentence in ("Choose what is decided.", "Write why it is decided so.", "Write who signs"):
            assert sentence in answer.text
        with portal.store.reading() as known:
            assert not len(kept.frame(known, Decision))
        said |= {"verdict": "not_listed", "motive": "analysis 17", "signed": "Stina", "number": "7"}
        answer = person.post("/review/case", said, on=decidable)
        assert "It counts from the next batch on." in unescape(answer.text)
        assert case not in re.findall(r"<a href=[^>]*>([^<]*)</a>", waited(person, "/review").text)
        second = made(person, {})
        with portal.store.reading() as known:
            before, after = (judged.findings(known, batch=number) for number in (first, second))
            assert judged.batch(known, first)["digest"] != judged.batch(known, second)["digest"]
        assert not (before["decided"] != "").any()
        assert set(after["decided"]) == {"", "7"}
        compared = waited(person, f"/batches/compare?before={first}&after={second}").text
        assert "a person decided" in compared

    def test_only_the_supplier_can_say_what_an_unspecified_yes_means(self, portal: Portal) -> None:
        person = portal.of(Role.strategist)
        made(person, {})
        queue = waited(person, "/review").text
        cases = [unescape(path) for path in re.findall(r'<a href="(/review/case\?[^"]*)">', queue)]
        pages = [waited(person, path).text for path in cases]
        asking = [page for page in pages if "Question to the supplier" in page]
        for page in asking:
            assert "Which substance is it?" in page
            assert "Decide and go on" not in page
        assert len(asking) + sum("Decide and go on" in page for page in pages) == len(pages)

    def test_what_was_decided_of_the_same_words_is_shown_and_not_taken_over(
        self, portal: Portal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = reviewing.Proposal(
            "of the same supplier: listed", "listed", "analysis & 17", same_supplier=True
        )
        row = {"case": "A-1/pops/pfoa", "number": "A-1", "name": "", "supplier": "Slang AB", "entry": "pfoa"}
        told = reviewing.Case(
            row | {"severity": 9}, 1, 1, "", "", "POPs", "PFOA", "", "", ("PFOA",), (), (), (before,), "", ""
        )
        done: Future[Any] = Future()
        done.set_result(told)
        monkeypatch.setattr(portal.app.state.working, "soon", lambda *_: done)
        monkeypatch.setattr("kemkoll.web.pages.review._moment", lambda *_: (1, 1))
        person = portal.of(Role.strategist)
        page = person.get("/review/case?batch=1&case=A-1/pops/pfoa").text
        assert "of the same supplier: listed" in page
        assert "checked" not in page
        link = next(it for it in re.findall(r'href="([^"]*)"', page) if "motive=" in it)
        filled = person.get(unescape(link)).text
        assert 'value="listed" checked' in filled
        assert "analysis &amp; 17</textarea>" in filled


class TestWaivers:
    FIELDS = {  # noqa: RUF012
        "list": "phthalates", "ground": "no other fits", "purpose": "neonatal", "decision": "2026-113",
        "decider": "Board", "until": "2027-06-30",
    }  # fmt: skip

    def test_all_that_is_missing_is_said_at_once(self, portal: Portal) -> None:
        person = portal.of(Role.buyer)
        answer = person.post("/waivers", {"phase_out": "another tube"}, on="/waivers/new")
        assert answer.status_code == 400
        for name in ("List", "Ground", "Purpose", "Number of the decision", "Who decided", "Last day"):
            assert f"{name}: fill this in." in answer.text
        assert "Name one article, one category or one contract" in answer.text
        assert "A duty to phase out needs its last day and an owner" in answer.text
        assert "another tube" in answer.text
        for name in self.FIELDS:
            own = {"contract": "none", **self.FIELDS, name: ""}
            answer = person.post("/waivers", own, on="/waivers/new")
            assert (answer.status_code, answer.text.count(": fill this in.")) == (400, 2)
        with portal.store.reading() as known:
            assert not len(kept.every(known, Waiver))

    def test_the_law_cannot_be_waived(self, portal: Portal) -> None:
        person = portal.of(Role.buyer)
        contract = self.contract(portal)
        said = self.FIELDS | {"list": "eu-rohs", "contract": contract}
        answer = person.post("/waivers", said, on="/waivers/new")
        assert answer.status_code == 400
        assert "is a statutory duty, which no buyer can waive" in answer.text
        assert "no other fits" in answer.text

    def test_granted_shown_in_conflict_renewed_withdrawn(self, portal: Portal) -> None:
        person = portal.of(Role.buyer)
        said = self.FIELDS | {"contract": self.contract(portal), "until": "2026-12-15"}
        answer = person.post("/waivers", said, on="/waivers/new")
        assert answer.status_code == 200, answer.text
        assert "23 days left" in person.get("/waivers?state=soon").text
        assert "There are no waivers." in person.get("/waivers?state=later").text
        answer = person.post("/waivers", said | {"until": "2027-01-31"}, on="/waivers/new")
        assert answer.status_code == 400
        assert "it conflicts with others" in answer.text
        assert "tick the last box" in answer.text
        answer = person.post("/waivers", said | {"until": "2020-01-31"}, on="/waivers/new")
        assert "Last day: 2020-01-31 has passed" in answer.text
        form = person.get("/waivers/new?renew=1").text
        assert 'value="yes" checked' in form
        renewed = said | {"until": "2027-01-31", "decision": "2026-200", "replace": "yes"}
        answer = person.post("/waivers", renewed, on="/waivers/new?renew=1")
        assert "It takes the place of: 1." in answer.text
        assert "70 days left" in person.get("/waivers?state=later").text
        assert person.post("/waivers/2/withdraw", on="/waivers/2").status_code == 400
        answer = person.post("/waivers/2/withdraw", {"motive": "replaced"}, on="/waivers/2")
        assert "Waiver 2 is withdrawn." in answer.text
        assert person.get("/waivers/2").status_code == 404

    def contract(self, portal: Portal) -> str:
        """A contract of the region whose profile demands something of phthalates beside the law."""
        with portal.store.reading() as known:
            there = kept.frame(known, Contract)
        return str(there[there["profile"] == "hospital-consumables"]["number"].iloc[0])


def test_an_error_of_another_process_can_be_said_in_any_language() -> None:
    error = DeclarationError("{file} is empty.", "file-empty", file="a.csv")
    there = pickle.loads(pickle.dumps(error))
    assert (there.message, there.code, str(there)) == (error.message, "file-empty", "a.csv is empty.")
