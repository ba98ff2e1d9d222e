"""The result as one flat table for spreadsheets: a row per verdict, followed by a row per finding behind it.

The columns are `COLUMNS`, always all of them, comma between them and a point in numbers in every language,
so that one program reads it everywhere. Only `why` and `entry_name` are in the user's language. A file
begins with a byte-order mark, without which spreadsheet programs misread å, ä and ö; a stream does not. A
supplier's text that a spreadsheet program would run as a formula gets an apostrophe before it, and so does
what stands after a semicolon, tab or line break in it: a Swedish spreadsheet program cuts a comma-separated
file at semicolons, whatever is quoted. `as_written` takes them away again.
"""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kemkoll.i18n import translator
from kemkoll.outputs import Target, opened, rows
from kemkoll.outputs.words import reason_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from kemkoll.flow import Result

SUFFIX = ".csv"

COLUMNS = {
    "kind": "`verdict`: one article and one list; `finding`: one part of it and one entry",
    "on": "day of the judgement",
    "supplier": "as written",
    "article": "the article's number",
    "article_name": "as written",
    "component": "as written; empty: the article itself",
    "material": "as written",
    "list": "list id",
    "edition": "edition of the list",
    "list_age_days": "days from the list's newest official edition to the day of the judgement",
    "list_stale": "yes: a newer edition of the list should exist by now",
    "assume_complete": "yes: what nobody declared was taken to be absent",
    "verdict": "the verdict's code",
    "why_code": "the reason's code",
    "why": "the reason in words",
    "entry": "entry id; of a verdict: all entries at the worst level",
    "entry_name": "the entry's name",
    "low": "least mass fraction that counts against the limit, kg/kg",
    "high": "greatest mass fraction, kg/kg",
    "basis": "what the mass fraction is a fraction of",
    "limit": "mass fraction, kg/kg; empty: the entry sets none",
    "operator": "`>`: only above the limit; `>=`: already at it",
    "limit_basis": "what the limit is a fraction of",
    "measure": "what is compared with the limit",
    "condition": "what must hold for the limit to apply",
    "limit_checked": "where the limit was confirmed",
    "derogation": "id of the legal derogation",
    "waived": "number of the buyer's decision; of a verdict: yes, no",
    "decided": "the decision by which a person settled what was for review",
    "matched_by": "the most trusted route by which a line met the entry",
    "name": "substance as written; several lines: `a | b`",
    "cas": "CAS cell as written",
    "ec": "EC cell as written",
    "amount": "amount as written",
    "file": "file as named",
    "sheet": "sheet of a workbook",
    "row": "row in it",
    "coverage": "`covered`, `partly`, `none`",
    "entries_covered": "entries that somebody answered for",
    "entries_asked": "entries of the list",
    "undisclosed": "greatest mass fraction of a part that nobody told us about, kg/kg",
    "evidence_level": "0–5",
}
"""The columns, in order, and what each holds; `docs` repeats them."""

_WRITTEN = ("name", "cas", "ec", "amount", "file", "sheet")
_RUN = r"[^\S\t\r\n]*[=+\-@\uff1d\uff0b\uff0d\uff20]"  # the wide forms run in some programs too
_FORMULA = re.compile(rf"^(?='*(?:[\t\r\n]|{_RUN}))|(?<=[;\t\r\n])(?='*{_RUN})")
_DEFUSED = re.compile(rf"^'(?='*(?:[\t\r\n]|{_RUN}))|(?<=[;\t\r\n])'(?='*{_RUN})")


def write(result: Result, target: Target, language: str = "en", *, all_lines: bool = False) -> None:
    """Write the table; it has no lines of its own, so `all_lines` changes nothing."""
    del all_lines
    with opened(target, encoding="utf-8-sig") as stream:
        writer = csv.DictWriter(
            stream, list(COLUMNS), restval="", extrasaction="ignore", lineterminator="\r\n"
        )
        writer.writeheader()
        for row in _rows(result, language):
            writer.writerow({name: defused(value) for name, value in row.items()})


def defused(value: Any) -> Any:
    """The value, with an apostrophe before each part that a spreadsheet program would take for a formula.

    >>> defused("=1+1"), defused("PVC"), defused("PVC;=1+1"), defused(-1)
    ("'=1+1", 'PVC', "PVC;'=1+1", -1)
    """
    return _FORMULA.sub("'", value) if isinstance(value, str) else value


def as_written(text: str) -> str:
    """The text that was defused, as it was before.

    >>> as_written("'=1+1"), as_written("'t Hart")
    ('=1+1', "'t Hart")
    """
    return _DEFUSED.sub("", text)


def share(share_ppt: int) -> str:
    """The mass fraction in kg/kg, exactly.

    >>> share(15 * 10**10), share(0), share(1)
    ('0.15', '0', '0.000000000001')
    """
    return f"{(Decimal(share_ppt) / 10**12).normalize():f}"


def _rows(result: Result, language: str) -> Iterator[dict[Any, Any]]:
    verdicts, findings = rows.verdicts(result), rows.findings(result, language)
    _say_why(result, verdicts, language)
    _say_why(result, findings, language)
    written = {name: rows.texts(result.declarations.lines[name]).tolist() for name in _WRITTEN}
    written["row"] = result.declarations.lines["row"].astype(str).tolist()
    editions = {made["list"]: made for made in rows.editions(result)}
    behind: dict[tuple[int, str], list[dict[Any, Any]]] = {}
    for finding in findings.to_dict("records"):
        behind.setdefault((finding["article_id"], finding["list"]), []).append(finding)
    for verdict in verdicts.sort_values(
        ["rank", "supplier", "article"], ascending=[False, True, True]
    ).to_dict("records"):
        shared = _judged_by(result, editions[verdict["list"]])
        yield {**verdict, **shared, **_verdict(verdict)}
        for finding in behind.get((verdict["article_id"], verdict["list"]), ()):
            yield {**finding, **shared, **_finding(finding, written)}


def _say_why(result: Result, frame: pd.DataFrame, language: str) -> None:
    facts, translate = rows.facts(result), translator(language)
    frame["why_code"] = frame["reason"]
    frame["why"] = [
        reason_text(code, translate, condition, facts.get(article, facts[-1]))
        for code, condition, article in zip(
            frame["reason"], frame["condition"], frame["article_id"], strict=True
        )
    ]


def _judged_by(result: Result, edition: dict[str, Any]) -> dict[str, Any]:
    """What every row says of how it was made."""
    return {
        "on": result.on,
        "edition": edition["edition"],
        "list_age_days": "" if edition["age_days"] is None else edition["age_days"],
        "list_stale": "yes" if edition["stale"] else "no",
        "assume_complete": "yes" if result.assume_complete else "no",
    }


def _verdict(verdict: dict[Any, Any]) -> dict[str, Any]:
    return {
        "kind": "verdict",
        "entry": verdict["entries"],
        "condition": "",
        "undisclosed": share(verdict["undisclosed_ppt"]),
        "waived": "yes" if verdict["waived"] else "no",
    }


def _finding(finding: dict[Any, Any], written: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": "finding",
        "low": share(finding["low_ppt"]),
        "high": share(finding["high_ppt"]),
        "limit": share(finding["limit_ppt"]) if finding["has_limit"] else "",
        "limit_checked": finding["checked"],
        **{
            name: " | ".join(dict.fromkeys(column[line] for line in finding["lines"]))
            for name, column in written.items()
        },
    }
