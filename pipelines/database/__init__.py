"""The store: SQLAlchemy models, migrations and every query. Only here is SQL."""

from sqlalchemy.orm import Session as Transaction

# Named here so that its tables are known wherever the others are.
from pipelines.database import review_models as review_models
from pipelines.database import subscriber_models as subscriber_models
from pipelines.database.store import Store, open_existing, open_store

__all__ = ["Store", "Transaction", "open_existing", "open_store"]
