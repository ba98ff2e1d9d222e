"""What a report shows beside the figures of trends: editions, revisions, and what people call things."""

from __future__ import annotations

from kemkoll.tables.frames import table

EDITIONS = table(
    "editions",
    "one edition of a list that was judged by",
    ("list", "category", ""),
    ("title_en", "category", ""),
    ("title_sv", "category", "empty: as in English"),
    ("edition", "category", "day"),
    ("entries", "int32", "-1: not counted"),
    ("periods", "category", "the periods that it was used in, as people call them: 2023, 2024"),
    ("role", "category", "Reading that it stands for: fixed, own, reread"),
    ("sha256", "category", "of its files; empty: not kept"),
)
REVISIONS = table(
    "revisions",
    "one figure as it was published, and as it would be now",
    ("list", "category", ""),
    ("indicator", "category", "as INDICATORS calls it"),
    ("period", "int32", ""),
    ("unit", "category", "as in INDICATORS"),
    ("published", "float64", "not a number where there was none"),
    ("now", "float64", "not a number where there is none"),
    ("corrections", "int64", "corrections since then that count"),
    ("late", "int64", "declarations that came since then and were dated before"),
)
NAMES = table(
    "names",
    "what people call a category, a contract, an organisation or a supplier",
    ("grouping", "category", "Grouping"),
    ("code", "category", "as `group` in INDICATORS"),
    ("name_en", "category", ""),
    ("name_sv", "category", "empty: as in English"),
)
REPORTED = (EDITIONS, REVISIONS, NAMES)
