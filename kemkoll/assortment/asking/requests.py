"""Requests: what was asked of a supplier, what of it is answered, and when it is time to remind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from kemkoll.assortment.asking.answered import Key, Said, said
from kemkoll.assortment.asking.planning import Part, Planned, Question, parts_of
from kemkoll.assortment.scope import Scope, articles, rows_in
from kemkoll.i18n import N_
from kemkoll.lists.compiled import Lists
from kemkoll.store import Change, Known, kept
from kemkoll.store.models import Letter, Request
from kemkoll.store.once import next_id
from kemkoll.tables import Answer

REMIND_AFTER = (14, 30, 45)
"""Days after which a request without an answer is reminded of; after the last, people must talk."""
SOON_DAYS = 7
STATES = {
    "sent": N_("sent"),
    "due": N_("due soon"),
    "reminded": N_("reminded"),
    "overdue": N_("overdue"),
    "answered": N_("answered"),
}


@dataclass(frozen=True)
class Asked:
    """One request, as known at a moment.

    Attributes:
        number: `Request.request`.
        articles: `Article.article` of each; empty: all of the supplier's.
        lists: with their editions, where the request names them.
        event: that in which it became known: whatever was declared later may be its answer.
        reminders: how many times it was reminded of.
    """

    number: int
    supplier: int
    articles: tuple[int, ...]
    lists: tuple[str, ...]
    sent: str
    due: str
    reminded: str
    answered: str
    note: str
    event: int
    reminders: int

    def state(self, on: str) -> str:
        """How it stands on a day: a key of `STATES`."""
        if self.answered:
            return "answered"
        if self.due and self.due < on:
            return "overdue"
        if self.reminded:
            return "reminded"
        return "due" if self.due and _days(on, self.due) <= SOON_DAYS else "sent"

    def age(self, on: str) -> int:
        """Days since it was sent."""
        return _days(self.sent, on) if self.sent else 0

    def stage(self, on: str) -> int:
        """How many reminders it should have had by a day.

        >>> row = Asked(1, 1, (), (), "2026-11-01", "", "", "", "", 1, 0)
        >>> [row.stage(day) for day in ("2026-11-14", "2026-11-15", "2026-12-01", "2026-12-31")]
        [0, 1, 2, 3]
        """
        return 0 if self.answered else sum(self.age(on) >= days for days in REMIND_AFTER)

    def is_to_remind(self, on: str) -> bool:
        """Whether a reminder is due: never two within the time of the first."""
        lately = self.reminded and _days(self.reminded, on) < REMIND_AFTER[0]
        return self.stage(on) > self.reminders and not lately

    def is_to_escalate(self, on: str) -> bool:
        """Whether reminding has not helped: every reminder is out, or the time of the last is past."""
        return not self.answered and self.age(on) >= REMIND_AFTER[-1]


def requests(known: Known, **wanted: Any) -> list[Asked]:
    """Every request, or those that have the values wanted of columns of `Request`; the newest first."""
    rows = kept.frame(known, Request, **wanted)
    first = kept.every(known, Request).groupby("request")["added"].min().to_dict()
    letters = kept.frame(known, Letter, kind="reminder")
    reminders = letters.drop_duplicates("letter", keep="last")["request"].value_counts().to_dict()
    made = [_asked(row, first, reminders) for row in rows.to_dict("records")]
    return sorted(made, key=lambda it: (it.sent, it.number), reverse=True)


def _asked(row: dict[Any, Any], first: dict[Any, Any], reminders: dict[Any, Any]) -> Asked:
    number = int(row["request"])
    return Asked(
        number=number,
        supplier=int(row["supplier"]),
        articles=tuple(int(it) for it in row["articles"].split()),
        lists=tuple(row["lists"].replace(",", " ").split()),
        **{name: str(row[name]) for name in ("sent", "due", "reminded", "answered", "note")},
        event=int(first[number]),
        reminders=int(reminders.get(number, 1 if row["reminded"] else 0)),
    )


def request_of(known: Known, number: int) -> Asked | None:
    """The request with this number; None: there is none."""
    return next(iter(requests(known, request=number)), None)


def send(
    change: Change, wanted: Sequence[Planned], *, due: str, on: str, note: str = ""
) -> list[tuple[int, Planned]]:
    """Make requests of what was planned: the number of each, beside it."""
    start = next_id(change.connection, Request)
    made = [(start + place, it) for place, it in enumerate(wanted)]
    rows = [
        {
            "request": number, "supplier": it.supplier, "articles": " ".join(map(str, it.articles)),
            "lists": " ".join(it.lists), "sent": on, "due": due, "note": note,
        }
        for number, it in made
    ]  # fmt: skip
    kept.add(change, Request, rows)
    change.about.update(requests=[number for number, _ in made])
    return made


def reminded(change: Change, numbers: Sequence[int], on: str) -> None:
    """Note that requests were reminded of."""
    kept.put(change, Request, ["request"], [{"request": it, "reminded": on} for it in numbers])


@dataclass(frozen=True)
class Progress:
    """How far a request is answered.

    Attributes:
        open: what nobody has answered, by what is asked (`planning.Part`).
        given: what was answered: `article`, `list`, `answer` (an `Answer`, or `composition`), `edition`.
        articles: rows of `scope.articles` that the request is about.
    """

    open: tuple[Part, ...]
    given: pd.DataFrame
    articles: pd.DataFrame

    @property
    def asked(self) -> int:
        """How many answers are asked for: one for each article and list."""
        return len(self.given) + sum(len(part.articles) for part in self.open)

    @property
    def is_done(self) -> bool:
        """Whether every article has an answer about every list."""
        return not self.open


COMPOSITION = "composition"
"""An article whose whole composition was handed in instead of an answer."""


def progress(known: Known, request: Asked, on: str, source: Lists | None = None) -> Progress:
    """How far a request is answered: by answers and compositions that came after it, whatever way they came.

    Raises:
        ListError: it asks about a list that does not exist.
    """
    own = _articles(known, request, on)
    there = said(known, own["article"].to_numpy(), on)
    given: list[dict[str, object]] = []
    open_: list[Part] = []
    for name in request.lists:
        question = Question(name, on, source)
        left = []
        for article in own["article"].tolist():
            answer = _answer(request, question, (article, question.list), there)
            if answer:
                given.append({"article": article, "list": question.list} | answer)
            else:
                left.append(article)
        open_ += parts_of(question, own[own["article"].isin(left)], there)
    return Progress(tuple(open_), pd.DataFrame(given, columns=["article", "list", "answer", "edition"]), own)


def _articles(known: Known, request: Asked, on: str) -> pd.DataFrame:
    """The articles that a request is about; of one that names none, all of the supplier's."""
    if request.articles:
        return articles(known, article=list(request.articles)).sort_values("number", ignore_index=True)
    rows = rows_in(known, Scope(), on).drop_duplicates("article")
    return rows[rows["supplier_id"] == request.supplier].sort_values("number", ignore_index=True)


def _answer(request: Asked, question: Question, key: Key, there: Said) -> dict[str, object]:
    """The answer that came after the request; empty: none did."""
    later = [it for it in there.answers.get(key, ()) if int(str(it["event"])) > request.event]
    met = [
        it
        for it in later
        if it["answer"] != Answer.none_above_limit or str(it["edition"]) >= question.edition
    ]
    if met:
        best = max(met, key=lambda it: (int(str(it["event"])), str(it["edition"])))
        return {"answer": best["answer"], "edition": best["edition"]}
    whole = there.composed.get(key[0], ())
    if any(event > request.event and (not day or day >= request.sent) for event, day in whole):
        return {"answer": COMPOSITION, "edition": ""}
    return {}


def asked_already(known: Known, on: str) -> set[Key]:
    """Article and list of every question that waits for an answer."""
    made: set[Key] = set()
    for request in requests(known, answered=""):
        if request.sent:
            own = request.articles or _articles(known, request, on)["article"].tolist()
            made |= {(int(it), name.partition("@")[0]) for it in own for name in request.lists}
    return made


def settle(change: Change, supplier: int, on: str, source: Lists | None = None) -> list[int]:
    """Mark as answered those requests of a supplier that are, by whatever was handed in; their numbers."""
    done = [
        request.number
        for request in requests(change, supplier=supplier, answered="")
        if request.sent and progress(change, request, on, source).is_done
    ]
    kept.put(change, Request, ["request"], [{"request": number, "answered": on} for number in done])
    return done


def _days(first: str, last: str) -> int:
    try:
        return (date.fromisoformat(last) - date.fromisoformat(first)).days
    except ValueError:  # a register may hold what is no day
        return 0
