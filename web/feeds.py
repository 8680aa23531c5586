"""Feeds of a search, for who wants no mail: nothing about the reader is kept."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse

from personspec.exceptions import UsageError
from pipelines.mail.headers import one_line
from pipelines.outputs.digest import sentences
from pipelines.outputs.digest.compose import Entry
from pipelines.seekers.filters import distance_to, passes
from pipelines.seekers.profile import Profile
from pipelines.seekers.types import OpenVacancy
from web.context import site_of
from web.site import Site

MOST = 50
"""Vacancies in one feed, the newest."""

router = APIRouter()

TheSite = Annotated[Site, Depends(site_of)]


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One vacancy of a feed."""

    id: str
    """Stays the same for ever, so that a reader sees each vacancy once."""

    title: str
    url: str
    summary: str
    published: str
    published_rfc822: str


@dataclass(frozen=True, slots=True)
class Feed:
    """The newest vacancies of a search."""

    title: str
    subtitle: str
    id: str
    url: str
    home: str
    author: str
    updated: str
    entries: tuple[FeedEntry, ...]


@router.get("/feeds")
def feeds(request: Request, site: TheSite) -> HTMLResponse:
    """Show the form that makes a feed's address."""
    return site.page(request, "feeds.html", "Feeds without email", f=site.forms.empty())


@router.get("/feed.atom")
def atom(request: Request, site: TheSite) -> Response:
    """Answer a search as Atom."""
    return _answer(request, site, "feed.atom.xml", "application/atom+xml")


@router.get("/feed.rss")
def rss(request: Request, site: TheSite) -> Response:
    """Answer a search as RSS 2.0."""
    return _answer(request, site, "feed.rss.xml", "application/rss+xml")


def _answer(request: Request, site: Site, template: str, kind: str) -> Response:
    form = site.forms.typed(request.query_params)
    try:
        profile = form.profile()
    except UsageError as error:
        return site.page(
            request, "feeds.html", "Feeds without email", status=422, f=form, error=str(error)
        )
    body = site.text(template, feed=_feed(request, site, profile))
    return Response(
        body,
        media_type=f"{kind}; charset=utf-8",
        headers={"Cache-Control": "public, max-age=1800"},
    )


def _feed(request: Request, site: Site, profile: Profile) -> Feed:
    offer, base = site.press().offer, site.identity.web_url
    found = [one for one in offer.index.candidates(profile) if passes(one, profile)]
    found.sort(key=lambda one: (one.first_seen, one.id), reverse=True)
    newest = max((one.first_seen for one in found), default=datetime(2026, 1, 1, tzinfo=UTC))
    address = f"{base}{request.url.path}?{request.url.query}"
    return Feed(
        title="Health-records vacancies",
        subtitle=f"{sentences.search_in_words(profile)} This is not an NHS service; the advert "
        "decides.",
        id=address,
        url=address,
        home=base,
        author=site.identity.name,
        updated=newest.isoformat(timespec="seconds"),
        entries=tuple(_entry(one, profile, site) for one in found[:MOST]),
    )


def _entry(vacancy: OpenVacancy, profile: Profile, site: Site) -> FeedEntry:
    entry = Entry(vacancy, "new", "new", miles=distance_to(vacancy, profile))
    lasting = sentences.lasting_facts(vacancy, site.press().offer.today)
    facts = sentences.facts(entry, profile, lasting)
    domain = site.identity.domain
    return FeedEntry(
        id=f"tag:{domain},2026:vacancy/{vacancy.id}",
        title=one_line(vacancy.title),
        url=sentences.web_address(vacancy.url),
        summary="; ".join(facts),
        published=vacancy.first_seen.isoformat(timespec="seconds"),
        published_rfc822=format_datetime(vacancy.first_seen),
    )
