"""A reader's own pages, by the links of real mails."""

from datetime import UTC, datetime, timedelta

import httpx
from sqlalchemy import select

from pipelines.database.subscriber_models import (
    DigestRow,
    FeedbackRow,
    SubscriberRow,
    SuppressionRow,
)
from pipelines.outputs.digest.press import queue_due
from tests.web.conftest import CATALOGUE, READER, Pages
from tests.web.filling import ANSWERS, send, stamp

PATHS = ("manage", "unsubscribe", "forget", "export", "preview", "more", "feedback", "confirm")


def row(pages: Pages) -> SubscriberRow:
    with pages.store.reading() as session:
        found = session.scalars(select(SubscriberRow)).one()
        session.expunge(found)
        return found


def token(link: str) -> str:
    return link.partition("token=")[2]


def forget_when_mails_went_out(pages: Pages) -> None:
    """Somebody may ask for another mail at once."""
    with pages.store.writing() as session:
        for mail in session.scalars(select(DigestRow)):
            mail.created_at -= timedelta(hours=1)


def act(client: httpx.Client, link: str, path: str, **typed: object) -> httpx.Response:
    page = client.get(link)
    return client.post(path, data={"form": stamp(page), "token": token(link), **typed})


def test_a_digest_can_be_changed(reader: Pages, client: httpx.Client) -> None:
    (link,) = reader.links(READER, "manage")
    page = client.get(link)
    assert 'value="Leeds"' in page.text
    assert page.text.count("checked") >= 6
    changed = act(client, link, "/manage", **(ANSWERS | {"band": ["7"], "frequency": "weekly"}))
    assert "Saved." in changed.text
    assert row(reader).profile["bands"] == ["7"]
    assert row(reader).frequency == "weekly"


def test_a_wrong_change_is_told_and_not_kept(reader: Pages, client: httpx.Client) -> None:
    (link,) = reader.links(READER, "manage")
    answer = act(client, link, "/manage", **(ANSWERS | {"place": "Atlantis"}))
    assert answer.status_code == 422
    assert "We do not know where" in answer.text
    assert row(reader).profile["place"] == "Leeds"


def test_a_digest_can_be_paused_and_goes_on(reader: Pages, client: httpx.Client) -> None:
    (link,) = reader.links(READER, "manage")
    assert "It is paused" in act(client, link, "/pause").text
    assert row(reader).status == "paused"
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    assert queue_due(reader.store, CATALOGUE, reader.site.identity, tomorrow).queued == 0
    assert "It is sent every day" in act(client, link, "/resume").text


def test_a_silent_reader_who_is_asked_can_keep_the_digest(
    reader: Pages, client: httpx.Client
) -> None:
    year = datetime.now(UTC) + timedelta(days=370)
    assert reader.site.subscriptions.keep_or_ask(year).asked == 1
    link = reader.links(READER, "manage")[0]
    assert "Do you still want the digest?" in client.get(link).text
    assert row(reader).still_wanted_asked_at is not None
    assert "Your digest goes on." in act(client, link, "/keep").text
    assert row(reader).still_wanted_asked_at is None


def test_one_click_of_a_mail_program_stops_it_and_a_scanner_does_not(reader: Pages) -> None:
    (link,) = reader.links(READER, "unsubscribe")
    with httpx.Client() as program:  # no cookie, no page opened before
        assert program.get(link).status_code == 200
        assert program.head(link).status_code == 405
        assert row(reader).status == "active"
        answer = program.post(link, data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert row(reader).status == "unsubscribed"
        assert program.post(link, data={"List-Unsubscribe": "One-Click"}).status_code == 200


def test_the_header_holds_the_link_that_acts(reader: Pages) -> None:
    message = reader.boxes.messages()[-1]
    (link,) = reader.links(READER, "unsubscribe")
    assert message["List-Unsubscribe"] == f"<{link}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_visible_link_stops_it_and_a_mistake_is_undone_by_a_new_mail(
    reader: Pages, client: httpx.Client
) -> None:
    forget_when_mails_went_out(reader)
    (link,) = reader.links(READER, "unsubscribe")
    page = act(client, link, "/unsubscribe")
    assert "The digest has stopped" in page.text
    assert '<a href="/link">It was a mistake' in page.text
    send(client, "/link", email=READER)
    new_link = reader.links(READER, "manage", deliveries=3)[-1]
    assert "It is sent every day" in act(client, new_link, "/resume").text
    assert row(reader).status == "active"


def test_the_page_of_all_that_was_found_says_how_well_each_suits(
    reader: Pages, client: httpx.Client
) -> None:
    with reader.store.reading() as session:
        (period,) = session.scalars(select(DigestRow.period).filter_by(kind="digest"))
    text = client.get(reader.site.identity.links(row(reader).key).more(period)).text
    assert "All that your digest of " in text
    fits = [int(part.partition(" of 100")[0]) for part in text.split("Fit: ")[1:]]
    assert len(fits) == 2
    assert min(fits) > 0


def test_everything_kept_is_handed_out(reader: Pages, client: httpx.Client) -> None:
    (link,) = reader.links(READER, "manage")
    kept = client.get(link.replace("/manage", "/export")).json()
    assert kept["email"] == READER
    assert kept["consent"]["wording"].startswith("I want an email digest")
    assert [mail["kind"] for mail in kept["mails"]] == ["confirmation", "digest"]
    assert len(kept["mails"][1]["vacancies"]) == 2


def test_who_is_forgotten_leaves_a_hash_and_no_link_works(
    reader: Pages, client: httpx.Client
) -> None:
    (link,) = reader.links(READER, "manage")
    forget = link.replace("/manage", "/forget")
    assert "You are forgotten" in act(client, forget, "/forget").text
    with reader.store.reading() as session:
        assert session.scalars(select(SubscriberRow)).all() == []
        assert session.scalars(select(DigestRow)).all() == []
        (suppression,) = session.scalars(select(SuppressionRow))
        assert suppression.reason == "erased"
    for name in ("manage", "unsubscribe", "feedback"):
        for old in reader.links(READER, name):
            assert client.get(old).status_code == 404
    assert client.get(forget).status_code == 404


def test_the_next_digest_can_be_seen_without_being_told(
    reader: Pages, client: httpx.Client
) -> None:
    (link,) = reader.links(READER, "manage")
    preview = link.replace("/manage", "/preview")
    assert "nothing new for you today" in client.get(preview).text
    with reader.store.writing() as session:
        session.delete(session.scalars(select(DigestRow).filter_by(kind="digest")).one())
    assert "2 new vacancies for you" in client.get(preview).text
    assert "Health Records Clerk X1" in client.get(preview).text


def test_what_was_not_relevant_is_not_told_again(reader: Pages, client: httpx.Client) -> None:
    first, second = reader.links(READER, "feedback")
    assert "Health Records Clerk X" in client.get(first).text
    act(client, first, "/feedback", relevant="no")
    act(client, second, "/feedback", relevant="yes")
    with reader.store.reading() as session:
        said = [feedback.relevant for feedback in session.scalars(select(FeedbackRow))]
    assert sorted(said) == [False, True]


def test_a_link_of_another_purpose_does_not_work(reader: Pages, client: httpx.Client) -> None:
    tokens, key = reader.site.identity.tokens, row(reader).key
    confirm_token, manage_token = tokens.make("confirm", key), tokens.make("manage", key)
    for path in PATHS:
        other = manage_token if path == "confirm" else confirm_token
        for bad in (other, "", "forged", "x" * 2000):
            assert client.get(f"/{path}?token={bad}").status_code in {404, 422}


def test_all_pages_are_guarded(reader: Pages, client: httpx.Client) -> None:
    (link,) = reader.links(READER, "manage")
    for path in ("/", "/subscribe", "/link", "/feeds", "/privacy", "/nowhere", link):
        answer = client.get(path)
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "script" not in answer.headers["content-security-policy"]
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        cookie = answer.headers.get("set-cookie", "")
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert "not an NHS service" in answer.text
        assert "the advert decides" in answer.text
        assert "<script" not in answer.text


def test_a_link_to_a_page_can_be_asked_for(reader: Pages, client: httpx.Client) -> None:
    forget_when_mails_went_out(reader)
    send(client, "/link", email=READER)
    assert len(reader.links(READER, "manage", deliveries=3)) == 2
