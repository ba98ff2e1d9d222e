"""Which of the demonstration's substances stand on the lists that are asked about, and since when."""

from __future__ import annotations

from kemkoll.demo.families import Family

PHTHALATES, CANDIDATE, ROHS = "phthalates", "eu-reach-candidate", "eu-rohs"
EDITIONS = {
    PHTHALATES: ("2009-06-01",),
    CANDIDATE: (
        "2022-01-17", "2022-06-10", "2023-01-17", "2023-06-14", "2024-01-23", "2024-06-27", "2024-11-07",
        "2025-01-21", "2025-06-25", "2025-11-05", "2026-02-04",
    ),
    ROHS: ("2019-07-22",),
}  # fmt: skip
"""The editions of each list that a supplier may answer for."""
LISTED: dict[str, dict[str, str]] = {
    PHTHALATES: dict.fromkeys(("dehp", "dinp", "dibp", "dphp"), "2009-06-01"),
    CANDIDATE: {
        "dehp": "2008-10-28", "dibp": "2010-01-13", "tcep": "2010-01-13", "egdme": "2012-06-18",
        "npe": "2013-06-20", "uv328": "2014-12-17", "bpa": "2017-01-12", "lead": "2018-06-27",
        "d4": "2018-06-27", "d5": "2018-06-27", "bps": "2023-01-17", "tbbpa": "2023-01-17",
        "melamine": "2023-01-17", "uv329": "2024-01-23", "tpp": "2024-11-07", "dbdpe": "2025-11-05",
    },
    ROHS: dict.fromkeys(("lead", "dehp", "dibp"), "2019-07-22"),
}  # fmt: skip
"""The day on which each list took a substance in."""
_LIMIT = 10  # hundredths of a per cent


def asked(family: Family) -> tuple[str, ...]:
    """The lists that are asked about a family's articles."""
    electrical = "electrical_equipment=ja" in family.facts
    return (PHTHALATES, CANDIDATE, ROHS) if electrical else (PHTHALATES, CANDIDATE)


def edition_on(of_list: str, day: str) -> str:
    """The newest edition of a list on a day.

    >>> edition_on("eu-reach-candidate", "2023-12-31")
    '2023-06-14'
    """
    return max(it for it in EDITIONS[of_list] if it <= day)


def contains(family: Family, choice: str, of_list: str, edition: str) -> bool:
    """Whether an article with a choice of its agent has more than 0.1 % of something on an edition of a list.

    >>> from kemkoll.demo.families import families
    >>> chair = families()["chair-foam"]
    >>> [contains(chair, "melamine", "eu-reach-candidate", it) for it in ("2022-06-10", "2023-01-17")]
    [False, True]
    """
    taken_in = LISTED[of_list]
    return any(
        share > _LIMIT and substance in taken_in and taken_in[substance] <= edition
        for layer in family.layers
        for substance, share in family.lines(layer, choice).items()
    )
