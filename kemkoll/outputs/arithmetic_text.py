"""The arithmetic of a finding in numbers: `30 % × 0.92832 Pb/kg = 27.71–27.99 %`."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from kemkoll.i18n import Translator, number_text, share_text
from kemkoll.outputs.page import LONGEST
from kemkoll.outputs.summary import place_text
from kemkoll.outputs.words import BASES, quoted, supplied

if TYPE_CHECKING:
    from kemkoll.explanation.shape import Addend, Arithmetic, Conversion, Element

_UG_PER_G = 10**6


class Line(NamedTuple):
    """What one line adds, step by step in words; a step that it does not take is empty."""

    name: str
    place: str
    share: str
    doubt: str
    element: str
    conversion: str
    adds: str

    def steps(self, _: Translator) -> list[str]:
        """The steps that the line takes; a line that takes none is added as it was declared."""
        taken = [step for step in (self.doubt, self.element, self.conversion) if step]
        return taken or [_("{share}, as declared").format(share=self.share)]


def lines(arithmetic: Arithmetic, limit_ppt: int | None, _: Translator) -> list[str]:
    """The steps from each line's share to the finding's.

    Args:
        arithmetic: what was added up.
        limit_ppt: the limit that the sum is held against; it is never rounded across it.
    """
    steps = [step for line in table(arithmetic, _) for step in line.steps(_)]
    return [*steps, *closing(arithmetic, limit_ppt, _)]


def closing(arithmetic: Arithmetic, limit_ppt: int | None, _: Translator) -> list[str]:
    """The sum of the lines, what bounds it, and the finding's share at the end."""
    from kemkoll.tables import WHOLE

    shares = [share_text(it.low_ppt, it.high_ppt, _.language) for it in arithmetic.addends]
    total = share_text(arithmetic.low_ppt, arithmetic.high_ppt, _.language, limit_ppt)
    basis = _(BASES.get(arithmetic.basis, ""))
    made = []
    if len(shares) > 1:
        together = share_text(*arithmetic.of_lines(), _.language) if arithmetic.named else total
        made.append(f"{' + '.join(shares)} = {together}".strip())
        if not arithmetic.added:
            made.append(
                _("The parts are not named and may be different ones, so only the largest share is sure.")
            )
        if sum(it.high_ppt for it in arithmetic.addends) > WHOLE:
            made.append(_("More than 100 % is cut to 100 %."))
    if arithmetic.named:
        named = quoted(supplied(arithmetic.named), _)
        made.append(_("How much of it {name} holds, nobody says.").format(name=named))
    made.append(_("in all: {share} {of}").format(share=total, of=basis).rstrip())
    return made


def table(arithmetic: Arithmetic, _: Translator) -> list[Line]:
    """What each line adds."""
    return [_line(addend, _) for addend in arithmetic.addends]


def _line(addend: Addend, _: Translator) -> Line:
    """The steps of one line: doubt, element, unit."""
    cells = addend.cells
    declared = share = share_text(cells.low_ppt, cells.high_ppt, _.language)
    doubt = element = conversion = ""
    if not addend.certain:
        counted = share_text(0, cells.high_ppt, _.language)
        doubt = _("{share}, and the match is only possible: from nothing up to it, {counted}").format(
            share=share, counted=counted
        )
        share = counted
    if addend.element:
        element = _element(share, addend.element, _)
        share = share_text(addend.element.low_ppt, addend.element.high_ppt, _.language)
    if addend.conversion:
        conversion = _conversion(share, addend.conversion, _)
    return Line(
        name=supplied(cells.name or cells.cas or cells.ec, LONGEST),
        place=supplied(place_text(cells.file, cells.sheet, [cells.row], [], _)),
        share=declared,
        doubt=doubt,
        element=element,
        conversion=conversion,
        adds=share_text(addend.low_ppt, addend.high_ppt, _.language),
    )


def _element(share: str, step: Element, _: Translator) -> str:
    """`30 % × 0.92832 Pb (± 0.5 %) = 27.71–27.99 %`."""
    factors = dict.fromkeys(_short(value, _) for value in (step.share_low, step.share_high))
    doubt = number_text(Decimal(str(step.doubt)) * 100, _.language)
    result = share_text(step.low_ppt, step.high_ppt, _.language)
    factor = "–".join(factors)
    return f"{share} × {factor} {step.symbol} (± {doubt} %) = {result}"


def _short(value: float, _: Translator) -> str:
    return number_text(Decimal(f"{value:.5f}").normalize(), _.language)


def _conversion(share: str, step: Conversion, _: Translator) -> str:
    """`5 % × 1 g / 10 g = 0.5 %`, or why there is none."""
    if not step.done:
        return _("{share} {of} cannot be converted: the masses that it takes are not given.").format(
            share=share, of=_(BASES[step.basis])
        )
    result = share_text(step.low_ppt, step.high_ppt, _.language)
    have, want = (_mass(mass, _) for mass in (step.mass_ug, step.wanted_mass_ug))
    return f"{share} {_(BASES[step.basis])} × {have} / {want} = {result} {_(BASES[step.wanted])}"


def _mass(mass_ug: tuple[int, int], _: Translator) -> str:
    """A mass in grams, or the range it lies in."""
    ends = dict.fromkeys(number_text(Decimal(end) / _UG_PER_G, _.language) for end in mass_ug)
    return f"{'–'.join(ends)} g"
