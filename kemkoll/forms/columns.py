"""What the form asks for: its sheets and columns, each with what to write in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kemkoll.i18n import N_, Translator
from kemkoll.outputs.words import CONDITIONS
from kemkoll.tables import Law

FACTS = {
    "electrical_equipment": N_("Electrical equipment"),
    "medical_device": N_("Medical device"),
    "invasive_or_fluid_path": N_("Invasive or fluid path"),
    "toy_or_childcare": N_("Toy or childcare"),
    "mouthable": N_("Mouthable"),
    "skin_contact": N_("Skin contact"),
    "prolonged_skin_contact": N_("Prolonged skin contact"),
    "mucous_contact": N_("Mucous contact"),
    "jewellery": N_("Jewellery"),
    "textile": N_("Textile"),
    "leather": N_("Leather"),
    "washable": N_("Washable"),
    "food_contact": N_("Food contact"),
    "outdoor": N_("Used outdoors only"),
    "industrial_only": N_("Industrial only"),
    "supply_to_public": N_("Supply to public"),
    "recycled_material": N_("Recycled material"),
    "plasticised": N_("Plasticised"),
    "rubber_or_plastic": N_("Rubber or plastic"),
    "single_use": N_("Single use"),
    "laboratory_device": N_("Laboratory device"),
    "vehicle_or_aircraft": N_("Vehicle or aircraft"),
    "chemical_product": N_("Chemical product"),
    "has_pvc": N_("Has PVC"),
    "listed_plastic": N_("Listed plastic"),
    "painted": N_("Painted"),
    "plated": N_("Plated"),
    "treated_wood": N_("Treated wood"),
    "sensitive_patients": N_("Sensitive patients"),
    "large_volume": N_("Large volume"),
}
"""The header over each fact about an article, in words that are read back as that fact."""
_YES_NO = (N_("yes"), N_("no"), N_("do not know"))
_BASES = (
    N_("whole article"),
    N_("component"),
    N_("homogeneous material"),
    N_("plasticised material"),
    N_("mixture"),
)
_ANSWERS = (N_("none above limit"), N_("contains"), N_("do not know"))


@dataclass(frozen=True)
class Column:
    """One column of the form; its texts are English, to be translated when it is written.

    Attributes:
        field: what it is read as.
        title: its header.
        says: what to write in it, in plain words.
        example: what the example says; "" for nothing.
        width: in characters.
        choices: the only answers there are; none for free text.
        check: which input check watches it: cas, ec, amount, date, mass, count, gtin; "" for none.
        must: whether a row says nothing without it.
        fact: what `says` asks about, where it asks whether something is so.
    """

    field: str
    title: str
    says: str
    example: str = ""
    width: int = 18
    choices: tuple[str, ...] = ()
    check: str = ""
    must: bool = False
    fact: str = ""

    def told(self, _: Translator) -> str:
        """What to write in it, in the supplier's language."""
        return _(self.says).format(fact=_(self.fact)) if self.fact else _(self.says)


_ARTICLE = Column(
    "article",
    N_("Article number"),
    N_("Your own number of the article. Write it in every row, the same way on every sheet."),
    "B-1001",
    must=True,
)
_ARTICLES = (
    Column("supplier", N_("Supplier"), N_("The name of your company."), N_("Example Ltd"), 24),
    _ARTICLE,
    Column(
        "article_name", N_("Article name"), N_("What the article is called."), N_("Infusion set, 150 cm"), 28
    ),
    Column(
        "gtin",
        N_("GTIN"),
        N_("The number under the barcode, if there is one."),
        "7350053850019",
        18,
        (),
        "gtin",
    ),
    Column(
        "article_mass", N_("Article mass (g)"), N_("What one piece weighs, in grams."), "38", 18, (), "mass"
    ),
    Column(
        "date",
        N_("Declaration date"),
        N_("The day on which you fill this in, as 2026-11-22."),
        "2026-11-22",
        20,
        (),
        "date",
    ),
    Column(
        "valid_until",
        N_("Valid until"),
        N_("The last day on which the declaration holds. Leave it empty if it has no end."),
        "",
        16,
        (),
        "date",
    ),
    Column(
        "placed_on_market",
        N_("Placed on market"),
        N_("The first day on which this article was sold in the EU."),
        "2024-03-01",
        22,
        (),
        "date",
    ),
    Column(
        "complete_down_to",
        N_("Complete down to"),
        N_(
            "Only if every substance of which there is at least this share stands on the content sheet: "
            "write the share, such as 0.1 %. Otherwise leave it empty."
        ),
        N_("0.1 %"),
        24,
        (),
        "amount",
    ),
)
_COMPONENTS = (
    _ARTICLE,
    Column(
        "component",
        N_("Component"),
        N_(
            "A part of the article that was an article before it was put in: a tube, a plug, a circuit board."
        ),
        N_("tube"),
        24,
        must=True,
    ),
    Column(
        "parent",
        N_("Part of"),
        N_("The component that this one sits in. Leave it empty if it sits in the article itself."),
        "",
        22,
    ),
    Column("quantity", N_("Quantity"), N_("How many pieces of it there are there."), "1", 12, (), "count"),
    Column(
        "component_mass",
        N_("Component mass (g)"),
        N_("What one piece of it weighs, in grams."),
        "30",
        26,
        (),
        "mass",
    ),
    Column(
        "material",
        N_("Material"),
        N_("If you know it: a material of the component that is the same all through. One row for each."),
        N_("soft PVC"),
        22,
    ),
    Column(
        "material_mass",
        N_("Material mass (g)"),
        N_("What this material weighs in one piece of the component, in grams."),
        "30",
        24,
        (),
        "mass",
    ),
)
_CONTENTS = (
    _ARTICLE,
    Column(
        "component",
        N_("Component"),
        N_("The component that the substance is in, as on the component sheet."),
        N_("tube"),
        22,
    ),
    Column(
        "material",
        N_("Material"),
        N_("The material that the substance is in: a plastic, a solder, a lacquer."),
        N_("soft PVC"),
        22,
    ),
    Column(
        "name",
        N_("Substance"),
        N_("The name of one substance. Write also what is harmless: what is not named counts as unknown."),
        "DEHT",
        28,
        must=True,
    ),
    Column(
        "cas",
        N_("CAS number"),
        N_("The substance's CAS number, such as 6422-86-2. A name alone is never certain."),
        "6422-86-2",
        16,
        (),
        "cas",
        must=True,
    ),
    Column("ec", N_("EC number"), N_("The EC number, if there is no CAS number."), "", 14, (), "ec"),
    Column(
        "amount",
        N_("Amount"),
        N_("How much of it there is, with the unit: 15 %, < 0.1 %, 5–10 %, 300 ppm, 40 mg/kg."),
        N_("30 %"),
        16,
        (),
        "amount",
        must=True,
    ),
    Column(
        "basis", N_("Basis"), N_("What the amount is a share of."), N_("homogeneous material"), 24, _BASES
    ),
    Column("function", N_("Function"), N_("What the substance does there."), N_("plasticiser"), 20),
    Column(
        "intended",
        N_("Intentionally added"),
        N_("Whether it was put in on purpose. A residue or an impurity was not."),
        N_("yes"),
        22,
        _YES_NO,
    ),
    Column(
        "derogation",
        N_("Derogation"),
        N_("The number of the legal exemption that you use, such as 6(c) of RoHS. Mostly empty."),
        "",
        16,
    ),
)
_STATEMENTS = (
    Column(
        "article",
        N_("Article number"),
        N_(
            "The article that you answer for. "
            "Leave the whole column empty if each answer holds for all articles."
        ),
        "B-1001",
    ),
    Column(
        "list", N_("List"), N_("The list that is asked about. Leave it as it is."), "eu-rohs", 30, must=True
    ),
    Column("", N_("Legislation"), N_("What the list is called. Leave it as it is."), "RoHS", 60),
    Column(
        "edition",
        N_("Edition"),
        N_("The edition of the list that you answer for. Change it if you have looked at another one."),
        "2025-12-11",
        14,
        (),
        "date",
    ),
    Column(
        "answer",
        N_("Answer"),
        N_(
            "Whether anything on the list is in the article above its limit. "
            "Without an answer the list stays open."
        ),
        N_("none above limit"),
        26,
        _ANSWERS,
        must=True,
    ),
)
CONTENTS, COMPONENTS, ARTICLES, STATEMENTS = N_("Content"), N_("Components"), N_("Articles"), N_("Statements")


def sheets(law: Law) -> dict[str, tuple[Column, ...]]:
    """The columns of each sheet to fill in, with the facts that the lists ask about.

    >>> from kemkoll.lists import load_lists
    >>> [column.field for column in sheets(load_lists(["bisphenols"]))["Statements"]][:2]
    ['article', 'list']
    """
    says = N_("Is it true of the article that {fact}?")
    facts = [
        Column(name, FACTS[name], says, "", 24, _YES_NO, fact=CONDITIONS[name][0]) for name in facts_of(law)
    ]
    return {
        ARTICLES: (*_ARTICLES, *facts),
        COMPONENTS: _COMPONENTS,
        CONTENTS: _CONTENTS,
        STATEMENTS: _STATEMENTS,
    }


def facts_of(law: Law) -> list[str]:
    """The facts that decide what of the lists applies, in the order of `FACTS`.

    >>> from kemkoll.lists import load_lists
    >>> facts_of(load_lists(["eu-rohs"]))[:2]
    ['electrical_equipment', 'medical_device']
    """
    asked: set[str] = set()
    for frame in (law.lists, law.limits, law.derogations):
        asked |= _named(str(text) for text in frame["condition"].unique())
    return [name for name in FACTS if name in asked]


def _named(conditions: Iterable[str]) -> set[str]:
    return {name.lstrip("!") for text in conditions for name in text.split()}
