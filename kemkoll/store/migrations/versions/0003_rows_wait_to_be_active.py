"""Who has made a row of a contract active before its article was declared as the contract wants."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
_TABLE = "activation"


def upgrade() -> None:
    """Make the step: the table, and the rules that keep its rows as they are."""
    op.create_table(
        _TABLE,
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=True),
        sa.Column("contract", sa.Integer(), nullable=False),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("signed", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    for name in ("added", "article", "contract", "ended"):
        op.create_index(f"ix_activation_{name}", _TABLE, [name], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        _guard_in_sqlite()
    else:
        _guard_in_postgresql()


def _guard_in_sqlite() -> None:
    rules = {
        "keeps": "DELETE ON activation",
        "holds": 'UPDATE OF id, added, contract, article, reason, signed, "at" ON activation',
        "ends": "UPDATE OF ended ON activation "
        "WHEN coalesce(OLD.ended, 0) != 0 OR coalesce(NEW.ended, 0) = 0",
    }
    for rule, event in rules.items():
        op.execute(
            f"CREATE TRIGGER {rule}_activation BEFORE {event} "
            "BEGIN SELECT RAISE(ABORT, 'rows of activation are never changed'); END"
        )


def _guard_in_postgresql() -> None:
    rules = {
        "holds": "UPDATE ON activation FOR EACH ROW EXECUTE FUNCTION kemkoll_end_only()",
        "keeps": "DELETE ON activation FOR EACH ROW EXECUTE FUNCTION kemkoll_refuse()",
        "empties": "TRUNCATE ON activation FOR EACH STATEMENT EXECUTE FUNCTION kemkoll_refuse()",
    }
    for rule, event in rules.items():
        op.execute(f"CREATE TRIGGER kemkoll_{rule} BEFORE {event}")
