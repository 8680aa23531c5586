"""Folders that are written to, made where they are missing."""

from pathlib import Path

from personspec.exceptions import UsageError


def make_folder(folder: Path, purpose: str) -> Path:
    """Return a folder, made with those above it if it is not there.

    Args:
        folder: Where it is to be.
        purpose: What it is for and, if a setting names it, which, to be named in the message.

    Raises:
        UsageError: It cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"The folder {folder} of {purpose} cannot be made ({error.strerror}): choose another "
            "one, or look at what is in its way and who may write there."
        ) from error
    return folder
