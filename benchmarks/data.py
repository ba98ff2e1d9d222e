"""Declarations made up for measuring: many lines, few distinct values, as in real assortments.

A few substances and amounts are in nearly every article and most are rare (Zipf's law); some are listed.
Nothing here is a real article.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

import kemkoll

LINES_PER_ARTICLE = 40
COMPONENTS = 3
SUBSTANCES = 5000
LISTED = 200
AMOUNTS = 2000


def write_declaration(path: Path, articles: int, seed: int = 1) -> None:
    """Write `articles` articles of 40 lines to a CSV or Parquet file, the same ones for both."""
    frame = declared_lines(articles, seed)
    if path.suffix == ".parquet":
        frame.to_parquet(path, index=False)
    else:
        frame.to_csv(path, index=False)


def declared_lines(articles: int, seed: int) -> pd.DataFrame:
    """The lines of the articles as a supplier writes them: one row per line, all cells text."""
    random = np.random.default_rng(seed)
    size = articles * LINES_PER_ARTICLE
    numbers, amounts = substances(random), amount_texts(random)
    article = np.repeat(np.arange(articles), LINES_PER_ARTICLE)
    component = np.tile(np.arange(LINES_PER_ARTICLE) * COMPONENTS // LINES_PER_ARTICLE, articles)
    return pd.DataFrame(
        {
            "article": pd.Categorical.from_codes(article, [f"A-{number:06}" for number in range(articles)]),
            "component": pd.Categorical.from_codes(component, ["housing", "cable", "tube"]),
            "cas": pd.Categorical.from_codes(zipf(random, SUBSTANCES, size), numbers),
            "amount": pd.Categorical.from_codes(zipf(random, len(amounts), size), amounts),
        }
    ).astype("str")


def substances(random: np.random.Generator) -> list[str]:
    """Distinct CAS numbers of which `LISTED` are on a list, in random order of frequency."""
    from chemicals import identifiers

    listed = listed_numbers()[:LISTED]
    identifiers.search_chemical("50-00-0")
    identifiers.pubchem_db.finish_loading()
    known = sorted({chemical.CASs for chemical in identifiers.pubchem_db.CAS_index.values()} - set(listed))
    chosen = listed + list(random.choice(known, SUBSTANCES - len(listed), replace=False))
    return [str(number) for number in random.permutation(chosen)]


def listed_numbers() -> list[str]:
    """The CAS numbers that are members of some entry."""
    members = kemkoll.load_lists(["eu-reach-candidate", "eu-rohs", "phthalates"]).members
    return sorted(set(members.loc[members["kind"] == "cas", "value"].astype(str)))


def amount_texts(random: np.random.Generator) -> list[str]:
    """About `AMOUNTS` distinct amounts as people write them."""
    shares = random.integers(1, 9_400, AMOUNTS)
    forms = ("{0:.2f} %", "{0:.1f} - {1:.1f} %", "< {0:.2f} %", "{2} ppm")
    made = (forms[n % 4].format(share / 100, share / 100 + 5, share * 10) for n, share in enumerate(shares))
    return sorted(set(made))


def zipf(random: np.random.Generator, values: int, size: int) -> np.ndarray:
    """`size` choices among `values`, the n-th as frequent as 1 / n."""
    frequency = 1 / np.arange(1, values + 1)
    return random.choice(values, size, p=frequency / frequency.sum())
