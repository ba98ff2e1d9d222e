"""What suppliers do in the portal: see their articles, hand files in, sign, and keep the receipt."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import signal
import time
from typing import Any

import openpyxl
import pytest
from httpx2 import Response
from portal import AT, SUPPLIERS, Person, Portal

from kemkoll.assortment.handing_in import drafts, receipts
from kemkoll.assortment.handing_in import signing as signing_module
from kemkoll.assortment.handing_in.signing import Signing, submit
from kemkoll.assortment.scope import articles
from kemkoll.store import declarations, files, kept
from kemkoll.store.models import AuditEvent, Declaration, File, Signature, Upload

FIRST, SECOND = SUPPLIERS
HEADS = ["Artikelnummer", "GTIN", "Komponent", "Ämne", "CAS-nr", "Halt"]
FAULTS = [
    ("KF-2040", "", "Slang", "DEHP", "117-81-8", "12 %"),  # wrong check digit
    ("KF-2040", "", "Slang", "Dietylftalat", "84-66-2", "3 bananer"),  # unknown unit
    ("KF-2040", "", "Slang", "Polyvinylklorid", "9002-86-2", "150 %"),  # more than everything
    ("KF-9999", "", "Hus", "Polykarbonat", "25037-45-0", "100 %"),  # no article of the supplier
    ("KF-2041", "7350053850018", "Slang", "Kalciumkarbonat", "471-34-1", "20 %"),  # wrong GTIN
    ("KF-2040", "", "Slang", "DEHP", "84-74-2", "5 %"),  # name and number disagree
    ("KF-2041", "", "Slang", "Titandioxid", "13463-67-7", "2,5 %"),  # decimal comma
    ("KF-2041", "", "Slang", "Zinkoxid", "1314-13-2", "1.5 %"),  # decimal point
    ("KF-2041", "", "Slang", "Bisfenol A", "80-05-7", "<0,1 %"),  # an upper bound
    ("KF-2041", "", "Slang", "Bly", "7439-92-1", ""),  # no amount
    ("KF-2041", "", "Slang", "Bisfenol A", "1980-05-07", "1 %"),  # a date that was a number
]
"""Rows 2 to 12 of a supplier's workbook."""


def workbook(rows: list[tuple[str, ...]], *, supplier: str = "") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Innehåll"
    sheet.append([*HEADS, *(["Leverantör"] if supplier else [])])
    for row in rows:
        sheet.append([*row, *([supplier] if supplier else [])])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def csv(*rows: str, head: str = "Artikelnummer;Komponent;Ämne;CAS-nr;Halt") -> bytes:
    return "\n".join([head, *rows, ""]).encode()


def until(person: Person, path: str) -> Response:
    """A page, as it is when it waits no longer."""
    for _ in range(120):
        answer = person.get(path)
        if 'data-again="/' not in answer.text:
            return answer
        time.sleep(0.5)
    raise AssertionError(path)


def hand_in(person: Person, *given: tuple[str, bytes]) -> str:
    """The path of a draft of some files."""
    sent = [("file", (name, content)) for name, content in given]
    answer = person.post("/supplier/drafts", on="/supplier/drafts", files=sent, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def digest_on(page: str) -> str:
    found = re.search(r'name="digest" value="([0-9a-f]+)"', page)
    assert found, page
    return found[1]


def signed(person: Person, path: str, **more: str) -> Response:
    page = until(person, path).text
    said = {"digest": digest_on(page), "name": "Eva Ek"} | more
    answer = person.post(f"{path}/submit", said, on="/supplier/drafts")
    if 'data-again="/' in answer.text:
        answer = until(person, path)
    return answer


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


class TestMyArticles:
    def test_each_with_what_is_missing(self, portal: Portal) -> None:
        mine, other = portal.person(FIRST, language="sv"), portal.person(SECOND)
        page = until(mine, "/supplier").text
        assert "KF-2040" in page
        assert "KF-2041" in page
        assert "EX-2024-11" in page
        assert "UH-100-M" not in page
        assert "Handskhuset" not in page
        assert "UH-200-M" in until(other, "/supplier").text
        found = re.search(r"/supplier/articles/(\d+)", page)
        assert found
        own = until(mine, found[0])
        assert "Gräns" in own.text
        assert other.get(found[0]).status_code in (200, 404)
        assert until(other, found[0]).status_code == 404
        filtered = until(mine, "/supplier?text=KF-2041").text
        assert "KF-2041</" in filtered
        assert "KF-2040</" not in filtered


class TestHandingIn:
    def test_ten_faults_each_at_its_cell(self, portal: Portal) -> None:
        person = portal.person(FIRST)
        path = hand_in(person, ("../Öppna intyg.xlsx", workbook(FAULTS)))
        page = until(person, path).text
        said = text_of(page)
        for code, row, column in (
            ("cas-check-digit", 2, "CAS-nr"),
            ("amount-unreadable", 3, "Halt"),
            ("amount-over-whole", 4, "Halt"),
            ("article-new", 5, ""),
            ("gtin-check-digit", 6, "GTIN"),
            ("name-number-conflict", 7, "Ämne"),
            ("amount-missing", 11, "Halt"),
            ("cas-is-date", 12, "CAS-nr"),
        ):
            found = re.search(
                rf"<tr><th scope=\"row\">([^<]*)</th><td>([^<]*)</td>(?:(?!</tr>).)*{code}", page
            )
            assert found, code
            assert str(row) in found[1], (code, found[1])
            assert column in found[2], (code, found[2])
        assert "117-81-8" in said
        assert "Öppna intyg.xlsx" in said
        with portal.store.reading() as known:
            assert not len(kept.every(known, Signature))
            held = kept.frame(known, Upload)
            assert held["sha256"].tolist() == [hashlib.sha256(bytes(held["content"].iloc[0])).hexdigest()]
            assert files.number_of(known, held["sha256"].iloc[0]) == 0


class TestSigning:
    def test_a_draft_is_signed_and_leaves_a_receipt(self, either_portal: Portal) -> None:
        portal, row = either_portal, "KF-2040;Slang;Polyeten;9002-88-4;100 %"
        person, other = portal.person(FIRST), portal.person(SECOND)
        path = hand_in(person, ("ny.csv", csv(row)), ("samma.csv", csv(row)))
        number = int(path.split("/")[-1])
        upload = re.search(rf"{path}/files/(\d+)\"", until(person, path).text)
        assert upload
        own = f"{path}/files/{upload[1]}"
        assert person.get(own).content == csv(row)
        assert until(person, f"{own}/marked").status_code == 200
        assert person.post(f"{path}/submit", {"digest": "0"}, on="/supplier/drafts").status_code == 400
        stale = {"digest": "0" * 64, "name": "Eva Ek"}
        assert "changed meanwhile" in person.post(f"{path}/submit", stale, on="/supplier/drafts").text
        for asked in (path, own, f"{own}/marked", f"{path}/receipt", f"{path}/receipt.txt"):
            assert other.get(asked).status_code == 404, asked
        for asked in ("submit", "discard", "files", f"files/{upload[1]}/remove"):
            sent = [("file", ("x.csv", b"x"))] if asked == "files" else None
            answer = other.post(f"{path}/{asked}", {"name": "X"}, on="/supplier/drafts", files=sent)
            assert answer.status_code == 404, asked
        page = signed(person, path)
        assert page.status_code == 200, page.text
        assert "Receipt" in page.text
        told = person.get(f"{path}/receipt.json").json()
        assert told["files"][0]["sha256"] == hashlib.sha256(csv(row)).hexdigest()
        assert told["files"][0]["superseded"] == 1
        assert {"list": "eu-reach-candidate", "edition": "2026-02-04"} in told["lists"]
        whole = {name: value for name, value in told.items() if name != "receipt"}
        text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert told["receipt"] == hashlib.sha256(text.encode()).hexdigest()
        assert told["receipt"] in person.get(f"{path}/receipt.txt").text
        assert told["receipt"] in person.get(f"{path}/receipt").text
        assert other.get(f"{path}/receipt").status_code == 404
        assert person.get(path).url.path == f"{path}/receipt"
        answer = person.post(f"{path}/submit", {"name": "Eva", "digest": "0"}, on="/supplier/drafts")
        assert answer.status_code == 400 or answer.url.path.endswith("/receipt")
        with portal.store.reading() as known:
            rows = kept.every(known, Signature)
            assert rows[["draft", "name", "receipt"]].to_numpy().tolist() == [
                [number, "Eva Ek", told["receipt"]]
            ]
            event = kept.every(known, AuditEvent, id=int(rows["added"].iloc[0])).iloc[0]
            assert (event["action"], event["who"]) == ("hand-in", FIRST)
            assert kept.every(known, File)["added"].max() == rows["added"].iloc[0]
            assert drafts.draft_of(known, number).state == "submitted"  # type: ignore[union-attr]

    def test_only_what_is_seen_and_accepted_is_handed_in(self, portal: Portal) -> None:
        person = portal.person(FIRST)
        path = hand_in(
            person, ("fel.csv", csv("KF-2040;Slang;DEHP;117-81-8;10 %")), ("bild.png", b"\x89PNG.....")
        )
        page = until(person, path)
        assert "bild.png" in page.text
        assert 'name="digest"' not in page.text  # first what cannot be read must go
        numbers = re.findall(rf"{path}/files/(\d+)/remove", page.text)
        person.post(f"{path}/files/{numbers[-1]}/remove", on="/supplier/drafts")
        digest = digest_on(until(person, path).text)
        said = {"digest": digest, "name": "Eva Ek"}
        answer = person.post(f"{path}/submit", said, on="/supplier/drafts")
        assert answer.status_code == 400
        assert "all the same" in answer.text
        with portal.store.reading() as known:
            assert not len(kept.every(known, Signature))
        assert "Receipt" in signed(person, path, faulty="yes").text

    def test_all_of_it_is_the_suppliers_own(self, portal: Portal) -> None:
        person, other = portal.person(FIRST), portal.person(SECOND)
        head, row = "Leverantör;Artikelnummer;Ämne;CAS-nr;Halt", "UH-100-M;Polyeten;9002-88-4;100 %"
        path = hand_in(person, ("annan.csv", csv(f"Handskhuset Exempel AB;{row}", head=head)))
        never = hand_in(person, ("ingen.csv", csv(f"Finns Inte AB;{row}", head=head)))
        pages = [text_of(until(person, it).text) for it in (path, never)]
        names = ("Handskhuset Exempel AB", "Finns Inte AB")
        said = [page.replace(name, "X") for page, name in zip(pages, names, strict=True)]
        cut = [
            re.sub(r".*Files (annan|ingen)\.csv", "", it).replace("annan", "").replace("ingen", "")
            for it in said
        ]
        assert cut[0] == cut[1]  # whether the other supplier exists does not show
        assert "names X as the supplier" in said[0]
        wrong = signed(person, path, faulty="yes")
        assert wrong.status_code == 400
        assert "Receipt" in signed(person, path, faulty="yes", foreign="yes").text
        with portal.store.reading() as known:
            found = articles(known, number="UH-100-M")
            assert sorted(found["supplier"]) == ["Handskhuset Exempel AB", "Klarflöde Exempel AB"]
            theirs = found[found["supplier"] == "Handskhuset Exempel AB"]["article"]
            assert len(declarations.of_article(known, int(theirs.iloc[0]))) == 1
        both = f"Handskhuset Exempel AB;{row}", f"Klarflöde Exempel AB;{row}"
        several = until(person, hand_in(person, ("bada.csv", csv(*both, head=head)))).text
        assert "several suppliers" in several
        assert 'name="digest"' not in several
        assert "UH-100-M" in until(other, "/supplier").text

    def test_the_same_bytes_again(self, portal: Portal) -> None:
        first, second = portal.person(FIRST), portal.person(SECOND)
        content = csv("X-1;Polyeten;9002-88-4;100 %", head="Artikelnummer;Ämne;CAS-nr;Halt")
        for person in (first, second):
            page = signed(person, hand_in(person, ("x.csv", content)), faulty="yes")
            assert "Receipt" in page.text, page.text
            assert "handed in before" not in page.text  # another supplier's file is no file of mine
        again = hand_in(first, ("x igen.csv", content))
        assert "handed in the same bytes before, as x.csv" in until(first, again).text
        assert "were handed in before, as x.csv" in signed(first, again).text
        with portal.store.reading() as known:
            assert sorted(articles(known, number="X-1")["supplier"]) == sorted(
                ["Handskhuset Exempel AB", "Klarflöde Exempel AB"]
            )
            assert len(kept.every(known, File, sha256=hashlib.sha256(content).hexdigest())) == 1

    def test_replace_and_discard(self, portal: Portal) -> None:
        person = portal.person(FIRST)
        path = hand_in(person, ("a.csv", csv("KF-2040;Slang;DEHP;117-81-8;10 %")))
        old = re.search(r'name="instead" value="(\d+)"', until(person, path).text)
        assert old
        sent = [("file", ("b.csv", csv("KF-2040;Slang;DEHP;117-81-7;10 %")))]
        person.post(f"{path}/files", {"instead": old[1]}, on="/supplier/drafts", files=sent)
        page = text_of(until(person, path).text)
        assert "b.csv" in page
        assert "a.csv" not in page
        person.post(f"{path}/discard", on="/supplier/drafts")
        assert person.get(path).status_code == 404
        with portal.store.reading() as known:
            assert len(kept.every(known, Upload)) == 2  # nothing that came is thrown away


def test_what_is_tried_is_undone(portal: Portal) -> None:
    person = portal.person(FIRST)
    path = hand_in(person, ("ny.csv", csv("KF-2040;Slang;Polyeten;9002-88-4;100 %")))
    with portal.store.reading() as known:
        before = {model: len(kept.every(known, model)) for model in (File, AuditEvent, Declaration)}
    assert "earlier declaration" in until(person, path).text
    with portal.store.reading() as known:
        assert {model: len(kept.every(known, model)) for model in before} == before


def test_the_form_asks_about_the_lists_of_my_contracts(portal: Portal) -> None:
    person = portal.person(FIRST, language="sv")
    answer = until(person, "/supplier/form")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert "Intyg" in book.sheetnames
    asked = [str(row[1].value) for row in book["Intyg"].iter_rows(min_row=2) if row[1].value]
    assert "antimicrobials" in asked


class TestKilled:
    """A process that ends between two steps leaves the open draft, or all of what was handed in."""

    def test_between_upload_and_signature(self, portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
        person = portal.person(FIRST)
        files_ = [(f"{name}.csv", csv(f"KF-2040;{name};Polyeten;9002-88-4;100 %")) for name in ("a", "b")]
        path = hand_in(person, *files_)
        page = until(person, path).text
        assert "Several files speak of KF-2040" in page
        signing = Signing(int(path.split("/")[-1]), digest_on(page), 1, FIRST, "Eva Ek", "…")
        ends = ("add_files", "_sign", "close")
        for end in ends:
            child = os.fork()
            if not child:
                own = getattr(signing_module, end)

                def killed(*given: object, _own: Any = own, **more: object) -> None:
                    _own(*given, **more)
                    os.kill(os.getpid(), signal.SIGKILL)

                setattr(signing_module, end, killed)
                submit(portal.where, signing, "2026-11-22", AT)
                os._exit(0)
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
            with portal.store.reading() as known:
                draft = drafts.opened(known, signing.draft)
                assert [drafts.content_of(known, it.number) for it in draft.files] == [it[1] for it in files_]
                assert not len(kept.every(known, Signature))
                assert all(files.number_of(known, it.sha256) == 0 for it in draft.files)
        submit(portal.where, signing, "2026-11-22", AT)
        with portal.store.reading() as known:
            assert all(files.number_of(known, it.sha256) for it in draft.files)
            found = receipts.receipt_of(known, signing.draft)
            assert found is not None
            assert found[1]
            one = [row for row in declarations.of_article(known, 1) if not row.ended]
            assert [row.name for row in one] == ["b.csv"]  # the later file of the same event counts
