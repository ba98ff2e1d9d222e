"""People who come in: what they may be, what they prove themselves with, and how the terminal makes them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner, Result
from stores import AT, BY, where  # noqa: F401 - a fixture

from kemkoll.accounts import tickets
from kemkoll.accounts.roles import Role
from kemkoll.accounts.secrets import digest, hashed, is_password
from kemkoll.accounts.users import add_user, change_user, proven, users, with_mail
from kemkoll.cli import cli
from kemkoll.errors import ConfigError
from kemkoll.store import Store, kept
from kemkoll.store.models import Session, Token, User
from kemkoll.web import Settings
from kemkoll.web.serving import serve

PASSWORD = "three words together"
LATER = "2026-11-22T23:00:00.000Z"


def call(*args: str, said: str = "") -> Result:
    return CliRunner().invoke(cli, [*args, "--language", "en"], input=said)


@pytest.fixture
def store(where: str) -> Store:  # noqa: F811
    return Store.create(where, by=BY, at=AT)


def added(store: Store, mail: str = "anna@region.example", role: Role = Role.administrator) -> int:
    with store.writing("user", by=BY, at=AT) as change:
        return add_user(change, mail=mail, name="Anna", roles=[role], password=PASSWORD).number


class TestPasswords:
    def test_only_the_hash_is_kept(self, store: Store) -> None:
        added(store)
        with store.reading() as known:
            row = kept.frame(known, User).iloc[0]
            assert proven(known, " ANNA@region.example", PASSWORD) == users(known)[0]
            assert proven(known, "anna@region.example", PASSWORD + "x") is None
            assert proven(known, "nobody@region.example", PASSWORD) is None
        assert row["password"].startswith("$argon2id$")
        assert PASSWORD not in " ".join(map(str, row))

    @pytest.mark.parametrize("password", ["", "short", "x" * 11, "x" * 201])
    def test_one_that_is_easy_to_guess_is_refused(self, password: str) -> None:
        with pytest.raises(ConfigError, match="12 to 200"):
            hashed(password)

    def test_no_hash_is_nobodys_password(self) -> None:
        assert not is_password("", "")
        assert not is_password(PASSWORD, "not a hash")


class TestUsers:
    def test_who_is_changed_keeps_the_number_and_loses_the_sessions(self, store: Store) -> None:
        number, other = added(store), added(store, "bo@region.example")
        assert number != other
        with store.writing("sign-in", by=BY, at=AT) as change:
            secret = tickets.open_session(change, users(change)[0])
            token = tickets.make_token(change, users(change)[0], "report")
        with store.writing("user", by=BY, at=AT) as change:
            made = change_user(change, number, roles=frozenset({Role.reader}))
        with store.reading() as known:
            assert with_mail(known, "anna@region.example") == made
            assert made.number == number
            assert tickets.of_session(known, secret, AT) is None
            assert tickets.of_token(known, token, AT) == made

    def test_who_is_shut_out_loses_everything(self, store: Store) -> None:
        number, _ = added(store), added(store, "bo@region.example")
        with store.writing("sign-in", by=BY, at=AT) as change:
            token = tickets.make_token(change, users(change)[0], "report")
        with store.writing("user", by=BY, at=AT) as change:
            change_user(change, number, blocked=True)
        with store.reading() as known:
            assert tickets.of_token(known, token, AT) is None
            assert proven(known, "anna@region.example", PASSWORD) is None

    def test_the_last_administrator_cannot_go(self, store: Store) -> None:
        number = added(store)
        for said in ({"blocked": True}, {"roles": frozenset({Role.reader})}):
            with (
                pytest.raises(ConfigError, match="one administrator"),
                store.writing("user", by=BY, at=AT) as change,
            ):
                change_user(change, number, **said)

    @pytest.mark.parametrize(
        ("mail", "roles", "supplier", "why"),
        [
            ("no address", [Role.reader], 0, "no e-mail address"),
            ("a@b.example", [], 0, "at least one role"),
            ("a@b.example", [Role.supplier], 0, "goes with a supplier"),
            ("a@b.example", [Role.reader], 7, "goes with a supplier"),
            ("a@b.example", [Role.supplier, Role.reader], 7, "no other role"),
            ("a@b.example", [Role.supplier], 7, "no supplier with the number 7"),
        ],
    )
    def test_what_does_not_go_together_is_refused(
        self, store: Store, mail: str, roles: list[Role], supplier: int, why: str
    ) -> None:
        with pytest.raises(ConfigError, match=why), store.writing("user", by=BY, at=AT) as change:
            add_user(change, mail=mail, name="", roles=roles, supplier=supplier)


class TestTickets:
    def test_a_session_and_a_token_end(self, store: Store) -> None:
        added(store)
        with store.writing("sign-in", by=BY, at=AT) as change:
            secret = tickets.open_session(change, users(change)[0])
            token = tickets.make_token(change, users(change)[0], "report")
        with store.reading() as known:
            assert tickets.of_session(known, secret, AT) is not None
            assert tickets.of_session(known, secret, LATER) is None
            assert tickets.of_token(known, token, "2028-01-01T00:00:00.000Z") is None
            assert {secret, token}.isdisjoint(
                {*kept.frame(known, Session)["digest"], *kept.frame(known, Token)["digest"]}
            )
            assert kept.frame(known, Session)["digest"].tolist() == [digest(secret)]

    def test_a_link_is_used_up(self, store: Store) -> None:
        with store.writing("invitation", by=BY, at=AT) as change:
            link = tickets.invite(change, mail="ny@region.example", roles=frozenset({Role.buyer}))
        with store.writing("invitation-accepted", by="", at=AT) as change:
            tickets.accept(change, link, name="Ny", password=PASSWORD)
        with (
            pytest.raises(ConfigError, match="used, withdrawn"),
            store.writing("invitation-accepted", by="", at=AT) as change,
        ):
            tickets.accept(change, link, name="Ny", password=PASSWORD)

    def test_a_link_for_one_who_has_come_in_otherwise_is_no_way_in(self, store: Store) -> None:
        """Else whoever may invite could write a link for an address, and come in as its owner."""
        with store.writing("invitation", by=BY, at=AT) as change:
            link = tickets.invite(change, mail="anna@region.example", roles=frozenset({Role.buyer}))
        added(store)
        with pytest.raises(ConfigError, match="used"), store.writing("taken", by="", at=AT) as change:
            tickets.accept(change, link, name="Ny", password=PASSWORD)

    def test_a_link_for_a_new_password(self, store: Store) -> None:
        number = added(store)
        with store.writing("invitation", by=BY, at=AT) as change:
            link = tickets.let_in_again(change, users(change)[0])
        with store.writing("taken", by="", at=AT) as change:
            assert tickets.accept(change, link, name="", password="another three words").number == number
        with store.reading() as known:
            assert proven(known, "anna@region.example", "another three words") is not None
            assert proven(known, "anna@region.example", PASSWORD) is None


class TestTerminal:
    def test_the_first_administrator(self, tmp_path: Path) -> None:
        at = str(tmp_path / "k.db")
        assert call("init", "--store", at).exit_code == 0
        args = ("users", "add", "anna@region.example", "--name", "Anna", "--role", "administrator")
        assert call(*args, "--store", at, said=PASSWORD + "\n").exit_code == 0
        assert call(*args, "--store", at, said=PASSWORD + "\n").exit_code == 2
        shown = call("users", "show", "--store", at)
        assert "anna@region.example" in shown.stdout
        assert "Administrator" in shown.stdout

    def test_a_short_password_is_refused(self, tmp_path: Path) -> None:
        at = str(tmp_path / "k.db")
        call("init", "--store", at)
        answer = call("users", "add", "a@b.example", "--role", "reader", "--store", at, said="short\n")
        assert answer.exit_code == 2
        assert "12 to 200 characters" in answer.stderr


class TestServing:
    def test_it_refuses_others_without_a_secret(self, tmp_path: Path) -> None:
        with Store.create(str(tmp_path / "k.db"), by=BY, at=AT) as store:
            settings = Settings(secret="x" * 40, clock=lambda: datetime.now(UTC))
            with pytest.raises(ConfigError, match="KEMKOLL_SECRET"):
                serve(store, settings, host="0.0.0.0", port=1, own_secret=True, behind="")

    def test_a_short_secret_is_refused(self) -> None:
        with pytest.raises(ConfigError, match="fewer than 32"):
            Settings(secret="short", clock=lambda: datetime.now(UTC))

    @pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM that a process can hear")
    def test_it_serves_and_ends_when_it_is_told(self, tmp_path: Path, registry: object) -> None:
        at = str(tmp_path / "k.db")
        Store.create(at, by=BY, at=AT).close()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "kemkoll", "serve", "--store", at, "--port", str(port)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
            assert answered(f"http://127.0.0.1:{port}/healthz") == "ok"
            server.send_signal(signal.SIGTERM)
            _, said = server.communicate(timeout=60)
        assert server.returncode in (0, 130, -signal.SIGTERM, 143)
        assert '"route": "/healthz", "status": 200' in said


def answered(address: str) -> str:
    """What an address says, once it says something."""
    deadline = time.monotonic() + 60
    while True:
        try:
            with urlopen(address, timeout=5) as answer:
                return str(answer.read().decode())
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
