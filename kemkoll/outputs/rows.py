"""A result's tables with names in the place of row numbers: what every output shows.

All work is on whole columns; an output goes through rows only to write them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pandas as pd

    from kemkoll.flow import Result

DOUBT = ("unknown", "review")
"""The verdicts that say that something is open; what is certain all the same is said beside them."""
BEHIND_DOUBT = ("listed", "exempt")
"""The levels of findings that are certain, and stand behind such a verdict."""


def texts(column: pd.Series) -> np.ndarray:
    """The column as plain texts.

    >>> import pandas as pd
    >>> texts(pd.Series(["a", "b", "a"], dtype="category")).tolist()
    ['a', 'b', 'a']
    """
    import numpy as np
    import pandas as pd

    if isinstance(column.dtype, pd.CategoricalDtype):
        return np.asarray(column.cat.categories, dtype=object)[column.cat.codes.to_numpy()]
    return column.to_numpy(dtype=object)


def look_up(column: pd.Series, rows: pd.Series | np.ndarray) -> np.ndarray:
    """The texts at these row numbers; "" where the row number points nowhere.

    >>> import pandas as pd
    >>> look_up(pd.Series(["a", "b"], dtype="category"), pd.Series([1, -1, 0])).tolist()
    ['b', '', 'a']
    """
    import numpy as np

    places = np.asarray(rows)
    found = np.append(texts(column), "")
    return found[np.where(places < 0, len(column), places)]


def findings(result: Result, language: str, only: np.ndarray | None = None) -> pd.DataFrame:
    """Each finding with its names, its limit and what the supplier wrote.

    Args:
        result: what was judged.
        language: of the entries' names.
        only: row numbers of the findings wanted, in order; all of them where it is left out.

    Returns:
        One row per finding; `lines` are tuples of row numbers in lines.
    """
    import pandas as pd

    frame = result.findings if only is None else result.findings.take(only)
    made = {
        **_places(result, frame["article"]),
        "declaration": frame["declaration"].to_numpy(),
        "component": look_up(result.declarations.components["name"], frame["component"]),
        "component_id": frame["component"].to_numpy(),
        "material": look_up(result.declarations.materials["name"], frame["material"]),
        **{
            name: texts(frame[name])
            for name in ("list", "entry", "basis", "reason", "derogation", "waived", "decided", "matched_by")
        },
        "entry_name": entry_names(result, frame, language),
        "verdict": verdict_names(frame["verdict"]),
        "rank": frame["verdict"].to_numpy(),
        "low_ppt": frame["low_ppt"].to_numpy(),
        "high_ppt": frame["high_ppt"].to_numpy(),
        **_limits(result, frame["limit"]),
        "lines": [tuple(map(int, numbers.split())) for numbers in frame["lines"].tolist()],
    }
    made["condition"] = conditions(result, made["list"], made["condition"], made["article_id"])
    return pd.DataFrame(made)


def verdicts(result: Result) -> pd.DataFrame:
    """Each verdict with its article's names and its coverage."""
    import pandas as pd

    frame = result.verdicts
    made = {
        **_places(result, frame["article"]),
        **{name: texts(frame[name]) for name in ("list", "reason", "entries", "coverage")},
        "verdict": verdict_names(frame["verdict"]),
        "rank": frame["verdict"].to_numpy(),
        **{
            name: frame[name].to_numpy()
            for name in ("entries_covered", "entries_asked", "undisclosed_ppt", "evidence_level", "waived")
        },
        **{f"also_{name}": _also_found(result, name) for name in BEHIND_DOUBT},
    }
    wide = dict(zip(texts(result.law.lists["list"]), texts(result.law.lists["condition"]), strict=True))
    made["condition"] = [wide.get(name, "") for name in made["list"]]
    return pd.DataFrame(made)


def _also_found(result: Result, level: str) -> np.ndarray:
    """How many entries were surely found at this level behind each verdict that is only doubt; else 0."""
    import numpy as np
    import pandas as pd

    from kemkoll.tables import Verdict

    own = result.findings[result.findings["verdict"] == Verdict[level]]
    found = pd.DataFrame(
        {"article": own["article"], "list": texts(own["list"]), "entry": texts(own["entry"])}
    )
    counts = found.drop_duplicates().groupby(["article", "list"]).size()
    asked = pd.MultiIndex.from_arrays([result.verdicts["article"], texts(result.verdicts["list"])])
    doubt = result.verdicts["verdict"].isin([Verdict[name] for name in DOUBT]).to_numpy()
    return np.where(doubt, counts.reindex(asked, fill_value=0).to_numpy(), 0)


def _places(result: Result, article: pd.Series) -> dict[str, Any]:
    articles = result.declarations.articles
    return {
        "article_id": article.to_numpy(),
        "supplier": look_up(articles["supplier"], article),
        "article": look_up(articles["number"], article),
        "article_name": look_up(articles["name"], article),
    }


def verdict_names(column: pd.Series) -> np.ndarray:
    """The verdicts' codes as text."""
    import numpy as np

    from kemkoll.tables import Verdict

    names = np.array([verdict.name for verdict in Verdict], dtype=object)
    named: np.ndarray = names[column.to_numpy()]
    return named


def entry_names(result: Result, frame: pd.DataFrame, language: str) -> np.ndarray:
    """What the entries of a frame with `list` and `entry` are called; in English where there is no name."""
    import numpy as np

    entries = result.law.entries
    english, own = texts(entries["name_en"]), texts(entries[f"name_{language}"])
    keys = zip(texts(entries["list"]), texts(entries["entry"]), strict=True)
    names = dict(zip(keys, np.where(own != "", own, english), strict=True))
    wanted = zip(texts(frame["list"]), texts(frame["entry"]), strict=True)
    return np.array([names.get(key) or key[1] for key in wanted], dtype=object)


def _limits(result: Result, rows: pd.Series) -> dict[str, Any]:
    import numpy as np

    limits = result.law.limits
    has_limit = rows.to_numpy() >= 0
    places = np.where(has_limit, rows.to_numpy(), len(limits))
    return {
        "has_limit": has_limit,
        "limit_ppt": np.append(limits["limit_ppt"].to_numpy(), 0)[places],
        "trace_only": np.append(limits["trace_only"].to_numpy(), [False])[places],
        **{
            name: look_up(limits[column], rows)
            for name, column in (
                ("operator", "operator"), ("limit_basis", "basis"), ("measure", "measure"),
                ("element", "element"), ("own_condition", "condition"), ("condition", "condition"),
                ("reference", "reference"), ("checked", "checked"), ("limit_words", "limit"),
            )
        },
    }  # fmt: skip


def conditions(
    result: Result, lists: Sequence[str], own: Sequence[str], articles: Sequence[int]
) -> list[str]:
    """All that must hold for each limit: its condition and the list's. That of a list that was asked for by
    name is taken as met, and told only where a fact of the article is against it.
    """
    of_law = result.law.lists
    wide = {
        name: (condition, asked)
        for name, condition, asked in zip(
            texts(of_law["list"]), texts(of_law["condition"]), of_law["asked_by_name"], strict=True
        )
    }
    known = facts(result)
    made = []
    for name, condition, article in zip(lists, own, articles, strict=True):
        of_list, asked = wide.get(name, ("", False))
        said = known.get(int(article), known[-1])
        against = any(said.get(word.lstrip("!")) is word.startswith("!") for word in of_list.split())
        told = f"{'' if asked and not against else of_list} {condition}"
        made.append(" ".join(dict.fromkeys(told.split())))
    return made


def facts(result: Result) -> dict[int, dict[str, bool]]:
    """What is known about each article with a fact of its own, the run's facts among it; -1: every other."""
    known = {-1: dict(result.facts)}
    for article, said in own_facts(result).items():
        both = dict(result.facts) | said
        known[article] = {name: holds for name, holds in both.items() if holds is not None}
    return known


def own_facts(result: Result) -> dict[int, dict[str, bool | None]]:
    """What each article that says something of its own says; None where it says both yes and no."""
    made: dict[int, dict[str, bool | None]] = {}
    frame = result.declarations.facts
    for article, condition, holds in zip(
        frame["article"], texts(frame["condition"]), frame["holds"], strict=True
    ):
        said = made.setdefault(int(article), {})
        said[condition] = bool(holds) if said.get(condition, holds) == holds else None
    return made


def editions(result: Result) -> list[dict[str, Any]]:
    """Each list with its edition, its age on the day of the judgement, and whether a newer one is due."""
    made: list[dict[str, Any]] = []
    lists = result.law.lists
    for values in zip(*(texts(lists[name]) for name in lists), strict=True):
        row = dict(zip(map(str, lists), values, strict=True))
        age = age_in_days(str(row["official_date"]), result.on)
        expected = int(row["expect_every_days"])
        made.append({**row, "age_days": age, "stale": age is not None and expected > 0 and age > expected})
    return made


def age_in_days(day: str, on: str) -> int | None:
    """How many days lie between two days, none before the first; None where one is not a date.

    >>> age_in_days("2026-02-04", "2026-11-22"), age_in_days("2026-02-04", "2020-01-01")
    (291, 0)
    >>> age_in_days("", "2020-01-01")
    """
    from datetime import date

    try:
        return max(0, (date.fromisoformat(on) - date.fromisoformat(day)).days)
    except ValueError:
        return None


def told_lines(result: Result) -> list[int]:
    """Row numbers of the lines that something is said about: those with a hit, a problem or a finding."""
    told = {*result.hits.hits["line"].tolist(), *result.problems["line"].tolist()}
    told |= {int(line) for lines in result.findings["lines"] for line in lines.split()}
    return sorted(told)


def nothing_read(result: Result) -> bool:
    """Whether no supplier said anything: neither a line nor a statement was read."""
    return not len(result.declarations.lines) and not len(result.declarations.statements)
