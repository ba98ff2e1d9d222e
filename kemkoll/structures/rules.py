"""The rules of groups, as data: what a structure must have to belong to a group that the law words.

A rule has one case or several, and a structure belongs where any case takes it in. All conditions of a case
hold for one and the same part of the substance, its `scope`:

    whole      everything that the SMILES names, as it is drawn
    fragment   one of its fragments, as it is drawn
    parent     one of its fragments, after bonds between metals and other atoms are opened and charges are
               taken away: so a salt counts as its acid or base

What is drawn as a mixture (`structures.mixtures`) belongs by a fragment or parent only perhaps.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from kemkoll.structures.patterns import ends, pattern, skeleton


class Scope(StrEnum):
    """Which part of a substance a case looks at."""

    whole = "whole"
    fragment = "fragment"
    parent = "parent"


class Kind(StrEnum):
    """What the atoms of a branch are."""

    any = "any"
    alkyl = "alkyl"
    perfluoroalkyl = "perfluoroalkyl"


@dataclass(frozen=True)
class Count:
    """How often a pattern is found, each set of atoms once; `most` -1: no bound."""

    smarts: str
    least: int
    most: int = -1


@dataclass(frozen=True)
class Branch:
    """What hangs on a bond between the pattern's atoms `:1` and `:2`, on the side of `:2`.

    Attributes:
        kind: alkyl (saturated, acyclic, carbon and hydrogen), perfluoroalkyl (the same, fluorine for
            hydrogen), or any.
        carbons: least and greatest number of carbon atoms in the branch; -1: no bound.
        backbone: the same of its longest chain of carbon atoms, counted from `:2`; not for kind any, in
            which there may be rings.
        least, most: how many such branches one atom `:1` has; -1: no bound.
        every: whether every place that the pattern finds must be such a branch.
    """

    smarts: str
    kind: Kind = Kind.any
    carbons: tuple[int, int] = (0, -1)
    backbone: tuple[int, int] = (0, -1)
    least: int = 1
    most: int = -1
    every: bool = False


@dataclass(frozen=True)
class Case:
    """One way to belong to a group: all of it must hold of one part of the substance.

    Attributes:
        certain: whether what belongs by this case surely belongs; else it may.
        all, any, none: patterns (SMARTS) that must all, of which one must, and that must not be found.
        only: the elements that the part has, beside hydrogen, and no others; none given: any.
        oxidation: element and the oxidation state that one of its atoms has.
        cleaves_to: amines (SMILES), one of which is left when azo bonds are cleaved.
        is_: structures (SMILES) that the part is, whatever its spatial form; none given: any.
    """

    scope: Scope = Scope.parent
    certain: bool = True
    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    count: tuple[Count, ...] = ()
    branch: tuple[Branch, ...] = ()
    oxidation: tuple[tuple[str, int], ...] = ()
    cleaves_to: tuple[str, ...] = ()
    is_: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """Which structures belong to a group.

    Attributes:
        cases: ways to belong.
        examples, doubtful, counter_examples: name and SMILES of structures that surely belong, that may
            belong, and that look alike and do not.
    """

    cases: tuple[Case, ...]
    examples: tuple[tuple[str, str], ...] = ()
    doubtful: tuple[tuple[str, str], ...] = ()
    counter_examples: tuple[tuple[str, str], ...] = ()


class RuleError(ValueError):
    """A rule that cannot be read; says all that is wrong with it."""


_CERTAINTY = ("possible", "certain")
CASE_KEYS = {field.name.rstrip("_") for field in fields(Case)} - {"certain"} | {"certainty"}
EXAMPLES = ("examples", "doubtful", "counter_examples")
RULE_KEYS = {*CASE_KEYS, "case", *EXAMPLES}
"""What a group's table may say beside what every group says."""
_TEXTS = ("all", "any", "none", "only", "cleaves_to", "is")


def read_rule(table: Mapping[str, Any], *, proven: bool = False) -> Rule:
    """A rule from its table in `groups.toml`; keys that are no rule's are not looked at.

    A rule of one case has the case's keys in the table itself, one of several has `[[…case]]`.

    Args:
        table: what a group's table says.
        proven: whether its patterns and structures are known to be readable, and not tried.

    Raises:
        RuleError: a key or value that cannot be one; all of them at once.

    >>> read_rule({"any": ["[Pb]"], "scope": "whole", "examples": {"lead oxide": "O=[Pb]"}}).cases[0].any
    ('[Pb]',)
    >>> read_rule({"case": [{"anyone": ["C"]}, {"all": ["(("]}]})
    Traceback (most recent call last):
    ...
    kemkoll.structures.rules.RuleError: case 1: “anyone” is no key of a case; case 2: “((” is no SMARTS
    """
    own = {key: value for key, value in table.items() if key in CASE_KEYS}
    tables = [*([own] if own else []), *table.get("case", ())]
    faults: list[str] = []
    cases = [
        _case(given, faults, f"case {number}" if "case" in table else "rule", proven=proven)
        for number, given in enumerate(tables, 1)
    ]
    if not tables:
        faults.append("there is no condition")
    if faults:
        raise RuleError("; ".join(faults))
    return Rule(tuple(cases), *(tuple(dict(table.get(kind, {})).items()) for kind in EXAMPLES))


def conditions(table: Mapping[str, Any]) -> str:
    """What a rule asks, without its examples, as a text: the same for rules that ask the same.

    >>> conditions({"any": ["[Pb]"], "examples": {"lead": "[Pb]"}})
    '{"any": ["[Pb]"]}'
    """
    asked = {key: value for key, value in table.items() if key in CASE_KEYS or key == "case"}
    return json.dumps(asked, sort_keys=True, ensure_ascii=False)


def _case(given: Mapping[str, Any], faults: list[str], where: str, *, proven: bool) -> Case:
    """A case; what is wrong with it is added to the faults."""
    unknown = [key for key in given if key not in CASE_KEYS]
    faults += [f"{where}: “{key}” is no key of a case" for key in unknown]
    made: dict[str, Any] = {}
    for key in _TEXTS:
        if key in given:
            made[key if key != "is" else "is_"] = tuple(map(str, given[key]))
    for key, kind in (("count", Count), ("branch", Branch)):
        if key in given:
            made[key] = tuple(_part(kind, part, faults, f"{where}: {key}") for part in given[key])
    try:
        made["scope"] = Scope(given.get("scope", Scope.parent))
        made["oxidation"] = tuple(
            (str(element), int(state)) for element, state in given.get("oxidation", {}).items()
        )
    except (ValueError, TypeError, AttributeError) as error:
        faults.append(f"{where}: {error}")
    if (certainty := given.get("certainty", "certain")) not in _CERTAINTY:
        faults.append(f"{where}: “{certainty}” is neither certain nor possible")
    case = Case(**made, certain=certainty == "certain")
    faults += [] if proven else [f"{where}: {fault}" for fault in _unreadable(case)]
    if not unknown and not any(key in given for key in CASE_KEYS - {"scope", "certainty", "none", "only"}):
        faults.append(f"{where}: nothing says what the structure must have")
    return case


def _unreadable(case: Case) -> Iterator[str]:
    """What is wrong with the patterns and structures that a case names."""
    smarts = (*case.all, *case.any, *case.none, *(count.smarts for count in case.count))
    for read, texts in (
        (pattern, smarts),
        (ends, [branch.smarts for branch in case.branch]),
        (skeleton, (*case.cleaves_to, *case.is_)),
    ):
        for text in texts:
            try:
                read(text)
            except ValueError as error:
                yield str(error)


def _part(kind: type[Any], given: Mapping[str, Any], faults: list[str], where: str) -> Any:
    """A count or a branch."""
    known = {field.name for field in fields(kind)}
    faults += [f"{where}: unexpected “{key}”" for key in given if key not in known]
    made = {key: value for key, value in given.items() if key in known}
    try:
        for key in ("carbons", "backbone"):
            if key in made:
                least, most = made[key]
                made[key] = (int(least), int(most))
        if kind is Branch:
            made["kind"] = Kind(made.get("kind", Kind.any))
            if made["kind"] is Kind.any and "backbone" in made:
                faults.append(f"{where}: a backbone needs the kind alkyl or perfluoroalkyl")
        return kind(**made)
    except (ValueError, TypeError) as error:
        faults.append(f"{where}: {error}")
        return kind("[*:1]~[*:2]", **({"least": 1} if kind is Count else {}))
