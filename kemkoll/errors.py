"""What can go so wrong that kemkoll cannot go on with it.

Bad data are not errors: a cell that cannot be read becomes a row of the `problems` table and the work goes
on.

    KemkollError
    ├── DeclarationError   a supplier's file cannot be read at all
    ├── ListError          a substance list is missing, broken or too old
    ├── ProfileError       a requirement profile is missing or broken
    └── ConfigError        the user asked for something that does not exist

Every message says what is wrong, where, and what to do about it, in one sentence that a supplier can follow.
"""

from __future__ import annotations


class KemkollError(Exception):
    """Something that ends the work on one file, list or call; the message is for the user."""


class DeclarationError(KemkollError):
    """A declaration that cannot be read: broken, empty, encrypted, or not a declaration.

    Attributes:
        code: stable code of the fault, e.g. `file-encrypted`; each has its paragraph in `docs/problems.md`.
    """

    def __init__(self, message: str, code: str = "file-unreadable") -> None:
        super().__init__(message)
        self.code = code


class ListError(KemkollError):
    """A substance list that is missing, breaks its own promises, or is older than the user accepts."""


class ProfileError(KemkollError):
    """A requirement profile that is missing or says something that cannot be judged."""


class ConfigError(KemkollError):
    """A name, option or setting that does not exist, with the ones that do."""
