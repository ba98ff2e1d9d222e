"""What holds of an article, declared again: a file to look at and to sign, dated today."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from kemkoll.assortment.handing_in.drafts import file_name
from kemkoll.assortment.handing_in.reading import name_of
from kemkoll.assortment.plans import DEFAULT
from kemkoll.assortment.scope import Scope, rows_in
from kemkoll.errors import ConfigError
from kemkoll.flow import check
from kemkoll.i18n import N_
from kemkoll.lists import load_lists
from kemkoll.outputs.document import document
from kemkoll.profiles import load_profile
from kemkoll.registry import Registry
from kemkoll.store import Store, declared

_PARTS = ("schema", "kemkoll", "declarations", "articles", "components", "lines", "statements")


def renewed(where: str, supplier: int, article: int, on: str) -> tuple[str, bytes]:
    """The name and the bytes of a file that declares an article again as it is declared, for another while.

    It is the document that kemkoll writes of a result and reads again, without what was judged. How long it
    holds follows from how long the declaration before it did; an answer about a list stays one about the
    edition that was answered.

    Args:
        where: address of the database.
        supplier: `Supplier.supplier`.
        article: `Article.article`.
        on: the day that it is dated.

    Raises:
        ConfigError: nothing is declared of it.
    """
    with Store.open(where) as store, store.reading() as known:
        rows = rows_in(known, Scope(supplier=name_of(known, supplier)), on)
        own = rows[(rows["article"] == article) & (rows["supplier_id"] == supplier)].drop_duplicates(
            "article"
        )
        standing = declared.standing(known, own, places=True).declarations
    if not len(standing.lines) and not len(standing.statements):
        raise ConfigError(N_("Nothing that could be renewed is declared of the article."))
    profile = load_profile(DEFAULT)
    law = load_lists(profile.editions(on))
    result = check(standing, law, profile=profile, registry=Registry.open(), on=on)
    made = {name: value for name, value in document(result, all_lines=True).items() if name in _PARTS}
    made["declarations"] = [_again(head, on) for head in made["declarations"]]
    name = file_name(f"{own['number'].iloc[0]} {on}.json")
    return name, json.dumps(made, ensure_ascii=False, indent=1).encode()


def _again(head: dict[str, Any], on: str) -> dict[str, Any]:
    """The head of a declaration, of another day.

    >>> _again({"date": "2025-01-01", "valid_until": "2025-12-31", "reason": None}, "2026-01-01")
    {'date': '2026-01-01', 'valid_until': '2026-12-31', 'reason': 'renewal'}
    """
    until = None
    if head["date"] and head["valid_until"]:
        first, last = date.fromisoformat(head["date"]), date.fromisoformat(head["valid_until"])
        until = (date.fromisoformat(on) + max(last - first, timedelta())).isoformat()
    return head | {"date": on, "valid_until": until, "reason": "renewal"}
