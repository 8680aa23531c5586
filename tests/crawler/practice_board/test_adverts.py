"""The written adverts: days, and that nothing in them is real."""

import re

import pytest

from crawler.practice_board import load_adverts
from crawler.practice_board.adverts import QUIRKS, STYLES
from personspec.exceptions import CatalogueError
from personspec.resources import data_path

BY_REFERENCE = {advert.reference: advert for advert in load_adverts()}

DRAMA_NUMBER = re.compile(
    r"(01632 960\d{3}|020 7946 0\d{3}|07700 900\d{3}|0(113|117|161) 496 0\d{3}|029 2018 0\d{3})"
)
"""Numbers that Ofcom keeps for films and books."""

EMPLOYERS = """\
Z1001:
  name: An Employer
  website: https://www.employer.example/
  about: We are an employer.
  office: &office {town: Leeds, postcode: LS9 4QX}
  sites: {x: *office}
"""

ADVERT = """\
reference: Z1001-26-0001
number: 1
title: Clerk
staff_group: ADMINISTRATIVE_AND_CLERICAL
pay: {band: "2", minimum: 25272}
patterns: [Full time]
places: [x]
posted: 0
closes: 7
summary: A post.
duties: Duties.
"""


def on_day(reference, day):
    return BY_REFERENCE[reference].on(day)


def loaded(folder, advert):
    (folder / "adverts").mkdir()
    (folder / "employers.yml").write_text(EMPLOYERS)
    (folder / "adverts" / "clerk.yml").write_text(advert)
    return load_adverts(folder)[0]


def test_there_are_at_least_eighty_adverts_with_numbers_and_references_of_their_own():
    assert len(BY_REFERENCE) >= 80
    assert len({advert.number for advert in BY_REFERENCE.values()}) == len(load_adverts())


def test_every_style_quirk_and_band_occurs():
    adverts = BY_REFERENCE.values()
    assert {advert.style for advert in adverts} == STYLES
    assert {quirk for advert in adverts for quirk in advert.quirks} == QUIRKS
    assert {"2", "3", "4", "5", "6", "7", "8a", None} == {advert.pay.band for advert in adverts}


def test_an_advert_whose_specification_is_attached_has_a_document_with_it():
    for advert in BY_REFERENCE.values():
        if advert.style == "attached":
            assert any(document.content != "text" for document in advert.documents)


def test_mails_and_telephone_numbers_are_of_the_reserved_kinds():
    texts = [path.read_text() for path in data_path("practice").rglob("*.yml")]
    mails = [mail for text in texts for mail in re.findall(r"\S+@\S+\w", text)]
    numbers = [number for text in texts for number in re.findall(r"\b0\d[\d ]{8,}\d", text)]
    assert len(mails) > 30
    assert [mail for mail in mails if not mail.endswith(".example")] == []
    assert len(numbers) > 30
    assert [number for number in numbers if not DRAMA_NUMBER.fullmatch(number)] == []


def test_an_advert_appears_on_its_day_and_is_there_through_its_closing_date(tmp_path):
    advert = loaded(tmp_path, ADVERT.replace("posted: 0", "posted: 2"))
    assert [day for day in range(1, 12) if advert.on(day)] == [3, 4, 5, 6, 7, 8]


def test_a_change_holds_from_its_day_on():
    assert on_day("Z1001-26-0101", 1).closes == 11
    assert on_day("Z1001-26-0101", 2).closes == on_day("Z1001-26-0101", 9).closes == 18


def test_changes_of_several_days_add_up_in_the_order_of_days(tmp_path):
    later, earlier = "{day: 3, title: Senior Clerk}", "{day: 2, title: Old Clerk, closes: 9}"
    advert = loaded(tmp_path, f"{ADVERT}changes:\n- {later}\n- {earlier}\n")
    assert (advert.on(3).title, advert.on(3).closes) == ("Senior Clerk", 9)
    assert (advert.on(2).title, advert.on(2).closes) == ("Old Clerk", 9)


def test_a_withdrawn_advert_may_come_back():
    assert [day for day in range(1, 8) if on_day("Z1007-26-0012", day)] == [1, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (ADVERT.replace("title: Clerk", "titel: Clerk"), "titel"),
        (f"{ADVERT}style: poem\n", "poem"),
        (f"{ADVERT}quirks: [loud]\n", "loud"),
        (f"{ADVERT}changes: [{{day: 2, closing: 3}}]\n", "closing"),
        (ADVERT.replace("[x]", "[elsewhere]"), "elsewhere"),
        (ADVERT.replace("Z1001", "Z9999"), "Z9999"),
        (f"{ADVERT}specification: [{{group: G, essential: [{{IT: yes}}]}}]\n", "no text"),
        ("- a list\n", "mapping"),
    ],
)
def test_a_file_that_is_no_advert_is_named_with_what_is_wrong(tmp_path, wrong, named):
    with pytest.raises(CatalogueError, match=f"clerk.yml.*{named}"):
        loaded(tmp_path, wrong)
