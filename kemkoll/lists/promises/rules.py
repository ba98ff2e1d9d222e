"""Promises of the rules of groups: they are proven by examples."""

from __future__ import annotations

from collections.abc import Iterator

from kemkoll.formulas import may_have
from kemkoll.lists.folder import Folder
from kemkoll.structures import find
from kemkoll.structures.evaluation import UndecidableError, matched
from kemkoll.structures.rules import RULE_KEYS, read_rule
from kemkoll.tables import STRUCTURE

_TAKES = {None: "not in", True: "surely in", False: "perhaps in"}


def ruled(folder: Folder) -> Iterator[str]:
    """A rule takes in its examples, each of which has what every member needs, and no counter-example."""
    groups = folder.tables["groups"]
    for entry, rule, needs, table in zip(
        *(groups[name] for name in ("entry", "rule", "needs", "table")), strict=True
    ):
        place = f"{folder.place('groups.toml')}: [{entry}]"
        own = table.keys() & RULE_KEYS
        if (rule == STRUCTURE) != bool(own or table.get("like")):
            yield f"{place} has a rule of its structure where its rule is “{STRUCTURE}”, and only there."
        if bool(table.get("undecided_en")) != bool(table.get("undecided_sv")):
            yield f"{place} says what it cannot decide in one language only."
        if not own or rule != STRUCTURE:
            continue
        made = read_rule(table)
        if not (made.examples or made.doubtful) or not made.counter_examples:
            yield f"{place} needs examples and counter-examples."
        for expected, cases in (
            (True, made.examples),
            (False, made.doubtful),
            (None, made.counter_examples),
        ):
            for name, smiles in cases:
                try:
                    met = matched(smiles, {entry: made}).get(entry)
                except UndecidableError as error:
                    yield f"{place}: {name} ({smiles}): {error}."
                    continue
                taken = met.certain if met else None
                if taken != expected:
                    yield f"{place} takes {name} ({smiles}) {_TAKES[taken]}."
                if expected is not None and not may_have(find(smiles).formula, needs):
                    yield f"{place}: {name} lacks what every member needs ({needs})."
