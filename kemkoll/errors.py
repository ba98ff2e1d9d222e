"""What can go so wrong that kemkoll cannot go on with it.

Bad data are not errors: a cell that cannot be read becomes a row of the `problems` table and the work goes
on.

    KemkollError
    ├── DeclarationError   a supplier's file cannot be read at all
    ├── ListError          a substance list is missing, broken or too old
    ├── ProfileError       a requirement profile is missing or broken
    ├── StoreError         the database cannot be opened, read or written
    └── ConfigError        the user asked for something that does not exist

Every message says what is wrong, where, and what to do about it, in one sentence that a supplier can follow.
The sentence and what is filled into it are kept apart (`messages`), so that any language can say it:

    raise DeclarationError("{file} is empty. Ask the supplier for it again.", "file-empty", file=path)
"""

from __future__ import annotations

import copyreg
from typing import Any

from kemkoll.messages import Message


class KemkollError(Exception):
    """Something that ends the work on one file, list or call; the message is for the user.

    Attributes:
        message: the sentence and its values; `str()` of the error says it in English.
    """

    def __init__(self, sentence: str, **values: Any) -> None:
        self.message = Message(sentence, **values)
        super().__init__(str(self.message))

    def __reduce__(self) -> tuple[Any, ...]:
        """As another process gives it back: with its sentence and values, so that any language can say it."""
        return copyreg.__newobj__, (type(self), *self.args), self.__dict__  # type: ignore[attr-defined]


class DeclarationError(KemkollError):
    """A declaration that cannot be read: broken, empty, encrypted, or not a declaration.

    Attributes:
        code: stable code of the fault, e.g. `file-encrypted`; each has its paragraph in `docs/problems.md`.
    """

    def __init__(self, sentence: str, code: str = "file-unreadable", **values: Any) -> None:
        super().__init__(sentence, **values)
        self.code = code


class ListError(KemkollError):
    """A substance list that is missing, breaks its own promises, or is older than the user accepts."""


class ProfileError(KemkollError):
    """A requirement profile that is missing or says something that cannot be judged."""


class StoreError(KemkollError):
    """A database that cannot be opened, is of another version, is busy, or refuses what it was asked."""


class ConfigError(KemkollError):
    """A name, option or setting that does not exist, with the ones that do."""
