"""One finding walked from the cell to the law, step by step in sentences: in a terminal and in a browser.

What a supplier wrote stands in them between marks (`words.supplied`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from kemkoll.i18n import N_, Translator, number_text, phrase_text, share_text
from kemkoll.outputs import arithmetic_text
from kemkoll.outputs.summary import place_text
from kemkoll.outputs.words import (
    BASES,
    CONDITIONS,
    MEASURES,
    ROUTES,
    of_the_law,
    plain,
    problem_text,
    quoted,
    reason_text,
    supplied,
    verdict_text,
)

if TYPE_CHECKING:
    from kemkoll.explanation.shape import Cells, Entry, Explanation, Fact, FindingWalk, Limit, Meaning

LONGEST = 120
"""Characters shown of a text."""
SOURCES = {
    "file": N_("the file says so"),
    "run": N_("it was given for this check"),
    "profile": N_("the profile says so"),
    "composition": N_("it has components, so it is an article and no mixture"),
    "other": N_("it follows from another fact"),
    "both": N_("the files say both yes and no"),
    "nobody": N_("nobody has said"),
    "asked": N_("taken as given, because the list was asked for by name"),
}


class Step(NamedTuple):
    """One step of the walk.

    Attributes:
        title: what it is about.
        lines: what there is to say.
        level: the verdict that it tells, or "".
        shown: what a page shows beside or in place of the lines: "substances", "numbers", or "".
    """

    title: str
    lines: list[str]
    level: str = ""
    shown: str = ""


def title(walk: FindingWalk, _: Translator) -> str:
    """What a finding is about: the entry, and the part of the article."""
    part = quoted(supplied(walk.material or walk.component, LONGEST), _)
    return " ".join(filter(None, (plain(entry_name(walk.entry, _), LONGEST), part)))


def steps(walk: FindingWalk, explanation: Explanation, _: Translator) -> Iterator[Step]:
    """One finding, from the cell to what follows."""
    addends = walk.arithmetic.addends
    if addends:
        yield Step(_("1. What the supplier wrote"), [line for it in addends for line in _cells(it.cells, _)])
        yield Step(
            _("2. Which substance that is"),
            [line for it in addends for line in _identity(it.cells, _)]
            + [reason_text(why, _) for why in dict.fromkeys(it.why for it in addends) if why],
            shown="substances",
        )
    else:
        named = quoted(supplied(walk.arithmetic.named, LONGEST), _)
        said = _("No line: the material {name} meets the entry by what it is called.").format(name=named)
        yield Step(_("1. What the supplier wrote"), [said])
    yield Step(_("3. The entry it meets"), entry_lines(walk.entry, _))
    limit_ppt = walk.limit.limit_ppt if walk.limit else None
    yield Step(_("4. The numbers"), arithmetic_text.lines(walk.arithmetic, limit_ppt, _), shown="numbers")
    yield Step(_("5. The limit"), _limit(walk, explanation, _))
    if walk.derogations_of_entry:
        yield Step(_("6. Derogations"), _derogations(walk, _))
    yield Step(_("What follows"), [_outcome(walk, explanation, _)], walk.verdict)


def _outcome(walk: FindingWalk, explanation: Explanation, _: Translator) -> str:
    asked = (*explanation.source.facts, *(walk.limit.facts if walk.limit else ()))
    facts = {fact.name: fact.holds for fact in asked if fact.holds is not None}
    condition = " ".join(dict.fromkeys(fact.name if fact.wanted else f"!{fact.name}" for fact in asked))
    said = f"{verdict_text(walk.verdict, walk.reason, _)}: {reason_text(walk.reason, _, condition, facts)}"
    if walk.waived:
        said += " " + _("Waived by the buyer: {decision}.").format(decision=supplied(walk.waived, LONGEST))
    if walk.decided:
        said += " " + _("Decision: {decision}.").format(decision=supplied(walk.decided, LONGEST))
    return said


def _cells(cells: Cells, _: Translator) -> Iterator[str]:
    """A line as written, and as read."""
    texts = (cells.cas, cells.ec, cells.smiles, cells.amount)
    written = [quoted(supplied(cells.name, LONGEST), _), *(supplied(text, LONGEST) for text in texts)]
    heads = [plain(head, LONGEST) for head in cells.headers.values()]
    place = supplied(place_text(cells.file, cells.sheet, [cells.row], heads, _))
    yield _("as written: {cells} — {place}").format(cells=", ".join(filter(None, written)), place=place)
    part = {"article": "", "component": cells.component}.get(cells.basis, cells.material or cells.component)
    share = share_text(cells.low_ppt, cells.high_ppt, _.language)
    of = " ".join(filter(None, (_(BASES.get(cells.basis, "")), quoted(supplied(part, LONGEST), _))))
    yield _("as read: {share} {of}").format(share=share, of=of).rstrip()
    if cells.basis_assumed:
        yield _("Of what the share is, nobody wrote: it follows from the columns of the file.")
    for code, found, suggestion, column in cells.problems:
        where = f"{supplied(column, LONGEST)}: " if column else ""
        yield f"{where}{supplied(problem_text(code, found, suggestion, _))} [{code}]"


def _identity(cells: Cells, _: Translator) -> Iterator[str]:
    """The substances a line may mean, and how each meets the entry or not."""
    if len(cells.meanings) > 1:
        yield f"{quoted(supplied(cells.name or cells.cas, LONGEST), _)}: {reason_text(cells.why_several, _)}"
    for meaning in cells.meanings:
        number = meaning.cas or meaning.ec or meaning.inchikey or _("no number")
        name = f"{supplied(meaning.name, LONGEST)}, " if meaning.name else ""
        formula = f" ({meaning.formula})" if meaning.formula else ""
        route = _(ROUTES[meaning.found_by]) if meaning.found_by in ROUTES else _("not identified")
        yield f"{name}{number}{formula}, {route}: {_meets(meaning, _)}"


def _meets(meaning: Meaning, _: Translator) -> str:
    if not meaning.matched_by:
        return _("it does not meet the entry.")
    route = _(ROUTES.get(meaning.matched_by, meaning.matched_by))
    member = plain(meaning.member, LONGEST)
    sure = _("it surely meets the entry, {route} ({member}).")
    said = sure if meaning.certainty == "certain" else _("it may meet the entry, {route} ({member}).")
    if meaning.atoms:
        member = _("these of its atoms: {atoms}").format(atoms=member)
    why = f" {reason_text(meaning.why, _)}" if meaning.why else ""
    return said.format(route=route, member=member) + why


def entry_name(entry: Entry, _: Translator) -> str:
    return entry.names.get(_.language) or entry.names["en"] or entry.entry


def entry_lines(entry: Entry, _: Translator) -> list[str]:
    said = [plain(entry_name(entry, _), 2 * LONGEST)]
    if entry.official:
        said.append(_("number in the law: {number}").format(number=entry.official))
    if entry.wording:
        said.append(
            _("a group, in the words of the law: {wording}").format(wording=of_the_law(entry.wording, _))
        )
    if undecided := entry.undecided[_.language]:
        said.append(_("What a structure cannot tell: {undecided}").format(undecided=plain(undecided)))
    if entry.reason:
        said.append(_("listed because: {reason}").format(reason=phrase_text(entry.reason, _)))
    said.append(_days(entry.since, entry.until, _))
    said.append(_reference(entry.reference, _))
    return [line for line in said if line]


def _reference(reference: str, _: Translator) -> str:
    return _("reference: {reference}").format(reference=of_the_law(reference, _)) if reference else ""


def _days(since: str, until: str, _: Translator) -> str:
    if since and until:
        return _("from {since} to {until}").format(since=since, until=until)
    if until:
        return _("to {until}").format(until=until)
    return _("from {since}").format(since=since) if since else ""


def _limit(walk: FindingWalk, explanation: Explanation, _: Translator) -> list[str]:
    limit = walk.limit
    by_market = explanation.source.by_market and explanation.placed_on_market
    judged = (
        _("compared with the day of placing on the market, {day}") if by_market else _("compared with {day}")
    ).format(day=walk.judged_on)
    if limit is None:
        unasked = walk.reason == "not-required"
        none = _("The entry sets no limit: being there is what is reported.")
        said = [reason_text(walk.reason, _) if unasked else none]
        return [*said, *(_fact(fact, _) for fact in explanation.source.facts), judged]
    arithmetic = walk.arithmetic
    said = [_limit_words(limit, _)]
    if limit.measure not in ("release", "released_amine"):
        share = share_text(arithmetic.low_ppt, arithmetic.high_ppt, _.language, limit.limit_ppt)
        said.append(_(_COMPARED[walk.passes]).format(share=share))
    if limit.trace_only:
        said.append(reason_text("trace-only", _))
    said += [_fact(fact, _) for fact in (*explanation.source.facts, *limit.facts)]
    days = _days(limit.since, limit.until, _)
    said.append("; ".join(filter(None, (days, judged))))
    if limit.narrower:
        said.append(reason_text("scope-narrower", _))
    if limit.others > 0:
        one = _.ngettext(
            "The entry has {n} other limit, which gives nothing worse.",
            "The entry has {n} other limits, which give nothing worse.",
            limit.others,
        )
        said.append(one.format(n=number_text(limit.others, _.language)))
    said.append(_reference(limit.reference, _))
    said.append(_checked(limit.checked, _))
    return [line for line in said if line]


_COMPARED = {
    (True, True): N_("{share} passes the limit, for certain."),
    (False, True): N_("{share}: the greatest that it can be passes the limit, the least does not."),
    (False, False): N_("{share} does not pass the limit."),
}


def _checked(checked: str, _: Translator) -> str:
    """How the limit was checked."""
    if checked == "unconfirmed":
        return reason_text("limit-unconfirmed", _)
    return _("checked against: {checked}").format(checked=phrase_text(checked, _)) if checked else ""


def _limit_words(limit: Limit, _: Translator) -> str:
    measure = _(MEASURES.get(limit.measure, "")).format(element=limit.element)
    if limit.measure == "presence":
        return _("limit: {limit}").format(limit=measure)
    own = share_text(limit.limit_ppt, limit.limit_ppt, _.language)
    share = phrase_text(limit.words, _) if limit.measure == "release" else own
    basis = BASES.get(limit.basis, "")
    held = " ".join(filter(None, (limit.operator.replace(">=", "≥"), share, _(basis) if basis else "")))
    return _("limit: {limit}").format(limit=f"{held}, {measure}" if measure else held)


def _fact(fact: Fact, _: Translator) -> str:
    """One fact that must hold, the answer, and who gave it."""
    yes, no = CONDITIONS.get(fact.name, (fact.name, f"!{fact.name}"))
    answer = _("unknown") if fact.holds is None else _("yes") if fact.holds == fact.wanted else _("no")
    said = _("It applies if {condition}: {answer} ({source}).")
    return said.format(condition=_(yes if fact.wanted else no), answer=answer, source=_(SOURCES[fact.source]))


def _derogations(walk: FindingWalk, _: Translator) -> list[str]:
    said = []
    for it in walk.derogations:
        claim = _("claimed by the supplier") if it.claimed else _("claimed by nobody")
        said.append(f"{it.id}: {of_the_law(plain(it.use, 2 * LONGEST), _)} ({claim})")
        if it.limit_ppt:
            most = share_text(it.limit_ppt, it.limit_ppt, _.language)
            said.append(_("lets off at most {share}").format(share=most))
        if it.floor_ppt:
            least = share_text(it.floor_ppt, it.floor_ppt, _.language)
            said.append(_("lets off from {share}").format(share=least))
        said += [_fact(fact, _) for fact in it.facts]
        said.append(_days(it.since, it.until, _))
        if it.renewal == "yes":
            said.append(_("A renewal is asked for, so it stays valid."))
        said.append(_reference(it.reference, _))
        said.append(
            _("checked against: {checked}").format(checked=phrase_text(it.checked, _))
            if it.checked != "unconfirmed"
            else _("It has not been confirmed against the legal text.")
        )
    if not said:
        one = _.ngettext(
            "The entry has {n} derogation; no line claims it.",
            "The entry has {n} derogations; no line claims any of them.",
            walk.derogations_of_entry,
        )
        said.append(one.format(n=number_text(walk.derogations_of_entry, _.language)))
    return [line for line in said if line]
