"""What suppliers do themselves beside declaring: drafts, signatures, wishes, replies; and letters to them."""

from __future__ import annotations

from sqlalchemy import LargeBinary
from sqlmodel import Field

from kemkoll.store.models.common import Kept, Numbered


class Draft(Kept, table=True):
    """One answer in the making: some files, until they are signed.

    Attributes:
        draft: the number that every later version of this row shares.
        request: `Request.request` that it answers; 0: none.
        user: `User.user` who began it.
        made: instant in UTC.
        state: `open`, `submitted`, `discarded`.
    """

    draft: int = Field(index=True)
    supplier: int = Field(index=True)
    user: int
    made: str
    request: int = 0
    state: str = "open"


class Upload(Kept, table=True):
    """One file of a draft, byte for byte; ended when another takes its place.

    Attributes:
        name: what it is called where it comes from.
    """

    draft: int = Field(index=True)
    name: str
    sha256: str = Field(index=True)
    size: int
    content: bytes = Field(sa_type=LargeBinary)


class Signature(Kept, table=True):
    """What somebody has put their name to: the files of a draft.

    Attributes:
        name: the name that was signed with.
        statement: the sentence that was signed, as it was shown.
        receipt: SHA-256 over the files, the sentence, the name and the instant: the supplier has it too.
        at: instant in UTC.
    """

    draft: int = Field(index=True)
    supplier: int = Field(index=True)
    user: int
    name: str
    statement: str
    receipt: str
    at: str


class Secrecy(Kept, table=True):
    """One wish that one field of a declaration be kept secret, and what was decided of it.

    Attributes:
        secrecy: the number that every later version of this row shares.
        file: SHA-256 of the file.
        row: of the sheet, from 1.
        field: column of `tables.LINES` or of the sheet.
        state: `asked`, `granted`, `refused`.
        decision: registry number of the decision.
    """

    secrecy: int = Field(index=True)
    supplier: int = Field(index=True)
    file: str = Field(index=True)
    sheet: str = ""
    row: int = 0
    field: str
    reason: str
    user: int
    at: str
    state: str = "asked"
    decision: str = ""
    decided_by: str = ""


class Proposal(Kept, table=True):
    """One article that a supplier offers instead of another, or in which something gave way.

    Attributes:
        proposal: the number that every later version of this row shares.
        article: `Article.article` that is replaced.
        successor: `Article.article` that takes its place; the same one if it was reformulated.
        kind: `reformulated` (same number) or `replaced` (another number).
        substance: what gave way, and to what, as the supplier says.
        state: `proposed`, `approved`, `refused`.
        motive: why it was decided so.
    """

    proposal: int = Field(index=True)
    supplier: int = Field(index=True)
    article: int = Field(index=True)
    successor: int
    kind: str
    substance: str = ""
    material: str = ""
    function: str = ""
    user: int
    at: str
    state: str = "proposed"
    decided_by: str = ""
    motive: str = ""


class Reply(Kept, table=True):
    """One thing that was said of a deviation, by its supplier or by the buyer.

    Attributes:
        case: `Case.case`.
        kind: `dispute`, `plan`, `analysis`, `note`.
        file: SHA-256 of a file that goes with it; empty: none.
    """

    case: int = Field(index=True)
    kind: str
    text: str
    file: str = ""
    user: int
    at: str


class Letter(Kept, table=True):
    """One letter to a supplier: as it was written, and whether it went.

    Attributes:
        letter: the number that every later version of this row shares.
        kind: `invitation`, `request`, `reminder`, `deviation`.
        request: `Request.request` that it is about; 0: none.
        case: `Case.case` that it is about; 0: none.
        mail: address; empty: it is to be printed.
        sent: instant in UTC; empty: not by kemkoll.
    """

    letter: int = Field(index=True)
    supplier: int = Field(index=True)
    kind: str
    request: int = 0
    case: int = 0
    mail: str = ""
    subject: str
    text: str
    made: str
    sent: str = ""


class Publication(Numbered, table=True):
    """One report as it was published; never changed.

    Attributes:
        report: name of the report.
        snapshot: name of the snapshot that it is made of.
        at: instant in UTC.
        by: who published it.
        content: the page, byte for byte.
    """

    added: int = Field(index=True)
    report: str
    snapshot: str
    language: str
    sha256: str
    at: str
    by: str
    content: bytes = Field(sa_type=LargeBinary)
