"""What a page says of articles, verdicts and findings, in sentences: in a terminal and in a browser.

What a supplier wrote stands in them between marks (`words.supplied`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kemkoll.i18n import Translator, number_text, phrase_text, share_text
from kemkoll.outputs import conditional, rows, summary
from kemkoll.outputs.words import (
    BASES,
    EVIDENCE_LEVELS,
    MEASURES,
    ROUTES,
    found_texts,
    quoted,
    reason_text,
    supplied,
)

if TYPE_CHECKING:
    import pandas as pd

    from kemkoll.flow import Result

MOST = 100
"""Articles, and findings of a verdict, shown unless all are asked for; the rest is said to be there."""
LONGEST, LONGEST_NAME = 80, 200
"""Characters shown of a supplier's text and of an entry's name."""
_MOST_LINES = 3


def worst_first(result: Result, most: int | None) -> tuple[pd.DataFrame, int]:
    """The verdicts of the articles shown, worst article first; how many articles are not shown."""
    verdicts = rows.verdicts(result)
    worst = verdicts.groupby("article_id")["rank"].transform("max")
    order = verdicts.assign(worst=worst).sort_values(
        ["worst", "supplier", "article", "article_id", "rank", "list"],
        ascending=[False, True, True, True, False, True],
    )
    wanted = order["article_id"].unique()
    shown = wanted[:most]
    return order[order["article_id"].isin(shown)], len(wanted) - len(shown)


def hidden_articles(count: int, _: Translator) -> str:
    """How many articles are not shown, and how to see them."""
    more = _.ngettext("{n} more article is not shown.", "{n} more articles are not shown.", count)
    hint = _("All of them: --all-lines, or -o result.csv.")
    return f"{more.format(n=number_text(count, _.language))} {hint}"


def hidden_findings(shown: list[dict[str, Any]], _: Translator) -> str:
    """How many findings of a verdict are not shown; nothing where all are."""
    more = shown[0]["of"] - len(shown) if shown else 0
    said = _.ngettext("{n} more finding is not shown.", "{n} more findings are not shown.", more)
    return said.format(n=number_text(more, _.language)) if more else ""


def findings(
    result: Result, order: pd.DataFrame, most: int | None, _: Translator
) -> dict[tuple[int, str], list[dict[str, Any]]]:
    """The findings behind the verdicts shown, worst first; each knows how many its verdict has.

    What does not apply to an article is left out: the law has dozens of paragraphs for toys.
    """
    import numpy as np

    from kemkoll.tables import Verdict

    known = np.isin(result.findings["article"].to_numpy(), order["article_id"].unique())
    only = np.flatnonzero(known & (result.findings["verdict"] != Verdict.not_applicable).to_numpy())
    levels = result.findings.take(only).reset_index(drop=True)
    levels = levels.sort_values(
        ["verdict", "high_ppt", "entry"], ascending=[False, False, True], kind="stable"
    )
    groups = levels.groupby(["article", "list"], observed=True)["verdict"]
    size, place = groups.transform("size"), groups.cumcount()
    kept = np.flatnonzero(place < (len(levels) if most is None else most))
    frame = rows.findings(result, _.language, only[levels.index.to_numpy()[kept]])
    frame["of"] = size.to_numpy()[kept]
    made: dict[tuple[int, str], list[dict[str, Any]]] = {}
    for finding in frame.to_dict("records"):
        made.setdefault((finding["article_id"], finding["list"]), []).append(
            {str(k): v for k, v in finding.items()}
        )
    return made


def together(shown: list[dict[str, Any]], facts: dict[str, bool]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The findings of a verdict; those that depend on one unknown fact together. `facts` are known."""

    def waits_for(finding: dict[str, Any]) -> list[str]:
        unsaid = finding["reason"] == "condition-unknown"
        return conditional.open_facts(finding["condition"], facts) if unsaid else []

    return conditional.together(shown, waits_for)


def titles(result: Result, _: Translator) -> dict[str, str]:
    """What each list is called."""
    lists = result.law.lists
    own, english = rows.texts(lists[f"title_{_.language}"]), rows.texts(lists["title_en"])
    return {
        name: mine or other or name for name, mine, other in zip(lists["list"], own, english, strict=True)
    }


def short_titles(result: Result, _: Translator) -> dict[str, str]:
    """What stands over the narrow column of a list: its short title, a title that is short, or its id."""
    from kemkoll.lists.folder import MOST_LETTERS

    lists = result.law.lists
    own, english = rows.texts(lists[f"short_{_.language}"]), rows.texts(lists["short_en"])
    whole = titles(result, _)
    return {
        name: mine or other or (whole[name] if len(whole[name]) <= MOST_LETTERS else name)
        for name, mine, other in zip(lists["list"], own, english, strict=True)
    }


def found(verdict: dict[Any, Any], _: Translator) -> list[tuple[str, str]]:
    """What is certain beside a verdict that is only doubt: levels, and how many entries in words."""
    return found_texts({level: int(verdict[f"also_{level}"]) for level in rows.BEHIND_DOUBT}, _)


def untold(verdict: dict[Any, Any], _: Translator) -> str:
    """How much of the list is answered for, how much of the article is hidden, what the evidence is."""
    told = _("Answered for: {x} of {y} entries.").format(
        x=number_text(int(verdict["entries_covered"]), _.language),
        y=number_text(int(verdict["entries_asked"]), _.language),
    )
    untold = verdict["undisclosed_ppt"]
    if untold:
        told += " " + _("Not disclosed: up to {share}.").format(share=share_text(untold, untold, _.language))
    level = EVIDENCE_LEVELS[verdict["evidence_level"]]
    return told + " " + _("Evidence: {level}.").format(level=_(level))


def written(finding: dict[str, Any], result: Result, _: Translator) -> list[str]:
    """What the supplier wrote, line by line, and by what it met the entry."""
    lines = result.declarations.lines
    made = []
    for number in finding["lines"][:_MOST_LINES]:
        name, cas, ec, amount = (
            supplied(str(lines[column].array[number]), LONGEST) for column in ("name", "cas", "ec", "amount")
        )
        said = ", ".join(filter(None, (quoted(name, _), cas or ec, amount)))
        made.append(said)
    if len(finding["lines"]) > _MOST_LINES:
        more = len(finding["lines"]) - _MOST_LINES
        made.append(
            _.ngettext("and {n} more line", "and {n} more lines", more).format(
                n=number_text(more, _.language)
            )
        )
    route = ROUTES.get(finding["matched_by"], "")
    return [*made, _(route)] if route else made


def amount(finding: dict[str, Any], _: Translator) -> str:
    """The share and what it is of: `15 % of the component “tube”`."""
    limit = finding["limit_ppt"] if finding["has_limit"] else None
    share = share_text(finding["low_ppt"], finding["high_ppt"], _.language, limit)
    basis = BASES.get(finding["basis"], "")
    part = supplied(finding["component"] or finding["material"], LONGEST)
    return " ".join(filter(None, (share, _(basis) if basis else "", quoted(part, _))))


def limit(finding: dict[str, Any], _: Translator) -> str:
    """What the share is held against, `> 0.1 % of the component`; nothing where the list sets no limit."""
    if not finding["has_limit"]:
        return ""
    measure = MEASURES.get(finding["measure"], "")
    if finding["measure"] == "presence":
        held = _(measure)
    else:
        share = share_text(finding["limit_ppt"], finding["limit_ppt"], _.language)
        share = phrase_text(finding["limit_words"], _) if finding["measure"] == "release" else share
        held = f"{finding['operator'].replace('>=', '≥')} {share}"
        basis = BASES.get(finding["limit_basis"], "")
        held = f"{held} {_(basis)}" if basis else held
        held += f", {_(measure).format(element=finding['element'])}" if measure else ""
    return held


def where(finding: dict[str, Any], result: Result, _: Translator) -> str:
    """The file, sheet, rows and columns the lines came from."""
    from kemkoll.tables import headers

    lines, own = result.declarations.lines, list(finding["lines"])
    places: dict[tuple[str, str, tuple[str, ...]], list[int]] = {}
    for file, sheet, row, cells in zip(
        *(lines[name].array[own] for name in ("file", "sheet", "row", "cells")), strict=True
    ):
        heads = tuple(headers(str(cells)).values())
        places.setdefault((str(file), str(sheet), heads), []).append(int(row))
    return "; ".join(
        summary.place_text(file, sheet, numbers, heads, _) for (file, sheet, heads), numbers in places.items()
    )


def why(finding: dict[str, Any], facts: dict[str, bool], _: Translator) -> str:
    """Why it follows, with the buyer's and the law's decisions."""
    said = [reason_text(finding["reason"], _, finding["condition"], facts)]
    if finding["trace_only"] and finding["reason"] != "trace-only":
        said.append(reason_text("trace-only", _))
    if finding["derogation"]:
        said.append(_("Derogation: {id}.").format(id=supplied(finding["derogation"], LONGEST)))
    if finding["waived"]:
        said.append(
            _("Waived by the buyer: {decision}.").format(decision=supplied(finding["waived"], LONGEST))
        )
    if finding["decided"]:
        said.append(_("Decision: {decision}.").format(decision=supplied(finding["decided"], LONGEST)))
    return " ".join(said)
