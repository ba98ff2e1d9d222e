"""The interface for programs keeps to its own description, whatever it is asked."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from portal import AT, Portal
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from kemkoll.accounts.roles import Role
from kemkoll.assortment.batches import run
from kemkoll.assortment.plans import Asked
from kemkoll.assortment.scope import Scope
from kemkoll.lists.editions import library_of
from kemkoll.web.api.batches import judge

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


THERE = {"article": 1, "batch": 1, "query": "117-81-7"}
"""What there is, in place of what chance makes of a path."""


class Inline:
    """Work in this process, so that what goes wrong in it is seen; a batch is begun and left."""

    def soon(self, key: Any, function: Callable[..., Any], *given: Any) -> Future[Any]:
        made: Future[Any] = Future()
        try:
            made.set_result(function(*given))
        except Exception as error:  # noqa: BLE001 - as a pool does
            made.set_exception(error)
        return made

    def long(self, key: Any, function: Callable[..., Any], *given: Any) -> Future[Any]:
        return Future() if function is judge else self.soon(key, function, *given)

    def known(self, key: Any) -> None:
        return None


@pytest.mark.slow
@pytest.mark.parametrize("role", [Role.strategist, Role.supplier])
def test_every_answer_is_as_described(portal: Portal, registry: Any, role: Role) -> None:
    shared = {"on": AT[:10], "by": "Anna", "at": AT, "source": library_of(), "registry": registry}
    run(portal.store, Scope(), Asked(lists=("phthalates",)), **shared)
    headers = portal.bearer(role)
    description = schemathesis.openapi.from_asgi("/api/v1/openapi.json", portal.app)
    working, portal.app.state.working = portal.app.state.working, Inline()
    asked = set()
    try:
        for operation in description.get_all_operations():
            asked.add(operation.ok().label)
            _ask_some(operation.ok(), headers)
    finally:
        portal.app.state.working = working
    assert "POST /api/v1/declarations" in asked
    assert len(asked) > 12


def _ask_some(operation: Any, headers: dict[str, str]) -> None:
    """Ask one thing in some ways that chance makes up, and of what there is."""
    statuses = set()

    def ask(case: Any) -> None:
        statuses.add(case.call_and_validate(headers=headers, checks=CHECKS).status_code)
        if case.path_parameters:
            case.path_parameters = {name: THERE.get(name, "x") for name in case.path_parameters}
            statuses.add(case.call_and_validate(headers=headers, checks=CHECKS).status_code)

    bounded = settings(
        max_examples=4, deadline=None, database=None, derandomize=True,
        phases=[Phase.explicit, Phase.generate], suppress_health_check=[*HealthCheck],
    )  # fmt: skip
    bounded(given(case=operation.as_strategy())(ask))()
    assert 401 not in statuses
