"""What people call the articles, contracts, parts and materials that stored rows are about."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sqlalchemy import select

from kemkoll.assortment.scope import articles
from kemkoll.store import Known, bulk, kept
from kemkoll.store.models import Component, Contract, Material
from kemkoll.store.once import categories, table_of, texts_of


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
            component_name=self._of(Component, rows["component"].to_numpy()),
            material_name=self._of(Material, rows["material"].to_numpy()),
        )

    def _of(self, model: type[Component] | type[Material], ids: np.ndarray) -> np.ndarray:
        table = table_of(model)
        codes = {0: 0}
        for part in bulk.pieces(np.unique(ids[ids > 0]).tolist()):
            asked = select(table.c.id, table.c.name).where(table.c.id.in_(part))
            codes |= {int(row[0]): int(row[1]) for row in self._known.connection.execute(asked)}
        numbers = np.array([codes[id_] for id_ in ids.tolist()], dtype=np.int64)
        texts = texts_of(self._known.connection, numbers)
        return np.asarray(categories(numbers, texts), dtype=object)


def _article_names(known: Known) -> pd.DataFrame:
    """Supplier and number of each article, by `Article.article`."""
    found = articles(known)
    return found.drop_duplicates("article", keep="last").set_index("article")[["supplier", "number"]]
