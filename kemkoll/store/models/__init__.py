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
from kemkoll.store.models.decided import AuditEvent, Case, Decision, LabResult, Request, Snapshot, Waiver
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

__all__ = [
    "NOBODY",
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
    "File",
    "Kept",
    "LabResult",
    "Line",
    "ListEdition",
    "Material",
    "Numbered",
    "Organisation",
    "ProfileText",
    "Request",
    "Snapshot",
    "Statement",
    "Successor",
    "Supplier",
    "Target",
    "Text",
    "Volume",
    "Waiver",
    "Written",
]
