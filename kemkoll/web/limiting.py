"""How often somebody may try: sign-ins, invitations, uploads."""

from __future__ import annotations

from fastapi import HTTPException
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from kemkoll.web.settings import Settings

_WINDOW_MINUTES = 15


class Limits:
    """Counts tries, each kind and each one who tries for itself; all in memory."""

    def __init__(self, settings: Settings) -> None:
        self._counted = MovingWindowRateLimiter(MemoryStorage())
        self._of: dict[str, RateLimitItem] = {
            "sign-in": RateLimitItemPerMinute(settings.tries, _WINDOW_MINUTES),
            "invitation": RateLimitItemPerMinute(settings.tries, _WINDOW_MINUTES),
            "upload": RateLimitItemPerMinute(settings.uploads),
        }

    def count(self, kind: str, *who: str) -> None:
        """Count a try of each of some who may be it.

        Raises:
            HTTPException: 429: one of them has tried too often.
        """
        hits = [self._counted.hit(self._of[kind], kind, one) for one in who]
        if not all(hits):
            raise HTTPException(429, headers={"Retry-After": str(_WINDOW_MINUTES * 60)})
