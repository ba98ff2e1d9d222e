"""What a buyer has accepted: a waiver marks a finding, and never hides or improves it."""

from __future__ import annotations

import pandas as pd

from kemkoll.tables import PROBLEMS, Declarations, Force, Law, list_id, problem, stack

_MANDATORY = ("ground", "decision", "decider", "until")


def waive(
    findings: pd.DataFrame, waivers: pd.DataFrame, declarations: Declarations, law: Law, on: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The findings with the number of the decision that waives each, and the problems of waivers that were
    not used.

    A waiver lifts contract requirements only; one of a statutory duty is refused.
    """
    if not len(waivers):
        return findings, PROBLEMS.empty()
    problems = []
    decision = findings["waived"].astype(object).to_numpy().copy()
    force = _force(findings, law)
    numbers = declarations.articles["number"].astype(object).to_numpy()[findings["article"].to_numpy()]
    suppliers = declarations.articles["supplier"].astype(object).to_numpy()[findings["article"].to_numpy()]
    for given in waivers.to_dict("records"):
        lacking = [name for name in _MANDATORY if not given[name]]
        if lacking:
            problems.append(problem("waiver-incomplete", found=", ".join(lacking)))
            continue
        met = (findings["list"].astype(object).map(list_id) == given["list"]).to_numpy() & (
            numbers == given["number"]
        )
        met &= (suppliers == given["supplier"]) | (given["supplier"] == "")
        met &= (findings["entry"].astype(object) == given["entry"]).to_numpy() | (given["entry"] == "")
        met &= on <= given["until"]
        statutory = met & (force == Force.law)
        if statutory.any():
            entries = ", ".join(sorted(set(findings["entry"].astype(object)[statutory])))
            problems.append(problem("waiver-refused", found=f"{given['list']}: {entries}"))
        decision[met & (force != Force.law)] = given["decision"]
    made = stack(PROBLEMS, [pd.DataFrame(problems)]) if problems else PROBLEMS.empty()
    return findings.assign(waived=pd.Categorical(decision)), made


def _force(findings: pd.DataFrame, law: Law) -> pd.Series:
    """Why each finding was made: by law, by contract, or to watch."""
    of_list = dict(zip(law.lists["list"].astype(object), law.lists["force"].astype(object), strict=True))
    of_limit = [*law.limits["force"].astype(object), ""]
    own = [
        of_limit[limit] or of_list[name]
        for limit, name in zip(findings["limit"], findings["list"].astype(object), strict=True)
    ]
    return pd.Series(own, dtype=object)
