import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, inspect, text

from pipelines.database import Store, open_store
from pipelines.database.engine import make_engine
from pipelines.database.migrate import migrations_config
from pipelines.database.models import Base
from pipelines.exceptions import StoreError


def test_models_and_migrations_agree(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_every_constraint_of_a_model_is_in_the_store(store: Store) -> None:
    found = inspect(store.engine)
    for table in Base.metadata.sorted_tables:
        checks = {check["name"] for check in found.get_check_constraints(table.name)}
        wanted = {str(c.name) for c in table.constraints if isinstance(c, CheckConstraint)}
        assert checks == wanted, table.name


def test_opening_again_keeps_what_is_stored(store: Store, store_url: str) -> None:
    run = store.start_run("nhs_jobs")
    again = open_store(store_url)
    assert again.start_run("nhs_jobs") == run + 1
    again.close()


def test_the_schema_can_be_taken_back(new_url: str) -> None:
    open_store(new_url).close()
    engine = make_engine(new_url)
    config = migrations_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
    engine.dispose()


def test_a_store_of_a_newer_personspec_is_refused_in_a_sentence(new_url: str) -> None:
    store = open_store(new_url)
    with store.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    with pytest.raises(StoreError, match="schema 9999, which this personspec does not know"):
        open_store(new_url)
