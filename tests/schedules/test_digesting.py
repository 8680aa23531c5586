"""The commands of job seekers as an operator meets them."""

import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pipelines.database import open_store
from schedules.cli import main
from schedules.demo_digests import invented_people, write_demo_digests
from tests.pipelines.mail.keys import SETTINGS
from tests.pipelines.mail.readers import add_readers, add_vacancies, in_days

SEARCH = {"place": "Leeds", "bands": ["2"]}


Ran = tuple[int, str, str]
"""Exit code, standard output, standard error."""

Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command in this process: a process of its own for each would take minutes."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    store = open_store(url)
    add_vacancies(store, "X1", "X2", at=datetime.now(UTC), closing=in_days(20))
    add_readers(store, 2)
    store.close()
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PERSONSPEC_DATABASE_URL", url)
    monkeypatch.setenv("PERSONSPEC_OUTPUT_DIR", str(tmp_path))

    def personspec(*arguments: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["personspec", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return personspec


def test_a_preview_writes_mail_and_page_and_counts_as_nothing(run: Run, tmp_path: Path) -> None:
    assert run("digest", "preview")[0] == 0
    written = sorted(path.name for path in (tmp_path / "digests").iterdir())
    assert written == [f"subscriber-{n}.{kind}" for n in (1, 2) for kind in ("eml", "html")]
    _, answer, _ = run("digest", "send", "--dry-run", "--json")
    assert json.loads(answer)["queued"] == 2


def test_people_are_added_listed_exported_and_erased(run: Run, tmp_path: Path) -> None:
    search = tmp_path / "search.json"
    search.write_text(json.dumps(SEARCH), "utf-8")
    assert run("subscribers", "add", "new@example.org", str(search))[0] == 0
    _, listed, _ = run("subscribers", "list", "--json")
    states = [json.loads(line)["status"] for line in listed.splitlines()]
    assert states == ["unconfirmed", "active", "active"]
    assert "@" not in listed
    _, kept, _ = run("subscribers", "export", "new@example.org")
    assert json.loads(kept)["profile"]["place"] == "Leeds"
    assert run("subscribers", "erase", "new@example.org")[0] == 0
    code, _, told = run("subscribers", "export", "new@example.org")
    assert code == 1
    assert "no subscription" in told


@pytest.mark.parametrize(
    ("without", "arguments", "named"),
    [
        ("PERSONSPEC_MAIL_CONTACT", ("digest", "preview"), "PERSONSPEC_MAIL_CONTACT"),
        ("PERSONSPEC_LINK_KEYS", ("serve",), "PERSONSPEC_LINK_KEYS"),
        ("", ("digest", "send"), "PERSONSPEC_SMTP_HOST"),
        ("", ("serve",), "PERSONSPEC_SMTP_HOST"),
    ],
)
def test_a_missing_setting_is_one_sentence(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    without: str,
    arguments: tuple[str, ...],
    named: str,
) -> None:
    if without:
        monkeypatch.delenv(without)
    code, _, told = run(*arguments)
    assert code == 2
    assert named in told
    assert told.count("\n") == 1


def test_the_demo_tells_three_people_different_things_and_nothing_twice(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'demo.db'}")
    first = datetime(2026, 11, 23, 6, tzinfo=UTC)
    add_vacancies(store, "X1", at=first, closing=date(2026, 12, 20))
    folder = tmp_path / "digests"
    day_1 = write_demo_digests(store, folder, [first.date()])
    assert [path.name for path in day_1] == ["2026-11-23-amina.eml", "2026-11-23-amina.html"]
    assert write_demo_digests(store, folder, [first.date()]) == []
    add_vacancies(store, "X2", at=first + timedelta(days=1), closing=date(2026, 12, 20))
    day_2 = write_demo_digests(store, folder, [date(2026, 11, 24)])
    page = day_2[1].read_text("utf-8")
    assert "Clerk X2" in page
    assert "Clerk X1" not in page
    store.close()
    assert len({str(person.profile) for person in invented_people().values()}) == 3
