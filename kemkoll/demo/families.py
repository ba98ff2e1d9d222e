"""The kinds of articles that the invented region buys, with what they are made of (`families.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("families.toml")
HUNDREDTHS = 100
"""Shares are whole hundredths of a per cent."""
AGENT = "*"


@dataclass(frozen=True)
class Words:
    """One name in Swedish and in English."""

    sv: str
    en: str

    @classmethod
    def of(cls, text: str) -> Words:
        """Both names, from `Slang|Tube`.

        >>> Words.of("Slang|Tube").sv
        'Slang'
        """
        swedish, _, english = text.partition("|")
        return cls(swedish, english)


@dataclass(frozen=True)
class Layer:
    """One material of one component.

    Attributes:
        mass: thousandths of the article.
        lines: share of each substance in the material, hundredths of a per cent; `AGENT`: that of the agent.
    """

    part: Words
    material: Words
    mass: int
    lines: Mapping[str, int]


@dataclass(frozen=True)
class Agent:
    """What an article may have for one function.

    Attributes:
        choices: of each choice its substances, with their shares of the place, in per cent.
        listed: the choices that buyers want to be rid of.
        instead: what comes in the place of a listed one, by weight.
        mistaken: choices that are easily written as another: DOTP as DEHP.
    """

    choices: Mapping[str, Mapping[str, int]]
    listed: frozenset[str]
    instead: Mapping[str, float]
    mistaken: Mapping[str, str]


_NONE = Agent({"": {}}, frozenset(), {"": 1}, {})


@dataclass(frozen=True)
class Family:
    """Articles that differ in size alone.

    Attributes:
        mass_g, price, units: of one piece; in kronor; bought in a year.
        facts: what the buyer knows of such articles, as it writes it.
        device: class, contact and patients, as the buyer writes them.
        start: how usual each choice of the agent is in the first year.
        derogation: which legal derogation is claimed for which substance.
    """

    id: str
    name: Words
    category: str
    cpv: str
    sizes: tuple[str, ...]
    mass_g: int
    price: float
    units: int
    facts: str
    device: tuple[str, str, str]
    layers: tuple[Layer, ...]
    agent: Agent = _NONE
    start: Mapping[str, float] = field(default_factory=lambda: {"": 1})
    derogation: Mapping[str, str] = field(default_factory=dict)

    def lines(self, layer: Layer, choice: str) -> dict[str, int]:
        """What a material holds with a choice of the agent: shares in hundredths of a per cent; sum 100 %.

        >>> family = families()["suction-tube"]
        >>> family.lines(family.layers[0], "dibp")["dibp"]
        620
        """
        made: dict[str, int] = {}
        for name, share in layer.lines.items():
            parts = {it: share * of // 100 for it, of in self.agent.choices[choice].items()}
            for substance, own in (parts if name == AGENT else {name: share}).items():
                made[substance] = made.get(substance, 0) + own
        return made


@cache
def families() -> dict[str, Family]:
    """Every family by its id.

    >>> len(families())
    29
    """
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    agents = {name: _agent(it) for name, it in told["agents"].items()}
    return {it["id"]: _family(it, agents) for it in told["families"]}


def _agent(told: Mapping[str, Any]) -> Agent:
    return Agent(told["choices"], frozenset(told["listed"]), told["instead"], told.get("mistaken", {}))


def _family(told: Mapping[str, Any], agents: Mapping[str, Agent]) -> Family:
    given = dict(told)
    named = given.pop("agent", "")
    if named:
        given["agent"] = agents[named]
    swedish, contact, patients = given["device"].split("|")
    given |= {
        "name": Words.of(given["name"]),
        "sizes": tuple(given["sizes"]),
        "device": (swedish, contact, patients),
        "layers": tuple(_layer(it) for it in given["layers"]),
    }
    return Family(**given)


def _layer(told: Mapping[str, Any]) -> Layer:
    lines = {name: round(share * HUNDREDTHS) for name, share in told["lines"].items()}
    return Layer(Words.of(told["part"]), Words.of(told["material"]), told["mass"], lines)
