"""What a user reads, in the user's language: sentences, numbers, mass fractions.

English sentences are the keys. A translation is a `.po` file under `locale/<language>/LC_MESSAGES/`, read
as it is: there is nothing to compile and so nothing to forget to compile. Codes, column names and files for
programs stay English.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from kemkoll.messages import Message

LANGUAGES = ("en", "sv")
"""The languages there are; English needs no file."""
VARIABLE = "KEMKOLL_LANGUAGE"
"""The environment variable that names the language."""

_IN_BRACKETS = re.compile(r"([^;]+?) \((.*)\)")
_SHARE = re.compile(r"(\d+\.\d+) (%|mg/kg|ppm)")
_DAY = re.compile(r"(?<![\d/])\d{4}(-\d\d-\d\d)?(?![\d/])")

_PERCENT, _MG_PER_KG, _WHOLE = 10**10, 10**6, 10**12  # in 10⁻¹² kg/kg
_LEAST_PERCENT = _PERCENT // 100  # below 0.01 % (100 mg/kg) shares are written in mg/kg
_LONGEST, _ENOUGH = 6, 4  # digits: what people write; what is shown of a computed share


def N_(sentence: str) -> str:  # noqa: N802 - the usual name of the mark
    """The sentence itself, marked as one to translate.

    >>> N_("Problems")
    'Problems'
    """
    return sentence


def choose_language(asked: str | None = None) -> str:
    """The language to speak: the one asked for, else KEMKOLL_LANGUAGE, else the locale's, else English.

    >>> choose_language("sv_SE.UTF-8")
    'sv'
    >>> choose_language("SV")
    'sv'
    """
    named = (
        asked,
        os.environ.get(VARIABLE),
        *(os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")),
    )
    for name in named:
        language = (name or "").lower()[:2]
        if language in LANGUAGES:
            return language
        if (name or "").split(".")[0] in ("C", "POSIX"):
            break
    return LANGUAGES[0]


class Translator:
    """Sentences in one language; a sentence without a translation stays English.

    >>> _ = translator("en")
    >>> _("Problems"), _.ngettext("{n} day", "{n} days", 2)
    ('Problems', '{n} days')
    """

    def __init__(self, language: str, sentences: dict[str, str | Sequence[str]]) -> None:
        self.language = language
        self._sentences = sentences

    def __call__(self, sentence: str) -> str:
        """The sentence in this language."""
        found = self._sentences.get(sentence, sentence)
        return found if isinstance(found, str) else found[0]

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The sentence that fits the number `n`; `{n}` in it is still to be filled."""
        found = self._sentences.get(one, (one, many))
        return found[0 if n == 1 else 1] if not isinstance(found, str) else found


@lru_cache
def translator(language: str) -> Translator:
    """The translator into `language`; of a language that is not there, the one that leaves English as it is.

    >>> translator("en")("Problems")
    'Problems'
    """
    path = catalogue(language)
    if language == LANGUAGES[0] or not path.exists():
        return Translator(LANGUAGES[0], {})
    return Translator(language, read_catalogue(path))


def catalogue(language: str) -> Path:
    """The file that holds a language's sentences."""
    return Path(__file__).parent / "locale" / language / "LC_MESSAGES" / "kemkoll.po"


def read_catalogue(path: Path) -> dict[str, str | Sequence[str]]:
    """Each English sentence of a `.po` file with its translation (its two translations, where it counts)."""
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        messages = read_po(file, abort_invalid=True)
    return {
        message.id if isinstance(message.id, str) else message.id[0]: message.string
        for message in messages
        if message.id and message.string and not message.fuzzy
    }


def message_text(message: Message, _: Translator) -> str:
    """The message in the translator's language, its numbers as that language writes them.

    >>> message_text(Message("{file} holds {size} GB.", file="a.xlsx", size=1.5), translator("sv"))
    'a.xlsx holds 1,5 GB.'
    """
    return message.said(_, lambda number: number_text(Decimal(str(number)), _.language))


@lru_cache(maxsize=4096)
def phrase_text(text: str, _: Translator) -> str:
    """What a list says in English in the reader's language: whole if that is translated, else piece by piece.

    What has no translation, such as a code or a citation, stays as it is.

    >>> phrase_text("57(c) toxic for reproduction (since 2017-07-07)", translator("sv"))
    '57 c reproduktionstoxiskt (sedan 2017-07-07)'
    >>> phrase_text("0.05 %", translator("sv"))
    '0,05 %'
    """
    whole = _(text) if text else ""
    if whole != text:
        return whole
    for between in ("; ", ": "):
        if between in text:
            return between.join(phrase_text(part, _) for part in text.split(between))
    if met := _IN_BRACKETS.fullmatch(text):
        return f"{phrase_text(met[1], _)} ({phrase_text(met[2], _)})"
    if ", " in text:
        return ", ".join(phrase_text(part, _) for part in text.split(", "))
    if " and " in text:
        parts = {part: phrase_text(part, _) for part in text.split(" and ")}
        return _(" and ").join(parts.values()) if all(own != part for part, own in parts.items()) else text
    if share := _SHARE.fullmatch(text):
        return f"{number_text(Decimal(share[1]), _.language)} {share[2]}"
    day = _DAY.search(text)
    return _(_DAY.sub("{day}", text, count=1)).replace("{day}", day[0]) if day else text


@lru_cache(maxsize=4096)
def number_text(number: int | Decimal, language: str) -> str:
    """The number as the language writes it, whole.

    >>> number_text(1234567, "en"), number_text(Decimal("0.5"), "sv")
    ('1,234,567', '0,5')
    """
    from babel.numbers import format_decimal

    text: str = format_decimal(number, format="#,##0.############", locale=language)
    return text.replace("\N{NO-BREAK SPACE}", " ")


def share_text(low_ppt: int, high_ppt: int, language: str, limit_ppt: int | None = None) -> str:
    """A mass fraction, or the range it lies in, in % or mg/kg as suits.

    What a supplier wrote is shown exactly, open ends too: `< 0.1 %`. A computed share has more digits than
    anybody reads; it is shown with four, its low rounded down and its high rounded up, and with more where
    four would put it on another side of `limit_ppt` than it is.

    Args:
        low_ppt: least share, 10⁻¹² kg/kg.
        high_ppt: greatest share, 10⁻¹² kg/kg.
        language: how numbers are written.
        limit_ppt: the limit it is shown beside, 10⁻¹² kg/kg.

    >>> share_text(153 * 10**9, 153 * 10**9, "sv"), share_text(153 * 10**9, 153 * 10**9, "en")
    ('15,3 %', '15.3 %')
    >>> share_text(0, 10**9 - 1, "en"), share_text(0, 5 * 10**6, "en"), share_text(1, 10**12, "en")
    ('< 0.1 %', '0–5 mg/kg', '> 0 %')
    >>> share_text(1000012345, 1000012346, "en")
    '0.1–0.1001 %'
    >>> share_text(1000012345, 1000012346, "en", limit_ppt=10**9)
    '0.100001–0.1001 %'
    """
    low, high, over, under = _ends(low_ppt, high_ppt)
    unit, name = (_PERCENT, "%") if max(low, high) >= _LEAST_PERCENT or not high else (_MG_PER_KG, "mg/kg")
    low, high = _shown(low, limit_ppt, up=False), _shown(high, limit_ppt, up=True)
    least, most = (number_text(Decimal(share) / unit, language) for share in (low, high))
    if low == high and not over and not under:
        return f"{least} {name}"
    if under and not low:
        return f"< {most} {name}"
    if over and high == _WHOLE:
        return f"> {least} {name}"
    return f"{'>' * over}{least}–{'<' * under}{most} {name}"


def _ends(low: int, high: int) -> tuple[int, int, bool, bool]:
    """The ends as they were written, and whether they are open: 0.0999…9 % was `< 0.1 %`."""
    written = high - low > 1  # a share computed with care is no wider than that
    over = written and (low == 1 or (low > 1 and _digits(low - 1) < _digits(low)))
    under = written and high < _WHOLE and _digits(high + 1) < _digits(high)
    return low - over, high + under, over, under


def _digits(share: int) -> int:
    """How many digits it takes to write the share in any decimal unit.

    >>> _digits(153 * 10**9), _digits(0)
    (3, 1)
    """
    return max(1, len(str(share).rstrip("0")))


def _shown(share: int, limit: int | None, *, up: bool) -> int:
    """The share as it is shown: itself if short, else rounded outwards, never onto or over the limit.

    >>> _shown(123456789012, None, up=False), _shown(123456789012, None, up=True)
    (123400000000, 123500000000)
    """
    length = len(str(share))
    for digits in range(_ENOUGH if _digits(share) > _LONGEST else length, length):
        place: int = 10 ** (length - digits)
        rounded = -(-share // place) * place if up else share // place * place
        if limit is None or (rounded > limit) - (rounded < limit) == (share > limit) - (share < limit):
            return min(rounded, _WHOLE)
    return share
