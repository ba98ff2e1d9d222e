"""Which declarations of an article a new one takes the place of, and which it comes too late for."""

from __future__ import annotations

import pandas as pd

from kemkoll.store import Change, Known, declarations, declared
from kemkoll.store.models import Line, Statement
from kemkoll.tables import Scope

REFORMULATION = "reformulation"


def supersede(change: Change, new: pd.DataFrame) -> tuple[int, int]:
    """End what new declarations take the place of: how many that were, and how many came too late.

    The order in which files are handed in does not matter where both are dated: what the later one replaces
    is ended, whichever came first. A date after the day on which the file is added says nothing.

    Args:
        new: `id`, `article`, `declaration` of the new `declared_article` rows.
    """
    before = declared.current_rows(change, new["article"].to_numpy())
    before = before[~before["id"].isin(new["id"])]
    if not len(before):
        return 0, 0
    met = new.merge(before[["id", "article"]], on="article", suffixes=("", "_before"))
    there = pd.concat([new, before])
    told = said(change, there[there["article"].isin(before["article"])], change.at[:10])
    now, then = (told.loc[met[name]].reset_index(drop=True) for name in ("id", "id_before"))
    overtaken = (then["date"] > now["date"]) & (now["date"] != "")
    late = met["id"][overtaken & replaces(then, now)].unique()
    ended = met["id_before"][~overtaken & replaces(now, then) & ~met["id"].isin(late)].unique()
    declarations.end(change, [*ended.tolist(), *late.tolist()])
    return len(ended), len(late)


def replaces(later: pd.DataFrame, earlier: pd.DataFrame) -> pd.Series:
    """Whether what a later declaration says of an article replaces what an earlier one says.

    A composition replaces everything before it, and so does whatever says that the article was reformulated.
    An answer replaces earlier ones about no other lists than its own, and stands beside the composition:
    “none above its limit” wipes out no line that names one.

    Args:
        later, earlier: `kind` (Scope), `reason`, `lists` (answered), beside each other.

    >>> answers = pd.DataFrame({"kind": "list_answer", "reason": "", "lists": [{1}, {2}]})
    >>> other = pd.DataFrame({"kind": ["list_answer", "full"], "reason": "", "lists": [{2}, set()]})
    >>> replaces(answers, other).tolist(), replaces(other, answers).tolist()
    ([False, False], [False, True])
    """
    pairs = zip(earlier["lists"], later["lists"], strict=True)
    within = pd.Series([old <= new for old, new in pairs], index=later.index, dtype=bool)
    takes_all = (later["kind"] == Scope.full) | (later["reason"] == REFORMULATION)
    return takes_all | ((later["kind"] == earlier["kind"]) & within)


def said(known: Known, rows: pd.DataFrame, today: str) -> pd.DataFrame:
    """What each row of `declared_article` says of its article: `kind`, `reason`, `lists`, `date`, by id.

    A file may give the composition of one article, and of another nothing but an answer.

    Args:
        known: any moment after them.
        rows: `id` and `declaration`.
        today: a date after this day says nothing.
    """
    heads = declared.heads(known, rows["declaration"].to_numpy()).loc[rows["declaration"]]
    lines = declarations.belonging(known, rows["id"], Line, "declared")
    answers = declarations.belonging(known, rows["id"], Statement, "declared", "list")
    lists = answers.groupby("declared")["list"].agg(frozenset)
    kind = pd.Series(Scope.partial.value, index=rows["id"], dtype=object)
    kind[kind.index.isin(answers["declared"])] = Scope.list_answer.value
    kind[kind.index.isin(lines["declared"])] = Scope.full.value
    date = heads["date"].where(heads["date"] <= today, "")
    made = {"kind": kind.to_numpy(), "reason": heads["reason"].to_numpy(), "date": date.to_numpy()}
    own = [lists.get(row, frozenset()) for row in rows["id"]]
    return pd.DataFrame(made, index=rows["id"].to_numpy()).assign(lists=own)
