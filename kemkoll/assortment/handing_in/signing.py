"""A draft is signed and handed in: its files, the signature and the end of the draft, all in one event.

A process that is killed before the event is written leaves the draft open, with all its files; after it,
everything is handed in. There is nothing between.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kemkoll.assortment.adding import Added
from kemkoll.assortment.handing_in import receipts
from kemkoll.assortment.handing_in.drafts import SUBMITTED, OfDraft, close, opened
from kemkoll.assortment.handing_in.reading import Read, read_files
from kemkoll.assortment.handing_in.trial import add_files
from kemkoll.assortment.plans import Asked, plans
from kemkoll.assortment.scope import Scope, rows_in
from kemkoll.errors import ConfigError
from kemkoll.i18n import N_
from kemkoll.lists.editions import library_of
from kemkoll.registry import Registry
from kemkoll.store import Change, Store, kept
from kemkoll.store.declarations import articles_of_event
from kemkoll.store.models import Signature

STATEMENT = N_(
    "I hand in these files for {supplier} and may do so. As far as I know what they say of our articles is "
    "right, and where they say that everything is declared, nothing has been left out. I know that the buyer "
    "relies on it."
)
"""What is signed."""
_FAULTY = N_(
    "Something in the files could not be read or looks wrong. Say that you hand them in all the same, or "
    "mend them first."
)


@dataclass(frozen=True)
class Signing:
    """What somebody signs, and what they have seen.

    Attributes:
        draft: its number.
        digest: of the files that were shown (`OfDraft.digest`).
        user: `User.user`.
        mail: their address, as the log names them.
        name: what they have signed with.
        statement: the sentence, as it was shown.
        faulty: they know that something could not be read, and want the rest handed in all the same.
        foreign: they know that another supplier is named, and say that the articles are their own.
    """

    draft: int
    digest: str
    user: int
    mail: str
    name: str
    statement: str
    faulty: bool = False
    foreign: bool = False


def submit(where: str, signing: Signing, on: str, at: str) -> int:
    """Hand a draft in; the event in which that was done.

    Args:
        where: address of the database.
        on: today.
        at: instant in UTC.

    Raises:
        ConfigError: it was handed in or changed meanwhile, nobody has signed, a file cannot be handed in, or
            something is wrong that was not accepted.
    """
    registry = Registry.open()
    with (
        Store.open(where) as store,
        read_files(store, signing.draft, registry, on) as (draft, supplier, files),
    ):
        _refuse(draft, files, signing)
        with store.writing("hand-in", by=signing.mail, at=at) as change:
            _refuse_changed(opened(change, signing.draft), signing)
            added = add_files(change, files, draft.supplier)
            if any(it.new_articles for it in added.values()) and not signing.faulty:
                raise ConfigError(_FAULTY)
            _sign(change, draft, supplier, signing, added, on)
            return change.event


def _refuse(draft: OfDraft, files: list[Read], signing: Signing) -> None:
    _refuse_changed(draft, signing)
    if not signing.name.strip():
        raise ConfigError(N_("Sign with your name."))
    if not files:
        raise ConfigError(N_("There is no file to hand in."))
    wrong = [it.handed.name for it in files if it.status != "read"]
    if wrong:
        raise ConfigError(
            N_("These files cannot be handed in as they are: {names}. Take them out, or replace them."),
            names=", ".join(wrong),
        )
    if any(len(it.declared.problems) for it in files) and not signing.faulty:
        raise ConfigError(_FAULTY)
    if any(it.others for it in files) and not signing.foreign:
        raise ConfigError(
            N_("A file names another supplier. Say that the articles are yours, or take it out.")
        )


def _refuse_changed(draft: OfDraft, signing: Signing) -> None:
    if draft.digest != signing.digest:
        raise ConfigError(
            N_("The files of the draft were changed meanwhile. Look at them again, and then sign.")
        )


def _sign(
    change: Change, draft: OfDraft, supplier: str, signing: Signing, added: dict[int, Added], on: str
) -> None:
    """The signature, what the receipt says beside it, and the end of the draft."""
    became = {it.sha256: _became(added[it.number]) for it in draft.files}
    change.about.update(supplier=supplier, lists=_editions(change.later(), supplier, on), became=became)
    row: dict[str, Any] = {
        "draft": draft.number, "supplier": draft.supplier, "user": signing.user, "at": change.at,
        "name": " ".join(signing.name.split()), "statement": signing.statement,
    }  # fmt: skip
    receipt = receipts.Receipt(
        draft.number, supplier, row["name"], signing.statement, change.at,
        receipts.files_of(draft, became), receipts.lists_of(change.about),
    )  # fmt: skip
    kept.add(change, Signature, [row | {"receipt": receipt.digest}])
    close(change, draft.number, SUBMITTED)


def _became(added: Added) -> dict[str, Any]:
    """What became of a file, for the receipt."""
    known = {"status": added.status} | ({"before": added.before} if added.before else {})
    return known | {"articles": added.articles, "superseded": added.superseded, "late": added.late}


def _editions(change: Change, supplier: str, on: str) -> list[list[str]]:
    """The lists, and of each the edition, by which the articles of the event are judged on the day."""
    rows = rows_in(change, Scope(supplier=supplier), on)
    rows = rows[rows["article"].isin(articles_of_event(change))].reset_index(drop=True)
    made = plans(change, rows, Asked(), on, library_of()) if len(rows) else []
    found = {
        (str(name).partition("@")[0], str(edition))
        for plan in made
        for name, edition in zip(plan.law.lists["list"], plan.law.lists["edition"], strict=True)
    }
    return [[*pair] for pair in sorted(found)]
