"""A snapshot is several batches: the table that was there for it was never used, and gives way to two.

Rows of both are never changed, by the same rules as those of all others.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the step.

    Raises:
        RuntimeError: somebody has put rows into the table that kemkoll never wrote to.
    """
    connection = op.get_bind()
    if connection.execute(sa.text("SELECT count(*) FROM snapshot")).scalar():
        raise RuntimeError("the table snapshot has rows that no version of kemkoll wrote")
    op.drop_table("snapshot")
    op.create_table(
        "snapshot",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("profile", sa.String(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("broken", sa.String(), nullable=False),
        sa.Column("program", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_index("ix_snapshot_added", "snapshot", ["added"], unique=False)
    op.create_table(
        "snapshot_batch",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("snapshot", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("list", sa.String(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch"], ["batch.id"]),
        sa.ForeignKeyConstraint(["snapshot"], ["snapshot.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_snapshot_batch_batch", "snapshot_batch", ["batch"], unique=False)
    op.create_index("ix_snapshot_batch_snapshot", "snapshot_batch", ["snapshot"], unique=False)
    for name in ("snapshot", "snapshot_batch"):
        _guard(name, sqlite=connection.dialect.name == "sqlite")


def _guard(name: str, *, sqlite: bool) -> None:
    """Let the database refuse every change of the rows of a table."""
    if sqlite:
        for rule, event in (("keeps", "DELETE"), ("holds", "UPDATE")):
            op.execute(
                f'CREATE TRIGGER "{rule}_{name}" BEFORE {event} ON "{name}" '
                f"BEGIN SELECT RAISE(ABORT, 'rows of {name} are never changed'); END"
            )
        return
    each = {"holds": "UPDATE", "keeps": "DELETE", "empties": "TRUNCATE"}
    for rule, event in each.items():
        unit = "STATEMENT" if event == "TRUNCATE" else "ROW"
        op.execute(
            f'CREATE TRIGGER kemkoll_{rule} BEFORE {event} ON "{name}" FOR EACH {unit} '
            "EXECUTE FUNCTION kemkoll_refuse()"
        )
