"""On what terms a qualification is asked: what may stand in for it, and whether it is asked at all.

An NHS employer may take experience in place of a qualification only where the person specification
says so, so the words must join the two.
"""

import re

from matcher.text import Words


def running_text(line: Words) -> str:
    """Return the normalised words as one string, sentence ends kept as full stops."""
    stops = ("", ",", ".")
    joined = (f"{stops[stop]} {word}" for word, stop in zip(line.words, line.breaks, strict=True))
    return "".join(joined)[2:]


_QUALIFICATION = re.compile(
    r"\b(?:qualif\w*|educat\w*|diplomas?|certificat\w*|degrees?|graduat\w*|master\w*|bachelor\w*"
    r"|postgrad\w*|msc|bsc|mba|ba|hn[cd]|gcses?|gsce|nvqs?|rsa|ocr|btec|amspar|apprenticeship"
    r"|levels?|a level|o level|ecdl|scheme|award|ihrim|nccq|acc|highers|accredited)\b"
)
# "or", then no more than a few words before the experience that replaces a qualification; "plus"
# or "and" asks for experience on top instead, but for "knowledge and experience" and the like.
_ALTERNATIVE = re.compile(
    r"\bor\b(?P<words>(?:,? (?!or\b|plus\b|with\b|together\b|alongside\b|including\b|ideally\b"
    r"|preferably\b|who\b|addition\b|must\b|however\b|but\b|is\b|are\b|above\b|higher\b)[^\s.,]+){0,9}?),?"
    r" (?:experienced?|worked)\b"
)
_ON_TOP = re.compile(
    r"(?<!knowledge)(?<!training)(?<!skills)(?<!education)(?<!learning)(?<!expertise)(?<!demonstrable)"
    r",? and\b"
)
_EXPERIENCE_FIRST = re.compile(
    r"\bexperience\b(?: [^\s.,]+){0,6},? or\b(?: [^\s.,]+){0,4} "
    r"(?:qualifications?|degree|diploma|nvq|certificate|educated|gcses?|level)\b"
)
_BY_EXPERIENCE = re.compile(
    r"\bqualified (?:by|through) experience\b|\bin lieu of\b"
    r"|\bequivalent(?:,? (?:(?!and\b|plus\b|with\b|addition\b)\w+|(?<=knowledge )and"
    r"|(?<=training )and|(?<=skills )and)){0,5},? experience\b"
    r"|\bexperience (?:equivalent|equal) to\b|\bby experience\b"
    r"|\bor (?:with|by|through)(?: [^\s.,]+){0,3} experience\b"
    r"|\bcombination of(?: [^\s.,]+){1,4} experience\b"
)
_EQUIVALENT = re.compile(
    r"\b(?:or|and) (?:an? |other |its |their )?equiv\w*(?! (?:\w+ ){0,3}experience)"
    r"|\bequivalent (?:qualification|level|standard)"
)
_TOWARDS = re.compile(
    r"\b(?:work\w* towards?|studying (?:for|towards)|willing\w* to (?:study|gain|obtain|achieve"
    r"|work towards|undertake)|prepared to (?:study|gain|obtain|undertake))\b"
)
_OFFERED = re.compile(
    r"\b(?:you will (?:be offered|gain|obtain|achieve|receive|study|complete|be supported|have the"
    r" opportunity)|we (?:offer|will support)"
    r"|(?:opportunity|chance) to (?:gain|obtain|achieve|study|complete)"
    r"|at the end of which|lead(?:s|ing) to an?|will (?:lead to|obtain|be offered)"
    r"|you will(?: [^\s.]+){1,12},? study for"
    r"|training (?:to|for|towards)(?: [^\s.]+){1,8} (?:will be|is) (?:given|provided|available))\b"
)


def offers_experience(plain: str) -> bool:
    """Tell whether experience is offered in place of a qualification.

    NHS employers may accept experience only where the specification says so, so the words must
    join the two: ``or``, not ``plus``.
    """
    named = _QUALIFICATION.search(plain)
    if not named:
        return False
    for found in _ALTERNATIVE.finditer(plain, named.start()):
        if not _ON_TOP.search(found.group()):
            return True
    return bool(_BY_EXPERIENCE.search(plain) or _EXPERIENCE_FIRST.search(plain))


def offers_equivalent(plain: str) -> bool:
    """Tell whether another qualification will do as well."""
    return bool(_EQUIVALENT.search(plain))


def is_in_progress(plain: str) -> bool:
    """Tell whether it is enough to be working towards the qualification, or willing to."""
    return bool(_TOWARDS.search(plain))


def is_offered(plain: str) -> bool:
    """Tell whether the employer gives the qualification rather than asks for it."""
    return bool(_OFFERED.search(plain))
