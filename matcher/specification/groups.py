"""Group headings of person specifications, normalised to a few kinds."""

import re
from functools import lru_cache

QUALIFICATIONS = "qualifications"
EXPERIENCE = "experience"
KNOWLEDGE = "knowledge"
SKILLS = "skills"
QUALITIES = "personal qualities"
VALUES = "values"
PHYSICAL = "physical requirements"
CIRCUMSTANCES = "circumstances"
OTHER = "other"

KINDS = (
    QUALIFICATIONS,
    EXPERIENCE,
    KNOWLEDGE,
    SKILLS,
    QUALITIES,
    VALUES,
    PHYSICAL,
    CIRCUMSTANCES,
    OTHER,
)
"""Every kind a group of criteria is normalised to."""

_WORDS = (
    (QUALIFICATIONS, r"qualif\w*|educat\w*|academic\w*|training|registrations?|memberships?"),
    (QUALIFICATIONS, r"professional development|certificat\w*|accreditation"),
    (EXPERIENCE, r"experienced?|experiences|background|track record|career history|employment"),
    (KNOWLEDGE, r"knowledge|understanding|awareness"),
    (
        SKILLS,
        (
            r"skil+s?|skilled|abilit(?:y|ies)|aptitudes?|competenc\w*|capabilit\w*|expertise"
            r"|communicat\w*|analy[st]\w*|judge?ments?|planning|organis\w*|organiz\w*|numeracy|literacy"
            r"|leadership|management|information technology|it(?= |/|$)|ict|keyboard|languages?"
            r"|problem solving|team ?work\w*"
        ),
    ),
    (
        QUALITIES,
        (
            r"personal|personality|qualit(?:y|ies)|attributes?|dispositions?|attitudes?"
            r"|characteristics?|behaviou?rs?|motivation|interpersonal"
        ),
    ),
    (VALUES, r"values?|equality|diversity|inclusion|compassion\w*"),
    (PHYSICAL, r"physical|health|effort|mental|emotional|stamina|manual|working conditions"),
    (CIRCUMSTANCES, r"circumstances|travel|transport|mobility|driving|flexibility|availability"),
    (
        OTHER,
        r"others?|additional|miscellaneous|general|special|specific|further|any",
    ),
)
_PATTERNS = tuple((kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for kind, words in _WORDS)


@lru_cache(maxsize=4096)
def kinds_in(heading: str) -> tuple[str, ...]:
    """Return the kinds a heading names, in its own order; empty if it names none."""
    first: dict[str, int] = {}
    for kind, pattern in _PATTERNS:
        found = pattern.search(heading)
        if found:
            first[kind] = min(found.start(), first.get(kind, found.start()))
    if len(first) > 1:
        first.pop(OTHER, None)
    return tuple(sorted(first, key=lambda kind: first[kind]))


def kind_of(heading: str | None) -> str | None:
    """Return the kind a heading names first; ``other`` for words of none, None without words."""
    if not heading:
        return None
    kinds = kinds_in(heading)
    return kinds[0] if kinds else OTHER
