"""What people call the articles, contracts, parts and materials that stored rows are about."""

from __future__ import annotations

import pandas as pd

from kemkoll.assortment.scope import articles
from kemkoll.store import Known, kept
from kemkoll.store.declarations import names_of
from kemkoll.store.models import Component, Contract, Material


class Names:
    """The names, by row number, at a moment."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._contracts = kept.every(known, Contract).set_index("id")["number"]
        self._articles = _article_names(known)

    def beside(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows with `contract_number`, `supplier` and `number` beside."""
        own = self._articles.loc[rows["article"].to_numpy()]
        return rows.assign(
            contract_number=rows["contract"].map(self._contracts).astype(object).fillna("").to_numpy(),
            supplier=own["supplier"].to_numpy(),
            number=own["number"].to_numpy(),
        )

    def beside_findings(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The same of findings, with `component_name` and `material_name`."""
        return self.beside(rows).assign(
            component_name=names_of(self._known, Component, rows["component"].to_numpy()),
            material_name=names_of(self._known, Material, rows["material"].to_numpy()),
        )


def _article_names(known: Known) -> pd.DataFrame:
    """Supplier and number of each article, by `Article.article`."""
    found = articles(known, only=("article", "supplier", "number"))
    return found.drop_duplicates("article", keep="last").set_index("article")[["supplier", "number"]]
