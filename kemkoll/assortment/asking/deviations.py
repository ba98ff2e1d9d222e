"""Deviations in hand: from what a batch found above a limit to its end, as the buyer leads it.

Nothing here changes a verdict, and no step is taken by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kemkoll.assortment import files
from kemkoll.assortment.asking.findings import above
from kemkoll.assortment.batches import at_work
from kemkoll.assortment.review import newest
from kemkoll.assortment.scope import articles
from kemkoll.errors import ConfigError
from kemkoll.i18n import N_
from kemkoll.store import Change, Known, kept
from kemkoll.store import files as stored
from kemkoll.store.models import AuditEvent, Case, Reply
from kemkoll.store.once import next_id

DIALOGUE, CLOSED = "dialogue", "closed"
STATES = {
    DIALOGUE: N_("dialogue"),
    "plan": N_("action plan"),
    "remedy": N_("penalty or exchange"),
    "termination": N_("termination"),
    CLOSED: N_("closed"),
}
"""The steps, from the mildest on; the buyer chooses each of them."""
REPLIES = {
    "dispute": N_("We dispute it"),
    "plan": N_("We accept it, and this is our plan"),
    "analysis": N_("We hand in an analysis"),
    "note": N_("Message"),
}
OF_SUPPLIER = ("dispute", "plan", "analysis")


@dataclass(frozen=True)
class Deviation:
    """One deviation in hand.

    Attributes:
        number: `Case.case`.
        list: as the batch calls it.
        note: the buyer's own; no supplier sees it.
        event: that in which it was opened.
        batch: the newest batch then: whose finding it is about.
    """

    number: int
    article: int
    supplier: int
    supplier_name: str
    article_number: str
    article_name: str
    list: str
    entry: str
    opened: str
    state: str
    due: str
    closed: str
    note: str
    event: int
    batch: int

    def is_late(self, on: str) -> bool:
        """Whether the day by which something was to be done is past."""
        return self.state != CLOSED and bool(self.due) and self.due < on


def deviations(known: Known, **wanted: Any) -> list[Deviation]:
    """Every case, or those that have the values wanted of columns of `Case`; the newest first."""
    rows = kept.frame(known, Case, **wanted)
    if not len(rows):
        return []
    first = kept.every(known, Case).groupby("case")["added"].min().to_dict()
    there = articles(known, article=[*{*rows["article"].tolist()}]).set_index("article")
    batches = at_work(known)
    made = []
    for row in rows.to_dict("records"):
        event, article = int(first[row["case"]]), int(row["article"])
        own = batches["id"][(batches["added"] < event).to_numpy()]
        own_texts = ("list", "entry", "opened", "state", "due", "closed", "note")
        made.append(
            Deviation(
                number=int(row["case"]),
                article=article,
                supplier=int(there["supplier_id"].loc[article]),
                supplier_name=str(there["supplier"].loc[article]),
                article_number=str(there["number"].loc[article] or there["own_number"].loc[article]),
                article_name=str(there["name"].loc[article]),
                **{name: str(row[name]) for name in own_texts},
                event=event,
                batch=int(own.max()) if len(own) else 0,
            )
        )
    return sorted(made, key=lambda it: it.number, reverse=True)


def deviation_of(known: Known, number: int) -> Deviation | None:
    """The case with this number; None: there is none."""
    return next(iter(deviations(known, case=number)), None)


def without_case(known: Known) -> pd.DataFrame:
    """What the newest batch found above a limit, nobody has waived, and nobody has in hand.

    Returns:
        One row for each article, list and entry: `article`, `list`, `entry`, `force` (the gravest),
        `supplier`, `number`; those against the law first.
    """
    if not len(at_work(known)):
        return pd.DataFrame(columns=["article", "list", "entry", "force", "supplier", "number"])
    found = above(known, newest(known))
    in_hand = {(it.article, it.list, it.entry) for it in deviations(known) if it.state != CLOSED}
    keys = zip(found["article"], found["list"], found["entry"], strict=True)
    made = found[[key not in in_hand for key in keys]]
    made = made.assign(order=(made["force"] != "law").astype("int64"))
    made = made.sort_values(["order", "supplier", "number", "list", "entry"], kind="stable")
    columns = ["article", "list", "entry", "force", "supplier", "number"]
    return made.drop_duplicates(["article", "list", "entry"])[columns].reset_index(drop=True)


def open_case(
    change: Change, article: int, list_: str, entry: str, *, due: str, on: str, note: str = ""
) -> int:
    """Take a finding of the newest batch in hand; the number of the case.

    Raises:
        ConfigError: the newest batch found no such thing, or it is in hand already.
    """
    left = without_case(change)
    met = left[(left["article"] == article) & (left["list"] == list_) & (left["entry"] == entry)]
    if not len(met):
        raise ConfigError(
            N_("The newest batch finds nothing of the kind above a limit, or it is in hand already.")
        )
    number = next_id(change.connection, Case)
    row = {"case": number, "article": article, "list": list_, "entry": entry, "opened": on}
    kept.add(change, Case, [row | {"state": DIALOGUE, "due": due, "note": note}])
    change.about.update(case=number, article=article, list=list_, entry=entry)
    return number


def lead(change: Change, number: int, *, state: str, due: str, note: str, on: str) -> None:
    """Take a case to another step, as the buyer has chosen.

    Raises:
        ConfigError: there is no such step.
    """
    if state not in STATES:
        raise ConfigError(N_("There is no step “{name}”."), name=state)
    row = {"case": number, "state": state, "due": due, "note": note, "closed": on if state == CLOSED else ""}
    kept.put(change, Case, ["case"], [row])
    change.about.update(case=number, state=state)


def reply(
    change: Change, number: int, kind: str, text: str, *, user: int, file: tuple[str, bytes] | None = None
) -> None:
    """Keep what somebody says of a case.

    Args:
        user: `User.user`.
        file: name and bytes of a file that goes with it.

    Raises:
        ConfigError: nothing is said, or in no known way.
    """
    if kind not in REPLIES or not text.strip():
        raise ConfigError(N_("Choose what you answer, and write why."))
    sha256 = ""
    if file is not None:
        sha256 = stored.sha256_of(file[1])
        if stored.name_of(change, sha256) is None:
            files.keep(change, file[0], file[1], form="reply")
    row = {"case": number, "kind": kind, "text": text.strip(), "file": sha256, "user": user, "at": change.at}
    kept.add(change, Reply, [row])
    change.about.update(case=number, kind=kind, file=sha256)


@dataclass(frozen=True)
class Step:
    """One thing that happened to a case.

    Attributes:
        who: address of who did it.
        state: the step that it was taken to; empty: something was said.
        reply: row number of what was said; 0: nothing.
    """

    at: str
    who: str
    state: str = ""
    due: str = ""
    kind: str = ""
    text: str = ""
    reply: int = 0
    file: str = ""


def steps(known: Known, number: int, people: Mapping[int, str]) -> list[Step]:
    """What happened to a case, the oldest first.

    Args:
        people: the address of each user, by `User.user`.
    """
    made = []
    for row in kept.every(known, Case, case=number).to_dict("records"):
        event = kept.every(known, AuditEvent, id=int(row["added"])).iloc[0]
        made.append(Step(str(event["at"]), str(event["who"]), state=str(row["state"]), due=str(row["due"])))
    for row in kept.frame(known, Reply, case=number).to_dict("records"):
        said = {name: str(row[name]) for name in ("at", "kind", "text", "file")}
        made.append(Step(who=people.get(int(row["user"]), ""), reply=int(row["id"]), **said))
    return sorted(made, key=lambda it: it.at)


def file_of(known: Known, number: int, reply_: int) -> tuple[str, bytes] | None:
    """Name and bytes of the file of a reply; None: there is none."""
    rows = kept.frame(known, Reply, id=reply_, case=number)
    if not len(rows) or not rows["file"].iloc[0]:
        return None
    sha256 = str(rows["file"].iloc[0])
    content = stored.content_of(known, sha256)
    return None if content is None else (str(stored.name_of(known, sha256)), content)
