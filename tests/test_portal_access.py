"""Who gets in, who sees what, and what surrounds every page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute
from portal import AT, HOUSE, PASSWORD, SUPPLIERS, Portal, portal_at

from kemkoll.accounts.roles import Role
from kemkoll.accounts.users import change_user
from kemkoll.errors import ConfigError
from kemkoll.web.access import Allowed
from kemkoll.web.surroundings import POLICY

OPEN = {
    "/",
    "/sign-in",
    "/invitation/{secret}",
    "/language/{language}",
    "/healthz",
    "/static/style.css",
    "/static/portal.js",
}
"""What somebody may ask for who is not signed in."""


def routes(portal: Portal) -> Iterator[tuple[str, str, frozenset[Role] | None]]:
    """Method, path and roles of every route; None: it names none."""
    for route in portal.app.routes:
        if isinstance(route, APIRoute):
            named = [it.call.roles for it in route.dependant.dependencies if isinstance(it.call, Allowed)]
            for method in sorted(route.methods):
                yield method, route.path, named[0] if named else None


def filled_in(path: str) -> str:
    """An address of a route, with a number for each object that it is about."""
    return re.sub(r"\{[^}]+\}", "1", path)


class TestRoles:
    def test_every_route_names_who_may_come(self, portal: Portal) -> None:
        unnamed = {path for _, path, roles in routes(portal) if roles is None}
        assert unnamed <= {"/healthz", "/static/style.css", "/static/portal.js"}
        assert {path for _, path, roles in routes(portal) if not roles} <= OPEN

    def test_nobody_gets_in_with_another_role(self, portal: Portal) -> None:
        own = {role: portal.of(role) for role in Role}
        tokens = {role: person.csrf("/") for role, person in own.items()}
        bearer = {role: portal.bearer(role) for role in Role}
        wrong = []
        for method, path, roles in routes(portal):
            for role in set(Role) - (roles or set(Role)):
                said = {"csrf": tokens[role]} if method == "POST" else None
                headers = bearer[role] if path.startswith("/api/") else None
                answer = own[role].client.request(
                    method, filled_in(path), data=said, headers=headers, follow_redirects=False
                )
                if answer.status_code not in (403, 404):
                    wrong.append((method, path, role, answer.status_code))
        assert wrong == []

    def test_nobody_gets_in_who_is_not_signed_in(self, portal: Portal) -> None:
        stranger = portal.person()
        for method, path, roles in routes(portal):
            if roles:
                answer = stranger.client.request(method, filled_in(path), follow_redirects=False)
                api = path.startswith("/api/")
                assert answer.status_code == (401 if api else 303), path
                assert api or answer.headers["location"].startswith("/sign-in"), path

    def test_a_cookie_is_no_token(self, portal: Portal) -> None:
        for method, path, roles in routes(portal):
            if path.startswith("/api/"):
                person = portal.of(next(iter(roles or set(Role))))
                answer = person.client.request(method, filled_in(path), follow_redirects=False)
                assert answer.status_code == 401, path
                assert answer.headers["www-authenticate"].startswith("Bearer")


class TestForms:
    def test_no_form_counts_that_another_site_sent(self, portal: Portal) -> None:
        own, other = portal.of(Role.administrator), portal.of(Role.analyst)
        for method, path, roles in routes(portal):
            if method != "POST" or path.startswith("/api/"):
                continue
            role = next(iter(roles)) if roles else Role.administrator
            person = portal.of(role)
            for said in ({}, {"csrf": other.csrf("/")}):
                answer = person.client.post(filled_in(path), data=said, follow_redirects=False)
                assert answer.status_code in (403, 404), (path, answer.status_code)
        token = own.csrf("/")
        answer = own.client.post(
            "/sign-out",
            data={"csrf": token},
            headers={"sec-fetch-site": "cross-site"},
            follow_redirects=False,
        )
        assert answer.status_code == 403

    def test_a_path_to_go_on_to_leads_nowhere_else(self, portal: Portal) -> None:
        stranger = portal.person()
        said = {"mail": HOUSE[Role.administrator], "password": PASSWORD, "next": "//elsewhere.example/"}
        token = stranger.csrf("/sign-in")
        answer = stranger.client.post("/sign-in", data={"csrf": token, **said}, follow_redirects=False)
        assert answer.headers["location"] == "/users"


class TestSessions:
    def test_a_wrong_password_tells_nothing_of_who_there_is(self, portal: Portal) -> None:
        answers = [
            portal.person().sign_in(mail, "wrong wrong wrong")
            for mail in (HOUSE[Role.analyst], "nobody@region.example")
        ]
        said = [re.sub(r'value="[^"]*"', "", answer.text) for answer in answers]
        assert [answer.status_code for answer in answers] == [400, 400]
        assert said[0] == said[1]

    def test_a_new_session_at_each_sign_in(self, portal: Portal) -> None:
        person = portal.person()
        person.get("/sign-in")
        before = person.client.cookies["kemkoll"]
        person.sign_in(HOUSE[Role.analyst])
        assert person.client.cookies["kemkoll"] != before

    def test_a_cookie_is_kept_from_scripts_and_other_sites(self, portal: Portal) -> None:
        with_token = portal.person()
        token = with_token.csrf("/sign-in")
        said = {"csrf": token, "mail": HOUSE[Role.analyst], "password": PASSWORD}
        answer = with_token.client.post("/sign-in", data=said, follow_redirects=False)
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie

    def test_signed_out_is_out_even_with_the_old_cookie(self, portal: Portal) -> None:
        person = portal.of(Role.administrator)
        cookie = person.client.cookies["kemkoll"]
        person.post("/sign-out")
        person.client.cookies.set("kemkoll", cookie)
        assert person.get("/users", follow_redirects=False).status_code == 303

    def test_who_is_shut_out_is_out_at_once(self, portal: Portal) -> None:
        person = portal.of(Role.analyst)
        number = portal.users[HOUSE[Role.analyst]].number
        with portal.store.writing("user", by="Anna", at=AT) as change:
            change_user(change, number, blocked=True)
        assert person.get("/", follow_redirects=False).headers["location"] == "/sign-in"
        assert portal.person().sign_in(HOUSE[Role.analyst]).status_code == 400

    def test_a_cookie_that_somebody_else_signed_is_none(self, portal: Portal) -> None:
        person = portal.of(Role.analyst)
        cookie = person.client.cookies["kemkoll"]
        person.client.cookies.clear()
        person.client.cookies.set("kemkoll", cookie[:-3] + "abc")
        assert person.get("/", follow_redirects=False).headers["location"] == "/sign-in"

    def test_too_many_tries_have_to_wait(self, tmp_path: Path, registry: Any) -> None:
        with portal_at(str(tmp_path / "few.db"), tries=3) as few:
            stranger = few.person()
            answers = [stranger.sign_in(HOUSE[Role.analyst], "wrong wrong wrong") for _ in range(4)]
            assert [it.status_code for it in answers] == [400, 400, 400, 429]
            assert answers[-1].headers["retry-after"] == "900"


class TestInvitations:
    def test_a_link_works_once(self, portal: Portal) -> None:
        admin, guest, later = portal.of(Role.administrator), portal.person(), portal.person()
        page = admin.post("/users/invite", {"mail": "ny@region.example", "role": "buyer"}, on="/users")
        link = re.search(r"/invitation/[\w-]+", page.text)
        assert link
        said = {"name": "Ny", "password": PASSWORD}
        assert "/start" in str(guest.post(link[0], said, on=link[0]).url)
        assert later.get(link[0]).status_code == 404
        assert portal.person().sign_in("ny@region.example").status_code in (200, 404)

    def test_nobody_is_invited_in_another_ones_place(self, portal: Portal) -> None:
        admin = portal.of(Role.administrator)
        mail = HOUSE[Role.strategist].upper()
        answer = admin.post("/users/invite", {"mail": mail, "role": "reader"}, on="/users")
        assert answer.status_code == 400
        assert "/invitation/" not in answer.text

    def test_the_last_administrator_stays(self, portal: Portal) -> None:
        number = portal.users[HOUSE[Role.administrator]].number
        with (
            pytest.raises(ConfigError, match="one administrator"),
            portal.store.writing("user", by="Anna", at=AT) as change,
        ):
            change_user(change, number, blocked=True)


class TestSurroundings:
    def test_every_page_forbids_what_it_does_not_need(self, portal: Portal) -> None:
        for path in ("/sign-in", "/healthz", "/nowhere", "/static/style.css"):
            headers = portal.person().get(path).headers
            assert headers["content-security-policy"] == POLICY
            assert headers["x-content-type-options"] == "nosniff"

    def test_what_is_too_large_is_refused_before_it_is_read(self, tmp_path: Path, registry: Any) -> None:
        with portal_at(str(tmp_path / "small.db"), largest=1000) as small:
            stranger = small.person()
            assert stranger.client.post("/sign-in", data={"mail": "x" * 2000}).status_code == 413
            pieces = (b"x" * 500 for _ in range(5))
            headers = {"content-type": "application/x-www-form-urlencoded"}
            assert stranger.client.post("/sign-in", content=pieces, headers=headers).status_code == 413

    def test_both_languages(self, portal: Portal) -> None:
        swede = portal.person(language="sv")
        assert "Logga in" in swede.get("/sign-in").text
        swede.get("/language/en?back=/sign-in")
        assert "Sign in" in swede.get("/sign-in").text

    def test_two_suppliers_have_two_persons(self, portal: Portal) -> None:
        numbers = {portal.users[mail].supplier for mail in SUPPLIERS}
        assert len(numbers) == 2
        assert 0 not in numbers
