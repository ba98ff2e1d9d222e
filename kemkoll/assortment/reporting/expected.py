"""What a new edition of a list would change, as its report tells it."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from kemkoll.assortment.impact import Impact
from kemkoll.lists.proposing import Proposal
from kemkoll.report.list_impact import Expected


def expected(made: Impact, proposal: Proposal, paths: Sequence[str]) -> Expected:
    """What a proposed list would change.

    Args:
        made: what follows from it.
        proposal: the list as it was read.
        paths: the files that it was read from.
    """
    about = proposal.draft.about
    return Expected(
        on=made.on,
        title={"en": str(about["title_en"]), "sv": str(about["title_sv"])},
        official=str(about["official_date"]),
        digest=sha256(b"".join(Path(path).read_bytes() for path in paths)).hexdigest(),
        lists=made.lists,
        articles=made.articles,
        changes=made.changes,
        contracts=made.contracts,
    )
