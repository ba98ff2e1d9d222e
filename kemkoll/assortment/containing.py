"""Which articles are declared to hold a substance: each wording is looked at once."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kemkoll.assortment.scope import articles
from kemkoll.identity import identify
from kemkoll.registry import Registry
from kemkoll.store import Known, declarations


def articles_containing(
    known: Known, registry: Registry, *, cas: str = "", inchikey: str = ""
) -> pd.DataFrame:
    """The articles of which a current declaration has a line that may mean a substance, whatever its share.

    Args:
        known: the moment.
        registry: where substances are looked up.
        cas: its number; `inchikey`: of its structure. One of them is enough; none means no article.

    Returns:
        `article`, `supplier`, `number`, `name`; by supplier and number.
    """
    numbers, lines = declarations.all_written(known)
    made = identify(lines, registry)
    same = np.zeros(len(made.identities), dtype=bool)
    for column, value in (("cas", cas), ("inchikey", inchikey)):
        if value:
            same |= (made.identities[column].astype(object) == value).to_numpy()
    meant = made.readings[same[made.readings["identity"].to_numpy()]]
    found = declarations.articles_with(known, numbers[np.unique(meant["line"].to_numpy())])
    rows = articles(known).drop_duplicates("article", keep="last")
    rows = rows[rows["article"].isin(found)][["article", "supplier", "number", "name"]]
    return rows.sort_values(["supplier", "number"], kind="stable", ignore_index=True)
