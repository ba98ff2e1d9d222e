"""What happened to an article, in sentences: in a terminal and in the portal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kemkoll.assortment.adding import REASONS
from kemkoll.assortment.looking_back import Told
from kemkoll.i18n import N_, Translator
from kemkoll.outputs.words import reason_text, verdict_text
from kemkoll.tables import Verdict

KINDS = {
    "declared": N_("declared"),
    "superseded": N_("replaced by a later declaration"),
    "judged": N_("judged"),
    "waived": N_("deviation waived"),
    "decided": N_("decided by a person"),
    "activated": N_("made active by a person"),
    "deactivated": N_("no longer made active by a person"),
}


def lines(told: Told, _: Translator) -> Iterator[str]:
    """What is to be said of one thing in the life of an article."""
    about = told.about
    if told.kind in ("declared", "superseded"):
        reason = _(REASONS.get(about["reason"] or "new", about["reason"]))
        yield ", ".join(filter(None, [about["file"], about["date"], reason]))
        if about["valid_until"]:
            yield _("valid until {date}").format(date=about["valid_until"])
    elif told.kind == "judged":
        under = _(", contract {number}").format(number=about["contract"]) if about["contract"] else ""
        yield _("batch {number} of {on}").format(number=about["batch"], on=about["on"]) + under
        yield from (verdict_line(row, _) for row in about["verdicts"])
    elif told.kind == "waived":
        said = _("{list} {entry}: decision {number} of {who}, until {until}: {why}")
        yield said.format(
            list=about["list"], entry=about["entry"], number=about["decision"], who=about["decider"],
            until=about["until"], why=about["ground"],
        )  # fmt: skip
    elif told.kind in ("activated", "deactivated"):
        said = _("contract {number}, signed {who}: {why}")
        yield said.format(number=about["contract"], who=about["signed"], why=about["reason"])
    else:
        said = _("{list} {entry}: {verdict}, signed {who}: {why}")
        yield said.format(
            list=about["list"], entry=about["entry"], verdict=about["verdict"], who=about["signed"],
            why=about["motive"],
        )  # fmt: skip


def verdict_line(row: dict[str, Any], _: Translator) -> str:
    """A verdict of a batch with its list, its entries and why.

    Args:
        row: columns of `BatchVerdict`.
    """
    name = Verdict(row["verdict"]).name
    entries = (
        f" ({row['entries']})" if row["entries"] and name not in ("not_listed", "not_applicable") else ""
    )
    waived = _(", waived") if row["waived"] else ""
    why = reason_text(row["reason"], _)
    said = f"{row['list']}: {verdict_text(name, row['reason'], _)}{entries}{waived}"
    return said if "…" in why else f"{said} – {why}"
