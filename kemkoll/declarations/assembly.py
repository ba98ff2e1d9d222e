"""Rows become tables: declarations, articles, facts, components, materials, lines, statements."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePath

import numpy as np
import pandas as pd

from kemkoll.declarations.answers import (
    near_lists,
    parse_asked_list,
    parse_basis,
    parse_conditions,
    parse_date,
)
from kemkoll.declarations.lines import read_lines
from kemkoll.declarations.mentions import Mention, add_mentions
from kemkoll.declarations.parts import Places, find_components, find_materials, group_masses
from kemkoll.declarations.rows import (
    ROWS,
    constant,
    filled,
    first_filled,
    first_in_groups,
    found_rows,
    problems_frame,
    put,
    renamed,
)
from kemkoll.declarations.titles import Title, name_columns
from kemkoll.identifiers import parse_gtin
from kemkoll.quantities import parse_amount
from kemkoll.tables import (
    ARTICLES,
    DECLARATIONS,
    FACTS,
    PROBLEMS,
    STATEMENTS,
    Declarations,
    Scope,
    distinct,
    stack,
)

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
_BY_CELL = ("amount-", "formula-", "intended-", "line-", "basis-", "answer-")
"""Beginnings of the codes of problems that are about one line."""


def assemble(
    rows: pd.DataFrame,
    file: str,
    problems: list[pd.DataFrame],
    titles: list[Title] | None = None,
    mentions: Sequence[Mention] = (),
    *,
    form: bool = False,
) -> Declarations:
    """The tables that the rows of one file give.

    Args:
        rows: `rows.ROWS`.
        file: the file as the user named it.
        problems: what its format could not read.
        titles: the headers that the supplier wrote over the fields.
        mentions: the substances that cells name which are not read as data.
        form: the file is kemkoll's form, which says that an answer that names no article is for all of them.
    """
    found = [*problems]
    rows = _spread_statements(rows, found, form=form)
    rows["article"] = _name_articles(rows, file, found)
    rows["supplier"] = _name_suppliers(rows)
    rows = add_mentions(rows, mentions, found)
    article, first = distinct([rows["supplier"], rows["article"]])
    articles = _read_articles(rows, article, first, found)
    of_article, declarations = _read_declarations(rows, article, first, found)
    places = Places(of_article[article] if len(rows) else article, article)
    places.component, components = find_components(rows, places, found)
    places.material, materials = find_materials(rows, places, found)
    lines = read_lines(rows, places, articles, components, materials, found)
    statements = _read_statements(rows, places, found)
    declarations["scope"] = _scopes(len(declarations), lines, statements)
    facts = _read_facts(rows, article, found)
    named = [frame.assign(file=constant(file, len(frame))) for frame in (declarations, lines, statements)]
    return Declarations(
        declarations=named[0],
        articles=articles,
        facts=facts,
        components=components,
        materials=materials,
        lines=named[1],
        statements=named[2],
        problems=PROBLEMS.conform(name_columns(_place_problems(found, lines, file), titles or [])),
    )


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
        where = ~pd.Series(np.asarray(sheets.codes)).duplicated().to_numpy()
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


def _read_articles(
    rows: pd.DataFrame, article: np.ndarray, first: np.ndarray, found: list[pd.DataFrame]
) -> pd.DataFrame:
    """The articles, each with what the first of its rows says that says anything."""
    size = len(first)
    gtin = rows["gtin"].array
    read = [parse_gtin(str(text)) or "" for text in gtin.categories]
    wrong = filled(gtin) & ~filled(renamed(gtin, read))
    if wrong.any():
        once = wrong & ~pd.Series(np.asarray(gtin.codes)).duplicated().to_numpy()
        found.append(found_rows("gtin-check-digit", once, rows, gtin, "gtin"))
    low, high = group_masses(rows, "article_mass", article, size, found)
    return ARTICLES.conform(
        pd.DataFrame(
            {
                "supplier": rows["supplier"].array[first],
                "number": rows["article"].array[first],
                "name": first_in_groups(rows["article_name"].array, article, size),
                "gtin": first_in_groups(renamed(gtin, read), article, size),
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
    dates = _dates(rows, "placed_on_market", found)
    made = first_in_groups(dates, article, size, greatest=True)
    own, latest = np.asarray(dates.astype(object)), np.asarray(made.astype(object))
    differs = filled(dates) & (own != latest[article])
    if differs.any():
        once = np.zeros(len(rows), dtype=bool)
        once[np.unique(np.where(differs, article, size), return_index=True)[1]] = True
        column = rows["placed_on_market"].array
        problem = found_rows("date-conflict", once & differs, rows, column, "placed_on_market")
        problem["suggestion"] = latest[article][once & differs]
        found.append(problem)
    return made


def _dates(rows: pd.DataFrame, name: str, found: list[pd.DataFrame]) -> pd.Categorical:
    """A column of dates as ISO texts, with a problem for each distinct text that is none."""
    return _parsed(rows, name, parse_date, "date-unreadable", found)


def _parsed(
    rows: pd.DataFrame, name: str, parse: Callable[[str], str | None], code: str, found: list[pd.DataFrame]
) -> pd.Categorical:
    column = rows[name].array
    texts = [(parse(str(text)) if text else "") for text in column.categories]
    made = renamed(column, [text or "" for text in texts])
    wrong = filled(column) & ~filled(made)
    if wrong.any():
        once = wrong & ~pd.Series(np.asarray(column.codes)).duplicated().to_numpy()
        found.append(found_rows(code, once, rows, column, name))
    return made


def _read_declarations(
    rows: pd.DataFrame, article: np.ndarray, first: np.ndarray, found: list[pd.DataFrame]
) -> tuple[np.ndarray, pd.DataFrame]:
    """The declaration of each article, and the declarations: what one supplier says of one day under one
    promise.
    """
    size = len(first)
    complete = _said_of_all(rows, article, size, found)
    columns = {
        "supplier": rows["supplier"].array[first],
        "date": first_in_groups(_dates(rows, "date", found), article, size, least=True),
        "valid_until": first_in_groups(_dates(rows, "valid_until", found), article, size, least=True),
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
    complete = _parsed(rows, "complete_down_to", _complete, "complete-unreadable", found)
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
        once = np.zeros(len(rows), dtype=bool)
        once[np.unique(np.where(dropped, article, size), return_index=True)[1]] = True
        column = rows["complete_down_to"].array
        found.append(found_rows("complete-partial", once & dropped, rows, column, "complete_down_to"))
    return put(complete, dropped, constant("", len(rows)))


def _complete(text: str) -> str | None:
    """The share down to which everything is declared, as a number that sorts as text.

    >>> int(_complete("0,1 %")), _complete("allt")
    (1000000000, None)
    """
    amount = parse_amount(text)
    return f"{amount.high_ppt:015}" if amount and not amount.code else None


def _read_facts(rows: pd.DataFrame, article: np.ndarray, found: list[pd.DataFrame]) -> pd.DataFrame:
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


def _read_statements(rows: pd.DataFrame, places: Places, found: list[pd.DataFrame]) -> pd.DataFrame:
    """The statements about lists that are known; one about an unknown list stays as a problem."""
    at = np.flatnonzero(np.asarray(rows["kind"] == "statement"))
    if not len(at):
        return STATEMENTS.empty()
    part = rows.iloc[at]
    listed = renamed(
        part["list"].array, [parse_asked_list(str(text)) for text in part["list"].array.categories]
    )
    unknown = ~filled(listed)
    if unknown.any():
        problem = found_rows("list-unknown", unknown, part, part["list"].array, "list")
        problem["suggestion"] = [near_lists(text) for text in problem["found"]]
        found.append(problem)
    basis = part["basis"].array
    texts = [(parse_basis(str(text)) or "") if text else "" for text in basis.categories]
    made = pd.DataFrame(
        {
            "declaration": places.declaration[at],
            "article": places.article[at],
            "sheet": part["sheet"].array,
            "row": part["row"].to_numpy(),
            "list": listed,
            "edition": _dates(part, "edition", found),
            "answer": part["answer"].array,
            "basis": renamed(basis, [str(text) for text in texts]),
        }
    )
    return STATEMENTS.conform(made[~unknown])


def _scopes(size: int, lines: pd.DataFrame, statements: pd.DataFrame) -> pd.Categorical:
    """Full where a declaration has lines, an answer where it only has statements."""
    scopes = np.full(size, Scope.partial.value, dtype=object)
    scopes[statements["declaration"].unique()] = Scope.list_answer.value
    scopes[lines["declaration"].unique()] = Scope.full.value
    return pd.Categorical(scopes)


def _place_problems(found: list[pd.DataFrame], lines: pd.DataFrame, file: str) -> pd.DataFrame:
    """The problems with their file, and with the line where they are about one."""
    made = stack(PROBLEMS, found)
    made["file"] = constant(file, len(made))
    code = made["code"].array
    about = np.array([str(text).startswith(_BY_CELL) for text in code.categories], dtype=bool)
    if not len(made) or not len(lines) or not about.any():
        return made
    at = np.flatnonzero(about[code.codes])
    sheets = {name: number for number, name in enumerate(lines["sheet"].array.categories)}
    wide = int(max(lines["row"].max(), made["row"].max())) + 2
    key = lines["sheet"].array.codes.astype(np.int64) * wide + lines["row"].to_numpy()
    sheet = np.array([sheets.get(name, -1) for name in made["sheet"].array.categories], dtype=np.int64)
    wanted = sheet[made["sheet"].array.codes[at]] * wide + made["row"].to_numpy()[at]
    order = np.argsort(key, kind="stable")
    place = np.minimum(np.searchsorted(key[order], wanted), len(order) - 1)
    line = made["line"].to_numpy().copy()
    line[at] = np.where(key[order][place] == wanted, order[place], line[at])
    made["line"] = line
    return made
