"""The grammar of headings: which lines open a list of criteria, and what they say of it.

The cues are general parts of speech of adverts (who is asked, what is asked, what is offered), not
whole phrases, so that a heading never seen before is read by the words it is made of.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from matcher.specification import groups, importance
from matcher.specification.lines import clean, sentences, strip_bullet
from matcher.types import Importance

Verdict = Literal["specification", "asks", "leans", "unknown", "other"]
"""How far a heading opens criteria: it names the specification; it asks something of the
candidate; it may ask, the lines below decide; it says nothing; it opens something else."""

MAX_HEADING_WORDS = 14
MAX_LEAD_IN_WORDS = 45

_TRAILING = re.compile(r"[\s:;.,…?!*–—-]+$")
_QUOTES = str.maketrans("‘’“”–—", "''\"\"--")

_CANDIDATE = (
    r"(?:you|candidates?|applicants?|post ?-?holders?|individuals?|person|people|colleagues?"
    r"|someone|some-?one|somebody|staff|nurse|clinician|who)"
)
_GROUP_NOUN = (
    r"(?:skil+s?|experiences?|experienced|qualifications?|knowledge|qualities|attributes?"
    r"|abilit(?:y|ies)|aptitudes?|competenc(?:y|e|es|ies)|education(?:al)?|memberships?"
    r"|characteristics|behaviou?rs|values|attainments?|dispositions?|circumstances|training)"
)
_SPECIFICATION = re.compile(r"\bperson(?:al|nel)? (?:spec\b|specs\b|specifications?\b)|^p\.?s\.?$")

# What an advert holds beside its criteria. Each line is a theme.
_OTHER = re.compile(
    "|".join(
        (
            r"\b(?:in return|we (?:can |will |also |do |are )*offer(?:ing)?|offers? you|offered)\b",
            r"\bbenefits?\b|\bbenefitting|\brewards?\b|\bperks?\b|\bpackage\b|\bwhat'?s in it\b",
            r"\byou will (?:also )?(?:receive|enjoy|gain|get|learn|develop|feel|be (?:offered|given"
            r"|joining|working|based|welcomed|reporting|provid\w+|responsible))\b",
            r"\b(?:have|provide|with) (?:the |an |a |many |further )?opportunit(?:y|ies)\b",
            r"\bhave access to\b|\baccess to (?:the )?following\b|\bexpect to receive\b",
            r"\breasons?\b|\bwhy (?:you should|work|join|choose|us|not)\b|\bwill (?:receive|enjoy)\b",
            r"\bdut(?:y|ies)\b|\btasks?\b|\bday[- ]to[- ]day\b|\baccountabilit",
            r"\brole (?:will |may |also )*(?:includes?|involves?|entails?|is)\b",
            r"\bjob (?:summary|purpose|description|role|title|types?|overview|plan)\b"
            r"|\bthe role$|\b(?:role|post|service|trust) (?:overview|summary)\b|^summary$",
            r"\b(?:purpose|scope|aims?|elements|nature|dimensions) of (?:the |this )?"
            r"(?:job|post|role)\b|\bkey (?:elements|projects|relationships|result)",
            r"\bwhat (?:you'?ll|you will|will you) (?:be )?(?:do|get|gain|receive)",
            r"\b(?:how|ready|instructions) to apply\b|\bapplication process\b|\bnext steps\b"
            r"|\bto apply,? (?:please|visit|click|send|go|simply)\b|\bapply (?:now|today)\b",
            r"\bplease (?:note|register|ensure|refer|specify|see|contact|apply|read|click|state)\b",
            r"\bcontact|\bfurther (?:information|details|help)\b|\binformal (?:visit|discussion|chat)"
            r"|\bmore information\b|\benquir|\btelephone|\bemail\b|\be-mail\b|\bwebsite\b|\bvideo\b",
            r"\bclosing date|\binterview (?:dates?|will)|\bselection (?:for interview|process)"
            r"|\bdeadline\b|\bstart date\b|\bdate (?:posted|of)\b|\bdocuments\b",
            r"\bdisclosure|\bdbs\b|\brehabilitation of offenders|\bequal opportunit|\bdisclaimer"
            r"|\bprivacy\b|\bgdpr\b|\bsponsorship\b|\bdisabled applicants|\bright to work\b",
            r"\babout (?:us|our|the (?!candidate|successful|ideal|person|post ?holder|applicant))"
            r"|\bwho (?:are (?!you|we look|they look)|we are$|is )|\bour (?:trust|team|mission|vision"
            r"|hospital|service|offer)\b|\bmeet the team\b|\bmain conditions\b",
            r"^(?:the )?(?:location|salary|hours|pay|shifts?|contract|band|department|employer|site"
            r"|responsible to|accountable to|reports? to|grade|base|title|directorate|division"
            r"|working hours|hours of work|pay rates?|hourly rates?|work remotely|rates)\b",
            r"\bnot eligible|\bineligible|\bmust not\b|\bneed not apply|\bcannot (?:apply|accept)"
            r"|\bnot be (?:considered|accepted)\b|\bdo not (?:apply|have)\b",
            r"\bwill be (?:tested|assessed|reviewed|expected to cover|involved|based)\b",
            r"\bopportunity to\b|\b(?:training|learning) (?:days|opportunities|experience)\b",
            r"^(?:key|legend|weighting|notes?|abbreviations|signed|signature|date|reviewed by"
            r"|prepared by|version)\b(?! skill| require| attrib| experi| criteri| qualit)",
        )
    )
)
# Parts of a role, which trusts mix with skills: the lines below decide.
_DUTY_SIDE = re.compile(
    r"\bresponsibilit|\brole requirement|\bfunctions\b|\brequirements? of the\b"
)

_ASKS = re.compile(
    "|".join(
        (
            rf"^about (?:you|the (?:ideal |successful )?(?:{_CANDIDATE}))\b",
            r"\b(?:who|what) (?:(?:we|they)(?:'re|'ll be| are| will be)?|are we|do we) "
            r"(?:(?:also|currently|really) )?(?:looking|look|seeking|seek|need|want|expect|require)",
            r"\b(?:we|they)(?:'re| are) (?:\w+ ){0,2}(?:looking for|seeking)(?! (?:an? )?new\b)"
            r".*\b(?:who|with|has|have|is|are|that|can|demonstrate|following|as well as)$",
            r"\b(?:we|they)(?:'re| are) (?:\w+ ){0,2}(?:looking for|seeking)$",
            rf"\b{_CANDIDATE}\b.*\b(?:have|has|be|hold|possess(?:es)?|demonstrate|need|needs|bring|"
            r"require|evidence|meet|fulfil|show|able to|be able|are|is)$",
            rf"\b{_CANDIDATE}\b.*\b(?:have|be|hold|possess|demonstrate|need|meet|fulfil|satisfy|show"
            rf"|evidence|requires?)\b.*\b(?:following|below|{_GROUP_NOUN}|criteria|requirements?)\b",
            rf"\b(?:to|in order to|in order for you to) (?:be (?:successful|considered|eligible"
            rf"|shortlisted|selected)|succeed|apply|join)\b.*\b{_CANDIDATE}(?:'ll)?\b",
            r"^(?:are you|do you (?:have|hold|possess)|can you|have you|you are|you're|you)$",
            r"\bmust[- ]haves?\b|\b(?:things|what) (?:that )?you(?:'ll| will| must| should)? "
            r"(?:also )?(?:need|have|bring|offer)\b|\bwhat (?:do|will|can) you (?:need|bring|offer)",
            r"\bwhat .*\b(?:do you need|will you need|do i need)\b",
            r"\bessentials?\b|\bdesirables?\b|\bdesired\b",
            r"^(?:\w+ ){0,3}(?:selection|shortlisting|entry|minimum|key|applicant|job|the)? ?"
            r"(?:criteria|requirements?|requriements?)(?: are| include| is)?$",
            rf"\b(?:following|below|necessary|required|key|these) (?:\w+ ){{0,2}}{_GROUP_NOUN}",
            rf"\b{_GROUP_NOUN}\b.* (?:required|needed|necessary|are|include|includes|including"
            r"|are required|looking for|you need|of)$",
            r"\bshare (?:our|the)\b.*\bvalues\b|\bvalues (?:and|&) behaviou?rs\b",
            r"^the (?:ideal|successful|right|suitable) (?:candidate|applicant|person|individual)s?$",
            r"\bthe following (?:is|are|will be) (?:essential|required|desirable|needed)",
        )
    )
)
_LEANS = re.compile(
    "|".join(
        (
            rf"\b{_CANDIDATE}\b(?:.*\b(?:will|must|should|would|to|can|who))?(?: also)?$",
            rf"\b{_CANDIDATE}\b.*\b(?:required|expected|able|need|needed)(?: to)?$",
            r"^(?:if you|are you|do you|can you|have you|could you|is this you)\b",
            rf"\b{_GROUP_NOUN}\b",
            r"\brequire(?:d|ments?)\b|\bcriteria\b|\bcandidates?\b|\bapplicants?\b",
            r"\b(?:we|they)(?:'re| are) (?:\w+ ){0,2}(?:looking for|seeking)\b",
        )
    )
)
_SHORT_GROUP = re.compile(
    rf"^(?:(?:and|the|of|your|our|a|or|for|in|job|specific|relevant|previous|other|key|personal"
    rf"|professional|special|clinical|technical|work|working|general|additional|further|practical"
    rf"|physical|intellectual|interpersonal|mental|emotional|it|academic|vocational|formal|related"
    rf"|specialist|skills?-based|{_GROUP_NOUN}|requirements?|criteria|effort|communication|written"
    rf"|organisational|planning|analytical|judgement(?:al)?|managerial|management|leadership|team"
    rf"|relationships?|ict|computer|health|factors|evidence|aptitude|style|demands|record"
    rf"|certificates?|registration|understanding|needed|required|essential|desirable)"
    rf"(?:[\s,/&+()-]+|$))+$"
)
_GROUP_SPAN = re.compile(
    rf"\b{_GROUP_NOUN}\b(?:(?:\s*[,/&+]\s*|\s+(?:and|or|&)\s+){_GROUP_NOUN}\b)*", re.I
)
_PERSONS = re.compile(rf"\b(?:{_CANDIDATE}|we|they|our|following|looking)\b", re.I)
_IMPORTANCE_WORDS = re.compile(
    r"\(?\b(?:essentials?|desirables?|desired|required|minimum|must[- ]haves?|key)\b\)?", re.I
)
_LABEL_WORDS = re.compile(
    r"\b(?:criteria|requirements?|attributes?|are|include[sd]?|for|is)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says of the lines under it."""

    text: str
    verdict: Verdict
    importance: Importance = "unknown"
    group: str | None = None
    """The employer's group words without the words of importance; None if it names no group."""

    kind: str | None = None
    """The group normalised, see ``matcher.specification.groups``."""

    names_both: bool = False
    """It says essential and desirable: the lines below must say which."""

    @property
    def opens(self) -> bool:
        """It opens criteria whatever the lines below look like."""
        return self.verdict in ("specification", "asks")


def normalise(text: str) -> str:
    """Return the heading in small letters, without bullet and closing punctuation."""
    plain = strip_bullet(clean(text))[0].translate(_QUOTES).lower()
    return _TRAILING.sub("", plain)


@lru_cache(maxsize=4096)
def read_heading(text: str) -> Heading:
    """Return what a line says if it is taken for a heading or a lead-in.

    The last sentence of a lead-in decides: the ones before it are running text.
    """
    parts = sentences(clean(text))
    last = parts[-1] if parts else ""
    plain = normalise(last)
    weight = importance.of_heading(plain)
    verdict = _verdict(plain, weight)
    group = None if verdict in ("specification", "other") else group_words(last)
    return Heading(
        text=clean(text),
        verdict=verdict,
        importance=weight or "unknown",
        group=group,
        kind=groups.kind_of(group),
        names_both=importance.names_both(plain),
    )


def _verdict(plain: str, weight: Importance | None) -> Verdict:
    if not plain:
        return "unknown"
    if _SPECIFICATION.search(plain):
        return (
            "other"
            if re.search(r"\bplease\b|\battached\b|\brefer\b|\bsee\b", plain)
            else "specification"
        )
    if _is_short_group(plain):
        return "asks"
    if _OTHER.search(plain):
        return "other"
    if _DUTY_SIDE.search(plain):
        return "leans"
    if weight or _ASKS.search(plain):
        return "asks"
    return "leans" if _LEANS.search(plain) else "unknown"


def group_words(text: str) -> str | None:
    """Return the words of a heading that name a group, as printed, or None.

    A short label is a name as a whole (``Planning and Organisation``); of a sentence only its
    nouns are (``skills and experience`` in ``You will need the following skills and experience``).
    """
    label = _TRAILING.sub("", strip_bullet(clean(text))[0])
    if _PERSONS.search(label.translate(_QUOTES)) or len(label.split()) > 8:
        found = _GROUP_SPAN.search(label)
        return found.group() if found else None
    if not _GROUP_SPAN.search(label) and not _SHORT_GROUP.match(normalise(label)):
        return None
    bare = clean(_IMPORTANCE_WORDS.sub(" ", label)).strip(" -–—:;,/&().*")
    if not clean(_LABEL_WORDS.sub(" ", bare)).strip(" -–—:;,/&()"):
        return bare if re.fullmatch(r"(?i)attributes?", bare) else None
    return bare


def is_group_label(text: str) -> bool:
    """Say whether a line is made of nothing but words that name groups and importances."""
    plain = normalise(text)
    return (
        _is_short_group(plain)
        or importance.of_heading(plain) is not None
        and (_SHORT_GROUP.match(plain) is not None)
    )


def _is_short_group(plain: str) -> bool:
    return bool(
        _SHORT_GROUP.match(plain) and (groups.kinds_in(plain) or _LABEL_WORDS.search(plain))
    )


def is_short(text: str) -> bool:
    """Say whether a line is short enough for a heading that no markup shows."""
    return len(text.split()) <= MAX_HEADING_WORDS and len(text) <= 120


def is_lead_in(text: str) -> bool:
    """Say whether a line announces what follows it: it ends in a colon or what stands for one."""
    ending = clean(text).rstrip("*_ ")
    return ending.endswith((":", ":-", ":–", "…", "...", ";", "; -")) and (
        len(sentences(ending)[-1].split()) <= MAX_LEAD_IN_WORDS if ending else False
    )
