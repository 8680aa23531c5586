"""The short mails: confirm, here is your link, do you still want this."""

from dataclasses import dataclass
from datetime import date

from pipelines.mail.identity import Identity
from pipelines.mail.links import Links
from pipelines.mail.message import Letter
from pipelines.outputs.digest.render import render_letter
from pipelines.seekers.wording import long_date


@dataclass(frozen=True, slots=True)
class Notice:
    """A mail of a few sentences with one thing to do."""

    heading: str
    before: tuple[str, ...]
    """Paragraphs before the link."""

    action: str
    """What the link does."""

    url: str
    after: tuple[str, ...] = ()


def confirmation(identity: Identity, links: Links, search: str) -> Letter:
    """Return the mail that asks to confirm a subscription."""
    return _letter(
        identity,
        "Confirm that you want this digest",
        Notice(
            "Please confirm your digest",
            (
                (
                    "Somebody, we hope you, asked for an email digest of NHS health-records "
                    "vacancies at this address."
                ),
                search,
            ),
            "Confirm that you want it",
            links.confirm,
            (
                (
                    "The link works for 7 days. If it was not you, do nothing: you will get no "
                    "digest, and we delete your address after 7 days."
                ),
            ),
        ),
    )


def link_asked_for(identity: Identity, links: Links) -> Letter:
    """Return the mail with the link to somebody's own page."""
    return _letter(
        identity,
        "Your link to change your digest",
        Notice(
            "Change, pause or stop your digest",
            ("Somebody, we hope you, asked for the link to your digest’s page.",),
            "Open your page",
            links.manage,
            (
                (
                    "Whoever has this link can change your digest, so do not pass it on. If it was "
                    "not you, you need do nothing."
                ),
            ),
        ),
    )


def still_wanted(identity: Identity, links: Links, deleted_on: date) -> Letter:
    """Return the mail that asks a silent reader whether to go on."""
    return _letter(
        identity,
        "Do you still want your digest?",
        Notice(
            "Do you still want your digest?",
            (
                (
                    "We have had no sign from you for a year, and do not want to keep your details "
                    "for longer than you need them."
                ),
            ),
            "Keep my digest",
            links.manage,
            (
                (
                    f"If we do not hear from you, we stop the digest and delete your details on "
                    f"{long_date(deleted_on)}."
                ),
            ),
        ),
        unsubscribe=links.unsubscribe,
    )


def _letter(identity: Identity, subject: str, notice: Notice, *, unsubscribe: str = "") -> Letter:
    letter = render_letter("notice", subject, contact=identity.contact, notice=notice)
    return Letter(letter.subject, letter.text, letter.html, unsubscribe)
