"""Words that tell of the employer or of the work, and ask nothing of the candidate.

"We are a busy team" and "you will type letters" are a description and a duty. Either may turn to
what is asked: "we are a busy team and need a calm person", "you will type letters with accuracy".
"""

from matcher.phrases import PhraseIndex
from matcher.text import SENTENCE_BREAK, Words

_OURS = (
    "team/teams/service/services/department/trust/hospital/practice/ward/unit/office/organisation/"
    "staff/people/colleagues"
)
_DUTIES = (
    "admit/answer/arrange/assess/attend/book/check/code/collect/communicate/coordinate/enter/file/"
    "greet/input/investigate/liaise/log/monitor/order/perform/prepare/process/produce/provide/"
    "record/register/report/respond/retrieve/review/scan/summarise/supervise/supply/track/"
    "translate/type/undertake/update/validate"
)
_TELLING: tuple[str, ...] = (
    "we (all) (also) (currently) (now) (really) (always) (constantly) are/have/offer/provide",
    "we (all) (also) (currently) (now) (really) (always) (constantly) work/use/run/support/deliver",
    "we pride/believe/value/see/treat",
    f"our (busy) (friendly) (small) (large) {_OURS} work/is/are/has/have/works/provide/provides",
    f"our {_OURS} use/uses",
    "the trust/hospital/practice/organisation is/has/uses/provides/offers",
    "the department/service/ward/unit deals/covers/operates/provides/has/receives/uses",
    "our (trust) values/vision/mission",
    "you will have access to",
    "interview/interviews will",
    "please apply/contact/ensure/check/read/see/visit/submit/email",
    f"you will (also) (then) {_DUTIES}",
    f"you will (also) be responsible for ~2 {_DUTIES}",
    f"postholder/holder/candidate/applicant will (also) {_DUTIES}",
    "can expect to",
    "training (will) (is) (be) given/provided/available on/in",
    "responsibility/purpose/duty/aim of the/this role/post/job is/are/will (be) to",
)
_TURNS = frozenset(
    {
        "you", "your", "their", "looking", "seeking", "need", "needs", "require", "requires",
        "required", "want", "expect", "recruit", "recruiting", "seek", "someone", "who",
        "candidate", "candidates", "applicant", "applicants", "must", "essential", "desirable",
        "hoping", "searching", "keen", "using", "working", "with", "skills", "skill", "ability",
        "able", "experience", "opportunity", "vacancy", "vacancies", "while", "whilst", "as",
        "under", "have", "so", "therefore",
    }
)  # fmt: skip
"""Words by which such a sentence turns to the person who is wanted."""

_DUTY_VERBS = frozenset(
    {
        "answer", "attend", "book", "collate", "enter", "file", "greet", "initiate", "input", "log",
        "monitor", "participate", "plan", "prepare", "process", "record", "register", "respond",
        "retrieve", "scan", "transcribe", "type", "undertake", "update", "vet",
    }
)  # fmt: skip
"""Verbs that begin a duty told without a person: "Answer calls and book appointments …"."""

_ASKING = frozenset(
    {
        "ability", "able", "skill", "skills", "experience", "experienced", "knowledge", "must",
        "essential", "desirable", "required", "candidate", "candidates", "own",
    }
)  # fmt: skip
"""Words that show such a sentence to ask after all: "Record keeping skills"."""

_LEAST_DUTY = 6
"""Words; what is shorter is as often a skill ("Prepare reports accurately")."""

_SIGNS = frozenset(
    {
        "we", "our", "trust", "hospital", "practice", "organisation", "department", "service",
        "ward", "unit", "please", "will", "can", "role", "post",
    }
)  # fmt: skip

_index: PhraseIndex[int] = PhraseIndex((phrase, 0) for phrase in _TELLING)


def told_places(line: Words) -> set[int]:
    """Return the places of the words that tell of the employer or of a duty.

    They run from "we are", "you will answer" or the like to the end of the sentence, or to where
    it turns to the person wanted ("… looking for", "… with").
    """
    places = _bare_duties(line)
    if _SIGNS.isdisjoint(line.words):
        return places
    for told in _index.find(line):
        places.update(range(told.first, told.last))
        for place in range(told.last, len(line.words)):
            if line.breaks[place] == SENTENCE_BREAK or _turns(line, place):
                break
            places.add(place)
    return places


def _bare_duties(line: Words) -> set[int]:
    """Return the places of sentences that begin with a duty and name no person or ability."""
    places: set[int] = set()
    for first, stop in enumerate(line.breaks):
        if stop == SENTENCE_BREAK and _begins_with_duty(line.words, first):
            last = _sentence_end(line, first)
            enough = last - first >= _LEAST_DUTY or line.words[first] == "to"
            if enough and _ASKING.isdisjoint(line.words[first:last]):
                places.update(range(first, last))
    return places


def _begins_with_duty(words: list[str], first: int) -> bool:
    if words[first] == "to":
        return first + 1 < len(words) and words[first + 1] in _DUTY_VERBS
    return words[first] in _DUTY_VERBS


def _sentence_end(line: Words, first: int) -> int:
    for place in range(first + 1, len(line.words)):
        if line.breaks[place] == SENTENCE_BREAK:
            return place
    return len(line.words)


def _turns(line: Words, place: int) -> bool:
    # "working with others" turns to the person, "new ways of working" does not.
    return line.words[place] in _TURNS and line.words[place - 1] != "of"
