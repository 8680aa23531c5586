"""Files that are either the old one or the new one, whole."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from personspec.exceptions import UsageError


@contextmanager
def replacing(path: Path, *, encoding: str) -> Iterator[TextIO]:
    """Give a file to write to that takes the place of ``path`` at the end, if all went well.

    Raises:
        UsageError: It cannot be written, e.g. because the disk is full or, on Windows, because it
            is open elsewhere; the old file stays as it was.
    """
    with (
        replacing_whole(path) as aside,
        aside.open("w", encoding=encoding, newline="") as file,
    ):
        yield file


@contextmanager
def replacing_whole(path: Path) -> Iterator[Path]:
    """Give the path of a file to make that takes the place of ``path`` at the end.

    For a library that opens the file itself; errors as in ``replacing``.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield aside
        with aside.open("rb") as written:
            os.fsync(written.fileno())
        aside.replace(path)
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written ({error.strerror}): close it where it is open, make room, "
            "or choose another folder. What was there before is unchanged."
        ) from error
    finally:
        if aside.exists():
            aside.unlink()
