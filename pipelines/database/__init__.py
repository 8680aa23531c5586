"""The store: SQLAlchemy models, migrations and every query. Only here is SQL."""

from pipelines.database.store import Store, open_store

__all__ = ["Store", "open_store"]
