"""Settings from ``personspec.toml`` and the environment (``PERSONSPEC_…``), which wins."""

from pathlib import Path

from pydantic import Field, ValidationError
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

    contact: str = ""
    """Address or URL in the User-Agent, so that a board can reach whoever crawls it."""

    nhs_jobs_url: str = "https://www.jobs.nhs.uk"
    """Base URL of NHS Jobs; a loopback address is taken for a practice board."""

    refetch_after_days: int = Field(default=7, ge=1)
    """An advert page older than this is fetched again even if its listing has not changed."""

    reference_dir: Path | None = None
    """Folder of labelled and saved real material, for tests and figures only."""

    @property
    def store_url(self) -> str:
        """The SQLAlchemy URL in force."""
        return self.database_url or f"sqlite:///{self.output_dir / 'personspec.db'}"

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
        UsageError: A value is wrong; the message names it and what is expected.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"])
        raise UsageError(
            f"The setting {name} (PERSONSPEC_{name.upper()} or {SETTINGS_FILE}) is wrong: "
            f"{first['msg']}."
        ) from error
