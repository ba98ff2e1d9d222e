"""Wishes that one field of one row of a file be kept secret, each with its reason."""

from __future__ import annotations

from typing import Any

from kemkoll.assortment.handing_in.drafts import OfDraft
from kemkoll.errors import ConfigError
from kemkoll.i18n import N_
from kemkoll.store import Change, Known, kept
from kemkoll.store.models import Secrecy
from kemkoll.store.once import next_id

FIELDS = {
    "name": N_("name of the substance"),
    "cas": N_("CAS number"),
    "ec": N_("EC number"),
    "smiles": N_("structure"),
    "amount": N_("share"),
    "function": N_("function"),
    "component": N_("component"),
    "material": N_("material"),
}
"""What can be asked to be kept secret of a row."""
LEAST_REASON = 20
"""Characters of a reason."""
_WHOLE = N_(
    "A whole file or row cannot be kept secret. Name one row and one field at a time, each with its reason: "
    "the authority must weigh the harm for each of them, and may keep secret no more than the law demands."
)
_SHORT = N_(
    "Say why, in at least {least} characters: what harm there would be, and to whom, if this became known."
)


def ask(
    change: Change, draft: OfDraft, *, user: int, file: str, sheet: str, row: str, field: str, reason: str
) -> int:
    """Ask that a field be kept secret; the number of the wish.

    Args:
        draft: which of the supplier's.
        file: SHA-256 of one of its files.
        row: of the sheet, as it was typed.
        field: one of `FIELDS`.

    Raises:
        ConfigError: it is about a whole file or row, or says no reason.
    """
    if file not in {it.sha256 for it in draft.files}:
        raise ConfigError(N_("The draft has no such file."))
    if not row.isdecimal() or len(row) > 9 or int(row) < 1 or field not in FIELDS:
        raise ConfigError(_WHOLE)
    if len(reason.strip()) < LEAST_REASON:
        raise ConfigError(_SHORT, least=LEAST_REASON)
    values: dict[str, Any] = {"supplier": draft.supplier, "file": file, "sheet": sheet}
    values |= {"row": int(row), "field": field}
    if len(kept.frame(change, Secrecy, **values)):
        raise ConfigError(N_("That has been asked already."))
    number = next_id(change.connection, Secrecy)
    more = {"secrecy": number, "reason": reason.strip(), "user": user, "at": change.at}
    kept.add(change, Secrecy, [values | more])
    change.about.update(secrecy=number, file=file, row=int(row), field=field)
    return number


def asked(known: Known, draft: OfDraft) -> list[dict[str, Any]]:
    """The wishes about the files of a draft (`Secrecy`), with the `name` of the file."""
    names = {it.sha256: it.name for it in draft.files}
    rows = kept.frame(known, Secrecy, supplier=draft.supplier, file=[*names]).to_dict("records")
    return [{str(key): value for key, value in row.items()} | {"name": names[row["file"]]} for row in rows]
