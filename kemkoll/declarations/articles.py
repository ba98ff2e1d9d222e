"""Articles, what is said of them, and the declarations that they stand in."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kemkoll.declarations.answers import parse_conditions, parse_date
from kemkoll.declarations.parts import group_masses
from kemkoll.declarations.rows import (
    constant,
    filled,
    first_in_groups,
    first_of_each,
    found_rows,
    parsed,
    problems_frame,
    put,
)
from kemkoll.identifiers import parse_gtin
from kemkoll.quantities import parse_amount
from kemkoll.tables import ARTICLES, DECLARATIONS, FACTS, distinct


def read_articles(
    rows: pd.DataFrame, article: np.ndarray, first: np.ndarray, found: list[pd.DataFrame]
) -> pd.DataFrame:
    """The articles, each with what the first of its rows says that says anything."""
    size = len(first)
    gtin = parsed(rows, "gtin", parse_gtin, "gtin-check-digit", found)
    low, high = group_masses(rows, "article_mass", article, size, found)
    return ARTICLES.conform(
        pd.DataFrame(
            {
                "supplier": rows["supplier"].array[first],
                "number": rows["article"].array[first],
                "name": first_in_groups(rows["article_name"].array, article, size),
                "gtin": first_in_groups(gtin, article, size),
                "mass_low_ug": low,
                "mass_high_ug": high,
                "placed_on_market": _latest_date(rows, article, size, found),
            }
        )
    )


def _latest_date(
    rows: pd.DataFrame, article: np.ndarray, size: int, found: list[pd.DataFrame]
) -> pd.Categorical:
    """The last day on which each article is said to be placed on the market; several are a problem."""
    dates = read_dates(rows, "placed_on_market", found)
    made = first_in_groups(dates, article, size, greatest=True)
    own, latest = np.asarray(dates.astype(object)), np.asarray(made.astype(object))
    differs = filled(dates) & (own != latest[article])
    if differs.any():
        once = first_of_each(differs, article)
        column = rows["placed_on_market"].array
        problem = found_rows("date-conflict", once, rows, column, "placed_on_market")
        problem["suggestion"] = latest[article][once]
        found.append(problem)
    return made


def read_dates(rows: pd.DataFrame, name: str, found: list[pd.DataFrame]) -> pd.Categorical:
    """A column of dates as ISO texts, with a problem for each distinct text that is none."""
    return parsed(rows, name, parse_date, "date-unreadable", found)


def read_declarations(
    rows: pd.DataFrame, article: np.ndarray, first: np.ndarray, found: list[pd.DataFrame]
) -> tuple[np.ndarray, pd.DataFrame]:
    """The declaration of each article, and the declarations: what one supplier says of one day under one
    promise.
    """
    size = len(first)
    complete = _said_of_all(rows, article, size, found)
    columns = {
        "supplier": rows["supplier"].array[first],
        "date": first_in_groups(read_dates(rows, "date", found), article, size, least=True),
        "valid_until": first_in_groups(read_dates(rows, "valid_until", found), article, size, least=True),
        "complete": first_in_groups(complete, article, size, greatest=True),
        "reason": first_in_groups(rows["reason"].array, article, size),
    }
    if not size:
        return np.zeros(0, dtype=np.int64), DECLARATIONS.empty()
    of_article, at = distinct([pd.Series(column) for column in columns.values()])
    made = pd.DataFrame({name: pd.Categorical(column)[at] for name, column in columns.items()})
    made["complete_down_to_ppt"] = np.array([int(text or 0) for text in made.pop("complete")], dtype=np.int64)
    return of_article, DECLARATIONS.conform(made)


def _said_of_all(
    rows: pd.DataFrame, article: np.ndarray, size: int, found: list[pd.DataFrame]
) -> pd.Categorical:
    """The share down to which each row is complete, only where it is said of all of its article.

    A row that is about the whole article says it of all; rows of lines and components do where each of them
    does.
    """
    complete = parsed(rows, "complete_down_to", _complete, "complete-unreadable", found)
    says = filled(complete)
    if not says.any() or says.all():
        return complete
    part = filled(rows["component"].array) | filled(rows["material"].array)
    sheets = np.asarray(rows["sheet"].array.codes)
    detail = np.asarray(rows["kind"] == "line") | (part & np.isin(sheets, sheets[says]))
    detail &= np.asarray(rows["kind"] != "statement")
    whole = says & ~detail & np.asarray(rows["kind"] == "part")
    lacks = np.bincount(article[detail & ~says], minlength=size) > 0
    lacks &= np.bincount(article[whole], minlength=size) == 0
    dropped = says & lacks[article]
    if dropped.any():
        once, column = first_of_each(dropped, article), rows["complete_down_to"].array
        found.append(found_rows("complete-partial", once, rows, column, "complete_down_to"))
    return put(complete, dropped, constant("", len(rows)))


def _complete(text: str) -> str | None:
    """The share down to which everything is declared, as a number that sorts as text.

    >>> int(_complete("0,1 %")), _complete("allt")
    (1000000000, None)
    """
    amount = parse_amount(text)
    return f"{amount.high_ppt:015}" if amount and not amount.code else None


def read_facts(rows: pd.DataFrame, article: np.ndarray, found: list[pd.DataFrame]) -> pd.DataFrame:
    """The facts of each article, both answers where its rows contradict each other."""
    column = rows["conditions"].array
    facts: dict[tuple[int, str, bool], None] = {}
    problems = []
    says = np.flatnonzero(filled(column))
    if not len(says):
        return FACTS.empty()
    _, first = distinct([article[says], pd.Series(column[says])])
    for i in says[first]:
        text = str(column[i])
        place = {"sheet": rows["sheet"].array[i], "row": int(rows["row"].iloc[i]), "column": "conditions"}
        read = parse_conditions(text)
        if read is None:
            problems.append({"code": "condition-unreadable", "found": text} | place)
        for name, holds in read or ():
            said = (int(article[i]), name)
            if (*said, not holds) in facts and (*said, holds) not in facts:
                problems.append({"code": "condition-conflict", "found": f"{name}=yes, {name}=no"} | place)
            facts[*said, holds] = None
    found += [problems_frame(problems)] if problems else []
    return FACTS.conform(pd.DataFrame([*facts], columns=["article", "condition", "holds"]))
