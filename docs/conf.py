"""How the documentation is built: Markdown in English, and translations of it beside (`locale/`)."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE / "extensions")]

from kemkoll import __version__  # noqa: E402 - the checkout, wherever Sphinx was started

project = "kemkoll"
author = "kemkoll"
release = __version__
language = "en"

extensions = ["myst_parser", "generated", "reachable", "sessions", "worked_example"]
exclude_patterns = ["extensions", "locale", "worked"]
nitpicky = True

myst_heading_anchors = 4
locale_dirs = ["locale"]
gettext_compact = False
gettext_uuid = False
gettext_location = False

html_theme = "furo"
html_title = "kemkoll"
html_static_path = ["static"]
html_css_files = ["pages.css"]
templates_path = ["templates"]
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "languages.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}
html_context = {"languages": {"en": "English", "sv": "Svenska"}}
html_show_sphinx = False
html_copy_source = False
html_use_index = False
html_theme_options = {"top_of_page_buttons": []}

linkcheck_ignore = [r"^(?!https?://)"]
linkcheck_timeout = 20
