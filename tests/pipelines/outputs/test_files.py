import errno
import re
import resource
from contextlib import suppress
from pathlib import Path

import pytest

from personspec.exceptions import UsageError
from pipelines.outputs.files import replacing, replacing_together


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


def write_two(folder: Path, *, fail: bool = False) -> None:
    with replacing_together(folder, last="a.json") as aside:
        for name in ("a.json", "b.csv"):
            with replacing(aside / name, encoding="utf-8") as file:
                file.write("new")
        if fail:
            raise OSError(errno.ENOSPC, "No space left on device")


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_files_take_their_places_together(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("old")
    (tmp_path / "mine.txt").write_text("mine")
    write_two(tmp_path)
    assert contents(tmp_path) == {"a.json": "new", "b.csv": "new", "mine.txt": "mine"}


def test_none_takes_its_place_if_one_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("old")
    with pytest.raises(OSError, match="No space left"):
        write_two(tmp_path, fail=True)
    assert contents(tmp_path) == {"b.csv": "old"}


def test_the_sentence_names_the_place_the_file_would_have_had(tmp_path: Path) -> None:
    def write_below_a_file() -> None:
        with replacing_together(tmp_path, last="x.csv") as aside:
            (aside / "file").touch()
            with replacing(aside / "file" / "x.csv", encoding="utf-8"):
                raise AssertionError("there is nothing to write to")

    with pytest.raises(UsageError, match=re.escape(f"{tmp_path / 'file' / 'x.csv'} cannot")):
        write_below_a_file()


def test_a_folder_in_the_place_of_one_leaves_all_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "b.csv").mkdir()
    with pytest.raises(UsageError, match=r"b\.csv cannot be written: a folder"):
        write_two(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["b.csv"]


def test_a_file_in_the_place_of_the_folder_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="cannot be written to"):
        write_two(tmp_path / "file")
