"""Words that suppliers answer with: lists, yes and no, dates, bases, conditions."""

from __future__ import annotations

import datetime as dt
import re
from difflib import get_close_matches
from functools import lru_cache

from kemkoll.paths import own_lists
from kemkoll.tables import Answer, Basis, Condition, Intended

LIST_IDS = (
    "eu-reach-candidate",
    "eu-reach-authorisation",
    "eu-reach-restriction",
    "eu-rohs",
    "eu-pops",
    "eu-clp-cmr",
    "eu-endocrine",
    "endocrine-suspected",
    "eu-mdr-10-4",
    "us-ca-prop65",
    "phthalates",
    "bisphenols",
    "pfas",
    "organotins",
    "brominated-flame-retardants",
    "antimicrobials",
    "materials",
    "substance-groups",
)
"""Ids of the substance lists that ship."""

_LISTS = (
    (
        "eu-reach-candidate",
        r"candidate|kandidat|svhc|särskilt farliga ämnen|very high concern|eureach|article 59",
    ),
    ("eu-rohs", r"\b(eu)?rohs|2011 65|elektriska och elektroniska"),
    ("eu-reach-authorisation", r"annex xiv|bilaga xiv|authori[sz]ation|tillståndslista|tillståndspliktig"),
    ("eu-reach-restriction", r"annex xvii|bilaga xvii|restriction|begränsningslista|reach begränsning"),
    ("eu-pops", r"\bpops?\b|2019 1021|persistent organic|långlivade organiska"),
    ("eu-mdr-10-4", r"\bmdr\b|2017 745|10 4 1"),
    ("eu-clp-cmr", r"\bcmr\b"),
    ("endocrine-suspected", r"(suspected|misstänkt\w*|potentiell\w*) (endocrine|hormonstörande)"),
    ("eu-endocrine", r"endocrine|hormonstörande"),
    ("us-ca-prop65", r"prop(osition)? ?65"),
    ("phthalates", r"\bphthalates?\b|\bftalat(er|erna|list\w*)?\b"),
    ("bisphenols", r"bisphenol|bisfenol"),
    ("pfas", r"\bpfas|per och polyfluor|per and polyfluor"),
    ("organotins", r"organotin|tennorgan"),
    ("brominated-flame-retardants", r"brominated flame|bromerade flam"),
    ("antimicrobials", r"antimicrobial|antibakteriell"),
    ("substance-groups", r"groups of substances by chemistry|ämnesgrupper efter kemisk struktur"),
)
LIST_NAMES = "|".join(pattern for _, pattern in _LISTS)
_ELSEWHERE = re.compile(
    r"\b(chin(a|ese)|kin(a|as|esisk\w*)|korea\w*|k reach|turk\w*|türk\w*|uk|gb|united kingdom|great britain"
    r"|brit\w*|storbritannien|engl(and|isk\w*)|usa|united states|amerika\w*|american|tsca|calif\w*"
    r"|kaliforni\w*|japan\w*|taiwan\w*|indi(a|an|en)|vietnam\w*|russia\w*|ryss\w*|eaeu|ukrain\w*|swiss|switzerland"
    r"|schweiz\w*|canad\w*|kanad\w*|bra[sz]il\w*|mexi[ck]\w*|australi\w*|singapor\w*|thai\w*|israel\w*|saudi\w*|uae)\b"
)
"""Other countries: their lists have the names of the Union's."""
_US = re.compile(r"\bU\.?S\b(?!-ca)")
_ONE_SUBSTANCE = re.compile(
    r"\b(dehp|dbp|bbp|dibp|dinp|didp|dnop|dnhp|dipp|dpp|dchp|dmep|deht|dotp|bp[abfs]|bpaf|tbbpa|pfo[as]|pfhx[as]"
    r"|pfba|pfna|pfda|tbt|dbt|dot|tpt|hbcdd?|pbbs?|pbdes?|decabde|[sm]ccps?|tcep|triclosan|triklosan|lead|bly|pb"
    r"|cadmium|kadmium|cd|mercury|kvicksilver|hg|cr ?(6|vi)|hexavalent\w*|sexvärt\w*|arsenik|arsenic|nickel"
    r"|nanosilver|bis(ph|f)enol (a|af|ap|b|f|s|z))\b|yl ?(phthalate|ftalat)\b|\b\d{2,7} \d\d \d\b"
    r"|\b(except|excluding|utom|förutom)\b"
)
"""A single substance beside the name of a list: the text is not about the whole list."""

_NARROWER = re.compile(
    r"\b(förpackning\w*|emballage\w*|packag(e|ing)|packing|2002 95|rohs ?(1|i|5|6)|exkl\w*|excl\w*)\b"
)
"""A part of what is bought, or a part of the list or an older one: the text is not about the whole list."""
_TURNED = re.compile(
    r"\b(ej|inte|icke|inga|inget|ingen|utan|not|non|without|un)\b|\bno\b(?! ?\d)|\b(saknar|lacks)\b"
)
"""A denial in the question: nobody can say whether “no” denies it once more."""
_CLAIMS = re.compile(
    r"(fri|fria|fritt|free)\b|\b(compliant|compliance|conform\w*|uppfyller|överensstämm\w*)\b"
)

_YES = r"(yes|ja|y|true|sant|x|1|kyllä|oui|☒|☑)"
_NO = r"(no|nej|n|false|falskt|0|ei|non|nei)"
_UNKNOWN = (
    r"(unknown|okänt|okänd|vet ej|vet inte|do not know|don t know|not known|ej känt|oklart|uppgift saknas)"
)
_TAIL = (
    r"(any|some|några?|the|of|on|in|from|i|på|av|this|de|listed|listade?|list|listan|substances?|ämnen?|upptagna"
    r"|present|declared|deklarerade|reach|svhcs?|särskilt farliga|very high concern|eu|article|artikeln"
    r"|product|produkten|varan|candidate|kandidatlist(an?|ans)|kandidatförteckning(en|ens)?|rohs|pops?|pfas|cmr|mdr"
    r"|phthalates|ftalater|bisphenols|bisfenoler|prop(osition)? ?65"
    r"|(above|over|exceeding|över)( (0 1|the (limit|limits|threshold)|gräns(en|erna|värdet|värdena)))"
    r"|w w|by weight|viktprocent)"
)
"""Words that may follow "does not contain" and leave nothing out."""
_ANSWERS = (
    (Answer.do_not_know, _UNKNOWN + r"|do not know|not assessed|ej bedömt"),
    (
        Answer.none_above_limit,
        r"none( above( the)? limit)?|no|nej|n|false|inga?|below limit|none present|not present"
        rf"|(innehåller (ej|inte|inga|inget)|(does|do) not contain|no substances?|inga ämnen)( {_TAIL})*"
        rf"|(fri från|free (from|of))( {_TAIL})+"
        r"|under gränsvärdet|inget( över gränsvärdet)?|inga över gränsvärdet|none declared|ej förekommande"
        r"|förekommer (ej|inte)",
    ),
    (
        Answer.contains,
        r"contains?|yes|ja|y|true|innehåller|present|above( the)? limit|över gränsvärdet|förekommer",
    ),
)
_BASES = (
    (Basis.plasticised_material, r"plastici[sz]ed( material)?|mjukgjort( material)?"),
    (Basis.homogeneous_material, r"(homogen(eous|t) )?material(et)?"),
    (Basis.component, r"(individual )?(component|part)|(ingående )?(del|komponent|beståndsdel)(en)?"),
    (Basis.article, r"(whole |complete |hela )?(article|product|artikeln?|vara|varan|produkten?)"),
    (Basis.mixture, r"(mixture|blandning(en)?|kemisk produkt)"),
)
_CONDITIONS = (
    (
        Condition.electrical_equipment,
        r"(elektrisk|elektronisk)( (eller|och) elektronisk)? utrustning|elektronik",
    ),
    (Condition.medical_device, r"medicinteknisk( produkt)?|medicinteknik"),
    (Condition.invasive_or_fluid_path, r"invasiv(t)?( eller vätskeförande)?|vätskeförande"),
    (
        Condition.toy_or_childcare,
        r"leksak(er)?( eller barn(avårds|vårds)?artikel)?|barn(avårds|vårds)?artikel",
    ),
    (Condition.mouthable, r"kan stoppas i munnen"),
    (Condition.skin_contact, r"(i )?(kontakt med huden|hudkontakt)"),
    (Condition.prolonged_skin_contact, r"(i )?(långvarig|lång) (kontakt med huden|hudkontakt)"),
    (Condition.mucous_contact, r"(i )?(kontakt med slemhinnor|slemhinnekontakt)"),
    (Condition.jewellery, r"smycken?|jewelry"),
    (Condition.textile, r"textil(ier)?|textiles"),
    (Condition.leather, r"läder|skinn"),
    (Condition.washable, r"tvättbar(t)?"),
    (Condition.food_contact, r"(i )?(kontakt med livsmedel|livsmedelskontakt)"),
    (
        Condition.outdoor,
        r"(används )?(bara|enbart|endast|uteslutande) utomhus|(used )?outdoors only",
    ),
    (Condition.industrial_only, r"(enbart|endast|bara) (för )?industriell(t)? (användning|bruk)"),
    (Condition.supply_to_public, r"(säljs|tillhandahålls|levereras) till allmänheten"),
    (Condition.recycled_material, r"återvunnet( material)?"),
    (Condition.plasticised, r"mjukgjor(d|t)( material)?|plasticized"),
    (Condition.rubber_or_plastic, r"gummi eller plast|plast eller gummi"),
    (Condition.single_use, r"engångs(bruk|artikel|produkt)|disposable"),
    (Condition.laboratory_device, r"laboratorieutrustning"),
    (Condition.vehicle_or_aircraft, r"(för )?fordon( eller flygplan| eller luftfartyg)?"),
    (Condition.chemical_product, r"(är en )?kemisk produkt"),
    (Condition.has_pvc, r"(innehåller|har delar av) pvc"),
    (Condition.listed_plastic, r"plast enligt post 23"),
    (Condition.painted, r"målad|lackerad"),
    (Condition.plated, r"(förnicklad|förkromad|förzinkad|pläterad|ytbehandlad med metall)"),
    (Condition.treated_wood, r"(träskyddsbehandlat|tryckimpregnerat|impregnerat) trä"),
    (Condition.sensitive_patients, r"känsliga patienter|känslig patientgrupp|sensitive patients?"),
    (Condition.large_volume, r"stor(a)? volym(er)?|large volumes?"),
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan", "feb", "mar", "apr", "maj may", "jun", "jul", "aug", "sep", "okt oct", "nov", "dec"), start=1
    )
    for name in names.split()
}


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w☒☑]+", " ", text.casefold()).split())


def list_ids() -> tuple[str, ...]:
    """Ids of the substance lists that a statement may name: the shipped ones, and the user's own."""
    own = sorted(about.parent.name for about in own_lists().glob("*/list.toml"))
    return tuple(dict.fromkeys((*LIST_IDS, *own)))


def parse_list(text: str) -> str:
    """The id of the substance list that a text names; "" where none is known.

    A text that names another country's list, or a single substance, names none that is known.

    >>> parse_list("Kandidatförteckningen"), parse_list("RoHS"), parse_list("Västra listan")
    ('eu-reach-candidate', 'eu-rohs', '')
    >>> parse_list("China RoHS"), parse_list("Phthalate DEHP")
    ('', '')
    """
    exact = text.strip().lower()
    return exact if exact in list_ids() else _shipped_list(text)


def parse_asked_list(text: str) -> str:
    """The id of the list that a cell asks about, beside which the answer stands; "" where the cell denies or
    claims something itself: “SVHC-free: no” is no “none”.

    >>> parse_asked_list("SVHC"), parse_asked_list("Fri från SVHC"), parse_asked_list("Innehåller ej SVHC")
    ('eu-reach-candidate', '', '')
    """
    plain = _plain(text)
    return "" if is_turned(text) or _CLAIMS.search(plain) else parse_list(text)


def is_turned(question: str) -> bool:
    """Whether a question denies what it asks about.

    >>> is_turned("Contains no SVHC"), is_turned("Contains SVHC (yes/no)"), is_turned("Regulation No 850")
    (True, False, False)
    """
    return _TURNED.search(re.sub(r"\byes( or)? no\b", "", _plain(question))) is not None


@lru_cache(maxsize=1024)
def _shipped_list(text: str) -> str:
    """The id of the shipped list that a text describes; "" for none."""
    plain = _plain(text)
    found = next((list_id for list_id, pattern in _LISTS if re.search(pattern, plain)), "")
    if _ONE_SUBSTANCE.search(plain) or _NARROWER.search(plain):
        return ""
    if found != "us-ca-prop65" and (_ELSEWHERE.search(plain) or _US.search(text)):
        return ""
    return found


@lru_cache(maxsize=4096)
def is_about(answer: str, listed: str) -> bool:
    """Whether an answer, by the list or limit that it names itself, may answer for a list.

    >>> is_about("does not contain phthalates", "REACH SVHC"), is_about("no", "REACH SVHC")
    (False, True)
    """
    of, own = parse_list(listed), parse_list(answer)
    return (not own or own == of) and (
        of == "eu-reach-candidate" or not re.search(r"\b0 1\b", _plain(answer))
    )


def near_lists(text: str) -> str:
    """Ids of the lists that are nearest to the text, by `|`; "" where none is near.

    >>> near_lists("bisphenol list"), near_lists("Västra listan")
    ('bisphenols', '')
    """
    return " | ".join(get_close_matches(text.strip().lower(), list_ids(), n=5, cutoff=0.6))


@lru_cache(maxsize=1024)
def parse_answer(text: str) -> Answer | None:
    """What the answer says about a list.

    >>> parse_answer("Nej") is Answer.none_above_limit, parse_answer("vet ej") is Answer.do_not_know
    (True, True)
    >>> parse_answer("Innehåller inga SVHC över 0,1 %").value
    'none_above_limit'
    >>> parse_answer("yes, see annex 7c"), parse_answer("free from DEHP but contains DBP")
    (None, None)
    """
    plain = _plain(text)
    if plain in {answer.value.replace("_", " ") for answer in Answer} | {answer.value for answer in Answer}:
        return Answer(plain.replace(" ", "_"))
    return next((answer for answer, pattern in _ANSWERS if re.fullmatch(pattern, plain)), None)


@lru_cache(maxsize=1024)
def parse_yes_no(text: str) -> Intended | None:
    """Yes, no or unknown; None where the text says none of them. An empty cell is unknown.

    >>> parse_yes_no("Ja").value, parse_yes_no("").value, parse_yes_no("kanske")
    ('yes', 'unknown', None)
    """
    plain = _plain(text)
    if not plain or re.fullmatch(_UNKNOWN, plain):
        return Intended.unknown
    if re.fullmatch(
        _YES + r"( .*added| avsiktlig\w*)?|intentional(ly)?( added)?|avsiktlig(t|en)?( tillsatt)?", plain
    ):
        return Intended.yes
    if re.fullmatch(
        _NO + r"|impurity|förorening|unintentional|oavsiktlig(t|en)?|not (intentional|added)", plain
    ):
        return Intended.no
    return None


@lru_cache(maxsize=1024)
def parse_basis(text: str) -> Basis | None:
    """What an amount is a share of.

    >>> parse_basis("homogent material"), parse_basis("hela varan"), parse_basis("lådan")
    (<Basis.homogeneous_material: 'homogeneous_material'>, <Basis.article: 'article'>, None)
    """
    plain = _plain(text).replace("_", " ")
    return next((basis for basis, pattern in _BASES if re.fullmatch(pattern, plain)), None)


@lru_cache(maxsize=1024)
def parse_condition(text: str) -> str:
    """The fact about an article that a text names; "" for none.

    >>> parse_condition("Medicinteknisk produkt"), parse_condition("food-contact"), parse_condition("magi")
    ('medical_device', 'food_contact', '')
    """
    key = re.sub(r"[\s-]+", "_", text.strip().casefold())
    if key in Condition.__members__:
        return key
    plain = _plain(text)
    return next((str(name) for name, pattern in _CONDITIONS if re.fullmatch(pattern, plain)), "")


@lru_cache(maxsize=4096)
def parse_conditions(text: str) -> tuple[tuple[str, bool], ...] | None:
    """The facts that a cell states: `medical_device=yes; textile=nej`; None where part of it is not
    understood.

    >>> parse_conditions("medical_device=yes; textile = nej")
    (('medical_device', True), ('textile', False))
    >>> parse_conditions("Medicinteknisk produkt"), parse_conditions("magic=yes")
    ((('medical_device', True),), None)
    """
    found: list[tuple[str, bool]] = []
    for part in re.split(r"[;,\n]", text):
        if not part.strip():
            continue
        name, _, value = part.partition("=") if "=" in part else part.partition(":")
        key = parse_condition(name)
        answer = parse_yes_no(value or "yes")
        if not key or answer is None:
            return None
        if answer is not Intended.unknown:
            found.append((key, answer is Intended.yes))
    return tuple(found)


@lru_cache(maxsize=4096)
def parse_date(text: str) -> str | None:
    """The day as ISO text; the first day where only month or year is given. None: not a date, or two days
    fit.

    >>> parse_date("29. August 2013"), parse_date("22.07.2019"), parse_date("27. juni 2018")
    ('2013-08-29', '2019-07-22', '2018-06-27')
    >>> parse_date("2016-10-03 11:08:02"), parse_date("juni 2024"), parse_date("03/04/2020")
    ('2016-10-03', '2024-06-01', None)
    """
    plain = text.strip().casefold()
    if found := re.match(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[t ][\d:.z+]+)?$", plain):
        return _day(found[1], found[2], found[3] or "1")
    if found := re.match(r"(\d{4})(\d\d)(\d\d)$", plain):
        return _day(*found.groups())
    if found := re.match(r"(\d{1,2})([./-])(\d{1,2})[./-](\d{4})$", plain):
        first, second = int(found[1]), int(found[3])
        if found[2] == "/" and first <= 12 and second <= 12 and first != second:
            return None
        return _day(found[4], found[3], found[1]) if second <= 12 else _day(found[4], found[1], found[3])
    if found := re.match(
        r"(?:(\d{1,2})(?:st|nd|rd|th)?[.\s/-]*)?([a-zå-ö]{3,})[.,\s/-]*(?:(\d{1,2}),?\s+)?(\d{4})$", plain
    ):
        month = _MONTHS.get(found[2][:3])
        return _day(found[4], str(month), found[1] or found[3] or "1") if month else None
    return f"{plain}-01-01" if re.fullmatch(r"(19|20)\d\d", plain) else None


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
