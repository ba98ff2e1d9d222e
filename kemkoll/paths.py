"""Where kemkoll's own data lie, and where it keeps what it compiles."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from kemkoll.errors import ConfigError

_PACKAGE = Path(__file__).resolve().parent

State = tuple[tuple[str, int, int, int, int], ...]
"""Files as they are: of each its path, size, number on the disk, and when it and its entry were changed."""


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


def state_of(folders: Iterable[Path]) -> State:
    """What tells the files in some folders from what they were before: a process that lives for weeks asks
    it instead of reading them all again. Hidden files and folders within are none of it.

    >>> rohs = data("substance_lists") / "eu-rohs"
    >>> state_of([rohs]) == state_of([rohs]), state_of([rohs / "nowhere"])
    (True, ())
    """
    return tuple(sorted(file for folder in folders for file in _files(folder)))


def list_folders(*roots: Path) -> list[Path]:
    """The folders of lists in some places, by place and name.

    >>> "eu-rohs" in [folder.name for folder in list_folders(data("substance_lists"))]
    True
    """
    return [path.parent for root in roots for path in sorted(root.glob("*/list.toml"))]


def _files(folder: Path) -> Iterator[tuple[str, int, int, int, int]]:
    with suppress(FileNotFoundError), os.scandir(folder) as found:  # it may be replaced just now
        for entry in found:
            if entry.is_file() and not entry.name.startswith("."):
                it = entry.stat()
                yield entry.path, it.st_size, it.st_ino, it.st_mtime_ns, it.st_ctime_ns


def home() -> Path:
    """The folder of the user's own lists and substances, and of what kemkoll compiles once and reads again:
    `KEMKOLL_HOME`, else the user's folder for the data of programs.

    It need not exist yet.
    """
    if given := os.environ.get("KEMKOLL_HOME"):
        return Path(given).expanduser()
    from platformdirs import user_data_path

    return user_data_path("kemkoll", appauthor=False)
