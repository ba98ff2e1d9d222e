"""Deviations, aims, laboratories, answers and contract products over the years."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from kemkoll.tables import (
    AIMS,
    CONTRACTED,
    DEVIATIONS,
    ENQUIRIES,
    PANEL,
    PERIODS,
    SAMPLES,
    WAIVED,
    WITHIN,
    Grouping,
    State,
)
from kemkoll.trends import (
    ALL,
    Target,
    conclusion,
    follow_up,
    hidden,
    indicators,
    least_tested,
    nordic,
    responses,
    suppress,
    targets,
    under_contract,
    verification,
    wider,
)
from kemkoll.trends.intervals import wilson
from tests.test_trends_cases import story
from tests.years import worked_example

YEARS = PERIODS.conform(pd.DataFrame({"name": ["2024", "2025"], "day": ["2024-12-31", "2025-12-31"]}))


def values(table: pd.DataFrame, period: int = 1) -> dict[str, Any]:
    """The value of each figure, or why there is none."""
    rows = table[table["period"] == period]
    said = rows["missing"].astype(object).where(rows["missing"] != "", rows["value"])
    return dict(zip(rows["indicator"], said, strict=True))


class TestFollowUp:
    deviations = DEVIATIONS.conform(
        pd.DataFrame(
            {
                "opened": [
                    "2024-01-01",
                    "2025-02-01",
                    "2025-02-01",
                    "2025-12-01",
                    "2026-01-01",
                    "2023-01-01",
                ],
                "closed": ["2025-01-31", "2025-03-01", "", "", "", "2023-02-01"],
                "waived": [False, False, True, False, False, False],
            }
        )
    )
    waived = WAIVED.conform(
        pd.DataFrame(
            {
                "waiver": [1, 1, 2, 3, 4, 5],
                "since": ["2025-01-01"] * 4 + ["2024-01-01", "2026-01-01"],
                "until": ["2026-06-30", "2026-06-30", "2026-12-31", "", "2025-12-30", "2027-01-01"],
                "phase_out": ["replace", "replace", "", "replace", "replace", ""],
                "phase_out_until": ["2025-12-30", "2025-12-30", "", "2026-01-01", "", ""],
            }
        )
    )

    def test_on_the_day_and_in_the_year(self) -> None:
        assert values(follow_up(YEARS, self.deviations, self.waived)) == {
            "K13": 2, "K13b": 2, "K13c": (396 + 28) / 2, "K13d": 1, "K13j": (333 + 30) / 2,
            "K13e": 3, "K13f": 1, "K13g": 1, "K13h": 2, "K13i": 1,
        }  # fmt: skip

    def test_before_anything_was_closed(self) -> None:
        before = values(follow_up(YEARS, self.deviations, self.waived), 0)
        assert (before["K13"], before["K13c"], before["K13e"]) == (1, "none_closed", 1)
        closed = self.deviations.assign(opened="2020-01-01", closed="2020-02-01")
        assert values(follow_up(YEARS, closed, self.waived))["K13j"] == "none_open"

    def test_nothing_recorded(self) -> None:
        said = set(values(follow_up(YEARS, DEVIATIONS.empty(), WAIVED.empty())).values())
        assert said == {"no_deviations", "no_waivers"}
        assert len(follow_up(PERIODS.empty(), self.deviations, self.waived)) == 0


def samples(*rows: tuple[int, int, bool, int, int, State]) -> pd.DataFrame:
    names = ["article", "value_ppt", "below", "contract_ppt", "legal_ppt", "declared"]
    return SAMPLES.conform(pd.DataFrame(rows, columns=names).assign(period=1))


class TestVerification:
    def test_against_contract_law_and_declaration(self) -> None:
        free, contains, unknown = State.free, State.contains, State.unknown
        table = verification(
            YEARS,
            samples(
                (1, 50, False, 10, 100, free),  # above the contract's limit, within the law's
                (1, 5, True, 10, 100, free),
                (2, 5, True, 10, 100, free),
                (3, 200, False, 10, 100, contains),
                (4, 20, True, 10, 100, free),  # the laboratory does not see so little
                (5, 200, False, -1, 100, unknown),
                (6, 10, False, 10, -1, contains),  # what is at the limit is not above it
                (7, 3, False, -1, -1, free),
            ),
        ).set_index(["indicator", "period"])
        of = {name: table.loc[(name, 1)] for name in ("K15", "K15b", "K15c", "K15d", "K15e")}
        assert of["K15"]["value"] == 7
        parts = {name: (of[name]["numerator"], of[name]["denominator"]) for name in list(of)[1:]}
        assert parts == {"K15b": (2, 4), "K15c": (2, 5), "K15d": (2, 4), "K15e": (1, 2)}
        assert of["K15b"]["coverage"] == 0.8
        low, high = (float(bound) for bound in (wilson(2, 5)[0], wilson(3, 5)[1]))
        assert (of["K15b"]["low"], of["K15b"]["high"]) == (low, high)
        assert set(table.xs(0, level="period")["missing"]) == {"no_samples"}

    def test_what_no_sample_could_tell(self) -> None:
        said = values(verification(YEARS, samples((1, 20, True, 10, -1, State.unknown))))
        assert said == {
            "K15": 1, "K15b": "no_limit", "K15c": "no_limit", "K15d": "no_agreement", "K15e": "no_agreement",
        }  # fmt: skip
        assert set(values(verification(YEARS, SAMPLES.empty())).values()) == {"no_samples"}
        assert len(verification(PERIODS.empty(), SAMPLES.empty())) == 0


class TestSampleSizes:
    def test_a_planned_campaign_of_45(self) -> None:
        none, one = conclusion(45), conclusion(45, 1)
        assert (none.low, round(none.high, 3), round(none.rule_of_three, 3)) == (0, 0.079, 0.067)
        assert (round(one.low, 3), round(one.high, 3), np.isnan(one.rule_of_three)) == (0.004, 0.116, True)
        assert conclusion(3, 3).high == 1

    @pytest.mark.parametrize(("tested", "failing"), [(0, 0), (3, 4), (3, -1)])
    def test_what_cannot_fail(self, tested: int, failing: int) -> None:
        with pytest.raises(ValueError, match="cannot fail"):
            conclusion(tested, failing)

    @pytest.mark.parametrize(("share", "failing"), [(0.079, 0), (0.1, 0), (0.1, 1), (0.5, 3), (0.001, 2)])
    def test_the_least_number_that_is_enough(self, share: float, failing: int) -> None:
        enough = least_tested(share, failing)
        assert conclusion(enough, failing).high <= share < conclusion(enough - 1, failing).high

    def test_a_share_that_is_none(self) -> None:
        with pytest.raises(ValueError, match="no share"):
            least_tested(1.0)

    def test_nothing_tested_says_nothing(self) -> None:
        with np.errstate(all="raise"):
            assert np.isnan(wilson([0, 0], [0, 0])).all()


class TestResponses:
    enquiries = ENQUIRIES.conform(
        pd.DataFrame(
            [
                ("2025-03-01", "2025-04-15", ""),  # the 45th day
                ("2025-03-01", "2025-04-16", "2025-04-01"),
                ("2025-03-01", "", "2025-04-01"),
                ("2025-12-01", "", ""),  # there is still time
                ("2025-12-01", "2025-12-05", ""),
                ("2025-12-20", "2026-01-05", ""),  # answered after the day: not known yet
                ("2024-12-31", "", ""),  # the year before
            ],
            columns=["sent", "answered", "reminded"],
        )
    )

    def test_what_was_answered(self) -> None:
        table = responses(YEARS, self.enquiries)
        assert values(table) == {"K16": 0.5, "K16b": 0.5, "K16c": 0.5}
        row = table[(table["indicator"] == "K16") & (table["period"] == 1)].iloc[0]
        assert [row[it] for it in ("numerator", "denominator", "low", "high")] == [2, 4, 2 / 6, 4 / 6]
        assert values(table, 0) == {"K16": "too_early", "K16b": "none_reminded", "K16c": 0}

    def test_nothing_asked(self) -> None:
        assert set(values(responses(YEARS, ENQUIRIES.empty())).values()) == {"no_enquiries"}
        assert len(responses(PERIODS.empty(), self.enquiries)) == 0


class TestNordic:
    bought = pd.DataFrame({"period": 0, "article": [0, 1, 2, 3, 3], "contract": ["k1", "k1", "k1", "k1", ""]})
    columns = {"category": ["KIR", "KIR", "LAB", "LAB", "LAB"]}  # noqa: RUF012
    phthalates = replace(
        story("0", "0", "1", "?", "1", columns=columns, contracted=bought), list="phthalates"
    )
    latex = replace(story("0", "1", "1", "0", "0", columns=columns), list="latex")

    def test_products_without_what_any_list_names(self) -> None:
        table = nordic([self.phthalates, self.latex]).set_index(["indicator", "group"])
        assert table.loc[("K17", ""), ["value", "low", "high", "coverage"]].tolist() == [
            0.25,
            0.25,
            0.5,
            0.75,
        ]
        assert table.loc[("K17:phthalates", ""), ["value", "high"]].tolist() == [0.5, 0.75]
        assert table.loc[("K17:latex", "KIR"), ["value", "high"]].tolist() == [0.5, 0.5]
        assert table.loc[("K17", "LAB"), ["value", "high"]].tolist() == [0, 0.5]

    def test_what_a_list_does_not_know_is_unknown(self) -> None:
        less = replace(self.latex, panel=self.latex.panel[self.latex.panel["article"] != 0])
        table = nordic([self.phthalates, less]).set_index(["indicator", "group"])
        assert table.loc[("K17", ""), ["value", "high"]].tolist() == [0, 0.5]
        none = replace(self.latex, panel=self.latex.panel.head(0))
        assert set(nordic([self.phthalates, none]).set_index("indicator").loc["K17:latex", "missing"]) == {
            "undeclared"
        }

    def test_few_suppliers_under_contract_are_hidden(self) -> None:
        columns = {"category": "KIR", "supplier": [*"abccc"]}
        panel = story(*"00000", columns=columns, contracted=self.bought)
        assert len(hidden(panel, ["category"])) == 0
        few = pd.DataFrame({"period": [0, 0], "article": [1, 0], "contract": "k1"})
        bought = under_contract(replace(panel, contracted=CONTRACTED.conform(few)))
        assert bought.panel["article"].tolist() == [0, 1]
        away = hidden(bought, ["category"])
        assert set(away["group"]) == {"", "KIR"}
        assert set(suppress(nordic([panel]), away)["missing"]) == {"suppressed"}

    def test_without_contracts(self) -> None:
        assert set(nordic([self.latex])["missing"]) == {"no_contracts"}
        assert len(nordic([])) == 0

    def test_other_years(self) -> None:
        with pytest.raises(ValueError, match="same periods"):
            nordic([self.phthalates, story("00")])


def aim(indicator: str, value: float, **more: Any) -> pd.DataFrame:
    common = {"name": "aim", "indicator": indicator, "base_year": 2015, "base_value": np.nan, "year": 2018}
    return AIMS.conform(pd.DataFrame([common | {"value": value, "list": "list"} | more]))


class TestTargets:
    panel = worked_example()
    figures = indicators(panel)

    def assessed(self, aims: pd.DataFrame) -> pd.DataFrame:
        return targets(self.figures, aims, self.panel).set_index("year")

    def test_a_reduction_on_its_straight_line(self) -> None:
        table = self.assessed(aim("K1", 0.44))
        assert table["path"].round(4).tolist() == [0, 0.1467, 0.2933, 0.44]
        assert table["by_value"].tolist() == [
            Target.on_track, Target.too_slow, Target.on_track, Target.reached,
        ]  # fmt: skip
        assert table["value"].round(3).tolist() == [0, 0.132, 0.296, 0.44]

    def test_bounds_on_both_sides_of_the_line_cannot_be_assessed(self) -> None:
        table = self.assessed(aim("K1", 0.44))
        assert table.loc[2018, "outcome"] == Target.not_assessable
        assert self.assessed(aim("K1", 0.09)).loc[2018, "outcome"] == Target.reached
        assert self.assessed(aim("K1", 0.8)).loc[2018, "outcome"] == Target.not_reached

    def test_a_share_falls_from_the_year_it_starts_in(self) -> None:
        table = self.assessed(aim("K2", 0.05, year=2020))
        assert round(table.loc[2018, "from_value"], 4) == 0.1736
        assert table.loc[2018, "by_value"] == Target.on_track
        assert (
            self.assessed(aim("K2", 0.05, year=2020, base_value=0.05)).loc[2018, "by_value"] == "not_reached"
        )
        assert self.assessed(aim("K0", 0.8, base_value=0.8)).loc[2016, "outcome"] == Target.reached

    def test_years_without_snapshots(self) -> None:
        assert self.assessed(aim("K1", 0.1, base_year=2014))["missing"].unique().tolist() == ["no_snapshot"]
        assert self.assessed(aim("K2", 0.1, base_year=2014))["missing"].unique().tolist() == ["no_snapshot"]
        later = aim("K2", 0.1, base_year=2014, base_value=0.2)
        assert self.assessed(later)["missing"].unique().tolist() == [""]
        gap = replace(self.panel, periods=self.panel.periods.assign(day=["2015-12-31"] * 3 + ["2019-12-31"]))
        table = targets(self.figures, aim("K2", 0.1, year=2018), gap)
        assert table["missing"].tolist() == ["", "", "", "", "no_snapshot"]
        assert table["period"].tolist() == [0, 1, 2, 3, -1]

    def test_a_category_takes_in_those_below_it(self) -> None:
        rows = self.panel.panel
        codes = np.array(["A.1", "A.2", "B"])[rows["article"].to_numpy() % 3]
        years = pd.DataFrame({"period": range(len(self.panel.periods)), "wider": "A"})
        below = years.merge(pd.DataFrame({"category": ["A.1", "A.2"]}), how="cross")
        panel = replace(
            self.panel, panel=PANEL.conform(rows.assign(category=codes)), within=WITHIN.conform(below)
        )
        figures = indicators(panel, groupings=[ALL, Grouping.category, wider("A")])
        made = targets(figures, aim("K2", 0.05, category="A"), panel).set_index("year")
        own = rows[(codes != "B") & (rows["period"] == 3).to_numpy()]["fixed"]
        contains, free = ((own == state).sum() for state in (State.contains, State.free))
        assert made.loc[2018, "missing"] == ""
        assert made.loc[2018, "value"] == pytest.approx(contains / (contains + free))
        alone = targets(figures, aim("K2", 0.05, category="B"), panel).set_index("year")
        assert alone.loc[2018, "value"] != made.loc[2018, "value"]

    def test_a_figure_that_there_is_not(self) -> None:
        assert self.assessed(aim("K11", 0.1)).loc[2018, "missing"] == "no_spend"
        assert self.assessed(aim("K13", 0)).loc[2018, "missing"] == "no_figure"
        assert self.assessed(aim("K2", 0.1, category="gloves")).loc[2018, "missing"] == "no_figure"
        assert len(self.assessed(aim("K1", 0.1, list="other"))) == 0
        assert set(self.assessed(aim("K11", 0.1))["outcome"]) == {Target.not_assessable}
