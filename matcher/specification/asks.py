"""What a single line does: ask something of the candidate, give a duty, offer a benefit.

Judged by its words alone; headings weigh these judgements, see ``outline``.
"""

import re
from typing import Literal

from matcher.specification.lines import clean, strip_bullet

Role = Literal["asks", "duty", "offer", "boilerplate", "none"]

_ASK_WORD = re.compile(
    "|".join(
        (
            r"\bexperienced?\b|\bknowledge\b|\bknowledgeable\b|\babilit(?:y|ies)\b|\bunderstanding\b",
            r"\bable to\b|\bskills?\b|\bskilled\b|\bawareness\b|\baware of\b|\bfamiliar\w*|\bexposure\b",
            r"\bgcses?\b|\bnvqs?\b|\bqualifi(?:cations?|ed)\b|\bdegree\b|\bdiploma\b|\bcertificate\b",
            r"\ba[- ]?levels?\b|\beducated\b|\beducation\b|\bregistered\b|\bregistration\b|\bnmc\b"
            r"|\bhcpc\b|\bgmc\b|\becdl\b|\brsa\b|\bamspar\b|\bpin\b|\bmembership\b|\blevel [1-8]\b",
            r"\bprofici\w+|\bcompeten(?:t|ce|cy)\b|\bliterate\b|\bliteracy\b|\bnumera(?:te|cy)\b",
            r"\bwilling(?:ness)?\b|\bflexib(?:le|ility)\b|\bmotivat(?:ed|ion)\b|\benthusias\w+",
            r"\bconfiden(?:t|ce)\b|\bcommit(?:ted|ment)\b|\bdedicat(?:ed|ion)\b|\bpassion(?:ate)?\b",
            r"\bproven\b|\btrack record\b|\bevidence of\b|\battention to detail\b|\baccura(?:te|cy)\b",
            r"\bteam[- ]?(?:player|work\w*)\b|\binitiative\b|\borganised\b|\bself[- ]\w+|\bproactive\b",
            r"\bmanner\b|\battitude\b|\bapproach(?:able)?\b|\bpolite\b|\bfriendly\b|\breliab\w+|\bcalm\b"
            r"|\btact(?:ful)?\b|\bempath\w+|\bcompassion\w*|\bcaring\b|\bhonest\w*|\bresilien\w+"
            r"|\btrustworth\w+|\bpunctual\w*|\bsmart\b|\bpatien(?:ce)\b|\benerg(?:y|etic)\b|\bdiscre\w+",
            r"\bdriving licen[cs]e\b|\bdriver\b|\bfluen(?:t|cy)\b|\bgood (?:standard|level|command|work"
            r"ing|communicat\w+|written|spoken|telephone)\b|\bexcellent\b|\bbackground\b|\bdemonstrable\b",
            r"\bcomputer\b|\bmicrosoft\b|\bkeyboard\b|\bminimum\b|\bor equivalent\b|\bprevious\b"
            r"|\bexpertise\b|\bcapab(?:le|ility)\b|\bprepared to\b|\bkeen\b|\binterest in\b|\bhold\b",
        )
    )
)
# The base form of a verb, or 'to' and a verb, or a gerund opens a duty.
_DUTY_VERBS = (
    "act|adhere|administer|advise|allocate|analyse|answer|arrange|assess|assist|attend|be responsible"
    "|book|build|carry|check|chair|code|collate|collect|complete|comply|conduct|contact|contribute"
    "|coordinate|co-ordinate|cover|create|deal|delegate|deliver|deputise|develop|direct|distribute"
    "|draft|engage|ensure|enter|escalate|establish|evaluate|facilitate|file|follow|function|gather"
    "|generate|give|greet|handle|help|identify|implement|improve|influence|input|interpret|investigate"
    "|issue|keep|lead|liaise|link|log|maintain|make|manage|meet|monitor|negotiate|obtain|offer|open"
    "|operate|order|organise|oversee|participate|perform|photocopy|plan|prepare|present|prioritise"
    "|process|produce|promote|protect|provide|raise|receive|recognise|record|redact|refer|register"
    "|relay|release|report|represent|request|resolve|respond|retrieve|review|run|safeguard|scan"
    "|schedule|send|serve|set|share|sort|summarise|supervise|supply|support|take|teach|tell|track"
    "|train|transcribe|transfer|triage|type|undertake|update|use|utilise|validate|verify|welcome|work"
    "|write"
)
_DUTY = re.compile(
    rf"^(?:you will |the post ?holder will |will |s?he will )?(?:also |actively |then |to )*"
    rf"(?:{_DUTY_VERBS})\b(?!ing)"
    r"|^(?:responsible for|responsibility for|responsibilities|be expected to|accountable for)\b"
    r"|^(?:you will be (?:responsible|required|expected|working|based|involved))\b",
    re.I,
)
_GERUND = re.compile(
    r"^(?:being|[a-z-]{3,}ing)\b(?! (?:knowledge|experience|understanding|licen|skill))", re.I
)
_NOT_GERUND = re.compile(
    r"^(?:outstanding|understanding|willing|caring|driving|working (?:know|under|exp))", re.I
)
_OFFER = re.compile(
    r"\bpension\b|\bannual leave\b|\bholidays?\b|\bdiscount\w*|\bparking\b|\bcompetitive\b|\bsick pay\b"
    r"|\bgym\b|\bcycle to work\b|\bsalary\b|\bpay rates?\b|\bfree\b|\bopportunit(?:y|ies)\b|\bvouchers?\b"
    r"|\bchildcare\b|\bweekly pay\b|\bflexible working (?:pattern|option|hour)|\bwe (?:will )?(?:offer|provide)\b"
    r"|\b(?:an?|extensive|excellent|full|comprehensive) (?:\w+ )?(?:induction|training|preceptorship)\b"
    r"|\btraining (?:programme|opportunit|will be|provided|and development)|\bcareer (?:progress|develop)\w*"
    r"|\bscheme\b|\bsubsidised\b|\bmaternity\b|\bcpd\b|\bbonus(?:es)?\b|\brewards?\b|\bcolleagues who\b"
    r"|\bplacements?\b|\btimesheet|\bstaff (?:benefits|shop|restaurant|social)|\brelocation\b|\bloan",
    re.I,
)
_BOILERPLATE = re.compile(
    r"https?://|www\.|@|\bdbs\b|\bdisclosure and barring|\brehabilitation of offenders\b"
    r"|\bequal opportunit(?:y|ies) employer|\bclosing date\b|\binterviews? (?:date|will)\b"
    r"|\bplease (?:note|apply|contact|see|refer|click|ensure|visit|read|do not|be aware|quote|call)\b"
    r"|\bright to work\b|\bsponsorship\b|\bmust not\b|\bnot be (?:eligible|considered)\b"
    r"|\bwill be contacted\b|\bapplication(?:s)? (?:form|will|are|is)\b|\bsee (?:the )?attached\b"
    r"|\bjob description\b|\bpre-?employment (?:check|screening)|\b0\d{3,4}[ -]?\d{3}[ -]?\d{3,4}\b"
    r"|^page \d+|\bpage \d+ of \d+\b|\bwe (?:are|welcome|encourage|reserve|actively|regret)\b"
    r"|\bdisability confident\b|\bno agencies\b",
    re.I,
)
_EXCLUSION = re.compile(
    r"\bmust not\b|\b(?:not|in)eligible\b|\bneed not apply\b|\bcannot (?:be considered|apply|accept)\b"
    r"|\bunable to (?:offer|accept|consider|provide|sponsor)\b|\bwill not be (?:considered|accepted)\b"
    r"|\bdo not apply\b",
    re.I,
)
_LEGEND = re.compile(
    r"^(?:key|legend|codes?|assessed by|method of assessment|assessment methods?|how (?:assessed|tested|"
    r"identified|measured)|weighting|scor(?:e|ing)|total)\b[\s:]*",
    re.I,
)
_LEGEND_PAIR = re.compile(r"\b[A-Z]{1,3}\d?\s*[=–—:-]\s*[A-Za-z(]")
_WEIGHT = re.compile(
    r"^[\d\s.,%()/x×*-]+$|^(?:weight(?:ing)?|score|high|medium|low|h|m|l)[\s:]*[\d%]*$", re.I
)
_REFERENCE = re.compile(
    r"\b(?:as |see |refer to )?(?:per |the )?(?:attached|full|separate)? ?(?:job description|person spec\w*)"
    r"\b.*\b(?:attached|document|file|below|detail|information)|^(?:n/?a|none|nil|not applicable|tbc|-+)\W*$"
    r"|^(?:please )?(?:see|refer to|as per|refer)\b.*\b(?:attached|job description|person spec|document)",
    re.I,
)


def asks_something(text: str) -> bool:
    """Say whether the words name an ability, an attainment or a trait of a person."""
    return bool(_ASK_WORD.search(text.lower()))


def role_of(text: str) -> Role:
    """Return what a line does, judged by its own words."""
    line = strip_bullet(clean(text))[0]
    if _BOILERPLATE.search(line):
        return "boilerplate"
    if _is_duty(line):
        return "duty"
    offers = len(_OFFER.findall(line))
    asks = len(_ASK_WORD.findall(line.lower()))
    if offers and offers >= asks:
        return "offer"
    return "asks" if asks else "none"


def _is_duty(line: str) -> bool:
    if _DUTY.match(line):
        return True
    return bool(_GERUND.match(line)) and not _NOT_GERUND.match(line)


def is_legend(text: str) -> bool:
    """Say whether a line only explains codes or weights: ``A = application form``, ``10%``."""
    line = clean(text)
    return bool(
        _WEIGHT.match(line)
        or (_LEGEND.match(line) and (len(line.split()) <= 4 or _LEGEND_PAIR.search(line)))
        or len(_LEGEND_PAIR.findall(line)) >= 2
        or re.match(r"^[A-Z]{1,3}\s*[=–—-]\s*[A-Z][\w/ ]{2,40}$", line)
    )


def is_never_a_criterion(text: str) -> bool:
    """Say whether a line is none under any heading: legend, pointer, exclusion, contact."""
    line = strip_bullet(clean(text))[0]
    return (
        not any(character.isalpha() for character in line)
        or is_legend(line)
        or bool(_REFERENCE.search(line))
        or bool(_EXCLUSION.search(line))
        or bool(re.search(r"^page \d+|@[a-z]|https?://", line, re.I))
    )
