"""`kemkoll demo`: an invented region, made on the spot, and the annual report of its four years."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kemkoll.cli._exit import FINE, UNREAD
from kemkoll.cli._help import Option, Verb, language_option, translate_of
from kemkoll.i18n import N_, Translator, number_text

if TYPE_CHECKING:
    from kemkoll.demo.years import Lived
    from kemkoll.store import Store

FOLDER = "kemkoll-demo"
DATABASE, READ_ME, FILES = "region.db", "README.txt", "files"
REPORTS = {"sv": "arsrapport-2025.html", "en": "annual-report-2025.html"}
"""The annual report in each language."""
KINDS = {
    "declarations": N_("suppliers’ declarations"),
    "assortment": N_("the assortment"),
    "contracts": N_("contracts"),
    "categories": N_("categories"),
    "suppliers": N_("suppliers"),
    "volumes": N_("what was bought"),
    "successors": N_("successors"),
    "requests": N_("requests to suppliers"),
    "lab-results": N_("lab results"),
    "targets": N_("targets"),
    "profile": N_("a requirement profile"),
}
"""What the files of each kind are called."""


@click.pass_context
def _call(ctx: click.Context, folder: str) -> int:
    from kemkoll.cli._page import page
    from kemkoll.demo import years

    _ = translate_of(ctx)
    place = Path(folder)
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        said = _("{folder} is there already, and not empty. Name another folder with -o, or remove it.")
        raise click.UsageError(said.format(folder=folder))
    click.echo(_introduction(_) + "\n")
    with _told(_) as tell:
        files = years.write_files(place / FILES)
        (place / READ_ME).write_text(_invented() + "\n", encoding="utf-8")
        with _made(place / DATABASE) as store:
            lived = years.live(store, files, tell)
            _report(store, place)
            for part in _parts(store, lived, _):
                page(part)
    click.echo("\n" + _("Look closer"))
    for sentence, command in _next(place, _):
        click.echo(f"{sentence}\n  {command}")
    return UNREAD if lived.refused else FINE


def _introduction(_: Translator) -> str:
    """What is about to be shown, for somebody who sees kemkoll for the first time."""
    return _(
        "EXAMPLE. Everything here is invented: a region, its suppliers, articles, contracts, purchases and "
        "laboratory, and all figures that follow from them. The substances and their numbers are real. "
        "kemkoll makes the files, adds them as they would have come in four years, grants waivers, "
        "freezes each year, and writes the annual report of the last."
    )


def _invented() -> str:
    """In both languages that all is invented, for the folder."""
    from kemkoll.i18n import translator

    return "\n\n".join(_introduction(translator(language)) for language in ("sv", "en"))


def _made(path: Path) -> Store:
    from kemkoll.demo import years
    from kemkoll.store import Store

    return Store.create(str(path), by=years.BY, at=f"{years.BEGINNING}T07:00:00.000Z")


def _report(store: Store, place: Path) -> None:
    """Write the annual report of the last year, in each language."""
    from kemkoll.assortment.reporting.annual import annual
    from kemkoll.demo import lives, years
    from kemkoll.registry import Registry
    from kemkoll.report import document
    from kemkoll.report.writing import write

    with store.reading() as known:
        data = annual(
            known, str(lives.YEARS[-1]), registry=Registry.open(), organisation=years.BY, invented=True
        )
    for language, name in REPORTS.items():
        write(document("annual", data, language), place / name)


def _told(_: Translator) -> Any:
    """A block that shows how far the years have come, where stderr is a terminal."""
    from contextlib import contextmanager

    from kemkoll.registry.progress import progress

    @contextmanager
    def block() -> Any:
        with progress(_("Four years go by")) as advance:

            def tell(done: int, of: int) -> None:
                advance((done > 0) / of)

            yield tell

    return block()


def _parts(store: Store, lived: Lived, _: Translator) -> Any:
    """What the years came to: the files, what was wrong in them, and each year."""
    from kemkoll.cli._page import facts

    yield facts({_(KINDS[kind]): number_text(count, _.language) for kind, count in _counted(lived).items()})
    yield ""
    yield _problems(lived, _)
    yield ""
    yield _years(store, lived, _)


def _counted(lived: Lived) -> dict[str, int]:
    return {kind: lived.files[kind] for kind in KINDS if kind in lived.files}


def _problems(lived: Lived, _: Translator) -> Any:
    """How many cells had which problem, the most frequent first."""
    from kemkoll.cli._page import table

    often = sorted(lived.problems.items(), key=lambda it: (-it[1], it[0]))
    rows = [[code, number_text(count, _.language)] for code, count in often]
    return table([_("Problems in declarations"), _("Cells")], rows)


def _years(store: Store, lived: Lived, _: Translator) -> Any:
    """The frozen years: how many articles there were, and how many hold phthalates, are free, and unknown."""
    from kemkoll.cli._page import table
    from kemkoll.demo.figures import headline

    rows = [
        [
            name,
            *(number_text(int(it[key]), _.language) for key in ("articles", "contains", "free", "unknown")),
        ]
        for name, it in headline(store, [taken.name for taken in lived.taken]).items()
    ]
    headers = [
        _("Year (invented)"),
        _("Articles"),
        _("with phthalates"),
        _("declared without them"),
        _("unknown"),
    ]
    return table(headers, rows)


def _next(place: Path, _: Translator) -> list[tuple[str, str]]:
    """What to do next: each a sentence and a command."""
    database = place / DATABASE
    reports = ", ".join(str(place / name) for name in REPORTS.values())
    return [
        (_("The annual report, in Swedish and English:"), reports),
        (_("The files, as they came:"), str(place / FILES)),
        (_("The frozen years:"), f"kemkoll snapshot --store {database}"),
        (_("How the assortment stands, and what calls for work:"), f"kemkoll status --store {database}"),
        (_("The examples that come with kemkoll:"), "kemkoll examples"),
    ]


command = Verb(
    "demo",
    callback=_call,
    short_help=N_("Make an invented region with four years of declarations, and its annual report."),
    help=N_(
        "Make an invented region with four years of declarations, and its annual report.\n\n"
        "It has 1,500 articles of 60 suppliers, contracts, purchases, waivers and lab results, and files of "
        "suppliers in eight shapes, with the mistakes that people make. kemkoll adds the files in the order "
        "in which they would have come, freezes each year, and reports the last. All of it is invented and "
        "says so, and it comes out the same each time."
    ),
    epilog=N_("Example: kemkoll demo -o region"),
    params=[
        Option(
            ["-o", "--output", "folder"],
            default=FOLDER,
            metavar="FOLDER",
            help=N_("Where to write the files, the database and the reports; else kemkoll-demo."),
        ),
        language_option(),
    ],
)
