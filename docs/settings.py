"""Writes ``docs/settings.md``: ``make settings``. The class ``Settings`` is its only source."""

import ast
import inspect
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from personspec.settings import SETTINGS_FILE, Settings

PAGE = Path(__file__).with_name("settings.md")

_HEAD = f"""\
# Settings

Made by `make settings` from `personspec/settings.py`.

A setting is read from the environment under the name in the table, or from `{SETTINGS_FILE}` in the
folder where the command is started, without `PERSONSPEC_` and in small letters:

```toml
contact = "https://example.org/us"
backups_kept = 8
```

The environment wins. Secrets (*secret* below) in the file are for its owner alone: `chmod 600`.
`personspec doctor` names what is missing or misspelt.

| setting | holds | default | meaning |
|---|---|---|---|
"""


def page() -> str:
    """Return the page."""
    meanings = dict(_meanings())
    rows = [
        f"| `PERSONSPEC_{name.upper()}` | {_holds(field)} | {_default(field.default)} "
        f"| {meanings[name]} |\n"
        for name, field in Settings.model_fields.items()
    ]
    return _HEAD + "".join(rows)


def _meanings() -> Iterator[tuple[str, str]]:
    """Yield the name of each setting and the docstring under it, on one line."""
    (declared,) = ast.parse(inspect.getsource(Settings)).body
    assert isinstance(declared, ast.ClassDef)
    for field, under in pairwise(declared.body):
        match field, under:
            case (
                ast.AnnAssign(target=ast.Name(name)),
                ast.Expr(value=ast.Constant(value=str(words))),
            ):
                yield name, " ".join(words.replace("``", "`").split())


def _holds(field: FieldInfo) -> str:
    kinds = [kind for kind in get_args(field.annotation) if kind is not type(None)]
    if get_origin(field.annotation) is Literal:
        return " / ".join(f"`{value}`" for value in kinds)
    if kinds and get_origin(kinds[0]) is Literal:  # may be left out
        return " / ".join(f"`{value}`" for value in get_args(kinds[0]))
    kind: Any = kinds[0] if kinds else field.annotation
    return ", ".join([_KINDS[kind], *_limits(field)])


_KINDS = {
    str: "text",
    int: "whole number",
    float: "number",
    Path: "folder",
    SecretStr: "text, *secret*",
}


def _limits(field: FieldInfo) -> Iterator[str]:
    for limit in field.metadata:
        for name, words in (("gt", "more than"), ("ge", "at least"), ("le", "at most")):
            if hasattr(limit, name):
                yield f"{words} {getattr(limit, name):g}"


def _default(value: object) -> str:
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    return "none" if value in {None, ""} else f"`{value}`"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
