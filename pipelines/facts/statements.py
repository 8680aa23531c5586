"""What the prose of an advert states beside its criteria."""

import re
from collections.abc import Iterator

from crawler.items import Vacancy

_TAG = re.compile(r"<[^<>]{0,500}>")
_BLOCK_END = re.compile(r"</(?:p|li|td|th|tr|h[1-6]|div)>|<br\s*/?>", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\n+")

_EARLY = re.compile(
    r"\bclos(?:e|es|ed|ing)\b[^.\n]{0,60}\bearl(?:y|ier)\b"
    r"|\bearl(?:y|ier) clos(?:ing|ure)\b"
    r"|\b(?:may|might|could|will|right to|can|be) clos(?:e|ed)\b[^.\n]{0,60}"
    r"\b(?:before|prior to|ahead of|in advance of)\b[^.\n]{0,40}\b(?:date|deadline)\b",
    re.IGNORECASE,
)
_NOT_EARLY = re.compile(r"\b(?:not|never)\b[^.\n]{0,20}\bclos", re.IGNORECASE)

_DRIVING = re.compile(
    r"(?<!computer[\s-])\bdriv(?:ing|er['’]?s?)\s(?:licen[cs]e|permit)\b"  # not of the ECDL
    r"|\b(?:access to|use of) (?:a |your |their )?(?:own )?(?:car|vehicle)\b"
    r"|\b(?:able|ability|required|willing(?:ness)?|need) to drive\b"
    r"|\bcar (?:driver|owner)\b",
    re.IGNORECASE,
)
_NOT_ASKED = re.compile(
    r"\b(?:no|not|without|nor)\b|n['’]t\b|\bunnecessary\b",
    re.IGNORECASE,
)


def prose_of(vacancy: Vacancy) -> str:
    """Return everything an advert says in words, a line a block."""
    parts = [vacancy.summary, vacancy.main_duties, vacancy.about_employer, vacancy.job_description]
    parts += [_without_tags(source.content) for source in vacancy.specification]
    return "\n".join(part for part in parts if part)


def may_close_early(prose: str) -> bool:
    """Return whether an advert says that it may close before its closing date."""
    return any(
        _EARLY.search(sentence) and not _NOT_EARLY.search(sentence)
        for sentence in _sentences(prose)
    )


def asks_for_driving(prose: str) -> bool | None:
    """Return whether driving or a licence is asked for.

    True if any sentence asks for it, as essential or desirable; False if it is only mentioned as
    not needed; None if the advert is silent.
    """
    mentions = [sentence for sentence in _sentences(prose) if _DRIVING.search(sentence)]
    if not mentions:
        return None
    return any(not _NOT_ASKED.search(sentence) for sentence in mentions)


def _sentences(prose: str) -> Iterator[str]:
    return iter(_SENTENCE_END.split(prose))


def _without_tags(html: str) -> str:
    lines = _TAG.sub(" ", _BLOCK_END.sub("\n", html)).splitlines()
    return "\n".join(" ".join(line.split()) for line in lines)
