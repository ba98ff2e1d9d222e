"""What the texts of a target mean: which figure it is about, and what number it is to reach."""

from __future__ import annotations

import re

REDUCTIONS = ("K1", "K2b", "K2c", "K4", "K5", "K6", "K7", "K11b", "K11e", "K12b", "K12e")
"""The figures that say how much less there is."""
_CODE = re.compile(r"\s*(K\d{1,2}[a-z]?)\b.*", re.IGNORECASE)
_WITH = r"(med|som innehåller)\b(?!.*(deklar|utan|fri|declar)).*"
_ARTICLES = r"(artiklar(na)?|varor(na)?|produkter(na)?)"
_FIGURES = (
    ("K0", r"täckning(sgrad)?|deklarationsgrad|andel(en)? deklarerade( artiklar| varor)?"),
    ("K0", r"coverage|share of (the )?(articles )?declared( articles)?"),
    ("K11", rf"andel(en)? (av )?(inköp(en|et|svärdet)?|inköpsvärde) {_WITH}"),
    ("K11", r"share of (the )?spend( that contains| with)?\b.*"),
    ("K11b", r"minskning av (inköpen|inköpsvärdet|andelen inköp)\b.*"),
    ("K11b", r"reduction of (the )?(share of )?spend\b.*"),
    ("K12", rf"antal(et)? (inköpta )?(enheter|stycken|förpackningar) {_WITH}"),
    ("K12", r"(number of )?(units|pieces) (with|that contain)\b.*"),
    ("K2b", r"minskning av andelen\b.*|reduction of the share\b.*"),
    ("K2", rf"andel(en)? (av )?(de )?(deklarerade )?{_ARTICLES} {_WITH}"),
    ("K2", r"share of (the )?(declared )?(articles|products)? ?(with|that contains?)\b.*"),
    ("K1", rf"minskning( av antal(et)?)?( {_ARTICLES})?( {_WITH})?"),
    ("K1", r"reduction( of the number)?( of (articles|products))?( (with|that contain)\b.*)?"),
    ("K1b", rf"antal(et)? {_ARTICLES} {_WITH}|number of (articles|products) (with|that contain)\b.*"),
    ("K13", r"(antal(et)? )?öppna avvikelser|(number of )?(open deviations|deviations open)"),
    ("K16", r"svarsfrekvens|svarsandel|response rate"),
    ("K17", rf"andel(en)? (avtals)?{_ARTICLES} (utan|fria? från) (begränsade|listade|utpekade) ämnen"),
    ("K17", r"share of (contract )?(articles|products) without (restricted|listed) substances"),
    ("K9", r"substitutionsandel|andel(en)? substituerade|share substituted|substitution share"),
)


def figure_of(text: str) -> str:
    """The figure that a target's indicator means, as `tables.INDICATORS` calls it; empty: none that is known.

    A share without deviations from contracts is none of them: deviations are counted.

    >>> figure_of("K1"), figure_of("Andel artiklar som innehåller ftalater"), figure_of("täckning")
    ('K1', 'K2', 'K0')
    >>> figure_of("Minskning av antal artiklar med ftalater"), figure_of("andel artiklar utan avvikelse")
    ('K1', '')
    >>> figure_of("andel inköp med deklarerat innehåll")
    ''
    """
    coded = _CODE.fullmatch(text)
    if coded:
        code = coded[1]
        return code[0].upper() + code[1:].lower()
    said = " ".join(text.casefold().split()).rstrip(".")
    return next((name for name, pattern in _FIGURES if re.fullmatch(pattern, said)), "")


def aim_of(number: float, figure: str) -> float:
    """What is to be reached of a figure: of a reduction, “-60 %” means one of 60 %.

    >>> aim_of(-0.6, "K1"), aim_of(0.6, "K1"), aim_of(-0.1, "K0")
    (0.6, 0.6, -0.1)
    """
    return abs(number) if figure in REDUCTIONS else number


def number_of(text: str) -> float:
    """The number that a target is to reach: a share as a part of one; not a number where none is written.

    >>> number_of("44 %"), number_of("1 250"), number_of("−5,5 %"), number_of("färre")
    (0.44, 1250.0, -0.055, nan)
    """
    said = text.strip().replace("−", "-").replace(" ", "").replace(" ", "").replace(" ", "")
    found = re.fullmatch(r"(-?)(\d+(?:[.,]\d+)?)(%?)", said)
    if not found:
        return float("nan")
    sign, figures, percent = found.groups()
    number = float(figures.replace(",", "."))
    return float(f"{sign}{round(number / 100, 12)}" if percent else f"{sign}{number}")
