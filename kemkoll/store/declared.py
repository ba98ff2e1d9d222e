"""Suppliers' declarations, into the database and out of it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import select
from sqlmodel import SQLModel

from kemkoll.judgement.units import pairs
from kemkoll.store import Change, Known, bulk
from kemkoll.store.models import (
    Component,
    Declaration,
    DeclaredArticle,
    DeclaredFact,
    DeclaredProblem,
    Line,
    Material,
    Statement,
)
from kemkoll.store.once import next_id, table_of, texts_of, written
from kemkoll.store.recalled import FEW, Reader, Rows, in_pieces, is_current
from kemkoll.tables import (
    ARTICLES,
    COMPONENTS,
    DECLARATIONS,
    FACTS,
    LINES,
    MATERIALS,
    NO_MASS,
    NONE,
    STATEMENTS,
    Declarations,
)


@dataclass(frozen=True)
class Standing:
    """Declarations that are current, and which rows of the database they are.

    Attributes:
        declarations: as if they had just been read; articles in the order of `article`.
        article: `Article.article` of each article.
        component, material, line: row numbers in the database.
        declared: `DeclaredArticle.id` of each row of `declarations.declarations`: one declaration for each
            article that one speaks of.
    """

    declarations: Declarations
    article: np.ndarray
    component: np.ndarray
    material: np.ndarray
    line: np.ndarray
    declared: np.ndarray


def put(
    change: Change, file: int, made: Declarations, *, suppliers: np.ndarray, articles: np.ndarray
) -> pd.DataFrame:
    """Store what one file declares.

    Args:
        change: the event.
        file: the file's row number.
        made: what was read from it.
        suppliers: the row number of the supplier of each declaration.
        articles: `Article.article` of each article.

    Returns:
        The new `declared_article` rows: id, declaration, article.
    """
    connection, texts = change.connection, change.texts
    found = pairs(made)
    declaration = _put_declarations(change, file, made, suppliers)
    declared = next_id(connection, DeclaredArticle) + np.arange(len(found))
    of_article = found.article
    declarer = np.where(found.declaration >= 0, found.declaration, 0)
    own = made.articles.iloc[of_article]
    name, gtin, placed = texts.codes([own["name"], own["gtin"], own["placed_on_market"]])
    rows = {
        "id": declared, "declaration": declaration[declarer], "article": articles[of_article],
        "added": np.full(len(found), change.event), "name": name, "gtin": gtin, "placed_on_market": placed,
        "mass_low_ug": own["mass_low_ug"].to_numpy(), "mass_high_ug": own["mass_high_ug"].to_numpy(),
    }  # fmt: skip
    bulk.insert(connection, table_of(DeclaredArticle), rows)
    component, material = (
        next_id(connection, model) + np.arange(len(frame))
        for model, frame in ((Component, made.components), (Material, made.materials))
    )
    parent = _numbers(component, made.components["parent"])
    inside = _numbers(component, made.materials["component"])
    _put(change, Component, made.components, {"declared": declared[found.of_component], "parent": parent})
    _put(change, Material, made.materials, {"declared": declared[found.of_material], "component": inside})
    _put(change, Statement, made.statements, {"declared": declared[found.of_statement]})
    first = np.full(len(made.articles), NONE)
    first[of_article[::-1]] = declared[::-1]
    _put(change, DeclaredFact, made.facts, {"declared": first[made.facts["article"].to_numpy()]})
    line = _put_lines(change, made, declared[found.of_line], component, material)
    _put_problems(change, file, made.problems, line)
    return pd.DataFrame({name: rows[name] for name in ("id", "declaration", "article")})


def _put_declarations(change: Change, file: int, made: Declarations, suppliers: np.ndarray) -> np.ndarray:
    frame = made.declarations
    size = len(frame)
    fixed = {"file": np.full(size, file), "added": np.full(size, change.event), "supplier": suppliers}
    return _put(change, Declaration, frame, fixed)


def _put_lines(
    change: Change,
    made: Declarations,
    declared: np.ndarray,
    component: np.ndarray,
    material: np.ndarray,
) -> np.ndarray:
    lines = made.lines
    pointers = {
        "declared": declared,
        "component": _numbers(component, lines["component"]),
        "material": _numbers(material, lines["material"]),
        "written": written(change.connection, change.texts, lines),
    }
    return _put(change, Line, lines, pointers)


def _put_problems(change: Change, file: int, problems: pd.DataFrame, line: np.ndarray) -> None:
    of_line = _numbers(line, problems["line"])
    _put(change, DeclaredProblem, problems, {"file": np.full(len(problems), file), "line": of_line})


def _put(
    change: Change, model: type[SQLModel], frame: pd.DataFrame, given: Mapping[str, np.ndarray]
) -> np.ndarray:
    """Store the rows of one table; their numbers. Texts go in as their numbers, the rest as it is."""
    table = table_of(model)
    ids = next_id(change.connection, model) + np.arange(len(frame))
    if not len(frame):
        return ids
    plain = [column.name for column in table.columns if column.name not in {"id", *given}]
    texts = [name for name in plain if not pd.api.types.is_numeric_dtype(frame[name].dtype)]
    codes = dict(zip(texts, change.texts.codes([frame[name] for name in texts]), strict=True))
    numbers = {name: frame[name].to_numpy() for name in plain if name not in codes}
    bulk.insert(change.connection, table, {"id": ids, **given, **codes, **numbers})
    return ids


def _numbers(ids: np.ndarray, rows: pd.Series) -> np.ndarray:
    """The row numbers in the database of row numbers in a frame; 0 for none."""
    which = rows.to_numpy()
    if not len(ids):
        return np.zeros(len(which), dtype=np.int64)
    return np.where(which >= 0, ids[np.maximum(which, 0)], 0)


# --- out again --------------------------------------------------------------------------------------------


def current_rows(known: Known, articles: np.ndarray) -> pd.DataFrame:
    """What declarations said of some articles and still say at that moment (`DeclaredArticle`), oldest
    first.
    """
    table = table_of(DeclaredArticle)
    asked = select(table).where(is_current(known)).order_by(table.c.id)
    if len(articles) <= FEW:
        asked = asked.where(bulk.among(table.c.article, articles))
        return bulk.select(known.connection, asked)
    made = bulk.select(known.connection, asked)
    return made[np.isin(made["article"].to_numpy(), articles)].reset_index(drop=True)


def rows_called(known: Known, ids: np.ndarray) -> pd.DataFrame:
    """Some rows of what declarations said of articles (`DeclaredArticle`), by their numbers, oldest first."""
    table = table_of(DeclaredArticle)
    asked = select(table).order_by(table.c.id)
    return in_pieces(known, asked, table.c.id, np.unique(ids))


def standing(
    known: Known, articles: pd.DataFrame, *, places: bool = False, chosen: np.ndarray | None = None
) -> Standing:
    """The declarations of some articles that were current then.

    Args:
        known: the moment.
        articles: `article` (`Article.article`), and supplier, number, name, gtin, placed_on_market as the
            buyer knows them. Those that nobody declares stay, with nothing.
        places: with the cells that each line stood in; a judgement does not need them.
        chosen: other declarations of these articles than those that were current then
            (`DeclaredArticle.id`).
    """
    wanted = articles["article"].to_numpy()
    current = current_rows(known, wanted) if chosen is None else rows_called(known, chosen)
    article_of = pd.Series(np.arange(len(wanted)), index=wanted)
    article = article_of.loc[current["article"].to_numpy()].to_numpy(dtype=np.int64)
    rows = Rows(known, current["id"].to_numpy(), places=places, chosen=chosen is not None)
    component, material, line = rows.of(Component), rows.of(Material), rows.of(Line)
    statement, fact, heads = rows.of(Statement), rows.of(DeclaredFact), rows.heads(current)
    read = Reader(known, [component, material, line, statement, fact, heads, current])
    files = read.files(heads)
    made = Declarations(
        declarations=read.frame(
            DECLARATIONS, heads, files | {"supplier": articles["supplier"].array[article]}
        ),
        articles=_articles(articles, read.frame(ARTICLES, current, {}), article),
        facts=read.frame(FACTS, fact, {"article": article[rows.pair(fact)]}),
        components=read.frame(
            COMPONENTS, component, rows.pointers(component, article, {"parent": component})
        ),
        materials=read.frame(MATERIALS, material, rows.pointers(material, article, {"component": component})),
        lines=read.frame(
            LINES,
            line,
            rows.pointers(line, article, {"component": component, "material": material})
            | read.cells(line)
            | {"file": files["file"][rows.pair(line)]},
        ),
        statements=read.frame(
            STATEMENTS,
            statement,
            rows.pointers(statement, article, {}) | {"file": files["file"][rows.pair(statement)]},
        ),
    )
    ids = (frame["id"].to_numpy() for frame in (component, material, line, current))
    return Standing(made, wanted, *ids)


def heads(known: Known, declarations: np.ndarray) -> pd.DataFrame:
    """The scope, reason, date and last day of some declarations, by their row number in the database."""
    table = table_of(Declaration)
    names = ["scope", "reason", "date", "valid_until"]
    asked = select(table.c.id, *(table.c[name] for name in names))
    made = in_pieces(known, asked, table.c.id, np.unique(declarations)).set_index("id")
    texts = texts_of(known.connection, made.to_numpy().ravel())
    return pd.DataFrame({name: made[name].map(texts) for name in names})


def _articles(known: pd.DataFrame, declared: pd.DataFrame, article: np.ndarray) -> pd.DataFrame:
    """The articles as the buyer knows them; what the buyer does not say, as declarations do."""
    size = len(known)
    low, high = np.full(size, NO_MASS, dtype=np.int64), np.full(size, NO_MASS, dtype=np.int64)
    has = declared["mass_low_ug"].to_numpy() >= 0
    low[article[has]] = np.iinfo(np.int64).max
    np.minimum.at(low, article[has], declared["mass_low_ug"].to_numpy()[has])
    np.maximum.at(high, article[has], declared["mass_high_ug"].to_numpy()[has])
    made: dict[str, Any] = {"mass_low_ug": low, "mass_high_ug": high}
    for name in ("supplier", "number", "name", "gtin", "placed_on_market"):
        texts = known[name].to_numpy(dtype=object).copy()
        if name in ("name", "gtin", "placed_on_market"):
            said = declared[name].to_numpy(dtype=object)
            mute = (texts[article] == "") & (said != "")
            texts[article[mute]] = said[mute]
        made[name] = pd.Categorical(texts)
    return ARTICLES.of(size, made)
