"""A portal for tests: the example region, a person of each role, and a browser's way through forms."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from kemkoll.accounts.roles import Role
from kemkoll.accounts.tickets import make_token
from kemkoll.accounts.users import User, add_user
from kemkoll.assortment.adding import add_declarations
from kemkoll.assortment.finding import supplier_called
from kemkoll.assortment.registers.entering import add_registers
from kemkoll.paths import data
from kemkoll.registry import Registry
from kemkoll.store import Store
from kemkoll.web import Settings, create_app

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
AT = "2026-11-22T10:00:00.000Z"
PASSWORD = "correct horse battery"
SUPPLIERS = {
    "ombud@klarflode.example": "Klarflöde Exempel AB",
    "ombud@handskhuset.example": "Handskhuset Exempel AB",
}
"""Two persons, each for another supplier of the example region."""
HOUSE = {role: f"{role.value}@region.example" for role in Role if role is not Role.supplier}
REGISTERS = (
    "suppliers",
    "categories",
    "contracts",
    "assortment",
    "volumes",
    "requests",
    "targets",
    "lab-results",
)
SECRET = "a secret of tests that is long enough for it"
_CSRF = re.compile(r'name="csrf" value="([0-9a-f]+)"')


def settings(**more: Any) -> Settings:
    return Settings(**({"secret": SECRET, "clock": lambda: NOW, "tries": 10_000, "uploads": 10_000} | more))


def filled(where: str, *, declarations: bool = True) -> Store:
    """A new database with the example region and its declarations."""
    store = Store.create(where, by="Anna", at="2026-01-01T08:00:00.000Z")
    for kind in REGISTERS:
        add_registers(
            store,
            [str(data("examples") / "region" / f"{kind}.csv")],
            kind,
            by="Anna",
            at=AT,
            on=AT[:10],
            supplier="",
            complete=False,
        )
    if declarations:
        files = sorted(str(path) for path in data("examples").glob("*.*") if path.suffix != ".md")
        add_declarations(store, files, registry=Registry.open(), by="Anna", at=AT)
    return store


def peopled(store: Store) -> dict[str, User]:
    """A person of each role, and one of each of two suppliers; by address."""
    made = {}
    with store.writing("user", by="Anna", at=AT) as change:
        for role, mail in HOUSE.items():
            made[mail] = add_user(change, mail=mail, name=role.value.title(), roles=[role], password=PASSWORD)
        for mail, name in SUPPLIERS.items():
            number = supplier_called(change, name)
            made[mail] = add_user(
                change, mail=mail, name=f"Ombud för {name}", roles=[Role.supplier], password=PASSWORD,
                supplier=number,
            )  # fmt: skip
    return made


class Person:
    """Somebody with a browser of their own, signed in or not."""

    def __init__(self, app: FastAPI, language: str = "en") -> None:
        self.client = TestClient(app, raise_server_exceptions=False)
        self.client.headers["accept-language"] = language

    def get(self, path: str, **more: Any) -> Response:
        return self.client.get(path, **more)

    def csrf(self, path: str = "/language/en") -> str:
        """What a form on a page would send back."""
        found = _CSRF.search(self.get(path).text)
        assert found, f"there is no form on {path}"
        return found[1]

    def post(self, path: str, said: dict[str, Any] | None = None, *, on: str = "/", **more: Any) -> Response:
        """Send a form that stands on the page `on`; every page of one who is signed in has one."""
        return self.client.post(path, data={"csrf": self.csrf(on), **(said or {})}, **more)

    def sign_in(self, mail: str, password: str = PASSWORD) -> Response:
        return self.post("/sign-in", {"mail": mail, "password": password}, on="/sign-in")


@dataclass
class Portal:
    """A portal with people.

    Attributes:
        where: address of its database.
        users: by address.
    """

    app: FastAPI
    store: Store
    where: str
    users: dict[str, User]

    def person(self, mail: str = "", *, language: str = "en") -> Person:
        """Somebody who has signed in; with no address, somebody who has not."""
        made = Person(self.app, language)
        if mail:
            answer = made.sign_in(mail)
            assert "/sign-in" not in str(answer.url), answer.text
        return made

    def of(self, role: Role, *, language: str = "en") -> Person:
        """Somebody of the house with a role; the first supplier's person."""
        mail = HOUSE.get(role) or next(iter(SUPPLIERS))
        return self.person(mail, language=language)

    def bearer(self, role: Role, name: str = "test") -> dict[str, str]:
        """The header of a program that asks for the person `of` a role."""
        mail = HOUSE.get(role) or next(iter(SUPPLIERS))
        with self.store.writing("token", by=mail, at=AT) as change:
            return {"authorization": f"Bearer {make_token(change, self.users[mail], name)}"}


@contextmanager
def portal_at(where: str, *, store: Store | None = None, **more: Any) -> Iterator[Portal]:
    """A portal on a database that is made for it."""
    made = store or filled(where)
    users = peopled(made)
    app = create_app(made, settings(**more))
    try:
        yield Portal(app, made, where, users)
    finally:
        app.state.working.stop()
        made.close()


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address of a portal that a real browser can open, for as long as the block lasts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", access_log=False)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 60
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=60)
