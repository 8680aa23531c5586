"""Symbol fonts."""

import pytest

from matcher.specification import symbols


@pytest.mark.parametrize(
    ("text", "font", "seen"),
    [
        ("ü", "Wingdings", symbols.TICK),
        ("\uf0fc", "Wingdings", symbols.TICK),
        ("P", "Wingdings 2", symbols.TICK),
        ("§", "ABCDEF+Wingdings-Regular", symbols.BULLET),
        ("o", "Wingdings", symbols.EMPTY_BOX),
        ("J", "Wingdings", ""),
        ("✔", "ZapfDingbats", "✔"),
        ("J", "Arial", "J"),
    ],
)
def test_letters_of_symbol_fonts_are_seen_as_glyphs(text, font, seen):
    assert symbols.translate(text, font) == seen


@pytest.mark.parametrize("code", ["", "zz", "D800", "0", "11FFFF"])
def test_a_wrong_code_is_no_glyph(code):
    assert symbols.of_code(code, "Wingdings") == ""
