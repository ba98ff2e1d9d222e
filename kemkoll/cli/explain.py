"""`kemkoll explain`: one verdict, walked from the supplier's cell to the law."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from kemkoll.cli import _ask, _files, _store
from kemkoll.cli._exit import FINE, UNREAD, close_pipe
from kemkoll.cli._help import (
    Option,
    Verb,
    complete_option,
    condition_option,
    language_option,
    on_option,
    translate_of,
    unknown,
)
from kemkoll.i18n import N_, Translator

if TYPE_CHECKING:
    from kemkoll.assortment.plans import Asked
    from kemkoll.explanation.shape import Explanation
    from kemkoll.flow import Result
    from kemkoll.profiles import Profile
    from kemkoll.tables import Declarations, Law

SUFFIX = ".html"
_MOST_NAMED = 12
_LONGEST = 80


def explain(
    translate: Translator,
    article: str,
    list_: str,
    files: tuple[str, ...],
    on: str | None,
    entry: str | None,
    supplier: str,
    conditions: tuple[str, ...],
    profile: str | None,
    outputs: tuple[str, ...],
    where: str,
    as_of: str | None,
    *,
    assume_complete: bool,
) -> int:
    """The exit code, once the verdict has been explained."""
    from kemkoll.explanation import Explainer

    _ask.targets(outputs, files, [SUFFIX], translate)
    if not files:
        from kemkoll.assortment.plans import Asked

        facts = _ask.conditions(conditions, translate)
        asked = Asked(profile or "", (), facts, assume_complete)
        return _of_store(translate, article, list_, on, entry, supplier, asked, outputs, where, as_of)
    unread, result = _of_files(
        translate, list_, files, on, conditions, profile or "default", assume_complete=assume_complete
    )
    if result is None:
        return UNREAD
    row = _article(result, article, supplier, translate)
    judged = str(result.law.lists["list"].iloc[0])
    if entry is not None:
        _refuse_entry(result, judged, entry, translate)
    _show(Explainer(result).explain(row, judged, entry), outputs, translate)
    return UNREAD if unread else FINE


def _of_files(
    translate: Translator,
    list_: str,
    files: tuple[str, ...],
    on: str | None,
    conditions: tuple[str, ...],
    profile: str,
    *,
    assume_complete: bool,
) -> tuple[bool, Result | None]:
    """Whether a file could not be read, and what follows from the others; None: nothing was read."""
    from kemkoll.declarations import read_declarations

    paths = _ask.files(files, translate)
    facts = _ask.conditions(conditions, translate)
    day = _ask.day(on, translate)
    buyer = _ask.profile(profile, translate)
    asked = buyer.editions(day, [list_]) if list_ in buyer.lists else [list_]
    law = _ask.lists(asked, buyer, day, translate)
    declarations = read_declarations(paths)
    unread = _files.say_unread(declarations.inputs, translate)
    if not len(declarations.articles):
        said = translate("Nothing was read, so nothing was judged. This is not a clean result.")
        click.echo(said, err=True)
        return True, None
    return unread, _judged(declarations, law, buyer, day, facts, assume_complete=assume_complete)


def _of_store(
    translate: Translator,
    article: str,
    list_: str,
    on: str | None,
    entry: str | None,
    supplier: str,
    asked: Asked,
    outputs: tuple[str, ...],
    where: str,
    as_of: str | None,
) -> int:
    """Explain a verdict from what the database knows, or knew on a day; and what today's list makes of it."""
    from kemkoll.assortment.looking_back import article_called, judged_then, known_on
    from kemkoll.explanation import Explainer
    from kemkoll.lists.editions import library_of
    from kemkoll.registry import Registry

    id_ = _ask.list_id(list_.partition("@")[0], translate)
    day = _ask.day(as_of or on, translate, "--as-of" if as_of else "--on")
    today = _ask.day(on, translate)
    with _store.opened(where).reading() as known:
        then = known_on(known, day) if as_of else known
        own = article_called(then, article, supplier)
        by: dict[str, Any] = {"source": library_of(), "registry": Registry.open(), "asked": asked}
        result = judged_then(then, own, list_, on=day, **by)
        judged = str(result.law.lists["list"].iloc[0])
        if entry is not None:
            _refuse_entry(result, judged, entry, translate)
        _show(Explainer(result).explain(0, judged, entry), outputs, translate)
        if as_of:
            _say_today(judged_then(then, own, id_, on=today, newest=True, **by), day, today, translate)
    return FINE


def _say_today(result: Result, then: str, today: str, _: Translator) -> None:
    """The verdict that today's edition of the list gives to what was known then."""
    from kemkoll.outputs.words import reason_text, verdict_text
    from kemkoll.tables import Verdict

    verdict = result.verdicts.iloc[0]
    edition = result.law.lists["edition"].iloc[0]
    said = verdict_text(Verdict(verdict["verdict"]).name, str(verdict["reason"]), _)
    sentence = _("By what was known on {then}, and the list of {edition} on {today}: {verdict}. {why}")
    why = reason_text(str(verdict["reason"]), _)
    shown = sentence.format(
        then=then, edition=edition, today=today, verdict=said, why="" if "…" in why else why
    )
    click.echo(f"\n{shown.strip()}")


def _show(told: Explanation, targets: tuple[str, ...], _: Translator) -> None:
    """Write the explanation to files and print it."""
    from kemkoll.outputs import explanation, explanation_html

    for path in targets:
        with _files.writing(path, _):
            explanation_html.write(told, path, _.language)
    try:
        explanation.write(told, sys.stdout, _.language)
        sys.stdout.flush()
    except BrokenPipeError:
        close_pipe()
    _files.say_written(targets, _)


def _judged(
    declarations: Declarations,
    law: Law,
    profile: Profile,
    on: str,
    facts: dict[str, bool],
    *,
    assume_complete: bool,
) -> Result:
    from kemkoll import flow
    from kemkoll.registry import Registry

    return flow.check(
        declarations,
        law,
        profile=profile,
        registry=Registry.open(),
        on=on,
        conditions=facts,
        assume_complete=assume_complete,
    )


def _article(result: Result, number: str, supplier: str, _: Translator) -> int:
    """The row number of the one article that is meant."""
    from kemkoll.explanation import articles_called
    from kemkoll.outputs.words import plain

    articles = result.declarations.articles
    found = articles_called(result, number, supplier)
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(dict.fromkeys(plain(str(articles["supplier"].iloc[row])) or "–" for row in found))
        said = _("Several articles are called “{number}”. Name the supplier with --supplier: {names}.")
        raise click.UsageError(said.format(number=plain(number), names=names))
    if supplier and articles_called(result, number):
        own = [articles["supplier"].iloc[row] for row in articles_called(result, number)]
        sentence = _("No article “{number}” is of the supplier “{name}”.").replace("{number}", plain(number))
        raise click.UsageError(_missing(sentence, supplier, own, _))
    sentence = _("There is no article “{name}” in these files.")
    raise click.UsageError(_missing(sentence, number, articles["number"], _))


def _missing(sentence: str, name: str, names: Any, _: Translator) -> str:
    """That there is no such article or supplier, with those that are near it, or else some that are there."""
    from difflib import get_close_matches

    from kemkoll.outputs.words import plain

    said = sentence.replace("{name}", plain(name))
    there = {str(own).casefold(): plain(str(own), _LONGEST) for own in names}
    near = [there[key] for key in get_close_matches(name.casefold(), there, n=3, cutoff=0.5)]
    if near:
        meant = _("Did you mean {names}?").format(names=_(" or ").join(near))
        return f"{said} {meant}"
    some = list(there.values())
    more = ["…"] if len(some) > _MOST_NAMED else []
    listed = _("There are: {names}.").format(names=", ".join([*some[:_MOST_NAMED], *more]))
    return f"{said} {listed}"


def _refuse_entry(result: Result, list_: str, entry: str, _: Translator) -> None:
    """End the call where the list has no such entry."""
    from difflib import get_close_matches

    from kemkoll.explanation import entries_of

    there = entries_of(result, list_)
    if entry not in there:
        near = get_close_matches(entry.lower(), there, n=_MOST_NAMED, cutoff=0.5)
        said = _("{list} has no entry “{name}” in force.").replace("{list}", list_)
        shown = unknown(said, entry, near or there[:_MOST_NAMED], _)
        hint = _("All of them: kemkoll lists show {list}.").format(list=list_)
        raise click.UsageError(f"{shown} {hint}")


@click.pass_context
def _call(ctx: click.Context, /, **given: Any) -> int:
    return explain(translate_of(ctx), **given)


command = Verb(
    "explain",
    callback=_call,
    short_help=N_("Walk through one verdict, from the supplier's cell to the law."),
    help=N_(
        "Walk through one verdict, from the supplier's cell to the law.\n\n"
        "Shows what was written and what it was read as, which substance that is, the entry it meets, the "
        "numbers that were held against the limit, every condition and day, and what nobody told.\n\n"
        "Ends with 0 once it is explained, 2 for wrong usage, 3 if a file could not be read."
    ),
    epilog=N_("Example: kemkoll explain B-1001 --list eu-reach-candidate --file declaration.xlsx"),
    params=[
        click.Argument(["article"], metavar="ARTICLE"),
        Option(
            ["--list", "list_"],
            required=True,
            metavar="LIST[@DATE]",
            help=N_("The list by which the article is judged, in the edition of DATE."),
        ),
        Option(
            ["--file", "files"],
            multiple=True,
            metavar="FILE",
            help=N_("A declaration to read, instead of the database. Can be repeated."),
        ),
        Option(
            ["--as-of", "as_of"],
            metavar="DATE",
            help=N_("The verdict of this day, by what was known then; and by today's list."),
        ),
        on_option(),
        Option(["--entry"], metavar="ENTRY", help=N_("Walk through this entry; else through what decided.")),
        Option(
            ["--supplier"],
            default="",
            metavar="NAME",
            help=N_("The supplier, where several have an article of this number."),
        ),
        condition_option(),
        Option(
            ["--profile"],
            metavar="NAME",
            help=N_(
                "Requirement profile: a shipped one or a TOML file; else that of the article's contract."
            ),
        ),
        Option(
            ["-o", "--output", "outputs"],
            multiple=True,
            metavar="FILE.html",
            help=N_("Write the explanation as a page too. Can be repeated."),
        ),
        complete_option(),
        _store.store_option(),
        language_option(),
    ],
)
