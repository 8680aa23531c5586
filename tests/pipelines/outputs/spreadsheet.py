"""A real spreadsheet program, to see what it makes of our files."""

import shutil
import subprocess
from pathlib import Path

import pytest

SSCONVERT = shutil.which("ssconvert")

needs_spreadsheet = pytest.mark.skipif(
    SSCONVERT is None, reason="Gnumeric's ssconvert is not installed"
)


def converted(source: Path, target: Path) -> Path:
    """Let Gnumeric open a file and save it as another; the ending says in which format."""
    assert SSCONVERT is not None
    # Gnumeric guesses the kind of a file from its content, and a character that its Unicode
    # tables lack makes a table no text for it: it is told as a person would tell it.
    told = ["--import-type=Gnumeric_stf:stf_csvtab"] if source.suffix == ".csv" else []
    subprocess.run(
        [SSCONVERT, "--recalc", *told, str(source), str(target)],
        check=True,
        capture_output=True,
        timeout=60,
    )
    return target
