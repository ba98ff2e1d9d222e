"""The report of waivers: which have lapsed, which soon will, and what was to be done meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from kemkoll.i18n import N_, Translator
from kemkoll.report.document import Cell, Document, Table
from kemkoll.report.listing import Shown, listing, number, text
from kemkoll.report.numbers import count

EXPIRED = N_("What a lapsed waiver let off is a deviation again, from the day after its last one.")
NOT_THE_LAW = N_(
    "A waiver is the buyer's own, of what a contract requires. What the law demands no buyer can waive."
)


@dataclass(frozen=True)
class Lapsing:
    """The waivers of an assortment on a day: columns of `Waiver`, `days_left`, and `deviations`: how many
    articles of the newest batch deviate and are let off by it.

    Attributes:
        on: the day.
        batch: number of the newest batch; 0: nothing has been judged.
        digest: of that batch.
        expired: their last day has passed.
        within_30, within_90: their last day is near.
        later: all others.
        duties: those with something to do meanwhile, the nearest deadline first.
    """

    on: str
    batch: int
    digest: str
    expired: pd.DataFrame
    within_30: pd.DataFrame
    within_90: pd.DataFrame
    later: pd.DataFrame
    duties: pd.DataFrame


def _about(frame: pd.DataFrame, _: Translator) -> list[Cell]:
    """What a waiver holds for: an article, a category or a contract."""
    made = []
    for row in frame[["article", "supplier", "category", "contract"]].to_dict("records"):
        if row["article"]:
            said = _("article {number} of {supplier}").format(
                number=row["article"], supplier=row["supplier"] or "–"
            )
        elif row["category"]:
            said = _("category {code}").format(code=row["category"])
        else:
            said = _("contract {number}").format(number=row["contract"])
        made.append(Cell(said, row["article"] or row["category"] or row["contract"]))
    return made


def _what(frame: pd.DataFrame, _: Translator) -> list[Cell]:
    rows = zip(frame["list"], frame["entry"], strict=True)
    return [Cell(f"{name} / {entry}" if entry else name, f"{name}/{entry}") for name, entry in rows]


WAIVER = (
    Shown("about", N_("For"), _about),
    Shown("what", N_("What is waived"), _what),
    text("ground", N_("Ground")),
    text("decision", N_("Decision")),
    text("decider", N_("Decided by")),
    text("until", N_("Last day")),
    number("days_left", N_("Days left")),
)
_USED = (*WAIVER, number("deviations", N_("Articles let off")))
_DUTY = (
    *WAIVER[:2],
    text("phase_out", N_("To be done")),
    text("phase_out_until", N_("By")),
    text("owner", N_("Who sees to it")),
    text("until", N_("Last day")),
)


def document(data: Lapsing, _: Translator) -> Document:
    """The report as plain values."""
    tables = (
        _table("expired", N_("Lapsed"), data.expired, _),
        _table("within_30", N_("Within 30 days"), data.within_30, _),
        _table("within_90", N_("Within 90 days"), data.within_90, _),
        _table("later", N_("Later"), data.later, _),
        listing("duties", _("To be done meanwhile"), data.duties, _DUTY, _, empty=_("Nothing was decided.")),
    )
    return Document(
        report="waivers",
        language=_.language,
        title=_("Waivers on {day}").format(day=data.on),
        subtitle=_("Deviations from contracts that have been accepted for a time"),
        identifier=f"{data.digest}/waivers/{data.on}",
        date=data.on,
        facts=_facts(data, _),
        says={"summary": _summary(data, _), "law": [_(EXPIRED), _(NOT_THE_LAW)]},
        tables={table.name: table for table in tables},
    )


def _table(name: str, title: str, rows: pd.DataFrame, _: Translator) -> Table:
    return listing(name, _(title), rows, _USED, _, empty=_("None."))


def _facts(data: Lapsing, _: Translator) -> tuple[tuple[str, str], ...]:
    batch = str(data.batch) if data.batch else _("nothing has been judged")
    return ((_("Day"), data.on), (_("Newest batch"), batch))


def _summary(data: Lapsing, _: Translator) -> list[str]:
    expired, near, soon, later = map(len, (data.expired, data.within_30, data.within_90, data.later))
    sayings = (
        (expired, _.ngettext("{n} waiver has lapsed.", "{n} waivers have lapsed.", expired)),
        (
            near,
            _.ngettext("{n} waiver lapses within 30 days.", "{n} waivers lapse within 30 days.", near),
        ),
        (
            soon,
            _.ngettext("{n} waiver lapses within 90 days.", "{n} waivers lapse within 90 days.", soon),
        ),
        (later, _.ngettext("{n} waiver lapses later.", "{n} waivers lapse later.", later)),
    )
    told = [said.format(n=count(n, _.language)) for n, said in sayings if n]
    return told or [_("There are no waivers.")]
