"""Headings in force: titles, facts between them, names that no word gives away."""

from matcher.specification import read_html, read_text


def _read(html):
    return [(c.text, c.importance, c.group) for c in read_html(html).criteria]


def test_facts_of_the_post_do_not_close_the_specification():
    html = (
        "<p><b>Person specification</b></p><p>Job title: Clerk</p><p>Band: 3</p>"
        "<p><b>Freedom to act</b></p><p><b>Essential</b></p><ul><li>Decides alone</li></ul>"
    )
    assert _read(html) == [("Decides alone", "essential", "Freedom to act")]


def test_a_name_beside_groups_is_one_whatever_its_words():
    html = (
        "<h2>What we are looking for</h2>"
        "<p><b>Skills</b></p><p>Essential</p><ul><li>Typing skills</li></ul>"
        "<p><b>Customer care</b></p><p>Essential</p><ul><li>Patience</li></ul>"
    )
    assert _read(html) == [
        ("Typing skills", "essential", "Skills"),
        ("Patience", "essential", "Customer care"),
    ]


def test_a_line_above_a_label_is_a_name_but_not_the_last_criterion_of_a_list():
    text = (
        "Person specification\n\nCustomer care\nEssential\nPatience\nCourtesy\n"
        "Desirable\nWelsh\n\nClear thinking\nEssential\nLogic\n"
    )
    assert [(c.text, c.importance, c.group) for c in read_text(text).criteria] == [
        ("Patience", "essential", "Customer care"),
        ("Courtesy", "essential", "Customer care"),
        ("Welsh", "desirable", "Customer care"),
        ("Logic", "essential", "Clear thinking"),
    ]


def test_a_sentence_above_the_table_is_no_criterion():
    html = (
        "<h1>Person specification</h1>"
        "<p>The knowledge to be measured is the least needed to do the job well.</p>"
        "<table><tr><th></th><th>Essential</th><th>Desirable</th></tr>"
        "<tr><td>Skills</td><td>Typing</td><td>Welsh</td></tr></table>"
    )
    assert _read(html) == [("Typing", "essential", "Skills"), ("Welsh", "desirable", "Skills")]


def test_a_lead_in_under_a_heading_that_asks_opens_a_list():
    html = (
        "<h2>About you</h2><p>A natural with:</p><ul><li>Enthusiasm</li><li>Good humour</li></ul>"
    )
    assert [text for text, _, _ in _read(html)] == ["Enthusiasm", "Good humour"]


def test_lines_that_end_in_semicolons_are_one_list():
    text = (
        "Essential criteria\nYou must be able to show experience of:\n"
        "Sourcing and weighing the figures that tell how well the records library serves its wards"
        " and clinics;\nPresenting proposals; and\nStrong keyboard skills.\n"
    )
    found = [criterion.text for criterion in read_text(text).criteria]
    assert len(found) == 3
    assert found[1:] == ["Presenting proposals; and", "Strong keyboard skills."]


def test_a_law_named_in_a_criterion_opens_nothing():
    lines = ["Typing", "The Data Protection Act and the UK GDPR in daily use", "Filing"]
    found = read_text("\n\n".join(["Essential criteria", *lines])).criteria
    assert [criterion.text for criterion in found] == lines


def test_the_foot_of_a_page_is_no_part_of_the_last_list():
    html = (
        "<h2>Person specification</h2><h3>Essential</h3><p>Typing</p>"
        "<footer><p>Copyright</p><ul><li>Privacy</li></ul></footer>"
    )
    assert [text for text, _, _ in _read(html)] == ["Typing"]
