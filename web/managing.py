"""Pages of a digest's own reader, reached by the signed links in the mails."""

import json
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import FormData

from personspec.exceptions import UsageError
from pipelines.database.readers import Known, find_known, find_vacancy, told_in
from pipelines.mail.headers import one_line
from pipelines.outputs.digest.compose import Entry
from pipelines.outputs.digest.sentences import search_in_words
from pipelines.seekers.filters import distance_to
from pipelines.seekers.score import Asked, Reader, score
from pipelines.seekers.subscription import WEEKDAYS
from pipelines.seekers.wording import long_date
from web.answers import dead_link
from web.context import any_form_of, form_of, site_of
from web.forms import SearchForm
from web.site import Site

router = APIRouter()

Posted = Annotated[FormData, Depends(form_of)]
AnyPosted = Annotated[FormData, Depends(any_form_of)]
TheSite = Annotated[Site, Depends(site_of)]
Token = Annotated[str, Query(max_length=1000)]

BACK = "Your details are kept for 30 days, in case you change your mind, and then deleted."


@router.get("/manage")
def manage_form(request: Request, site: TheSite, token: Token = "", done: str = "") -> HTMLResponse:
    """Show what a reader has asked for."""
    known = _known(site, "manage", token)
    words = {"saved": "Saved.", "paused": "Paused.", "active": "Your digest goes on."}
    form = site.forms.of(known.subscription)
    return _manage_page(request, site, known, token, form, done=words.get(done, ""))


@router.post("/manage")
def manage(request: Request, site: TheSite, posted: Posted) -> Response:
    """Keep what a reader asks for from now on."""
    token = str(posted.get("token", ""))
    known = _known(site, "manage", token)
    form = site.forms.typed(posted)
    try:
        subscription = form.subscription()
    except UsageError as error:
        return _manage_page(request, site, known, token, form, error=str(error))
    if not site.subscriptions.change(known.key, subscription, site.now()):
        raise dead_link()
    return _back_to_manage(token, "saved")


@router.post("/keep")
def keep(site: TheSite, posted: Posted) -> Response:
    """Note that a silent reader still wants the digest."""
    token = str(posted.get("token", ""))
    key, *_ = site.key_of("manage", token)
    if not site.subscriptions.still_here(key, site.now()):
        raise dead_link()
    return _back_to_manage(token, "active")


@router.post("/pause")
def pause(site: TheSite, posted: Posted) -> Response:
    """Send nothing until the reader says so."""
    return _move(site, posted, "paused")


@router.post("/resume")
def resume(site: TheSite, posted: Posted) -> Response:
    """Send again."""
    return _move(site, posted, "active")


@router.get("/unsubscribe")
def unsubscribe_form(request: Request, site: TheSite, token: Token = "") -> HTMLResponse:
    """Ask whether to stop: opening the link does not, scanners open links."""
    _known(site, "unsubscribe", token)
    return site.page(
        request,
        "action.html",
        "Stop the digest",
        paragraphs=("We will send you no more digests. " + BACK,),
        action="/unsubscribe",
        token=token,
        buttons=(("", "", "Stop the digest"),),
        links=(),
    )


@router.post("/unsubscribe")
def unsubscribe(
    request: Request, site: TheSite, posted: AnyPosted, token: Token = ""
) -> HTMLResponse:
    """Stop the digest: by our form, or by the one click of a mail program (RFC 8058)."""
    if posted.get("List-Unsubscribe") != "One-Click":
        site.guard.check(request, str(posted.get("form", "")))
        token = str(posted.get("token", ""))
    key, *_ = site.key_of("unsubscribe", token)
    if not site.subscriptions.move_to(key, "unsubscribed", site.now()):
        raise dead_link()
    # No token here: an old mail, which others may hold, must open nothing but the way out. Who
    # wants the digest back shows by a new mail that the mailbox is still theirs.
    return site.message(
        request,
        "The digest has stopped",
        "You will get no more of it. " + BACK,
        links=(("It was a mistake: send me the link to start it again", "/link"),),
    )


@router.get("/forget")
def forget_form(request: Request, site: TheSite, token: Token = "") -> HTMLResponse:
    """Ask whether to erase everything."""
    _known(site, "manage", token)
    return site.page(
        request,
        "action.html",
        "Stop the digest and forget me",
        paragraphs=(
            (
                "We erase your address, your answers and every digest at once. What stays is a "
                "code made from your address with a secret key, so that nothing is sent to it by "
                "mistake; your address cannot be read from it. This cannot be undone."
            ),
        ),
        action="/forget",
        token=token,
        buttons=(("", "", "Erase everything"),),
        links=(("Back", f"/manage?token={token}"),),
    )


@router.post("/forget")
def forget(request: Request, site: TheSite, posted: Posted) -> HTMLResponse:
    """Erase everything."""
    key, *_ = site.key_of("manage", str(posted.get("token", "")))
    if not site.subscriptions.erase(key, site.now()):
        raise dead_link()
    return site.message(request, "You are forgotten", "Everything is erased, and no mail follows.")


@router.get("/export")
def export(site: TheSite, token: Token = "") -> Response:
    """Hand out everything that is kept of a reader."""
    key, *_ = site.key_of("manage", token)
    kept = site.subscriptions.export(key)
    if kept is None:
        raise dead_link()
    return Response(
        json.dumps(kept, indent=2, ensure_ascii=False),
        media_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="personspec-digest.json"'},
    )


@router.get("/preview")
def preview(request: Request, site: TheSite, token: Token = "") -> HTMLResponse:
    """Show the next digest; nothing is sent, and nothing counts as told."""
    known = _known(site, "manage", token)
    press = site.press()
    view = press.view(known.addressee, press.offer.today)
    title = "Your next digest" if view is None else f"Your next digest: {view.lead}"
    return site.page(request, "preview.html", title, view=view, token=token)


@router.get("/more")
def more(request: Request, site: TheSite, token: Token = "") -> HTMLResponse:
    """Show everything that one digest found."""
    key, period = _pair(site, "more", token)
    store = site.subscriptions.store
    known, told = find_known(store, key), told_in(store, key, period)
    if known is None or not told:
        raise dead_link()
    press, reader = site.press(), Reader(known.subscription.profile, known.addressee.rated)
    entries = [
        press.writer.entry_view(
            Entry(
                vacancy,
                "new",
                item.reason,
                score=score(Asked(vacancy), reader, press.offer.today),
                miles=distance_to(vacancy, reader.profile),
            ),
            reader,
            site.identity.links(key),
        )
        for item, vacancy in told
    ]
    of = "of" if known.subscription.frequency == "daily" else "for the week from"
    title = f"All that your digest {of} {long_date(date.fromisoformat(period))} found"
    return site.page(request, "more.html", title, entries=entries)


@router.get("/feedback")
def feedback_form(request: Request, site: TheSite, token: Token = "") -> HTMLResponse:
    """Ask whether a vacancy was relevant."""
    key, number = _pair(site, "feedback", token)
    vacancy = find_vacancy(site.subscriptions.store, int(number))
    if vacancy is None or find_known(site.subscriptions.store, key) is None:
        raise dead_link()
    return site.page(
        request,
        "action.html",
        "Was this vacancy relevant?",
        paragraphs=(
            one_line(f"{vacancy.title}, {vacancy.employer}"),
            (
                "Your answer changes the order of your next digests. We will not tell you again "
                "of a vacancy that is not relevant."
            ),
        ),
        action="/feedback",
        token=token,
        buttons=(("relevant", "yes", "Relevant"), ("relevant", "no", "Not relevant")),
        links=(),
    )


@router.post("/feedback")
def feedback(request: Request, site: TheSite, posted: Posted) -> HTMLResponse:
    """Keep what the reader said."""
    key, number = _pair(site, "feedback", str(posted.get("token", "")))
    vacancy = find_vacancy(site.subscriptions.store, int(number))
    relevant = posted.get("relevant") == "yes"
    if vacancy is None or not site.subscriptions.say_relevance(
        key, vacancy.id, relevant=relevant, now=site.now()
    ):
        raise dead_link()
    return site.message(request, "Thank you", "Your next digests are ordered by what you said.")


def _known(site: Site, purpose: str, token: str) -> Known:
    key, *_ = site.key_of(purpose, token)
    known = find_known(site.subscriptions.store, key)
    if known is None:
        raise dead_link()
    return known


def _move(site: Site, posted: FormData, status: str) -> Response:
    token = str(posted.get("token", ""))
    key, *_ = site.key_of("manage", token)
    if not site.subscriptions.move_to(key, status, site.now()):  # type: ignore[arg-type]
        raise dead_link()
    return _back_to_manage(token, status)


def _back_to_manage(token: str, done: str) -> Response:
    # See other: loading the page again must not send the form again.
    return RedirectResponse(f"/manage?token={token}&done={done}", status_code=303)


def _manage_page(
    request: Request,
    site: Site,
    known: Known,
    token: str,
    form: SearchForm,
    **said: str,
) -> HTMLResponse:
    paused = known.status == "paused"
    return site.page(
        request,
        "manage.html",
        "Your digest",
        status=422 if said.get("error") else 200,
        f=form,
        token=token,
        leave=site.identity.tokens.make("unsubscribe", known.key),
        state=_state(known),
        asked=known.asked_still_wanted,
        switch="resume" if paused or known.status != "active" else "pause",
        switch_label="Go on sending" if paused or known.status != "active" else "Pause",
        **{"done": "", **said},
    )


def _state(known: Known) -> str:
    subscription = known.subscription
    often = (
        "every day when there is news"
        if subscription.frequency == "daily"
        else f"on {WEEKDAYS[subscription.weekday]}s when there is news"
    )
    state = {
        "active": f"It is sent {often}.",
        "paused": "It is paused: nothing is sent.",
        "unsubscribed": "It has ended: nothing is sent.",
        "unconfirmed": "It is not confirmed yet: open the link in the first mail.",
    }[known.status]
    return f"{search_in_words(subscription.profile)} {state}"


def _pair(site: Site, purpose: str, token: str) -> tuple[str, str]:
    """Return the subscriber and the thing that a link names."""
    key, thing = site.key_of(purpose, token)
    return key, thing
