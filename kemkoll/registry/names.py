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

import numpy as np
import numpy.typing as npt

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
_ASCII_FORM = {code: chr(code) for code in range(128)} | {code: form for code, form in _FORM.items() if code < 128}
_BETWEEN_DIGITS = re.compile(r"[\s\-_‐‑‒–—―−](?<=\d.)[\s\-_‐‑‒–—―−]*(?=\d)", re.DOTALL)
_DOTTED_GREEK = re.compile(r"\.(alpha|beta|gamma|delta|epsilon|kappa|lambda|mu|omega)\.")
_FOOTNOTE = re.compile(r"(?:\s*[*†‡§¹²³⁴⁵⁶⁷⁸⁹#]+|\s+\d{1,2}\)|[;,.:]+)\s*$")
_LAST_PARENTHESIS = re.compile(r"^(?P<before>.*?\S)\s*[(\[](?P<inside>[^()\[\]]*)[)\]]$", re.DOTALL)
_LABEL = re.compile(r"(?i)^(?:cas|ec|eg|ce|einecs|index)\b[\s\-.:a-z]*[\d\s-]+$")
_ABBREVIATION = re.compile(r"^(?![IVX]+$)[A-Z][A-Za-z0-9,\-]{0,9}$")
_ORDINARY_WORD = re.compile(r"^[A-Z]?[a-zåäöéü]{4,}$")


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


def shorter_names(text: str) -> list[str]:
    """What is tried, in order, where a name as written is unknown: without footnote marks, then without what
    a last parenthesis explains. Oxidation numbers and ordinary words in a parenthesis are part of the name.

    >>> shorter_names("Silver (Ag)"), shorter_names("Lead*"), shorter_names("bisphenol A (BPA) 1)")
    (['Silver'], ['Lead'], ['bisphenol A (BPA)', 'bisphenol A'])
    >>> shorter_names("chromium (VI)"), shorter_names("lead (organic)")
    ([], [])
    """
    found = []
    marked = _FOOTNOTE.sub("", text.strip())
    if marked and marked != text.strip():
        found.append(marked)
    parts = _LAST_PARENTHESIS.match(marked)
    if parts and is_explanation(parts["inside"]):
        found.append(_FOOTNOTE.sub("", parts["before"]))
    return found


def in_parenthesis(text: str) -> tuple[str, str] | None:
    """A name and what its last parenthesis holds; `None` where it has none.

    >>> in_parenthesis("aceton (propanon)")
    ('aceton', 'propanon')
    """
    parts = _LAST_PARENTHESIS.match(_FOOTNOTE.sub("", text.strip()))
    return (parts["before"], parts["inside"]) if parts else None


def is_explanation(inside: str) -> bool:
    """Whether a parenthesis only explains the name before it: an abbreviation, a formula or a number with
    its label.

    >>> [is_explanation(text) for text in ("BPA", "Ag", "CAS 117-81-7", "VI", "branched", "Organic")]
    [True, True, True, False, False, False]
    """
    inside = inside.strip()
    if _LABEL.match(inside) or re.fullmatch(r"[\d\s-]{7,14}", inside):
        return True
    return bool(_ABBREVIATION.match(inside)) and not _ORDINARY_WORD.match(inside)


def hashes(texts: Sequence[str]) -> npt.NDArray[np.uint64]:
    """A 64-bit number for each text, the same on every machine that has the same version of pandas.

    >>> int(hashes(["lead"])[0]) == int(hashes(["tin", "lead"])[1])
    True
    """
    from pandas.util import hash_array

    whole = np.empty(len(texts), dtype=object)
    whole[:] = texts
    return hash_array(whole, categorize=False)
