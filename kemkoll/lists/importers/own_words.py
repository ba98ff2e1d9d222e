"""The words of a list of one's own, in Swedish and English: severities, uses, limits, criteria."""

from __future__ import annotations

import re

from kemkoll.quantities import parse_amount
from kemkoll.tables import Basis, Condition

HEADERS = {
    "name": ["name", "namn", "substance", "substance name", "ämne", "ämnesnamn"],
    "name_sv": ["swedish name", "name sv", "svenskt namn", "namn sv"],
    "official": ["number", "no", "nummer", "nr", "post", "entry"],
    "cas": ["cas", "cas no", "cas nr", "cas number", "cas nummer"],
    "ec": ["ec", "eg", "ec no", "ec nr", "eg nr", "ec number", "eg nummer", "ec nummer"],
    "criterion": ["criterion", "criteria", "kriterium", "kriterier"],
    "severity": ["severity", "allvarlighetsgrad", "allvarlighet", "level", "nivå", "action", "åtgärd"],
    "since": ["since", "from", "applies from", "gäller från", "från", "från och med", "fr o m"],
    "end": [
        "end date",
        "end",
        "last day",
        "until",
        "slutdatum",
        "sista dag",
        "till och med",
        "t o m",
        "gäller till",
        "gäller t o m",
        "applies until",
        "valid until",
    ],
    "use": ["use", "uses", "sub list", "sublist", "användning", "användningsområde", "dellista"],
    "limit": ["limit", "limit value", "gräns", "gränsvärde", "halt", "haltgräns"],
    "basis": ["basis", "bas", "of", "räknas på"],
    "reason": ["reason", "skäl", "motiv", "motivering", "orsak"],
    "reference": ["reference", "referens", "source", "källa", "beslut", "decision"],
}
"""The headers of a list of one's own."""

_SEVERITIES = {
    "phase_out": "phase_out phase-out phaseout avveckla avvecklas avveckling avvecklingsämne utfasning "
    "utfasningsämne förbjud förbjuden förbud ban",
    "restrict": "restrict restricted begränsa begränsas begränsning minska minskas minskning minskningsämne "
    "riskminskning reduce",
}
_USES = {
    "medical_device": "medicinteknik medicintekniska medicinteknisk medicintekniskaprodukter medical "
    "medicaldevice medicaldevices",
    "invasive_or_fluid_path": "invasiv invasiva invasive vätskeväg fluidpath",
    "toy_or_childcare": "leksak leksaker toys toy barn barnartiklar barnavård childcare children",
    "electrical_equipment": "elektronik electronics electrical elektrisk elutrustning it itutrustning",
    "textile": "textil textilier textile textiles kläder clothing",
    "leather": "läder leather",
    "jewellery": "smycken jewellery",
    "skin_contact": "hudkontakt skincontact",
    "mucous_contact": "slemhinnekontakt mucouscontact",
    "food_contact": "livsmedelskontakt foodcontact",
    "outdoor": "utomhus outdoor outdoors",
    "single_use": "engångs engångsartiklar engångsmaterial singleuse disposable",
    "rubber_or_plastic": "plast plaster gummi plastic plastics rubber",
    "plasticised": "mjukplast mjukgjord plasticised",
    "has_pvc": "pvc",
    "laboratory_device": "laboratorium laboratorieutrustning laboratory",
    "vehicle_or_aircraft": "fordon vehicles vehicle",
    "chemical_product": "kemisk kemiskaprodukter kemiskprodukt kemikalier chemicalproduct chemicalproducts",
    "recycled_material": "återvunnet återvunnen recycled",
    "painted": "målad målade färg painted",
}
_BASES = {
    "article": "vara varan article artikel product produkt",
    "component": "beståndsdel del component part",
    "homogeneous_material": "material homogentmaterial homogeneousmaterial",
    "mixture": "blandning mixture",
}
_EVERYWHERE = {
    "",
    "all",
    "alla",
    "allt",
    "any",
    "general",
    "generell",
    "generellt",
    "alla användningar",
    "all uses",
}
_ANYTHING = re.compile(
    r"0+(?:[.,]0+)? ?%?|any|none|presence|förekomst|förbud|ban|nolltolerans", re.IGNORECASE
)
_HAZARDS = {
    "Carc": r"carc|cancer|karcinogen|\bcmr\b",
    "Muta": r"\bmut|arvsanlag|\bcmr\b",
    "Repr": r"\brepr|fortplantning|fertil|\bcmr\b",
}
_LISTS = {
    "eu-reach-candidate": r"kandidat|candidate|\bsvhc\b",
    "eu-reach-authorisation": r"\bxiv\b|authori[sz]ation|tillstånd",
    "eu-reach-restriction": r"\bxvii\b|restriction list|begränsningslist",
    "endocrine-suspected": r"(?:suspected|misstänkt).*(?:endocrin|hormonst)",
    "eu-endocrine": r"endocrin|hormonst",
    "eu-pops": r"\bpops?\b|långlivade organiska",
    "eu-rohs": r"\brohs\b",
    "pfas": r"\bpfas\b|perfluor|högfluor",
    "phthalates": r"phthalate|ftalat",
    "bisphenols": r"bisphenol|bisfenol",
    "organotins": r"organotin|tennorgan|organiska tenn",
    "brominated-flame-retardants": r"brominated flame|bromerade flam",
    "us-ca-prop65": r"prop(?:osition)?\.? ?65",
}
_WRITTEN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+(?:/[a-z0-9.-]+)?(?:\?.+)?")


def severity_of(text: str) -> str | None:
    """`phase_out` or `restrict`; "" where nothing is said, None where it is not understood.

    >>> severity_of("Avveckla"), severity_of("begränsa"), severity_of(""), severity_of("kanske")
    ('phase_out', 'restrict', '', None)
    """
    said = text.strip().casefold()
    return next((name for name, words in _SEVERITIES.items() if said in words.split()), None if said else "")


def conditions_of(text: str) -> list[str] | None:
    """The conditions of a sub-list, one for each use that the cell names; None where one is not understood.

    >>> conditions_of("Leksaker; textil"), conditions_of("alla"), conditions_of("textile + skin contact")
    (['toy_or_childcare', 'textile'], [''], ['textile skin_contact'])
    >>> conditions_of("rymdfart")
    """
    if text.strip().casefold() in _EVERYWHERE:
        return [""]
    uses = [use for use in re.split(r"[;,/\n]|\boch\b|\band\b", text) if use.strip()]
    made = []
    for use in uses:
        words = [_condition(word) for word in use.split("+")]
        if None in words:
            return None
        made.append(" ".join(word for word in words if word))
    return list(dict.fromkeys(made))


def _condition(text: str) -> str | None:
    said = "_".join(text.strip().casefold().split())
    if said.removeprefix("!") in Condition.__members__:
        return said
    plain = re.sub(r"[^\w]|_", "", said)
    first = re.split(r"[^\w]|_", said)[0]
    for form in (plain, first):
        for condition, words in _USES.items():
            if form in words.split():
                return condition
    return None


def basis_of(text: str) -> str | None:
    """What a limit is a share of; the component where nothing is said, None where it is not understood.

    >>> basis_of("homogent material"), basis_of("mixture"), basis_of(""), basis_of("hink")
    ('homogeneous_material', 'mixture', 'component', None)
    """
    said = re.sub(r"[^\w]|_", "", text.casefold())
    if not said:
        return "component"
    if text.strip() in set(Basis):
        return text.strip()
    return next((basis for basis, words in _BASES.items() if said in words.split()), None)


def limit_of(text: str) -> tuple[str, str, str] | None:
    """Limit, operator and measure; three times "" where nothing is said, None where it is not understood.

    >>> limit_of(">= 0,1 %"), limit_of("1000 ppm"), limit_of("förbud"), limit_of("lite")
    (('0,1 %', '>=', 'substance'), ('1000 ppm', '>', 'substance'), ('', '>', 'presence'), None)
    """
    said = text.strip()
    if not said:
        return "", "", ""
    operator = ">=" if said.startswith((">=", "≥")) else ">"
    said = said.lstrip(">=≥ ")
    if _ANYTHING.fullmatch(said):
        return "", ">", "presence"
    amount = parse_amount(said)
    if amount is None or amount.code or amount.low_ppt != amount.high_ppt:
        return None
    return said, operator, "substance"


def criteria_of(text: str) -> list[str]:
    """The members of kind `list` that a criterion means; none where it is not understood.

    >>> criteria_of("any substance classified Repr. 1A"), criteria_of("mutagen, kategori 1")
    (['eu-clp-cmr?Repr. 1A'], ['eu-clp-cmr?Muta. 1'])
    >>> criteria_of("cancerframkallande i kategori 1A eller 1B"), criteria_of("Kandidatförteckningen")
    (['eu-clp-cmr?Carc. 1A', 'eu-clp-cmr?Carc. 1B'], ['eu-reach-candidate'])
    >>> criteria_of("eu-reach-candidate/dehp"), criteria_of("allt som luktar")
    (['eu-reach-candidate/dehp'], [])
    """
    said = text.strip()
    if _WRITTEN.fullmatch(said):
        return [said]
    low = said.casefold()
    hazards = [name for name, words in _HAZARDS.items() if re.search(words, low)]
    categories = sorted(set(re.findall(r"\b1[ab]\b|(?<=1a/)b\b", low)))
    if hazards and categories:
        return [
            f"eu-clp-cmr?{hazard}. 1{category[-1].upper()}" for hazard in hazards for category in categories
        ]
    if hazards and re.search(r"\b1\b", low):
        return [f"eu-clp-cmr?{hazard}. 1" for hazard in hazards]
    return [name for name, words in _LISTS.items() if re.search(words, low)][:1]
