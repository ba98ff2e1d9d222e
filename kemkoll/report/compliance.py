"""The report of one batch: what became of its articles, what deviates, what nobody knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from kemkoll.i18n import N_, Translator
from kemkoll.outputs.standing import for_whom
from kemkoll.outputs.words import OUTCOMES
from kemkoll.profiles import Profile
from kemkoll.report.document import Document, Table
from kemkoll.report.listing import FINDING, FORCE, LIST, WHOSE, WHY, Shown, listing, named, number, text
from kemkoll.report.numbers import count

TOTAL = "total"
"""The row of `counts` for all lists together."""
NOT_ADVICE = N_("This is help in judging, not legal advice.")
ABOUT_THE_LAW = N_(
    "What may break the law stands apart from what deviates from a contract: whether it does is for the "
    "supervising authority to say."
)
_DEGREES = {"covered": N_("wholly"), "partly": N_("in part"), "none": N_("not at all")}


@dataclass(frozen=True)
class Compliance:
    """What one batch came to.

    Attributes:
        about: columns of `Batch`.
        profiles: those that its articles were judged by.
        lists: each list and edition that was judged by: `list`, `title_en`, `title_sv`, `edition`,
            `official_date`, `sha256`, `force`.
        counts: how many articles have each outcome, by list, and by all (`TOTAL`); `articles` is their sum.
        coverage: by list `articles`, `covered`, `partly`, `none`, `level_0` … `level_5`.
        by_force: how many articles deviate from the law, from a contract, and are waived.
        deviations: findings above a limit that nobody has waived, by contract and supplier.
        waived: those that the buyer has accepted for now.
        reviews: findings that a person must look at.
        unanswered: verdicts that are unknown.
    """

    about: dict[str, Any]
    profiles: tuple[Profile, ...]
    lists: pd.DataFrame
    counts: pd.DataFrame
    coverage: pd.DataFrame
    by_force: dict[str, int]
    deviations: pd.DataFrame
    waived: pd.DataFrame
    reviews: pd.DataFrame
    unanswered: pd.DataFrame


def document(data: Compliance, _: Translator) -> Document:
    """The report as plain values."""
    about = data.about
    title = _("Chemical content of what was judged on {on}").format(on=about["on"])
    tables = [
        outcomes_table(data.counts, data.lists, _),
        _covered(data, _),
        _found("deviations", N_("Deviations"), data.deviations, N_("Nothing is above a limit."), _),
        _found("waived", N_("Deviations that the buyer has accepted for now"), data.waived, N_("None."), _),
        _found("reviews", N_("For a person to look at"), data.reviews, N_("Nothing is in doubt."), _, WHY),
        unanswered(data.unanswered, _),
        editions_table(data.lists, _),
    ]
    return Document(
        report="compliance",
        language=_.language,
        title=title,
        subtitle=str(about["name"]) or _("Batch {number}").format(number=about["id"]),
        identifier=str(about["digest"]),
        date=str(about["on"]),
        cautions=(_(NOT_ADVICE),),
        facts=facts(about, data.profiles, _),
        says={"summary": summary(data.by_force, data.counts, _), "law": [_(ABOUT_THE_LAW)]},
        tables={table.name: table for table in tables},
    )


def facts(about: dict[str, Any], profiles: tuple[Profile, ...], _: Translator) -> tuple[tuple[str, str], ...]:
    """By what a batch was judged, and how it can be had again."""
    named_profiles = ", ".join(_title(profile, _) for profile in profiles)
    return (
        (_("Judged on"), str(about["on"])),
        (_("Made at"), str(about["at"])[:16].replace("T", " ") + " UTC"),
        (_("Batch"), f"{about['id']}  {about['name']}".strip()),
        (_("Requirement profiles"), named_profiles),
        (_("Versions"), f"kemkoll {about['program']}, RDKit {about['rdkit']}"),
        (_("Digest"), str(about["digest"])),
    )


def _title(profile: Profile, _: Translator) -> str:
    return (profile.title_sv if _.language == "sv" else "") or profile.title_en or profile.id


def summary(by_force: dict[str, int], counts: pd.DataFrame, _: Translator) -> list[str]:
    """What there is to see, in sentences; nothing is said to be clean that nobody has answered for."""
    total = {str(name): int(n) for name, n in counts.T[TOTAL].items()}
    articles = total["articles"]
    made = [
        _.ngettext("{n} article was judged.", "{n} articles were judged.", articles).format(
            n=count(articles, _.language)
        )
    ]
    sayings = (
        *for_whom(by_force, _),
        (
            total["review"],
            _.ngettext(
                "{n} article is for a person to look at.",
                "{n} articles are for a person to look at.",
                total["review"],
            ),
        ),
        (
            total["unknown"],
            _.ngettext(
                "Of {n} article nobody knows: that is not the same as free.",
                "Of {n} articles nobody knows: that is not the same as free.",
                total["unknown"],
            ),
        ),
    )
    return made + [said.format(n=count(number_, _.language)) for number_, said in sayings if number_]


def outcomes_table(counts: pd.DataFrame, lists: pd.DataFrame, _: Translator) -> Table:
    """How many articles have each outcome, by list and in all; each row adds up."""
    shown = [name for name in OUTCOMES if counts[name].any()]
    rows = _with_titles(counts, lists, _)
    columns: list[Shown] = [named("list", N_("List"))]
    columns += [number(name, OUTCOMES[name]) for name in shown]
    return listing(
        "outcomes",
        _("Articles by list"),
        rows,
        [*columns, number("articles", N_("in all"))],
        _,
        notes=[_("An article has one outcome by each list, the worst; so each row adds up to all.")],
    )


def _with_titles(frame: pd.DataFrame, lists: pd.DataFrame, _: Translator) -> pd.DataFrame:
    """Rows by list with what the lists are called; the total last."""
    titles = lists.drop_duplicates("list").set_index("list")
    made = frame.reset_index(names="list")
    for language in ("en", "sv"):
        made[f"list_{language}"] = made["list"].map(titles[f"title_{language}"]).fillna("")
    total = made["list"] == TOTAL
    words = {"list_en": _("all lists"), "list_sv": _("all lists")}
    made = made.assign(**{name: made[name].mask(total, word) for name, word in words.items()})
    return pd.concat([made[~total], made[total]], ignore_index=True)


def _covered(data: Compliance, _: Translator) -> Table:
    """How many articles are answered for, by list, and by what evidence."""
    levels = [f"level_{level}" for level in range(6) if data.coverage[f"level_{level}"].any()]
    columns = [named("list", N_("List")), *(number(name, word) for name, word in _DEGREES.items())]
    rows = _with_titles(data.coverage, data.lists, _)
    shown = [_level(name, _) for name in levels]
    return listing("coverage", _("Answered for"), rows, [*columns, *shown], _)


def _level(name: str, _: Translator) -> Shown:
    made = number(name, "")
    return made._replace(heading=_("evidence {n}").replace("{n}", name[-1]))


def _found(name: str, title: str, found: pd.DataFrame, empty: str, _: Translator, *more: Shown) -> Table:
    return listing(name, _(title), found, [*WHOSE, *FINDING, FORCE, *more], _, empty=_(empty))


def unanswered(verdicts: pd.DataFrame, _: Translator) -> Table:
    """The articles that nobody has answered for, by list, and why."""
    return listing(
        "unanswered",
        _("Nobody knows"),
        verdicts,
        [*WHOSE, LIST, WHY],
        _,
        empty=_("Somebody has answered for everything."),
    )


def editions_table(lists: pd.DataFrame, _: Translator) -> Table:
    """Which lists in which editions were judged by."""
    columns = [
        named("title", N_("List")),
        text("edition", N_("Edition")),
        text("official_date", N_("Newest edition then")),
        text("sha256", "SHA-256"),
    ]
    return listing("editions", _("Substance lists"), lists.assign(title=lists["list"]), columns, _)
