"""The pages of the house: the overview, the assortment, articles, contracts, substances."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import time
from html import unescape

import pytest
from httpx2 import Response
from portal import AT, Person, Portal

from kemkoll.accounts.roles import Role
from kemkoll.assortment import batches
from kemkoll.assortment.looking_back import article_called
from kemkoll.assortment.outcomes import TOTAL
from kemkoll.assortment.overview import UNJUDGED, Overview, Wanted, chosen, counts_of, overview
from kemkoll.assortment.plans import Asked
from kemkoll.assortment.scope import Scope
from kemkoll.lists.editions import library_of
from kemkoll.registry import Registry
from kemkoll.store import Store, kept
from kemkoll.store.models import Article
from kemkoll.tables import Outcome

ON = AT[:10]


def judge(store: Store, scope: Scope | None = None) -> int:
    """A batch of a scope; its number."""
    by = {"source": library_of(), "registry": Registry.open()}
    number, _ = batches.run(store, scope or Scope(), Asked(), on=ON, by="Anna", at=AT, **by)
    return number


def told(store: Store, batch: int = 0) -> Overview:
    with store.reading() as known:
        return overview(known, ON, library_of(), Registry.open(), batch)


def looked(person: Person, path: str) -> Response:
    """A page, once it no longer waits for what is being worked out."""
    for _ in range(120):
        answer = person.get(path)
        if 'data-again="/' not in answer.text:
            return answer
        time.sleep(0.5)
    raise AssertionError(f"{path} still waits")


def links(answer: Response, path: str) -> list[str]:
    """The links of a page that lead to a path, or below it, with what they ask."""
    found = re.findall(r'href="([^"]+)"', answer.text)
    return [unescape(it) for it in found if re.match(rf"{path}(\?|/|$)", unescape(it))]


def listed(answer: Response) -> list[dict[str, str]]:
    """The rows of a table that was downloaded."""
    return [*csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))]


class TestOverview:
    def test_behind_each_number_stand_its_articles(self, portal: Portal) -> None:
        judge(portal.store)
        all_ = told(portal.store)
        for name, row in all_.counts.iterrows():
            asked = "" if name == TOTAL else str(name)
            found = {it: len(chosen(all_, Wanted(list=asked, outcome=it.value))) for it in Outcome}
            assert found == {it: row[it] for it in Outcome}
            assert sum(found.values()) == row["articles"]
        for name, row in all_.coverage.iterrows():
            for degree in ("covered", "partly", "none"):
                assert len(chosen(all_, Wanted(list=str(name), coverage=degree))) == row[degree]
            for level in range(6):
                assert len(chosen(all_, Wanted(list=str(name), evidence=str(level)))) == row[f"level_{level}"]
        for force, number in all_.by_force.items():
            assert len(chosen(all_, Wanted(force=force))) == number
        assert all_.judged == all_.counts.loc[TOTAL, "articles"] == 18

    def test_what_no_batch_has_judged_is_said_to_be_so(self, portal: Portal) -> None:
        before = told(portal.store)
        assert before.batch is None
        assert set(chosen(before, Wanted())["outcome"]) == {UNJUDGED}
        judge(portal.store, Scope(contract="EX-2024-11"))
        all_ = told(portal.store)
        found = chosen(all_, Wanted(outcome=UNJUDGED))
        assert len(found) == all_.unjudged == 16
        assert counts_of(all_, "EX-2024-11")["articles"] == all_.judged == 2

    def test_filters_mean_what_they_say(self, portal: Portal) -> None:
        judge(portal.store)
        all_ = told(portal.store)

        def numbers(**asked: str) -> list[str]:
            return chosen(all_, Wanted(**asked))["number"].tolist()

        assert numbers(text="kf-20", contract="EX-2024-11") == ["KF-2040", "KF-2041"]
        assert numbers(text="100201") == ["KF-2040"]
        assert len(numbers(category="A")) == 9
        assert numbers(category="A.1") == ["KF-2040", "KF-2041"]
        assert numbers(supplier="klarflöde exempel ab") == ["KF-2040", "KF-2041"]
        assert numbers(declared="no") == []
        assert len(numbers(declared="yes")) == 18
        assert set(numbers(waiting="review")) <= set(numbers(outcome="review") + numbers(outcome="deviation"))


class TestStart:
    def test_each_number_leads_to_as_many_articles(self, portal: Portal) -> None:
        judge(portal.store)
        person = portal.of(Role.strategist)
        page = looked(person, "/start")
        assert "18 articles were judged" in page.text
        shown = re.findall(r'<a href="(/articles\?[^"]+)">(?:<strong>)?(\d+)<', page.text)
        assert len(shown) > 40
        for path, number in shown:
            rows = listed(looked(person, unescape(path).replace("/articles?", "/articles.csv?")))
            assert len(rows) == int(number), path

    def test_a_page_shows_what_has_changed(self, portal: Portal) -> None:
        person = portal.of(Role.analyst)
        assert "Nothing has been judged yet" in looked(person, "/start").text
        number = judge(portal.store)
        assert f'href="/batches/{number}"' in looked(person, "/start").text

    def test_what_cannot_be_asked_is_not_found(self, portal: Portal) -> None:
        person = portal.of(Role.buyer)
        for asked in ("outcome=good", "batch=x", "declared=perhaps", "evidence=9"):
            assert person.get(f"/articles?{asked}").status_code == 404
        assert looked(person, "/articles?batch=99").status_code in (400, 503)

    @pytest.mark.parametrize("path", ["/start", "/articles?outcome=deviation"])
    def test_both_languages(self, portal: Portal, path: str) -> None:
        judge(portal.store)
        swede = looked(portal.person("strategist@region.example", language="sv"), path)
        assert "avvikelse" in swede.text
        assert "deviation<" not in swede.text


class TestArticle:
    def test_says_what_is_known_and_why(self, portal: Portal) -> None:
        number = judge(portal.store)
        person = portal.of(Role.analyst)
        with portal.store.reading() as known:
            article = int(article_called(known, "KF-2040")["article"])
        page = person.get(f"/articles/{article}")
        for said in ("Infusionsset standard", "EX-2024-11", "Luerkoppling", "infusionsset.xlsx", "117-81-7"):
            assert said in page.text
        ways = links(page, f"/articles/{article}/why")
        assert f"/articles/{article}/why?list=phthalates&batch={number}" in ways
        for way in (ways[1], f"/articles/{article}/why?list=phthalates"):
            why = looked(person, way).text
            assert "above the limit" in why
            assert "infusionsset.xlsx, Innehåll, row 7" in why
            assert '<svg class="structure"' in why
            assert "style=" not in why.split("<main", 1)[1]
            assert why.count("<h1") == 1

    def test_walks_through_an_entry(self, portal: Portal) -> None:
        judge(portal.store)
        person = portal.of(Role.buyer)
        page = looked(person, "/articles/1/why?list=eu-reach-candidate&entry=bpa&batch=1")
        assert "0.02 % of the component" in page.text
        assert looked(person, "/articles/1/why?list=eu-reach-candidate&entry=none").status_code == 400
        assert looked(person, "/articles/1/why?list=eu-rohs&batch=1").status_code in (400, 503)
        assert person.get("/articles/1/why").status_code == 404
        assert person.get("/articles/99").status_code == 404

    def test_a_file_is_saved_and_never_shown(self, portal: Portal) -> None:
        person = portal.of(Role.strategist)
        page = person.get("/articles/1")
        ways = links(page, "/articles/1/files")
        assert len(ways) == 1
        answer = person.get(ways[0])
        assert answer.headers["content-disposition"].startswith('attachment; filename="infusionsset.xlsx"')
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert hashlib.sha256(answer.content).hexdigest() == ways[0].rpartition("/")[2]
        assert person.get(ways[0].replace("/1/", "/3/")).status_code == 404

    def test_nothing_found_is_not_said_to_be_clean(self, portal: Portal) -> None:
        with portal.store.writing("add", by="Anna", at=AT) as change:
            row = {"article": 999, "supplier": 1, "number": "NEW-1", "name": "New", "in_assortment": True}
            kept.add(change, Article, [row])
        page = portal.of(Role.buyer).get("/articles/999").text
        assert "Nobody has declared it." in page
        assert "That is no clean result" in page


class TestContracts:
    def test_each_number_leads_to_as_many_articles(self, portal: Portal) -> None:
        judge(portal.store)
        person = portal.of(Role.buyer)
        page = looked(person, "/contracts")
        shown = re.findall(r'<a href="(/articles\?contract=[^"]+)">(\d+)<', page.text)
        assert len(shown) > 6
        for path, number in shown:
            rows = listed(looked(person, unescape(path).replace("/articles?", "/articles.csv?")))
            assert len(rows) == int(number), path
        one = looked(person, links(page, "/contracts/1")[0])
        assert "EX-2024-11" in one.text
        assert "Lists in the editions that hold today" in one.text
        assert looked(person, "/contracts/99").status_code == 404

    def test_marks_say_in_words_what_is_in_it(self, portal: Portal) -> None:
        person = portal.of(Role.analyst)
        assert looked(person, "/contracts/marks.csv").status_code == 400
        judge(portal.store)
        rows = listed(looked(person, "/contracts/marks.csv"))
        assert len(rows) == 18
        assert {row["mark"] for row in rows} == {"yes", "no", "unknown"} - {"no"}
        assert any(row["text"].startswith("Contains") for row in rows)


class TestTrying:
    def test_says_how_much_of_the_assortment_would_pass(self, portal: Portal) -> None:
        person = portal.of(Role.buyer)
        said = {"profile": "rohs", "category": "T", "diary": "RS 2026-0101"}
        answer = person.post("/contracts/try", said, on="/contracts/try")
        page = looked(person, str(answer.url).removeprefix("http://testserver"))
        assert "RS 2026-0101" in page.text
        numbers = [int(it) for it in re.findall(r"<li><strong>(\d+)</strong>", page.text)]
        assert sum(numbers) == 3
        assert "Unknown is not a pass" in page.text
        with portal.store.reading() as known:
            assert not len(batches.at_work(known))

    def test_a_profile_of_ones_own_is_read_like_any_other(self, portal: Portal) -> None:
        person = portal.of(Role.strategist)
        csrf = person.csrf("/contracts/try")

        def send(text: str, **more: str) -> Response:
            files = {"file": ("own.toml", text.encode(), "application/toml")}
            return person.client.post("/contracts/try", data={"csrf": csrf, **more}, files=files)

        wrong = send('id = "own"\nlist = ["eu-rohs"]\n', diary="RS 1")
        assert wrong.status_code == 400
        assert "“list” is not understood" in wrong.text
        assert "“lists” is missing" in wrong.text
        assert 'value="RS 1"' in wrong.text
        assert send('id = "own"\nlists = ["eu-rohs"]\n', contract="none").status_code == 400
        answer = send('id = "own"\nlists = ["phthalates"]\n', contract="EX-2024-11")
        page = looked(person, str(answer.url).removeprefix("http://testserver"))
        assert "own.toml" in page.text
        assert re.findall(r"<li><strong>(\d+)</strong>", page.text) == ["0", "0", "0", "2"]

    def test_what_is_no_longer_remembered_is_not_found(self, portal: Portal) -> None:
        assert portal.of(Role.buyer).get("/contracts/try/0123").status_code == 404


class TestSubstances:
    def test_says_what_is_known_and_who_holds_it(self, portal: Portal) -> None:
        person = portal.of(Role.analyst)
        page = looked(person, "/substances?q=117-81-7")
        for said in (
            "eu-reach-candidate",
            "KF-2040",
            "marked: the atoms",
            "4 articles are declared to hold it",
        ):
            assert said in page.text
        assert '<svg class="structure"' in page.text
        assert "style=" not in page.text
        guess = looked(person, "/substances?q=117-81-8")
        assert "/substances?q=117-81-7" in links(guess, "/substances")
        unknown = looked(person, "/substances?q=<b>nothing</b>")
        assert "That does not say that it is on no list." in unknown.text
        assert "<b>nothing" not in unknown.text

    def test_a_drawn_structure_is_looked_for(self, portal: Portal) -> None:
        person = portal.of(Role.buyer)
        drawn = "\n".join(
            ["", "  drawn", "", "  1  0  0  0  0  0            999 V2000",
             "    0.0000    0.0000    0.0000 C   0  0", "M  END"]
        )  # fmt: skip
        answer = person.post("/substances", {"molfile": drawn}, on="/substances", follow_redirects=False)
        assert answer.headers["location"] == "/substances?q=C"
        wrong = person.post("/substances", {"molfile": "M  END\nV2000"}, on="/substances")
        assert wrong.status_code == 400
        assert "no structure that can be read" in wrong.text
