from pathlib import Path

import pytest

from personspec.exceptions import UsageError
from personspec.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of settings, not made yet, and no settings from elsewhere."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"PERSONSPEC_{name.upper()}", raising=False)
    return tmp_path / "personspec.toml"


def test_the_environment_wins_over_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text('contact = "https://example.org/file"\nbackups_kept = 2\n')
    monkeypatch.setenv("PERSONSPEC_CONTACT", "https://example.org/environment")
    settings = load_settings()
    assert (settings.contact, settings.backups_kept) == ("https://example.org/environment", 2)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"contact = nothing", r"personspec\.toml is not TOML.*line 1"),
        (b"backups_kept = 2\nbackups_kept = 3\n", r"personspec\.toml is not TOML.*line 2"),
        ("contact = 'x'".encode("utf-16"), r"personspec\.toml is not in UTF-8"),
        ("contact = 'caf\xe9'".encode("latin-1"), r"personspec\.toml is not in UTF-8"),
    ],
)
def test_a_broken_file_is_one_sentence_naming_it(content: bytes, sentence: str, file: Path) -> None:
    file.write_bytes(content)
    with pytest.raises(UsageError, match=sentence):
        load_settings()


def test_a_folder_of_the_name_is_not_passed_over(file: Path) -> None:
    file.mkdir()
    with pytest.raises(UsageError, match=r"personspec\.toml is not a file"):
        load_settings()


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("backups_kep = 2", "sets backups_kep, but .* name. Is backups_kept meant?"),
        ("qqq = 2", "sets qqq, but there is no setting of that name.$"),
        ('[smtp]\nhost = "x"', "sets smtp, but there is no setting of that name"),
        ('backups_kept = "two"', r"backups_kept \(PERSONSPEC_BACKUPS_KEPT .* a whole number\.$"),
        ("backups_kept = 2.5", "has to be a whole number"),
        ("backups_kept = []", "has to be a whole number"),
        ("backups_kept = -1", "has to be at least 0"),
        ('crawl_limit_hours = "two"', "has to be a number"),
        ("crawl_limit_hours = []", "has to be a number"),
        ("crawl_limit_hours = 0", "has to be more than 0"),
        ("smtp_timeout_s = 601", "has to be at most 600"),
        ('log_format = "xml"', "has to be 'console' or 'json'"),
        ("contact = 5", "has to be text in quotes"),
        ("output_dir = 5", "has to be text in quotes"),
        ("link_keys = 5", "has to be text in quotes"),
    ],
)
def test_a_wrong_value_is_told_in_our_own_words(line: str, sentence: str, file: Path) -> None:
    file.write_text(line)
    with pytest.raises(UsageError, match=sentence) as raised:
        load_settings()
    for foreign in ("Input", "parse", "Extra", "permitted"):
        assert foreign not in str(raised.value)
