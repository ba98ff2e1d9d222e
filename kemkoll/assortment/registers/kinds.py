"""The kinds of files that a buyer has itself: their columns, with the headers that are understood.

A header is compared without its spaces, signs and capitals; so are the patterns of further headers below.
"""

from __future__ import annotations

from collections.abc import Callable

from kemkoll.assortment.registers import values, words
from kemkoll.assortment.registers.columns import Column, Kind
from kemkoll.declarations.answers import parse_conditions
from kemkoll.identifiers import parse_cas, parse_gtin

# fmt: off

def _day(name: str, swedish: str, english: str, also: str = "", *, last: bool = False) -> Column:
    parse = values.parse_last_day if last else values.parse_day
    return Column(name, (swedish, english), also, parse, "", "2026-11-22", "date-unreadable")


def _word(
    name: str,
    swedish: str,
    english: str,
    also: str,
    parse: Callable[[str], str | None],
    choices: dict[str, str],
) -> Column:
    return Column(name, (swedish, english), also, parse, "", " | ".join(choices))


_NR = r"(nummer|nr|no|number|id|kod|code)"
_ART = r"(artikel|art|article|product|produkt|item|vara|varu)(s|ns|ens)?"
SUPPLIER = Column(
    "supplier", ("Leverantör", "Supplier"), r"leverantör(s|ens)(namn)?|suppliername|vendor(name)?"
)
COMPANY = Column(
    "organisation_number",
    ("Organisationsnummer", "Organisation number"),
    r"(leverantör(s|ens)|suppliers?)?(org(anisations)?(nummer|nr|number|no)|vatnr|vatnumber|momsnummer|momsnr)",
    values.parse_company_number,
    "",
    "556036-0793",
)
NUMBER = Column(
    "number", ("Artikelnummer", "Article number"), rf"(leverantör(s|ens)|suppliers?)?{_ART}{_NR}|sku"
)
OWN_NUMBER = Column(
    "own_number",
    ("Eget artikelnummer", "Own article number"),
    rf"(köparens|beställarens|kundens|vårt|internt|regionens|kommunens|eget|egna|own|our|internal|buyers?)({_ART})?{_NR}",
)
GTIN = Column(
    "gtin", ("GTIN", "GTIN"), r"(gtin|ean)(8|12|13|14)?(kod|code|nr|nummer)?|streckkod", parse_gtin, "",
    "", "gtin-check-digit",
)
CPV = Column("cpv", ("CPV", "CPV code"), r"cpvkod(er)?|cpvnummer", values.parse_cpv, "", "33140000-3")
CATEGORY = Column(
    "category",
    ("Kategori", "Category"),
    r"kategorikod|produktkategori|varugrupp|categorycode|productcategory",
)
YEAR = Column("year", ("År", "Year"), r"inköpsår|kalenderår|volymår", values.parse_year, None, "2025")
VOLUMES = (
    Column(
        "spend_ore", ("Inköpsvärde (kr)", "Spend (SEK)"),
        r"(inköps|års)?(värde|belopp|volymikronor|kostnad)|inköp|spend|purchasevalue|amountspent",
        values.parse_spend, -1, "1234,50", units=values.SPEND_UNITS,
    ),
    Column(
        "quantity", ("Antal", "Quantity"), r"(inköpt|års)(antal|volym|kvantitet)|kvantitet|volym|pieces|qty|units",
        values.parse_count, -1, "1200", units=values.QUANTITY_UNITS,
    ),
    Column(
        "mass_g", ("Vikt (kg)", "Mass (kg)"), r"(inköpt|total|års)?(vikt|massa)|(total)?(weight|mass)",
        values.parse_grams, -1, "1,5 kg", units=values.MASS_UNITS,
    ),
)
ARTICLE = (SUPPLIER, NUMBER, OWN_NUMBER, GTIN)
_ANY_NUMBER = ("number", "own_number", "gtin")

_ASSORTMENT = Kind(
    "assortment",
    (
        SUPPLIER,
        COMPANY,
        NUMBER,
        OWN_NUMBER,
        Column(
            "name", ("Benämning", "Name"),
            rf"{_ART}(benämning|namn|name|beskrivning)|beskrivning|description|namn|benämningartikel",
        ),
        GTIN,
        Column("unspsc", ("UNSPSC", "UNSPSC"), r"unspsc(kod|code|nr)", values.parse_unspsc, "", "42311510"),
        CPV,
        CATEGORY,
        _word("mdr_class", "MDR-klass", "MDR class", r"(riskklass|klass)(mdr)?|deviceclass|riskclass",
              words.parse_mdr_class, words.MDR),
        _word("contact", "Kontakt", "Contact", r"kroppskontakt|patientkontakt|bodycontact|kontaktmedkroppen",
              words.one_of(words.CONTACTS), words.CONTACTS),
        _word("patients", "Patientgrupp", "Patient group", r"patientgrupper|patientgroups|patients|patienter",
              words.parse_patients, words.PATIENTS),
        _day("placed_on_market", "Släppt på marknaden", "Placed on market", r"(ut)?släpptpåmarknaden|firstplacedonmarket"),
        _day("since", "Aktiv från", "Active from", r"(gäller|giltig|aktuell)(fr|från|from|fom)|aktivfom|since|validfrom"),
        _day("until", "Aktiv till", "Active to", r"(gäller|giltig|aktuell)(till|tom)|aktivtom|until|validto|activeuntil",
             last=True),
        Column("contract", ("Avtal", "Contract"), rf"(ram)?avtals?{_NR}|contract{_NR}|ramavtal", values.parse_several, ()),
        Column("conditions", ("Villkor", "Conditions"), r"fakta|facts|condition|egenskaper", parse_conditions, (),
               "medical_device=yes; textile=no", "condition-unreadable"),
        YEAR,
        *VOLUMES,
    ),
    (_ANY_NUMBER,),
)
_CONTRACTS = Kind(
    "contracts",
    (
        Column("number", ("Avtalsnummer", "Contract number"), r"(ram)?avtal(s(nr|id))?|contract(no|nr|id)?"),
        Column("name", ("Avtalsnamn", "Name"), r"benämning|titel|title|avtals(benämning|titel)|contractname|namn"),
        Column("diary", ("Diarienummer", "Diary number"), r"dnr|diarienr|registrynumber|casenumber|ärendenummer"),
        Column("object_number", ("Objektnummer", "Object number"), r"objektnr|objekt|object(no|nr|id)?"),
        Column("area", ("Avtalsområde", "Area"), r"område|contractarea"),
        CPV,
        Column("organisation", ("Beställare", "Organisation"),
               r"upphandlande(myndighet|organisation)|köpare|myndighet|buyer|authority|contractingauthority|kund"),
        SUPPLIER,
        COMPANY,
        _day("starts", "Avtalsstart", "Start", r"start(datum|date)|avtalsstartdatum|gäller(från|fr|fom)|från|validfrom|starts"),
        _day("ends", "Avtalsslut", "End", r"(slut|end)(datum|date)|avtalsslutdatum|gällert(ill|om)|till|validto|ends",
             last=True),
        Column("predecessor", ("Föregående avtal", "Predecessor"), r"ersätteravtal|tidigareavtal|previouscontract"),
        Column("profile", ("Kravprofil", "Profile"), r"requirementprofile|profil"),
        _word("binding", "Bindning", "Binding", r"listbindning|listbinding", words.one_of(words.BINDINGS), words.BINDINGS),
        _day("frozen_on", "Frysta per", "Frozen on", r"frystper|frysdatum|frysta|frozendate"),
        Column("grace_days", ("Anståndsdagar", "Grace days"), r"anstånd|dagarsanstånd|grace|daysofgrace",
               values.parse_days, -1, "90"),
    ),
    (("number",),),
)
_CATEGORIES = Kind(
    "categories",
    (
        Column("code", ("Kod", "Code"), r"kategori(kod)?|category(code)?"),
        Column(
            "parent",
            ("Överordnad", "Parent"),
            r"överordnadkategori|huvudkategori|parentcategory|ingåri|huvudgrupp",
        ),
        Column("name", ("Benämning", "Name"), r"namn|kategorinamn|categoryname|kategoribenämning"),
        Column(
            "responsible",
            ("Ansvarig", "Responsible"),
            r"ansvar(sbokstav|sområde|igenhet)?|responsibility|owner",
        ),
        _day("since", "Gäller från", "Since", r"giltig(från|fom)|gällerfr(om)?|från|validfrom|from"),
        _day("until", "Gäller till", "Until", r"giltig(till|tom)|gällertom|till|validto|to", last=True),
    ),
    (("code",),),
)
_VOLUMES = Kind(
    "volumes", (*ARTICLE, YEAR, *VOLUMES), (_ANY_NUMBER, ("year", "spend_ore", "quantity", "mass_g"))
)
_SUCCESSORS = Kind(
    "successors",
    (
        *ARTICLE,
        Column("successor", ("Efterträdare", "Successor"), rf"ersättare|ersätts?(ningsartikel|sav)|ny(tt|a)?{_ART}{_NR}|replacedby"),
        Column("successor_supplier", ("Efterträdarens leverantör", "Successor supplier"), r"nyleverantör|newsupplier"),
        _word("kind", "Slag", "Kind", r"typ|type|bytestyp|typavbyte", words.one_of(words.SUCCESSIONS), words.SUCCESSIONS),
        _day("since", "Datum", "Date", r"från|since|bytesdatum|gällerfrån|from"),
        Column("replacing", ("Ersätter", "Replacing"), r"vadsomersätts|ersattämne|whatisreplaced|ämnesbyte|ersattmed"),
    ),
    (_ANY_NUMBER, ("successor",), ("kind",)),
)
_REQUESTS = Kind(
    "requests",
    (
        SUPPLIER,
        Column("articles", ("Artiklar", "Articles"), r"artikel(nummer|nr)?|articlenumbers?", values.parse_several, ()),
        Column("lists", ("Listor", "Lists"), r"lista|list|ämneslist(a|or)", values.parse_lists, "",
               "eu-reach-candidate; eu-rohs@2019-07-22", "list-unknown"),
        _day("sent", "Skickad", "Sent", r"skickad(es|datum)?|sänd|sentdate|datum|date"),
        _day("due", "Svar senast", "Due", r"sista(svars)?dag|senast|förfaller|deadline|duedate"),
        _day("reminded", "Påmind", "Reminded", r"påminnelse|påmindes|reminder"),
        _day("answered", "Besvarad", "Answered", r"svar(ade|at|sdatum)?|besvarades|answer(date)?"),
        Column("note", ("Anteckning", "Note"), r"anmärkning|kommentar|notering|comment|remark"),
    ),
    (("supplier",), ("sent",)),
)
_TARGETS = Kind(
    "targets",
    (
        Column("name", ("Mål", "Target"), r"målnamn|namn|name|benämning"),
        Column("indicator", ("Indikator", "Indicator"), r"nyckeltal|mått|kpi"),
        Column("list", ("Lista", "List"), r"ämneslista|listor|lists", values.parse_lists, "", "phthalates", "list-unknown"),
        CATEGORY,
        Column("base_year", ("Basår", "Base year"), r"utgångsår|startår|baseline(year)?", values.parse_year, 0, "2024"),
        Column("base_value", ("Basvärde", "Base value"), r"utgångsvärde|startvärde|baselinevalue"),
        Column("year", ("Målår", "Target year"), r"år|year|slutår", values.parse_year, 0, "2030"),
        Column("value", ("Målvärde", "Target value"), r"värde|value"),
        Column("decision", ("Beslutsnummer", "Decision number"), r"beslut(snr)?|decision(no)?|diarienummer|dnr"),
    ),
    (("name",), ("indicator",), ("year",), ("value",)),
)
_LAB_RESULTS = Kind(
    "lab-results",
    (
        *ARTICLE,
        Column("component", ("Beståndsdel", "Component"), r"del|komponent|part|material"),
        Column("cas", ("CAS-nr", "CAS number"), r"cas(nummer|no)?", parse_cas, "", "117-81-7", "number-unreadable"),
        Column("name", ("Ämne", "Substance"), r"ämnesnamn|analyt|analyte|parameter|name|substancename"),
        Column("value", ("Halt", "Value"), r"resultat|result|värde|mätvärde|uppmätthalt|amount", values.parse_measured, "",
               "< 5 mg/kg"),
        Column("unit", ("Enhet", "Unit"), r"units?|resultatenhet"),
        Column("quantification", ("Kvantifieringsgräns", "Limit of quantification"),
               r"loq|rapporteringsgräns|rl|reportinglimit|bestämningsgräns"),
        Column("uncertainty", ("Mätosäkerhet", "Uncertainty"), r"osäkerhet|u|expandeduncertainty|measurementuncertainty"),
        Column("method", ("Metod", "Method"), r"analysmetod|testmethod|standard"),
        Column("laboratory", ("Laboratorium", "Laboratory"), r"lab|labb|utförare"),
        Column("accreditation", ("Ackreditering", "Accreditation"), r"ackrediteringsn(umme)?r|ackrediterad|accredited"),
        Column("sample", ("Prov", "Sample"), r"prov(nummer|nr|id|märkning)|sample(id|no|number)"),
        Column("lot", ("Lot", "Batch"), r"lotn(umme)?r|batchn(umme)?r|charge|lotnumber|batchnumber"),
        _day("date", "Datum", "Date", r"analysdatum|rapportdatum|provdatum|testdate|analysisdate|reportdate"),
    ),
    (_ANY_NUMBER, ("cas", "name"), ("value",)),
)
_SUPPLIERS = Kind(
    "suppliers",
    (
        Column("name", ("Leverantör", "Supplier"), r"leverantör(s|ens)namn|namn|name|företag(snamn)?|company|suppliername"),
        COMPANY,
        _word("role", "Roll", "Role", r"typ|type|aktör", words.one_of(words.ROLES), words.ROLES),
        Column("gln", ("GLN", "GLN"), r"gln(kod|code|nr|nummer)", values.parse_gln, "", "4006381333931"),
        Column("mail", ("E-post", "Mail"), r"mejl|epostadress|email(address)?|mailadress|kontaktmail", values.parse_mail, "",
               "miljo@exempel.se"),
    ),
    (("name",),),
)
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        _ASSORTMENT, _CONTRACTS, _CATEGORIES, _VOLUMES, _SUCCESSORS, _REQUESTS, _TARGETS, _LAB_RESULTS, _SUPPLIERS,
    )
}
"""Every kind of table, by its name. A profile is TOML, and no table."""
