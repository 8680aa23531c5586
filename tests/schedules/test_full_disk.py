"""A disk that fills up during a crawl: one clear sentence, nothing lost, gone on with later."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.schedules.conftest import Installation
from tests.schedules.contents import contents


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with room for half a store."""
    if not shutil.which("mount"):
        pytest.skip("there is no mount command here")
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", str(folder)],  # noqa: S607
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("only root may mount a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)  # noqa: S607


def test_a_disk_that_fills_up_costs_nothing_that_was_stored(
    installation: Installation, small_disk: Path
) -> None:
    file = small_disk / "store.db"
    tight = Installation(installation.folder, f"sqlite:///{file}", installation.board)

    assert tight.crawl() == 1

    log = tight.log.read_text()
    assert "its disk is full. Free some space and start this again" in log
    assert "Traceback" not in log
    asked = len(installation.board.requests)
    assert asked < 60, "it went on asking although nothing could be stored"

    subprocess.run(["mount", "-o", "remount,size=50m", str(small_disk)], check=True)  # noqa: S607
    store = tight.opened()
    kept = contents(store)
    store.close()
    assert tight.crawl() == 0, tight.log.read_text()
    store = tight.opened()
    whole = contents(store)
    assert store.past_runs()[0].status == "finished"
    store.close()
    assert kept.keys() <= whole.keys()
    assert installation.crawl() == 0
    undisturbed = installation.opened()
    assert contents(undisturbed) == whole
    undisturbed.close()
