"""What stands behind the numbers: method, editions, revisions, and what the words mean."""

from __future__ import annotations

from kemkoll.i18n import N_, Translator
from kemkoll.report import cells
from kemkoll.report.annual import Annual
from kemkoll.report.annual.sentences import defined
from kemkoll.report.document import Cell, Column, Table
from kemkoll.report.measured import Measured
from kemkoll.report.subject import Seen
from kemkoll.tables.trends import Reading
from kemkoll.trends.words import NAMES

GLOSSARY = (
    (N_("Article"), N_("What a supplier sells under one article number. Each number counts once.")),
    (N_("Declaration"), N_("What a supplier states about the substances in an article.")),
    (N_("Declared"), N_("Somebody has answered for every entry of the list, and the answer is still valid.")),
    (
        N_("Unknown"),
        N_(
            "Nobody has answered, the answer has lapsed, or it must be reviewed. An unknown "
            "article is not counted as free."
        ),
    ),
    (N_("Coverage"), N_("Share of the articles that are declared.")),
    (
        N_("Contains"),
        N_("The article holds a substance of the list above the limit, whether the law lets it off or not."),
    ),
    (
        N_("Bounds"),
        N_("The least and the greatest that a figure can be, whatever the unknown articles contain."),
    ),
    (
        N_("Fixed list"),
        N_(
            "The edition of the first year, by which all years are read. So the figure does not "
            "change because the list grows."
        ),
    ),
    (N_("Reread"), N_("All years are read by the newest edition of the list.")),
    (N_("Like for like"), N_("Only articles that were declared in both years are compared.")),
    (
        N_("Substitution"),
        N_("An article was reformulated, or replaced by another that is declared without the substances."),
    ),
    (
        N_("Regrettable substitution"),
        N_("What came instead contains another substance of the kind, or one that is watched."),
    ),
    (N_("Correction"), N_("A declaration that mends an earlier one. The article itself has not changed.")),
    (N_("Deviation"), N_("The article does not meet what its contract requires.")),
    (N_("Waiver"), N_("The buyer has accepted a deviation for a certain time.")),
    (N_("Derogation"), N_("The law lets off a certain use of a substance.")),
    (N_("Percentage point"), N_("The difference of two shares: from 10 % to 15 % is 5 percentage points.")),
    (
        N_("Limit of quantification"),
        N_("The least that a laboratory can measure. Below it there may be some, or none."),
    ),
    (N_("Interval"), N_("Where the true share lies with a certainty of 95 %, reckoned by Wilson's method.")),
    (N_("Snapshot"), N_("What was known on a certain day, frozen so that it can be shown again.")),
)
"""T7: words of the report, and what they mean."""

ROLES = {
    Reading.fixed: N_("fixed list"),
    Reading.own: N_("list of its year"),
    Reading.reread: N_("newest list"),
}


def glossary(_: Translator) -> Table:
    """T7: what the words mean, in the order of the alphabet."""
    rows = sorted(((_(word), _(meaning)) for word, meaning in GLOSSARY), key=lambda row: row[0].casefold())
    columns = (Column(_("Word"), "word"), Column(_("What it means"), "meaning"))
    return Table("glossary", _("Words"), columns, tuple((cells.word(a), cells.word(b)) for a, b in rows))


def method(annual: Annual, seen: Seen) -> Table:
    """T4: how it was counted."""
    _ = seen._
    unit = annual.unit.get(seen.language) or annual.unit.get("en") or _("one article number of a supplier")
    headline = NAMES[annual.headline]
    told = (
        (_("What is counted"), unit),
        (_("What counts as containing"), defined(seen)),
        (_("Day that is shown"), annual.on),
        (_("Frozen on"), annual.taken),
        (_("First year of the series"), seen.years[seen.base] if seen.years else ""),
        (_("Measuring profile"), annual.profile),
        (_("Headline, decided before the series began"), _(headline)),
        (_("Unknown articles"), _(
            "Articles without a valid declaration, and those under review, are unknown: neither free nor "
            "containing.")),
        (_("Left out"), _("Nothing. An article that cannot be assessed counts as unknown.")),
        *((name, version) for name, version in annual.versions.items()),
        (_("Digest of the snapshots"), annual.digest),
    )  # fmt: skip
    columns = (Column(_("What"), "what"), Column(_("How"), "how"))
    rows = tuple((cells.word(name), cells.word(value)) for name, value in told)
    return Table("method", _("How it was counted"), columns, rows)


def editions(annual: Annual, seen: Seen) -> Table:
    """T3: the editions of the lists that were judged by."""
    _, frame = seen._, annual.editions
    columns = (
        Column(_("List"), "title"),
        Column(_("Edition"), "edition"),
        Column(_("Entries"), "entries", number=True),
        Column(_("Used for"), "role"),
        Column(_("Years"), "years"),
        Column(_("Code of the list"), "list"),
        Column("SHA-256", "sha256"),
    )
    own, english = frame[f"title_{seen.language}"].astype(str), frame["title_en"].astype(str)
    roles = [", ".join(_(ROLES[Reading(it)]) for it in str(role).split()) for role in frame["role"]]
    rows = tuple(
        (cells.word(title), cells.word(edition), cells.number(entries, _), cells.word(role),
         cells.word(years), cells.word(list_), _short(digest))
        for title, edition, entries, role, years, list_, digest in zip(
            own.where(own != "", english), frame["edition"].astype(str), frame["entries"].tolist(), roles,
            frame["periods"].astype(str), frame["list"].astype(str), frame["sha256"].astype(str), strict=True,
        )
    )  # fmt: skip
    title = _("Editions of the lists")
    return Table("editions", title, columns, rows, empty=_("No edition of a list is known."))


def _short(digest: str) -> Cell:
    """The beginning of a digest, which tells files apart; a program is given all of it."""
    return Cell(f"{digest[:12]}…", digest) if digest else cells.NOTHING


def revisions(annual: Annual, seen: Seen) -> Table:
    """T1: what has become known since a figure was published; the published one stays."""
    _ = seen._
    frame = annual.revisions
    columns = (
        Column(_("Figure"), "indicator"),
        Column(_("What is counted"), "name"),
        Column(_("Year"), "year"),
        Column(_("As published"), "published", number=True),
        Column(_("As known now"), "now", number=True),
        Column(_("Difference"), "difference", number=True),
        Column(_("Corrections"), "corrections", number=True),
        Column(_("Late declarations"), "late", number=True),
    )
    rows = []
    for row in frame.to_dict("records") if frame is not None else ():
        before, now = (_figure(row[it], str(row["unit"])) for it in ("published", "now"))
        rows.append(
            (
                cells.word(str(row["indicator"])),
                cells.word(_(NAMES.get(str(row["indicator"]), str(row["indicator"])))),
                cells.word(seen.years[int(row["period"])]),
                cells.measured(before, _),
                cells.measured(now, _),
                _apart(before, now, seen),
                cells.number(row["corrections"], _),
                cells.number(row["late"], _),
            )
        )
    none = _("Nothing has become known since that changes a published figure.")
    return Table("revisions", _("Revisions since publication"), columns, tuple(rows), empty=none)


def _figure(value: float, unit: str) -> Measured:
    known = None if value != value else float(value)
    return Measured(known, None, None, None, None, None, unit, "" if known is not None else "no_figure")


def _apart(before: Measured, now: Measured, seen: Seen) -> Cell:
    """How far the two are apart; the difference of shares is in percentage points."""
    if before.value is None or now.value is None:
        return cells.NOTHING
    apart = round(now.value - before.value, 9)
    if before.unit in ("share", "points"):
        return cells.difference(apart, seen._)
    return cells.number(apart, seen._, sign=True)
