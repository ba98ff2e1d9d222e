"""Which legal derogation each line claims, however the supplier wrote its number."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from kemkoll.tables import NONE


def claims(lines: pd.DataFrame) -> tuple[np.ndarray, list[str]]:
    """The number of each line's claim (`NONE`: it claims nothing), and the claims, as `normal_id` has them.

    >>> numbers, ids = claims(pd.DataFrame({"derogation": pd.Categorical(["6(c)", "", "6c"])}))
    >>> numbers.tolist(), ids
    ([0, -1, 0], ['6c'])
    """
    column = lines["derogation"].array
    texts = [normal_id(str(text)) if str(text).strip() else "" for text in column.categories]
    ids = list(dict.fromkeys(filter(None, texts)))
    numbers = np.array([ids.index(text) if text else NONE for text in texts], dtype=np.int64)
    return np.append(numbers, NONE)[column.codes], ids


def normal_id(text: str) -> str:
    """A derogation's number in the form in which numbers are compared; RoHS's Annex III is meant unless said.

    >>> normal_id("RoHS exemption 6 (c)"), normal_id("Annex III, 7c.I"), normal_id("IV-12")
    ('6c', '7ci', 'iv12')
    """
    plain = re.sub(r"annex|bilaga|exemptions?|undantag|entry|rohs|no\.?|nr\.?", " ", text.casefold())
    words = [re.sub(r"[^0-9a-z]", "", word) for word in re.split(r"[\s,:]+", plain)]
    joined = "".join(words)
    return re.sub(r"^iii(?=\d)", "", joined)
