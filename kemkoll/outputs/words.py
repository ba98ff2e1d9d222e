"""The words for codes: what a person reads instead of `above_limit` or `homogeneous_material`.

Every sentence stands here in English, marked for translation; codes stay as they are in files for programs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from kemkoll.codes import PROBLEMS, REASONS
from kemkoll.i18n import N_, Translator, message_text, number_text
from kemkoll.messages import from_text

VERDICTS = {
    "not_listed": N_("not listed (everything disclosed)"),
    "not_applicable": N_("does not apply"),
    "below_limit": N_("within the limit"),
    "exempt": N_("exempt by law"),
    "listed": N_("listed"),
    "unknown": N_("unknown"),
    "review": N_("to be reviewed"),
    "above_limit": N_("above the limit"),
}
NOT_LISTED = {
    "assumed-complete": N_("not listed (assumed complete)"),
    "required-disclosed": N_("nothing that is required (everything disclosed)"),
}
"""What `not_listed` says by these reasons: others are silent about what nobody disclosed, or nobody asked."""

OUTCOMES = {
    "free": N_("free"),
    "below_limit": N_("below the limit"),
    "derogated": N_("let off by law"),
    "listed": N_("listed, no limit"),
    "waived": N_("deviation, waived"),
    "unknown": N_("unknown"),
    "review": N_("under review"),
    "deviation": N_("deviation"),
}

FORCES = {
    "law": N_("by law"),
    "contract": N_("by contract"),
    "should": N_("wished for by contract"),
    "watch": N_("watched only"),
}

BASES = {
    "article": N_("of the article"),
    "component": N_("of the component"),
    "homogeneous_material": N_("of the homogeneous material"),
    "plasticised_material": N_("of the plasticised material"),
    "mixture": N_("of the mixture"),
}
MEASURES = {
    "substance": "",
    "substance_or_sum": "",
    "sum": N_("all of the group together"),
    "element": N_("counted as {element}"),
    "presence": N_("any presence"),
    "released_amine": N_("released amine"),
    "release": N_("released amount"),
}
EVIDENCE_LEVELS = (
    N_("no evidence"),
    N_("statement without edition"),
    N_("statement"),
    N_("declared content"),
    N_("third-party label"),
    N_("accredited analysis"),
)
ROUTES = {
    "cas": N_("by CAS number"),
    "ec": N_("by EC number"),
    "inchikey": N_("by structure"),
    "skeleton": N_("by structure, spatial form aside"),
    "parent": N_("as a salt or form of a member"),
    "element": N_("as a compound of the element"),
    "group": N_("by the group's rule"),
    "material": N_("by what the material is called"),
    "function": N_("by what the substance does"),
    "name": N_("by name only"),
}
CONDITIONS = {
    "electrical_equipment": (
        N_("it is electrical or electronic equipment"),
        N_("it is not electrical or electronic equipment"),
    ),
    "medical_device": (N_("it is a medical device"), N_("it is not a medical device")),
    "invasive_or_fluid_path": (
        N_("it enters the body or leads fluids to or from it"),
        N_("it neither enters the body nor leads fluids to or from it"),
    ),
    "toy_or_childcare": (
        N_("it is a toy or childcare article"),
        N_("it is neither a toy nor a childcare article"),
    ),
    "mouthable": (N_("children can put it in their mouths"), N_("children cannot put it in their mouths")),
    "skin_contact": (N_("it touches the skin"), N_("it does not touch the skin")),
    "prolonged_skin_contact": (
        N_("it touches the skin for long, or for short times again and again"),
        N_("it touches the skin neither for long nor again and again"),
    ),
    "mucous_contact": (N_("it touches mucous membranes"), N_("it does not touch mucous membranes")),
    "jewellery": (N_("it is jewellery"), N_("it is not jewellery")),
    "textile": (N_("it is a textile"), N_("it is not a textile")),
    "leather": (N_("it is leather"), N_("it is not leather")),
    "washable": (N_("it can be washed in water"), N_("it cannot be washed in water")),
    "food_contact": (N_("it touches food"), N_("it does not touch food")),
    "outdoor": (N_("it is used outdoors only"), N_("it is not used outdoors only")),
    "industrial_only": (N_("it is for industrial use only"), N_("it is not only for industrial use")),
    "supply_to_public": (
        N_("it is supplied to the general public"),
        N_("it is not supplied to the general public"),
    ),
    "recycled_material": (N_("it is of recycled material"), N_("it is not of recycled material")),
    "plasticised": (
        N_("it has parts of plasticised material"),
        N_("it has no parts of plasticised material"),
    ),
    "rubber_or_plastic": (
        N_("it has parts of rubber or plastic"),
        N_("it has no parts of rubber or plastic"),
    ),
    "single_use": (N_("it is for single use"), N_("it is not for single use")),
    "laboratory_device": (N_("it is a laboratory device"), N_("it is not a laboratory device")),
    "vehicle_or_aircraft": (N_("it is for vehicles or aircraft"), N_("it is not for vehicles or aircraft")),
    "chemical_product": (
        N_("it is itself a mixture, such as a paint or a soap"),
        N_("it is not itself a mixture"),
    ),
    "has_pvc": (
        N_("it has parts of PVC"),
        N_("it has no parts of PVC"),
    ),
    "listed_plastic": (
        N_("it has parts of a plastic that entry 23 of REACH Annex XVII names"),
        N_("it has no parts of a plastic that entry 23 of REACH Annex XVII names"),
    ),
    "painted": (
        N_("it is painted"),
        N_("it is not painted"),
    ),
    "plated": (
        N_("it is plated with metal"),
        N_("it is not plated with metal"),
    ),
    "treated_wood": (
        N_("it is of wood treated with a preservative"),
        N_("it is not of wood treated with a preservative"),
    ),
    "sensitive_patients": (
        N_("it is used on newborns, children, or pregnant or breastfeeding women"),
        N_("it is not used on newborns, children, or pregnant or breastfeeding women"),
    ),
    "large_volume": (
        N_("it is bought in large volumes"),
        N_("it is not bought in large volumes"),
    ),
}
"""Each condition said of an article, and its opposite."""

IN_OUR_WORDS = frozenset(
    {"file-binary", "file-disguised", "file-too-large", "file-unreadable", "table-unused"}
)
"""The problems whose {found} and {suggestion} are what kemkoll says, not what a supplier wrote."""

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]+")
ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
"""What stands around a supplier's text in a sentence; no supplier's text can hold them itself."""
IN_ENGLISH = "\u2066"
"""What stands before a text in English in a sentence of another language; `POP_ISOLATE` ends it."""
_TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
_LONGEST_FOUND = 160


def verdict_text(verdict: str, reason: str, _: Translator) -> str:
    """The verdict in words; what is not listed only by assumption, or among what is asked, says that.

    >>> from kemkoll.i18n import translator
    >>> verdict_text("not_listed", "assumed-complete", translator("en"))
    'not listed (assumed complete)'
    """
    said = NOT_LISTED.get(reason) if verdict == "not_listed" else None
    return _(said or VERDICTS[verdict])


def count_text(verdict: str, reason: str, n: int, _: Translator) -> str:
    """How many verdicts of a kind there are, in words.

    >>> from kemkoll.i18n import translator
    >>> [count_text("not_applicable", "", n, translator("en")) for n in (1, 4)]
    ['1 does not apply', '4 do not apply']
    """
    said = {
        "not_listed": _.ngettext(
            "{n} not listed (everything disclosed)", "{n} not listed (everything disclosed)", n
        ),
        "not_applicable": _.ngettext("{n} does not apply", "{n} do not apply", n),
        "below_limit": _.ngettext("{n} within the limit", "{n} within the limit", n),
        "exempt": _.ngettext("{n} exempt by law", "{n} exempt by law", n),
        "listed": _.ngettext("{n} listed", "{n} listed", n),
        "unknown": _.ngettext("{n} unknown", "{n} unknown", n),
        "review": _.ngettext("{n} to be reviewed", "{n} to be reviewed", n),
        "above_limit": _.ngettext("{n} above the limit", "{n} above the limit", n),
    }[verdict]
    if verdict == "not_listed" and reason == "assumed-complete":
        said = _.ngettext("{n} not listed (assumed complete)", "{n} not listed (assumed complete)", n)
    return said.format(n=number_text(n, _.language))


def found_texts(counts: Mapping[str, int], _: Translator) -> list[tuple[str, str]]:
    """What was found for certain beside a verdict that is only doubt: levels, and how many entries in words.

    Args:
        counts: entries by the level of their findings, `listed` and `exempt`.
        _: the language.

    >>> from kemkoll.i18n import translator
    >>> found_texts({"listed": 2, "exempt": 0}, translator("en"))
    [('listed', '2 listed')]
    """
    return [
        (level, count_text(level, "", counts[level], _))
        for level in ("listed", "exempt")
        if counts.get(level)
    ]


def condition_text(condition: str, facts: Mapping[str, bool], _: Translator) -> str:
    """What nobody has said yet of all that must hold for a limit to apply.

    Args:
        condition: names of conditions, by spaces; `!` before one that must not hold.
        facts: what is known about the article.

    >>> from kemkoll.i18n import translator
    >>> condition_text("textile !leather", {"textile": True}, translator("en"))
    'it is not leather'
    """
    terms = [_term(term) for term in condition.split()]
    open_terms = [(name, wanted) for name, wanted in terms if name not in facts] or terms
    return _(" and ").join(_said(name, wanted, _) for name, wanted in open_terms)


def obstacle_text(condition: str, facts: Mapping[str, bool], _: Translator) -> str:
    """What keeps a limit from applying: the facts against it, or all that could be.

    >>> from kemkoll.i18n import translator
    >>> obstacle_text("textile skin_contact", {"textile": False}, translator("en"))
    'it is not a textile'
    """
    terms = [_term(term) for term in condition.split()]
    against = [(name, wanted) for name, wanted in terms if name in facts and facts[name] != wanted]
    between = _(" and ") if against else _(" or ")
    return between.join(_said(name, not wanted, _) for name, wanted in against or terms)


def _term(term: str) -> tuple[str, bool]:
    return term.lstrip("!"), not term.startswith("!")


def _said(name: str, holds: bool, _: Translator) -> str:
    yes, no = CONDITIONS.get(name, (name, f"!{name}"))
    return _(yes if holds else no)


def reason_text(
    code: str, _: Translator, condition: str = "", facts: Mapping[str, bool] | None = None
) -> str:
    """The sentence that says why.

    >>> from kemkoll.i18n import translator
    >>> reason_text("condition-unknown", translator("en"), "textile")
    'It applies if it is a textile, and nobody has said whether that is so.'
    """
    sentence = _(REASONS.get(code, code))
    if "{condition}" not in sentence:
        return sentence
    said = condition_text if code == "condition-unknown" else obstacle_text
    return sentence.replace("{condition}", said(condition, facts or {}, _) or "…")


def problem_text(code: str, found: str, suggestion: str, _: Translator) -> str:
    """The sentence that says what is wrong; without a proposal, the part that would make one is left out.

    >>> from kemkoll.i18n import translator
    >>> problem_text("cas-check-digit", "117-81-8", "117-81-7", translator("en"))
    '“117-81-8” is not a CAS number: its check digit does not fit. Is it 117-81-7?'
    >>> problem_text("cas-check-digit", "117-81-8", "", translator("en"))
    '“117-81-8” is not a CAS number: its check digit does not fit.'
    """
    sentence = _(PROBLEMS.get(code, code))
    if not suggestion:
        parts = _SENTENCE_END.split(sentence.replace(" ({suggestion})", ""))
        kept = [part for part in parts if "{suggestion}" not in part or "{found}" in part or part == parts[0]]
        sentence = " ".join(kept).replace(": {suggestion}.", ".")
    proposals = _(" or ").join(suggestion.split(" | "))
    if code in IN_OUR_WORDS:
        found, proposals = _(found), _(proposals)
    if code.startswith("file-"):
        found = found.rstrip(". ")  # a whole sentence, which goes into another
    pieces = {"{found}": plain(found, _LONGEST_FOUND), "{suggestion}": plain(proposals, _LONGEST_FOUND)}
    said = re.sub(r"\{found\}|\{suggestion\}", lambda met: pieces[met[0]], sentence)
    return _TWO_STOPS.sub(".", said)


def error_text(message: str, error: str, _: Translator) -> str:
    """Why a file could not be read, in the reader's language.

    Args:
        message: as `tables.INPUTS` has it; empty in results that were made without it.
        error: the same in English.

    >>> from kemkoll.i18n import translator
    >>> error_text("", "a.xlsx is empty.", translator("en"))
    'a.xlsx is empty.'
    """
    return plain(message_text(from_text(message), _) if message else error)


def quoted(text: str, _: Translator) -> str:
    """The text in the language's quotation marks; nothing for no text.

    >>> from kemkoll.i18n import translator
    >>> quoted("tube", translator("en")), quoted("", translator("en"))
    ('“tube”', '')
    """
    return _("“{text}”").replace("{text}", text) if text else ""


def plain(text: str, longest: int | None = None) -> str:
    r"""A supplier's text on one line: nothing in it steers a terminal, and it is cut where it is too long.

    >>> plain("tube\n\x1b[31mred", 8)
    'tube [3…'
    """
    text = _CONTROL.sub(" ", text).strip()
    return text if longest is None or len(text) <= longest else text[: longest - 1] + "…"


def supplied(text: str, longest: int | None = None) -> str:
    r"""A supplier's text in a sentence, between marks that keep the direction it is written in to itself.

    >>> supplied("tube\u202e")
    '\u2068tube\u2069'
    """
    shown = plain(text, longest)
    return f"{ISOLATE}{shown}{POP_ISOLATE}" if shown else ""


def of_the_law(text: str, _: Translator) -> str:
    """A text of the law, which is in English in the lists; between marks where the sentence is not.

    >>> from kemkoll.i18n import translator
    >>> of_the_law("entry 51", translator("en")), len(of_the_law("entry 51", translator("sv")))
    ('entry 51', 10)
    """
    shown = plain(text)
    return f"{IN_ENGLISH}{shown}{POP_ISOLATE}" if shown and _.language != "en" else shown


def unmarked(sentence: str) -> str:
    """The sentence without the marks around what a supplier or the law wrote.

    >>> unmarked(supplied("tube"))
    'tube'
    """
    return sentence.replace(ISOLATE, "").replace(IN_ENGLISH, "").replace(POP_ISOLATE, "")
