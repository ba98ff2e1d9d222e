"""`kemkoll report`: what a batch, a contract, a supplier or a year came to, to read, print or keep."""

from __future__ import annotations

from kemkoll.cli import _annual, _reports
from kemkoll.cli._help import Verbs, language_option
from kemkoll.i18n import N_

command = Verbs(
    "report",
    short_help=N_(
        "Write a report: of a year, a batch, a contract, a supplier, waivers, or what is not known."
    ),
    help=N_("Write a report: of a year, a batch, a contract, a supplier, waivers, or what is not known."),
    epilog=N_("Example: kemkoll report compliance -o report.html --language sv"),
    params=[language_option()],
    commands=[_annual.VERB, *_reports.VERBS],
)
