"""Requests to suppliers, their answers, and what follows from them; deviations."""

from __future__ import annotations

import email
import email.policy
import html
import re
import smtplib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from portal import AT, SUPPLIERS, Person, Portal

from kemkoll.accounts.roles import Role
from kemkoll.assortment import batches
from kemkoll.assortment.adding import add_declarations
from kemkoll.assortment.asking import requests
from kemkoll.assortment.plans import Asked
from kemkoll.assortment.scope import Scope, articles
from kemkoll.lists.editions import library_of
from kemkoll.registry import Registry
from kemkoll.store import judged, kept
from kemkoll.store.models import Letter, Request
from kemkoll.tables import Verdict

CANDIDATE = "eu-reach-candidate"
NUMBERS = ("KF-9001", "KF-9002", "KF-9003")
FIRST = SUPPLIERS[next(iter(SUPPLIERS))]
ON = "2026-11-22"


def declared_before(
    portal: Portal, folder: Path, edition: str = "2025-11-05", answer: str = "inget över gränsvärdet"
) -> None:
    """The first supplier has answered for some articles about an older edition."""
    rows = [f"{FIRST};{number};{CANDIDATE};{edition};{answer};2025-12-01" for number in NUMBERS]
    path = folder / "before.csv"
    path.write_text("\n".join(["Leverantör;Artikelnummer;Lista;Utgåva;Svar;Datum", *rows]), "utf-8-sig")
    add_declarations(
        portal.store,
        [str(path)],
        registry=Registry.open(),
        by="Anna",
        at=AT,
    )


def verdicts(portal: Portal) -> dict[str, int]:
    """What a new batch says of the articles by the Candidate List."""
    number, _made = batches.run(
        portal.store, Scope(supplier=FIRST), Asked(lists=(CANDIDATE,)), on=ON, by="Anna", at=AT,
        source=library_of(), registry=Registry.open(),
    )  # fmt: skip
    with portal.store.reading() as known:
        rows = judged.verdicts(known, batch=number)
        there = articles(known)
    called = dict(zip(there["article"], there["number"], strict=True))
    return {called[it["article"]]: int(it["verdict"]) for it in rows.to_dict("records")}


def asked(portal: Portal) -> int:
    """The number of a new request to the first supplier about what is outdated."""
    buyer = portal.of(Role.buyer)
    page = buyer.get(f"/requests/new?list={CANDIDATE}&why=outdated")
    assert page.status_code == 200
    assert "110-54-3" in page.text
    key = re.search(r'name="chosen" value="([^"]+)"', page.text)
    assert key
    answer = buyer.post(
        "/requests/new",
        {"list": CANDIDATE, "why": "outdated", "due": "2026-12-20", "chosen": key[1], "language": "sv"},
        on="/requests/new",
    )
    assert "1 request is made" in answer.text, answer.text
    with portal.store.reading() as known:
        return int(kept.frame(known, Request)["request"].max())


def given(person: Person, number: int, answer: str, numbers: list[str], **more: str) -> Any:
    """An answer to the first part of a request, looked at and signed."""
    path = f"/supplier/requests/{number}"
    page = person.get(path).text
    found = {name: re.search(rf'name="{name}" value="([^"]*)"', page) for name in ("list", "since")}
    rows = dict(re.findall(r'name="article" value="(\d+)"[^>]*> (\S+)', page))
    wanted = [key for key, number_ in rows.items() if number_ in numbers]
    said = {name: it[1] for name, it in found.items() if it} | {"answer": answer, "article": wanted}
    checked = person.post(f"{path}/check", said, on=path)
    assert checked.status_code == 200, checked.text
    assert all(it in checked.text for it in numbers)
    signed = {"name": "Eva Ek", "agreed": "yes"} | more
    return person.post(f"{path}/answer", said | signed, on=path)


class TestDelta:
    def test_only_what_is_new_is_asked_and_the_answer_counts(self, portal: Portal, tmp_path: Path) -> None:
        declared_before(portal, tmp_path)
        assert {verdicts(portal)[number] for number in NUMBERS} == {Verdict.unknown}
        number = asked(portal)
        person = portal.of(Role.supplier)
        page = person.get(f"/supplier/requests/{number}").text
        assert "2 entries are asked about" in page
        assert "110-54-3" in page
        assert page.count('<th scope="row">') == 2
        assert all(it in page for it in NUMBERS)

        unsigned = given(person, number, "none_above_limit", ["KF-9001"], name="", agreed="")
        assert unsigned.status_code == 400
        receipt = given(person, number, "none_above_limit", ["KF-9001"])
        assert re.search(r"[0-9a-f]{64}", receipt.text)
        assert "Eva Ek" in receipt.text
        path = str(receipt.url.path)
        file = person.get(f"{path}/file")
        assert "KF-9001;eu-reach-candidate;2026-02-04;none above limit" in file.content.decode("utf-8-sig")
        given(person, number, "do_not_know", ["KF-9002"])
        then = verdicts(portal)
        assert then["KF-9001"] == Verdict.below_limit
        assert then["KF-9002"] == then["KF-9003"] == Verdict.unknown

        page = person.get(f"/supplier/requests/{number}").text
        assert "2 of 3 answers have come" in page
        done = given(person, number, "contains", ["KF-9003"])
        assert "answered as a whole" in done.text
        assert verdicts(portal)["KF-9003"] == Verdict.review
        with portal.store.reading() as known:
            found = requests.request_of(known, number)
        assert found is not None
        assert found.answered == ON

        other = portal.person([*SUPPLIERS][1])
        for there in (
            f"/supplier/requests/{number}",
            path,
            f"{path}/file",
            f"/supplier/requests/{number}/entries/0",
        ):
            assert other.get(there).status_code == 404
        for there in ("check", "answer"):
            assert other.post(f"/supplier/requests/{number}/{there}").status_code == 404
        assert f"/supplier/requests/{number}" not in other.get("/supplier/requests").text


class TestLetters:
    def test_reminders_and_letters(self, portal: Portal, tmp_path: Path) -> None:
        declared_before(portal, tmp_path)
        number = asked(portal)
        buyer = portal.of(Role.buyer)
        page = buyer.get(f"/requests/{number}").text
        link = re.search(r"/letters/\d+", page)
        assert link
        assert "KF-9001" in page
        text = buyer.get(f"{link[0]}/text").text
        assert "n-hexan (CAS 110-54-3)" in text  # the letter was asked for in Swedish
        assert "2026-12-20" in text
        message = email.message_from_bytes(buyer.get(f"{link[0]}/eml").content, policy=email.policy.default)
        assert message["To"] == "miljo@klarflode.example"
        assert f"Förfrågan {number}" in message["Subject"]
        assert "KF-9003" in message.get_body().get_content()
        for path in (link[0], f"{link[0]}/text", f"{link[0]}/eml"):
            assert portal.of(Role.supplier).get(path).status_code == 403
            assert portal.of(Role.analyst).get(path).status_code == 403

        rows = buyer.get("/requests").text
        assert "talk with the supplier" in rows  # an example of February that nobody answered
        assert "overdue" in rows
        told = buyer.post("/requests/remind", on="/requests").text
        assert "2 reminders are written" in told
        assert "send the letters yourself" in told
        assert "0 reminders are written" in buyer.post("/requests/remind", on="/requests").text
        with portal.store.reading() as known:
            written = kept.frame(known, Letter, kind="reminder")
            assert set(written["sent"]) == {""}
            assert number not in set(written["request"])  # it was sent today

    def test_a_mail_server_that_fails_is_told_and_the_letter_kept(
        self, portal: Portal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        gone: list[Any] = []

        class Server:
            def __init__(self, host: str, port: int, timeout: int) -> None:
                assert (host, port) == ("mail.example", 2525)

            def __enter__(self) -> Server:
                return self

            def __exit__(self, *_: object) -> None: ...

            def send_message(self, message: Any) -> None:
                if "sarvard" in message["To"]:
                    raise smtplib.SMTPRecipientsRefused({})
                gone.append(message)

        portal.app.state.settings = replace(
            portal.app.state.settings, mail="mail.example:2525", sender="kemi@region.example"
        )
        monkeypatch.setattr(smtplib, "SMTP", Server)
        buyer = portal.of(Role.buyer)
        told = buyer.post("/requests/remind", on="/requests").text
        assert "1 letter is sent" in told
        assert "Not sent, and kept" in told
        assert [it["From"] for it in gone] == ["kemi@region.example"]
        with portal.store.reading() as known:
            sent = kept.frame(known, Letter, kind="reminder")["sent"].tolist()
        assert sorted(bool(it) for it in sent) == [False, True]


class TestDeviations:
    def test_a_deviation_from_finding_to_end(self, portal: Portal) -> None:
        batches.run(
            portal.store, Scope(supplier=FIRST), Asked(), on=ON, by="Anna", at=AT, source=library_of(),
            registry=Registry.open(),
        )  # fmt: skip
        buyer, person = portal.of(Role.buyer), portal.of(Role.supplier)
        page = buyer.get("/cases").text
        law = page[page.index("Limits of the law") : page.index("Limits of a contract")]
        assert ("Market surveillance" in law) == ("/cases/new" in law)
        link = re.search(r'href="(/cases/new[^"]+)"', law) or re.search(r'href="(/cases/new[^"]+)"', page)
        assert link
        path = html.unescape(link[1])
        new = buyer.get(path)
        said = {
            name: re.search(rf'name="{name}" value="([^"]*)"', new.text)[1]  # type: ignore[index]
            for name in ("article", "list", "entry")
        }
        wrong = buyer.post("/cases/new", said | {"due": "2026-01-01"}, on=path)
        assert wrong.status_code == 400
        secret = "Kostar oss 4 711 kronor"
        made = buyer.post(
            "/cases/new", said | {"due": "2026-12-24", "language": "sv", "note": secret}, on=path
        )
        number = int(made.url.path.rsplit("/", 1)[1])
        again = buyer.post("/cases/new", said | {"due": "2026-12-24"}, on="/cases")
        assert again.status_code == 400

        own = f"/supplier/cases/{number}"
        page = person.get(own).text
        for shown in (
            "Limit",
            "Requirement" if "contract" in page else "Limit",
            "2026-12-24",
            "What you wrote",
        ):
            assert shown in page
        assert re.search(r"&gt;=? ?[0-9.]+ (%|mg/kg)|≥ [0-9.]+", page)
        assert secret not in page
        assert "4 711" not in page
        assert (
            person.post(f"{own}/reply", {"kind": "analysis", "text": "Se rapport"}, on=own).status_code == 400
        )
        with_file = person.post(
            f"{own}/reply", {"kind": "analysis", "text": "Se rapport"}, on=own,
            files={"file": ("../rapport å.pdf", b"%PDF-1.7 report", "application/pdf")},
        )  # fmt: skip
        assert "Se rapport" in with_file.text
        assert "ombud@klarflode.example" in with_file.text
        file = re.search(rf"{own}/files/\d+", with_file.text)
        assert file
        given_back = person.get(file[0])
        assert given_back.content == b"%PDF-1.7 report"
        assert ".." not in given_back.headers["content-disposition"].replace(".pdf", "")
        assert buyer.get(file[0].replace("/supplier", "")).content == b"%PDF-1.7 report"

        other = portal.person([*SUPPLIERS][1])
        for hidden in (own, file[0]):
            assert other.get(hidden).status_code == 404
        assert other.post(f"{own}/reply", {"kind": "plan", "text": "x"}).status_code == 404
        assert own not in other.get("/supplier/cases").text

        step = {"state": "termination", "due": "2027-01-15", "note": secret}
        buyer.post(f"/cases/{number}", step, on=f"/cases/{number}")
        buyer.post(f"/cases/{number}/reply", {"text": "Vi hörs på måndag."}, on=f"/cases/{number}")
        page = person.get(own).text
        assert "step: termination" in page
        assert "Vi hörs på måndag." in page
        assert "buyer@region.example" in page
        assert secret not in page
        assert buyer.post(f"/cases/{number}", {"state": "x"}, on=f"/cases/{number}").status_code == 400
