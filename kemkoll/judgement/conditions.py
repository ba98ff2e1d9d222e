"""Which limits apply to which articles: facts that are yes, no, or unknown."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from kemkoll.tables import Condition

YES, NO, UNKNOWN = 1, 0, -1
_MIXTURE = str(Condition.chemical_product)
_PART_OF = {str(Condition.prolonged_skin_contact): str(Condition.skin_contact)}
"""Facts that cannot hold where another does not."""


class Facts:
    """What is known about each article.

    >>> own = pd.DataFrame({"article": [0], "condition": ["textile"], "holds": [False]})
    >>> facts = Facts(own, {"leather": True}, 2)
    >>> facts.hold("!textile leather").tolist()
    [1, -1]
    """

    def __init__(
        self,
        facts: pd.DataFrame,
        of_all: Mapping[str, bool],
        articles: int,
        *,
        composed: np.ndarray | None = None,
        kits: np.ndarray | None = None,
        shown: pd.DataFrame | None = None,
    ) -> None:
        """What the articles' own `tables.FACTS` say; `of_all` holds where an article says nothing.

        An article that says both yes and no leaves the fact unknown, whatever `of_all` says.

        Args:
            composed: articles (row numbers) with components of their own: where nobody says otherwise, these
                are no chemical products; a part of one may be, as the liquid in a kit is.
            kits: articles with several components: who calls such a thing a mixture has not said that it is
                no article.
            shown: facts (article, condition) that materials and lines show: one that is denied is unknown.
        """
        self._articles = articles
        self._known = {
            name: np.full(articles, YES if holds else NO, dtype=np.int8) for name, holds in of_all.items()
        }
        for name, own in facts.groupby("condition", observed=True):
            known = self._of(str(name))
            article, holds = own["article"].to_numpy(), own["holds"].to_numpy()
            known[article] = np.where(holds, YES, NO)
            known[np.intersect1d(article[holds], article[~holds])] = UNKNOWN
        self.doubted = self._contradicted(shown) if shown is not None else pd.DataFrame()
        self._composed, self.kits = np.zeros(articles, dtype=bool), np.zeros(articles, dtype=bool)
        if kits is not None:
            self.kits[kits] = self._of(_MIXTURE)[kits] == YES
        if composed is not None:
            self._composed[composed] = self._of(_MIXTURE)[composed] == UNKNOWN
            said_both = facts["article"][(facts["condition"] == _MIXTURE).to_numpy()].to_numpy()
            self._composed[said_both] = False
        for part, whole in _PART_OF.items():
            if part in self._known or whole in self._known:
                narrow, wide = self._of(part), self._of(whole)
                narrow[(narrow == UNKNOWN) & (wide == NO)] = NO
                wide[(wide == UNKNOWN) & (narrow == YES)] = YES

    def _contradicted(self, shown: pd.DataFrame) -> pd.DataFrame:
        """The facts that are denied and shown all the same; from now on they are unknown."""
        denied = np.zeros(len(shown), dtype=bool)
        for name, rows in shown.groupby("condition").indices.items():
            article = shown["article"].to_numpy(dtype=np.int64)[rows]
            denied[rows] = self._of(str(name))[article] == NO
            self._of(str(name))[article[denied[rows]]] = UNKNOWN
        return shown[denied]

    def _of(self, name: str) -> np.ndarray:
        """What is known of one fact, for each article; it may be added to."""
        return self._known.setdefault(name, np.full(self._articles, UNKNOWN, dtype=np.int8))

    def columns(self) -> list[np.ndarray]:
        """All that is known, fact by fact, one value an article: where it is the same, the same limits apply,
        whatever they ask.
        """
        return [*(self._known[name] for name in sorted(self._known)), self._composed, self.kits]

    def hold(self, condition: str, *, of_parts: bool = False) -> np.ndarray:
        """Whether a condition (`tables.LIMITS`) holds for each article: `YES`, `NO` or `UNKNOWN`.

        All words must hold; one that does not decides, whatever is unknown beside it.

        Args:
            of_parts: something in the article is judged, not the article as a whole: of what has components,
                one may be a mixture, unless somebody says no.
        """
        held = np.full(self._articles, YES, dtype=np.int8)
        for word in condition.split():
            known = self._known.get(word.lstrip("!"), np.full(self._articles, UNKNOWN, dtype=np.int8))
            if word.lstrip("!") == _MIXTURE and not (of_parts and word == _MIXTURE):
                known = np.where(self._composed, NO, known)
            if word.startswith("!"):
                known = np.where(known == UNKNOWN, UNKNOWN, YES - known)
            if word == f"!{_MIXTURE}":
                known = np.where(self.kits, UNKNOWN, known)
            held = np.where((held == NO) | (known == NO), NO, np.minimum(held, known))
        return held
