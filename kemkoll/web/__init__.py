"""The portal: pages for people and an interface for programs, on the same store as the terminal.

    create_app(Store.open("kemkoll.db"), Settings(secret=…, clock=…))

A page asks the functions that the verbs of the terminal ask, and shows what they say. It judges nothing,
knows no SQL, and works without a script.
"""

from __future__ import annotations

from kemkoll.web.application import create_app
from kemkoll.web.settings import Settings

__all__ = ["Settings", "create_app"]
