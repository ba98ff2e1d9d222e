"""The tables of the database.

Rows are added, and ended by a later event; what was once known can always be known again. What is many
(lines, findings) holds whole numbers only, its texts once in `text`, and goes in and out in bulk.
"""

from __future__ import annotations

from kemkoll.store.models.assortment import (
    Article,
    ArticleFact,
    ContractRow,
    Successor,
    Target,
    Volume,
)
from kemkoll.store.models.common import NOBODY, Kept, Numbered
from kemkoll.store.models.decided import (
    Activation,
    AuditEvent,
    Case,
    Decision,
    LabResult,
    Request,
    Waiver,
)
from kemkoll.store.models.declared import (
    Component,
    Declaration,
    DeclaredArticle,
    DeclaredFact,
    DeclaredProblem,
    File,
    Line,
    Material,
    Statement,
    Text,
    Written,
)
from kemkoll.store.models.frozen import Snapshot, SnapshotBatch
from kemkoll.store.models.handed_in import (
    Draft,
    Letter,
    Proposal,
    Publication,
    Reply,
    Secrecy,
    Signature,
    Upload,
)
from kemkoll.store.models.judged import (
    Batch,
    BatchAnew,
    BatchFinding,
    BatchGroup,
    BatchList,
    BatchVerdict,
    ListEdition,
    ProfileText,
)
from kemkoll.store.models.parties import Category, Contract, Organisation, Supplier
from kemkoll.store.models.people import Invitation, Session, Token, User

__all__ = [
    "NOBODY",
    "Activation",
    "Article",
    "ArticleFact",
    "AuditEvent",
    "Batch",
    "BatchAnew",
    "BatchFinding",
    "BatchGroup",
    "BatchList",
    "BatchVerdict",
    "Case",
    "Category",
    "Component",
    "Contract",
    "ContractRow",
    "Decision",
    "Declaration",
    "DeclaredArticle",
    "DeclaredFact",
    "DeclaredProblem",
    "Draft",
    "File",
    "Invitation",
    "Kept",
    "LabResult",
    "Letter",
    "Line",
    "ListEdition",
    "Material",
    "Numbered",
    "Organisation",
    "ProfileText",
    "Proposal",
    "Publication",
    "Reply",
    "Request",
    "Secrecy",
    "Session",
    "Signature",
    "Snapshot",
    "SnapshotBatch",
    "Statement",
    "Successor",
    "Supplier",
    "Target",
    "Text",
    "Token",
    "Upload",
    "User",
    "Volume",
    "Waiver",
    "Written",
]
