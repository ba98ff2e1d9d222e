"""What suppliers hand in, as tables: a row for each substance or answer, in words of their language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from kemkoll.demo.chance import draw
from kemkoll.demo.companies import Company
from kemkoll.demo.families import HUNDREDTHS, Layer, Words
from kemkoll.demo.listed import LISTED, asked, contains, edition_on
from kemkoll.demo.lives import COMPOSITION, DO_NOT_KNOW, LISTED_ONLY, Said
from kemkoll.demo.slips import slipped
from kemkoll.demo.substances import SUBSTANCES

Row = dict[str, str]
"""The cells of a row, by field."""
INVENTED = Words(
    "EXEMPEL: företaget, artiklarna och innehållet är påhittade.",
    "EXAMPLE: the company, the articles and the contents are invented.",
)
HEADERS = {
    "article": Words("Artikelnummer", "Article number"),
    "article_name": Words("Benämning", "Article name"),
    "gtin": Words("GTIN", "GTIN"),
    "article_mass": Words("Artikelvikt (g)", "Article mass (g)"),
    "reason": Words("Skäl till deklarationen", "Reason for declaration"),
    "valid_until": Words("Giltig till", "Valid until"),
    "component": Words("Beståndsdel", "Component"),
    "component_mass": Words("Komponentvikt (g)", "Component mass (g)"),
    "material": Words("Material", "Material"),
    "material_mass": Words("Materialvikt (g)", "Material mass (g)"),
    "name": Words("Ämne", "Substance"),
    "cas": Words("CAS-nr", "CAS number"),
    "amount": Words("Halt (vikt-%)", "Amount (% w/w)"),
    "derogation": Words("Undantag", "Exemption"),
    "complete_down_to": Words("Fullständig ned till", "Complete down to"),
    "list": Words("Lista", "List"),
    "edition": Words("Utgåva", "Edition"),
    "answer": Words("Svar", "Answer"),
}
"""The header over each field, in the order of the columns."""
_ANSWER = {
    "none": Words("innehåller inte", "none above limit"),
    "contains": Words("innehåller", "contains"),
    "do not know": Words("vet ej", "do not know"),
}
_UNDATED = 0.03


@dataclass(frozen=True)
class Paper:
    """One file that a supplier hands in.

    Attributes:
        reason: why everything in it was declared; "": for several reasons, each of which stands beside it.
        lines, answers: rows about substances, and about whole lists.
    """

    company: Company
    day: str
    reason: str
    lines: tuple[Row, ...]
    answers: tuple[Row, ...]

    @property
    def name(self) -> str:
        """What the supplier calls the file, without its suffix."""
        what = "deklaration" if self.company.language == "sv" else "declaration"
        whose = f"{self.company.letters.lower()}{self.company.number + 10}"
        return "-".join(filter(None, (self.day, whose, what, self.reason)))


def papers(said: Iterable[Said]) -> Iterator[Paper]:
    """The files of all suppliers: what one says on one day stands in one of them, oldest first."""

    def key(it: Said) -> tuple[str, int, str]:
        apart = it.item.company.style == "form"  # it has no column for the reason
        return it.day, it.item.company.number, it.reason if apart else ""

    for (day, *_), own in groupby(sorted(said, key=key), key):
        together = [*own]
        reasons = {it.reason for it in together}
        yield Paper(
            together[0].item.company,
            day,
            min(reasons) if len(reasons) == 1 else "",
            tuple(row for it in together for row in _lines(it)),
            tuple(row for it in together for row in _answers(it)),
        )


def _lines(said: Said) -> Iterator[Row]:
    """The substances that a declaration names."""
    if said.shape not in (COMPOSITION, LISTED_ONLY):
        return
    item, family = said.item, said.item.family
    language = item.company.language
    rows: list[Row] = []
    for layer in family.layers:
        for substance, share in family.lines(layer, said.agent).items():
            if said.shape == LISTED_ONLY and substance not in LISTED["phthalates"] | LISTED["eu-rohs"]:
                continue
            rows.append(_line(said, layer, substance, share))
    if not rows:  # nothing listed: one line, and silence about the rest
        layer = family.layers[0]
        substance, share = next(iter(family.lines(layer, said.agent).items()))
        rows.append(_line(said, layer, substance, share))
    yield from slipped(rows, language, item.number, said.day)


def _line(said: Said, layer: Layer, substance: str, share: int) -> Row:
    item, words = said.item, SUBSTANCES[substance]
    language = item.company.language
    own = _decimal(layer.mass * item.family.mass_g // 10, HUNDREDTHS, language)
    return _about(said) | {
        "component": getattr(layer.part, language),
        "component_mass": own if layer.part.sv else "",
        "material": getattr(layer.material, language),
        "material_mass": own if layer.part.sv else "",
        "name": getattr(words, language),
        "cas": words.cas,
        "amount": _decimal(share, HUNDREDTHS, language),
        "derogation": item.family.derogation.get(substance, ""),
        "complete_down_to": ("0,05 %" if language == "sv" else "0.05 %") if said.shape == COMPOSITION else "",
    }


def _answers(said: Said) -> Iterator[Row]:
    """The answers about whole lists that stand in a declaration."""
    item, family = said.item, said.item.family
    if said.shape == LISTED_ONLY:
        return
    undated = draw("undated", item.company.name, said.day) < _UNDATED
    for of_list in asked(family):
        edition = edition_on(of_list, said.day)
        answer = "contains" if contains(family, said.agent, of_list, edition) else "none"
        if said.shape == DO_NOT_KNOW:
            answer = "do not know"
        if said.shape == COMPOSITION and answer == "contains":
            continue  # the lines say it better
        yield _about(said) | {
            "list": of_list,
            "edition": "" if undated else edition,
            "answer": getattr(_ANSWER[answer], item.company.language),
        }


def _about(said: Said) -> Row:
    item = said.item
    language = item.company.language
    return {
        "article": item.number,
        "article_name": getattr(item.name, language),
        "gtin": item.gtin,
        "article_mass": str(item.family.mass_g),
        "reason": said.reason,
        "valid_until": said.until,
    }


def _decimal(value: int, of: int, language: str) -> str:
    """A number with its decimals, as people of a language write it.

    >>> _decimal(3300, 100, "sv"), _decimal(5, 100, "en")
    ('33,00', '0.05')
    """
    digits = len(str(of)) - 1
    text = f"{value // of}.{value % of:0{digits}d}"
    return text.replace(".", ",") if language == "sv" else text
