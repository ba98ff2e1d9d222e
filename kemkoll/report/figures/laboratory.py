"""F12: what laboratories found, beside the limits, on a scale of powers of ten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from kemkoll.i18n import Translator, share_text
from kemkoll.report import cells
from kemkoll.report.document import Cell, Column, Figure, Table
from kemkoll.report.figures.colours import BLUE, GRID, PURPLE, QUIET, VERMILION
from kemkoll.report.figures.drawing import SIZE, Drawn, figure, haloed
from kemkoll.report.figures.keys import Key, keys
from kemkoll.report.numbers import count

if TYPE_CHECKING:
    pass

_ROW = 44
_UPRIGHT = "M-0.12,-1H0.12V1H-0.12Z"
"""An upright stroke."""
_MG_PER_KG = 10**6
"""10⁻¹² kg/kg."""
MOST = 20
"""Substances that are drawn; the table has all."""


def laboratory(samples: pd.DataFrame, _: Translator) -> Figure:
    """The figure.

    Args:
        samples: columns of SAMPLES, of the year of the report.
        _: into the reader's language.
    """
    title = _("Results of laboratories beside the limits")
    columns = (
        Column(_("Substance"), "substance"),
        Column(_("CAS number"), "cas"),
        Column(_("Found"), "found", number=True),
        Column(_("Limit of quantification"), "loq", number=True),
        Column(_("Limit of the contract"), "contract_limit", number=True),
        Column(_("Limit of the law"), "legal_limit", number=True),
        Column(_("Uncertainty"), "uncertainty"),
    )
    ordered = samples.sort_values(["name", "value_ppt", "cas"], kind="stable")
    rows = tuple(_row(row, _) for row in ordered.to_dict("records"))
    table = Table("figure-12", title, columns, rows, empty=_("No laboratory has tested articles this year."))
    drawn = ordered[(ordered["value_ppt"] > 0).to_numpy()]
    said = _said(samples, _) if len(samples) else _("No laboratory has tested articles this year.")
    chart = (lambda width: _chart(drawn, width, _)) if len(drawn) else None
    notes = (_("What is below the limit of quantification is drawn at that limit."),) if chart else ()
    return figure("F12", "figure-12", title, said, table, chart, _.language, notes=notes)


def _row(row: dict[Any, Any], _: Translator) -> tuple[Cell, ...]:
    """One result; what is below the limit of quantification is said to be so, and is no zero."""
    found = _share(row["value_ppt"], _)
    if row["below"]:
        found = Cell(_("below {limit}").format(limit=found.text), f"<{found.value}")
    quantified = (
        row["value_ppt"] if row["below"] and row["quantification_ppt"] < 0 else row["quantification_ppt"]
    )
    return (
        cells.word(str(row["name"])),
        cells.word(str(row["cas"])),
        found,
        _share(quantified, _),
        _share(row["contract_ppt"], _),
        _share(row["legal_ppt"], _),
        cells.word(str(row["uncertainty"])),
    )


def _share(ppt: int, _: Translator) -> Cell:
    if ppt < 0:
        return cells.NOTHING
    return Cell(share_text(ppt, ppt, _.language).replace(" ", "\N{NO-BREAK SPACE}"), ppt / _MG_PER_KG)


def _said(samples: pd.DataFrame, _: Translator) -> str:
    """How many there are, how many are below what can be measured, and how many above a limit."""
    number, below = len(samples), int(samples["below"].sum())
    measured = samples[~samples["below"].to_numpy(dtype=bool)]
    over = int(((measured["value_ppt"] > measured["contract_ppt"]) & (measured["contract_ppt"] >= 0)).sum())
    law = int(((measured["value_ppt"] > measured["legal_ppt"]) & (measured["legal_ppt"] >= 0)).sum())
    return _(
        "Of {number} results, {below} are below the limit of quantification, {contract} "
"above the limit of a contract "
        "and {law} above a limit of the law."
    ).format(
        number=count(number, _.language), below=count(below, _.language), contract=count(over, _.language),
        law=count(law, _.language),
    )  # fmt: skip


def _chart(drawn: pd.DataFrame, width: int, _: Translator) -> Drawn:
    """A row for each substance: its results, and its limits as upright marks."""
    import altair as alt

    kinds = (
        Key(_("found"), BLUE, shape="circle"),
        Key(_("below the limit of quantification"), QUIET, shape="triangle-left", filled=False),
        Key(_("limit of the contract"), PURPLE, shape=_UPRIGHT),
        Key(_("limit of the law"), VERMILION, shape="triangle-down"),
    )
    names = list(dict.fromkeys(drawn["name"].astype(str)))[:MOST]
    frame = _points(drawn, names)
    low, high = frame["value"].min(), frame["value"].max()
    scale = alt.Scale(type="log", domain=[low / 2, high * 2], nice=False)
    axis = alt.Axis(
        format=",~g", tickCount=5 if width > 400 else 3, grid=True,
        title=_("mg/kg, logarithmic scale"),
        gridColor=GRID.light, labelOverlap=True,
    )  # fmt: skip
    y = alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    own = alt.Chart(frame).encode(x=alt.X("value:Q", scale=scale, axis=axis), y=y)
    marks: list[Any] = []
    shapes: tuple[tuple[str, dict[str, Any]], ...] = (
        ("contract", {"shape": _UPRIGHT, "size": 330, "fill": PURPLE.light, "stroke": PURPLE.light}),
        ("legal", {"shape": "triangle-down", "size": 90, "fill": VERMILION.light, "stroke": VERMILION.light}),
        ("below", {"shape": "triangle-left", "size": 80, "stroke": QUIET.light, "strokeWidth": 1.5}),
        (
            "found",
            {"shape": "circle", "size": 70, "fill": BLUE.light, "stroke": BLUE.light, "fillOpacity": 0.55},
        ),
    )
    for kind, looks in shapes:
        filter_ = f"datum.kind == '{kind}'"
        place = 0 if kind == "legal" else 9  # above the limit of the contract, which often is the same
        marks.append(
            own.transform_filter(filter_).mark_point(yOffset=place, opacity=1, filled=False, **looks)
        )
    said = pd.DataFrame({"row": range(len(names)), "name": names})
    words = alt.Chart(said).encode(x=alt.value(0), y=y, text="name:N")
    named = haloed(words, align="left", dy=-9, fontSize=SIZE, limit=width)
    chart = alt.layer(*marks, *named).properties(width=width - 20, height=_ROW * len(names))
    return alt.vconcat(keys(kinds, width), chart, spacing=6)


def _points(drawn: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """A row for each result, and one for each limit of a substance; in mg/kg."""
    own = drawn[drawn["name"].astype(str).isin(names).to_numpy()]
    place = own["name"].astype(str).map({name: number for number, name in enumerate(names)})
    below = own["below"].to_numpy(dtype=bool)
    parts = [pd.DataFrame({"row": place.to_numpy(), "value": own["value_ppt"].to_numpy() / _MG_PER_KG,
                           "kind": ["below" if it else "found" for it in below]})]  # fmt: skip
    for column, kind in (("contract_ppt", "contract"), ("legal_ppt", "legal")):
        known = (own[column] > 0).to_numpy()
        limits = pd.DataFrame(
            {"row": place.to_numpy()[known], "value": own[column].to_numpy()[known] / _MG_PER_KG}
        )
        parts.append(limits.drop_duplicates().assign(kind=kind))
    return pd.concat(parts, ignore_index=True)
