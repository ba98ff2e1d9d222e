"""The official exports, which are not in the project: the folder that `KEMKOLL_REFERENCE` names has them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

VARIABLE = "KEMKOLL_REFERENCE"
REFERENCE = Path(os.environ.get(VARIABLE) or "official exports")


def official(name: str) -> Path:
    """A file of the folder, or of one beside it.

    Raises:
        pytest.skip.Exception: it is not here.
    """
    for folder in (REFERENCE, REFERENCE.parent):
        if os.environ.get(VARIABLE) and (folder / name).is_file():
            return folder / name
    pytest.skip(f"{name} is not in the project; {VARIABLE} names the folder of the official exports")
