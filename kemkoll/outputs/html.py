"""The result as one page for a browser, a printer or a telephone: all that the terminal says, with links.

Its frame is that of every page (`skeleton`). Nothing is said by colour alone.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from kemkoll.i18n import N_, Translator, number_text, translator
from kemkoll.outputs import Target, conditional, opened, page, rows, skeleton, summary
from kemkoll.outputs.page import LONGEST, LONGEST_NAME
from kemkoll.outputs.words import of_the_law, plain, reason_text, verdict_text

if TYPE_CHECKING:
    from kemkoll.flow import Result

SUFFIX = ".html"
LABELS = {
    "title": N_("Check of declarations"),
    "skip": N_("Skip to the results"),
    "overview": N_("Overview"),
    "matrix": N_("Verdict for each article (row) and substance list (column)"),
    "article": N_("Article"),
    "supplier": N_("Supplier"),
    "articles": N_("Articles"),
    "waived": N_("waived by the buyer"),
    "declared": N_("Declared"),
    "share": N_("Share"),
    "limit": N_("Limit"),
    "why": N_("Why"),
    "place": N_("Place"),
    "law": N_("Reference"),
    "problems": N_("Problems"),
    "problem": N_("Problem"),
    "failed": N_("Files not judged"),
    "file": N_("File"),
    "lists": N_("Substance lists"),
    "judged_by": N_("The lists judged by, their editions and ages"),
    "list": N_("List"),
    "edition": N_("Edition"),
    "age": N_("Age"),
    "not_judged": N_("not judged"),
    "to_top": N_("To the overview"),
}
"""The page's own words; what it says of the result comes from `page`, `summary` and `words`."""


def write(result: Result, target: Target, language: str = "en", *, all_lines: bool = False) -> None:
    """Write the page; `all_lines` shows every article however many there are."""
    said = content(result, translator(language), most=None if all_lines else page.MOST)
    with opened(target) as stream:
        stream.writelines(skeleton.template("html.jinja").generate(said))


def content(result: Result, _: Translator, *, most: int | None) -> dict[str, Any]:
    """All that the page says, in sentences: what the template puts in its places.

    Args:
        result: what was judged.
        _: into the page's language.
        most: articles, and findings of a verdict, to show; None: all.
    """
    articles, hidden = _articles(result, _, most)
    problems, count = summary.problem_texts(result.problems, result.declarations.inputs, _)
    return {
        **skeleton.frame(_),
        "label": {name: _(words) for name, words in LABELS.items()},
        "day": result.on,
        "sum": summary.sum_text(result, _),
        "disclaimer": summary.disclaimer(_),
        "caveats": list(summary.caveat_texts(result, _)),
        "nothing": summary.nothing_text(_) if rows.nothing_read(result) else "",
        "articles": articles,
        "hidden": page.hidden_articles(hidden, _) if hidden else "",
        "problems": [_of_file(file, found, _) for file, found in problems.items()],
        "problem_count": number_text(count, _.language),
        "failures": summary.failure_texts(result, _),
        "lists": _lists(result, _),
    }


def _articles(result: Result, _: Translator, most: int | None) -> tuple[list[dict[str, Any]], int]:
    """Each article with its verdicts, the one with the worst first; how many are not shown."""
    if rows.nothing_read(result):
        return [], 0
    order, hidden = page.worst_first(result, most)
    behind = page.findings(result, order, most, _)
    facts = rows.facts(result)
    places = {name: number for number, name in enumerate(rows.texts(result.law.lists["list"]))}
    titles = page.titles(result, _)
    made = []
    for key, group in groupby(order.to_dict("records"), key=itemgetter("article_id")):
        own = [{str(name): value for name, value in verdict.items()} for verdict in group]
        known = facts.get(key, facts[-1])
        verdicts = [
            {
                "id": f"a{key}-l{places[verdict['list']]}",
                "title": titles[verdict["list"]],
                **_verdict(verdict, behind.get((key, verdict["list"]), []), known, result, _),
            }
            for verdict in own
        ]
        made.append({"id": f"a{key}", **_named(own[0]), "verdicts": verdicts} | _by_list(verdicts))
    return made, hidden


def _named(first: dict[str, Any]) -> dict[str, str]:
    """What the article is called, and by whom."""
    number, name, supplier = (plain(first[key], LONGEST) for key in ("article", "article_name", "supplier"))
    return {"number": number or name, "name": name if number != name and number else "", "supplier": supplier}


def _by_list(verdicts: list[dict[str, Any]]) -> dict[str, dict[str, dict[str, Any]]]:
    return {"by_list": {verdict["list"]: verdict for verdict in verdicts}}


def _verdict(
    verdict: dict[str, Any],
    findings: list[dict[str, Any]],
    facts: dict[str, bool],
    result: Result,
    _: Translator,
) -> dict[str, Any]:
    """One list's verdict: what it is and why, how much nobody told us, the findings behind it."""
    told = verdict["reason"] in {finding["reason"] for finding in findings}
    why = "" if told else reason_text(verdict["reason"], _, verdict["condition"], facts)
    number = len(findings)
    return {
        "list": verdict["list"],
        "level": verdict["verdict"],
        "word": verdict_text(verdict["verdict"], verdict["reason"], _),
        "found": page.found(verdict, _),
        "waived": bool(verdict["waived"]),
        "why": why,
        "untold": page.untold(verdict, _),
        "count": _.ngettext("{n} finding", "{n} findings", number).format(n=number_text(number, _.language)),
        "parts": [_part(fact, group, facts, result, _) for fact, group in page.together(findings, facts)],
        "hidden": page.hidden_findings(findings, _),
    }


def _part(
    fact: str, findings: list[dict[str, Any]], facts: dict[str, bool], result: Result, _: Translator
) -> dict[str, Any]:
    """One finding, or those that depend on one fact, with what is asked and how to answer it."""
    names = [plain(finding["entry_name"], LONGEST) for finding in findings]
    return {
        "level": findings[0]["verdict"],
        "word": verdict_text(findings[0]["verdict"], findings[0]["reason"], _),
        "question": conditional.unknown_text(fact, len(findings), _) if fact else "",
        "answer": conditional.answer_text(fact, _) if fact else "",
        "names": "; ".join(dict.fromkeys(names)),
        "findings": [_finding(finding, facts, result, _) for finding in findings],
    }


def _finding(
    finding: dict[str, Any], facts: dict[str, bool], result: Result, _: Translator
) -> dict[str, Any]:
    """One substance in one part: what was written and where, what it is held against, and why it follows."""
    return {
        "name": plain(finding["entry_name"], LONGEST_NAME),
        "level": finding["verdict"],
        "word": verdict_text(finding["verdict"], finding["reason"], _),
        "written": page.written(finding, result, _),
        "share": page.amount(finding, _),
        "limit": page.limit(finding, _),
        "why": page.why(finding, facts, _),
        "place": page.where(finding, result, _) if finding["lines"] else "",
        "law": of_the_law(finding["reference"], _),
    }


def _of_file(file: str, found: list[tuple[str, str, str]], _: Translator) -> dict[str, Any]:
    return {"file": file, "caption": _("Problems in {file}").format(file=file), "found": found}


def _lists(result: Result, _: Translator) -> list[dict[str, str]]:
    """The lists judged by, each with its edition and age."""
    titles, short = page.titles(result, _), page.short_titles(result, _)
    made = []
    for number, row in enumerate(rows.editions(result)):
        age, stale = summary.age_texts(row, _)
        name = str(row["list"])
        made.append(
            {
                "id": f"l{number}",
                "list": name,
                "title": titles[name],
                "short": short[name],
                "edition": str(row["edition"]),
                "age": age,
                "stale": stale,
            }
        )
    return made
