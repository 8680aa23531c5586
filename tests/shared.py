"""What several test workers need and one of them makes."""

import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from filelock import FileLock

Made = TypeVar("Made")


def made_once(
    factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Made]
) -> tuple[Path, Made]:
    """Return a folder that all workers of this run share, and what ``make`` gave when it filled it.

    Args:
        factory: pytest's ``tmp_path_factory``.
        name: Of the folder; one for each kind of content.
        make: Fills the empty folder it is given; what it returns can be pickled.
    """
    base = factory.getbasetemp()
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, kept = root / name, root / f"{name}.pickle"
    with FileLock(root / f"{name}.lock"):
        if not kept.exists():
            folder.mkdir()
            kept.write_bytes(pickle.dumps(make(folder)))
        made: Made = pickle.loads(kept.read_bytes())  # noqa: S301 - our own worker wrote it
    return folder, made
