"""What people decided on reviews, as the judgement wants it: it holds while its declaration is current."""

from __future__ import annotations

import pandas as pd

from kemkoll.assortment.plans import Plan
from kemkoll.store import Known, declared, kept
from kemkoll.store.models import Decision
from kemkoll.tables import DECISIONS


def decided_in(known: Known, plan: Plan) -> pd.DataFrame:
    """The decisions that hold for the articles of a plan (`tables.DECISIONS`).

    One that was made on another declaration than the current one holds no longer; it is only proposed. So is
    one that was made under another limit: the judgement tells.
    """
    given = kept.frame(known, Decision)
    given = given[given["article"].isin(plan.rows["article"])]
    if not len(given):
        return DECISIONS.empty()
    return expand(given, plan.rows["article"], last_declared(known, given["article"]))


def expand(given: pd.DataFrame, articles: pd.Series, last: pd.Series) -> pd.DataFrame:
    """Decisions as the judgement wants them.

    Args:
        given: `Decision`'s columns.
        articles: the articles of a plan, in order, each once or more.
        last: the row number of each article's last current declaration, by article.

    Returns:
        `tables.DECISIONS`; `article` is the place of the article among those of the plan.

    >>> made = {"article": 7, "declared": 3, "list": "pops", "entry": "pfoa", "reason": "straddles"}
    >>> made |= {"limit": "> 1 %"}
    >>> given = pd.DataFrame([made | {"verdict": "below_limit", "number": "", "id": 1}])
    >>> expand(given, pd.Series([5, 7]), pd.Series({7: 3}))[["article", "decision"]].to_dict("records")
    [{'article': 1, 'decision': '#1'}]
    >>> len(expand(given, pd.Series([5, 7]), pd.Series({7: 4})))
    0
    """
    holds = given[given["declared"] == given["article"].map(last)]
    place = {article: number for number, article in enumerate(dict.fromkeys(articles))}
    said = ["list", "entry", "reason", "limit", "verdict"]
    return DECISIONS.conform(holds[said].assign(article=holds["article"].map(place), decision=named(holds)))


def named(given: pd.DataFrame) -> pd.Series:
    """What decisions are called: their number, else `#` and the row's."""
    own = "#" + given["id"].astype(str)
    return given["number"].astype(object).where(given["number"] != "", own)


def last_declared(known: Known, articles: pd.Series) -> pd.Series:
    """The row number of the last current declaration of some articles, by article."""
    rows = declared.current_rows(known, articles.unique())
    made: pd.Series = rows.groupby("article")["id"].max()
    return made
