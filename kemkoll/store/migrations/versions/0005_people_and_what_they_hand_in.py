"""People who come in from outside, and what they hand in themselves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_TABLES = {
    "user": ("user:whole! mail! name password roles supplier:whole language blocked:flag"),
    "session": ("user:whole! digest! opened until"),
    "token": ("user:whole! digest! name made until"),
    "invitation": ("digest! mail name roles supplier:whole until by"),
    "draft": ("draft:whole! supplier:whole! user:whole made request:whole state"),
    "upload": ("draft:whole! name sha256! size:whole content:bytes"),
    "signature": ("draft:whole! supplier:whole! user:whole name statement receipt at"),
    "secrecy": (
        "secrecy:whole! supplier:whole! file! sheet row:whole field reason user:whole at state "
        "decision decided_by"
    ),
    "proposal": (
        "proposal:whole! supplier:whole! article:whole! successor:whole kind substance material "
        "function user:whole at state decided_by motive"
    ),
    "reply": ("case:whole! kind text file user:whole at"),
    "letter": ("letter:whole! supplier:whole! kind request:whole case:whole mail subject text made sent"),
    "publication": ("report snapshot language sha256 at by content:bytes"),
}
"""Columns beside `id`, `added` and `ended`: texts, or what stands after the colon; `!`: with an index."""
_TYPES = {"": sa.String, "whole": sa.Integer, "flag": sa.Boolean, "bytes": sa.LargeBinary}
_NEVER_ENDED = {"publication"}


def upgrade() -> None:
    """Make the step: the tables, and the rules that keep their rows as they are."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name, said in _TABLES.items():
        ends = name not in _NEVER_ENDED
        own = [column.rstrip("!").partition(":")[::2] for column in said.split()]
        indexed = [column.rstrip("!").partition(":")[0] for column in said.split() if column.endswith("!")]
        op.create_table(
            name,
            sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
            sa.Column("added", sa.Integer(), nullable=False),
            *([sa.Column("ended", sa.Integer(), nullable=True)] if ends else []),
            *(sa.Column(column, _TYPES[kind](), nullable=False) for column, kind in own),
            sa.PrimaryKeyConstraint("id"),
        )
        for column in ("added", *(["ended"] if ends else []), *indexed):
            op.create_index(f"ix_{name}_{column}", name, [column], unique=False)
        guard = _guard_in_sqlite if sqlite else _guard_in_postgresql
        guard(name, [column for column, _ in own], ends=ends)


def _guard_in_sqlite(name: str, columns: list[str], *, ends: bool) -> None:
    others = ", ".join(f'"{column}"' for column in ("id", "added", *columns))
    rules = {"keeps": "DELETE", "holds": f"UPDATE OF {others}" if ends else "UPDATE"}
    if ends:
        rules["ends"] = "UPDATE OF ended"
    for rule, event in rules.items():
        when = "WHEN coalesce(OLD.ended, 0) != 0 OR coalesce(NEW.ended, 0) = 0" if rule == "ends" else ""
        op.execute(
            f'CREATE TRIGGER "{rule}_{name}" BEFORE {event} ON "{name}" {when} '
            f"BEGIN SELECT RAISE(ABORT, 'rows of {name} are never changed'); END"
        )


def _guard_in_postgresql(name: str, _: list[str], *, ends: bool) -> None:
    held = "kemkoll_end_only()" if ends else "kemkoll_refuse()"
    rules = {
        "holds": f'UPDATE ON "{name}" FOR EACH ROW EXECUTE FUNCTION {held}',
        "keeps": f'DELETE ON "{name}" FOR EACH ROW EXECUTE FUNCTION kemkoll_refuse()',
        "empties": f'TRUNCATE ON "{name}" FOR EACH STATEMENT EXECUTE FUNCTION kemkoll_refuse()',
    }
    for rule, event in rules.items():
        op.execute(f"CREATE TRIGGER kemkoll_{rule} BEFORE {event}")
