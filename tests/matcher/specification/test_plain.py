"""Plain text: what its width, its numbers and its strokes say."""

from matcher.specification import read_text


def _texts(text):
    return [criterion.text for criterion in read_text(text).criteria]


def test_lines_wrapped_at_one_width_are_joined():
    text = (
        "Essential criteria\n\n"
        "* Able to keep the tracking of every set of notes that leaves the\n"
        "  Saltmarsh library right, and to say at once where a set was last\n"
        "  Friday if a secretary or a ward clerk rings up to ask for it now\n"
        "* Typing\n"
    )
    assert len(_texts(text)) == 2


def test_long_lines_of_different_lengths_stay_apart():
    lines = [
        "Understands the order of a terminal digit filing system and why it matters to clinics",
        "Manual handling of heavy boxes in a library on two floors",
        "Typing",
    ]
    assert _texts("Essential criteria\n\n" + "\n".join(lines)) == lines


def test_an_acronym_alone_is_a_criterion_and_no_heading():
    assert _texts("Desirable criteria\n\nTyping\nECDL\nFiling\n") == ["Typing", "ECDL", "Filing"]


def test_a_number_does_not_keep_capitals_from_being_a_heading():
    text = (
        "3. DUTIES\n\nAnswer the telephone\n\n"
        "4. KNOWLEDGE AND SKILLS REQUIRED TO DO THE JOB\n\nGood typing skills\n"
    )
    assert _texts(text) == ["Good typing skills"]
