"""Run by Alembic: migrates over the connection it is handed (pipelines/database/migrate.py)."""

from alembic import context

from pipelines.database.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # SQLite changes a table only by writing it anew.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
