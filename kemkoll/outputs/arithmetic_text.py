"""The arithmetic of a finding in numbers: `30 % × 0.92832 Pb/kg = 27.71–27.99 %`."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kemkoll.i18n import Translator, number_text, share_text
from kemkoll.outputs.words import BASES, plain, quoted

if TYPE_CHECKING:
    from kemkoll.explain.shape import Addend, Arithmetic, Conversion, Element

_UG_PER_G = 10**6


def lines(arithmetic: Arithmetic, limit_ppt: int | None, _: Translator) -> list[str]:
    """The steps from each line's share to the finding's.

    Args:
        arithmetic: what was added up.
        limit_ppt: the limit that the sum is held against; it is never rounded across it.
    """
    from kemkoll.tables import WHOLE

    made = [line for addend in arithmetic.addends for line in _addend(addend, _)]
    shares = [share_text(it.low_ppt, it.high_ppt, _.language) for it in arithmetic.addends]
    total = share_text(arithmetic.low_ppt, arithmetic.high_ppt, _.language, limit_ppt)
    basis = _(BASES.get(arithmetic.basis, ""))
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
        named = quoted(plain(arithmetic.named), _)
        made.append(_("How much of it {name} holds, nobody says.").format(name=named))
    made.append(_("in all: {share} {of}").format(share=total, of=basis).rstrip())
    return made


def _addend(addend: Addend, _: Translator) -> list[str]:
    """The steps of one line: doubt, element, unit."""
    cells = addend.cells
    share = share_text(cells.low_ppt, cells.high_ppt, _.language)
    made = []
    low = cells.low_ppt if addend.certain else 0
    if not addend.certain:
        counted = share_text(low, cells.high_ppt, _.language)
        made.append(
            _("{share}, and the match is only possible: from nothing up to it, {counted}").format(
                share=share, counted=counted
            )
        )
        share = counted
    if addend.element:
        made.append(_element(share, addend.element, _))
        share = share_text(addend.element.low_ppt, addend.element.high_ppt, _.language)
    if addend.conversion:
        made.append(_conversion(share, addend.conversion, _))
    return made or [_("{share}, as declared").format(share=share)]


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
