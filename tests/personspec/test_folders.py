import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from personspec.exceptions import UsageError
from personspec.folders import make_folder


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """The folder of a disk that nobody may write to."""
    if not shutil.which("mount"):
        pytest.skip("there is no mount command here")
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "ro,size=100k", "tmpfs", str(folder)],  # noqa: S607
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("only root may mount a disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)  # noqa: S607


def test_a_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    assert make_folder(folder, "reports") == folder
    assert make_folder(folder, "reports").is_dir()


def test_what_is_in_the_way_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "below", Path("/proc/none")):
        with pytest.raises(UsageError, match=rf"The folder {folder} of reports cannot be made \("):
            make_folder(folder, "reports")


def test_a_read_only_disk_is_one_sentence(read_only: Path) -> None:
    with pytest.raises(UsageError, match="of reports cannot be written to"):
        make_folder(read_only, "reports")
    with pytest.raises(UsageError, match="Read-only file system"):
        make_folder(read_only / "below", "reports")
