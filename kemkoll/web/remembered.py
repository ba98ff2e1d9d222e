"""What pages show again and again, kept in memory for as long as nothing that it follows from has changed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TYPE_CHECKING, Any

from kemkoll.store import Store, audit
from kemkoll.web.working import result_in

if TYPE_CHECKING:
    from kemkoll.web.visit import Visit

PATIENCE = 2.0
"""Seconds for which a page waits before it says that it waits."""
_SILENT = (
    "sign-in", "sign-in-refused", "sign-out", "invitation", "invitation-accepted", "user", "password",
)  # fmt: skip
"""What people do to come in: nothing of the assortment follows from it."""


class Remembered:
    """The last few results, the least used first."""

    def __init__(self, most: int = 6) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> tuple[bool, Any]:
        """Whether it is there, and what it is."""
        with self._lock:
            if key not in self._kept:
                return False, None
            self._kept.move_to_end(key)
            return True, self._kept[key]

    def put(self, key: Hashable, value: Any) -> None:
        """Keep a result, and let go of the one that nobody has asked for the longest."""
        with self._lock:
            self._kept[key] = value
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


def looked(
    visit: Visit, name: str, function: Callable[..., Any], *given: Hashable, seconds: float = PATIENCE
) -> tuple[bool, Any]:
    """Whether it is done, and what a function makes of the database as it is now, in another process.

    Args:
        name: of what is asked, for this function alone.
        function: is given a `Known`, the day, and what is `given`.
        seconds: to wait for it, where nobody has asked since something changed.

    Raises:
        KemkollError: what the function has raised.
    """
    with visit.store.reading() as known:
        event = audit.last_but(known.connection, _SILENT)
    key = (name, event, visit.today, *given)
    remembered: Remembered = visit.request.app.state.remembered
    there, value = remembered.get(key)
    if there:
        return True, value
    address = visit.store.engine.url.render_as_string(hide_password=False)
    done, value = result_in(
        visit.working.soon(key, in_store, address, function, visit.today, *given), seconds
    )
    if done:
        remembered.put(key, value)
        visit.working.forget(key)
    return done, value


def in_store(address: str, function: Callable[..., Any], *given: Any) -> Any:
    """What a function makes of the database at an address."""
    with Store.open(address) as store, store.reading() as known:
        return function(known, *given)
