"""The cues the grammar of headings is made of: who is asked, what is asked, what is offered.

General parts of speech of adverts, not whole phrases, so that a heading never seen before is read
by the words it is made of. All patterns run on normalised text: small letters, straight quotes.
"""

import re

CANDIDATE = (
    r"(?:you|candidates?|applicants?|post ?-?holders?|individuals?|person|people|colleagues?"
    r"|someone|some-?one|somebody|staff|nurse|clinician|who)"
)
GROUP_NOUN = (
    r"(?:skil+s?|experiences?|experienced|qualifications?|knowledge|qualities|attributes?"
    r"|abilit(?:y|ies)|aptitudes?|competenc(?:y|e|es|ies)|education(?:al)?|memberships?"
    r"|characteristics|behaviou?rs|values|attainments?|dispositions?|circumstances|training)"
)
SPECIFICATION = re.compile(r"\bperson(?:al|nel)? (?:spec\b|specs\b|specifications?\b)|^p\.?s\.?$")

# What the employer gives: never criteria, whatever else the heading says.
OFFERS = re.compile(
    "|".join(
        (
            r"\b(?:in return(?!,? (?:we|they) (?:are|re) looking)|we (?:can |will |also |do |are )*offer(?:ing)?|offers? you|offered)\b",
            r"\bbenefits?\b|\bbenefitting|\brewards?\b|\bperks?\b|\bpackage\b|\bwhat'?s in it\b",
            r"\byou will (?:also )?(?:receive|enjoy|gain|get|learn|develop|feel|be (?:offered|given"
            r"|joining|working|based|welcomed|reporting|provid\w+|responsible))\b",
            r"\b(?:have|provide|with) (?:the |an |a |many |further )?opportunit(?:y|ies)\b",
            r"\bhave access to\b|\baccess to (?:the )?following\b|\bexpect to receive\b",
            r"\breasons?\b|\bwhy (?:you should|work|join|choose|us|not)\b|\bwill (?:receive|enjoy)\b",
            r"\bopportunity to\b|\b(?:training|learning) (?:days|opportunities|experience)\b",
            r"\bnot eligible|\bineligible|\bmust not\b|\bneed not apply|\bcannot (?:apply|accept)"
            r"|\bnot be (?:considered|accepted)\b|\bdo not (?:apply|have)\b",
        )
    )
)
# What an advert holds beside its criteria. Each line is a theme.
OTHER = re.compile(
    "|".join(
        (
            r"\bdut(?:y|ies)\b|\btasks?\b|\bday[- ]to[- ]day\b|\baccountabilit",
            r"\brole (?:will |may |also )*(?:includes?|involves?|entails?|is)\b",
            r"\bjob (?:summary|purpose|description|role|title|types?|overview|plan)\b"
            r"|^(?:about )?the role$|\b(?:role|post|service|trust) (?:overview|summary)\b|^summary$",
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
            r"|\bwho (?:are (?!you|we look|they look)|we are$|is )|^our (?:trust|team|mission|vision"
            r"|hospital|service|offer)\b|\bmeet the team\b|\bmain conditions\b",
            r"^(?:the )?(?:location|salary|hours|pay|shifts?|contract|band|department|employer|site"
            r"|responsible to|accountable to|reports? to|grade|base|title|directorate|division"
            r"|working hours|hours of work|pay rates?|hourly rates?|work remotely|rates)\b",
            r"\bwill be (?:tested|assessed|reviewed|expected to cover|involved|based)\b",
            r"^(?:key|legend|weighting|notes?|abbreviations|signed|signature|date|reviewed by"
            r"|prepared by|version)\b(?! skill| require| attrib| experi| criteri| qualit)",
        )
    )
)
# Parts of a role, which trusts mix with skills: the lines below decide.
DUTY_SIDE = re.compile(r"\bresponsibilit|\brole requirement|\bfunctions\b|\brequirements? of the\b")

ASKS = re.compile(
    "|".join(
        (
            rf"^about (?:you|the (?:ideal |successful )?(?:{CANDIDATE}))\b",
            r"\b(?:who|what) (?:(?:we|they)(?:'re|'ll be| are| will be)?|are we|do we) "
            r"(?:(?:also|currently|really) )?(?:looking|look|seeking|seek|need|want|expect|require)",
            r"\b(?:we|they)(?:'re| are) (?:\w+ ){0,2}(?:looking for|seeking)(?! (?:an? )?new\b)"
            r".*\b(?:who|with|has|have|is|are|that|can|demonstrate|following|as well as)$",
            r"\b(?:we|they)(?:'re| are) (?:\w+ ){0,2}(?:looking for|seeking)$",
            rf"\b{CANDIDATE}\b.*\b(?:have|has|be|hold|possess(?:es)?|demonstrate|need|needs|bring|"
            r"require|evidence|meet|fulfil|show|able to|be able|are|is)$",
            rf"\b{CANDIDATE}\b.*\b(?:have|be|hold|possess|demonstrate|need|meet|fulfil|satisfy|show"
            rf"|evidence|requires?)\b.*\b(?:following|below|{GROUP_NOUN}|criteria|requirements?)\b",
            rf"\b(?:to|in order to|in order for you to) (?:be (?:successful|considered|eligible"
            rf"|shortlisted|selected)|succeed|apply|join)\b.*\b{CANDIDATE}(?:'ll)?\b",
            r"^(?:are you|do you (?:have|hold|possess)|can you|have you|you are|you're|you)$",
            r"\bmust[- ]haves?\b|\b(?:things|what) (?:that )?you(?:'ll| will| must| should)? "
            r"(?:also )?(?:need|have|bring|offer)\b|\bwhat (?:do|will|can) you (?:need|bring|offer)",
            r"\bwhat .*\b(?:do you need|will you need|do i need)\b",
            r"\bessentials?\b|\bdesirables?\b|\bdesired\b",
            r"^(?:\w+ ){0,3}(?:selection|shortlisting|entry|minimum|key|applicant|job|the)? ?"
            r"(?:criteria|requirements?|requriements?)(?: are| include| is)?$",
            rf"\b(?:following|below|necessary|required|key|these) (?:\w+ ){{0,2}}{GROUP_NOUN}",
            rf"\b{GROUP_NOUN}\b.* (?:required|needed|necessary|are|include|includes|including"
            r"|are required|looking for|you need|of)$",
            r"\bshare (?:our|the)\b.*\bvalues\b|\bvalues (?:and|&) behaviou?rs\b",
            r"^the (?:ideal|successful|right|suitable) (?:candidate|applicant|person|individual)s?$",
            rf"\b{CANDIDATE}\b.*\b(?:have|has|had)\b.*\b(?:understanding|knowledge|experience"
            r"|awareness|background)\b.* (?:of|in|with)$|\byou will need\b|\bapply if$",
            r"\bthe following (?:is|are|will be) (?:essential|required|desirable|needed)",
        )
    )
)
LEANS = re.compile(
    "|".join(
        (
            rf"\b{CANDIDATE}\b(?:.*\b(?:will|must|should|would|to|can|who))?(?: also)?$",
            rf"\b{CANDIDATE}\b.*\b(?:required|expected|able|need|needed)(?: to)?$",
            r"^(?:if you|are you|do you|can you|have you|could you|is this you)\b",
            rf"\b{GROUP_NOUN}\b",
            r"\brequire(?:d|ments?)\b|\bcriteria\b|\bcandidates?\b|\bapplicants?\b",
            r"\b(?:we|they)(?:'re| are) (?:\w+ ){0,2}(?:looking for|seeking)\b",
        )
    )
)
SHORT_GROUP = re.compile(
    rf"^(?:(?:and|the|of|your|our|a|or|for|in|job|specific|relevant|previous|other|key|personal"
    rf"|professional|special|clinical|technical|work|working|general|additional|further|practical"
    rf"|physical|intellectual|interpersonal|mental|emotional|it|academic|vocational|formal|related"
    rf"|specialist|skills?-based|{GROUP_NOUN}|requirements?|criteria|effort|communication|written"
    rf"|organisational|planning|analytical|judgement(?:al)?|managerial|management|leadership|team"
    rf"|relationships?|ict|computer|health|factors|evidence|aptitude|style|demands|record"
    rf"|certificates?|registration|understanding|needed|required|essential|desirable)"
    rf"(?:[\s,/&+()-]+|$))+$"
)
