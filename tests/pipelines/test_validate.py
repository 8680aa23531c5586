from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.utils.test import get_crawler

from crawler.items import Salary, SpecificationSource
from pipelines.exceptions import RefusedError
from pipelines.masking import MAIL, TELEPHONE
from pipelines.validate import (
    RefusedItem,
    ValidatePipeline,
    refusal_of,
    validate_sighting,
    validate_vacancy,
)
from tests.pipelines.factories import sighting, vacancy

FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"title": " "}, "no title"),
    ({"source": ""}, "no source"),
    ({"reference": "\x00"}, "no reference"),
    ({"reference": "X1 2"}, "reference is not a key"),
    ({"reference": "X" * 201}, "reference is not a key"),
    ({"url": "javascript:alert(1)"}, "address is not one of the web"),
    ({"url": "https://"}, "address is not one of the web"),
    ({"url": "https://[x"}, "address is not one of the web"),
    ({"salary": Salary("£x", float("nan"), 1.0)}, "not an amount of money"),
    ({"salary": Salary("£x", 1.0, float("inf"))}, "not an amount of money"),
    ({"salary": Salary("£x", -1.0, 1.0)}, "not an amount of money"),
    ({"summary": "x" * 2_000_001}, "characters long"),
]


@pytest.mark.parametrize(("changes", "reason"), FAULTS)
def test_what_cannot_be_stored_is_refused_with_the_reason(
    changes: dict[str, Any], reason: str
) -> None:
    with pytest.raises(RefusedError, match=reason):
        validate_vacancy(vacancy(**changes))
    with pytest.raises(RefusedError, match=reason):
        validate_sighting(sighting(**changes))


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(RefusedError, match="no zone"):
        validate_vacancy(vacancy(fetched_at=datetime(2026, 11, 2)))  # noqa: DTZ001 the point


def test_a_sound_item_stays_as_it_is() -> None:
    assert validate_vacancy(vacancy()) == vacancy()
    assert validate_sighting(sighting()) == sighting()


def test_contacts_are_masked_in_prose_and_specification_but_not_in_addresses() -> None:
    contact = "Ask jo@example.org or 01632 960123"
    valid = validate_vacancy(
        vacancy(
            url="https://jobs.example.org/candidate/jobadvert/01632960123",
            about_employer=contact,
            specification=(
                SpecificationSource("html", f"<p>{contact}</p>", "person specification"),
            ),
        )
    )
    assert valid.about_employer == f"Ask {MAIL} or {TELEPHONE}"
    assert valid.specification[0].content == f"<p>Ask {MAIL} or {TELEPHONE}</p>"
    assert valid.url.endswith("01632960123")


def test_control_characters_are_taken_out() -> None:
    assert validate_vacancy(vacancy(summary="a\x00b\ud800c\nd")).summary == "abc\nd"


@given(st.text(max_size=50))
def test_what_is_kept_of_a_refused_item_is_short_and_without_contacts(text: str) -> None:
    refused = refusal_of(vacancy(title=f"{text} jo@example.org 01632 960123"), "It has no key.")
    assert len(refused.excerpt) <= 500
    assert "jo@example.org" not in refused.excerpt
    assert "960123" not in refused.excerpt


def test_the_pipeline_drops_a_refused_item_with_what_is_kept_of_it() -> None:
    crawler = get_crawler()
    pipeline = ValidatePipeline.from_crawler(crawler)
    with pytest.raises(RefusedItem, match=r"It has no title\.") as raised:
        pipeline.process_item(vacancy(title=""))
    assert raised.value.refusal.reference == vacancy().reference
    assert crawler.stats is not None
    assert crawler.stats.get_value("validate/refused") == 1


def test_the_pipeline_hands_on_both_kinds_of_item() -> None:
    pipeline = ValidatePipeline.from_crawler(get_crawler())
    assert pipeline.process_item(vacancy()) == vacancy()
    assert pipeline.process_item(sighting()) == sighting()
