"""From the form to the confirmed digest, by the links of real mails."""

from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import func, select

from pipelines.database.subscriber_models import DigestRow, SubscriberRow
from pipelines.subscriptions import CONSENT
from tests.web.conftest import Pages
from tests.web.filling import ANSWERS, confirm, send, stamp, subscribe


def statuses(pages: Pages) -> list[str]:
    with pages.store.reading() as session:
        return list(session.scalars(select(SubscriberRow.status)))


def test_a_digest_begins_when_the_link_of_the_mail_is_confirmed(
    pages: Pages, client: httpx.Client
) -> None:
    assert "Check your email" in subscribe(client).text
    (link,) = pages.links("reader@example.org", "confirm")
    assert statuses(pages) == ["unconfirmed"]
    assert "Your digest has begun" in confirm(client, link).text
    assert statuses(pages) == ["active"]
    with pages.store.reading() as session:
        row = session.scalars(select(SubscriberRow)).one()
        assert row.consent_wording == CONSENT
        assert row.consent_given_by == "web page"
        assert row.confirmed_at is not None
        assert row.profile["bands"] == ["2", "3"]
        assert row.profile["background"]["skills"] == ["communication", "team-working"]
        assert row.profile["background"]["routes"] is None


def test_opening_a_link_changes_nothing(pages: Pages, client: httpx.Client) -> None:
    subscribe(client)
    (link,) = pages.links("reader@example.org", "confirm")
    for _ in range(3):
        assert client.get(link).status_code == 200
    assert statuses(pages) == ["unconfirmed"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"email": "nobody"}, "not an email address"),
        ({"consent": ""}, "Tick the box"),
        ({"place": ""}, "town or postcode area"),
        ({"place": "Atlantis"}, "We do not know where"),
        ({"band": []}, "one thing more"),
        ({"band": ["99"]}, "bands"),
        ({"years": "many"}, "whole number"),
        ({"skill": ["<script>"]}, "skills"),
        ({"words": "x" * 80}, "title words"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    pages: Pages, client: httpx.Client, changes: dict[str, object], told: str
) -> None:
    answer = subscribe(client, **changes)
    assert answer.status_code == 422
    assert told in answer.text
    assert "<title>Error: " in answer.text
    assert "<script>" not in answer.text
    assert ('value="nobody"' if "email" in changes else 'value="reader@example.org"') in answer.text
    assert statuses(pages) == []


def test_nothing_outside_shows_whether_an_address_is_known(
    pages: Pages, client: httpx.Client
) -> None:
    first = subscribe(client)
    (link,) = pages.links("reader@example.org", "confirm")
    confirm(client, link)
    again, other = subscribe(client), subscribe(client, email="other@example.org")
    known = send(client, "/link", email="reader@example.org")
    unknown = send(client, "/link", email="nobody@example.org")
    assert without_stamp(first) == without_stamp(again) == without_stamp(other)
    assert without_stamp(known) == without_stamp(unknown)


def without_stamp(page: httpx.Response) -> str:
    return page.text.split("<main")[1]


def test_asking_again_sends_no_flood_and_a_stranger_changes_nothing(
    pages: Pages, client: httpx.Client
) -> None:
    for _ in range(4):
        subscribe(client)
    (link,) = pages.links("reader@example.org", "confirm", deliveries=4)
    confirm(client, link)
    subscribe(client, band=["9"])
    pages.wait(5)
    with pages.store.reading() as session:
        assert session.scalars(select(SubscriberRow)).one().profile["bands"] == ["2", "3"]
        assert session.scalar(select(func.count()).select_from(DigestRow)) == 1


def test_a_form_of_another_site_is_refused(pages: Pages, client: httpx.Client) -> None:
    page = client.get("/subscribe")
    form = {"form": stamp(page), **ANSWERS}
    elsewhere = client.post("/subscribe", data=form, headers={"Sec-Fetch-Site": "cross-site"})
    assert elsewhere.status_code == 403
    with httpx.Client(base_url=pages.url) as other_browser:
        assert other_browser.post("/subscribe", data=form).status_code == 403
    assert client.post("/subscribe", data=ANSWERS).status_code == 403
    assert statuses(pages) == []


def test_too_many_requests_are_turned_away(pages: Pages, client: httpx.Client) -> None:
    codes = [send(client, "/link", email="nobody@example.org").status_code for _ in range(21)]
    assert codes[:20] == [200] * 20
    assert codes[20] == 429


def test_a_wide_search_is_warned_of_and_can_be_had(
    pages: Pages, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.subscribing.MANY_A_WEEK", 1)
    warned = subscribe(client)
    assert "2 vacancies of the last week match it" in warned.text
    assert statuses(pages) == []
    assert "Check your email" in subscribe(client, wide="yes").text


def test_a_body_without_end_is_refused(client: httpx.Client) -> None:
    page = client.get("/subscribe")
    long = client.post("/subscribe", data={"form": stamp(page), "words": "x" * 70_000})
    assert long.status_code == 413

    def chunks() -> Iterator[bytes]:
        yield b"form=x"

    assert client.post("/subscribe", content=chunks()).status_code == 411
