"""What an explanation is made of: plain values, with the codes and row numbers of the tables they come from.

Shares are in 10⁻¹² kg/kg, masses in µg. Words for codes are found by who shows them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kemkoll.tables import WHOLE


@dataclass(frozen=True)
class Meaning:
    """One substance that a line may mean, and by what it meets the entry; `matched_by` is empty where not."""

    name: str
    cas: str
    ec: str
    inchikey: str
    smiles: str
    formula: str
    found_by: str
    variable: bool
    matched_by: str = ""
    member: str = ""
    certainty: str = ""
    why: str = ""
    atoms: tuple[int, ...] = ()
    """Those by which a group's rule takes it in, by their places in the SMILES; `member` shows them alone."""


@dataclass(frozen=True)
class Cells:
    """One line as the supplier wrote it, and what it was read as."""

    line: int
    file: str
    sheet: str
    row: int
    headers: Mapping[str, str]
    name: str
    cas: str
    ec: str
    smiles: str
    amount: str
    low_ppt: int
    high_ppt: int
    step_ppt: int
    basis: str
    basis_assumed: bool
    component: str
    material: str
    function: str
    intended: str
    derogation: str
    meanings: tuple[Meaning, ...]
    why_several: str
    problems: tuple[tuple[str, str, str, str], ...]
    """Code, what was found, what it may have been meant to be, header of the column."""


@dataclass(frozen=True)
class Element:
    """A share of a compound as a share of one element in it.

    `share_low` and `share_high` are kg of the element in a kg of the compound; `doubt` is their relative
    uncertainty.
    """

    symbol: str
    share_low: float
    share_high: float
    doubt: float
    low_ppt: int
    high_ppt: int


@dataclass(frozen=True)
class Conversion:
    """A share of one unit as a share of another; masses are least and greatest, -1 where nobody says."""

    basis: str
    wanted: str
    mass_ug: tuple[int, int]
    wanted_mass_ug: tuple[int, int]
    done: bool
    low_ppt: int
    high_ppt: int


@dataclass(frozen=True)
class Addend:
    """What one line adds; a line whose match is only possible adds from nothing up to its share."""

    cells: Cells
    certain: bool
    why: str
    element: Element | None
    conversion: Conversion | None
    low_ppt: int
    high_ppt: int


@dataclass(frozen=True)
class Arithmetic:
    """How the shares of some lines become the finding's.

    Attributes:
        added: whether the shares add up; shares of parts that nobody named may be of several, and of these
            the largest low counts.
        named: the name of a material (or "") by which there is some of it, however much: what its lines
            say is no bound.
        low_ppt, high_ppt: the finding's.
        basis: of these shares.
    """

    addends: tuple[Addend, ...]
    added: bool
    named: str
    named_certain: bool
    low_ppt: int
    high_ppt: int
    basis: str

    def of_lines(self) -> tuple[int, int]:
        """What the lines alone come to."""
        lows = [addend.low_ppt for addend in self.addends] or [0]
        low = min(sum(lows) if self.added else max(lows), WHOLE)
        return low, min(sum(addend.high_ppt for addend in self.addends), WHOLE)

    def follows(self) -> tuple[int, int]:
        """What lines and name come to: equal to `low_ppt` and `high_ppt`, which a test holds."""
        low, high = self.of_lines()
        return (max(low, 1) if self.named_certain else low), (WHOLE if self.named else high)


@dataclass(frozen=True)
class Fact:
    """One fact that must hold (or must not, where `wanted` is false), and where it is known from.

    `holds` is whether the fact itself is so; None: nobody has said, or it was said both ways. `source` is
    file, run, profile, composition, other, both, nobody, or asked (a list asked for by name).
    """

    name: str
    wanted: bool
    holds: bool | None
    source: str


@dataclass(frozen=True)
class Limit:
    """The limit that decided, with everything that it takes to bind."""

    words: str
    limit_ppt: int
    operator: str
    basis: str
    measure: str
    element: str
    trace_only: bool
    narrower: bool
    force: str
    since: str
    until: str
    reference: str
    checked: str
    facts: tuple[Fact, ...]
    others: int
    """How many other limits the entry has, none of which gave a worse verdict."""


@dataclass(frozen=True)
class Derogation:
    """What the law lets off: claimed by a line, or deciding."""

    id: str
    use: str
    claimed: bool
    decided: bool
    limit_ppt: int
    floor_ppt: int
    since: str
    until: str
    renewal: str
    facts: tuple[Fact, ...]
    reference: str
    checked: str


@dataclass(frozen=True)
class Entry:
    """What the list says of the entry."""

    list: str
    entry: str
    official: str
    names: Mapping[str, str]
    reason: str
    since: str
    until: str
    reference: str
    wording: str
    """A group's official words; empty for what is no group."""
    undecided: Mapping[str, str]
    """By language, what the structure cannot tell of the group; empty texts: nothing, or it has no rule."""


@dataclass(frozen=True)
class FindingWalk:
    """One finding, from the cell to the law."""

    verdict: str
    reason: str
    component: str
    material: str
    matched_by: str
    entry: Entry
    arithmetic: Arithmetic
    limit: Limit | None
    passes: tuple[bool, bool]
    """Whether the least share passes the limit, and the greatest."""
    judged_on: str
    derogations: tuple[Derogation, ...]
    derogations_of_entry: int
    waived: str
    decided: str
    waits_for: tuple[str, ...]
    """Names of the facts that nobody has said and that decide whether the limit binds."""


@dataclass(frozen=True)
class Other:
    """A finding that is not walked through; `waits_for` as in `FindingWalk`."""

    entry: str
    verdict: str
    reason: str
    part: str
    waits_for: tuple[str, ...]


@dataclass(frozen=True)
class Gap:
    """Entries that are not answered for, and why (key of `codes.REASONS`)."""

    reason: str
    entries: tuple[str, ...]
    limit_ppt: int
    """The strictest of their limits: what would have to be ruled out; 0: presence."""


@dataclass(frozen=True)
class Statement:
    """One answer of the supplier about the whole list."""

    answer: str
    edition: str
    basis: str
    file: str
    sheet: str
    row: int


@dataclass(frozen=True)
class Coverage:
    """What was answered for, and what nobody told."""

    degree: str
    answered: int
    asked: int
    undisclosed_ppt: int
    evidence_level: int
    gaps: tuple[Gap, ...]
    statements: tuple[Statement, ...]
    undisclosed: tuple[Cells, ...]
    """Lines of which nobody knows what they are."""


@dataclass(frozen=True)
class Source:
    """The list: what is judged by, of which day, on what authority."""

    list: str
    titles: Mapping[str, str]
    act: str
    edition: str
    official_date: str
    force: str
    condition: str
    facts: tuple[Fact, ...]
    by_market: bool
    asked_by_name: bool


@dataclass(frozen=True)
class Explanation:
    """One verdict, walked from the cell to the law.

    Attributes:
        on: day of the judgement.
        placed_on_market: first day on the market; empty where nobody says.
        asked_entry: the entry that was asked about; None where the whole verdict was.
        verdict, reason: of the article and list.
        walks: the findings walked through, worst first.
        others: the findings not walked through.
    """

    article: str
    article_name: str
    supplier: str
    on: str
    placed_on_market: str
    assume_complete: bool
    asked_entry: Entry | None
    verdict: str
    reason: str
    waived: bool
    source: Source
    walks: tuple[FindingWalk, ...]
    others: tuple[Other, ...]
    coverage: Coverage
