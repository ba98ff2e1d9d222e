"""Facts that the lines and materials of the same article contradict: “has no PVC” beside a part of PVC."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kemkoll.identifiers import parse_cas
from kemkoll.judgement.conditions import Facts
from kemkoll.judgement.units import Pairs
from kemkoll.tables import PROBLEMS, Condition, Declarations, problem
from kemkoll.wording import Wordings

_SOFT = ("mjuk pvc", "mjukpvc", "mjukgjord pvc", "soft pvc", "flexible pvc", "pvc-p")
_PVC = ("pvc", "polyvinylklorid", "polyvinyl chloride", "upvc", "cpvc", *_SOFT)
_RUBBER = ("naturgummi", "natural rubber", "nitrilgummi", "nitrile rubber", "latexgummi", "latex rubber")
_SHOWN = {
    Condition.has_pvc: (_PVC, ("9002-86-2",)),
    Condition.plasticised: (_SOFT, ()),
    Condition.rubber_or_plastic: ((*_PVC, *_RUBBER), ("9002-86-2", "9006-04-6")),
}
"""What shows that a fact holds: what a material is called, and what it is made of."""


def shown(declarations: Declarations) -> pd.DataFrame:
    """The facts that materials and lines show, each once: article, condition, and what shows it.

    A line that says 0 % shows nothing, nor does a name that may deny what it names.
    """
    lines, materials = declarations.lines, declarations.materials
    there = (lines["high_ppt"] > 0).to_numpy()
    written = [parse_cas(number) for number in lines["cas"].cat.categories]
    made = [pd.DataFrame({"article": [], "condition": [], "found": []}, dtype=object)]
    for condition, (words, numbers) in _SHOWN.items():
        wordings = Wordings((0, word, False, "", True) for word in words)
        called = [bool(wordings.clearly_met_by(name)) for name in materials["name"].cat.categories]
        named = [wordings.is_all_of(0, name) for name in lines["name"].cat.categories]
        numbered = [number in numbers for number in written]
        for table, column, holds, use in (
            (materials, "name", called, None),
            (lines, "name", named, there),
            (lines, "cas", numbered, there),
        ):
            codes = table[column].cat.codes.to_numpy()
            rows = np.flatnonzero(np.append(np.array(holds, dtype=bool), False)[codes] & (use is None or use))
            own = table.iloc[rows]
            made.append(
                pd.DataFrame(
                    {
                        "article": own["article"],
                        "condition": str(condition),
                        "found": own[column].astype(object),
                    }
                )
            )
    return pd.concat(made, ignore_index=True).drop_duplicates(["article", "condition"], ignore_index=True)


def contradictions(declarations: Declarations, found: Pairs, facts: Facts) -> pd.DataFrame:
    """A problem for each fact of an article that its own lines, materials or components contradict."""
    numbers = declarations.articles["number"].astype(object).to_numpy()
    of_facts = facts.doubted.itertuples(index=False, name=None)
    made = [
        problem("condition-conflict", found=f"{numbers[int(article)]}: {condition}=no, {seen}")
        for article, condition, seen in of_facts
    ]
    kits = np.unique(found.article[facts.kits[found.article]])
    made += [
        problem("condition-conflict", found=f"{numbers[kit]}: {Condition.chemical_product}=yes, component")
        for kit in kits
    ]
    return PROBLEMS.conform(pd.DataFrame(made)) if made else PROBLEMS.empty()
