"""Read a file of labelled lines for the evaluation commands."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from personspec.exceptions import UsageError


def read_json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON lines file; blank lines are passed over.

    Raises:
        UsageError: The file cannot be read, or a line is not a JSON object; names the line.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read as UTF-8 text: {error}.") from error
    # Not splitlines(): a JSON string may hold U+2028 and its like unescaped.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            raise UsageError(f"{path}, line {number}: not JSON ({error.msg}).") from error
        if not isinstance(value, dict):
            raise UsageError(f"{path}, line {number}: a JSON object is expected.")
        yield value
