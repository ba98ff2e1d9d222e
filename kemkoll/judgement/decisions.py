"""What people made of findings that were for review: a decision takes the place of the doubt, and shows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kemkoll.judgement.concerned import concerned
from kemkoll.tables import PROBLEMS, Declarations, Law, Verdict, problem, stack

DECIDABLE = (
    Verdict.not_listed,
    Verdict.below_limit,
    Verdict.exempt,
    Verdict.listed,
    Verdict.above_limit,
)
"""What a person may make of a finding that is for review."""


NO_LIMIT = "none"
"""What a decision says where the finding was held against no limit."""


def decide(
    findings: pd.DataFrame, decisions: pd.DataFrame, declarations: Declarations, law: Law
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The findings with what people decided, and the problems of decisions that were not used.

    A decision settles the findings of its article and entry that are for review by exactly its reason, held
    against the limit that it names. What is certain it never touches, and a finding that is for review by
    another reason, or under another limit, stays so.

    Args:
        findings: `tables.FINDINGS`.
        decisions: `tables.DECISIONS`.
        declarations: where the articles are.
        law: the limits.
    """
    if not len(decisions):
        return findings, PROBLEMS.empty()
    given = {
        name: decisions[name].astype(object).to_numpy()
        for name in ("list", "entry", "reason", "limit", "verdict", "decision")
    }
    known = {verdict.name: int(verdict) for verdict in DECIDABLE}
    refused = (given["entry"] == "") | (given["decision"] == "")
    refused |= ~np.isin(given["verdict"].astype(str), list(known))
    met = concerned(findings, decisions, declarations)
    met = met[~refused[met["given"]]]
    verdict = findings["verdict"].to_numpy().copy()
    reason, decided = (findings[name].astype(object).to_numpy().copy() for name in ("reason", "decided"))
    at = verdict[met["finding"]]
    limit = given["limit"][met["given"]]
    same = (limit == "") | (limit == limits_of(findings, law)[met["finding"]])
    doubted = (at == Verdict.review) & (reason[met["finding"]] == given["reason"][met["given"]]) & same
    settled = met[doubted]
    certain = met["given"][at == Verdict.above_limit]
    refused[np.setdiff1d(certain, settled["given"])] = True
    verdict[settled["finding"]] = [known[name] for name in given["verdict"][settled["given"]]]
    reason[settled["finding"]] = "decided"
    decided[settled["finding"]] = given["decision"][settled["given"]]
    made = findings.assign(verdict=verdict, reason=pd.Categorical(reason), decided=pd.Categorical(decided))
    return made, stack(PROBLEMS, _problems(given, np.flatnonzero(refused)))


def limits_of(findings: pd.DataFrame, law: Law) -> np.ndarray:
    """The limit that each finding was held against, with its operator: `> 0.1 %`; else `NO_LIMIT`."""
    written = zip(law.limits["operator"], law.limits["limit"], strict=True)
    texts = np.array([*(f"{operator} {text}" for operator, text in written), NO_LIMIT], dtype=object)
    made: np.ndarray = texts[findings["limit"].to_numpy()]
    return made


def _problems(given: dict[str, np.ndarray], rows: np.ndarray) -> list[pd.DataFrame]:
    told = [
        problem(
            "decision-refused",
            found=f"{given['decision'][row] or '–'}, {given['list'][row]}, {given['entry'][row] or '–'}: "
            f"{given['verdict'][row] or '–'}",
        )
        for row in rows
    ]
    return [pd.DataFrame(told)] if told else []
