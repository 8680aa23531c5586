import resource
from contextlib import suppress
from pathlib import Path

import pytest

from personspec.exceptions import UsageError
from pipelines.outputs.files import replacing


def test_the_new_file_takes_the_place_of_the_old_one_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "new" / "vacancies.csv"
    path.parent.mkdir()
    path.write_text("old")
    with replacing(path, encoding="utf-8") as file:
        file.write("new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert list(path.parent.iterdir()) == [path]


def test_the_folder_is_made(tmp_path: Path) -> None:
    with replacing(tmp_path / "a" / "b" / "x.csv", encoding="utf-8") as file:
        file.write("new")
    assert (tmp_path / "a" / "b" / "x.csv").read_text() == "new"


def test_an_error_on_the_way_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("old")
    with suppress(ZeroDivisionError), replacing(path, encoding="utf-8") as file:
        file.write(f"new {1 / 0}")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_one_sentence_and_the_old_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, limits[1]))  # as if the disk ended there
    try:
        with (
            pytest.raises(UsageError, match=r"x\.csv cannot be written .*is unchanged"),
            replacing(path, encoding="utf-8") as file,
        ):
            file.write("new " * 10_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with (
        pytest.raises(UsageError, match="cannot be written"),
        replacing(tmp_path / "file" / "x.csv", encoding="utf-8"),
    ):
        raise AssertionError("there is nothing to write to")


def test_a_folder_in_the_place_of_the_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "x.csv").mkdir()
    with (
        pytest.raises(UsageError, match="cannot be written"),
        replacing(tmp_path / "x.csv", encoding="utf-8") as file,
    ):
        file.write("new")
    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]
