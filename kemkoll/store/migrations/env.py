"""What alembic runs: the steps, in the transaction that it is handed."""

from __future__ import annotations

from alembic import context
from sqlmodel import SQLModel

from kemkoll.store import models

assert models  # the tables that the steps are compared with
connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
)
context.run_migrations()
