"""What a single line does: ask something of the candidate, give a duty, offer a benefit.

Judged by its words alone; headings weigh these judgements, see ``criteria``. Word sets come first:
they cost a tenth of what patterns do, and most lines need nothing else.
"""

import re
from functools import lru_cache
from typing import Literal

from matcher.specification.lines import strip_bullet, word_set, words

Role = Literal["asks", "duty", "offer", "boilerplate", "none"]

_ASK_WORDS = word_set(
    # what is known or was done
    "experience experienced experiences knowledge knowledgeable understanding awareness aware"
    " familiar familiarity familiarisation exposure background expertise previous proven"
    " demonstrable demonstrated evidence"
    # what one can do
    " ability abilities able skill skills skilled capable capability competent competence"
    " competency proficient proficiency literate literacy numerate numeracy fluent fluency"
    " computer microsoft keyboard excellent good strong"
    # what one has passed or holds
    " gcse gcses nvq nvqs qualification qualifications qualified degree diploma certificate"
    " educated education registered registration membership nmc hcpc gmc ecdl icdl rsa ocr amspar"
    " equivalent minimum licence license driver pin hold holds"
    # how one is
    " willing willingness flexible flexibility motivated motivation enthusiasm enthusiastic"
    " confident confidence committed commitment dedicated dedication passion passionate accurate"
    " accuracy initiative organised proactive manner attitude approach approachable polite"
    " friendly reliable reliability calm tact tactful empathy empathetic compassion compassionate"
    " caring honest honesty resilience resilient trustworthy punctual punctuality smart patience"
    " energy energetic discreet discretion conscientious methodical adaptable hardworking"
    " prepared keen interest teamwork teamworking self"
)
_ASK_PHRASES = re.compile(
    r"\battention to detail\b|\btrack record\b|\bteam[- ](?:player|work)|\ba[- ]?levels?\b"
    r"|\blevel [1-8]\b|\bgrade [a-c]\b"
)
_OFFER_WORDS = word_set(
    "pension holiday holidays discount discounts discounted parking competitive gym salary "
    "opportunity opportunities voucher vouchers childcare scheme schemes subsidised maternity "
    "cpd bonus bonuses reward rewards rewarding placements timesheet relocation loan loans "
    "leave induction preceptorship offer offers offered shop restaurant indemnity"
)
_OFFER_PHRASES = re.compile(
    r"\bfree (?!to\b|from\b)\w|\bsick pay\b|\bpay rates?\b|\bcycle to work\b|\bweekly pay\b"
    r"|\bstaff (?:benefits|social)\b"
    r"|\bflexible working (?:pattern|option|hour)|\bwe (?:will )?provide\b|\bcolleagues who\b"
    r"|\b(?:extensive|excellent|full|comprehensive) (?:\w+ )?training\b|\bsupport when you\b"
    r"|\btraining (?:programme|opportunit|will be|is|and development)"
    r"|\bcareer (?:progress|develop)\w*",
)
_OFFER_START = word_set(
    "free sick pay cycle weekly staff flexible provide training career colleagues"
)
# The base form of a verb opens a duty; so do 'to' and a verb, or a gerund.
_DUTY_VERBS = word_set(
    "act adhere administer advise allocate analyse answer arrange assess assist attend book "
    "build carry check chair code collate collect complete comply conduct contact contribute "
    "coordinate co-ordinate cover create deal delegate deliver deputise develop direct "
    "distribute draft engage ensure enter escalate establish evaluate facilitate file follow "
    "function gather generate give greet handle help identify implement improve influence "
    "input interpret investigate issue keep lead liaise link log maintain make manage meet "
    "monitor negotiate obtain offer open operate order organise oversee participate perform "
    "photocopy plan prepare present prioritise process produce promote protect provide raise "
    "receive recognise record redact refer register relay release report represent request "
    "resolve respond retrieve review run safeguard scan schedule send serve set share sort "
    "summarise supervise supply support take teach tell track train transcribe transfer "
    "triage type undertake update use utilise validate verify welcome work write"
)
# Words that open criteria rather than duties.
_OPENINGS = word_set(
    "understand know show enjoy speak demonstrate possess communicate think adapt motivate keep"
    " sound thorough wide broad extensive significant substantial relevant recent current clear"
    " basic full advanced effective positive highly well"
)
_DUTY_OPENING = re.compile(
    r"^(?:(?:you|the post ?-?holder|s?he|they|will|also|actively|then|to|and)\b\s*)*(?:will )?",
    re.IGNORECASE,
)
_RESPONSIBLE = re.compile(
    r"^(?:be )?(?:responsible for|responsibility for|responsibilities|expected to|required to"
    r"|accountable for|working|based|involved)\b",
    re.IGNORECASE,
)
_GERUND = re.compile(r"^[a-z-]{2,}ing$")
_NOT_GERUNDS = word_set("outstanding understanding willing caring driving hardworking typing")
_QUALIFIES = word_set("knowledge experience understanding licence license skills skill")
_CONTACT = re.compile(
    r"https?://|www\.|@\w|\b0\d{3,4}[ -]?\d{3}[ -]?\d{3,4}\b|^page \d+\b|\bpage \d+ of \d+\b",
    re.IGNORECASE,
)
_BOILERPLATE_WORDS = word_set(
    "please dbs disclosure rehabilitation employer closing interview interviews sponsorship "
    "contacted application applications applicants attached pre-employment pre agencies "
    "confident we right description"
)
_BOILERPLATE = re.compile(
    r"\bdbs\b|\bdisclosure and barring|\brehabilitation of offenders\b"
    r"|\bequal opportunit(?:y|ies) employer|\bclosing date\b|\binterviews? (?:date|will)\b"
    r"|\bplease (?:note|apply|contact|see|refer|click|ensure|visit|read|do not)\b"
    r"|\bplease (?:be aware|quote|call)\b"
    r"|\bright to work\b|\bsponsorship\b|\bwill be contacted\b"
    r"|\bapplications? (?:form|will|are|is)\b"
    r"|\bsee (?:the )?attached\b|\bjob description\b|\bpre-?employment (?:check|screening)"
    r"|\bwe (?:are(?! (?:\w+ ){0,2}(?:looking|seeking))|welcome|encourage|reserve)\b"
    r"|\bwe (?:actively|regret)\b"
    r"|\bdisability confident\b|\bno agencies\b"
)
_EXCLUSION_WORDS = frozenset(["not", "ineligible", "unable", "cannot"])
_EXCLUSION = re.compile(
    r"\bmust not\b|\bnot eligible\b|\bineligible\b|\bneed not apply\b|\bdo not apply\b"
    r"|\bcannot (?:be considered|apply|accept)\b|\bwill not be (?:considered|accepted)\b"
    r"|\bunable to (?:offer|accept|consider|provide|sponsor)\b"
)
_LEGEND = re.compile(
    r"^(?:key|legend|codes?|assessed by|method of assessment|assessment methods?"
    r"|how (?:assessed|tested|identified|measured)|weighting|scor(?:e|ing)|total)\b[\s:]*",
    re.IGNORECASE,
)
_LEGEND_PAIR = re.compile(r"\b[A-Z]{1,3}\d?\s*[=–—:-]\s*[A-Za-z(]")
_PAIR_MARK = re.compile(r"[=–—:-]")
_LEGEND_LINE = re.compile(
    r"^(?![ED]\b(?!\s*\W\s*(?:Essential|Desirable)))[A-Z]{1,3}\s*[=–—-]\s*[A-Z][\w/ ]{2,40}$"
)
_WEIGHT = re.compile(
    r"^[\d\s.,%()/x×*-]+$|^(?:weight(?:ing)?|score|high|medium|low|h|m|l)[\s:]*[\d%]*$",
    re.IGNORECASE,
)
_POINTER_WORDS = word_set("n none nil not tbc please see refer as attached full separate")
_POINTER = re.compile(
    r"^(?:n/?a|none|nil|not applicable|tbc|-+)"
    r"(?: (?:required|identified|specified|needed|applicable|essential|necessary|stated))?\W*$"
    r"|^(?:please )?(?:see|refer to|as per|refer)\b"
    r".*\b(?:attached|job description|person spec|document)"
    r"|\b(?:attached|full|separate) (?:job description|person spec\w*)",
    re.IGNORECASE,
)


def asks_something(text: str) -> bool:
    """Say whether the words name an ability, an attainment or a trait of a person."""
    return not _ASK_WORDS.isdisjoint(words(text)) or bool(_ASK_PHRASES.search(text.lower()))


def is_common_word(word: str) -> bool:
    """Say whether a word (small letters) is one that adverts are made of."""
    return any(word in known for known in (_ASK_WORDS, _DUTY_VERBS, _OFFER_WORDS, _OPENINGS))


@lru_cache(maxsize=4096)
def role_of(text: str) -> Role:
    """Return what a line does, judged by its own words."""
    line = strip_bullet(text)[0]
    if is_contact(line) or is_boilerplate(line):
        return "boilerplate"
    if _is_duty(line):
        return "duty"
    known = words(line)
    asks = len(known & _ASK_WORDS)
    offers = len(known & _OFFER_WORDS)
    if not known.isdisjoint(_OFFER_START):
        offers += len(_OFFER_PHRASES.findall(line.lower()))
    if offers and offers >= asks:
        return "offer"
    return "asks" if asks or asks_something(line) else "none"


def is_contact(line: str) -> bool:
    """Say whether a line gives an address, a number or a page of the document."""
    may_be = "0" in line or "@" in line or "/" in line or "www" in line or "age " in line
    return may_be and bool(_CONTACT.search(line))


def is_boilerplate(line: str) -> bool:
    """Say whether a line speaks of the process or the employer, not of the candidate."""
    return not _BOILERPLATE_WORDS.isdisjoint(words(line)) and bool(
        _BOILERPLATE.search(line.lower())
    )


def _is_duty(line: str) -> bool:
    rest = _DUTY_OPENING.sub("", line, count=1)
    if _RESPONSIBLE.match(rest):
        return True
    opening = rest.split(None, 2)[:2]
    if not opening:
        return False
    first = opening[0].lower().strip(",;:")
    if first in _DUTY_VERBS:
        return True
    if not _GERUND.match(first) or first in _NOT_GERUNDS:
        return False
    return len(opening) < 2 or opening[1].lower().strip(",;:") not in _QUALIFIES


def is_legend(line: str) -> bool:
    """Say whether a line only explains codes or weights: ``A = application form``, ``10%``."""
    if len(line) > 300:
        return False
    if len(line) <= 60 and (_WEIGHT.match(line) or _LEGEND_LINE.match(line)):
        return True
    pairs = len(_LEGEND_PAIR.findall(line)) if _PAIR_MARK.search(line) else 0
    return pairs >= 2 or bool(_LEGEND.match(line) and (len(line.split()) <= 4 or pairs))


@lru_cache(maxsize=4096)
def is_never_a_criterion(text: str) -> bool:
    """Say whether a line is none under any heading: legend, pointer, exclusion, contact."""
    line = strip_bullet(text)[0]
    if not any(map(str.isalpha, line)) or is_contact(line) or is_legend(line):
        return True
    excludes = not _EXCLUSION_WORDS.isdisjoint(words(line)) and _EXCLUSION.search(line.lower())
    points = not _POINTER_WORDS.isdisjoint(words(line)) and _POINTER.search(line)
    return bool(excludes or points)
