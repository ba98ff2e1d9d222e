"""A sentence with what is filled into it, kept apart, so that it can be said in any language.

The English sentence is the key of its translations (`i18n`). Whoever notices something writes a message; only
who shows it knows the language.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, init=False)
class Message:
    """A sentence and its values; `str()` says it in English.

    A value is a text, a number, another message, or several messages, which are said one after the other.

    >>> str(Message("{file} holds {size} characters.", file="a.csv", size=140000))
    'a.csv holds 140,000 characters.'
    >>> str(Message("It is wrong: {why}.", why=Message("it ends too early")))
    'It is wrong: it ends too early.'
    """

    sentence: str
    values: dict[str, Any]

    def __init__(self, sentence: str, **values: Any) -> None:
        object.__setattr__(self, "sentence", sentence)
        object.__setattr__(self, "values", values)

    def __str__(self) -> str:
        return self.said(str, lambda number: f"{number:,}")

    def said(self, translate: Callable[[str], str], write: Callable[[int | float], str]) -> str:
        """The sentence as `translate` gives it, filled in, numbers as `write` writes them."""

        def fill(value: Any) -> str:
            if isinstance(value, Message):
                return value.said(translate, write)
            if isinstance(value, tuple):
                return "; ".join(map(fill, value))
            return write(value) if type(value) in (int, float) else str(value)

        return _PLACE.sub(
            lambda met: fill(self.values[met[1]]) if met[1] in self.values else met[0],
            translate(self.sentence),
        )


def to_text(message: Message) -> str:
    """The message as a text that a table can hold.

    >>> to_text(Message("{file} is empty.", file="a.csv"))
    '{"sentence": "{file} is empty.", "values": {"file": "a.csv"}}'
    """
    return json.dumps(
        {"sentence": message.sentence, "values": message.values}, default=_plain, ensure_ascii=False
    )


def from_text(text: str) -> Message:
    """The message that `to_text` made a text of.

    >>> str(from_text(to_text(Message("Wrong: {why}.", why=(Message("a"), Message("b"))))))
    'Wrong: a; b.'
    """
    made: Message = _revived(json.loads(text))
    return made


def _plain(value: object) -> object:
    if isinstance(value, Message):
        return {"sentence": value.sentence, "values": value.values}
    return str(value)


def _revived(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_revived, value))
    if isinstance(value, dict):
        sentence, values = value["sentence"], value["values"]
        return Message(sentence, **{name: _revived(one) for name, one in values.items()})
    return value
