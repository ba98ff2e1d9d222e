"""The receipt of what was handed in: what both sides can hold against each other later."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kemkoll.assortment.handing_in.drafts import OfDraft, draft_of
from kemkoll.i18n import Translator, number_text
from kemkoll.store import Known, kept
from kemkoll.store.models import AuditEvent, Signature

SCHEMA = "kemkoll.receipt/1"


@dataclass(frozen=True)
class Receipt:
    """A receipt.

    Attributes:
        name: the name that was signed with.
        statement: the sentence that was signed.
        at: instant in UTC.
        files: of each `name`, `sha256`, `size`, and what became of it: `status` (`added`, `known`),
            `before` (as what the same bytes were handed in before), `articles`, `superseded`, `late`.
        lists: of each `list` and `edition`: those by which the articles were judged on the day.
    """

    draft: int
    supplier: str
    name: str
    statement: str
    at: str
    files: tuple[dict[str, Any], ...]
    lists: tuple[dict[str, str], ...]

    @property
    def signed(self) -> dict[str, Any]:
        """What the hash is made of."""
        return {
            "schema": SCHEMA,
            "draft": self.draft,
            "supplier": self.supplier,
            "name": self.name,
            "statement": self.statement,
            "at": self.at,
            "files": [dict(file) for file in self.files],
            "lists": [dict(one) for one in self.lists],
        }

    @property
    def digest(self) -> str:
        """SHA-256 of what was signed, as JSON with sorted names and nothing between its parts."""
        text = json.dumps(self.signed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def receipt_of(known: Known, draft: int) -> tuple[Receipt, bool] | None:
    """The receipt of a draft that was handed in, and whether it is what was signed; None: there is none."""
    rows = kept.every(known, Signature, draft=draft).to_dict("records")
    own = draft_of(known, draft)
    if not rows or own is None:
        return None
    row = rows[0]
    told = kept.every(known, AuditEvent, id=int(row["added"])).to_dict("records")[0]
    about = json.loads(told["about"])
    made = Receipt(
        draft, str(about["supplier"]), str(row["name"]), str(row["statement"]), str(row["at"]),
        files_of(own, about["became"]), lists_of(about),
    )  # fmt: skip
    return made, made.digest == row["receipt"]


def files_of(draft: OfDraft, became: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
    """The files of a draft, and what became of them.

    Args:
        became: by SHA-256.
    """
    return tuple(
        {"name": it.name, "sha256": it.sha256, "size": it.size} | became[it.sha256] for it in draft.files
    )


def lists_of(about: Mapping[str, Any]) -> tuple[dict[str, str], ...]:
    """The lists and editions, of what the log says of the event."""
    return tuple({"list": name, "edition": edition} for name, edition in about["lists"])


def as_json(receipt: Receipt) -> bytes:
    """The receipt for programs."""
    whole = receipt.signed | {"receipt": receipt.digest}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, indent=2).encode() + b"\n"


def as_text(receipt: Receipt, _: Translator) -> bytes:
    """The receipt for people."""
    lines = [
        _("Receipt"),
        "",
        _("Number: {number}").format(number=receipt.draft),
        _("Supplier: {name}").format(name=receipt.supplier),
        _("Handed in: {at} (UTC)").format(at=receipt.at),
        _("Signed: {name}").format(name=receipt.name),
        "",
        receipt.statement,
        "",
        _("Files"),
    ]
    for file in receipt.files:
        size = number_text(file["size"], _.language)
        lines += [
            f"  {file['name']} ({_('{n} bytes').format(n=size)})",
            f"  SHA-256 {file['sha256']}",
            f"  {became_text(file, _)}",
        ]
    lines += ["", _("Lists")]
    lines += [
        "  " + _("{list}, edition {date}").format(list=it["list"], date=it["edition"]) for it in receipt.lists
    ]
    lines += ["", _("Receipt (SHA-256): {digest}").format(digest=receipt.digest), ""]
    return "\r\n".join(lines).encode()


def became_text(file: Mapping[str, Any], _: Translator) -> str:
    """What became of a file, in a sentence."""
    if file["status"] == "known":
        said = _("The same bytes were handed in before, as {name}: nothing was changed.")
        return said.format(name=file["before"])
    said = _.ngettext("{n} article declared", "{n} articles declared", file["articles"])
    told = [said.format(n=number_text(file["articles"], _.language))]
    if file["superseded"]:
        said = _.ngettext(
            "takes the place of {n} earlier declaration",
            "takes the place of {n} earlier declarations",
            file["superseded"],
        )
        told.append(said.format(n=number_text(file["superseded"], _.language)))
    if file["late"]:
        said = _.ngettext(
            "of {n} article it is older than what is there, which still counts",
            "of {n} articles it is older than what is there, which still counts",
            file["late"],
        )
        told.append(said.format(n=number_text(file["late"], _.language)))
    return "; ".join(told) + "."
