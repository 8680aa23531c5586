import time

import pytest

from pipelines.mail.tokens import LIFETIME_S, Tokens

OLD, NEW = "o" * 32, "n" * 32


def test_a_token_names_what_it_was_made_for() -> None:
    tokens = Tokens([NEW])
    assert tokens.read("feedback", tokens.make("feedback", "key", "12")) == ["key", "12"]


def test_a_token_serves_its_purpose_only() -> None:
    tokens = Tokens([NEW])
    made = tokens.make("unsubscribe", "key")
    assert tokens.read("manage", made) is None
    assert tokens.read("confirm", made) is None


def test_keys_can_be_changed_without_breaking_old_links() -> None:
    made = Tokens([OLD]).make("unsubscribe", "key")
    assert Tokens([NEW, OLD]).read("unsubscribe", made) == ["key"]
    assert Tokens([NEW]).read("unsubscribe", made) is None
    newest = Tokens([NEW, OLD]).make("unsubscribe", "key")
    assert Tokens([NEW]).read("unsubscribe", newest) == ["key"]


@pytest.mark.parametrize("forged", ["", ".", "abc", "W10.x.y", "é" * 40, "\x00"])
def test_a_forged_token_is_nothing(forged: str) -> None:
    assert Tokens([NEW]).read("manage", forged) is None


def test_a_changed_token_is_nothing() -> None:
    made = Tokens([NEW]).make("manage", "key")
    assert Tokens([NEW]).read("manage", "X" + made[1:]) is None


def test_confirmation_dies_and_leaving_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = Tokens([NEW])
    confirm, leave = tokens.make("confirm", "key"), tokens.make("unsubscribe", "key")
    later = time.time() + (LIFETIME_S["confirm"] or 0) + 2
    monkeypatch.setattr(time, "time", lambda: later)
    assert tokens.read("confirm", confirm) is None
    assert tokens.read("unsubscribe", leave) == ["key"]
