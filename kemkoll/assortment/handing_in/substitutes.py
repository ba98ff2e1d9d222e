"""Articles that a supplier offers in the place of others, or in which something gave way."""

from __future__ import annotations

from typing import Any

from kemkoll.assortment.scope import articles
from kemkoll.errors import ConfigError
from kemkoll.i18n import N_
from kemkoll.store import Change, Known, kept
from kemkoll.store.models import Proposal
from kemkoll.store.once import next_id

REFORMULATED, REPLACED = "reformulated", "replaced"
KINDS = {
    REFORMULATED: N_("the same article number, with another content"),
    REPLACED: N_("another article, with another number"),
}
"""How an article takes the place of one."""


def propose(
    change: Change, *, supplier: int, user: int, article: int, successor: str, kind: str, substance: str,
    material: str = "", function: str = "",
) -> int:  # fmt: skip
    """Propose a substitute; the number of the proposal.

    Args:
        article: `Article.article` of the one that is replaced.
        successor: number of the article that takes its place, as the supplier calls it.
        kind: one of `KINDS`.
        substance: what gave way, and to what.

    Raises:
        ConfigError: the kind or what gave way is not said, or the new article is not one of the supplier's.
    """
    if kind not in KINDS:
        raise ConfigError(N_("Say whether the article keeps its number or another one takes its place."))
    if not substance.strip():
        raise ConfigError(N_("Say what gave way, and to what."))
    number = article if kind == REFORMULATED else _own(change, supplier, successor)
    if kind == REPLACED and number == article:
        raise ConfigError(
            N_("An article cannot take its own place under its own number: it is reformulated.")
        )
    key: dict[str, Any] = {"supplier": supplier, "article": article, "successor": number, "kind": kind}
    if len(kept.frame(change, Proposal, state="proposed", **key)):
        raise ConfigError(N_("That has been proposed already."))
    proposal = next_id(change.connection, Proposal)
    told = {"substance": substance.strip(), "material": material.strip(), "function": function.strip()}
    row = key | told | {"proposal": proposal, "user": user, "at": change.at}
    kept.add(change, Proposal, [row])
    change.about.update(proposal=proposal, **{name: key[name] for name in ("article", "successor", "kind")})
    return proposal


def _own(known: Known, supplier: int, number: str) -> int:
    """The supplier's article with a number."""
    there = articles(known, supplier=supplier)
    found = there["article"][there["number"].str.casefold() == number.strip().casefold()].unique()
    if not number.strip() or len(found) != 1:
        raise ConfigError(
            N_("“{number}” is no article of yours that is known here. Declare the new article first."),
            number=number.strip(),
        )
    return int(found[0])


def proposed(known: Known, supplier: int, article: int) -> list[dict[str, Any]]:
    """The proposals of a supplier about an article (`Proposal`), with the `number` of the new one."""
    numbers = dict(articles(known, supplier=supplier)[["article", "number"]].to_numpy().tolist())
    rows = kept.frame(known, Proposal, supplier=supplier, article=article).to_dict("records")
    return [
        {str(key): value for key, value in row.items()} | {"number": numbers.get(row["successor"], "")}
        for row in rows
    ]
