"""What a buyer has accepted: a waiver marks a finding, and never hides or improves it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kemkoll.judgement.concerned import concerned
from kemkoll.tables import PROBLEMS, Declarations, Force, Law, problem, stack

_MANDATORY = ("ground", "decision", "decider", "until")


def waive(
    findings: pd.DataFrame, waivers: pd.DataFrame, declarations: Declarations, law: Law, on: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The findings with the number of the decision that waives each, and the problems of waivers that were
    not used.

    A waiver lifts contract requirements only; one of a statutory duty is refused. Where several hold, the
    last one is named.
    """
    if not len(waivers):
        return findings, PROBLEMS.empty()
    given = {name: waivers[name].astype(object).to_numpy() for name in (*_MANDATORY, "list")}
    lacking = np.column_stack([given[name] == "" for name in _MANDATORY])
    told = {
        int(row): problem("waiver-incomplete", found=", ".join(np.array(_MANDATORY)[lacking[row]]))
        for row in np.flatnonzero(lacking.any(axis=1))
    }
    holds = ~lacking.any(axis=1) & (given["until"] >= on)
    met = concerned(findings, waivers, declarations)
    met = met[holds[met["given"]]]
    refused = _statutory(findings, law)[met["finding"]]
    entries = findings["entry"].array
    rows, starts = np.unique(met["given"][refused], return_index=True)
    for row, own in zip(rows, np.split(met["finding"].to_numpy()[refused], starts[1:]), strict=False):
        named = ", ".join(sorted(set(entries[own])))
        told[int(row)] = problem("waiver-refused", found=f"{given['list'][row]}: {named}")
    let_off = met[~refused]
    code, texts = pd.factorize(np.append("", given["decision"]))
    names = pd.Index(texts, dtype=object)
    waived = np.zeros(len(findings), dtype=np.int64)
    waived[let_off["finding"]] = code[1:][let_off["given"]]
    problems = [pd.DataFrame([told[row] for row in sorted(told)])] if told else []
    return findings.assign(waived=pd.Categorical.from_codes(waived, names)), stack(PROBLEMS, problems)


def _statutory(findings: pd.DataFrame, law: Law) -> np.ndarray:
    """Which findings the law makes, and no contract: by the force of their limit, else of their list."""
    by_law = dict(zip(law.lists["list"], law.lists["force"] == Force.law, strict=True))
    lists = findings["list"].array
    of_list = np.array([by_law.get(name, False) for name in lists.categories], dtype=bool)[lists.codes]
    own = np.append(law.limits["force"].astype(object).to_numpy(), "")
    limit = findings["limit"].to_numpy()
    made: np.ndarray = np.where((own == "")[limit], of_list, (own == Force.law)[limit])
    return made
