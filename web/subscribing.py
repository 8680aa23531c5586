"""Pages before there is a digest: ask for one, confirm it, get a link to it."""

from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends, Query, Request
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData

from personspec.exceptions import UsageError
from pipelines.database.readers import find_known
from pipelines.mail.addresses import checked_address
from pipelines.outputs.digest.press import MANY_A_WEEK
from pipelines.subscriptions import CONSENT
from web.answers import dead_link
from web.context import form_of, site_of
from web.forms import SearchForm
from web.security import MAILING
from web.site import Site

router = APIRouter()

Posted = Annotated[FormData, Depends(form_of)]
TheSite = Annotated[Site, Depends(site_of)]
Token = Annotated[str, Query(max_length=1000)]

CHECK_YOUR_MAIL = (
    (
        "We have sent a mail to that address, if we may write to it. Open the link in it within 7 "
        "days."
    ),
    "If there is none within ten minutes, look in the junk folder, and check the address.",
)


NO_CONSENT = "Tick the box below your address, if you agree: without it we may not write to you."
WIDE = "Your search is wide: look at the end of “How often”."


@router.get("/")
def start(request: Request, site: TheSite) -> HTMLResponse:
    """Say what this is."""
    return site.page(request, "start.html", "Vacancies that say what you meet")


@router.get("/subscribe")
def subscribe_form(request: Request, site: TheSite) -> HTMLResponse:
    """Show the form."""
    return _subscribe_page(request, site, site.forms.empty())


@router.post("/subscribe")
def subscribe(
    request: Request, site: TheSite, posted: Posted, tasks: BackgroundTasks
) -> HTMLResponse:
    """Take a request; whether the address is known shows neither in words nor in time."""
    site.limits.check(request, MAILING, "mailing")
    form = site.forms.typed(posted)
    try:
        subscription = form.subscription()
        email = checked_address(form.email)
    except UsageError as error:
        return _subscribe_page(request, site, form, error=str(error))
    if not form.consent:
        return _subscribe_page(request, site, form, error=NO_CONSENT)
    too_many = site.press().new_in_a_week(subscription.profile)
    if too_many > MANY_A_WEEK and posted.get("wide") != "yes":
        return _subscribe_page(request, site, form.warned(too_many), error=WIDE)

    def ask() -> None:
        site.subscriptions.ask(email, subscription, "web page", site.now())
        site.deliver()

    tasks.add_task(ask)
    return site.message(request, "Check your email", *CHECK_YOUR_MAIL)


@router.get("/confirm")
def confirm_form(request: Request, site: TheSite, token: Token = "") -> HTMLResponse:
    """Ask for the confirmation: opening a link must not be one, scanners open links."""
    key, *_ = site.key_of("confirm", token)
    if find_known(site.subscriptions.store, key) is None:
        raise dead_link()
    return site.page(
        request,
        "action.html",
        "Confirm your digest",
        paragraphs=(CONSENT,),
        action="/confirm",
        token=token,
        buttons=(("", "", "Yes, send me the digest"),),
        links=(),
    )


@router.post("/confirm")
def confirm(request: Request, site: TheSite, posted: Posted) -> HTMLResponse:
    """Start the digest."""
    key, *_ = site.key_of("confirm", str(posted.get("token", "")))
    if not site.subscriptions.confirm(key, site.now()):
        raise dead_link()
    manage = site.identity.links(key).manage.removeprefix(site.identity.web_url)
    return site.message(
        request,
        "Your digest has begun",
        "The first one comes when there is something to say. Each mail has a link to change or "
        "stop it.",
        links=(("See or change your digest", manage),),
    )


@router.get("/link")
def link_form(request: Request, site: TheSite) -> HTMLResponse:
    """Show the form that asks for a link."""
    return site.page(request, "link.html", "Change, pause or stop your digest", email="")


@router.post("/link")
def link(request: Request, site: TheSite, posted: Posted, tasks: BackgroundTasks) -> HTMLResponse:
    """Send the link, if there is a digest."""
    site.limits.check(request, MAILING, "mailing")
    typed = str(posted.get("email", ""))[:254]
    try:
        email = checked_address(typed)
    except UsageError as error:
        return site.page(
            request,
            "link.html",
            "Change, pause or stop your digest",
            status=422,
            email=typed,
            error=str(error),
        )

    def ask() -> None:
        site.subscriptions.ask_for_link(email, site.now())
        site.deliver()

    tasks.add_task(ask)
    return site.message(
        request,
        "Check your email",
        "If that address has a digest, we have sent the link to it.",
        "If there is none within ten minutes, look in the junk folder, and check the address.",
    )


def _subscribe_page(
    request: Request, site: Site, form: SearchForm, *, error: str = ""
) -> HTMLResponse:
    return site.page(
        request,
        "subscribe.html",
        "Ask for a digest",
        status=422 if error else 200,
        f=form,
        consent=CONSENT,
        error=error,
    )
