"""Rows of contracts that wait to be active, on a page: which they are, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kemkoll.i18n import N_, Translator, number_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from rich.console import RenderableType

WAITING = N_("Rows of contracts that are not active yet ({n}): kemkoll activate")
DECIDED = N_("Rows of contracts that are active because a person decided so ({n})")


def lines(made: pd.DataFrame, state: str, _: Translator) -> list[str]:
    """The rows in a state, a line each: which article under which contract, and why.

    Args:
        made: `assortment.activity.activity`.
        state: `Activity`.
    """
    from kemkoll.assortment.activity import why_text

    said = _("{article}, contract {number}, since {day}: {why}")
    return [
        said.format(
            article=", ".join(filter(None, (row["number"], row["name"], row["supplier"]))),
            number=row["contract_number"],
            day=row["begins"],
            why=why_text(row, _),
        )
        for row in made[made["state"] == state].to_dict("records")
    ]


def counts(found: Mapping[str, int], _: Translator) -> Iterator[RenderableType]:
    """How many rows of contracts are not active, and how many are by a decision; nothing where none is.

    Args:
        found: `assortment.activity.counted`.
    """
    from rich.text import Text

    sentences = {
        "inactive": _.ngettext(
            "{n} of {all} rows of contracts is not active yet: kemkoll activate",
            "{n} of {all} rows of contracts are not active yet: kemkoll activate",
            found["inactive"],
        ),
        "overridden": _.ngettext(
            "{n} of {all} rows of contracts is active because a person decided so, not by its declaration.",
            "{n} of {all} rows of contracts are active because a person decided so, not by declarations.",
            found["overridden"],
        ),
    }
    for name, sentence in sentences.items():
        if found[name]:
            n, whole = (number_text(found[key], _.language) for key in (name, "rows"))
            yield Text(sentence.format(n=n, all=whole), style="bold")
