"""Whose each row is: the article and the supplier that it names, or that the file leaves to be understood."""

from __future__ import annotations

from pathlib import PurePath

import numpy as np
import pandas as pd

from kemkoll.declarations.rows import (
    ROWS,
    constant,
    filled,
    first_filled,
    first_in_groups,
    first_of_each,
    found_rows,
    put,
    renamed,
)
from kemkoll.tables import PROBLEMS, distinct, stack

_GENERIC_SHEETS = (
    "",
    "sheet",
    "blad",
    "table",
    "tabell",
    "ark",
    "innehåll",
    "content",
    "contents",
    "data",
    "rader",
    "lines",
    "intyg",
    "statements",
    "components",
    "beståndsdelar",
    "articles",
    "varor",
    "declaration",
    "deklaration",
    "ämnen",
    "substances",
    "taul",
)


def name_owners(rows: pd.DataFrame, file: str, found: list[pd.DataFrame], *, form: bool) -> pd.DataFrame:
    """The rows, each with its article and supplier.

    Args:
        rows: `ROWS`.
        file: the file as the user named it.
        found: where problems go.
        form: the file is kemkoll's form, which says that an answer that names no article is for all of them.
    """
    rows = _spread_statements(rows, found, form=form)
    rows["article"] = _name_articles(rows, file, found)
    rows["supplier"] = _name_suppliers(rows)
    return rows


def _spread_statements(rows: pd.DataFrame, found: list[pd.DataFrame], *, form: bool) -> pd.DataFrame:
    """The rows; a statement on a sheet where no statement names an article is made for each of the file's.

    That is a problem, except in a form, which asks for it.
    """
    names = ("article", "article_name", "gtin")
    named = first_filled([rows[name].array for name in names])
    says, states = filled(named), np.asarray(rows["kind"] == "statement")
    supplier = _name_suppliers(rows.assign(article=named))
    _, first = distinct([pd.Series(named[says]), pd.Series(supplier[says])])
    sheets = np.asarray(rows["sheet"].array.codes)
    alone = states & ~says & ~np.isin(sheets, sheets[states & says])
    if not alone.any() or len(first) < 2:
        return rows.copy(deep=False)
    owners = rows.iloc[np.flatnonzero(says)[first]]
    if not form:
        words = [str(text) for text in dict.fromkeys(named[says][first])]
        problem = found_rows("article-missing", alone, rows, constant("", len(rows)), "")
        problem["suggestion"] = ", ".join(words[:5]) + ", …" * (len(words) > 5)
        found.append(PROBLEMS.conform(problem))
    owners = owners.assign(supplier=supplier[np.flatnonzero(says)[first]])
    parts = [rows[~alone]]
    for i in range(len(owners)):
        own = {name: constant(str(owners[name].iloc[i]), int(alone.sum())) for name in (*names, "supplier")}
        parts.append(rows[alone].assign(**own))
    return stack(ROWS, [ROWS.conform(part) for part in parts])


def _name_articles(rows: pd.DataFrame, file: str, found: list[pd.DataFrame]) -> pd.Categorical:
    """The article's number, else its name, its GTIN, the only article of the file, the sheet's or the file's
    name.
    """
    named = first_filled([rows[name].array for name in ("article", "article_name", "gtin")])
    missing = ~filled(named)
    if not missing.any():
        return named
    only = np.unique(np.asarray(named.codes)[~missing])
    if len(only) == 1 and (
        rows["sheet"].nunique() > 1 or not (filled(rows["article"].array) & ~missing).any()
    ):
        return first_filled([named, constant(str(named.categories[only[0]]), len(rows))])
    sheets = rows["sheet"].array
    stem = PurePath(file).stem
    texts = [
        stem if str(name).casefold().rstrip(" 0123456789") in _GENERIC_SHEETS else str(name)
        for name in sheets.categories
    ]
    named = first_filled([named, renamed(sheets, texts)])
    where = missing
    if missing.all():  # said once for each sheet
        where = first_of_each(missing, sheets.codes)
    problem = found_rows("article-missing", where, rows, constant("", len(rows)), "")
    problem["suggestion"] = np.asarray(named.astype(object))[where]
    found.append(problem)
    return named


def _name_suppliers(rows: pd.DataFrame) -> pd.Categorical:
    """The supplier of each row: its own, else that of the same article elsewhere in the file, else the file's
    only one.
    """
    supplier: pd.Categorical = rows["supplier"].array
    says = filled(supplier)
    if says.all() or not says.any():
        return supplier
    only = np.unique(np.asarray(supplier.codes)[says])
    if len(only) == 1:
        return first_filled([supplier, constant(str(supplier.categories[only[0]]), len(rows))])
    article, first = distinct([rows["article"]])
    least = first_in_groups(supplier, article, len(first), least=True)
    most = first_in_groups(supplier, article, len(first), greatest=True)
    agreed = np.asarray(least.astype(object)) == np.asarray(most.astype(object))
    known = put(least, ~agreed, constant("", len(first)))
    return first_filled([supplier, known[article]])
