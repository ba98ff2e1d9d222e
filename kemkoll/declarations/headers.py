"""What a column header says: which column it is, in which unit, and of what its shares are shares."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kemkoll.declarations.answers import LIST_NAMES, is_turned, parse_condition, parse_list
from kemkoll.quantities import parse_unit


@dataclass(frozen=True, slots=True)
class Header:
    """One column of a supplier's table.

    Attributes:
        text: the header as written.
        field: which column it is (a key of `FIELDS`); "" for one that is not understood, `unused` for one
            that
            is understood and says nothing that is judged.
        unit: the unit that the header names: of a mass fraction or a mass.
        basis: what its mass fractions are fractions of; "" where the header does not say.
        about: the substance, list or condition that the header names, where its cells speak of that one.
    """

    text: str
    field: str
    unit: str | None = None
    basis: str = ""
    about: str = ""


_NUMBER = r"(nr|nummer|no|num|number|id|code|kod|ref)"
_ARTICLE = (
    r"(artikel|article|art|product|produkt|vara|varu|item|material|part|best|beställnings|e|rsk|ma|sku|mpn)"
)
_EXACT: tuple[tuple[str, str], ...] = (
    ("gtin", r"(gtin|ean)( ?(8|12|13|14))?( kod| code| nr| nummer| no| number)?|streckkod"),
    ("smiles", r"(canonical )?smiles( kod| code)?"),
    (
        "ec",
        r"(eg|ec|ce|ef|einecs|elincs)( (einecs|elincs|list|eg|ec|inventory))*( (nr|no|nummer|number|num"
        r"|id))?",
    ),
    (
        "complete_down_to",
        r"(complete|declared|reported|fullständig|redovisa[td]|deklarera[dt]) (down to|ned till)",
    ),
    ("valid_until", r"valid (until|to|through)|giltig(t|hetstid)?( (till|t o m|tom))?"),
    ("placed_on_market", r"(first )?placed on (the )?market|(släppt|utsläppt|utsläppande) på marknaden"),
    (
        "date",
        r"(declaration |issue |printed )?date|(deklarations|upprättande)?datum"
        r"|datum för upprättande( revidering)?"
        r"|issued( on)?|utfärda[dt]( den)?|upprättad( ändrad)?( den)?|this document was updated on"
        r"|printed on",
    ),
    (
        "supplier",
        r"(supplier|leverantör|leverantörens namn|leverandør|company|företags?namn|företag|manufacturer"
        r"|tillverkare|leverantör tillverkare)( name| namn)?",
    ),
    ("reason", r"reason for declaration|skäl till deklarationen"),
    ("list", r"list(a|e)?|ämneslista|substance list|list id|regelverk"),
    (
        "edition",
        r"edition|utgåva|list (version|date|edition)|listans (version|utgåva|datum)|listdatum"
        r"|(last )?review date( for the candidate list)?",
    ),
    ("answer", r"answer|svar|statement|intyg"),
    ("basis", r"basis|bas|basis of (amount|share)s?|haltens bas|andel av vad|avser"),
    (
        "intended",
        r"(intentionally|avsiktligt|medvetet) (added|tillsa(tt|ts))|avsiktlig( tillsats)?|intended"
        r"|intentional",
    ),
    ("derogation", r"(.* )?(derogation|exemption|undantag)s?( .*)?|exempt"),
    ("conditions", r"conditions?|villkor|facts|fakta"),
    ("function", r"(technical |teknisk )?(function|funktion|purpose|syfte)( of (the )?substance)?"),
    ("quantity", r"(quantity|qty|antal|number of units|units|pieces|pcs|stycken|st|antal .*)"),
    ("level", r"(bom |structure |struktur)?(level|nivå)"),
    ("parent", r"parent( component| part)?|ingår i( beståndsdel| komponent)?|part of|del av|moderdel"),
    (
        "material",
        r"(homogeneous|homogent|homogena|ingående)? ?material(s|et)?( group| name| namn| type| typ)?"
        r"|materialnamn"
        r"|materialgrupp",
    ),
    ("ingredients", r"beståndsdelar|ingrediens(er)?|ingredients?|components"),
    (
        "component",
        r"(construction )?element( subpart)?|(sub ?)?(component|part|assembly) ?(name|namn)?"
        r"|(del)?komponent(er)?"
        r"|beståndsdel(ens namn)?|(ingående )?del(ar)?|ingående material( och| eller)? komponenter"
        r"|part of complex article"
        r"|ingående komponent(er)?|construction element|konstruktionselement|byggdel|detalj|delnamn"
        r"|komponentnamn",
    ),
    (
        "article",
        _ARTICLE + r"(ens|s)? ?" + _NUMBER + r"|(artikel|article|sku|mpn|artikelidentitet|artnr|p n|pn)"
        r"|artikel nr id begrepp|(leverantörens |suppliers? )"
        + _ARTICLE
        + " ?"
        + _NUMBER
        + r"|ma nr|article or item number.*",
    ),
    (
        "article_name",
        r"(sales )?(product|produkt|vara|varu|article|artikel|item)(ns|ens|s)? ?(name|namn|benämning)?"
        r"|benämning|relevant products?|varuslag|produkter|products",
    ),
    (
        "name",
        r"(chemical |kemisk[at]? |ingående )?(substance|ämne|stof|substans|constituent|analyte)(s|n|er|r)?"
        r"( s)?( name| namn| cas name)?|ämnesnamn|ämnets namn|chemical( name)?|kemiskt namn|iupac( name"
        r"| namn)?"
        r"|(homogeneous )?materials? (chemical )?substances?( group)?|name substance|substance svhc"
        r"|chemical composition",
    ),
    ("any_name", r"name|namn"),
)
FIELDS = tuple(field for field, _ in _EXACT)
_UNUSED = re.compile(
    r"(no|nr|rad|row|line|pos|#|rev|revision|page|sida|package|body size|msl( no)?|product line"
    r"|sum( in total)?|summa|"
    r"subpart mass of total wt( %)?|total|remarks?|anmärkning(ar)?|notes?|noteringar?|comments?"
    r"|kommentar(er)?|övrigt|"
    r"övriga upplysningar|klassificering|(chemical )?classification|hazard.*|faro.*|scip( |$).*|category"
    r"|kategori|"
    r"vendor( industry names)?|trade name|handelsnamn|industry names|legislation|lagstiftning|application|"
    r"användningsområde|method|metod|varugrupp|dokument id|document id|rohs date|compliance date"
    r"|effective date|"
    r"land för sluttillverkning|organisationsnr.*|reason for (inclusion|admission)|date of admission"
    r"|optagelsesdato|"
    r"årsag for optagelse|reach( reg.*)?( nr| no| number)?|index( |$).*|.*(recycled|återvun|förnybar"
    r"|renewable).*|"
    r"ändringen avser|detection limit|mdl|loq|rapporteringsgräns|momsnummer|version|senast sparad|file|fil"
    r"|sheet|blad)"
)
_LIMIT = re.compile(
    r".*\b(threshold|gränsvärde|tröskelvärde|limit value|max(imum)? permitted)\b.*|limit|gräns"
)
_SYMBOLS = re.compile(
    r"(pb|cd|hg|cr ?(6|vi)|pbbs?|pbdes?|dehp|bbp|dbp|dibp|lead|cadmium|mercury|hexavalent chromium|bly"
    r"|kadmium|"
    r"kvicksilver|sexvärt krom)( (ppm|mg kg|%|halt|content|w w))*"
)
_SUBSTANCE_SHARE = re.compile(
    r"([^\W\d]{2,}?)s?(innehåll|indhold|halt|gehalt)|([^\W\d]{2,}) (content|concentration)"
)
_NOT_SUBSTANCES = {
    "total",
    "max",
    "min",
    "mass",
    "material",
    "ämnes",
    "vikt",
    "substance",
    "chemical",
    "average",
    "typical",
    "nominal",
    "weight",
    "average mass",
    "recycled",
    "upper",
    "lower",
}
_AMOUNT = re.compile(
    r"\b(halt(en)?|andel(en)?|innehåll|content|conc(entration)?|koncentration|amount|mängd|share|fraction"
    r"|percent(age)?|"
    r"procent|ppm|ppb|mg kg|w w|wt|weight|vikt|vægt|mass|massa|massprocent|viktprocent|vikts?andel"
    r"|massandel|levels?|"
    r"haltintervall|indhold|gehalt|composition)\b|%"
)
_MASS = re.compile(
    r"(mass(a|an)?|vikt(en)?|weight|wt|gewicht|materialvikt|materialmassa|produktvikt|komponentvikt)"
)
_MASS_UNIT = re.compile(r"(?:[\[(,]|\bin |\bi |_)\s*(mg|g|gram|kg|µg|μg|ug)\s*(?:[\])]|$)", re.IGNORECASE)
_BASES = (
    ("plasticised_material", r"plasticised|plasticized|mjukgjor"),
    (
        "article",
        r"total (unit|pkg|package|product|wt|weight|mass)|(of|per|in) (the |total )?(whole|product|article"
        r"|device"
        r"|package|pkg|unit)|(av|i|per) (hela )?(produkten?|varan?|artikeln?)|hela varan",
    ),
    (
        "homogeneous_material",
        r"(of|in|per) (the )?(homogeneous )?material|(av|i|per) (homogent )?material(et)?"
        r"|materials? mass %|homogeneous material %",
    ),
    ("component", r"(of|in|per) (the )?(component|part)\b|(av|i|per) (komponenten?|beståndsdelen?|delen)"),
    ("mixture", r"(of|in) (the )?mixture|(av|i) blandningen"),
)
_LONGEST = 9
"""The most words of a header; what is longer is prose."""


@lru_cache(maxsize=4096)
def parse_header(text: str) -> Header:
    """What the header says; `field` is "" where nobody can tell.

    >>> [parse_header(text).field for text in ("Vikt-%", "CAS# if applicable", "Ingående ämnen")]
    ['amount', 'cas', 'name']
    >>> parse_header("CONSTITUENT (PPM) OF MATERIAL").basis, parse_header("Material weight [mg]").field
    ('homogeneous_material', 'material_mass')
    >>> parse_header("Blyindhold").about, parse_header("Färg").field
    ('Bly', '')
    """
    plain = plain_words(text)
    if not plain or len(text) > 160 or re.search(r"\d{2,7}-\d\d-\d", text):
        return Header(text, "")
    if re.search(r"\d\s*%\s*$|^\W*\d+([.,]\d+)?\W*$", text):
        return _parse_statement(text, plain) or Header(text, "")
    for field, pattern in _EXACT:
        if re.fullmatch(pattern, plain):
            return Header(text, field)
    if condition := parse_condition(plain):
        return Header(text, "condition", about=condition)
    if re.search(r"\bcas(rn)?\b", plain) and len(plain.split()) <= _LONGEST:
        named = re.search(r"\b(name|namn|substance|ämne)\b", plain)
        return Header(text, "name_cas" if named else "cas")
    return _parse_statement(text, plain) or _parse_quantity(text, plain)


def plain_words(text: str) -> str:
    """The header's words in lower case, without punctuation.

    >>> plain_words("EG-nr/ CAS-nr*"), plain_words("Halt (vikt-%)"), plain_words("MA#")
    ('eg nr cas nr', 'halt vikt %', 'ma nr')
    """
    text = re.sub(r"(?<=\w)-\s*\n\s*", "", text.replace("\xad", "")).casefold().replace("_", " ")
    return " ".join(re.sub(r"[^\w%]+", " ", text.replace("%", " % ").replace("#", " nr ")).split())


def _parse_statement(text: str, plain: str) -> Header | None:
    """A header that asks or claims something about a whole list: "
    ""RoHS compliant", "Innehåller SVHC > 0,1 %".
    """
    if not re.search(LIST_NAMES, plain) or is_turned(text) or not (list_id := parse_list(plain)):
        return None
    if re.search(r"\b(compliant|compliance|conform\w*|uppfyller|överensstämm\w*|free|fri)\b", plain):
        return Header(text, "complies", about=list_id)
    if re.search(r"\b(contains?|innehåller|förekommer|any substance)\b", plain):
        return Header(text, "contains", about=list_id)
    if re.fullmatch(r"(\w+ ){1,4}(över |above |over |exceeding )?0 1 %( w w)?( (ja|yes)( nej| no)?)?", plain):
        return Header(text, "contains", about=list_id)
    return None


def _parse_quantity(text: str, plain: str) -> Header:
    """A header over shares or masses, or one that is of no use, or not understood."""
    if _UNUSED.fullmatch(plain):
        return Header(text, "unused")
    if _LIMIT.fullmatch(plain):
        return Header(text, "limit")
    basis = next((basis for basis, pattern in _BASES if re.search(pattern, plain)), "")
    if mass := _parse_mass_header(text, plain):
        return mass
    unit = parse_unit(text.replace("_", " "))
    if _SYMBOLS.fullmatch(plain):
        symbol = re.sub(r"\s*[\[(]?\s*(ppm|mg/kg|%|halt|content|w/w)\s*[\])]?", "", text, flags=re.IGNORECASE)
        return Header(text, "substance_amount", unit, basis, symbol.strip(" ,*"))
    if (share := _SUBSTANCE_SHARE.match(plain)) and (share[1] or share[3]) not in _NOT_SUBSTANCES:
        return Header(text, "substance_amount", unit, basis, (share[1] or share[3]).capitalize())
    if (
        len(plain.split()) > (_LONGEST if unit else _LONGEST // 2)
        or not _AMOUNT.search(plain)
        or (re.search(r"\b(sum|summa)\b", plain) and not basis)
    ):
        return Header(text, "unused" if re.search(r"\b(sum|summa)\b", plain) else "")
    if re.search(r"\b(alt|eller|or)\.? (g|gram)\b", plain):
        return Header(text, "amount", "%|g", basis)
    end = "amount"
    if re.search(r"\b(min|minimum|lower|från|from|lägsta|lägst)\b", plain):
        end = "amount_low"
    elif re.search(r"\b(max|maximum|upper|till|to|högsta|högst)\b", plain):
        end = "amount_high"
    return Header(text, end, unit, basis)


def _parse_mass_header(text: str, plain: str) -> Header | None:
    """A header over masses: it has a mass unit, or says mass or weight and no word of shares."""
    unit = _MASS_UNIT.search(text)
    words = _MASS_UNIT.sub(" ", text) if unit else text
    plain = plain_words(words)
    if (
        "%" in plain
        or re.search(r"\b(ppm|ppb|percent|procent|andel|halt|w w)\b", plain)
        or not (unit or re.fullmatch(r"(\w+ ){0,2}" + _MASS.pattern, plain))
    ):
        return None
    kinds = (
        ("amount_mass", r"constituent|substance|ämne|amount|mängd|content|innehåll"),
        ("material_mass", r"material"),
        ("article_mass", r"article|artikel|product|produkt|unit|total|vara|varans|package|device"),
        ("component_mass", r"component|komponent|part|beståndsdel|subpart|\bdel"),
    )
    kind = next((kind for kind, pattern in kinds if re.search(pattern, plain)), "mass")
    if not _MASS.search(plain) and kind != "amount_mass":
        return None
    return Header(text, kind, unit[1].lower().replace("gram", "g") if unit else None)
