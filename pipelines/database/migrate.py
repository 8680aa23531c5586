"""The schema brought up to date, in a checkout and in an installation alike."""

from pathlib import Path
from typing import Literal

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine

from pipelines.database.engine import failures_told, is_missing, make_engine
from pipelines.exceptions import StoreError

SchemaState = Literal["none", "old", "current", "unknown"]
"""``none``: there is no store; ``unknown``: a newer personspec made it."""

MIGRATIONS = Path(__file__).with_name("migrations")


def migrations_config() -> Config:
    """Return Alembic's configuration: only where the migrations lie, the rest is code."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def upgrade(engine: Engine) -> None:
    """Bring the schema of a store to the newest migration; one that is there already is kept.

    Raises:
        StoreError: The store was made by a newer personspec.
    """
    config = migrations_config()
    newest = ScriptDirectory.from_config(config).get_current_head()
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    if found == newest:
        return
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError as error:
        raise StoreError(
            f"The store is at schema {found}, which this personspec does not know (it knows up to "
            f"{newest}): use the newer personspec that wrote it."
        ) from error


def schema_state(url: str) -> SchemaState:
    """Return how the schema of the store at an SQLAlchemy URL stands; nothing is changed.

    Raises:
        UsageError: The URL cannot be used.
        StoreError: The database cannot be reached.
    """
    if is_missing(url):
        return "none"
    scripts = ScriptDirectory.from_config(migrations_config())
    engine = make_engine(url)
    try:
        with failures_told(engine.url), engine.connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()
    if found is None:
        return "none"
    if found == scripts.get_current_head():
        return "current"
    known = {script.revision for script in scripts.walk_revisions()}
    return "old" if found in known else "unknown"
