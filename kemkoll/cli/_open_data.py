"""`kemkoll report annual --open-data`: the folder that everybody may have."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from kemkoll.cli import _ask, _files
from kemkoll.cli._help import Option
from kemkoll.i18n import N_, Translator

if TYPE_CHECKING:
    from kemkoll.report.annual import Annual
    from kemkoll.report.open_data import Publisher


class Asked(NamedTuple):
    """What is wanted.

    Attributes:
        folder: that is made, or written anew.
        publisher: who answers for the data.
        issued: day of publication, ISO, or empty.
    """

    folder: Path
    publisher: Publisher
    issued: str


def options() -> list[click.Parameter]:
    """The options."""
    return [
        Option(
            ["--open-data"],
            metavar="FOLDER",
            help=N_("Write the tables for everybody into this folder; needs --publisher."),
        ),
        Option(
            ["--publisher"],
            metavar="FILE",
            help=N_("Who publishes open data, and where: a TOML file (see the documentation)."),
        ),
        Option(["--published"], metavar="DATE", help=N_("The day on which open data are published.")),
    ]


def asked(
    folder: str | None, publisher: str | None, published: str | None, _: Translator, *, internal: bool
) -> Asked | None:
    """What is wanted of open data, before anything is read from the store; None: nothing."""
    if folder is None:
        if publisher is not None or published is not None:
            raise click.UsageError(_("--publisher and --published belong to --open-data FOLDER."))
        return None
    if internal:
        raise click.UsageError(
            _(
                "Open data are for everybody: give --open-data without --internal, and write the internal "
                "report apart."
            )
        )
    if publisher is None:
        raise click.UsageError(
            _(
                "--open-data needs --publisher FILE: a TOML file that says who publishes the data and where "
                "(name, uri, kind, contact, mail, address)."
            )
        )
    from kemkoll.report.open_data.publisher import read_publisher

    path = Path(folder)
    if path.is_file() or not path.absolute().parent.is_dir():
        raise click.UsageError(
            _("--open-data {folder}: there is no such folder to write to.").format(folder=folder)
        )
    issued = "" if published is None else _ask.day(published, _, "--published")
    return Asked(path, read_publisher(publisher), issued)


def write(wanted: Asked, data: Annual, suppliers: Iterable[str], _: Translator) -> None:
    """Make the folder, or write it anew; one that holds anything else is left as it is."""
    from kemkoll.report.open_data import open_data

    files = open_data(data, wanted.publisher, _.language, suppliers=suppliers, issued=wanted.issued)
    with _files.writing(str(wanted.folder), _):
        wanted.folder.mkdir(exist_ok=True)
        for found in sorted(wanted.folder.iterdir()):
            if found.name not in files:
                said = _("{folder} holds {file}, which is not of these data. Give an empty folder.")
                raise click.UsageError(said.format(folder=wanted.folder, file=found.name))
        for name, content in files.items():
            half = wanted.folder / f"{name}.half"
            half.write_bytes(content)
            half.replace(wanted.folder / name)
    _files.say_written([str(wanted.folder)], _)
