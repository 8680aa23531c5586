"""Whole adverts and fragments as employers write them: what is read, and what is left out."""

import pytest

from matcher.specification import read_html, read_text

E, D, U = "essential", "desirable", "unknown"


def _list(html):
    return [(c.text, c.importance, c.group) for c in read_html(html).criteria if c.form != "prose"]


def _ul(*items):
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


ADVERTS = {
    "importance inside groups, all in bold": (
        "<p><b>Person Specification</b></p><p><b>Qualifications</b></p><p><b>Essential</b></p>"
        + _ul("GCSE English")
        + "<p><b>Desirable</b></p>"
        + _ul("A level in any subject")
        + "<p><b>Experience</b></p><p><b>Essential</b></p>"
        + _ul("Office work"),
        [
            ("GCSE English", E, "Qualifications"),
            ("A level in any subject", D, "Qualifications"),
            ("Office work", E, "Experience"),
        ],
    ),
    "groups inside importance, plain lines": (
        "<p>Essential criteria</p><p>Qualifications</p>"
        + _ul("GCSE English")
        + "<p>Skills</p>"
        + _ul("Neat hand", "Quick with figures")
        + "<p>Desirable criteria</p><p>Qualifications</p>"
        + _ul("A level in any subject"),
        [
            ("GCSE English", E, "Qualifications"),
            ("Neat hand", E, "Skills"),
            ("Quick with figures", E, "Skills"),
            ("A level in any subject", D, "Qualifications"),
        ],
    ),
    "one heading says group and importance": (
        "<h3>Essential Skills and Experience</h3>"
        + _ul("Has run a reception desk")
        + "<h3>Desirable Skills and Experience</h3>"
        + _ul("Has used SystmOne"),
        [
            ("Has run a reception desk", E, "Skills and Experience"),
            ("Has used SystmOne", D, "Skills and Experience"),
        ],
    ),
    "importance after the group, in brackets": (
        "<h3>Qualifications (Essential)</h3>"
        + _ul("Maths at level 2")
        + "<h3>Qualifications (Desirable)</h3>"
        + _ul("A secretarial diploma"),
        [
            ("Maths at level 2", E, "Qualifications"),
            ("A secretarial diploma", D, "Qualifications"),
        ],
    ),
    "duties before, benefits after": (
        "<h2>Main duties of the job</h2>"
        + _ul("Answer the telephone", "Scan letters", "Maintain good records of each call")
        + "<h2>What we are looking for</h2>"
        + _ul("A clear telephone voice and manner", "Good memory for names", "Calm under pressure")
        + "<h2>What we offer</h2>"
        + _ul("27 days of annual leave", "Good training", "Experience of many departments"),
        [
            ("A clear telephone voice and manner", U, None),
            ("Good memory for names", U, None),
            ("Calm under pressure", U, None),
        ],
    ),
    "a question as lead-in": (
        "<p>Do you have what it takes? Can you show us:</p>"
        + _ul("Experience of diaries and minutes", "Willingness to learn", "A can-do attitude")
        + "<p>In return we will give you:</p>"
        + _ul("A warm welcome", "Flexible hours", "Excellent training and skills for life"),
        [
            ("Experience of diaries and minutes", U, None),
            ("Willingness to learn", U, None),
            ("A can-do attitude", U, None),
        ],
    ),
    "verbs after 'you must be able to'": (
        "<p>You must be able to:</p>" + _ul("type at 50 words a minute", "work alone at night"),
        [("type at 50 words a minute", E, None), ("work alone at night", E, None)],
    ),
    "ambiguous lead-in over duties": (
        "<p>The post holder will:</p>"
        + _ul("book appointments", "greet visitors", "file results with great accuracy"),
        [],
    ),
    "ambiguous lead-in over criteria": (
        "<p>The successful candidate will:</p>"
        + _ul("have excellent IT skills", "be able to work alone", "hold a driving licence"),
        [
            ("have excellent IT skills", U, None),
            ("be able to work alone", U, None),
            ("hold a driving licence", U, None),
        ],
    ),
    "run-in headings": (
        "<p>Essential: two years of audio typing</p><p>Desirable: knowledge of orthopaedics</p>",
        [("two years of audio typing", E, None), ("knowledge of orthopaedics", D, None)],
    ),
    "bullets typed by hand with line breaks": (
        "<p>You will need:<br>&bull; good spelling<br>&bull; a steady hand<br>- Patience</p>",
        [("good spelling", U, None), ("a steady hand", U, None), ("Patience", U, None)],
    ),
    "bullets in one running line": (
        "<p><b>Essential skills</b></p><p>• Good spelling • Neat filing • Able to use Excel</p>",
        [
            ("Good spelling", E, "skills"),
            ("Neat filing", E, "skills"),
            ("Able to use Excel", E, "skills"),
        ],
    ),
    "numbers in front": (
        (
            "<p><b>Essential criteria</b></p><p>1. GCSE English</p><p>2) 5 GCSEs in all</p>"
            "<p>(c) 2.5 years of office work</p>"
        ),
        [
            ("GCSE English", E, None),
            ("5 GCSEs in all", E, None),
            ("2.5 years of office work", E, None),
        ],
    ),
    "a list inside an item": (
        (
            "<h2>Person specification</h2><ul><li>Knowledge of:<ul><li>filing rules</li>"
            "<li>data protection</li></ul></li><li>Good eyesight</li></ul>"
        ),
        [
            ("filing rules", U, "Knowledge"),
            ("data protection", U, "Knowledge"),
            ("Good eyesight", U, None),
        ],
    ),
    "importance as items of an outer list": (
        (
            "<h2>Person specification</h2><ul><li>Essential<ul><li>Typing</li></ul></li>"
            "<li>Desirable<ul><li>Shorthand</li></ul></li></ul>"
        ),
        [("Typing", E, None), ("Shorthand", D, None)],
    ),
    "words of the line win over the heading": (
        "<h3>Essential</h3>"
        + _ul(
            "ECDL (desirable)",
            "Shorthand would be an advantage",
            "Typing",
            "Audio typing is desirable but not essential",
        )
        + "<h3>Desirable</h3>"
        + _ul("Driving licence (essential)", "Able to stay late as required"),
        [
            ("ECDL (desirable)", D, None),
            ("Shorthand would be an advantage", D, None),
            ("Typing", E, None),
            ("Audio typing is desirable but not essential", D, None),
            ("Driving licence (essential)", E, None),
            ("Able to stay late as required", D, None),
        ],
    ),
    "two importances in one line": (
        "<h3>Essential</h3>" + _ul("Typing is essential and shorthand desirable"),
        [("Typing is essential and shorthand desirable", U, None)],
    ),
    "exclusions, pointers and weights are none": (
        "<h3>Essential criteria</h3>"
        + _ul(
            "Typing",
            "Applicants must not hold a degree",
            "Please see the attached job description",
            "N/A",
            "Weighting: 10%",
            "A = Application I = Interview",
        ),
        [("Typing", E, None)],
    ),
    "no vote under an explicit heading": (
        "<h3>Essential</h3>" + _ul("Annual leave systems", "Pension administration"),
        [("Annual leave systems", E, None), ("Pension administration", E, None)],
    ),
    "offers under a loose heading": (
        "<p>As a member of our team you will have:</p>"
        + _ul("a pension", "free parking", "support and career development"),
        [],
    ),
    "eligibility lead-in that excludes": (
        "<p>You are not eligible to apply if you have:</p>" + _ul("a degree", "an NVQ 3"),
        [],
    ),
    "unknown headings inside a specification are groups": (
        "<h2>Person specification</h2><h3>Application form</h3><h4>Essential</h4>"
        + _ul("Typing")
        + "<h3>On the day</h3><h4>Essential</h4>"
        + _ul("Speaks clearly")
        + "<h2>Disclosure and Barring Service Check</h2><p>This post is exempt.</p>",
        [("Typing", E, "Application form"), ("Speaks clearly", E, "On the day")],
    ),
    "marks of importance and assessment": (
        "<h2>Person specification</h2><h3>Experience</h3>"
        + _ul("Office work (E)", "Ward work [D]", "Filing (E) (A/I)", "Post room - D"),
        [
            ("Office work", E, "Experience"),
            ("Ward work", D, "Experience"),
            ("Filing", E, "Experience"),
            ("Post room", D, "Experience"),
        ],
    ),
    "plain lines under the specification, prose after": (
        (
            "<p><b>Person Specification</b></p><p>Excellent spelling</p>"
            "<p>Able to work weekends</p>"
            "<p>A sense of order</p>"
            "<p>We are a friendly trust on the coast and welcome all who apply.</p>"
            "<p>Our staff enjoy good experience.</p>"
        ),
        [
            ("Excellent spelling", U, None),
            ("Able to work weekends", U, None),
            ("A sense of order", U, None),
        ],
    ),
    "escaped twice": (
        (
            "&lt;p&gt;You will need:&lt;/p&gt;&lt;ul&gt;&lt;li&gt;Skill &amp;amp; care"
            "&lt;/li&gt;&lt;li&gt;Good sight&lt;/li&gt;&lt;/ul&gt;"
        ),
        [("Skill & care", U, None), ("Good sight", U, None)],
    ),
    "a table that only lays out the page": (
        "<table><tr><td><h3>Essential</h3>"
        + _ul("Typing")
        + "</td><td><h3>Desirable</h3>"
        + _ul("Shorthand")
        + "</td></tr></table>",
        [("Typing", E, None), ("Shorthand", D, None)],
    ),
    "a table with rowspan and ticks": (
        (
            "<table><tr><th>Area</th><th>Criteria</th><th>Essential</th><th>Desirable</th></tr>"
            "<tr><td rowspan=2>Experience</td><td>Filing</td><td>X</td><td></td></tr>"
            "<tr><td>Coding</td><td></td><td>&#10004;</td></tr>"
            "<tr><td colspan=4><b>Skills</b></td></tr>"
            "<tr><td></td><td>Typing</td><td>✓</td><td></td></tr></table>"
        ),
        [
            ("Filing", E, "Experience"),
            ("Coding", D, "Experience"),
            ("Typing", E, "Skills"),
        ],
    ),
    "facts in a table are none": (
        (
            "<table><tr><td>Job title</td><td>Clerk</td></tr><tr><td>Band</td><td>2</td></tr>"
            "<tr><td>Hours</td><td>37.5</td></tr></table>"
        ),
        [],
    ),
    "duties alone, as the advert page gives them": (
        "<div><p>Duties</p>"
        + _ul(
            "Provide a skilled and experienced clerical service",
            "To ensure confidentiality with good communication skills",
            "Responsible for accurate records",
            "Maintaining knowledge of the systems",
        )
        + "<p>Job responsibilities</p>"
        + "<p>To attend training. To keep an awareness of policy.</p></div>",
        [],
    ),
}


@pytest.mark.parametrize("name", ADVERTS)
def test_criteria_in_lists(name):
    html, expected = ADVERTS[name]
    assert _list(html) == expected


PROSE = {
    "You must have good keyboard skills.": E,
    "You will have a sound knowledge of Excel.": U,
    "The successful candidate will be well organised and able to work alone.": U,
    "Previous experience of hospital work is desirable but not essential.": D,
    "Experience in a records library would be an advantage.": D,
    "Good spelling and an eye for detail are essential.": E,
    "Ideally you will have worked with patients and hold an NVQ.": D,
    "Applicants must possess an accredited coding qualification.": E,
    "We are looking for an organised clerk with excellent typing skills.": U,
}


@pytest.mark.parametrize("sentence", PROSE)
def test_a_sentence_that_asks_becomes_a_criterion_of_prose(sentence):
    html = f"<p>Our library is busy. {sentence} Come and see us.</p>"
    found = [(c.text, c.form, c.importance) for c in read_html(html).criteria]
    assert found == [(sentence, "prose", PROSE[sentence])]


@pytest.mark.parametrize(
    "sentence",
    [
        "You will provide a full clerical service with skill.",
        "You will be responsible for accurate records of each clinic.",
        "You will have the opportunity to gain experience in many departments.",
        "We offer excellent training and flexible hours.",
        "The Trust is committed to equal opportunities and good communication.",
        "No previous experience is necessary.",
        "Please contact the team leader, who has experience of the role.",
        "All posts are subject to an enhanced DBS check and registration.",
        "You must not hold a degree.",
        "The team is friendly, flexible and experienced.",
        "If you have any questions about the skills you need, call us.",
        "We are proud of our experienced and committed staff.",
        "Successful applicants will be required to pay for their DBS certificate.",
    ],
)
def test_a_sentence_that_asks_nothing_becomes_none(sentence):
    assert read_html(f"<p>{sentence}</p>").criteria == ()


def test_source_of_the_importance_is_told():
    html = (
        "<h3>Essential</h3>"
        + _ul("Typing", "Shorthand (desirable)", "Filing (D)")
        + "<table><tr><th>Essential</th><th>Desirable</th></tr>"
        "<tr><td>Coding</td><td>Ciphers</td></tr></table>"
    )
    assert [(c.importance, c.importance_source, c.form) for c in read_html(html).criteria] == [
        (E, "heading", "list"),
        (D, "inline", "list"),
        (D, "suffix", "list"),
        (E, "column", "table"),
        (D, "column", "table"),
    ]


def test_ways_of_assessing_are_normalised():
    html = (
        "<table><tr><th>Criteria</th><th>Essential</th><th>Desirable</th><th>Assessed by</th></tr>"
        "<tr><td>Skills</td><td>Typing</td><td></td><td>A/I/T</td></tr>"
        "<tr><td>Experience</td><td>Filing</td><td></td><td>Application form, interview</td></tr>"
        "</table>"
    )
    assert [c.assessed_by for c in read_html(html).criteria] == [
        ("application", "interview", "test"),
        ("application", "interview"),
    ]


def test_an_empty_page_says_why():
    assert read_html("").reason == "The document holds no text."
    assert "no line that asks" in (read_html("<p>Come and see us.</p>").reason or "")


def test_plain_text_is_read_like_a_page():
    text = """PERSON SPECIFICATION

QUALIFICATIONS
Essential
- GCSE English
- Maths at level 2 or a readiness to reach it in the first year of the
  appointment
Desirable
* An A level

EXPERIENCE
Essential:
1. Office work
"""
    assert [(c.text, c.importance, c.group) for c in read_text(text).criteria] == [
        ("GCSE English", E, "QUALIFICATIONS"),
        (
            "Maths at level 2 or a readiness to reach it in the first year of the appointment",
            E,
            "QUALIFICATIONS",
        ),
        ("An A level", D, "QUALIFICATIONS"),
        ("Office work", E, "EXPERIENCE"),
    ]


_HEAD = "<tr><th>Area</th><th>Essential</th><th>Desirable</th></tr>"
VARIANTS = {
    "a table cut in two with its head repeated": (
        (
            f"<table>{_HEAD}<tr><td>Skills</td><td>Typing</td><td></td></tr></table>"
            f"<table>{_HEAD}<tr><td></td><td>Filing</td><td>Coding</td></tr></table>"
            f"<h3>Experience</h3><table>{_HEAD}<tr><td></td><td>Wards</td><td></td></tr></table>"
        ),
        [
            ("Typing", E, "Skills"),
            ("Filing", E, "Skills"),
            ("Coding", D, "Skills"),
            ("Wards", E, "Experience"),
        ],
    ),
    "text that keeps its line breaks": (
        (
            '<p style="white-space: pre-line">About the role\nYou will file.\n\nAbout you\n'
            "- Good spelling\n- Knows SystmOne\n\nBenefits\n- Pension\n- Gym</p>"
        ),
        [("Good spelling", U, None), ("Knows SystmOne", U, None)],
    ),
    "marks in front where the heading names both": (
        "<p><b>Essential/Desirable criteria</b></p>"
        + _ul("E - Typing", "D - Shorthand", "Essential - Filing", "Desirable: Coding"),
        [("Typing", E, None), ("Shorthand", D, None), ("Filing", E, None), ("Coding", D, None)],
    ),
    "crosses that say no beside ticks": (
        (
            "<table><tr><th>Criteria</th><th>Essential</th><th>Desirable</th></tr>"
            "<tr><td>Typing</td><td>✓</td><td>✗</td></tr><tr><td>Coding</td><td>✗</td><td>✓</td></tr>"
            "<tr><td>Filing</td><td>✓</td><td>✓</td></tr></table>"
        ),
        [("Typing", E, None), ("Coding", D, None), ("Filing", U, None)],
    ),
    "a column that says the word": (
        (
            "<table><tr><th>Competence</th><th>Criteria</th><th>Essential or Desirable</th></tr>"
            "<tr><td>Knowledge</td><td>Law of data</td><td>Essential</td></tr>"
            "<tr><td>Skills</td><td>Typing</td><td>Desirable</td></tr></table>"
        ),
        [("Law of data", E, "Knowledge"), ("Typing", D, "Skills")],
    ),
    "groups beside criteria without importance": (
        "<h2>Person specification</h2><table><tr><td><b>Qualifications</b></td><td>"
        + _ul("GCSE English", "ECDL (desirable)")
        + "</td></tr><tr><td><b>Experience</b></td><td>"
        + _ul("Office work")
        + "</td></tr></table>",
        [
            ("GCSE English", U, "Qualifications"),
            ("ECDL (desirable)", D, "Qualifications"),
            ("Office work", U, "Experience"),
        ],
    ),
    "plain blocks in the place of lists": (
        (
            "<div>Experience</div><div>Essential</div><div>Ward work</div><div>Clinic work</div>"
            "<div>Desirable</div><div>Coding</div>"
        ),
        [
            ("Ward work", E, "Experience"),
            ("Clinic work", E, "Experience"),
            ("Coding", D, "Experience"),
        ],
    ),
    "two paragraphs in one bullet": (
        "<h3>Essential</h3><ul><li><p>Good typing.</p><p>Speed matters.</p></li></ul>",
        [("Good typing. Speed matters.", E, None)],
    ),
    "a sentence that adds to a list": (
        "<p>You must have:</p>"
        + _ul("Typing", "Filing skills")
        + "<p>It would also be an advantage if you have knowledge of Excel.</p>",
        [
            ("Typing", E, None),
            ("Filing skills", E, None),
            ("It would also be an advantage if you have knowledge of Excel.", D, None),
        ],
    ),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_criteria_in_unusual_markup(name):
    html, expected = VARIANTS[name]
    assert _list(html) == expected


def test_ticks_under_ways_of_assessing():
    html = (
        "<table><tr><th>Criteria</th><th>Essential</th><th>Desirable</th><th>A</th><th>I</th>"
        "<th>T</th></tr><tr><td>Typing</td><td>Yes</td><td></td><td>✓</td><td></td><td>✓</td></tr>"
        "</table>"
    )
    (found,) = read_html(html).criteria
    assert (found.text, found.importance) == ("Typing", E)
    assert found.assessed_by == ("application", "test")
