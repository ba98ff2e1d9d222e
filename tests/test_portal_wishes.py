"""What suppliers ask and offer beside their files: the same once more, secrecy, substitutes."""

from __future__ import annotations

from portal import SUPPLIERS, Portal
from test_portal_supplier import csv, hand_in, signed, until

from kemkoll.assortment.handing_in.mine import article_of
from kemkoll.store import kept
from kemkoll.store.models import Article, Proposal, Secrecy

FIRST, SECOND = SUPPLIERS
TODAY = "2026-11-22"


def number_of(portal: Portal, called: str) -> int:
    with portal.store.reading() as known:
        return int(kept.frame(known, Article, number=called)["article"].iloc[0])


def verdicts(portal: Portal, article: int) -> list[tuple[str, str, str, str]]:
    supplier = portal.users[FIRST].supplier
    found = article_of(portal.where, supplier, article, TODAY, "en")
    assert found is not None
    return sorted(
        (judgement.profile, it["list"], it["level"], it["untold"])
        for judgement in found.judgements
        for it in judgement.verdicts
    )


def test_the_same_once_more(portal: Portal) -> None:
    person, other = portal.person(FIRST), portal.person(SECOND)
    for called in ("KF-2040", "KF-2041"):
        article = number_of(portal, called)
        before = verdicts(portal, article)
        assert other.post(f"/supplier/articles/{article}/renew", on="/supplier/drafts").status_code == 404
        for _ in range(20):
            answer = person.post(
                f"/supplier/articles/{article}/renew", on="/supplier/drafts", follow_redirects=False
            )
            path = str(answer.headers["location"])
            if "/drafts/" in path:
                break
        assert "Receipt" in signed(person, path, faulty="yes").text
        supplier = portal.users[FIRST].supplier
        found = article_of(portal.where, supplier, article, TODAY, "en")
        assert found is not None
        newest = found.declared[0]
        assert (newest.date, newest.reason, newest.current) == (TODAY, "renewal", True)
        assert [it.current for it in found.declared].count(True) == 1
        assert verdicts(portal, article) == before


def test_secrecy_for_one_field_with_its_reason(portal: Portal) -> None:
    person, other = portal.person(FIRST), portal.person(SECOND)
    content = csv("KF-2040;Slang;Polyeten;9002-88-4;100 %")
    path = hand_in(person, ("recept.csv", content))
    assert person.get(f"{path}/secrecy").status_code == 404  # nothing is handed in yet
    signed(person, path)
    page = f"{path}/secrecy"
    assert other.get(page).status_code == 404
    assert other.post(page, {"row": "2"}, on="/supplier/drafts").status_code == 404
    file = person.get(f"{path}/receipt.json").json()["files"][0]["sha256"]
    whole = {"file": file, "row": "", "field": "", "reason": "Vårt recept är en affärshemlighet."}
    answer = person.post(page, whole, on=page)
    assert answer.status_code == 400
    assert "one row and one field at a time" in answer.text
    assert "affärshemlighet" in answer.text  # what was typed stays
    wish = whole | {"row": "2", "field": "amount"}
    assert person.post(page, wish | {"reason": "hemligt"}, on=page).status_code == 400
    assert person.post(page, wish, on=page).status_code == 200
    assert person.post(page, wish, on=page).status_code == 400  # once is enough
    with portal.store.reading() as known:
        rows = kept.frame(known, Secrecy)
        assert rows[["file", "row", "field", "state"]].to_numpy().tolist() == [[file, 2, "amount", "asked"]]


def test_a_substitute_is_one_of_ones_own(portal: Portal) -> None:
    person, other = portal.person(FIRST), portal.person(SECOND)
    article = number_of(portal, "KF-2040")
    page = f"/supplier/articles/{article}/substitute"
    assert other.get(page).status_code == 404
    said = {"kind": "replaced", "successor": "KF-2041", "substance": "DEHP 117-81-7 mot DINCH"}
    for wrong in ({"kind": ""}, {"successor": "UH-100-M"}, {"successor": "KF-2040"}, {"substance": ""}):
        assert person.post(page, said | wrong, on=page).status_code == 400, wrong
    assert "KF-2041" in person.post(page, said, on=page).text
    assert person.post(page, said, on=page).status_code == 400
    with portal.store.reading() as known:
        rows = kept.frame(known, Proposal)
        assert rows[["article", "successor", "kind", "state"]].to_numpy().tolist() == [
            [article, number_of(portal, "KF-2041"), "replaced", "proposed"]
        ]
    assert "/substitute" in until(person, f"/supplier/articles/{article}").text
