"""Fifty people in the portal at once: half of them hand in 5,000 rows each, while a batch is judged.

    python -m benchmarks.portal postgresql://user@host/empty-database
    python -m benchmarks.portal kemkoll.db

The server is a process of its own (`kemkoll serve`); pages are asked for by threads of this one, on the same
machine. Prints what was seen as JSON.
"""

from __future__ import annotations

import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx2
import numpy as np

SUPPLIERS = WATCHERS = 25
ROWS, LINES = 5_000, 40
BASE_ARTICLES = 2_500
"""Articles of 40 lines each that are there already, for the batch to judge."""
SECONDS = 40.0
PASSWORD = "three words together"
AT = "2026-11-22T08:00:00.000Z"
SUBSTANCES = ("9002-88-4", "9003-07-0", "13463-67-7", "117-81-7", "80-05-7", "1314-13-2", "7439-92-1")
PAGES = {
    "strategist": (
        "/start",
        "/articles",
        "/articles?outcome=unknown",
        "/batches",
        "/lists",
        "/contracts",
        "/review",
    ),
    "supplier": ("/supplier", "/supplier/drafts", "/supplier/requests"),
}
_CSRF = re.compile(r'name="csrf" value="([0-9a-f]+)"')


@dataclass
class Seen:
    """What one person saw.

    Attributes:
        views: seconds of each page view.
        faults: status and path of what was no page.
        sent: SHA-256 of each file that the portal said it has.
    """

    views: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)


def declaration(supplier: str, articles: int, first: int) -> bytes:
    """A supplier's file of 40 lines an article."""
    rows = ["Leverantör;Artikelnummer;Komponent;CAS-nr;Halt"]
    for article in range(first, first + articles):
        for line in range(LINES):
            cas = SUBSTANCES[(article + line) % len(SUBSTANCES)]
            rows.append(f"{supplier};B-{article};Del {line % 4};{cas};{1 + line % 3} %")
    return ("\n".join(rows) + "\n").encode()


def prepared(where: str, folder: Path) -> None:
    """A database with suppliers, what they have declared, and people."""
    from kemkoll.accounts.roles import Role
    from kemkoll.accounts.users import add_user
    from kemkoll.assortment.adding import add_declarations
    from kemkoll.assortment.finding import supplier_called
    from kemkoll.registry import Registry
    from kemkoll.store import Store

    each = BASE_ARTICLES // SUPPLIERS
    files = []
    for number in range(SUPPLIERS):
        path = folder / f"base-{number}.csv"
        path.write_bytes(declaration(f"Supplier {number}", each, number * 1000))
        files.append(str(path))
    with Store.create(where, by="bench", at=AT) as store:
        add_declarations(store, files, registry=Registry.open(), by="bench", at=AT)
        with store.writing("user", by="bench", at=AT) as change:
            for number in range(SUPPLIERS):
                owner = supplier_called(change, f"Supplier {number}")
                add_user(
                    change, mail=f"s{number}@x.example", name="", roles=[Role.supplier], password=PASSWORD,
                    supplier=owner,
                )  # fmt: skip
            for number in range(WATCHERS):
                roles = [Role.strategist]
                add_user(change, mail=f"w{number}@x.example", name="", roles=roles, password=PASSWORD)


class Person:
    """Somebody with a browser."""

    def __init__(self, address: str, mail: str) -> None:
        self.mail = mail
        self.seen = Seen()
        self.client = httpx2.Client(base_url=address, timeout=120, follow_redirects=True)
        said = {"mail": mail, "password": PASSWORD, "csrf": self._csrf("/sign-in")}
        assert self.client.post("/sign-in", data=said).status_code == 200

    def _csrf(self, path: str) -> str:
        found = _CSRF.search(self.client.get(path).text)
        assert found, path
        return found[1]

    def view(self, path: str) -> str:
        """One page view, and how long it took."""
        began = time.perf_counter()
        answer = self.client.get(path)
        self.seen.views.append(time.perf_counter() - began)
        if answer.status_code != 200:
            self.seen.faults.append(f"{answer.status_code} {path}")
        return str(answer.text)

    def watch(self, kind: str, until: float) -> None:
        """Look at pages until an instant, as a person does: with a second between them."""
        chance = random.Random(self.mail)
        while time.monotonic() < until:
            self.view(chance.choice(PAGES[kind]))
            time.sleep(chance.uniform(0.5, 1.5))

    def hand_in(self, content: bytes, until: float) -> None:
        """Hand in a file as a draft, and look at it until it has been read."""
        said = {"csrf": self._csrf("/supplier/drafts")}
        answer = self.client.post("/supplier/drafts", data=said, files={"file": ("rows.csv", content)})
        if answer.status_code != 200:
            self.seen.faults.append(f"{answer.status_code} upload")
            return
        self.seen.sent.append(sha256(content).hexdigest())
        draft = answer.url.path
        while time.monotonic() < until:
            text = self.view(draft)
            if 'data-again="/' not in text:
                break
            time.sleep(2)
        self.watch("supplier", until)


def crowd(where: str, folder: Path) -> dict[str, Any]:
    """What fifty people saw, and whether everything is there that they were told is there."""
    from kemkoll.store import Store, kept
    from kemkoll.store.models import Upload

    prepared(where, folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "kemkoll", "serve", "--store", where, "--port", str(port)],
        stderr=subprocess.DEVNULL, env=os.environ | {"KEMKOLL_SECRET": "s" * 40},
    )  # fmt: skip
    try:
        people, judged = played(f"http://127.0.0.1:{port}")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(120)
    with Store.open(where) as store, store.reading() as known:
        there = set(kept.frame(known, Upload, only=["sha256"])["sha256"])
    views = np.array([view for person in people for view in person.seen.views])
    sent = [digest for person in people for digest in person.seen.sent]
    return {
        "views": len(views), "median_ms": round(float(np.median(views)) * 1000),
        "p95_ms": round(float(np.percentile(views, 95)) * 1000), "uploads": len(sent),
        "lost": len(set(sent) - there), "faults": sorted({f for it in people for f in it.seen.faults}),
        "batches": judged,
    }  # fmt: skip


def played(address: str) -> tuple[list[Person], int]:
    """The people, after all of them have done what they came for; how many batches were judged meanwhile."""
    waited(address)
    suppliers = [Person(address, f"s{number}@x.example") for number in range(SUPPLIERS)]
    watchers = [Person(address, f"w{number}@x.example") for number in range(WATCHERS)]
    for kind, people in (("supplier", suppliers[:1]), ("strategist", watchers[:1])):
        for path in PAGES[kind]:
            people[0].client.get(path)  # what is made ready once, as on any day
    until = time.monotonic() + SECONDS
    with ThreadPoolExecutor(SUPPLIERS + WATCHERS) as crowd_:
        said = {"csrf": watchers[0]._csrf("/batches/new"), "on": time.strftime("%Y-%m-%d")}
        begun = watchers[0].client.post("/batches", data=said)
        assert begun.status_code == 200, begun.text
        for number, person in enumerate(suppliers):
            content = declaration(f"Supplier {number}", ROWS // LINES, number * 1000)
            crowd_.submit(person.hand_in, content + b"\n" * number, until)
        for person in watchers:
            crowd_.submit(person.watch, "strategist", until)
    text = watchers[0].client.get("/batches").text
    return [*suppliers, *watchers], len(set(re.findall(r"/batches/(\d+)\"", text)))


def waited(address: str) -> None:
    """Return once the server answers."""
    for _ in range(600):
        try:
            httpx2.get(f"{address}/healthz")
        except httpx2.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server does not answer")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as work:
        print(json.dumps(crowd(sys.argv[1], Path(work)), indent=1))
