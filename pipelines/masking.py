"""Mail addresses and telephone numbers of people are not kept.

Adverts name a person to ask, with their address and number. A vacancy needs neither, so both are
masked before anything is stored. Salaries, references, dates and postcodes stay.
"""

import re

MAIL = "[email address removed]"
TELEPHONE = "[telephone number removed]"

_TAG = r"(?:</?(?:a|b|em|font|i|span|strong|u)\b[^<>]{0,80}>)?"
_AT = r"(?:@|＠|&#0*64;|&#x0*40;|&commat;|%40|[\[({]\s?at\s?[\])}])"
_DOT = r"(?:[.．]|&#0*46;|&#x0*2e;|&period;|\s?[\[({]\s?dot\s?[\])}]\s?)"
_HAS_AT = re.compile(_AT, re.IGNORECASE)
_MAIL = re.compile(
    # The bounds keep the time linear; of a longer name the end is enough to leave no address.
    rf"[\w!#$%&'*+/=?^`|~.-]{{1,64}}\s?{_TAG}{_AT}{_TAG}\s?"
    rf"[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{0,7}}{_DOT}[^\W\d_][\w-]{{1,62}}",
    re.IGNORECASE,
)

_GAP = rf"(?:[\s().\u2010-\u2015-]|&nbsp;|&#160;|{_TAG}){{0,4}}"
_TELEPHONE = re.compile(
    rf"(?:(?P<prefix>\+{_GAP}44|(?<![\w£$€-])0044){_GAP}0?|(?<![\w£$€-])\(?0)"
    rf"(?:{_GAP}\d){{9,10}}(?!\d)"
    r"(?:\s{0,2}(?:ext(?:ension)?\.?|x)\s{0,2}\d{2,6}\b)?",
    re.IGNORECASE,
)
_ABROAD = re.compile(r"\+[1-9](?:[\s().-]{0,2}\d){7,14}(?!\d)")
_LABELLED = re.compile(
    r"\b((?:tel(?:ephone)?|phone|mobile|mob|fax)(?:\s(?:no|number))?[\s.:–-]{1,4}|tel:)"
    r"(?:\+?\d|%2b\d)[\d\s().-]{4,18}\d(?![\d/])",
    re.IGNORECASE,
)
_SHORT = re.compile(r"0(?:1[1-9]|800|500)")
"""The beginnings of the few British numbers of ten digits; all others have eleven."""

_BEGINNING = re.compile(r"0(?:1[1-9]|2[03489]|[35789])")


def mask_contacts(text: str) -> str:
    """Return a text or HTML with mail addresses and telephone numbers replaced by a notice.

    Masked are addresses with ``@`` in any of its spellings (entity, ``%40``, ``[at]``), British
    numbers of ten or eleven digits in the usual groupings, numbers with ``+``, what follows a
    word such as ``Tel``, and both in ``mailto:`` and ``tel:`` links. A group of two digits
    counts only between spaces, so that dates and references with hyphens stay. Masking again
    changes nothing; the time is linear in the length.
    """
    text = _mask_british(mask_mails(text))
    text = _ABROAD.sub(TELEPHONE, text)
    return _LABELLED.sub(rf"\1{TELEPHONE}", text)


def mask_mails(text: str) -> str:
    """Return a text with mail addresses alone replaced by a notice, as in ``mask_contacts``."""
    return _MAIL.sub(MAIL, text) if _HAS_AT.search(text) else text


def _mask_british(text: str) -> str:
    parts, end = [], 0
    found = _TELEPHONE.search(text)
    while found:
        if _is_telephone(found):
            parts += [text[end : found.start()], TELEPHONE]
            end = found.end()
            found = _TELEPHONE.search(text, end)
        else:  # a number may begin inside what only looked like one
            found = _TELEPHONE.search(text, found.start() + 1)
    return "".join(parts) + text[end:]


def _is_telephone(found: re.Match[str]) -> bool:
    if found["prefix"]:
        return True
    printed = re.sub(r"<[^<>]*>|&nbsp;|&#160;", " ", found[0])
    digits = re.sub(r"\D", "", printed)[:11]
    groups = re.split(r"[\s()]+", printed.strip(" ()"))
    return (
        _BEGINNING.match(digits) is not None
        and (len(digits) == 11 or _SHORT.match(digits) is not None)
        and len(re.match(r"\d*", groups[0])[0]) >= 3  # type: ignore[index]  # matches always
        and not any(re.search(r"(?<!\d)\d{1,2}(?!\d)", g) for g in groups if not g.isdigit())
    )
