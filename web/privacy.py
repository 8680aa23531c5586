"""The page that says what is kept."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from web.context import site_of
from web.site import Site

router = APIRouter()

TheSite = Annotated[Site, Depends(site_of)]


@router.get("/privacy")
def privacy(request: Request, site: TheSite) -> HTMLResponse:
    """Say what is kept, why and how long."""
    return site.page(request, "privacy.html", "What we keep")
