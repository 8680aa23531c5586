"""Glyphs of symbol fonts, which stand in files as letters: Wingdings calls its tick ``ü``."""

TICK = "✓"
CROSS = "✗"
EMPTY_BOX = "☐"
BULLET = "•"

_WINGDINGS = {
    **dict.fromkeys("üþ", TICK),
    **dict.fromkeys("ûýx", CROSS),
    **dict.fromkeys("o¨q", EMPTY_BOX),
    **dict.fromkeys("§·lnuvwØàð¡¢£¤¥¦ª«¬­®¯°ñòóôõö÷øùúÞ{|}~s", BULLET),
}
_WINGDINGS_2 = {
    **dict.fromkeys("PR", TICK),
    **dict.fromkeys("OSQTUV", CROSS),
    **dict.fromkeys("£¢*", EMPTY_BOX),
}
_WEBDINGS = {"a": TICK, "r": CROSS, "c": EMPTY_BOX}
_SYMBOL = {"·": BULLET, "Ö": TICK, "Ø": BULLET, "¨": BULLET}
_FONTS = {
    "wingdings": _WINGDINGS,
    "wingdings2": _WINGDINGS_2,
    "webdings": _WEBDINGS,
    "marlett": _WEBDINGS,
    "symbol": _SYMBOL,
    "symbolmt": _SYMBOL,
    "zapfdingbats": {"3": TICK, "4": TICK, "5": CROSS, "6": CROSS, "7": CROSS, "8": CROSS},
}


def glyphs_of(font: str) -> dict[str, str] | None:
    """Return the glyphs of a symbol font by letter; None for a font of letters."""
    plain = font.rpartition("+")[2].lower().replace(" ", "").replace("-regular", "")
    return _FONTS.get(plain)


def translate(text: str, font: str) -> str:
    """Return text as it is seen: letters of a symbol font become ticks and bullets or vanish."""
    glyphs = glyphs_of(font) if font else None
    if glyphs is None:
        return text
    return "".join(" " if c.isspace() else _glyph(c, glyphs) for c in text)


def _glyph(character: str, glyphs: dict[str, str]) -> str:
    # Word stores symbol fonts shifted into the private use area, U+F000 up.
    code = ord(character)
    plain = chr(code - 0xF000) if 0xF000 <= code <= 0xF0FF else character
    # What is no letter by its own code is what it looks like; an unknown letter is an ornament.
    return glyphs.get(plain, character if code > 0x2000 else "")


def of_code(code: str, font: str) -> str:
    """Return the glyph of ``w:sym``, a hexadecimal code such as ``F0FC`` in a font."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if not 0 < number <= 0xFFFF or 0xD800 <= number <= 0xDFFF:
        return ""
    glyphs = glyphs_of(font)
    return _glyph(chr(number), glyphs) if glyphs is not None else chr(number)
