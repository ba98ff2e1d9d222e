"""Amounts and masses: "0,1 %", "<1000 ppm", "5–10 %", "ND (<5 mg/kg)" read into exact intervals.

`intervals` reads and writes the intervals, `words` holds the vocabulary: units, bounds, figures.
"""

from __future__ import annotations

from kemkoll.quantities.intervals import Amount, Mass, format_amount, parse_amount, parse_mass, parse_share
from kemkoll.quantities.words import decimal_sign, parse_unit

__all__ = [
    "Amount",
    "Mass",
    "decimal_sign",
    "format_amount",
    "parse_amount",
    "parse_mass",
    "parse_share",
    "parse_unit",
]
