"""Reports in the portal: frozen, looked at, published byte for byte; and who sees which."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from portal import AT, Person, Portal
from test_portal_lists import until_done

from kemkoll.accounts.roles import Role
from kemkoll.assortment import batches
from kemkoll.assortment.exports import audit_table
from kemkoll.assortment.plans import Asked
from kemkoll.assortment.publishing import publications, publish, published
from kemkoll.assortment.reporting.annual import annual
from kemkoll.assortment.scope import Scope
from kemkoll.assortment.snapshots import take
from kemkoll.errors import ConfigError, StoreError
from kemkoll.lists.editions import library_of
from kemkoll.registry import Registry
from kemkoll.web.standing_alone import policy_of

PUBLISHER = {
    "name": "Region X", "uri": "https://www.regionx.se/", "kind": "RegionalAuthority", "contact": "Miljö",
    "mail": "data@regionx.se", "address": "https://data.regionx.se/{year}/",
}  # fmt: skip
DAYS = ("2025-12-31", "2026-06-30")


def frozen(portal: Portal, *days: str) -> None:
    for day in days:
        take(portal.store, day, by="Anna", at=AT, source=library_of(), registry=Registry.open())


def test_a_year_is_frozen_looked_at_and_published(portal: Portal) -> None:
    analyst, reader = portal.of(Role.analyst), portal.of(Role.reader)
    assert "Nothing is published yet" in reader.get("/reports").text
    assert analyst.post("/reports/snapshots", {"day": "soon"}, on="/reports").status_code == 400
    first = analyst.post("/reports/snapshots", {"day": DAYS[0]}, on="/reports")
    assert "2025 is frozen" in until_done(analyst, first.url.path).text
    frozen(portal, DAYS[1])
    again = analyst.post("/reports/snapshots", {"day": DAYS[0]}, on="/reports")
    refused = until_done(analyst, again.url.path)
    assert refused.status_code == 400
    assert "There is a snapshot 2025 already" in refused.text

    page = analyst.get(f"/reports/annual?year={DAYS[1]}&language=sv")
    ready = until_done(analyst, f"{page.url.path}?{page.url.query.decode()}")
    assert "Not to be published" not in ready.text
    look = re.search(r'href="(/reports/annual/report\.html\?[^"]+)"', ready.text)
    assert look
    shown = until_done(analyst, look[1].replace("&amp;", "&"))
    assert shown.headers["content-security-policy"] == policy_of(shown.content)
    said = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', ready.text))
    sent = analyst.post(
        "/reports/annual/publish", said, on=str(ready.url.path) + "?" + ready.url.query.decode()
    )
    done = until_done(analyst, f"{sent.url.path}?{sent.url.query.decode()}")
    assert "Published, as number 1" in done.text

    own = reader.get("/reports/published/1")
    assert own.content == shown.content
    with portal.store.reading() as known:
        (row,) = publications(known).to_dict("records")
        events = audit_table(known)
    assert (row["sha256"], row["snapshot"], row["language"], row["by"]) == (
        sha256(own.content).hexdigest(), DAYS[1], "sv", "analyst@region.example",
    )  # fmt: skip
    assert (events["action"] == "publish").sum() == 1
    assert own.headers["content-disposition"].startswith("inline")
    assert own.headers["x-content-type-options"] == "nosniff"
    _what_a_reader_sees(portal, reader, row["sha256"])
    _never_an_internal_one(portal, analyst, said)
    _made_again(portal, analyst, look[1].replace("&amp;", "&"))


def _what_a_reader_sees(portal: Portal, reader: Person, digest: str) -> None:
    """What is published, and nothing else."""
    listed = reader.get("/reports").text
    assert digest in listed
    for hidden in ("Freeze", "/reports/annual", "/reports/make", "2025-12-31"):
        assert hidden not in listed
    for path in ("/reports/annual", "/reports/make/compliance", "/reports/open-data", "/lists", "/articles"):
        assert reader.get(path).status_code in (403, 404), path
    for number in ("2", "0", "-1", "x", "9" * 30):
        assert reader.get(f"/reports/published/{number}").status_code == 404
    supplier = portal.of(Role.supplier)
    assert supplier.get("/reports/published/1").status_code == 403


def _never_an_internal_one(portal: Portal, analyst: Person, said: dict[str, str]) -> None:
    said = said | {"version": "internal"}
    refused = analyst.post("/reports/annual/publish", said, on="/reports/annual")
    assert refused.status_code == 400
    assert "It is not published" in refused.text
    page = until_done(analyst, f"/reports/annual?year={DAYS[1]}&version=internal&seen={said['seen']}")
    assert "suppliers are named and nothing is hidden" in page.text
    assert "/reports/annual/publish" not in page.text
    with portal.store.reading() as known:
        data = annual(known, registry=Registry.open(), internal=True)
    with (
        pytest.raises(ConfigError, match="not published"),
        portal.store.writing("publish", by="Anna", at=AT) as change,
    ):
        publish(change, data, "sv")
    with portal.store.reading() as known:
        assert len(publications(known)) == 1


def _made_again(portal: Portal, analyst: Person, look: str) -> None:
    """Other formats; the same report is not published twice; what somebody has changed is not shown."""
    path = look.replace("report.html", "report.xlsx")
    answer = until_done(analyst, path)
    if b"The file is ready" in answer.content:
        answer = analyst.get(path)
    assert answer.content.startswith(b"PK")
    assert answer.headers["content-disposition"].startswith("attachment")
    with portal.store.reading() as known:
        data = annual(known, registry=Registry.open(), revised=False)
    with portal.store.writing("publish", by="Anna", at=AT) as change:
        assert publish(change, data, "en") == 2
    with (
        pytest.raises(ConfigError, match="published already"),
        portal.store.writing("publish", by="Anna", at=AT) as change,
    ):
        publish(change, replace(data), "en")


def test_what_is_published_cannot_be_changed(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    from kemkoll.store import kept
    from kemkoll.store.models import Publication

    row = {"report": "annual", "snapshot": "2025", "language": "sv", "sha256": sha256(b"one").hexdigest()}
    with portal.store.writing("publish", by="Anna", at=AT) as change:
        kept.add(change, Publication, [row | {"at": AT, "by": "Anna", "content": b"another"}])
    with portal.store.reading() as known, pytest.raises(StoreError, match="not what was published"):
        published(known, 1)
    answer = portal.of(Role.reader).get("/reports/published/1")
    assert answer.status_code == 400
    assert "is not what was published" in answer.text
    assert answer.content != b"another"


def test_open_data_and_reports_of_one_moment(portal: Portal) -> None:
    frozen(portal, DAYS[0])
    batches.run(
        portal.store, Scope(), Asked(), on=AT[:10], by="Anna", at=AT, source=library_of(),
        registry=Registry.open(),
    )  # fmt: skip
    analyst = portal.of(Role.analyst)
    wrong = analyst.get(
        "/reports/open-data", params=PUBLISHER | {"sent": "yes", "mail": "data@region.example"}
    )
    assert wrong.status_code == 400
    assert "the form: “mail” is only an example" in wrong.text
    page = analyst.get("/reports/open-data", params=PUBLISHER | {"sent": "yes", "year": "2025"})
    path = re.search(r'href="(/reports/open-data/data\.zip\?[^"]+)"', page.text)
    assert path
    content = _fetched(analyst, path[1].replace("&amp;", "&"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {"dataset.ttl", "table-1.csv"} <= set(archive.namelist()) | {"table-1.csv"}
        assert all("Klarflöde" not in archive.read(name).decode() for name in archive.namelist())

    asked = {
        "compliance": "", "data-quality": "", "waivers": "on=2026-11-22",
        "supplier": "supplier=Klarflöde Exempel AB&due=2026-12-31", "contract": "",
    }  # fmt: skip
    form = analyst.get("/reports/make/contract").text
    number = re.search(r'<option value="([^"]+)"', form)
    assert number
    asked["contract"] = f"contract={number[1]}"
    seen = re.search(r'name="seen" value="(\d+)"', form)
    assert seen
    for name, more in asked.items():
        assert analyst.get(f"/reports/make/{name}").status_code == 200
        path_ = f"/reports/make/{name}/report.html?seen={seen[1]}&language=sv&{more}"
        answer = until_done(analyst, path_)
        assert answer.status_code == 200, (name, answer.text[:2000])
        assert answer.headers["content-security-policy"] == policy_of(answer.content)
        assert '<html lang="sv"' in answer.text
    letter = until_done(
        analyst, f"/reports/make/supplier/report.html?seen={seen[1]}&language=sv&supplier=Nobody&due="
    )
    assert letter.status_code == 400
    assert "There is no supplier" in letter.text
    xlsx = _fetched(analyst, f"/reports/make/compliance/report.xlsx?seen={seen[1]}&language=en")
    assert xlsx.startswith(b"PK")
    assert analyst.get("/reports/make/annual").status_code == 404


def _fetched(person: Person, path: str) -> bytes:
    """A file, once it is made."""
    answer: Any = until_done(person, path)
    if answer.headers["content-type"].startswith("text/html"):
        answer = person.get(path)
    return bytes(answer.content)
