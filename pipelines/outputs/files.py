"""Files that are either the old one or the new one, whole."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
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


@contextmanager
def replacing_together(folder: Path, *, last: str) -> Iterator[Path]:
    """Give a folder whose files take their places in ``folder`` at the end, if all went well.

    Args:
        folder: Made if it is not there; what else is in it stays.
        last: Name of the file that takes its place after all others.

    Raises:
        UsageError: Something cannot be written, and the old files stay as they were; or a file
            cannot be replaced, as on Windows one that is open elsewhere.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        aside = TemporaryDirectory(dir=folder, prefix=".new.")
    except OSError as error:
        raise UsageError(
            f"{folder} cannot be written to ({error.strerror}): make room, or choose another one."
        ) from error
    with aside as name:
        try:
            yield Path(name)
        except UsageError as error:
            raise UsageError(str(error).replace(name, str(folder))) from error
        _put_in_place(Path(name), folder, last)


def _put_in_place(aside: Path, folder: Path, last: str) -> None:
    made = sorted(aside.iterdir(), key=lambda file: file.name == last)
    in_the_way = [folder / file.name for file in made if (folder / file.name).is_dir()]
    if in_the_way:
        raise UsageError(
            f"{in_the_way[0]} cannot be written: a folder has its name. Move that away, or choose "
            "another place. What was there before is unchanged."
        )
    for file in made:
        try:
            file.replace(folder / file.name)
        except OSError as error:
            raise UsageError(
                f"{folder / file.name} cannot be replaced ({error.strerror}): close it where it is "
                "open and do this again; files beside it may be new already."
            ) from error
