"""Folders that are written to, made where they are missing."""

import os
from pathlib import Path

from personspec.exceptions import UsageError
from personspec.settings import Settings


def make_folder(folder: Path, purpose: str) -> Path:
    """Return a folder that can be written to, made with those above it if it is not there.

    Args:
        folder: Where it is to be.
        purpose: What it is for and, if a setting names it, which, to be named in the message.

    Raises:
        UsageError: It cannot be made or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"The folder {folder} of {purpose} cannot be made ({error.strerror}): choose another "
            "one, or look at what is in its way and who may write there."
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UsageError(
            f"The folder {folder} of {purpose} cannot be written to: choose another one, or look "
            "at its owner and whether its disk is read-only."
        )
    return folder


def make_output_folder(settings: Settings) -> Path:
    """Return the output folder, made if it is not there; errors as in ``make_folder``."""
    return make_folder(settings.output_dir, "all output (PERSONSPEC_OUTPUT_DIR)")
