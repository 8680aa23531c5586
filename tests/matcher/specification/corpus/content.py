"""Person specifications of posts that do not exist, written for the tests."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Group:
    """A group of criteria with the employer's heading."""

    name: str
    essential: tuple[str, ...]
    desirable: tuple[str, ...] = ()
    assessed: str = "A/I"


@dataclass(frozen=True)
class Post:
    """A post: its title, its groups, and duties that are no criteria."""

    title: str
    groups: tuple[Group, ...]
    duties: tuple[str, ...] = field(default=())

    def expected(self, *, groups: bool = True) -> list[tuple[str, str, str | None]]:
        """Return text, importance and group of every criterion, group by group."""
        found = []
        for group in self.groups:
            name = group.name if groups else None
            found += [(text, "essential", name) for text in group.essential]
            found += [(text, "desirable", name) for text in group.desirable]
        return found


RECORDS_CLERK = Post(
    "Health Records Clerk",
    (
        Group(
            "Qualifications",
            ("GCSE English and Maths at grade 4 or above, or equivalent",),
            ("NVQ level 2 in Customer Service", "ECDL or a similar computing award"),
            "A",
        ),
        Group(
            "Experience",
            (
                "Office work in a setting where deadlines matter and the telephone seldom rests",
                "Dealing with the public face to face",
            ),
            ("Six months in a hospital library of case notes",),
        ),
        Group(
            "Skills and Knowledge",
            (
                (
                    "Able to lift and shelve case notes all day, with due care for manual handling "
                    "rules and for the order of the terminal digit filing system"
                ),
                "Good keyboard skills",
                "Understands why confidentiality matters",
            ),
            ("Knows a patient administration system",),
        ),
        Group(
            "Personal Qualities",
            ("Calm and courteous with callers who are upset", "Works well in a team"),
            ("Willing to swap shifts at short notice",),
            "I",
        ),
    ),
    (
        "Retrieve and file case notes for clinics at Saltmarsh Infirmary.",
        "Answer telephone requests from wards and secretaries.",
        "Maintain the tracking of every set of notes that leaves the library.",
    ),
)

CODER = Post(
    "Clinical Coder",
    (
        Group(
            "Education and Training",
            (
                "Accredited Clinical Coder (ACC) status",
                "Evidence of a refresher course in the last three years",
            ),
            ("Diploma in health informatics",),
            "A, C",
        ),
        Group(
            "Knowledge and Experience",
            (
                "Two years of coding across several specialties to the national standards",
                "Sound knowledge of anatomy and medical terminology",
            ),
            ("Has coded from electronic notes alone", "Has trained novice coders"),
            "A/I/T",
        ),
        Group(
            "Communication Skills",
            (
                (
                    "Explains a coding decision to consultants, managers and auditors in words "
                    "they follow"
                ),
            ),
            (),
            "I",
        ),
        Group(
            "Analytical and Judgement Skills",
            (
                "Reads long case notes with unbroken attention to detail",
                "Judges when to query an entry and when to let it stand",
            ),
            ("Uses spreadsheets to find gaps in the depth of coding",),
            "A/I",
        ),
        Group(
            "Physical Effort",
            ("Can sit at a screen for most of the working day",),
            (),
            "I",
        ),
    ),
    (
        "Translate diagnoses and procedures into codes within five days of discharge.",
        "Take part in the audits of the information department.",
    ),
)

WARD_CLERK = Post(
    "Ward Clerk",
    (
        Group(
            "Education",
            ("Literacy and numeracy at level 2",),
            ("Level 3 award in business administration",),
        ),
        Group(
            "Experience",
            ("Reception or ward work of any kind",),
            ("Has booked patient transport",),
        ),
        Group(
            "Aptitudes",
            (
                "Keeps several tasks going at once and forgets none",
                "Writes messages that others can act on",
                "Uses Microsoft Outlook and Word without help",
            ),
            ("Some Welsh or British Sign Language",),
        ),
        Group(
            "Other Requirements",
            ("Free to work two late shifts a week",),
            ("Full driving licence",),
            "A",
        ),
    ),
    ("Greet visitors to Harbour Ward.", "Order stationery and stock for the ward."),
)

POSTS = (RECORDS_CLERK, CODER, WARD_CLERK)
TRUST = "Saltmarsh and Fenland NHS Foundation Trust"
LEGEND = "A = Application form   I = Interview   T = Test   C = Certificates"
