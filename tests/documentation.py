"""The documentation, built as `make docs` and `make messages` build it."""

from __future__ import annotations

import re
import shutil
import warnings
from collections.abc import Callable
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
LANGUAGES = ("en", "sv")
PAGES = sorted([*(f"{page.stem}.html" for page in DOCS.glob("*.md")), "search.html"])
"""The pages of the site, the same in each language."""


def sections(page: str) -> list[tuple[str, str]]:
    """Each heading of the third level on a page, with the text under it."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return re.findall(r"^### ([^\n]+)\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL)


def build(builder: str, out: Path, doctrees: Path, language: str = "en") -> None:
    """Build the documentation; a warning ends the test.

    It is built in this process, so that the worked examples are worked out once for all builds and tests.
    """
    from sphinx.cmd.build import main

    said = StringIO()
    with redirect_stderr(said), warnings.catch_warnings(action="ignore"):  # of its parts to each other
        status = main(
            ["-W", "--keep-going", "-n", "-q", "-b", builder, "-D", f"language={language}",
             "-d", str(doctrees), str(DOCS), str(out)]
        )  # fmt: skip
    assert status == 0, said.getvalue()


def build_all(out: Path, prepare: Callable[[Path], object]) -> None:
    """Build the site into `en` and `sv` with the page before them, and what there is to translate into `pot`.

    Args:
        out: a folder that is made.
        prepare: what is done with each folder of doctrees before.
    """
    for builder, name in (("gettext", "pot"), *(("html", language) for language in LANGUAGES)):
        doctrees = out / "doctrees" / name  # Swedish last: Sphinx keeps some of what it built in Swedish
        prepare(doctrees)
        build(builder, out / name, doctrees, name if name in LANGUAGES else "en")
    shutil.copy(DOCS / "start" / "index.html", out)
