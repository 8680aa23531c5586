"""The cues the grammar of headings is made of: who is asked, what is asked, what is offered.

General parts of speech of adverts, not whole phrases, so that a heading never seen before is read
by the words it is made of. All patterns run on normalised text: small letters, straight quotes.
"""

import re


class Cues:
    """Phrases to look for: anywhere from the start of a word, or at the start of the line.

    Kept in two patterns, each with one anchor before all its phrases: the engine then tries them
    at the starts of words only, five times faster than with an anchor in each.
    """

    def __init__(self, *anywhere: str, at_start: tuple[str, ...] = ()) -> None:
        self._anywhere = re.compile(r"\b(?:" + "|".join(anywhere) + ")")
        self._at_start = re.compile("(?:" + "|".join(at_start) + ")") if at_start else None

    def found_in(self, text: str) -> bool:
        """Say whether one of the phrases stands in the text."""
        if self._at_start and self._at_start.match(text):
            return True
        return self._anywhere.search(text) is not None


CANDIDATE = (
    r"(?:you|candidates?|applicants?|post ?-?holders?|individuals?|person|people|colleagues?"
    r"|someone|some-?one|somebody|staff|nurse|clinician|who)"
)
GROUP_NOUN = (
    r"(?:skil+s?|experiences?|experienced|qualifications?|knowledge|qualities|attributes?"
    r"|abilit(?:y|ies)|aptitudes?|competenc(?:y|e|es|ies)|education(?:al)?|memberships?"
    r"|characteristics|behaviou?rs|values|attainments?|dispositions?|circumstances|training)"
)
_HAVE = "(?:have|be|hold|possess|demonstrate|need|meet|fulfil|satisfy|show|evidence|requires?)"
_LOOKING = r"(?:we|they)(?:'re| are) (?:\w+ ){0,2}(?:looking for|seeking)"

SPECIFICATION = Cues(
    r"person(?:al|nel)? (?:spec\b|specs\b|specifications?\b)", at_start=(r"p\.?s\.?$",)
)

# What the employer gives, and whom it excludes: never criteria, whatever else the heading says.
OFFERS = Cues(
    r"in return(?!,? (?:we|they) (?:are|re) looking)\b",
    r"we (?:can |will |also |do |are )*offer(?:ing)?\b|offers? you\b|offered\b",
    r"benefits?\b|benefitting|rewards?\b|perks?\b|package\b|what'?s in it\b",
    r"you will (?:also )?(?:receive|enjoy|gain|get|learn|develop|feel)\b",
    r"you will (?:also )?be (?:offered|given|joining|working|based|welcomed|reporting)\b",
    r"you will (?:also )?be (?:provid\w+|responsible)\b",
    r"(?:have|provide|with) (?:the |an |a |many |further )?opportunit(?:y|ies)\b",
    r"have access to\b|access to (?:the )?following\b|expect to receive\b",
    r"reasons?\b|why (?:you should|work|join|choose|us|not)\b|will (?:receive|enjoy)\b",
    r"opportunity to\b|(?:training|learning) (?:days|opportunities|experience)\b",
    r"not eligible|ineligible|must not\b|need not apply|cannot (?:apply|accept)",
    r"not be (?:considered|accepted)\b|do not (?:apply|have)\b",
)
# The work: its lists are duties, its running text may ask something all the same.
WORK = Cues(
    r"dut(?:y|ies)\b|tasks?\b|day[- ]to[- ]day\b|accountabilit",
    r"role (?:will |may |also )*(?:includes?|involves?|entails?|is)\b",
    r"(?:job|post) (?:summary|purpose|description|role|title|types?|overview|plan)\b",
    r"(?:role|post|service|trust) (?:overview|summary)\b",
    r"(?:purpose|scope|aims?|elements|nature|dimensions) of (?:the |this )?(?:job|post|role)\b",
    r"key (?:elements|projects|relationships|result)",
    r"what (?:you'?ll|you will|will you) (?:be )?(?:do|get|gain|receive)",
    at_start=(r"(?:about )?the role$|(?:job )?summary$|overview$|description$|responsibilities$",),
)
# What else an advert holds beside its criteria.
OTHER = Cues(
    # how to apply, whom to ask
    r"(?:how|ready|instructions) to apply\b|application process\b|next steps\b",
    r"to apply,? (?:please|visit|click|send|go|simply)\b|apply (?:now|today)\b",
    r"please (?:note|register|ensure|refer|specify|see|contact|apply|read|click|state)\b",
    r"contact|further (?:information|details|help)\b|informal (?:visit|discussion|chat)",
    r"more information\b|enquir|telephone|email\b|e-mail\b|website\b|video\b",
    r"closing date|interview (?:dates?|will)|selection (?:for interview|process)",
    r"deadline\b|start date\b|date (?:posted|of)\b|documents\b",
    r"will be (?:tested|assessed|reviewed|expected to cover|involved|based)\b",
    # the law and the employer
    r"disclosure|dbs\b|rehabilitation of offenders|equal opportunit|disclaimer|privacy\b|gdpr\b",
    r"sponsorship\b|disabled applicants|right to work\b|meet the team\b|main conditions\b",
    r"about (?:us|our|the (?!candidate|successful|ideal|person|post ?holder|applicant))",
    r"who (?:are (?!you|we look|they look)|we are$|is )",
    at_start=(
        r"our (?:trust|team|mission|vision|hospital|service|offer)\b",
        r"(?:the )?(?:location|salary|hours|pay|shifts?|contract|band|department|employer|site)\b",
        r"(?:responsible|accountable|reports?) to\b|(?:working hours|hours of work)\b|rates\b",
        r"(?:grade|base|title|directorate|division|pay rates?|hourly rates?|work remotely)\b",
        (
            r"(?:key|legend|weighting|notes?|abbreviations|signed|signature|date|version)\b"
            r"(?! skill| require| attrib| experi| criteri| qualit)"
        ),
        r"(?:reviewed|prepared) by\b",
    ),
)
# Parts of a role, which trusts mix with skills: the lines below decide.
DUTY_SIDE = Cues(r"responsibilit", r"role requirement", r"functions\b", r"requirements? of the\b")

ASKS = Cues(
    # what the employer looks for
    r"(?:who|what) (?:(?:we|they)(?:'re|'ll be| are| will be)?|are we|do we) "
    r"(?:(?:also|currently|really) )?(?:looking|look|seeking|seek|need|want|expect|require)",
    rf"{_LOOKING}(?! (?:an? )?new\b)"
    r".*\b(?:who|with|has|have|is|are|that|can|demonstrate|following|as well as)$",
    rf"{_LOOKING}$",
    # what the candidate has or is
    rf"{CANDIDATE}\b.*\b(?:have|has|be|hold|possess(?:es)?|demonstrate|needs?|bring|require|evidence"
    r"|meet|fulfil|show|able to|be able|are|is)$",
    rf"{CANDIDATE}\b.*\b{_HAVE}\b.*\b(?:following|below|{GROUP_NOUN}|criteria|requirements?)\b",
    rf"{CANDIDATE}\b.*\b(?:have|has|had)\b.*\b(?:understanding|knowledge|experience|awareness"
    r"|background)\b.* (?:of|in|with)$",
    # what it takes to get there
    r"(?:to|in order to|in order for you to) (?:be (?:successful|considered|eligible|shortlisted"
    rf"|selected)|succeed|apply|join)\b.*\b{CANDIDATE}(?:'ll)?\b",
    r"must[- ]haves?\b|you will need\b|apply if$",
    r"(?:things|what) (?:that )?you(?:'ll| will| must| should)? (?:also )?(?:need|have)\b",
    r"what you(?:'ll| will| must| should)? (?:also )?(?:bring|offer)\b",
    r"what (?:do|will|can) you (?:need|bring|offer)|what .*\b(?:do|will) (?:you|i) need\b",
    # the words themselves
    r"essentials?\b|desirables?\b|desired\b",
    rf"(?:following|below|necessary|required|key|these) (?:\w+ ){{0,2}}{GROUP_NOUN}",
    rf"{GROUP_NOUN}\b.* (?:required|needed|necessary|are|include|includes|including|are required"
    r"|looking for|you need|of)$",
    rf"{GROUP_NOUN}\b.* (?:required|needed|necessary) (?:to|for|in)\b.*\b(?:job|role|post)$",
    r"share (?:our|the)\b.*\bvalues\b|values (?:and|&) behaviou?rs\b",
    r"the following (?:is|are|will be) (?:essential|required|desirable|needed)",
    at_start=(
        rf"about (?:you|the (?:ideal |successful )?(?:{CANDIDATE}))\b",
        r"(?:are you|do you (?:have|hold|possess)|can you|have you|you are|you're|you)$",
        (
            r"(?:\w+ ){0,3}(?:selection|shortlisting|entry|minimum|key|applicant|job|the)? ?"
            r"(?:criteria|requirements?|requriements?)(?: are| include| is)?$"
        ),
        r"the (?:ideal|successful|right|suitable) (?:candidate|applicant|person|individual)s?$",
    ),
)
LEANS = Cues(
    rf"{CANDIDATE}\b(?:.*\b(?:will|must|should|would|to|can|who))?(?: also)?$",
    rf"{CANDIDATE}\b.*\b(?:required|expected|able|need|needed)(?: to)?$",
    rf"{GROUP_NOUN}\b",
    r"require(?:d|ments?)\b|criteria\b|candidates?\b|applicants?\b",
    _LOOKING,
    at_start=(r"(?:if you|are you|do you|can you|have you|could you|is this you)\b",),
)
SHORT_GROUP = re.compile(
    rf"^(?:(?:and|the|of|your|our|a|or|for|in|job|specific|relevant|previous|other|key|personal"
    rf"|professional|special|clinical|technical|work|working|general|additional|further|practical"
    rf"|physical|intellectual|interpersonal|mental|emotional|it|academic|vocational|formal|related"
    rf"|specialist|skills?-based|{GROUP_NOUN}|requirements?|criteria|effort|communication|written"
    rf"|organisational|organisation|planning|analytical|judgement(?:al)?|managerial|management"
    rf"|leadership|team|relationships?|ict|computer|health|factors|evidence|style|demands|record"
    rf"|certificates?|registration|understanding|needed|required|essential|desirable)"
    rf"(?:[\s,/&+()-]+|$))+$"
)
