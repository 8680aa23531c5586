"""What a line says of its own importance, and which of its words each such cue governs.

``essential`` and ``desirable`` are the two words of NHS person specifications; the cues below are
the ways adverts say them. "You will have" and "you should" say neither.
"""

from dataclasses import dataclass
from typing import Literal

from matcher.phrases import Found, PhraseIndex
from matcher.text import NO_BREAK, SENTENCE_BREAK, Words, read_words
from matcher.types import StatedImportance

Reach = Literal["back", "forward", "local"]
"""Which words a cue governs: those before it (``… is essential``), those after it (``must …``), or
those after it up to the next comma, bracket or ``and`` (``preferably``)."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that state an importance; ``importance`` is None for words that only look like it."""

    importance: Literal["essential", "desirable"] | None
    reach: Reach = "back"


_ESSENTIAL = Cue("essential")
_DESIRABLE = Cue("desirable")
_NEITHER = Cue(None)

_PEOPLE = (
    "individual/individuals/person/candidate/candidates/applicant/applicants/people/someone/"
    "secretary/secretaries/administrator/administrators/receptionist/receptionists/nurse/nurses/"
    "clerk/clerks/manager/officer/assistant/assistants/coordinator/postholder"
)
_STEPS = "partake/complete/submit/undergo/sit/apply/pay/register"

_CUES: tuple[tuple[str, Cue], ...] = (
    ("essential/essentials", _ESSENTIAL),
    ("essential that", Cue("essential", "forward")),
    ("essential criteria/requirement/requirements/skills", Cue("essential", "forward")),
    ("must", Cue("essential", "forward")),
    ("a must", _ESSENTIAL),
    ("required", _ESSENTIAL),
    ("required to", Cue("essential", "forward")),
    ("require applicants/candidates to", Cue("essential", "forward")),
    ("requires", Cue("essential", "forward")),
    ("roles/posts/jobs/positions require", Cue("essential", "forward")),
    ("we (will) (would) (do) (also) require", Cue("essential", "forward")),
    ("is/are (a) paramount/critical", _ESSENTIAL),
    ("a requirement", _ESSENTIAL),
    ("necessary/needed/mandatory/imperative/crucial/vital/compulsory", _ESSENTIAL),
    ("prerequisite/prerequisites", _ESSENTIAL),
    ("is/are (also) (very) (equally) (extremely) important", _ESSENTIAL),
    ("important requirement", _ESSENTIAL),
    ("imperative/vital/crucial/important that", Cue("essential", "forward")),
    ("have to be/have/hold/possess", Cue("essential", "forward")),
    ("desirable/desired/desirably", _DESIRABLE),
    ("desirable criteria/requirement/requirements/skills", Cue("desirable", "forward")),
    ("advantage/advantages/advantageous", _DESIRABLE),
    ("preferable/preferred", _DESIRABLE),
    ("preferably/ideally", Cue("desirable", "local")),
    ("preference ~4 given", _DESIRABLE),
    ("prefer", Cue("desirable", "local")),
    ("be/is/are/also/highly beneficial", _DESIRABLE),
    ("be/is/are ~2 beneficial", _DESIRABLE),
    ("experience/knowledge/skills/background/qualification ~1 beneficial", _DESIRABLE),
    ("experience/knowledge/language/qualification/background ~3 helpful/useful", _DESIRABLE),
    ("of (some) (great) benefit/advantage", _DESIRABLE),
    ("looked/viewed ~2 favourably", _DESIRABLE),
    ("good to have", _DESIRABLE),
    ("be/is ~3 benefit/bonus/plus/asset", _DESIRABLE),
    ("added/additional/distinct benefit/bonus/plus/asset", _DESIRABLE),
    ("a/an bonus/plus/asset", _DESIRABLE),
    ("be ~2 useful/helpful/welcome/welcomed/ideal/favourable", _DESIRABLE),
    ("useful/welcomed but", _DESIRABLE),
    ("is/are (also) (most) (very) welcome/welcomed", _DESIRABLE),
    ("nice to have", _DESIRABLE),
    # Words that look like a cue and state nothing.
    ("not ~4 essential/required/necessary/needed/mandatory/must", _NEITHER),
    ("not ~4 crucial/imperative/prerequisite", _NEITHER),
    ("isnt/arent/wont ~2 essential/required/necessary/needed", _NEITHER),
    ("no ~8 required/necessary/needed/essential", _NEITHER),
    ("without ~3 required/necessary/needed", _NEITHER),
    ("not ~4 required to", _NEITHER),
    ("not ~4 essential/important/vital/crucial that", _NEITHER),
    ("must not", _NEITHER),
    ("as/when/where/if/than/wherever/whenever/what required/necessary/needed", _NEITHER),
    ("as and when (is) required/necessary/needed", _NEITHER),
    ("as/when/where/if/wherever/whenever it/this/they is/are required/necessary/needed", _NEITHER),
    ("attitude/outlook/skills/knowledge/experience required/necessary/needed to/for/by", _NEITHER),
    ("standard/level required/necessary/needed to/for/by", _NEITHER),
    ("where/when/if/as its needed/required/necessary", _NEITHER),
    ("as/when/where/if/that/which/what the ~2 requires", _NEITHER),
    ("patient/patients/care/who/it requires", _NEITHER),
    ("requires ~2 supervision/guidance", _NEITHER),
    ("in a/an ~2 role/post/job/environment/setting that/which requires", _NEITHER),
    (f"require ~4 {_PEOPLE}", _NEITHER),
    (f"require ~4 {_PEOPLE} to/who", Cue("essential", "forward")),
    ("to/at required", _NEITHER),
    ("not a requirement", _NEITHER),
    ("applications/application ~8 welcome/welcomed", _NEITHER),
    ("essential/mandatory/compulsory (and) (statutory) (job) training", _NEITHER),
    ("statutory and mandatory", _NEITHER),
    ("essential skills level/qualification/qualifications/wales", _NEITHER),
    ("where/when and ~2 required/necessary/needed", _NEITHER),
    ("the/any/all ~1 necessary/required", _NEITHER),
    ("support/help/assistance/care/information/training required/needed", _NEITHER),
    ("essential part/member/role/service/services/maintenance", _NEITHER),
    ("essential car/user/component/link/equipment/supplies/stock", _NEITHER),
    ("vital signs", _NEITHER),
    ("necessary/required training", _NEITHER),
    ("what/help/support/care is/are required/needed/necessary", _NEITHER),
    ("plays/playing/play a/an essential/vital/crucial/important", _NEITHER),
    ("vital/crucial part/role/member/service/link/to/for/work", _NEITHER),
    (f"{_PEOPLE} (who) is/are required", _NEITHER),
    (f"{_PEOPLE} required", _NEITHER),
    (f"required to {_STEPS}", _NEITHER),
    ("are required to support/join/assist/cover", _NEITHER),
    ("required by", _NEITHER),
    ("take/taking/full advantage", _NEITHER),
    ("advantage/advantages of", _NEITHER),
    ("ideally placed/located/situated/suited", _NEITHER),
    ("preferred candidate/candidates/applicant/bidder", _NEITHER),
    ("desirable location/place/area", _NEITHER),
    ("desired outcome/outcomes/results", _NEITHER),
    ("health/staff/patient benefit", _NEITHER),
    ("be ~2 useful/helpful to", _NEITHER),
)  # fmt: skip
_STATING = frozenset(
    {
        "essential", "essentials", "must", "required", "require", "requires", "necessary", "needed",
        "mandatory", "imperative", "crucial", "vital", "compulsory", "prerequisite",
        "prerequisites", "important", "requirement", "have", "desirable", "desired", "desirably",
        "advantage", "advantages", "advantageous", "preferable", "preferred", "preferably",
        "ideally", "preference", "prefer", "beneficial", "benefit", "bonus", "plus", "asset",
        "useful", "helpful", "welcome", "welcomed", "ideal", "favourable", "favourably", "nice",
        "paramount", "critical",
    }
)  # fmt: skip
"""Every cue holds one of these; looking for them first saves most lines the search."""

_BARRIERS = frozenset({"but", "although", "however", "while", "whilst", "whereas", "though"})
_JOINTS = _BARRIERS | {"and", "with", "plus", "also", "or"}
_LABEL_LENGTH = 4

_index: PhraseIndex[Cue] = PhraseIndex(_CUES)


def stated_importance(text: str) -> StatedImportance | None:
    """Return what the words of the line say of its importance; None if they say nothing.

    ``mixed`` where some of its words are essential and others desirable.
    """
    return stated_by(find_cues(read_words(text)))


def stated_by(cues: list[Found[Cue]]) -> StatedImportance | None:
    """Return what the cues of a line say together."""
    said = {cue.payload.importance for cue in cues}
    if said == {"essential", "desirable"}:
        return "mixed"
    return next(iter(said)) if said else None


def find_cues(line: Words) -> list[Found[Cue]]:
    """Return the cues of a line in order, without those inside words that only look like one."""
    if _STATING.isdisjoint(line.words):
        return []
    found = _index.find(line)
    hidden = [cue for cue in found if cue.payload.importance is None]
    shown = [cue for cue in found if cue.payload.importance and not _is_hidden(cue, hidden)]
    return [cue for cue in shown if not _inside_longer(cue, shown)]


def _is_hidden(cue: Found[Cue], hidden: list[Found[Cue]]) -> bool:
    # "candidates are required" asks nothing, "candidates are required to have" does.
    return any(other.first < cue.last <= other.last for other in hidden)


def _inside_longer(cue: Found[Cue], others: list[Found[Cue]]) -> bool:
    length = cue.last - cue.first
    return any(
        other.first <= cue.first and cue.last <= other.last and other.last - other.first > length
        for other in others
    )


def governing(
    cues: list[Found[Cue]], line: Words, first: int, last: int
) -> Literal["essential", "desirable"] | None:
    """Return the importance that the line's own words give to its words ``first`` to ``last``.

    A cue behind the words wins where nothing joins in between, then a cue before them, then any
    other cue of the same sentence that no ``but`` or ``although`` cuts off.
    """
    after = next((cue for cue in cues if cue.first >= last and cue.payload.reach == "back"), None)
    if after and not _reaches(line, last, after.first):
        after = None
    before = [cue for cue in cues if cue.last <= first and _governs_forward(cue, line, first)]
    if after and (not before or not _joined_between(line, last, after.first)):
        return after.payload.importance
    if before:
        return before[-1].payload.importance
    inside = [cue for cue in cues if cue.first < last and first < cue.last]
    behind = [cue for cue in cues if cue.last <= first and _reaches(line, cue.last, first)]
    nearest = [*behind, *inside]
    return nearest[-1].payload.importance if nearest else None


def _governs_forward(cue: Found[Cue], line: Words, first: int) -> bool:
    if cue.payload.reach == "local":
        return cue.first == 0 or not _joined_between(line, cue.last, first)
    if cue.payload.reach == "forward" and _unbroken(line, cue.last, first):
        return True
    # "Essential: …" and "Desirable requirements: …" head what follows them.
    return cue.last <= _LABEL_LENGTH and _heads(line, cue.last, first)


def _heads(line: Words, last: int, first: int) -> bool:
    breaks = [place for place in range(last, first + 1) if line.breaks[place] == SENTENCE_BREAK]
    return len(breaks) == 1 and breaks[0] <= _LABEL_LENGTH


def _reaches(line: Words, last: int, first: int) -> bool:
    return _unbroken(line, last, first) and not any(
        line.words[place] in _BARRIERS for place in range(last, first)
    )


def _unbroken(line: Words, last: int, first: int) -> bool:
    return all(line.breaks[place] != SENTENCE_BREAK for place in range(last, first + 1))


def _joined_between(line: Words, last: int, first: int) -> bool:
    return any(
        line.words[place] in _JOINTS or line.breaks[place] != NO_BREAK
        for place in range(last, first)
    )
