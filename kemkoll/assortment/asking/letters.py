"""Letters to suppliers: as they were written, how they look as mail, and whether they went."""

from __future__ import annotations

import smtplib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from kemkoll.assortment.asking.findings import Found
from kemkoll.assortment.asking.planning import Part, Planned
from kemkoll.i18n import N_, Translator, number_text, phrase_text, share_text
from kemkoll.outputs.words import BASES, FORCES, MEASURES, ROUTES, condition_text
from kemkoll.store import Change, Known, kept
from kemkoll.store.models import Letter
from kemkoll.store.once import next_id

KINDS = {
    "invitation": N_("invitation"),
    "request": N_("request"),
    "reminder": N_("reminder"),
    "deviation": N_("deviation"),
}
_MOST_ENTRIES = 25
_MOST_ARTICLES = 200
_PATIENCE = 15
"""Seconds that a mail server may take to answer."""


@dataclass(frozen=True)
class Written:
    """One letter that is ready to be kept.

    Attributes:
        mail: address; empty: it is to be printed.
        request, case: what it is about; 0: nothing.
    """

    supplier: int
    kind: str
    mail: str
    subject: str
    text: str
    request: int = 0
    case: int = 0


def request_text(plan: Planned, number: int, *, due: str, address: str, _: Translator) -> tuple[str, str]:
    """Subject and text of the letter that asks."""
    subject = _("Request {number}: what do your articles contain?").format(number=number)
    parts = [
        _("To {name}").format(name=plan.name),
        _("We ask you to answer for the chemical content of some of your articles by {due}.").format(due=due),
        *(paragraph for part in plan.parts for paragraph in _asked(part, _)),
        _("Answer here: {link}").format(link=f"{address}/supplier/requests/{number}"),
        _("“Do not know” is an answer too: the article then counts as unknown."),
    ]
    return subject, "\n\n".join(parts) + "\n"


def _asked(part: Part, _: Translator) -> list[str]:
    """What is asked about one list, of which articles."""
    question = part.question
    title = question.titles[_.language]
    if part.is_whole:
        said = _("{title}, edition {edition}: all {n} entries.").format(
            title=title, edition=question.edition, n=number_text(question.size, _.language)
        )
        lines = [said]
    else:
        said = _(
            "{title}, edition {edition}: only what is new since edition {since}, which you have answered for:"
        ).format(title=title, edition=question.edition, since=part.since)
        lines = [
            said,
            *(f"* {entry_text(row, _)}" for row in part.entries.to_dict("records")[:_MOST_ENTRIES]),
        ]
        lines += _rest(len(part.entries), _MOST_ENTRIES, _)
    named = part.articles.to_dict("records")
    articles = [
        f"* {it['number'] or it['own_number']} {it['name']}".rstrip() for it in named[:_MOST_ARTICLES]
    ]
    head = _.ngettext("It is about {n} article:", "It is about {n} articles:", len(named))
    counted = head.format(n=number_text(len(named), _.language))
    return ["\n".join(lines), "\n".join([counted, *articles, *_rest(len(named), _MOST_ARTICLES, _)])]


def _rest(count: int, most: int, _: Translator) -> list[str]:
    left = count - most
    if left <= 0:
        return []
    return [_("… and {n} more").format(n=number_text(left, _.language))]


def entry_text(row: dict[Any, Any], _: Translator) -> str:
    """An entry in one line: its name, and its numbers.

    >>> from kemkoll.i18n import translator
    >>> row = {"name_en": "n-hexane", "name_sv": "n-hexan", "cas": "110-54-3", "ec": "203-777-6"}
    >>> entry_text(row, translator("en")), entry_text(row | {"cas": ""}, translator("sv"))
    ('n-hexane (CAS 110-54-3)', 'n-hexan (EG 203-777-6)')
    """
    name = row[f"name_{_.language}"] or row["name_en"]
    if row["cas"]:
        return f"{name} (CAS {row['cas']})"
    return f"{name} ({_('EC')} {row['ec']})" if row["ec"] else str(name)


def reminder_text(
    name: str, number: int, *, sent: str, due: str, count: int, address: str, _: Translator
) -> tuple[str, str]:
    """Subject and text of a letter that reminds.

    Args:
        count: which reminder it is, from 1.
    """
    subject = _("Reminder {count}: request {number} waits for your answer").format(count=count, number=number)
    parts = [
        _("To {name}").format(name=name),
        _("On {sent} we asked you about the chemical content of some of your articles.").format(sent=sent),
        _("The answer was wanted by {due}. We have not got it, or not for all articles.").format(
            due=due or "–"
        ),
        _("Answer here: {link}").format(link=f"{address}/supplier/requests/{number}"),
        _("“Do not know” is an answer too: the article then counts as unknown."),
    ]
    return subject, "\n\n".join(parts) + "\n"


def deviation_text(
    name: str, article: str, found: Sequence[Found], number: int, *, due: str, address: str, _: Translator
) -> tuple[str, str]:
    """Subject and text of a letter about a deviation: finding, requirement, limit, evidence, deadline.

    Args:
        article: number and name.
        found: what it is about, component by component.
        number: of the case; 0: it is not open yet.
    """
    subject = _("Deviation {number}: {article}").format(number=number or "–", article=article)
    parts = [
        _("To {name}").format(name=name),
        _("By what you have declared, something in {article} is above its limit.").format(article=article),
        *("\n".join(f"{label}: {text}" for label, text in found_lines(it, _)) for it in found),
    ]
    if any(it.is_law for it in found):
        parts.append(_(KEMI))
    parts += [
        _("Answer by {due}: dispute it, accept it with a plan, or hand in an analysis.").format(due=due),
        _("Answer here: {link}").format(link=f"{address}/supplier/cases/{number}" if number else address),
    ]
    return subject, "\n\n".join(parts) + "\n"


KEMI = N_(
    "A limit of the law is exceeded. Market surveillance is the task of the Swedish Chemicals Agency (KemI): "
    "the buyer can only act by its contract."
)


def found_lines(found: Found, _: Translator) -> list[tuple[str, str]]:
    """A finding in words: what each part is called, and what it says."""
    language = _.language
    part = ", ".join(filter(None, (found.component, found.material))) or _("the article as a whole")
    ppt = found.limit_ppt if found.limit_ppt >= 0 else None
    said = [
        (_("Substance"), found.names[language]),
        (_("Where in the article"), part),
        (_("Share"), share_text(found.low_ppt, found.high_ppt, language, ppt)),
        (_("Limit"), _limit(found, _)),
        (_("Condition"), condition_text(found.condition, {}, _) if found.condition else ""),
        (_("Requirement"), found.requirement.get(language, "")),
        (_("List"), f"{found.titles[language]}, {found.edition}"),
        (_("Where it stands"), phrase_text(found.reference, _)),
        (_("It binds"), _(FORCES.get(found.force, found.force))),
        (_("Found"), _(ROUTES[found.matched_by]) if found.matched_by in ROUTES else ""),
        (_("What you wrote"), "; ".join(_written(found, _))),
        (_("Judged"), found.on),
    ]
    return [(label, text) for label, text in said if text]


def _limit(found: Found, _: Translator) -> str:
    """The limit with its operator and basis; of a substance that must not be there at all, that."""
    measure = MEASURES.get(found.measure, "")
    if found.measure == "presence":
        return _(measure)
    basis = _(BASES[found.basis]) if found.basis in BASES else ""
    words = " ".join(filter(None, (found.limit.replace(">=", "≥"), basis)))
    return f"{words}, {_(measure)}" if measure and "{" not in measure else words


def _written(found: Found, _: Translator) -> list[str]:
    """Each line that the finding rests on, as it was written, and where it stands."""
    made = []
    for row in found.lines.astype(object).to_dict("records"):
        cells = ", ".join(str(row[name]) for name in ("name", "cas", "ec", "amount") if row[name])
        place = _("{file}, row {row}").format(file=Path(str(row["file"])).name, row=row["row"])
        made.append(f"{cells} ({place})")
    return made


def put(change: Change, letters: Sequence[Written]) -> list[int]:
    """Keep letters, unsent; the number of each."""
    start = next_id(change.connection, Letter)
    kept.add(
        change,
        Letter,
        [{**vars(it), "letter": start + place, "made": change.at} for place, it in enumerate(letters)],
    )
    return [start + place for place in range(len(letters))]


def letters(known: Known, **wanted: Any) -> list[dict[str, Any]]:
    """Letters that have the values wanted of columns of `Letter`, the newest first."""
    rows = kept.frame(known, Letter, **wanted).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in reversed(rows)]


def as_mail(letter: dict[str, Any], sender: str) -> EmailMessage:
    """A letter as a message by RFC 5322.

    Args:
        letter: columns of `Letter`.
        sender: address that it comes from; empty: nobody says.
    """
    made = EmailMessage()
    made["Subject"] = " ".join(str(letter["subject"]).split())
    if sender:
        made["From"] = sender
    if letter["mail"]:
        made["To"] = str(letter["mail"])
    made["Date"] = format_datetime(datetime.fromisoformat(str(letter["made"]).replace("Z", "+00:00")))
    made.set_content(str(letter["text"]), charset="utf-8")
    return made


@dataclass(frozen=True)
class Post:
    """The way by which letters go.

    Attributes:
        server: host, and port after a colon; empty: there is none, and letters are sent by hand.
        sender: address that they come from.
    """

    server: str
    sender: str

    def send(self, letters: Iterable[dict[str, Any]]) -> tuple[list[int], list[str]]:
        """Send letters: the numbers of those that went, and what kept the others."""
        waiting = [it for it in letters if it["mail"] and not it["sent"]]
        if not self.server or not waiting:
            return [], []
        gone: list[int] = []
        why: list[str] = []
        host, _, port = self.server.partition(":")
        try:
            with smtplib.SMTP(host, int(port or 25), timeout=_PATIENCE) as server:
                for letter in waiting:
                    try:
                        server.send_message(as_mail(letter, self.sender))
                        gone.append(int(letter["letter"]))
                    except (smtplib.SMTPException, OSError, ValueError) as error:
                        why.append(f"{letter['mail']}: {error}")
        except (smtplib.SMTPException, OSError, ValueError) as error:
            why.append(str(error))
        return gone, why


def sent(change: Change, numbers: Sequence[int]) -> None:
    """Note that letters have gone."""
    kept.put(change, Letter, ["letter"], [{"letter": number, "sent": change.at} for number in numbers])
    change.about.update(letters=[*numbers])
