"""Substance lists on a page: how old each is, and what one of them says, limit by limit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kemkoll.cli._page import facts, indented, table, warning
from kemkoll.i18n import Translator, number_text, phrase_text
from kemkoll.outputs.entries import limit_text, reason_of, title_text

if TYPE_CHECKING:
    from rich.console import RenderableType

    from kemkoll.lists.folder import Folder
    from kemkoll.tables import Law


def ages(lists: Iterable[Mapping[Any, Any]], _: Translator) -> Iterator[RenderableType]:
    """Every list with its edition, its age and what is open in it; its terms; a warning for each stale one.

    Args:
        lists: rows of `lists.status`.
    """
    headers = (
        _("List"),
        _("Edition"),
        _("Age in days"),
        _("Entries"),
        _("Limits confirmed"),
        _("Groups without a rule"),
    )
    rows = list(lists)
    yield table(headers, [_age(row, _) for row in rows], whole=2)
    terms: dict[str, list[str]] = {}
    for row in rows:
        terms.setdefault(row["licence"], []).append(row["list"])
    yield indented(
        _("Licences"), [f"{phrase_text(terms_, _)}: {', '.join(names)}" for terms_, names in terms.items()]
    )
    for row in rows:
        if row["stale"]:
            yield warning(_stale(row, _))


def _age(row: Mapping[Any, Any], _: Translator) -> tuple[str, ...]:
    of, late, limits = _("{shipped} of {official}"), _("STALE"), row["limits"]

    def number(count: int) -> str:
        return number_text(int(count), _.language)

    age = number(row["age_days"])
    return (
        row["list"],
        row["edition"],
        f"{age} {late}" if row["stale"] else age,
        of.format(shipped=number(row["shipped"]), official=number(row["official_count"])),
        of.format(shipped=number(limits - row["unconfirmed"]), official=number(limits)) if limits else "–",
        number(row["pending"]),
    )


def _stale(row: Mapping[Any, Any], _: Translator) -> str:
    said = _(
        "STALE: {list} is {age} days old, and a new edition is expected every {days} days. What was added"
        " since is not found. Look for a newer edition at {url}"
    )
    age, days = (number_text(int(row[name]), _.language) for name in ("age_days", "expect_every_days"))
    return said.format(list=row["list"], age=age, days=days, url=row["url"])


def contents(law: Law, folder: Folder, _: Translator) -> Iterator[RenderableType]:
    """What a list is and means, its entries with their limits in words, and what it has outside articles.

    Args:
        law: one list in one edition.
        folder: its folder.
    """
    about = law.lists.iloc[0]
    yield facts(
        {
            _("List"): about["list"],
            _("Title"): about[f"title_{_.language}"] or about["title_en"],
            _("Legal act"): phrase_text(about["act"], _),
            _("Means"): folder.about[f"means_{_.language}"],
            _("Edition"): about["edition"],
            _("Entries"): number_text(law.entries["entry"].nunique(), _.language),
            _("Source"): folder.about["url"],
            "SHA-256": about["sha256"],
        }
    )
    yield ""
    limits: dict[str, list[str]] = {}
    for limit in law.limits.to_dict("records"):
        limits.setdefault(limit["entry"], []).append(limit_text(limit, _))
    for entry in law.entries.to_dict("records"):
        said = limits.get(entry["entry"]) or [_("listed, without a limit")]
        yield indented(title_text(entry, _), [reason_of(entry, _), *said])
    outside = folder.outside
    for row, official in enumerate(outside["official"]):
        name, why = (outside[f"{column}_{_.language}"][row] for column in ("name", "why"))
        yield indented(f"{official}  {name}", [_("sets no limit for articles: {why}").format(why=why)])
