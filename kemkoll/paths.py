"""Where kemkoll's own data lie, and where it keeps what it compiles."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

from kemkoll.errors import ConfigError

_PACKAGE = Path(__file__).resolve().parent


def data(name: str) -> Path:
    """The folder `name` of the project's data: the checkout's where there is one, else the installed one.

    An editable install keeps an old copy in the package, so the checkout goes first: who edits a list sees
    it.

    Args:
        name: `substance_lists` or `reports`.

    Raises:
        ConfigError: the installation has no such folder.

    >>> data("substance_lists").name
    'substance_lists'
    """
    checkout = _PACKAGE.parent
    for folder in ((checkout / name,) if _is_checkout(checkout) else ()) + (_PACKAGE / "_data" / name,):
        if folder.is_dir():
            return folder
    raise ConfigError(
        "The folder {name} is missing from this installation of kemkoll. Install it again.", name=name
    )


def _is_checkout(folder: Path) -> bool:
    """Whether the folder is this project's own, not just any folder that the package was copied into."""
    try:
        project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(project.get("project", {}).get("name") == "kemkoll")


def own_lists() -> Path:
    """The folder of the user's own substance lists, and of newer editions than those that are shipped."""
    return home() / "lists"


def home() -> Path:
    """The folder of the user's own lists and substances, and of what kemkoll compiles once and reads again:
    `KEMKOLL_HOME`, else the user's folder for the data of programs.

    It need not exist yet.
    """
    if given := os.environ.get("KEMKOLL_HOME"):
        return Path(given).expanduser()
    from platformdirs import user_data_path

    return user_data_path("kemkoll", appauthor=False)
