"""Rows become tables: declarations, articles, facts, components, materials, lines, statements."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kemkoll.declarations.answers import near_lists, parse_asked_list, parse_basis
from kemkoll.declarations.articles import read_articles, read_dates, read_declarations, read_facts
from kemkoll.declarations.lines import read_lines
from kemkoll.declarations.mentions import Mention, add_mentions
from kemkoll.declarations.owners import name_owners
from kemkoll.declarations.parts import Places, find_components, find_materials
from kemkoll.declarations.rows import constant, filled, found_rows, renamed
from kemkoll.declarations.titles import Title, name_columns
from kemkoll.tables import PROBLEMS, STATEMENTS, Declarations, Scope, distinct, stack

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
    rows = add_mentions(name_owners(rows, file, found, form=form), mentions, found)
    article, first = distinct([rows["supplier"], rows["article"]])
    articles = read_articles(rows, article, first, found)
    of_article, declarations = read_declarations(rows, article, first, found)
    places = Places(of_article[article] if len(rows) else article, article)
    places.component, components = find_components(rows, places, found)
    places.material, materials = find_materials(rows, places, found)
    lines = read_lines(rows, places, articles, components, materials, found)
    statements = _read_statements(rows, places, found)
    declarations["scope"] = _scopes(len(declarations), lines, statements)
    named = [frame.assign(file=constant(file, len(frame))) for frame in (declarations, lines, statements)]
    return Declarations(
        declarations=named[0],
        articles=articles,
        facts=read_facts(rows, article, found),
        components=components,
        materials=materials,
        lines=named[1],
        statements=named[2],
        problems=PROBLEMS.conform(name_columns(_place_problems(found, lines, file), titles or [])),
    )


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
            "edition": read_dates(part, "edition", found),
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
