"""Log lines: for people or programs, and without mail addresses, over a whole crawl too."""

import json
import logging
import re
from collections.abc import Iterator

import pytest
import structlog

from crawler.practice_board.faults import ChangedLayout
from personspec.settings import Settings
from schedules.logs import redact, set_up_logs
from tests.schedules.conftest import Installation
from tests.schedules.forked import crawl

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
CONTACT = "crawl-keeper@example.org"


@pytest.fixture(autouse=True)
def own_logging() -> Iterator[None]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    root.handlers, root.level = before
    structlog.reset_defaults()


def json_lines(captured: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in captured.splitlines()]


def test_a_line_for_programs_is_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(Settings(log_format="json"), level="INFO")
    structlog.get_logger("here").info("ended", entry="report", seconds=3)
    (line,) = json_lines(capsys.readouterr().err)
    assert line.pop("timestamp")
    assert line == {
        "event": "ended", "entry": "report", "seconds": 3, "level": "info", "logger": "here",
    }  # fmt: skip


def test_libraries_log_in_the_same_form(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(Settings(log_format="json"), level="INFO")
    logging.getLogger("scrapy.core").warning("asked %s twice", "it")
    (line,) = json_lines(capsys.readouterr().err)
    assert (line["event"], line["logger"]) == ("asked it twice", "scrapy.core")


@pytest.mark.parametrize("form", ["json", "console"])
def test_an_address_is_redacted_wherever_it_stands(
    form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs(Settings(log_format=form), level="INFO")  # type: ignore[arg-type]
    log = structlog.get_logger("here")
    log.info("mail to jo@example.org", to="al@example.com", more={"of": ["bo@example.net"]})
    logging.getLogger("library").warning("refused %s", "cy@example.org")
    try:
        int("no such person: di@example.org")
    except ValueError:
        log.exception("failed")
    written = capsys.readouterr().err
    assert "failed" in written
    assert "no such person" in written
    assert ADDRESS.findall(written) == []


def test_redaction_leaves_numbers_and_names_as_they_are() -> None:
    event = {"event": "read", "count": 3, "share": 0.5, "none": None, "ok": True}
    assert redact(None, "info", dict(event)) == event


def test_the_level_is_the_users_or_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(Settings(), level="WARNING")
    logging.getLogger("scrapy").info("unheard")
    set_up_logs(Settings(log_level="INFO"), level="WARNING")
    logging.getLogger("scrapy").info("heard")
    assert "heard" in (written := capsys.readouterr().err)
    assert "unheard" not in written


@pytest.mark.parametrize("ill", [False, True])
def test_the_log_of_a_whole_crawl_holds_no_address(installation: Installation, ill: object) -> None:
    """Every advert of the practice board carries one, and so does our own User-Agent."""
    if ill:
        installation.board.faults[:] = [ChangedLayout(path="/candidate/.*")]
    environment = installation.environment | {
        "PERSONSPEC_CONTACT": CONTACT,
        "PERSONSPEC_LOG_LEVEL": "DEBUG",
        "PERSONSPEC_LOG_FORMAT": "json",
    }

    assert crawl("nhs_jobs", environment, installation.log) == int(bool(ill))

    written = installation.log.read_text()
    lines = json_lines(written)
    assert len(lines) > 100
    assert "email address removed" in written, "the contact was not logged: nothing is shown"
    assert ADDRESS.findall(written) == []
