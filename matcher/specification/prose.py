"""Running text: the sentences that ask something of the candidate. Precision comes first."""

import re

from matcher.specification import asks, importance, marks
from matcher.specification.headings import Verdict
from matcher.specification.lines import clean, sentences, word_set, words
from matcher.types import Criterion

_MAX_SENTENCE_WORDS = 90
_MAX_SENTENCE_CHARACTERS = 900
_SUBJECT = (
    r"(?:you|(?:the |all |our |any )?"
    r"(?:(?:ideal|successful|right|suitable|preferred|potential)\s+)?"
    r"(?:candidates?|applicants?|post[- ]?holders?|person|individual)(?:\(s\))?|they)"
)
_SUBJECT_WORDS = word_set(
    "you candidate candidates applicant applicants post-holder post-holders postholder "
    "postholders holder holders person individual they we required sought"
)
_VERB = (
    r"(?:will|must|should|would)?(?:'ll)?(?: also| ideally| likely| preferably)*"
    r"(?: need| be required| be expected)?(?: to)?(?: also| ideally)?\s*"
    r"(?:have|hold|possess|demonstrate|show|bring|require|be (?:an? )?(?!responsible|based|working"
    r"|involved|required|expected|joining|part of|offered|given|provid|contacted|asked|invited"
    r"|reporting|supported|trained|paid|the first|accountable|managed|subject"
    r"|able to (?:join|apply))"
    r"|be able to|enjoy|thrive|need (?!to\b)(?=\w))"
)
_ASKS_OF = re.compile(
    r"(?:^|[,;]\s+|^to be successful |\b(?:and|where|so|therefore|that|as|role)\s+)"
    rf"{_SUBJECT},?\s+{_VERB}",
    re.IGNORECASE,
)
_LOOKING_FOR = re.compile(
    r"\b(?:we|they)(?:'re| are| would like| require)\b.{0,40}"
    r"\b(?:looking for|looking to (?:recruit|appoint|employ)|seeking|require|recruiting)\b.*"
    r"\b(?:who|with|that)\b"
    r"|\b(?:is|are) (?:required|sought)\b.*\b(?:who|with)\b"
    r"|\b(?:individual|person|candidate|applicant)s? (?:is|are) (?:required|sought|needed)\b"
    r"|\bwith (?:previous|proven|excellent|good)\b"
    r".*\b(?:is|are) required\b",
    re.IGNORECASE,
)
_OFFERED = re.compile(
    r"\bopportunit(?:y|ies)\b|\byou will (?:receive|gain|enjoy|benefit)\b"
    r"|\byou will have (?:(?:an?|the|full|excellent|good|ongoing) )*(?:support|training)\b"
    r"|\byou will have (?:access|a leadership|an integral|release|the chance)\b"
    r"|\bwe (?:can |will )?offer\b|\bin return\b|\bbenefits?\b(?! (?:from|of)\b)"
    r"|\brelease days?\b|\bwill be offered\b"
    r"|\btraining (?:will be|is) (?:given|provided)\b|\bapprenticeship\b.*\bcomplete"
    r"|\bannual leave\b|\bpension\b",
    re.IGNORECASE,
)
_OFFERED_WORDS = word_set(
    "opportunity opportunities receive gain enjoy benefit have release offer return benefits"
    " offered training apprenticeship leave pension"
)
_LOOKING_WORDS = word_set("looking seeking require required recruiting sought needed")
_NARRATIVE = re.compile(
    r"^(?:we|our|us|this|these|the (?:trust|hospital|practice|team|service|department|role|post|job"
    r"|organisation|service|surgery|ward|company|charity|centre|hours|salary|closing)|please|if you"
    r"|for (?:further|more|an)|to apply|in return|when|as (?:a|an|part)|in accordance|should you"
    r"|there (?:is|are)|it is (?:our|a)|all (?:our|staff|employees)|an exciting|a great|employment"
    r"|successful applicants will be|interview)\b",
    re.IGNORECASE,
)


def is_narrative(text: str) -> bool:
    """Say whether a paragraph tells of the employer, the post or the process."""
    return bool(_NARRATIVE.match(clean(text)))


def read_paragraph(text: str, verdict: Verdict) -> list[Criterion]:
    """Return the sentences that ask something of the candidate as criteria of form ``prose``.

    ``verdict`` is that of the heading above: under one that opens something else (benefits, how to
    apply) a sentence must name its importance, under one that opens criteria that is enough.
    """
    return [
        marks.to_criterion(sentence, marks.Place("prose"))
        for sentence in sentences(clean(text))
        if _is_criterion(sentence.replace("’", "'"), verdict)
    ]


def _is_criterion(sentence: str, verdict: Verdict) -> bool:
    stated = importance.of_line(sentence) is not None
    if _is_no_statement(sentence) or asks.is_never_a_criterion(sentence):
        return False
    if not stated and (verdict == "other" or _SUBJECT_WORDS.isdisjoint(words(sentence))):
        return False
    if not asks.asks_something(sentence) and not (stated and verdict in ("asks", "specification")):
        return False
    if asks.is_boilerplate(sentence) or _is_offer(sentence, stated=stated):
        return False
    if stated and not is_narrative(sentence):
        return True
    looks = not _LOOKING_WORDS.isdisjoint(words(sentence)) and _LOOKING_FOR.search(sentence)
    return bool(looks or _ASKS_OF.search(sentence))


def _is_offer(sentence: str, *, stated: bool) -> bool:
    """Say whether a sentence offers something; not if it opens with what it weighs."""
    if stated and asks.asks_something(" ".join(sentence.split(None, 3)[:3])):
        return False
    if asks.role_of(sentence) == "offer":
        return True
    offers = not _OFFERED_WORDS.isdisjoint(words(sentence)) and _OFFERED.search(sentence)
    return bool(offers)


def _is_no_statement(sentence: str) -> bool:
    if sentence.endswith((":", "?")) or len(sentence) > _MAX_SENTENCE_CHARACTERS:
        return True
    return len(sentence.split()) > _MAX_SENTENCE_WORDS
