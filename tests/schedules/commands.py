"""Runs a command in this process, as the console script does."""

import sys

import pytest

from schedules.cli import main


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    """Run ``personspec`` with these arguments; return the exit code."""
    monkeypatch.setattr(sys, "argv", ["personspec", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    code = ended.value.code
    assert isinstance(code, int)
    return code
