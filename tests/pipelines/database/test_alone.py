from pathlib import Path

import pytest

from pipelines.database import Store, open_store
from pipelines.database.alone import only_sender
from pipelines.mail.outbox import AlreadySendingError, Outbox, Sent
from pipelines.mail.smtp import MailServer, ServerSettings
from tests.pipelines.mail.keys import IDENTITY

NO_SERVER = ServerSettings("127.0.0.1", 9, "none", "", "", 1.0)


def send(store: Store, lock: Path) -> Sent:
    with MailServer(NO_SERVER) as server:
        return Outbox(store, IDENTITY.address, lock).send(server)


def test_senders_with_folders_of_their_own_are_kept_apart_by_postgresql(
    emptied_postgres_url: str, tmp_path: Path
) -> None:
    """Two machines, two lock files, one database."""
    first, second = open_store(emptied_postgres_url), open_store(emptied_postgres_url)
    with only_sender(first.engine) as alone:
        assert alone
        with pytest.raises(AlreadySendingError):
            send(second, tmp_path / "second.lock")
    assert send(second, tmp_path / "second.lock") == Sent()
    assert send(first, tmp_path / "first.lock") == Sent()
    first.close()
    second.close()


def test_a_sender_that_dies_does_not_keep_the_next_away(
    emptied_postgres_url: str, tmp_path: Path
) -> None:
    first, second = open_store(emptied_postgres_url), open_store(emptied_postgres_url)
    with pytest.raises(ZeroDivisionError), only_sender(first.engine):
        raise ZeroDivisionError
    assert send(second, tmp_path / "lock") == Sent()
    first.close()
    second.close()


def test_a_store_of_one_machine_leaves_it_to_the_lock_file(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    with only_sender(store.engine) as first, only_sender(store.engine) as second:
        assert (first, second) == (True, True)
    store.close()
