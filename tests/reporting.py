"""An invented annual report: the worked example, with what it lacks: categories, contracts, samples,
waivers."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd
from years import worked_example

from kemkoll.report.annual import Annual, Subject
from kemkoll.tables import (
    CONTRACTED,
    DEVIATIONS,
    INDICATORS,
    MATRIX,
    OUTCOMES,
    PANEL,
    PERIODS,
    SAMPLES,
    SUBSTITUTED,
    TARGETS,
    TOP,
    WAIVED,
    Panel,
    State,
    stack,
)
from kemkoll.tables.reported import EDITIONS, NAMES, REVISIONS
from kemkoll.trends import flows, indicators

CATEGORIES = {
    "infusion": ("Infusion and transfusion", "Infusion och transfusion"),
    "gloves": ("Examination gloves", "Undersökningshandskar"),
    "tubes": ("Tubes, catheters and drains", "Slangar, katetrar och drän"),
    "lab": ("Laboratory plastics", "Laboratorieplast"),
    "dental": ("Dental care", "Tandvård"),
    "cleaning": ("Cleaning", "Städ och rengöring"),
    "office": ("Office and furniture", "Kontor och möbler"),
}
SHORT = {
    "phthalates": {"en": "phthalates", "sv": "ftalater"},
    "bisphenols": {"en": "bisphenols", "sv": "bisfenoler"},
    "candidate": {"en": "substances of very high concern", "sv": "särskilt farliga ämnen"},
}
_OUTCOME = {State.unknown: "unknown", State.free: "free", State.contains: "deviation"}


@lru_cache
def panel(broken: str = "") -> Panel:
    """The worked example, its articles in categories and contracts, and some of them let off or waived."""
    made = worked_example()
    frame = made.panel.copy()
    article = frame["article"].to_numpy()
    fixed = frame["fixed"].to_numpy()
    outcome = pd.Series(fixed).map({int(key): word for key, word in _OUTCOME.items()}).to_numpy(dtype=object)
    contains, free = fixed == State.contains, fixed == State.free
    outcome[contains & (article % 7 == 0)] = "derogated"
    outcome[contains & (article % 7 == 1)] = "waived"
    outcome[free & (article % 5 == 0)] = "below_limit"
    outcome[(fixed == State.unknown) & (article % 6 == 0)] = "review"
    level = np.where(fixed == State.unknown, 0, np.array([1, 2, 2, 3, 3, 3, 3, 4, 5, 2])[article % 10])
    weights = np.array([7, 3, 6, 2, 1, 2, 4]).cumsum()
    place = np.searchsorted(
        weights, (article * 13 + (article % 3) * contains * 5) % weights[-1], side="right"
    )
    codes = np.array([*CATEGORIES])[place]
    more = {
        "outcome": outcome,
        "evidence_level": level,
        "supplier": [f"S{number:02d}" for number in article % 41],
        "category": codes,
        "spend_ore": (article % 97 + 3) * 11_000_00,
        "units": (article % 89 + 1) * 40,
    }
    periods = made.periods.copy()
    periods["edition"] = ["2015-06-01", "2015-06-01", "2015-06-01", "2018-06-01"]
    periods["entries"] = [13, 13, 13, 15]
    if broken:
        periods["broken"] = ["", "", broken, ""]
    contracted = CONTRACTED.conform(
        pd.DataFrame(
            {
                "period": frame["period"],
                "article": article,
                "contract": [f"HMN-2014-{number:03d}" for number in article % 5],
                "organisation": np.where(article % 2, "hospital", "care"),
            }
        )
    )
    return Panel(
        made.list,
        made.base,
        PERIODS.conform(periods),
        PANEL.conform(frame.assign(**more)),
        contracted,
        steps=made.steps,
        successions=made.successions,
        found=made.found,
    )


def subject(name: str = "phthalates", broken: str = "") -> Subject:
    """What the years showed by one list."""
    made = panel(broken)
    groupings = ("", "category", "contract", "organisation", "supplier")
    counted = made.panel.groupby(["period", "outcome"], observed=True).size().rename("articles").reset_index()
    top = pd.DataFrame(
        {
            "list": name,
            "entry": ["dehp", "dinp", "dbp"],
            "name_en": [
                "bis(2-ethylhexyl) phthalate (DEHP)",
                "diisononyl phthalate (DINP)",
                "dibutyl phthalate (DBP)",
            ],
            "name_sv": ["bis(2-etylhexyl)ftalat (DEHP)", "diisononylftalat (DINP)", "dibutylftalat (DBP)"],
            "newer": [False, False, True],
            "articles": [455, 198, 47],
            "before": [930, 260, -1],
        }
    )
    substituted = pd.DataFrame(
        {
            "list": name,
            "entry": ["dehp", "dehp", "dehp", "dinp", "dinp", "dbp"],
            "name_en": ["bis(2-ethylhexyl) phthalate (DEHP)"] * 3
            + ["diisononyl phthalate (DINP)"] * 2
            + ["dibutyl phthalate (DBP)"],
            "name_sv": ["bis(2-etylhexyl)ftalat (DEHP)"] * 3
            + ["diisononylftalat (DINP)"] * 2
            + ["dibutylftalat (DBP)"],
            "flow": ["reformulated", "replaced", "replaced", "replaced", "reformulated", "replaced"],
            "kin": [1, 0, -1, 0, 0, 0],
            "articles": [31, 260, 40, 60, 44, 20],
        }
    )
    return Subject(
        list=name,
        title={
            "en": f"{SHORT[name]['en'].capitalize()} in consumables",
            "sv": f"{SHORT[name]['sv'].capitalize()} i förbrukningsmaterial",
        },
        short=SHORT[name],
        limit_ppt=10**9,
        base=made.base,
        period=len(made.periods) - 1,
        periods=made.periods,
        indicators=_indicators(broken, groupings),
        flows=_flows(broken),
        outcomes=OUTCOMES.conform(counted),
        top=TOP.conform(top),
        substituted=SUBSTITUTED.conform(substituted),
    )


@lru_cache
def _indicators(broken: str, groupings: tuple[str, ...]) -> pd.DataFrame:
    return indicators(panel(broken), weights=["articles", "spend", "units"], groupings=[*groupings])


@lru_cache
def _flows(broken: str) -> pd.DataFrame:
    return flows(panel(broken))


def followed() -> pd.DataFrame:
    """Figures of no list."""
    rows = [
        ("K15", "count", (40, 45, 50, 45), None, None),
        ("K15b", "share", (0.1, 4 / 45, 0.06, 2 / 45), (4, 4, 3, 2), (40, 45, 50, 45)),
        ("K15c", "share", (0.05, 1 / 45, 0.02, 1 / 45), (2, 1, 1, 1), (40, 45, 50, 45)),
        ("K15d", "share", (0.9, 40 / 45, 0.92, 43 / 45), (36, 40, 46, 43), (40, 45, 50, 45)),
        ("K16", "share", (0.5, 0.6, 0.62, 0.71), (50, 72, 80, 92), (100, 120, 129, 130)),
        ("K16c", "share", (0.8, 0.82, 0.9, 0.93), (80, 98, 116, 121), (100, 120, 129, 130)),
        ("K13", "count", (80, 70, 52, 31), None, None),
        ("K13b", "count", (0, 40, 48, 60), None, None),
        ("K13c", "days", (None, 88.0, 75.5, 61.0), None, None),
        ("K13e", "count", (3, 6, 8, 7), None, None),
        ("K13f", "count", (0, 1, 2, 3), None, None),
        ("K13h", "count", (1, 2, 3, 3), None, None),
    ]
    nan = float("nan")
    made = [
        {
            "indicator": code, "reading": "fixed", "weight": "articles", "base": -1, "period": place,
            "unit": unit,
            "value": nan if value is None else value,
            "numerator": over[place] if over else nan, "denominator": under[place] if under else nan,
            "low": max(value - 0.05, 0) if unit == "share" else nan,
            "high": min(value + 0.12, 1) if unit == "share" else nan,
            "coverage": nan, "missing": "none_closed" if value is None else "",
        }
        for code, unit, values, over, under in rows
        for place, value in enumerate(values)
    ]  # fmt: skip
    for code, share in (("K17", 0.81), ("K17:phthalates", 0.9), ("K17:bisphenols", 0.95)):
        made += [
            {
                "indicator": code, "reading": "own", "weight": "articles", "grouping": grouping,
                "group": group, "base": -1,
                "period": 3, "unit": "share", "value": share - 0.02 * number, "numerator": 70 - number,
                "denominator": 100 + number,
                "low": nan, "high": nan, "coverage": 0.9, "missing": "",
            }
            for number, (grouping, group) in enumerate((("", ""), *(("category", it) for it in CATEGORIES)))
        ]  # fmt: skip
    return INDICATORS.conform(pd.DataFrame(made))


def targets() -> pd.DataFrame:
    years = [2015, 2016, 2017, 2018]
    return TARGETS.conform(
        pd.DataFrame(
            {
                "aim": "Halvera antalet till 2020",
                "indicator": "K1",
                "list": "phthalates",
                "decision": "RF § 112/2015",
                "period": range(4),
                "year": years,
                "from_year": 2015,
                "from_value": 0.0,
                "to_year": 2020,
                "to_value": 0.5,
                "path": [0.0, 0.1, 0.2, 0.3],
                "value": [0.0, 0.132, 0.296, 0.44],
                "low": [float("nan"), -0.936, -0.3344, 0.096],
                "high": [float("nan"), 0.6443, 0.7115, 0.7705],
                "outcome": ["on_track", "not_assessable", "not_assessable", "not_assessable"],
                "by_value": ["on_track", "on_track", "on_track", "on_track"],
                "missing": "",
            }
        )
    )


def matrix() -> pd.DataFrame:
    rows = []
    for number, code in enumerate(CATEGORIES):
        for place, name in enumerate(SHORT):
            declared = 400 + 97 * number
            contains = (
                (declared * (17 - 2 * number)) // (60 * (place + 1)) if (number, place) != (6, 1) else 0
            )
            rows.append(
                {
                    "grouping": "category",
                    "group": code,
                    "list": name,
                    "period": 3,
                    "articles": declared + 30,
                    "declared": declared,
                    "contains": contains,
                    "share": contains / declared,
                    "low": contains / (declared + 30),
                    "high": (contains + 30) / (declared + 30),
                    "missing": "",
                }
            )
    rows[4] |= {"share": float("nan"), "contains": -1, "declared": -1, "missing": "suppressed"}
    return MATRIX.conform(pd.DataFrame(rows))


def samples() -> pd.DataFrame:
    rows = [
        ("bis(2-etylhexyl)ftalat (DEHP)", "117-81-7", value, below)
        for value, below in ((50, True), (120, False), (800, False), (41_000, False), (182_000, False))
    ]
    rows += [
        ("diisononylftalat (DINP)", "28553-12-0", value, below)
        for value, below in ((100, True), (640, False), (250_000, False))
    ]
    rows += [("bisfenol A", "80-05-7", value, below) for value, below in ((1, True), (1, True), (14, False))]
    frame = pd.DataFrame(rows, columns=["name", "cas", "value", "below"])
    return SAMPLES.conform(
        pd.DataFrame(
            {
                "period": 3,
                "article": range(len(frame)),
                "name": frame["name"],
                "cas": frame["cas"],
                "value_ppt": frame["value"] * 10**6,
                "below": frame["below"],
                "quantification_ppt": np.where(frame["cas"] == "80-05-7", 10**6, 50 * 10**6),
                "uncertainty": "± 20 %",
                "contract_ppt": 10**9,
                "legal_ppt": np.where(frame["cas"] == "117-81-7", 10**9, -1),
                "declared": 2,
                "day": "2018-09-01",
            }
        )
    )


def deviations() -> pd.DataFrame:
    rows = []
    for number in range(179):
        opened = pd.Timestamp("2015-12-31") + pd.Timedelta(days=int(365.25 * (number % 4)))
        days = 12 + (number * 37) % 260
        shut = number % 3 != 0
        rows.append(
            {
                "article": number,
                "list": "phthalates",
                "contract": "HMN-2014-001",
                "opened": str(opened.date()),
                "closed": str((opened + pd.Timedelta(days=days)).date()) if shut else "",
                "waived": number % 9 == 0,
            }
        )
    return DEVIATIONS.conform(pd.DataFrame(rows))


def waived() -> pd.DataFrame:
    rows = [
        ("inget likvärdigt på marknaden", "2017-01-01", "2018-10-31", 4),
        ("inget likvärdigt på marknaden", "2017-01-01", "2019-02-28", 31),
        ("inget likvärdigt på marknaden", "2018-01-01", "2019-11-30", 22),
        ("patientsäkerhet", "2018-01-01", "2020-12-31", 18),
        ("patientsäkerhet", "2018-01-01", "2019-09-30", 9),
        ("leveranssäkerhet", "2018-06-01", "2019-03-15", 6),
    ]
    frame = pd.DataFrame(rows, columns=["ground", "since", "until", "articles"])
    frame["decision"] = [f"HSN 2017-{number}" for number in range(len(frame))]
    return WAIVED.conform(frame.assign(list="phthalates", waiver=range(len(frame))))


def names() -> pd.DataFrame:
    rows = [("category", code, *said) for code, said in CATEGORIES.items()]
    rows += [("contract", f"HMN-2014-{number:03d}", "", "") for number in range(5)]
    rows += [
        ("organisation", "hospital", "Hospitals", "Sjukhus"),
        ("organisation", "care", "Primary care", "Primärvård"),
    ]
    rows += [("supplier", f"S{number:02d}", f"Exempelföretaget {number} AB", "") for number in range(41)]
    return NAMES.conform(pd.DataFrame(rows, columns=["grouping", "code", "name_en", "name_sv"]))


def editions() -> pd.DataFrame:
    rows = [("2015-06-01", 13, "2015, 2016, 2017, 2018", "fixed"), ("2018-06-01", 15, "2018", "own reread")]
    frame = pd.DataFrame(rows, columns=["edition", "entries", "periods", "role"])
    return EDITIONS.conform(
        frame.assign(
            list="phthalates",
            title_en="Phthalates in consumables",
            title_sv="Ftalater i förbrukningsmaterial",
            sha256="ab" * 32,
        )
    )


def revisions() -> pd.DataFrame:
    rows = [
        ("K1b", "count", 700.0, 704.0, 3, 1),
        ("K1", "share", 0.44, 0.4368, 3, 1),
        ("K0", "share", 0.95, 0.9502, 0, 2),
    ]
    frame = pd.DataFrame(rows, columns=["indicator", "unit", "published", "now", "corrections", "late"])
    return REVISIONS.conform(frame.assign(list="phthalates", period=3))


def annual(*, broken: str = "", internal: bool = False, headline: str = "K1") -> Annual:
    """The whole report of an invented region."""
    return Annual(
        organisation="Region Exempel",
        year="2018",
        on="2018-12-31",
        taken="2019-02-14",
        subjects=(subject(broken=broken), subject("bisphenols", broken=broken)),
        profile="annual",
        versions={"kemkoll": "0.0", "RDKit": "0.0"},
        headline=headline,
        internal=internal,
        invented=True,
        digest="0123456789abcdef",
        indicators=followed(),
        targets=targets(),
        matrix=matrix(),
        samples=samples(),
        deviations=deviations(),
        waived=waived(),
        editions=editions(),
        names=names(),
        revisions=revisions(),
        plans=({"en": "Ask all suppliers of tubes.", "sv": "Fråga alla leverantörer av slangar."},),
    )


def empty() -> Annual:
    """A report of an organisation of which next to nothing is known."""
    nothing = PERIODS.conform(pd.DataFrame({"name": ["2018"], "day": ["2018-12-31"]}))
    return Annual(
        organisation="Region Exempel",
        year="2018",
        on="2018-12-31",
        taken="",
        subjects=(
            Subject(
                "phthalates", {"en": "Phthalates", "sv": "Ftalater"}, SHORT["phthalates"], periods=nothing
            ),
        ),
    )


__all__ = ["annual", "empty", "panel", "stack"]
