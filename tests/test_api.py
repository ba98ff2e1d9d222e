"""The interface for programs: tokens, errors, parts of lists, and what each person sees."""

from __future__ import annotations

import time
from typing import Any

import jsonschema
import pytest
from portal import AT, HOUSE, SUPPLIERS, Portal

from kemkoll.accounts.roles import Role
from kemkoll.accounts.tickets import make_token, withdraw_token
from kemkoll.accounts.users import change_user
from kemkoll.assortment.handing_in import drafts
from kemkoll.assortment.scope import articles
from kemkoll.assortment.snapshots import take
from kemkoll.lists.editions import library_of
from kemkoll.outputs.json import schema
from kemkoll.paths import data
from kemkoll.store import kept
from kemkoll.store.models import Token

PROBLEM = "application/problem+json"


class Program:
    """A program with a token of a person."""

    def __init__(self, portal: Portal, role: Role) -> None:
        self._client = portal.person().client
        self._headers = portal.bearer(role)

    def asked(self, path: str, method: str = "GET", **more: Any) -> Any:
        """The answer, once it is worked out."""
        for _ in range(60):
            answer = self._client.request(method, f"/api/v1{path}", headers=self._headers, **more)
            if answer.status_code != 202 or method != "GET":
                return answer
            time.sleep(1)
        raise AssertionError(f"{path} takes too long")

    def job(self, location: str) -> dict[str, Any]:
        """A job, once it is done."""
        for _ in range(120):
            made: dict[str, Any] = self.asked(location.removeprefix("/api/v1")).json()
            if made["state"] != "working":
                return made
            time.sleep(0.5)
        raise AssertionError(f"{location} takes too long")


def of_supplier(portal: Portal, mail: str) -> int:
    """The first article of the supplier that a person answers for."""
    with portal.store.reading() as known:
        rows = articles(known, supplier=portal.users[mail].supplier)
    return int(rows["article"].min())


class TestTokens:
    def test_only_a_token_that_counts_lets_in(self, portal: Portal) -> None:
        client, mail = portal.person().client, HOUSE[Role.strategist]
        good = portal.bearer(Role.strategist)
        wrong = {"authorization": "Bearer nobody"}
        basic = {"authorization": "Basic YTpi"}
        assert client.get("/api/v1/articles", headers=good).status_code == 200
        for headers in ({}, wrong, basic):
            answer = client.get("/api/v1/articles", headers=headers)
            assert (answer.status_code, answer.headers["content-type"]) == (401, PROBLEM)
            assert answer.headers["www-authenticate"].startswith("Bearer")
        with portal.store.writing("token", by=mail, at=AT) as change:
            withdraw_token(change, int(kept.frame(change, Token)["id"].iloc[0]))
        assert client.get("/api/v1/articles", headers=good).status_code == 401

    def test_a_token_lapses_and_ends_with_its_person(self, portal: Portal) -> None:
        client, user = portal.person().client, portal.users[HOUSE[Role.analyst]]
        with portal.store.writing("token", by=user.mail, at=AT) as change:
            made = make_token(change, user, "a")
        headers = {"authorization": f"Bearer {made}"}
        assert client.get("/api/v1/lists", headers=headers).status_code in (200, 202)
        with portal.store.writing("user", by="Anna", at=AT) as change:
            change_user(change, user.number, blocked=True)
        assert client.get("/api/v1/lists", headers=headers).status_code == 401

    def test_all_faults_are_said_at_once(self, portal: Portal) -> None:
        answer = Program(portal, Role.strategist).asked("/articles?limit=0&after=-1&on=2026-02-30")
        assert (answer.status_code, answer.headers["content-type"]) == (422, PROBLEM)
        made = answer.json()
        assert made["status"] == 422
        assert {it["location"] for it in made["errors"]} == {"query.limit", "query.after", "query.on"}

    def test_the_description_names_only_what_is_for_programs(self, portal: Portal) -> None:
        made = portal.person().get("/api/v1/openapi.json").json()
        assert all(path.startswith("/api/v1/") for path in made["paths"])
        assert made["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


class TestArticles:
    def test_parts_make_the_whole(self, portal: Portal) -> None:
        program = Program(portal, Role.analyst)
        whole = program.asked("/articles?limit=500").json()
        found, path = [], "/articles?limit=7"
        while path:
            answer = program.asked(path)
            found += answer.json()["items"]
            path = (answer.json()["next"] or "").removeprefix("/api/v1")
            assert ("link" in answer.headers) == bool(path)
        assert found == whole["items"]
        assert len(found) == whole["total"] > 7

    def test_one_is_told_with_its_contracts_and_declarations(self, portal: Portal) -> None:
        program = Program(portal, Role.buyer)
        rows = program.asked("/articles?limit=500").json()["items"]
        told = [program.asked(f"/articles/{row['article']}").json() for row in rows[:20]]
        assert any(it["contracts"] for it in told)
        assert any(it["declarations"] and it["declarations"][-1]["current"] for it in told)
        assert program.asked("/articles/99999").status_code == 404

    def test_a_supplier_sees_its_own_alone(self, portal: Portal) -> None:
        mine, others = (of_supplier(portal, mail) for mail in SUPPLIERS)
        program = Program(portal, Role.supplier)
        rows = program.asked("/articles?limit=500").json()["items"]
        assert {row["supplier"] for row in rows} == {next(iter(SUPPLIERS.values()))}
        assert program.asked(f"/articles/{mine}").status_code == 200
        for path in (f"/articles/{others}", f"/articles/{others}/results"):
            assert program.asked(path).status_code == 404
        name = [*SUPPLIERS.values()][1]
        for query in (f"supplier={name}", "supplier=x", "contract=x", "category=x", "number=x"):
            answer = program.asked(f"/articles?{query}")
            assert answer.json()["items"] == []
        for path in ("/batches", "/waivers", "/snapshots", "/results"):
            assert program.asked(path).status_code == 403
        names = {row["supplier"] for row in program.asked("/requests").json()["items"]}
        assert names <= {next(iter(SUPPLIERS.values()))}

    @pytest.mark.slow
    def test_a_result_is_the_document_of_the_schema(self, portal: Portal) -> None:
        mine = of_supplier(portal, next(iter(SUPPLIERS)))
        for program in (Program(portal, Role.strategist), Program(portal, Role.supplier)):
            made = program.asked(f"/articles/{mine}/results?list=eu-reach-candidate").json()["results"]
            assert made
            for document in made:
                jsonschema.validate(document, schema())
                assert {it["list"] for it in document["verdicts"]} == {"eu-reach-candidate"}
        assert program.asked("/results/schema").json() == schema()


@pytest.mark.slow
class TestBatches:
    def test_a_batch_is_a_job_and_then_there(self, portal: Portal) -> None:
        program = Program(portal, Role.strategist)
        wish = {"supplier": next(iter(SUPPLIERS.values())), "lists": ["phthalates"], "name": "by a program"}
        begun = program.asked("/batches", "POST", json=wish)
        assert begun.status_code == 202
        job = program.job(begun.headers["location"])
        assert job["state"] == "done", job
        there = program.asked(job["location"].removeprefix("/api/v1")).json()
        assert (there["name"], there["on"]) == ("by a program", "2026-11-22")
        number = there["batch"]
        verdicts = program.asked(f"/batches/{number}/verdicts?limit=500").json()
        assert verdicts["total"] == sum(
            n for key, n in there["counts"]["phthalates"].items() if key not in ("articles", "with_waiver")
        )
        assert {row["list"] for row in verdicts["items"]} == {"phthalates"}
        one = program.asked(f"/batches/{number}/verdicts?limit=1").json()
        rest = program.asked(one["next"].removeprefix("/api/v1")).json()
        assert one["items"][0] == verdicts["items"][0]
        assert rest["items"][0] == verdicts["items"][1]
        findings = program.asked(f"/batches/{number}/findings").json()["items"]
        assert {row["supplier"] for row in findings} == {wish["supplier"]}
        assert program.asked("/batches/77").status_code == 404
        stranger = Program(portal, Role.analyst)
        assert stranger.asked(begun.headers["location"].removeprefix("/api/v1")).status_code == 404

    def test_what_cannot_be_judged_is_a_job_that_failed(self, portal: Portal) -> None:
        program = Program(portal, Role.strategist)
        begun = program.asked("/batches", "POST", json={"contract": "no such contract"})
        job = program.job(begun.headers["location"])
        assert job["state"] == "failed"
        assert "no such contract" in job["detail"]
        answer = program.asked("/batches", "POST", json={"contracts": "x", "facts": {"nothing": True}})
        assert answer.status_code == 422
        assert len(answer.json()["errors"]) == 2


@pytest.mark.slow
class TestRest:
    def test_declarations_are_added_once(self, portal: Portal) -> None:
        program = Program(portal, Role.buyer)
        file = next(iter(sorted(data("examples").glob("*.xlsx"))))
        sent = [("files", ("../x/" + file.name, file.read_bytes() + b"", "application/octet-stream"))]
        answer = program.asked("/declarations", "POST", files=sent)
        assert answer.status_code == 201
        assert [(it["file"], it["status"]) for it in answer.json()["files"]] == [(file.name, "known")]
        text = "Artikelnummer;Ämne;CAS-nr;Halt\nNY-1;DEHP;117-81-7;15 %\n".encode()
        name = next(iter(SUPPLIERS.values()))
        sent = [("files", ("ny.csv", text)), ("files", ("empty.csv", b""))]
        made = program.asked("/declarations", "POST", files=sent, data={"supplier": name}).json()["files"]
        assert [it["status"] for it in made] == ["added", "failed"]
        assert made[0]["new_articles"] == ["NY-1"]
        assert made[1]["error"]

    def test_what_a_supplier_sends_is_a_draft_of_its_own(self, portal: Portal) -> None:
        program = Program(portal, Role.supplier)
        sent = [("files", ("a/svar.csv", b"Artikelnummer;CAS-nr\nA;117-81-7\n"))]
        assert program.asked("/declarations", "POST", files=sent).status_code == 403
        assert Program(portal, Role.buyer).asked("/drafts", "POST", files=sent).status_code == 403
        made = program.asked("/drafts", "POST", files=sent)
        assert made.status_code == 201
        assert [it["file"] for it in made.json()["files"]] == ["svar.csv"]
        number = made.json()["draft"]
        page = portal.of(Role.supplier).get(f"/supplier/drafts/{number}")
        assert page.status_code == 200
        more = [*sent, ("files", ("b.csv", b"Artikelnummer;CAS-nr\nB;117-81-7\n"))]
        again = program.asked("/drafts", "POST", files=more, data={"draft": str(number)}).json()
        assert [it["file"] for it in again["files"]] == ["svar.csv", "b.csv"]
        assert program.asked("/drafts").json()["items"] == [again]
        with portal.store.writing("draft", by="x", at=AT) as change:
            other = portal.users[[*SUPPLIERS][1]]
            theirs = drafts.begin(change, supplier=other.supplier, user=other.number)
        for wrong in (theirs, 999):
            answer = program.asked("/drafts", "POST", files=sent, data={"draft": str(wrong)})
            assert answer.status_code == 404
        assert program.asked("/drafts").json()["total"] == 1

    def test_lists_and_substances(self, portal: Portal) -> None:
        program = Program(portal, Role.reader)
        lists = program.asked("/lists").json()
        assert "eu-reach-candidate" in {it["list"] for it in lists}
        found = program.asked("/substances/117-81-7").json()["substances"]
        assert found[0]["names"]["en"]
        assert "eu-reach-candidate" in {it["list"] for it in found[0]["listed"]}
        assert program.asked("/substances/C1=CC=C(C=C1)N/N").status_code == 200

    def test_snapshots_have_figures(self, portal: Portal, registry: Any) -> None:
        program = Program(portal, Role.analyst)
        assert program.asked("/snapshots").json()["items"] == []
        assert program.asked("/snapshots/2025/indicators?list=pfas").status_code == 404
        take(portal.store, "2026-11-21", by="Anna", at=AT, source=library_of(), registry=registry, name="now")
        (made,) = program.asked("/snapshots").json()["items"]
        assert (made["name"], made["base"], made["day"]) == ("now", "now", "2026-11-21")
        figures = program.asked("/snapshots/now/indicators?list=phthalates&limit=500").json()
        assert len(figures["items"]) == min(figures["total"], 500)
        shares = [it for it in figures["items"] if it["value"] is not None and it["unit"] == "share"]
        assert shares
        assert all(it["low"] <= it["value"] <= it["high"] for it in shares)
        assert all(it["missing"] for it in figures["items"] if it["value"] is None)
        answer = program.asked("/snapshots/now/indicators?list=nothing")
        assert answer.status_code == 400
        assert "phthalates" in answer.json()["detail"]
