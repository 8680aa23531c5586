"""Texts as a database, a CSV and a web page can all hold them."""

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from operator import is_
from typing import Any, TypeVar

Item = TypeVar("Item")

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean_text(text: str) -> str:
    """Return a text without control characters and lone surrogates.

    PostgreSQL refuses NUL, UTF-8 has no lone surrogates, XML has none of them; tab and line
    breaks stay.
    """
    return _UNPRINTABLE.sub("", text)


def map_texts(item: Item, change: Callable[[str], str], *, but: frozenset[str]) -> Item:
    """Return a frozen dataclass with every text in it changed, nested ones too.

    Args:
        item: The dataclass; its tuples and the dataclasses inside it are followed.
        change: What to do to each text.
        but: Names of fields that are left as they are, at any depth.
    """
    changed = {}
    for one in _fields(item, but):
        value = getattr(item, one.name)
        if (new := _map(value, change, but)) is not value:
            changed[one.name] = new
    if not changed:  # as most are: a copy would cost more than looking
        return item
    return replace(item, **changed)  # type: ignore[type-var]  # checked by _fields


def _fields(item: object, but: frozenset[str]) -> list[Any]:
    if not is_dataclass(item):
        raise TypeError(f"{type(item).__name__} is not a dataclass")
    return [f for f in fields(item) if f.name not in but]


def _map(value: object, change: Callable[[str], str], but: frozenset[str]) -> object:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        new = tuple(_map(one, change, but) for one in value)
        return value if all(map(is_, new, value)) else new
    if is_dataclass(value):
        return map_texts(value, change, but=but)
    return value
