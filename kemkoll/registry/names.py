"""Substance names: the one form in which they are compared, and the shorter forms that are tried after the
whole.

Comparing is exact. What counts as the same name is only spelling that never tells two substances apart:

* letters large or small, composed or not, full width or not; soft hyphens and invisible marks are left out;
* Greek letters and their names: `α-`, `.alpha.-` and `alpha-`;
* hyphens and blanks: left out, but kept as one hyphen between two digits (`1,2-3` is not `1,23`);
* primes of every shape, and brackets of every shape.

Nothing is translated: Swedish and English names stand side by side in the registry. Commas, primes, numbers
and stereo marks are kept: they tell isomers apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from kemkoll.formulas import elements

_GREEK_NAMES = (
    *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu"),
    *("nu", "xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"),
)
GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψω",
        _GREEK_NAMES,
        strict=True,
    )
)
_HYPHENS = "-‐‑‒–—―−﹣－_"
_BLANKS = " \t\n\r\f\v\u00a0\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_PRIMES = "'’‘‛′`´ʹ＇"
_APART = "\x1f"
_FORM = str.maketrans(
    dict.fromkeys(_HYPHENS + _BLANKS + _INVISIBLE)
    | dict.fromkeys(_PRIMES, "'")
    | dict.fromkeys("[{", "(")
    | dict.fromkeys("]}", ")")
    | GREEK
    | {"ς": "sigma", "µ": "mu", _APART: "-"}
)
_BEFORE = str.maketrans(dict.fromkeys(_PRIMES, "'") | dict.fromkeys("“”″", "''") | dict.fromkeys(_INVISIBLE))
_ASCII_FORM = {code: _FORM.get(code, chr(code)) for code in range(128)}
_BETWEEN_DIGITS = re.compile(r"[\s\-_‐‑‒–—―−](?<=\d.)[\s\-_‐‑‒–—―−]*(?=\d)", re.DOTALL)
_DOTTED_GREEK = re.compile(r"\.(alpha|beta|gamma|delta|epsilon|kappa|lambda|mu|omega)\.")
_FOOTNOTE = re.compile(r"(?:\s*[*†‡§¹²³⁴⁵⁶⁷⁸⁹#]+|\s+\d{1,2}\)|[;,.:]+)\s*$")
_LAST_PARENTHESIS = re.compile(r"^(?P<before>.*?\S)\s*[(\[](?P<inside>[^()\[\]]*)[)\]]$", re.DOTALL)
_ABBREVIATION = re.compile(r"^(?![IVX]+$)[A-Z][A-Za-z0-9,\-]{1,9}$")
_ORDINARY_WORD = re.compile(r"^[A-Z]?[a-zåäöéü]{4,}$")


@lru_cache(maxsize=32_768)
def normal_name(text: str) -> str:
    """The form in which a name is compared.

    >>> normal_name("Bis(2-Ethylhexyl) Phthalate") == normal_name("bis(2-ethyl­hexyl)phthalate")
    True
    >>> normal_name("α-HBCDD"), normal_name("N,N´-dimethyl"), normal_name("1,2-3")
    ('alphahbcdd', "n,n'dimethyl", '1,2-3')
    """
    plain = text.isascii()
    text = text.lower() if plain else unicodedata.normalize("NFKC", text.translate(_BEFORE)).casefold()
    text = _BETWEEN_DIGITS.sub(_APART, text)
    if "." in text:
        text = _DOTTED_GREEK.sub(r"\1", text)
    return text.replace('"', "''").translate(_ASCII_FORM if plain else _FORM)


def without_footnote(text: str) -> str:
    """The name without a footnote mark or a full stop at its end.

    >>> without_footnote("Lead*"), without_footnote("Bly 1)"), without_footnote("lead(II) oxide")
    ('Lead', 'Bly', 'lead(II) oxide')
    """
    return _FOOTNOTE.sub("", text.strip())


def in_parenthesis(text: str) -> tuple[str, str] | None:
    """A name and what its last parenthesis holds; `None` where it does not end in one.

    >>> in_parenthesis("bisphenol A (BPA)"), in_parenthesis("chromium(VI) oxide")
    (('bisphenol A', 'BPA'), None)
    """
    parts = _LAST_PARENTHESIS.match(text)
    return (without_footnote(parts["before"]), parts["inside"].strip()) if parts else None


def is_abbreviation(text: str) -> bool:
    """Whether a text looks like an abbreviation, which a parenthesis gives for what stands before it.

    An oxidation number, a formula or an ordinary word says something of its own.

    >>> [is_abbreviation(text) for text in ("BPA", "DnBP", "VI", "branched", "Organic", "NiO", "CrVI")]
    [True, True, False, False, False, False, False]
    """
    if not _ABBREVIATION.match(text) or _ORDINARY_WORD.match(text):
        return False
    return (text.isalpha() and text.isupper()) or elements(text) is None


def hashes(texts: Sequence[str]) -> npt.NDArray[np.uint64]:
    """A 64-bit number for each text, the same on every machine that has the same version of pandas.

    >>> int(hashes(["lead"])[0]) == int(hashes(["tin", "lead"])[1])
    True
    """
    from pandas.util import hash_array

    whole = np.empty(len(texts), dtype=object)
    whole[:] = texts
    return hash_array(whole, categorize=False)
