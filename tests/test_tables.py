"""The shapes of tables: what conforms, what is refused, what stacks."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from kemkoll.tables import FACTS, LINES, LISTS, NONE, TABLES, WHOLE, Basis, Declarations, Law, distinct, stack
from kemkoll.tables.frames import united


def test_every_table_is_made_empty_and_of_its_types() -> None:
    for table in TABLES:
        empty = table.empty()
        assert table.names == list(empty.columns)
        assert len(empty) == 0


def test_what_is_missing_becomes_nothing() -> None:
    rows = pd.DataFrame(
        {"list": ["a", None], "asked_by_name": [True, None], "title_en": pd.Categorical(["", None])}
    )
    made = LISTS.conform(rows)
    assert made["list"].tolist() == ["a", ""]
    assert made["title_en"].tolist() == ["", ""]
    assert made["asked_by_name"].tolist() == [True, False]
    assert made["official_count"].tolist() == [NONE, NONE]


@pytest.mark.parametrize("column", ["low_ppt", "high_ppt", "step_ppt"])
def test_shares_are_whole_numbers(column: str) -> None:
    with pytest.raises(TypeError, match=column):
        LINES.conform(pd.DataFrame({column: [0.5]}))


def test_stacking_unites_categories() -> None:
    one = FACTS.conform(pd.DataFrame({"article": [0], "condition": ["textile"], "holds": [True]}))
    other = FACTS.conform(pd.DataFrame({"article": [1], "condition": ["leather"], "holds": [False]}))
    both = stack(FACTS, [one, FACTS.empty(), other])
    assert both["condition"].tolist() == ["textile", "leather"]
    assert both["holds"].tolist() == [True, False]


def test_combinations_of_many_columns_stay_distinct() -> None:
    random = np.random.default_rng(1)
    columns = [random.integers(0, 2**31 - 1, 500) for _ in range(4)]
    columns = [np.concatenate([column, column]) for column in columns]
    codes, first = distinct(columns)
    assert codes.tolist() == [*range(500), *range(500)]
    assert first.tolist() == list(range(500))


def test_nothing_is_distinct_in_nothing() -> None:
    codes, first = distinct([np.empty(0, dtype=np.int64)])
    assert len(codes) == len(first) == 0


def test_bases_are_ordered_from_coarse_to_fine() -> None:
    assert [Basis.article.level, Basis.component.level, Basis.homogeneous_material.level] == [0, 1, 2]
    assert Basis.plasticised_material.level == Basis.mixture.level == Basis.homogeneous_material.level


def test_frames_of_a_declaration_and_a_law_conform_by_themselves() -> None:
    lines = Declarations(lines=pd.DataFrame({"high_ppt": [WHOLE]})).lines
    assert lines.columns.tolist() == LINES.names
    assert Law(lists=pd.DataFrame({"list": ["a"]})).lists["list"].tolist() == ["a"]


def test_very_many_texts_are_united_as_few_are() -> None:
    many = pd.Categorical([str(number) for number in range(50_001)])
    made = united([many, pd.Categorical(["7", "new"])])
    assert made.tolist() == [*many.tolist(), "7", "new"]
    assert len(made.categories) == 50_002
