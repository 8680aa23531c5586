"""Logs: one line an event, as text for people or JSON for programs, without mail addresses.

Everything goes through one handler on the standard library's root logger, so that what Scrapy,
APScheduler and SQLAlchemy log is written and redacted alike.
"""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog
from rich.console import Console
from structlog.types import Processor

from personspec.settings import Settings
from pipelines.masking import mask_mails
from schedules.terminal import stderr_console

Event = MutableMapping[str, Any]

_SHARED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.ExtraAdder(),
)


def set_up_logs(settings: Settings, *, level: str) -> None:
    """Send every log line of this process to standard error.

    Args:
        settings: What the user set.
        level: Level in force if the user set none.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter(settings.log_format))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.log_level or level)
    handler.setLevel(root.level)  # Scrapy's loggers have a level of their own
    for name in ("apscheduler", "alembic"):  # each wakening, each opening of the store
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def people_console(settings: Settings) -> Console:
    """Return the console for words to people: silent where the logs are for programs."""
    console = stderr_console()
    console.quiet = settings.log_format == "json"
    return console


def tell(settings: Settings, words: str, *, level: str) -> None:
    """Say something to people, or to the log where that is for programs.

    Args:
        settings: What the user set.
        words: One sentence.
        level: Of the log line, such as ``warning``.
    """
    people_console(settings).print(words, markup=False)
    if settings.log_format == "json":
        getattr(structlog.get_logger(__name__), level)(words.strip())


def _formatter(form: str) -> logging.Formatter:
    renderer: Processor
    if form == "json":
        renderer = structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
    else:
        renderer = structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_SHARED,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            redact,  # last before it is written, so that tracebacks are redacted too
            renderer,
        ],
    )


def redact(_logger: object, _method: str, event: Event) -> Event:
    """Replace mail addresses in every value of a log event; a structlog processor."""
    return {name: _redacted(value) for name, value in event.items()}


def _redacted(value: object) -> object:
    if isinstance(value, dict):
        return {_redacted(key): _redacted(held) for key, held in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_redacted(one) for one in value]
    if value is None or isinstance(value, int | float):
        return value
    return mask_mails(str(value))
