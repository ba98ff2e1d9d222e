"""That nobody is named in what everybody may read: free texts of the buyer's own are asked for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kemkoll.errors import ConfigError
from kemkoll.i18n import N_
from kemkoll.messages import Message
from kemkoll.report.annual import Annual
from kemkoll.tables.trends import Grouping

_PERSONAL = re.compile(
    r"(?<![\d-])(?:18|19|20)?\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])[-+–]?\d{4}(?![\d-])"
)
"""A personal identity number or a coordination number, which is a sole trader's organisation number; its
check digit is not asked: one mistyped is somebody's all the same.
"""


def refuse_names(data: Annual, suppliers: Iterable[str]) -> None:
    """Refuse texts that name a supplier, or hold what may be a personal identity number.

    Raises:
        ConfigError: it says where, but not whom.
    """
    buyers = {_folded(name) for name in (data.organisation, *_names(data, Grouping.organisation))}
    names = {_folded(name) for name in suppliers} - buyers - {""}
    pattern = _any_of(names)
    for where, text in _texts(data):
        if _PERSONAL.search(text):
            raise ConfigError(
                "Among the {where} there is what may be a personal identity number. Open data must hold "
                "none: write it otherwise.",
                where=Message(where),
            )
        if pattern and pattern.search(_folded(text)):
            raise ConfigError(
                "Among the {where} a supplier is named. Open data must name none: write it otherwise.",
                where=Message(where),
            )


def _texts(data: Annual) -> Iterator[tuple[str, str]]:
    """The texts that people have written, each with where it stands."""
    for grouping, where in (
        (Grouping.category, N_("names of categories")),
        (Grouping.contract, N_("numbers of contracts")),
        (Grouping.organisation, N_("names of organisations")),
    ):
        yield from ((where, text) for text in _names(data, grouping))
    yield from ((N_("aims"), str(text)) for text in data.targets["aim"])


def _names(data: Annual, grouping: Grouping) -> list[str]:
    own = data.names[(data.names["grouping"] == grouping).to_numpy()]
    return [str(it) for column in ("code", "name_en", "name_sv") for it in own[column]]


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _any_of(names: set[str]) -> re.Pattern[str] | None:
    """Any of the names, as whole words; None: there are none."""
    if not names:
        return None
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(name) for name in sorted(names)) + r")(?!\w)")
