"""What the pages are handed: the site, and a form that our own page has sent."""

from typing import cast

from fastapi import Request
from starlette.datastructures import FormData

from web.security import WRITING
from web.site import Site


def site_of(request: Request) -> Site:
    """Return the site that the app was made for."""
    return cast(Site, request.app.state.site)


async def any_form_of(request: Request) -> FormData:
    """Return a posted form, whoever sent it; to be used only where a token says who may."""
    site_of(request).limits.check(request, WRITING, "writing")
    return await request.form(max_files=0, max_fields=200)


async def form_of(request: Request) -> FormData:
    """Return a form that one of our pages has sent; raise PageError for any other."""
    form = await any_form_of(request)
    site_of(request).guard.check(request, str(form.get("form", "")))
    return form
