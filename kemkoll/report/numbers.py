"""Numbers as a reader of reports writes them: decimal comma, thin spaces, percentage points called so.

Nothing in a number breaks over a line. What is not a number is said in words before it comes here.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from kemkoll.i18n import Translator

NARROW, FIXED, MINUS = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"
HIDDEN_TEXT = "–"
"""What stands in a cell that is hidden, or has no value."""


def count(number: float, language: str) -> str:
    """A whole number, its thousands apart.

    >>> count(1250, "sv").replace(NARROW, "_"), count(1250, "en"), count(-3, "sv")
    ('1_250', '1,250', '−3')
    """
    return decimal(number, language, 0)


def decimal(number: float, language: str, places: int = 1) -> str:
    """A number with so many decimals, rounded half up as people do.

    >>> decimal(0.25, "sv"), decimal(1234.5, "en", 0), decimal(-0.04, "sv")
    ('0,3', '1,235', '0,0')
    """
    rounded = Decimal(repr(float(number))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{abs(rounded):,.{places}f}"
    if language == "sv":
        text = text.replace(",", NARROW).replace(".", ",")
    return f"{MINUS}{text}" if rounded < 0 else text


def percent(share: float, language: str, places: int = 1) -> str:
    """A share as a table shows it.

    >>> percent(0.44, "sv").replace(FIXED, "_"), percent(0.44, "en").replace(FIXED, "_")
    ('44,0_%', '44.0_%')
    """
    return f"{decimal(share * 100, language, places)}{FIXED}%"


def percent_in_words(share: float, _: Translator) -> str:
    """A share as a sentence says it: whole, unless so little that it would be none.

    >>> from kemkoll.i18n import translator
    >>> percent_in_words(0.0956, translator("sv")).replace(FIXED, "_")
    '10_procent'
    >>> percent_in_words(0.004, translator("en")).replace(FIXED, "_")
    '0.4_percent'
    """
    unit = _("percent")
    return f"{_whole(share, _.language)}{FIXED}{unit}"


def between(low: float, high: float, _: Translator) -> str:
    """Two shares as a sentence says that something lies between them.

    >>> from kemkoll.i18n import translator
    >>> between(0.0956, 0.7705, translator("sv")).replace(FIXED, "_")
    '10 och 77_procent'
    """
    return _("{low} and {high}").format(low=_whole(low, _.language), high=percent_in_words(high, _))


def percent_range(low: float, high: float, language: str) -> str:
    """Two shares as a table shows that something lies between them.

    >>> percent_range(0.0956, 0.7704, "sv").replace(FIXED, "_")
    '9,6–77,0_%'
    >>> percent_range(-0.1, 0.2, "en").replace(FIXED, "_")
    '−10.0 to 20.0_%'
    """
    least = decimal(low * 100, language)
    if low < 0:
        to = {"sv": "till"}.get(language, "to")
        return f"{least} {to} {percent(high, language)}"
    return f"{least}–{percent(high, language)}"


def points(difference: float, _: Translator, places: int = 1) -> str:
    """A difference of shares: percentage points, never percent.

    >>> from kemkoll.i18n import translator
    >>> points(-0.0879, translator("sv")).replace(FIXED, "_")
    '−8,8_procentenheter'
    """
    unit = _("percentage points")
    return f"{decimal(difference * 100, _.language, places)}{FIXED}{unit}"


def signed(number: float, language: str, places: int = 0) -> str:
    """A change: with a sign, unless it is none.

    >>> signed(45, "sv"), signed(-190, "sv"), signed(0, "sv")
    ('+45', '−190', '0')
    """
    text = decimal(number, language, places)
    return f"+{text}" if text.strip("0,.") and not text.startswith(MINUS) else text


def _whole(share: float, language: str) -> str:
    return decimal(share * 100, language, 0 if not 0 < abs(share) < 0.01 else 1)
