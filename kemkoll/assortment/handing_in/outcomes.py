"""What follows for a supplier's articles by each list, with the reasons, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kemkoll.flow import Result
from kemkoll.i18n import translator
from kemkoll.outputs import html, rows
from kemkoll.report.supplier import OTHERWISE, TO_DO
from kemkoll.tables import Verdict

MOST = 100
"""Articles that are shown of one plan, the worst first."""
_GRAVITY = [verdict.name for verdict in Verdict]


@dataclass(frozen=True)
class Judgement:
    """What follows for one article by the lists of one requirement profile.

    Attributes:
        number, name: of the article.
        profile: name of the profile.
        verdicts: of each list, the worst first: `list`, `title`, `level`, `word`, `why`, `untold`, `found`,
            `waived`, `parts` (findings, as `outputs.html` has them) and `to_do`: what to do about it; empty:
            nothing.
        lists: by which editions.
    """

    number: str
    name: str
    profile: str
    verdicts: tuple[dict[str, Any], ...]
    lists: tuple[dict[str, str], ...]

    @property
    def worst(self) -> dict[str, Any]:
        """The worst verdict."""
        return self.verdicts[0]


def judgements(results: Sequence[Result], language: str) -> list[Judgement]:
    """What follows for each article of some results, the worst first."""
    made = [judgement for result in results for judgement in _of_result(result, language)]
    return sorted(made, key=lambda it: -_GRAVITY.index(it.worst["level"]))


def _of_result(result: Result, language: str) -> list[Judgement]:
    _ = translator(language)
    said = html.content(result, _, most=MOST)
    frame = rows.verdicts(result)
    reasons = {
        (f"a{article}", name): (level, reason)
        for article, name, level, reason in zip(
            frame["article_id"], frame["list"], frame["verdict"], frame["reason"], strict=True
        )
    }
    made = []
    for article in said["articles"]:
        verdicts = []
        for verdict in article["verdicts"]:
            level, reason = reasons[article["id"], verdict["list"]]
            to_do = _(TO_DO.get(reason, OTHERWISE)) if level == Verdict.unknown.name else ""
            verdicts.append(verdict | {"to_do": to_do})
        named = (article["number"], article["name"], result.profile.id)
        made.append(Judgement(*named, tuple(verdicts), tuple(said["lists"])))
    return made
