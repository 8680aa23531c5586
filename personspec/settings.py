"""Settings from ``personspec.toml`` and the environment (``PERSONSPEC_…``), which wins."""

import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from personspec.exceptions import UsageError

SETTINGS_FILE = Path("personspec.toml")


class Settings(BaseSettings):
    """What a user may set. Every name is ``PERSONSPEC_`` and the field's name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix="PERSONSPEC_", toml_file=SETTINGS_FILE, extra="forbid", frozen=True
    )

    output_dir: Path = Path("output")
    """Folder for reports, digests, releases and the embedded store."""

    database_url: str = ""
    """SQLAlchemy URL of the store; empty means a SQLite file in ``output_dir``."""

    archive_dir: Path | None = None
    """Folder of the page archive; ``archive`` in ``output_dir`` if not given."""

    contact: str = ""
    """Address or URL in the User-Agent, so that a board can reach whoever crawls it."""

    nhs_jobs_url: str = "https://www.jobs.nhs.uk"
    """Base URL of NHS Jobs; a loopback address is taken for a practice board."""

    find_an_apprenticeship_url: str = ""
    """Base URL of Find an apprenticeship's API; empty means the one in data/sources.yml."""

    find_an_apprenticeship_key: SecretStr = SecretStr("")
    """Free key of Find an apprenticeship's API; without one the source is not crawled."""

    refetch_after_days: int = Field(default=7, ge=1)
    """An advert page older than this is fetched again even if its listing has not changed."""

    log_format: Literal["console", "json"] = "console"
    """``json``: one JSON object a line, for programs; words for people are then left out."""

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] | None = None
    """Least serious log line written; INFO in the service and WARNING elsewhere if not given."""

    crawl_limit_hours: float = Field(default=5.0, gt=0)
    """Longest time a crawl may take; then it is ended, and continued by the next one."""

    backups_kept: int = Field(default=4, ge=0)
    """Weekly backups of the service that are kept, the newest; 0 makes none."""

    metrics_port: int | None = Field(default=None, ge=1, le=65_535)
    """Port on 127.0.0.1 where the service answers Prometheus; none if not given."""

    mail_from: str = ""
    """Sender's address of digests; mandatory for mail."""

    mail_name: str = "personspec digest"
    """Sender's name of digests."""

    mail_contact: str = ""
    """Who sends the digests and their postal address, printed in every mail; mandatory for mail."""

    smtp_host: str = ""
    """Mail server that takes the digests; mandatory for sending."""

    smtp_port: int = Field(default=587, ge=1, le=65_535)
    """Port of the mail server."""

    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    """``tls`` from the first byte (port 465); ``none`` is taken for loopback addresses only. The
    server's certificate must be one this machine trusts; the environment variable SSL_CERT_FILE
    names a file of others, such as a trust's own."""

    smtp_user: str = ""
    """User name at the mail server; empty if it wants none."""

    smtp_password: SecretStr = SecretStr("")
    """Password of that user."""

    smtp_timeout_s: float = Field(default=30.0, gt=0, le=600)
    """Longest wait for an answer of the mail server, in seconds."""

    mails_per_minute: int = Field(default=120, ge=1)
    """Most mails sent in a minute, as the mail server's keeper allows."""

    web_url: str = ""
    """Public base URL of the pages of ``personspec serve``; mails link to it. Needed for mail."""

    web_proxies: str = "127.0.0.1, ::1"
    """IP addresses or networks of the web servers before ``personspec serve``, commas between: only
    from them X-Forwarded-For is believed, which says whose requests are counted."""

    link_keys: SecretStr = SecretStr("")
    """Secret keys that sign links, comma-separated, the newest first: put a new one in front and
    drop an old one once its links may die. At least 32 characters each; mandatory for mail."""

    address_key: SecretStr = SecretStr("")
    """Secret key of address hashes, at least 32 characters; never change it, or suppressed
    addresses are forgotten. Mandatory for mail."""

    dataset_largest_fall: float = Field(default=20.0, ge=0, le=100)
    """Per cent by which a table of a dataset release may be shorter than in the one before."""

    dataset_largest_drop: float = Field(default=10.0, ge=0, le=100)
    """Points (0-100) by which a column of it may be filled less than in the one before."""

    reference_dir: Path | None = None
    """Folder of labelled and saved real material, for tests and figures only."""

    @property
    def store_url(self) -> str:
        """The SQLAlchemy URL in force."""
        return self.database_url or f"sqlite:///{self.output_dir / 'personspec.db'}"

    @property
    def page_archive_dir(self) -> Path:
        """The folder of the page archive in force."""
        return self.archive_dir or self.output_dir / "archive"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load_settings() -> Settings:
    """Return the settings in force.

    Raises:
        UsageError: The file of settings cannot be read, or a value is wrong; the message names
            it and what is expected.
    """
    if SETTINGS_FILE.exists() and not SETTINGS_FILE.is_file():
        raise UsageError(f"{SETTINGS_FILE} is not a file: give what has its name another one.")
    try:
        return Settings()
    except ValidationError as error:
        raise UsageError(_what_is_wrong(error.errors()[0])) from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(
            f"{SETTINGS_FILE} is not TOML, the form of a file of settings: {error}. A line is to "
            'read like contact = "https://example.org/us", each name once.'
        ) from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{SETTINGS_FILE} is not in UTF-8: save it as UTF-8.") from error
    except OSError as error:
        raise UsageError(f"{SETTINGS_FILE} cannot be read: {error.strerror}.") from error


def _what_is_wrong(found: ErrorDetails) -> str:
    name = ".".join(str(part) for part in found["loc"])
    if found["type"] == "extra_forbidden":
        near = get_close_matches(name, Settings.model_fields, n=1)
        meant = f" Is {near[0]} meant?" if near else ""
        return f"{SETTINGS_FILE} sets {name}, but there is no setting of that name.{meant}"
    values = found.get("ctx", {})
    wanted = _WANTED.get(found["type"], "has another form: {msg}").format(**values, **found)
    return f"The setting {name} (PERSONSPEC_{name.upper()} or {SETTINGS_FILE}) {wanted}."


_WANTED = {
    "int_parsing": "has to be a whole number",
    "int_type": "has to be a whole number",
    "int_from_float": "has to be a whole number",
    "float_parsing": "has to be a number",
    "float_type": "has to be a number",
    "greater_than": "has to be more than {gt:g}",
    "greater_than_equal": "has to be at least {ge:g}",
    "less_than_equal": "has to be at most {le:g}",
    "literal_error": "has to be {expected}",
    "string_type": "has to be text in quotes",
    "path_type": "has to be text in quotes",
}
"""What is wanted where pydantic finds an error, by its name of the error."""
