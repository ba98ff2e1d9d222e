"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the step."""
    op.create_table(
        "article",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=True),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("supplier", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("own_number", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("gtin", sa.String(), nullable=False),
        sa.Column("unspsc", sa.String(), nullable=False),
        sa.Column("cpv", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("mdr_class", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("patients", sa.String(), nullable=False),
        sa.Column("placed_on_market", sa.String(), nullable=False),
        sa.Column("since", sa.String(), nullable=False),
        sa.Column("until", sa.String(), nullable=False),
        sa.Column("in_assortment", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_article_added", "article", ["added"], unique=False)
    op.create_index("ix_article_article", "article", ["article"], unique=False)
    op.create_index("ix_article_ended", "article", ["ended"], unique=False)
    op.create_index("ix_article_gtin", "article", ["gtin"], unique=False)
    op.create_index("ix_article_number", "article", ["number"], unique=False)
    op.create_index("ix_article_supplier", "article", ["supplier"], unique=False)
    op.create_table(
        "article_fact",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=True),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("condition", sa.String(), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_article_fact_added", "article_fact", ["added"], unique=False)
    op.create_index("ix_article_fact_article", "article_fact", ["article"], unique=False)
    op.create_index("ix_article_fact_ended", "article_fact", ["ended"], unique=False)
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_audit_event_action", "audit_event", ["action"], unique=False)
    op.create_table(
        "batch",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("on", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("sums", sa.String(), nullable=False),
        sa.Column("program", sa.String(), nullable=False),
        sa.Column("rdkit", sa.String(), nullable=False),
        sa.Column("rules", sa.String(), nullable=False),
        sa.Column("substances", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_batch_added", "batch", ["added"], unique=False)
    op.create_index("ix_batch_after", "batch", ["after"], unique=False)
    op.create_table(
        "batch_anew",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("group", sa.Integer(), nullable=False),
        sa.Column("list", sa.Integer(), nullable=False),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_batch_anew_article", "batch_anew", ["article"], unique=False)
    op.create_index("ix_batch_anew_batch", "batch_anew", ["batch"], unique=False)
    op.create_table(
        "batch_finding",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("group", sa.Integer(), nullable=False),
        sa.Column("contract", sa.Integer(), nullable=False),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("component", sa.Integer(), nullable=False),
        sa.Column("material", sa.Integer(), nullable=False),
        sa.Column("list", sa.Integer(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Integer(), nullable=False),
        sa.Column("low_ppt", sa.BigInteger(), nullable=False),
        sa.Column("high_ppt", sa.BigInteger(), nullable=False),
        sa.Column("basis", sa.Integer(), nullable=False),
        sa.Column("limit", sa.Integer(), nullable=False),
        sa.Column("force", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Integer(), nullable=False),
        sa.Column("derogation", sa.Integer(), nullable=False),
        sa.Column("waived", sa.Integer(), nullable=False),
        sa.Column("decided", sa.Integer(), nullable=False),
        sa.Column("matched_by", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_batch_finding_article", "batch_finding", ["article"], unique=False)
    op.create_index("ix_batch_finding_batch", "batch_finding", ["batch"], unique=False)
    op.create_table(
        "batch_verdict",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("group", sa.Integer(), nullable=False),
        sa.Column("contract", sa.Integer(), nullable=False),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("list", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("coverage", sa.Integer(), nullable=False),
        sa.Column("entries_covered", sa.Integer(), nullable=False),
        sa.Column("entries_asked", sa.Integer(), nullable=False),
        sa.Column("undisclosed_ppt", sa.BigInteger(), nullable=False),
        sa.Column("evidence_level", sa.Integer(), nullable=False),
        sa.Column("waived", sa.Boolean(), nullable=False),
        sa.Column("alike", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_batch_verdict_article", "batch_verdict", ["article"], unique=False)
    op.create_index("ix_batch_verdict_batch", "batch_verdict", ["batch"], unique=False)
    op.create_table(
        "case",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=True),
        sa.Column("case", sa.Integer(), nullable=False),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("list", sa.String(), nullable=False),
        sa.Column("entry", sa.String(), nullable=False),
        sa.Column("opened", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due", sa.String(), nullable=False),
        sa.Column("closed", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_case_added", "case", ["added"], unique=False)
    op.create_index("ix_case_article", "case", ["article"], unique=False)
    op.create_index("ix_case_case", "case", ["case"], unique=False)
    op.create_index("ix_case_ended", "case", ["ended"], unique=False)
    op.create_table(
        "category",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("parent", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("responsible", sa.String(), nullable=False),
        sa.Column("since", sa.String(), nullable=False),
        sa.Column("until", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_category_added", "category", ["added"], unique=False)
    op.create_index("ix_category_code", "category", ["code"], unique=False)
    op.create_index("ix_category_ended", "category", ["ended"], unique=False)
    op.create_table(
        "contract",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=True),
        sa.Column("contract", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("diary", sa.String(), nullable=False),
        sa.Column("object_number", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("cpv", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("supplier", sa.Integer(), nullable=False),
        sa.Column("starts", sa.String(), nullable=False),
        sa.Column("ends", sa.String(), nullable=False),
        sa.Column("predecessor", sa.String(), nullable=False),
        sa.Column("profile", sa.String(), nullable=False),
        sa.Column("binding", sa.String(), nullable=False),
        sa.Column("frozen_on", sa.String(), nullable=False),
        sa.Column("grace_days", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_contract_added", "contract", ["added"], unique=False)
    op.create_index("ix_contract_contract", "contract", ["contract"], unique=False)
    op.create_index("ix_contract_ended", "contract", ["ended"], unique=False)
    op.create_index("ix_contract_number", "contract", ["number"], unique=False)
    op.create_index("ix_contract_supplier", "contract", ["supplier"], unique=False)
    op.create_table(
        "contract_row",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=True),
        sa.Column("contract", sa.Integer(), nullable=False),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("since", sa.String(), nullable=False),
        sa.Column("until", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_contract_row_added", "contract_row", ["added"], unique=False)
    op.create_index("ix_contract_row_article", "contract_row", ["article"], unique=False)
    op.create_index("ix_contract_row_contract", "contract_row", ["contract"], unique=False)
    op.create_index("ix_contract_row_ended", "contract_row", ["ended"], unique=False)
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=True),
        sa.Column("supplier", sa.Integer(), nullable=False),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("declared", sa.Integer(), nullable=False),
        sa.Column("list", sa.String(), nullable=False),
        sa.Column("entry", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("limit", sa.String(), nullable=False),
        sa.Column("written", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("motive", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("signed", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_decision_added", "decision", ["added"], unique=False)
    op.create_index("ix_decision_article", "decision", ["article"], unique=False)
    op.create_index("ix_decision_ended", "decision", ["ended"], unique=False)
    op.create_index("ix_decision_written", "decision", ["written"], unique=False)
    op.create_table(
        "file",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("program", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("sha256"),
    )
    op.create_index("ix_file_added", "file", ["added"], unique=False)
    op.create_table(
        "lab_result",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=True),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("component", sa.String(), nullable=False),
        sa.Column("cas", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("below", sa.Boolean(), nullable=False),
        sa.Column("quantification", sa.String(), nullable=False),
        sa.Column("uncertainty", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("laboratory", sa.String(), nullable=False),
        sa.Column("accreditation", sa.String(), nullable=False),
        sa.Column("sample", sa.String(), nullable=False),
        sa.Column("lot", sa.String(), nullable=False),
        sa.Column("date", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_lab_result_added", "lab_result", ["added"], unique=False)
    op.create_index("ix_lab_result_article", "lab_result", ["article"], unique=False)
    op.create_index("ix_lab_result_ended", "lab_result", ["ended"], unique=False)
    op.create_table(
        "line",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("declared", sa.Integer(), nullable=False),
        sa.Column("component", sa.Integer(), nullable=False),
        sa.Column("material", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("cells", sa.Integer(), nullable=False),
        sa.Column("written", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("low_ppt", sa.BigInteger(), nullable=False),
        sa.Column("high_ppt", sa.BigInteger(), nullable=False),
        sa.Column("step_ppt", sa.BigInteger(), nullable=False),
        sa.Column("basis", sa.Integer(), nullable=False),
        sa.Column("basis_assumed", sa.Boolean(), nullable=False),
        sa.Column("function", sa.Integer(), nullable=False),
        sa.Column("intended", sa.Integer(), nullable=False),
        sa.Column("derogation", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_line_declared", "line", ["declared"], unique=False)
    op.create_index("ix_line_written", "line", ["written"], unique=False)
    op.create_table(
        "list_edition",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("list", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("official_date", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
    )
    op.create_index("ix_list_edition_added", "list_edition", ["added"], unique=False)
    op.create_index("ix_list_edition_list", "list_edition", ["list"], unique=False)
    op.create_index("ix_list_edition_sha256", "list_edition", ["sha256"], unique=False)
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("gln", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_organisation_added", "organisation", ["added"], unique=False)
    op.create_index("ix_organisation_ended", "organisation", ["ended"], unique=False)
    op.create_index("ix_organisation_name", "organisation", ["name"], unique=False)
    op.create_table(
        "profile_text",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
    )
    op.create_index("ix_profile_text_added", "profile_text", ["added"], unique=False)
    op.create_index("ix_profile_text_name", "profile_text", ["name"], unique=False)
    op.create_table(
        "request",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=True),
        sa.Column("request", sa.Integer(), nullable=False),
        sa.Column("supplier", sa.Integer(), nullable=False),
        sa.Column("articles", sa.String(), nullable=False),
        sa.Column("lists", sa.String(), nullable=False),
        sa.Column("sent", sa.String(), nullable=False),
        sa.Column("due", sa.String(), nullable=False),
        sa.Column("reminded", sa.String(), nullable=False),
        sa.Column("answered", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_request_added", "request", ["added"], unique=False)
    op.create_index("ix_request_ended", "request", ["ended"], unique=False)
    op.create_index("ix_request_request", "request", ["request"], unique=False)
    op.create_index("ix_request_supplier", "request", ["supplier"], unique=False)
    op.create_table(
        "snapshot",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "successor",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=True),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("successor", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("since", sa.String(), nullable=False),
        sa.Column("replacing", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_successor_added", "successor", ["added"], unique=False)
    op.create_index("ix_successor_article", "successor", ["article"], unique=False)
    op.create_index("ix_successor_ended", "successor", ["ended"], unique=False)
    op.create_index("ix_successor_successor", "successor", ["successor"], unique=False)
    op.create_table(
        "supplier",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=True),
        sa.Column("supplier", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("personal", sa.Boolean(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("gln", sa.String(), nullable=False),
        sa.Column("mail", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_supplier_added", "supplier", ["added"], unique=False)
    op.create_index("ix_supplier_ended", "supplier", ["ended"], unique=False)
    op.create_index("ix_supplier_key", "supplier", ["key"], unique=False)
    op.create_index("ix_supplier_supplier", "supplier", ["supplier"], unique=False)
    op.create_table(
        "target",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("list", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("base_year", sa.Integer(), nullable=False),
        sa.Column("base_value", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_target_added", "target", ["added"], unique=False)
    op.create_index("ix_target_ended", "target", ["ended"], unique=False)
    op.create_table(
        "text",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
    )
    op.create_table(
        "volume",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=True),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("spend_ore", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("mass_g", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_volume_added", "volume", ["added"], unique=False)
    op.create_index("ix_volume_article", "volume", ["article"], unique=False)
    op.create_index("ix_volume_ended", "volume", ["ended"], unique=False)
    op.create_index("ix_volume_year", "volume", ["year"], unique=False)
    op.create_table(
        "waiver",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=True),
        sa.Column("waiver", sa.Integer(), nullable=False),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("contract", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("list", sa.String(), nullable=False),
        sa.Column("entry", sa.String(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decider", sa.String(), nullable=False),
        sa.Column("since", sa.String(), nullable=False),
        sa.Column("until", sa.String(), nullable=False),
        sa.Column("phase_out", sa.String(), nullable=False),
        sa.Column("phase_out_until", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_waiver_added", "waiver", ["added"], unique=False)
    op.create_index("ix_waiver_article", "waiver", ["article"], unique=False)
    op.create_index("ix_waiver_ended", "waiver", ["ended"], unique=False)
    op.create_index("ix_waiver_waiver", "waiver", ["waiver"], unique=False)
    op.create_table(
        "written",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.Integer(), nullable=False),
        sa.Column("cas", sa.Integer(), nullable=False),
        sa.Column("ec", sa.Integer(), nullable=False),
        sa.Column("smiles", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
    )
    op.create_table(
        "batch_group",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("group", sa.Integer(), nullable=False),
        sa.Column("profile", sa.Integer(), nullable=False),
        sa.Column("binding", sa.String(), nullable=False),
        sa.Column("bound_on", sa.String(), nullable=False),
        sa.Column("grace_days", sa.Integer(), nullable=False),
        sa.Column("placed_first", sa.String(), nullable=False),
        sa.Column("placed_last", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"],
            ["batch.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_batch_group_batch", "batch_group", ["batch"], unique=False)
    op.create_table(
        "batch_list",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("group", sa.Integer(), nullable=False),
        sa.Column("called", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("edition_date", sa.String(), nullable=False),
        sa.Column("asked_by_name", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"],
            ["batch.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_batch_list_batch", "batch_list", ["batch"], unique=False)
    op.create_table(
        "declaration",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("file", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("supplier", sa.Integer(), nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.Column("valid_until", sa.Integer(), nullable=False),
        sa.Column("scope", sa.Integer(), nullable=False),
        sa.Column("complete_down_to_ppt", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Integer(), nullable=False),
        sa.Column("evidence_level", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file"],
            ["file.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_declaration_added", "declaration", ["added"], unique=False)
    op.create_index("ix_declaration_file", "declaration", ["file"], unique=False)
    op.create_index("ix_declaration_supplier", "declaration", ["supplier"], unique=False)
    op.create_table(
        "declared_problem",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("file", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("column", sa.Integer(), nullable=False),
        sa.Column("code", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("suggestion", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file"],
            ["file.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_declared_problem_file", "declared_problem", ["file"], unique=False)
    op.create_table(
        "declared_article",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("declaration", sa.Integer(), nullable=False),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=False),
        sa.Column("name", sa.Integer(), nullable=False),
        sa.Column("gtin", sa.Integer(), nullable=False),
        sa.Column("mass_low_ug", sa.BigInteger(), nullable=False),
        sa.Column("mass_high_ug", sa.BigInteger(), nullable=False),
        sa.Column("placed_on_market", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["declaration"],
            ["declaration.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_declared_article_article", "declared_article", ["article"], unique=False)
    op.create_index("ix_declared_article_declaration", "declared_article", ["declaration"], unique=False)
    op.create_index("ix_declared_article_ended", "declared_article", ["ended"], unique=False)
    op.create_table(
        "component",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("declared", sa.Integer(), nullable=False),
        sa.Column("name", sa.Integer(), nullable=False),
        sa.Column("parent", sa.Integer(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("mass_low_ug", sa.BigInteger(), nullable=False),
        sa.Column("mass_high_ug", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["declared"],
            ["declared_article.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_component_declared", "component", ["declared"], unique=False)
    op.create_table(
        "declared_fact",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("declared", sa.Integer(), nullable=False),
        sa.Column("condition", sa.Integer(), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["declared"],
            ["declared_article.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_declared_fact_declared", "declared_fact", ["declared"], unique=False)
    op.create_table(
        "material",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("declared", sa.Integer(), nullable=False),
        sa.Column("component", sa.Integer(), nullable=False),
        sa.Column("name", sa.Integer(), nullable=False),
        sa.Column("mass_low_ug", sa.BigInteger(), nullable=False),
        sa.Column("mass_high_ug", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["declared"],
            ["declared_article.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_material_declared", "material", ["declared"], unique=False)
    op.create_table(
        "statement",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("declared", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("list", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Integer(), nullable=False),
        sa.Column("basis", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["declared"],
            ["declared_article.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_statement_declared", "statement", ["declared"], unique=False)
