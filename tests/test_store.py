from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stores import AT, BY, place, where
from test_backup import ASKED, ON, filled
from test_backup import declared as declared_file

from kemkoll.assortment import batches
from kemkoll.assortment.adding import add_declarations
from kemkoll.assortment.scope import Scope, articles
from kemkoll.lists.editions import library_of
from kemkoll.store import Change, Store, audit, declared, judged, kept
from kemkoll.store.models import (
    Article,
    BatchFinding,
    BatchVerdict,
    Component,
    Declaration,
    DeclaredFact,
    DeclaredProblem,
    File,
    Line,
    Material,
    Statement,
    Supplier,
)
from kemkoll.store.once import plain, table_of
from kemkoll.tables import (
    ARTICLES,
    COMPONENTS,
    DECLARATIONS,
    FACTS,
    FINDINGS,
    LINES,
    MATERIALS,
    PROBLEMS,
    STATEMENTS,
    VERDICTS,
    Declarations,
    Table,
)

assert where
assert declared_file  # fixtures

PAIR = "`declared` says which declaration speaks of which article"
FILE = "the declaration, or the problem, points to its file"
WRITTEN = "stands once in `written`, which the line points to"
DERIVED: dict[str, tuple[Table, Any, dict[str, str]]] = {
    "declarations": (DECLARATIONS, Declaration, {"sha256": FILE}),
    "components": (COMPONENTS, Component, {"declaration": PAIR, "article": PAIR}),
    "materials": (MATERIALS, Material, {"declaration": PAIR, "article": PAIR}),
    "lines": (
        LINES,
        Line,
        {"declaration": PAIR, "article": PAIR, "file": FILE}
        | dict.fromkeys(("name", "cas", "ec", "smiles"), WRITTEN),
    ),
    "statements": (STATEMENTS, Statement, {"declaration": PAIR, "article": PAIR, "file": FILE}),
    "facts": (FACTS, DeclaredFact, {"article": PAIR}),
    "problems": (PROBLEMS, DeclaredProblem, {}),
    "findings": (FINDINGS, BatchFinding, {"declaration": "its lines say which"}),
    "verdicts": (VERDICTS, BatchVerdict, {}),
}
"""Each table of the flow, its model, and the columns that the model has not, with the reason."""


@pytest.mark.parametrize("name", DERIVED)
def test_the_tables_and_the_models_are_the_same(name: str) -> None:
    shape, model, derived = DERIVED[name]
    own = {column.name for column in table_of(model).columns}
    assert set(shape.names) - own == set(derived)


def test_every_table_of_declarations_is_kept() -> None:
    kept_ = {"declarations", "components", "materials", "lines", "statements", "facts", "problems"}
    there = set(Declarations.__dataclass_fields__)
    assert there - kept_ == {"articles", "inputs"}  # `declared_article` and `article`; `file`


# --- round trip -------------------------------------------------------------------------------------------

SOME = ["", "DEHP", "117-81-7", "a\0b", "ÅÄÖ 😀", "x" * 70_000, "\\N", "\t\n\r", "'\";--"]
texts = st.one_of(st.sampled_from(SOME), st.text(max_size=12))
shares = st.sampled_from([0, 1, 10**9, 10**12])
rows = st.lists(
    st.fixed_dictionaries(
        {
            "name": texts, "cas": texts, "ec": texts, "smiles": texts, "amount": texts, "function": texts,
            "cells": texts, "sheet": texts, "derogation": texts, "intended": st.sampled_from(["yes", "no"]),
            "low_ppt": shares, "high_ppt": shares, "step_ppt": shares, "row": st.integers(-1, 2**31 - 1),
            "basis_assumed": st.booleans(), "article": st.integers(0, 1), "component": st.integers(-1, 1),
        }
    ),
    max_size=6,
)  # fmt: skip


def category(values: list[str]) -> pd.Categorical:
    """A column of texts, whatever is in them."""
    there = list(dict.fromkeys(values))
    places = [there.index(value) for value in values]
    return pd.Categorical.from_codes(
        places, pd.Index(np.array([*there, ""], dtype=object)[:-1], dtype=object)
    )


def declaration(given_: list[dict[str, Any]], name: str) -> Declarations:
    """Two articles with a part each, in one declaration, with these lines."""
    size = len(given_)
    columns: dict[str, Any] = {
        "declaration": np.zeros(size, dtype=np.int32),
        "material": np.full(size, -1, dtype=np.int32),
        "file": category(["f.csv"] * size),
        "basis": category(["component"] * size),
        # a line stands in a part of its own article, or in none
        "component": np.array(
            [it["article"] if it["component"] >= 0 else -1 for it in given_], dtype=np.int32
        ),
    }
    for column in LINES.columns:
        if column.name not in columns:
            own = [row[column.name] for row in given_]
            texts_ = column.type == "category"
            columns[column.name] = category(own) if texts_ else np.array(own, dtype=column.type)
    heads = {"supplier": "S", "scope": "full", "reason": name, "file": "f.csv", "sha256": "0"}
    head = DECLARATIONS.of(1, {it: category([value]) for it, value in heads.items()})
    numbers = {"declaration": [0, 0], "article": [0, 1], "parent": [-1, -1], "units": [-1, 3]}
    masses = {"mass_low_ug": np.array([-1, 5]), "mass_high_ug": np.array([-1, 2**62])}
    part = {it: np.array(own, dtype=np.int32) for it, own in numbers.items()} | masses
    article = {"supplier": ["S", "S"], "number": ["1", "2"], "name": [name, ""], "gtin": ["", ""]}
    article |= {"placed_on_market": ["", "2020-01-01"]}
    return Declarations(
        declarations=head.assign(evidence_level=np.array([-1], dtype=np.int32)),
        articles=ARTICLES.of(2, {it: category(own) for it, own in article.items()} | masses),
        components=COMPONENTS.of(2, part | {"name": category([name, ""])}),
        lines=LINES.of(size, columns),
    )


def put(change: Change, made: Declarations, start: int) -> None:
    file = kept.add(
        change,
        File,
        [{"sha256": f"{start}", "name": "f.csv", "size": 0, "content": b"\0\xff" if start else b""}],
    )[0]
    own = np.array([start + 1, start + 2])
    kept.add(change, Article, [{"article": int(it), "supplier": 1, "number": str(it)} for it in own])
    declared.put(change, file, made, suppliers=np.array([1]), articles=own)


def as_text(frame: pd.DataFrame, without: set[str]) -> dict[str, list[Any]]:
    return {
        str(name): [plain(it) if isinstance(it, str) else it for it in frame[name].astype(object)]
        for name in frame
        if name not in without
    }


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(first=rows, second=rows, name=texts)
def test_what_is_stored_is_read_back_cell_by_cell(
    kind: str, first: list[dict[str, Any]], second: list[dict[str, Any]], name: str, round_trip: Any
) -> None:
    """As it was, but for the one sign that no database holds: NUL (`once.plain`)."""
    store, number = round_trip(kind)
    made = [declaration(first, name), declaration(second, "two")]
    with store.writing("try", by=BY, at=AT) as change:
        for place_, own in enumerate(made):
            put(change, own, number + 2 * place_)
        now = Change(change.connection, change.event, change.event + 1, AT, BY)
        known = articles(now)
        for place_, own in enumerate(made):
            asked = known[known["article"].isin([number + 2 * place_ + 1, number + 2 * place_ + 2])]
            read = declared.standing(now, asked, places=True).declarations
            assert differing(read.lines, own.lines) == []
            assert differing(read.components, own.components) == []
            assert read.articles["mass_high_ug"].tolist() == [-1, 2**62]
            reasons = set(read.declarations["reason"].astype(object))
            assert reasons == {plain(own.declarations["reason"][0])}


def differing(read: pd.DataFrame, given_: pd.DataFrame) -> list[str]:
    """The columns that do not hold, or are not, what they were: names only, as texts may be long."""
    if len(read) != len(given_):
        return ["rows"]
    found = []
    for name in set(given_) - {"declaration"}:
        values = [plain(it) if isinstance(it, str) else it for it in given_[name].astype(object)]
        alike = isinstance(read[name].dtype, pd.CategoricalDtype) == isinstance(
            given_[name].dtype, pd.CategoricalDtype
        )
        if not alike or read[name].astype(object).tolist() != values:
            found.append(str(name))
    return found


@pytest.fixture
def round_trip(tmp_path: Path) -> Any:
    """A database of a kind, the same for all examples, and a number that no article of it has yet."""
    opened: dict[str, Any] = {}
    used = [0]

    def give(kind: str) -> tuple[Store, int]:
        if kind not in opened:
            at = place(kind, tmp_path / "k.db")
            opened[kind] = (at, Store.create(at.__enter__(), by=BY, at=AT))
        used[0] += 4
        return opened[kind][1], used[0] - 4

    yield give
    for at, store in opened.values():
        store.close()
        at.__exit__(None, None, None)


def test_a_file_is_kept_byte_for_byte(where: str, registry: Any, tmp_path: Path) -> None:
    content = 'supplier,article,name,cas,amount\r\n"Å\n",1,x\u2028,117-81-7,1 %\r\n'.encode() + b"\r\n\r\n"
    (tmp_path / "f.csv").write_bytes(content)
    with Store.create(where, by=BY, at=AT) as store:
        made = add_declarations(store, [str(tmp_path / "f.csv")], registry=registry, by=BY, at=AT)
        assert [it.status for it in made] == ["added"]
        with store.reading() as known:
            table = table_of(File)
            row = known.connection.execute(table.select()).mappings().one()
        assert (bytes(row["content"]), row["size"], row["name"]) == (content, len(content), "f.csv")


@pytest.mark.parametrize("content", [b"", b"\n", b"supplier,article,name,cas,amount\n"])
def test_an_empty_file_adds_nothing(where: str, registry: Any, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "f.csv").write_bytes(content)
    with Store.create(where, by=BY, at=AT) as store:
        made = add_declarations(store, [str(tmp_path / "f.csv")], registry=registry, by=BY, at=AT)
        assert made[0].status in ("empty", "failed")
        with store.reading() as known:
            assert (known.seen, len(kept.frame(known, Article))) == (1, 0)


def test_what_was_known_earlier_stays_known(
    where: str, declared_file: str, registry: Any, tmp_path: Path
) -> None:
    filled(where, declared_file, registry)
    later = tmp_path / "later.csv"
    later.write_text("supplier,article,component,name,cas,amount\nÅkes Ör AB,B-1,slang,DINP,28553-12-0,3 %\n")

    def said(known: Any) -> list[str]:
        one = articles(known).query("number == 'B-1'")
        return declared.standing(known, one).declarations.lines["name"].astype(object).tolist()

    with Store.open(where) as store:
        with store.reading() as known:
            seen, before = known.seen, said(known)
        add_declarations(store, [str(later)], registry=registry, by=BY, at=AT)
        with store.writing("try", by=BY, at=AT) as change:
            kept.put(change, Supplier, ["key"], [{"key": "other", "name": "Another"}])
        with store.reading() as known:
            assert said(known) == ["DINP"]
            assert "Another" in set(kept.frame(known, Supplier)["name"])
        with store.reading(seen) as known:
            assert said(known) == before == ["DEHP", "lead"]
            assert "Other" in set(kept.frame(known, Supplier)["name"])
            again = batches.judge(known, Scope(), ASKED, on=ON, source=library_of(), registry=registry)
            assert again.digest == judged.batch(known, 1)["digest"]
        with store.reading(1) as known:
            assert len(articles(known)) == 0


def test_both_databases_give_equal_hashes(declared_file: str, registry: Any, tmp_path: Path) -> None:
    with place("sqlite", tmp_path / "k.db") as one, place("postgresql", tmp_path / "-") as other:
        assert filled(one, declared_file, registry) == filled(other, declared_file, registry)


def test_numbers_of_numpy_are_numbers(where: str) -> None:
    """SQLite would take them for bytes, which equal no number."""
    with Store.create(where, by=BY, at=AT) as store:
        with store.writing("try", by=BY, at=AT) as change:
            made = kept.add(
                change, Supplier, [{"supplier": 1, "key": "a", "name": "A", "personal": np.bool_(1)}]
            )
            kept.end(change, Supplier, np.array(made))
        with store.reading() as known:
            assert len(kept.frame(known, Supplier)) == 0
            assert kept.every(known, Supplier)["personal"].tolist() == [True]


def test_texts_that_no_database_holds_are_kept_as_near_as_it_can(where: str) -> None:
    with Store.create(where, by="a\0\ud800", at=AT) as store:
        with store.writing("try", by="b\udcff", at=AT) as change:
            change.about["file"] = "\udcff\0.csv"
            kept.add(change, Supplier, [{"supplier": 1, "key": "a\0", "name": "\ud800 Åke"}])
        with store.reading() as known:
            assert kept.frame(known, Supplier)["name"].tolist() == ["? Åke"]
            assert audit.first_broken(known.connection) is None


def test_a_row_with_a_column_that_is_not_there(where: str) -> None:
    with Store.create(where, by=BY, at=AT) as store, pytest.raises(TypeError, match="colour"):
        _coloured(store)


def _coloured(store: Store) -> None:
    with store.writing("try", by=BY, at=AT) as change:
        kept.add(change, Supplier, [{"supplier": 1, "key": "a", "name": "A", "colour": "red"}])
