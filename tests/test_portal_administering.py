"""Tokens of one's own; the log and the backup of who administers."""

from __future__ import annotations

import re
from pathlib import Path

from portal import AT, HOUSE, Portal

from kemkoll.accounts.roles import Role
from kemkoll.accounts.tickets import make_token
from kemkoll.store import Store, audit
from kemkoll.store.backup import backup
from kemkoll.web.pages.log import first_broken

_TOKEN = re.compile(r"<code>([\w-]{40,})</code>")


class TestTokens:
    def test_made_shown_once_used_and_withdrawn(self, portal: Portal) -> None:
        person = portal.of(Role.supplier)
        page = person.post("/tokens", {"name": "  our <ERP> "}, on="/tokens")
        found = _TOKEN.search(page.text)
        assert found
        assert "our &lt;ERP&gt;" in page.text
        headers = {"authorization": f"Bearer {found[1]}"}
        program = portal.person().client
        assert program.get("/api/v1/articles", headers=headers).status_code == 200
        again = person.get("/tokens").text
        assert found[1] not in again
        path = re.search(r"/tokens/\d+/withdraw", again)
        assert path
        assert portal.of(Role.analyst).post(path[0], on="/tokens").status_code == 404
        assert program.get("/api/v1/articles", headers=headers).status_code == 200
        assert "is withdrawn" in person.post(path[0], on="/tokens").text
        assert program.get("/api/v1/articles", headers=headers).status_code == 401

    def test_a_token_has_a_name_and_lapses(self, portal: Portal) -> None:
        person, user = portal.of(Role.analyst), portal.users[HOUSE[Role.analyst]]
        page = person.post("/tokens", {"name": "  "}, on="/tokens")
        assert page.status_code == 400
        assert "what the token is for" in page.text
        with portal.store.writing("token", by=user.mail, at=AT) as change:
            old = make_token(change, user, "old")
            change.about.clear()
        assert "2027-11-22" in person.get("/tokens").text
        headers = {"authorization": f"Bearer {old}"}
        assert person.client.get("/api/v1/articles", headers=headers).status_code == 200


class TestLog:
    def test_it_is_searched_by_who_what_and_when(self, portal: Portal) -> None:
        admin = portal.of(Role.administrator)
        everything = admin.get("/log").text
        assert "Klarfl" in everything or "add" in everything
        assert "sign-in" in admin.get("/log?who=ADMINISTRATOR@region").text
        none = admin.get("/log?who=nobody%25&action=add").text
        assert "Nothing was done that you search for" in none
        day = admin.get("/log?day=2026-01-01").text
        assert "1 event<" in day
        assert 'value="2026-01-01"' in day
        assert admin.get("/log?page=99999999").status_code == 200

    def test_it_is_leafed(self, portal: Portal) -> None:
        for number in range(60):
            with portal.store.writing("try", by=f"Person {number}", at=AT):
                pass
        admin = portal.of(Role.administrator)
        first, second = (admin.get(f"/log?action=try&page={page}").text for page in (1, 2))
        assert "Person 59" in first
        assert "Person 0<" not in first
        assert re.search(r"Person 0\W", second)

    def test_a_changed_event_shows(self, either_portal: Portal) -> None:
        admin = either_portal.of(Role.administrator)
        with either_portal.store.reading() as known:
            assert audit.count(known.connection, who="anna") == audit.count(known.connection, who="Anna") > 0
        page = admin.get("/log/check")
        for _ in range(60):
            if 'data-again="/' not in page.text:
                break
            page = admin.get("/log/check")
        assert "The log is whole" in page.text
        assert first_broken(either_portal.store.engine.url.render_as_string(hide_password=False)) is None


class TestBackup:
    def test_it_is_the_whole_database_and_in_the_log(self, portal: Portal, tmp_path: Path) -> None:
        admin = portal.of(Role.administrator)
        answer = admin.post("/backup", on="/backup")
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith('attachment; filename="kemkoll-2026-11-22')
        file = tmp_path / "taken.db"
        file.write_bytes(answer.content)
        with Store.open(str(file)) as taken, taken.reading() as known, portal.store.reading() as there:
            assert known.seen == there.seen
            last = audit.search(known.connection, most=1)[0]
        assert (last["action"], last["who"]) == ("backup", HOUSE[Role.administrator])
        with Store.open(str(file)) as taken:
            assert backup(taken, str(tmp_path / "again.db")).events == known.seen
