"""kemkoll: what suppliers say is in their products, judged by the lists that forbid or watch it."""

from __future__ import annotations

__version__ = "0.1.0"
