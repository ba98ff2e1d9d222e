"""An explanation as one page for a browser or a printer: all that the terminal says, and drawings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kemkoll.i18n import N_, Translator, number_text, translator
from kemkoll.outputs import Target, arithmetic_text, conditional, explanation, opened, page, skeleton, walk
from kemkoll.outputs.drawing import drawing
from kemkoll.outputs.summary import disclaimer
from kemkoll.outputs.walk import LONGEST
from kemkoll.outputs.words import plain, supplied, unmarked, verdict_text

if TYPE_CHECKING:
    from markupsafe import Markup

    from kemkoll.explanation.shape import Explanation, FindingWalk, Meaning, Other

MOST_DRAWN = 4
"""Structures drawn for one finding; the rest is said to be there."""
LABELS = {
    "what": N_("Explanation of a verdict"),
    "skip": N_("Skip to the explanation"),
    "supplier": N_("Supplier"),
    "found": N_("Findings walked through"),
    "numbers": N_("How the shares of the lines become the share that is held against the limit"),
    "line": N_("Line"),
    "share": N_("Declared share"),
    "element": N_("As the element"),
    "conversion": N_("Converted"),
    "adds": N_("What it adds"),
    "others": N_("Other findings"),
    "to_top": N_("To the top"),
}
"""The page's own words; what it says of the verdict comes from `explanation` and `walk`."""


def write(told: Explanation, target: Target, language: str = "en") -> None:
    """Write the explanation as a page."""
    said = content(told, translator(language))
    with opened(target) as stream:
        stream.writelines(skeleton.template("explanation.jinja").generate(said))


def inside(told: Explanation, _: Translator) -> Markup:
    """What the page says, to stand inside another that has the style."""
    from markupsafe import Markup

    said = content(told, _) | {"base": "bare.jinja"}
    said["others"] |= {"hint": ""}
    return Markup(skeleton.template("explanation.jinja").render(said))


def content(told: Explanation, _: Translator) -> dict[str, Any]:
    """All that the page says, in sentences: what the template puts in its places."""
    called, supplier = explanation.names(told)
    walked, rest = explanation.chosen(told)
    return {
        **skeleton.frame(_, "explanation.css"),
        "base": "skeleton.jinja",
        "label": {name: _(words) for name, words in LABELS.items()},
        "disclaimer": disclaimer(_),
        "title": unmarked(" ".join(called)),
        "called": called,
        "supplier": supplier,
        "list": explanation.list_title(told, _),
        "level": told.verdict,
        "word": verdict_text(told.verdict, told.reason, _),
        "found": explanation.found(told, _),
        "said_of_verdict": explanation.verdict_lines(told, _),
        "more": _more(len(rest), _) if rest else "",
        "walks": [_walk(number, finding, told, _) for number, finding in enumerate(walked)],
        "missing": list(explanation.nothing_found(told, _)),
        "others": _others(rest, _),
        "closing": [explanation.coverage(told.coverage, _), explanation.edition(told, _)],
    }


def _more(count: int, _: Translator) -> str:
    """That findings are only named, and how many."""
    one = _.ngettext(
        "{n} other finding is only named, further down.",
        "{n} other findings are only named, further down.",
        count,
    )
    return one.format(n=number_text(count, _.language))


def _walk(number: int, finding: FindingWalk, told: Explanation, _: Translator) -> dict[str, Any]:
    """One finding with its steps."""
    return {
        "id": f"f{number}",
        "title": walk.title(finding, _),
        "entry": finding.entry.entry,
        "level": finding.verdict,
        "word": verdict_text(finding.verdict, finding.reason, _),
        "steps": [_step(step, finding, _) for step in walk.steps(finding, told, _)],
    }


def _step(step: walk.Step, finding: FindingWalk, _: Translator) -> dict[str, Any]:
    """One step, with the drawings or the table that it has."""
    made: dict[str, Any] = {"title": step.title, "lines": step.lines, "level": step.level}
    made |= {"table": None, "drawings": _drawings(finding, _) if step.shown == "substances" else None}
    if step.shown == "numbers" and finding.arithmetic.addends:
        limit_ppt = finding.limit.limit_ppt if finding.limit else None
        made |= {
            "lines": arithmetic_text.closing(finding.arithmetic, limit_ppt, _),
            "table": _table(arithmetic_text.table(finding.arithmetic, _), _),
        }
    return made


def _table(lines: list[arithmetic_text.Line], _: Translator) -> dict[str, Any]:
    """What each line adds, and which of the steps in between any of them takes."""
    between = [name for name in ("element", "conversion") if any(getattr(line, name) for line in lines)]
    rows = [
        {
            "name": line.name,
            "place": line.place,
            "share": line.doubt or (line.share if line.element or line.conversion else line.steps(_)[0]),
            "between": [getattr(line, name) or "–" for name in between],
            "adds": line.adds,
        }
        for line in lines
    ]
    return {"between": between, "rows": rows}


def _drawings(finding: FindingWalk, _: Translator) -> dict[str, Any]:
    """The structures of the substances that the lines may mean, each once, as far as they are known."""
    known: dict[str, Meaning] = {}
    for addend in finding.arithmetic.addends:
        for meaning in addend.cells.meanings:
            if meaning.smiles and not meaning.variable:
                known.setdefault(meaning.smiles, meaning)
    drawn = []
    for meaning in list(known.values())[:MOST_DRAWN]:
        called = _called(meaning)
        title = _("Structure of {name}").format(name=unmarked(called))
        if picture := drawing(meaning.smiles, title, f"SMILES: {meaning.smiles}", meaning.atoms):
            marked = _("marked: the atoms by which it belongs to the group") if meaning.atoms else ""
            drawn.append({"picture": picture, "caption": "; ".join(filter(None, (called, marked)))})
    hidden = max(len(known) - MOST_DRAWN, 0)
    more = _.ngettext("{n} more structure is not drawn.", "{n} more structures are not drawn.", hidden)
    return {"drawn": drawn, "hidden": more.format(n=hidden) if hidden else ""}


def _called(meaning: Meaning) -> str:
    """Name, number and formula of a substance."""
    parts = (supplied(meaning.name, LONGEST), plain(meaning.cas or meaning.ec), plain(meaning.formula))
    return ", ".join(filter(None, parts))


def _others(rest: list[Other], _: Translator) -> dict[str, Any]:
    """The findings that are only named, those together that one unknown fact would settle."""
    groups = conditional.together(rest[: page.MOST], lambda it: it.waits_for)
    parts = [
        {
            "question": conditional.unknown_text(fact, len(group), _) if fact else "",
            "answer": conditional.answer_text(fact, _) if fact else "",
            "names": ", ".join(dict.fromkeys(other.entry for other in group)),
            "findings": [explanation.other_text(other, _) for other in group],
        }
        for fact, group in groups
    ]
    more = len(rest) - page.MOST
    return {
        "parts": parts,
        "more": _("… and {n} more").format(n=number_text(more, _.language)) if more > 0 else "",
        "hint": _("--entry walks through one of them."),
    }
