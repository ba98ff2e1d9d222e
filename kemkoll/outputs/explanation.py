"""An explanation for a person at a terminal: step by step, from the cell to the law."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kemkoll.i18n import N_, Translator, number_text, phrase_text, share_text, translator
from kemkoll.outputs import Target, conditional, opened, rows, walk
from kemkoll.outputs.summary import disclaimer, place_text
from kemkoll.outputs.table import STYLES
from kemkoll.outputs.walk import LONGEST, Step, entry_lines
from kemkoll.outputs.words import (
    EVIDENCE_LEVELS,
    found_texts,
    plain,
    quoted,
    reason_text,
    supplied,
    unmarked,
    verdict_text,
)

if TYPE_CHECKING:
    from kemkoll.explanation.shape import Coverage, Explanation, FindingWalk, Other

MOST = 8
"""Findings walked through in full; the rest are named."""
_MOST_ENTRIES = 12
ANSWERS = {
    "none_above_limit": N_("nothing is above the limit"),
    "contains": N_("something of the list is in it"),
    "do_not_know": N_("the supplier does not know"),
}


def write(explanation: Explanation, target: Target, language: str = "en") -> None:
    """Write the explanation as text, as wide as the terminal."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    with opened(target) as stream:
        console = Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=False)
        with console.capture() as page:
            for step in steps(explanation, translator(language)):
                style = STYLES.get(step.level, "bold")
                console.print(Text(f"\n{plain(unmarked(step.title))}", style=style))
                for line in step.lines:
                    console.print(Padding(Text(plain(unmarked(line))), (0, 0, 0, 2)))
        text = page.get()
        lines = (f"{line.rstrip()}\n" for line in text.lstrip("\n").splitlines())
        stream.write(text if console.is_terminal else "".join(lines))


def steps(explanation: Explanation, _: Translator) -> Iterator[Step]:
    """Everything there is to say, in order."""
    yield head(explanation, _)
    walked, rest = chosen(explanation)
    for finding in walked:
        yield Step(f"── {walk.title(finding, _)} [{finding.entry.entry}]", [], finding.verdict)
        yield from walk.steps(finding, explanation, _)
    yield from nothing_found(explanation, _)
    if rest:
        hint = _("--entry walks through one of them.")
        yield Step(_("Other findings"), [*_others(rest, _), hint])
    yield coverage(explanation.coverage, _)
    last = edition(explanation, _)
    yield last._replace(lines=[*last.lines, disclaimer(_)])


def chosen(explanation: Explanation) -> tuple[list[FindingWalk], list[Other]]:
    """The findings to walk through, and those to name only.

    Of the findings that one unknown fact would settle, the first stands for all, unless they were asked for.
    """
    from kemkoll.explanation.shape import Other

    found = list(explanation.walks)
    if explanation.asked_entry is None:
        found = [group[0] for _fact, group in conditional.together(found, lambda it: it.waits_for)]
    walked = found[:MOST]
    kept = {id(finding) for finding in walked}
    rest = [
        Other(it.entry.entry, it.verdict, it.reason, it.material or it.component, it.waits_for)
        for it in explanation.walks
        if id(it) not in kept
    ]
    return walked, [*rest, *explanation.others]


def head(explanation: Explanation, _: Translator) -> Step:
    """The article, and its verdict by the list."""
    called, supplier = names(explanation)
    by = f" ({supplier})" if supplier else ""
    return Step(
        "  ".join(called) + by,
        [list_verdict(explanation, _), *verdict_lines(explanation, _)],
        explanation.verdict,
    )


def names(explanation: Explanation) -> tuple[list[str], str]:
    """What the article is called, and by whom."""
    name = explanation.article_name if explanation.article_name != explanation.article else ""
    called = [supplied(text, LONGEST) for text in (explanation.article, name) if text]
    return called, supplied(explanation.supplier, LONGEST)


def list_verdict(explanation: Explanation, _: Translator) -> str:
    """The list and its verdict."""
    told = [verdict_text(explanation.verdict, explanation.reason, _)]
    told += [text for _level, text in found(explanation, _)]
    return f"{list_title(explanation, _)}: {' – '.join(told)}"


def found(explanation: Explanation, _: Translator) -> list[tuple[str, str]]:
    """What is certain beside a verdict that is only doubt: levels, and how many entries in words."""
    if explanation.verdict not in rows.DOUBT:
        return []
    levels = {(it.verdict, it.entry.entry) for it in explanation.walks}
    levels |= {(it.verdict, it.entry) for it in explanation.others}
    return found_texts(Counter(level for level, _entry in levels), _)


def list_title(explanation: Explanation, _: Translator) -> str:
    """What the list is called."""
    source = explanation.source
    return source.titles.get(_.language) or source.titles["en"] or source.list


def verdict_lines(explanation: Explanation, _: Translator) -> list[str]:
    """Why the verdict is what it is where no finding says it, and what was assumed or waived."""
    facts = {fact.name: fact.holds for fact in explanation.source.facts if fact.holds is not None}
    lines = []
    walked = {finding.reason for finding in chosen(explanation)[0]}
    if explanation.reason not in walked | {"condition-unknown", "condition-false"}:
        lines.append(reason_text(explanation.reason, _, explanation.source.condition, facts))
    if explanation.assume_complete:
        lines.append(reason_text("assumed-complete", _))
    if explanation.waived:
        lines.append(_("The buyer has waived it."))
    return lines


def nothing_found(explanation: Explanation, _: Translator) -> Iterator[Step]:
    """That nothing meets the entry that was asked about."""
    if explanation.asked_entry and not explanation.walks:
        yield Step(_("Entry"), entry_lines(explanation.asked_entry, _))
        yield Step(_("Found"), [_("No line and no material meets this entry.")])


def _others(others: list[Other], _: Translator) -> Iterator[str]:
    """The findings that are only named, those together that one unknown fact would settle."""
    groups = conditional.together(others, lambda it: it.waits_for)
    for fact, group in groups[:_MOST_ENTRIES]:
        if not fact:
            yield other_text(group[0], _)
            continue
        yield f"{conditional.unknown_text(fact, len(group), _)} {conditional.answer_text(fact, _)}"
        for other in group[:_MOST_ENTRIES]:
            yield f"– {other_text(other, _)}"
        if len(group) > _MOST_ENTRIES:
            yield _("… and {n} more").format(n=number_text(len(group) - _MOST_ENTRIES, _.language))
    more = sum(len(group) for _fact, group in groups[_MOST_ENTRIES:])
    if more:
        yield _("… and {n} more").format(n=number_text(more, _.language))


def other_text(other: Other, _: Translator) -> str:
    """A finding that is only named: entry, part, verdict."""
    where = f" {quoted(supplied(other.part, LONGEST), _)}" if other.part else ""
    return f"{other.entry}{where}: {verdict_text(other.verdict, other.reason, _)}"


def coverage(told: Coverage, _: Translator) -> Step:
    """What was answered for, what nobody told, and why not."""
    x, y = (number_text(count, _.language) for count in (told.answered, told.asked))
    said = [_("Answered for: {x} of {y} entries.").format(x=x, y=y)]
    if told.undisclosed_ppt:
        share = share_text(told.undisclosed_ppt, told.undisclosed_ppt, _.language)
        said.append(_("Not disclosed: up to {share}.").format(share=share))
    said.append(_("Evidence: {level}.").format(level=_(EVIDENCE_LEVELS[told.evidence_level])))
    for gap in told.gaps:
        names = ", ".join(gap.entries[:_MOST_ENTRIES])
        more = f", … (+{len(gap.entries) - _MOST_ENTRIES})" if len(gap.entries) > _MOST_ENTRIES else ""
        count = _.ngettext("{n} entry is open", "{n} entries are open", len(gap.entries))
        counted = count.format(n=number_text(len(gap.entries), _.language))
        if gap.limit_ppt:
            share = share_text(gap.limit_ppt, gap.limit_ppt, _.language)
            counted += " " + _("(strictest limit {share})").format(share=share)
        said.append(f"{counted}: {reason_text(gap.reason, _)} [{names}{more}]")
    for cells in told.undisclosed:
        place = supplied(place_text(cells.file, cells.sheet, [cells.row], [], _))
        share = share_text(cells.low_ppt, cells.high_ppt, _.language)
        name = quoted(supplied(cells.name or cells.cas, LONGEST), _)
        said.append(
            _("Nobody can say what {name} is: {share} — {place}").format(name=name, share=share, place=place)
        )
    for it in told.statements:
        named = it.edition or _("no edition given")
        place = supplied(place_text(it.file, it.sheet, [it.row], [], _))
        said.append(
            _("Statement: {answer} ({edition}) — {place}").format(
                answer=_(ANSWERS.get(it.answer, it.answer)), edition=supplied(named), place=place
            )
        )
    return Step(_("What was answered, and what nobody told"), said)


def edition(explanation: Explanation, _: Translator) -> Step:
    """The list, its edition and act."""
    source = explanation.source
    said = [
        _("{act}, edition {date}").format(act=phrase_text(source.act, _), date=source.edition),
        _("judged on {day}").format(day=explanation.on),
    ]
    if source.force == "watch":
        said.append(reason_text("watch-list", _))
    return Step(_("The list"), said)
