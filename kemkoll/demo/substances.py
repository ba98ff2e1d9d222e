"""What the demonstration's articles are made of: names in both languages, and CAS numbers."""

from __future__ import annotations

from typing import NamedTuple


class Substance(NamedTuple):
    """One substance, as suppliers write it.

    Attributes:
        sv: its name in Swedish.
        en: its name in English.
        cas: its CAS number.
    """

    sv: str
    en: str
    cas: str


# fmt: off
_PLASTICISERS = {
    "dehp": Substance("Dietylhexylftalat (DEHP)", "Bis(2-ethylhexyl) phthalate", "117-81-7"),
    "dinp": Substance("Diisononylftalat (DINP)", "Diisononyl phthalate", "28553-12-0"),
    "dibp": Substance("Diisobutylftalat (DIBP)", "Diisobutyl phthalate", "84-69-5"),
    "dphp": Substance("Bis(2-propylheptyl)ftalat (DPHP)", "Bis(2-propylheptyl) phthalate", "53306-54-0"),
    "dotp": Substance("Dietylhexyltereftalat (DOTP)", "Bis(2-ethylhexyl) terephthalate", "6422-86-2"),
    "dinch": Substance("DINCH", "Diisononyl cyclohexane-1,2-dicarboxylate", "166412-78-8"),
    "totm": Substance("Tris(2-etylhexyl)trimellitat (TOTM)", "Tris(2-ethylhexyl) trimellitate", "3319-31-1"),
    "atbc": Substance("Acetyltributylcitrat (ATBC)", "Acetyl tributyl citrate", "77-90-7"),
}
_POLYMERS = {
    "pvc": Substance("Polyvinylklorid", "Polyvinyl chloride", "9002-86-2"),
    "pp": Substance("Polypropen", "Polypropylene", "9003-07-0"),
    "pe": Substance("Polyeten", "Polyethylene", "9002-88-4"),
    "abs": Substance("Akrylnitril-butadien-styren (ABS)", "Acrylonitrile-butadiene-styrene", "9003-56-9"),
    "ps": Substance("Polystyren", "Polystyrene", "9003-53-6"),
    "pet": Substance("Polyetentereftalat (PET)", "Polyethylene terephthalate", "25038-59-9"),
    "pa6": Substance("Polyamid 6", "Polyamide 6", "25038-54-4"),
    "silicone": Substance("Polydimetylsiloxan", "Polydimethylsiloxane", "63148-62-9"),
    "nbr": Substance("Nitrilgummi", "Nitrile rubber", "9003-18-3"),
    "pur": Substance("Polyuretan", "Polyurethane", "9009-54-5"),
    "cellulose": Substance("Cellulosa", "Cellulose", "9004-34-6"),
    "epoxy": Substance("Epoxiharts", "Bisphenol A epoxy resin", "25068-38-6"),
}
_MINERALS = {
    "esbo": Substance("Epoxiderad sojaolja", "Epoxidised soybean oil", "8013-07-8"),
    "zinc_stearate": Substance("Zinkstearat", "Zinc stearate", "557-05-1"),
    "chalk": Substance("Kalciumkarbonat", "Calcium carbonate", "471-34-1"),
    "titania": Substance("Titandioxid", "Titanium dioxide", "13463-67-7"),
    "silica": Substance("Kiseldioxid", "Silicon dioxide", "7631-86-9"),
    "zinc_oxide": Substance("Zinkoxid", "Zinc oxide", "1314-13-2"),
    "sulphur": Substance("Svavel", "Sulphur", "7704-34-9"),
    "zdbc": Substance("Zinkdibutylditiokarbamat (ZDBC)", "Zinc dibutyldithiocarbamate", "136-23-2"),
    "ath": Substance("Aluminiumhydroxid", "Aluminium hydroxide", "21645-51-2"),
    "glass": Substance("Glas, oxid", "Glass, oxide, chemicals", "65997-17-3"),
    "paraffin": Substance("Paraffinvax", "Paraffin wax", "8002-74-2"),
    "salt": Substance("Natriumklorid", "Sodium chloride", "7647-14-5"),
    "silver_chloride": Substance("Silverklorid", "Silver chloride", "7783-90-6"),
}
_METALS = {
    "iron": Substance("Järn", "Iron", "7439-89-6"),
    "chromium": Substance("Krom", "Chromium", "7440-47-3"),
    "nickel": Substance("Nickel", "Nickel", "7440-02-0"),
    "copper": Substance("Koppar", "Copper", "7440-50-8"),
    "zinc": Substance("Zink", "Zinc", "7440-66-6"),
    "tin": Substance("Tenn", "Tin", "7440-31-5"),
    "silver": Substance("Silver", "Silver", "7440-22-4"),
    "lead": Substance("Bly", "Lead", "7439-92-1"),
    "aluminium": Substance("Aluminium", "Aluminium", "7429-90-5"),
    "manganese_dioxide": Substance("Mangandioxid", "Manganese dioxide", "1313-13-9"),
    "koh": Substance("Kaliumhydroxid", "Potassium hydroxide", "1310-58-3"),
    "graphite": Substance("Grafit", "Graphite", "7782-42-5"),
    "lithium": Substance("Litium", "Lithium", "7439-93-2"),
    "egdme": Substance("1,2-dimetoxietan", "1,2-Dimethoxyethane", "110-71-4"),
    "propylene_carbonate": Substance("Propylenkarbonat", "Propylene carbonate", "108-32-7"),
}
_ADDED = {
    "bpa": Substance("Bisfenol A", "Bisphenol A", "80-05-7"),
    "bps": Substance("Bisfenol S", "Bisphenol S", "80-09-1"),
    "ascorbic": Substance("Askorbinsyra", "Ascorbic acid", "50-81-7"),
    "tbbpa": Substance("Tetrabrombisfenol A", "Tetrabromobisphenol A", "79-94-7"),
    "dbdpe": Substance("Dekabromdifenyletan (DBDPE)", "Decabromodiphenyl ethane", "84852-53-9"),
    "tcep": Substance("Tris(2-kloretyl)fosfat (TCEP)", "Tris(2-chloroethyl) phosphate", "115-96-8"),
    "tpp": Substance("Trifenylfosfat", "Triphenyl phosphate", "115-86-6"),
    "melamine": Substance("Melamin", "Melamine", "108-78-1"),
    "uv328": Substance("UV-328", "UV-328", "25973-55-1"),
    "uv329": Substance("UV-329", "UV-329", "3147-75-9"),
    "ftma": Substance("2-(perfluorhexyl)etylmetakrylat", "2-(Perfluorohexyl)ethyl methacrylate", "2144-53-8"),
    "d4": Substance("Oktametylcyklotetrasiloxan (D4)", "Octamethylcyclotetrasiloxane (D4)", "556-67-2"),
    "d5": Substance("Dekametylcyklopentasiloxan (D5)", "Decamethylcyclopentasiloxane (D5)", "541-02-6"),
}
_LIQUIDS = {
    "water": Substance("Vatten", "Water", "7732-18-5"),
    "ethanol": Substance("Etanol", "Ethanol", "64-17-5"),
    "glycerol": Substance("Glycerol", "Glycerol", "56-81-5"),
    "sles": Substance("Natriumlauretsulfat", "Sodium laureth sulfate", "68891-38-3"),
    "npe": Substance("Nonylfenoletoxilat", "Nonylphenol ethoxylate", "9016-45-9"),
    "citric": Substance("Citronsyra", "Citric acid", "77-92-9"),
    "mit": Substance("2-metylisotiazol-3(2H)-on", "2-Methylisothiazol-3(2H)-one", "2682-20-4"),
    "phenoxyethanol": Substance("2-fenoxietanol", "2-Phenoxyethanol", "122-99-6"),
}
# fmt: on
SUBSTANCES: dict[str, Substance] = {
    **_PLASTICISERS,
    **_POLYMERS,
    **_MINERALS,
    **_METALS,
    **_ADDED,
    **_LIQUIDS,
}  # fmt: skip
"""Every substance by the short name that recipes call it by."""
