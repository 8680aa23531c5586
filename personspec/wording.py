"""Words that every part says to people in the same way."""


def counted(count: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun, ``1 vacancy`` or ``3,000 vacancies``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
