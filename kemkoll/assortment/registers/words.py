"""The words that a buyer's files choose from, in Swedish and English, as the database keeps them."""

from __future__ import annotations

import re
from collections.abc import Callable

ROLES = {
    "manufacturer": r"tillverkare|producent|manufacturer|producer",
    "importer": r"importör|importer",
    "agent": r"agent|ombud|(auktoriserad )?representant|((eu )?authori[sz]ed )?representative",
    "distributor": r"distributör|distributor|återförsäljare|grossist|reseller|wholesaler|leverantör|supplier",
}
CONTACTS = {
    "skin": r"(intakt )?hud(kontakt)?|(intact )?skin( contact)?|kontakt med huden",
    "mucous": r"slemhinn(a|or)|slemhinnekontakt|mucous( membranes?)?( contact)?|mucosa",
    "tissue": r"vävnad|sår(yta)?|tissue|wound|skadad hud|breached skin",
    "invasive": r"invasiv(t)?|invasive|blod(bana|kontakt)?|blood( contact)?",
    "fluid": r"vätske(väg|förande|bana)|fluid( path)?|läkemedel|gasväg",
    "none": r"ingen( kontakt)?|none|no( contact)?|inte|ej|nej",
}
PATIENTS = {
    "neonates": r"nyfödda?|neonat(al|er|es)?|neonates?|för tidigt födda|prematur(er|a)?|newborns?",
    "children": r"barn|pediatri(k|sk|c)|child(ren)?|spädbarn|ungdomar",
    "pregnant": r"gravida?|pregnant( women)?|ammande|gravida kvinnor",
    "adults": r"vuxna?|adults?",
}
BINDINGS = {
    "frozen": r"fryst|frysta|frusen|frozen|låst|fast(ställd)?|fixed",
    "following": r"följande|följer|följsam|löpande|följ|following|follows|dynamisk|dynamic",
}
SUCCESSIONS = {
    "reformulated": r"omformuler(ad|ing)|(ny|ändrad) sammansättning|reformulat(ed|ion)",
    "replaced": r"ersatt(s)?|utbytt|ersättning|ny artikel|replaced|replacement|substitution",
    "renumbered": r"omnumrerad|nytt (artikel)?(nummer|nr)|nummerbyte|byte av nummer|renumbered|new number",
}
MDR = {
    "I": r"1|i",
    "Is": r"(1|i) ?s(teril)?|(1|i) steril",
    "Im": r"(1|i) ?m|(1|i) (mät|mätfunktion|measuring)",
    "Ir": r"(1|i) ?r|(1|i) (flergångs|reusable)",
    "IIa": r"(2|ii) ?a",
    "IIb": r"(2|ii) ?b",
    "III": r"3|iii",
}


def one_of(choices: dict[str, str]) -> Callable[[str], str | None]:
    """What reads one word of some.

    >>> one_of(ROLES)("Tillverkare"), one_of(BINDINGS)("fryst"), one_of(ROLES)("kund")
    ('manufacturer', 'frozen', None)
    """

    def parse(text: str) -> str | None:
        plain = " ".join(re.sub(r"[^\w]+", " ", text.casefold().replace("_", " ")).split())
        exact = next((word for word in choices if word.casefold() == plain), None)
        return exact or next((word for word, also in choices.items() if re.fullmatch(also, plain)), None)

    return parse


def parse_mdr_class(text: str) -> str | None:
    """The class of a medical device.

    >>> parse_mdr_class("Klass IIa"), parse_mdr_class("1s"), parse_mdr_class("IV")
    ('IIa', 'Is', None)
    """
    return one_of(MDR)(re.sub(r"(?i)^\s*(mdr|klass|class|\W)+", "", text))


def parse_patients(text: str) -> str | None:
    """The groups of patients, each once, by spaces, in one order; None where a part is not understood.

    >>> parse_patients("Barn och nyfödda"), parse_patients("adults, children"), parse_patients("hästar")
    ('neonates children', 'children adults', None)
    """
    exact = text.split()
    pieces = exact if all(it in PATIENTS for it in exact) else re.split(r"[,;/+&\n]|\boch\b|\band\b", text)
    found = [one_of(PATIENTS)(piece) for piece in pieces if piece.strip()]
    return None if None in found or not found else " ".join(word for word in PATIENTS if word in found)
