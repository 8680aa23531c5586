import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.compare.qualifications import NONE_READ, read_qualifications


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("GCSE English", 2),
        ("GCSE grade A-C", 2),
        ("GCSEs (A*-C)", 2),
        ("GCSE 9 – 4", 2),
        ("GCSE grade C/4 or above", 2),
        ("4/C in GCSE Maths", 2),
        ("GCSE grade D", 1),
        ("GCSE grades D-G", 1),
        ("GCSE's grade 3 or above", 1),
        ("NVQ2", 2),
        ("NVQ 3", 3),
        ("NVQ III", 3),
        ("NVQ level 2/3", 2),
        ("Level 2 NVQ", 2),
        ("NVQ level 4", 4),
        ("NVQ 5", 7),
        ("SVQ 4", 5),
        ("SCQF level 5 award", 2),
        ("SCQF level 9", 6),
        ("QCF level 2 award", 2),
        ("RQF level 7 diploma", 7),
        ("RSA II", 2),
        ("RSA stage III typing", 3),
        ("OCR level 2 text processing", 2),
        ("National 5 English", 2),
        ("A level standard of education", 3),
        ("BTEC First", 2),
        ("BTEC National", 3),
        ("HNC", 4),
        ("HND or foundation degree", 5),
        ("Degree", 6),
        ("BSc (Hons)", 6),
        ("Masters degree", 7),
        ("Postgraduate diploma", 7),
        ("PhD", 8),
        ("Functional Skills level 1", 1),
        ("Good standard of education", 2),
        ("Diploma in management", None),
        ("Level 2 trauma centre", None),
        ("Level 3 safeguarding training", None),
        ("A high level of accuracy", None),
        ("A level head", None),
        ("A high degree of tact", None),
        ("2 years in an office", None),
    ],
)
def test_digits_and_names_decide_the_level(text, level):
    assert read_qualifications(text).min_level == level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Degree or NVQ 3", 3),
        ("A level, NVQ3 or HNC", 3),
        ("GCSE English and a degree", 6),
        ("NVQ 3 in administration, GCSE Maths", 3),
        ("PGDip/BSc", 6),
        ("GCSE Maths is essential and a degree is desirable", 2),
        ("No degree is needed, GCSEs are", 2),
        ("You will gain a level 3 diploma", None),
    ],
)
def test_alternatives_take_the_lowest_and_lists_the_highest(text, level):
    assert read_qualifications(text).min_level == level


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("Degree or equivalent experience", True),
        ("NVQ 2 or two years' experience in an office", True),
        ("Diploma, or equivalent training, knowledge and experience", True),
        ("Degree or has worked at that level", True),
        ("RSA II or relevant demonstrable experience", True),
        ("Degree or equivalent", False),
        ("Degree or equivalent, plus experience", False),
        ("Degree or equivalent and two years' experience", False),
        ("Degree with experience of audit", False),
        ("Experience in clinics or wards", False),
    ],
)
def test_experience_counts_only_where_or_joins_it_to_the_qualification(text, offered):
    assert read_qualifications(text).equivalent_experience is offered


def test_count_grade_and_subjects_are_read():
    [[gcse]] = read_qualifications("Five GCSEs at grade C or above with Maths and English").routes
    assert (gcse.award, gcse.count, gcse.grade) == ("GCSE", 5, "C")
    assert gcse.subjects == ("Maths", "English")


def test_alternatives_are_one_list_and_demands_are_several():
    routes = read_qualifications("GCSE Maths and NVQ 2 or BTEC First").routes
    assert [[one.award for one in route] for route in routes] == [["GCSE"], ["NVQ", "BTEC First"]]


def test_the_flags_say_how_it_is_asked():
    assert read_qualifications("NVQ 3 or equivalent").equivalent_qualification
    assert read_qualifications("Working towards NVQ 3").working_towards
    assert read_qualifications("You will gain a level 3 diploma").offered_not_required


def test_a_qualification_is_where_the_line_prints_it():
    text = "Ideally an NVQ (level 3) in care"
    [one] = read_qualifications(text).named
    assert text[one.start : one.end] == "NVQ (level 3"


def test_a_line_without_any_reads_as_none():
    assert read_qualifications("Kind and calm") is NONE_READ


@given(st.text())
def test_any_text_can_be_read(text):
    level = read_qualifications(text).min_level
    assert level is None or 1 <= level <= 8
