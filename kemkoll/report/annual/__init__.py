"""The annual report of an organisation: how many articles contain what the lists name, and what became of
them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from kemkoll.report.subject import Subject
from kemkoll.tables.reported import EDITIONS, NAMES, REVISIONS
from kemkoll.tables.trends import DEVIATIONS, INDICATORS, MATRIX, SAMPLES, TARGETS, WAIVED

if TYPE_CHECKING:
    from kemkoll.i18n import Translator
    from kemkoll.report.document import Document

__all__ = ["Annual", "Subject", "document"]


@dataclass(frozen=True)
class Annual:
    """What the annual report needs. It is computed, and what is to be hidden is hidden.

    Attributes:
        organisation: whose report it is.
        year: what people call the period of the report: `2025`.
        on: day that was judged, ISO.
        taken: day on which it was frozen, ISO.
        subjects: the first is the one of the headline.
        profile: id of the measuring profile.
        versions: of programs and data, by name.
        headline: `K1` or `K2`, decided before the series began.
        unit: what one article is, by language; empty: one article number of a supplier.
        internal: the report is not for outsiders: suppliers may be named, nothing is hidden.
        invented: the data are an example.
        digest: of the snapshots, by which the report is known.
        indicators: of no list: K13, K15, K16, K17.
        periods: what the row numbers of periods are called.
        matrix: category × list.
        revisions: None where the report is given as it was published.
        plans: what is set down for the next year, by language.
    """

    organisation: str
    year: str
    on: str
    taken: str
    subjects: tuple[Subject, ...]
    profile: str = ""
    versions: dict[str, str] = field(default_factory=dict)
    headline: str = "K1"
    unit: dict[str, str] = field(default_factory=dict)
    internal: bool = False
    invented: bool = False
    digest: str = ""
    indicators: pd.DataFrame = field(default_factory=INDICATORS.empty)
    targets: pd.DataFrame = field(default_factory=TARGETS.empty)
    matrix: pd.DataFrame = field(default_factory=MATRIX.empty)
    samples: pd.DataFrame = field(default_factory=SAMPLES.empty)
    deviations: pd.DataFrame = field(default_factory=DEVIATIONS.empty)
    waived: pd.DataFrame = field(default_factory=WAIVED.empty)
    editions: pd.DataFrame = field(default_factory=EDITIONS.empty)
    names: pd.DataFrame = field(default_factory=NAMES.empty)
    revisions: pd.DataFrame | None = field(default_factory=REVISIONS.empty)
    plans: tuple[dict[str, str], ...] = ()


def document(data: Annual, _: Translator) -> Document:
    """The report as sentences, tables and figures."""
    from kemkoll.report.annual.whole import whole

    return whole(data, _)
