"""The app that serves the pages."""

from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from personspec.exceptions import UsageError
from web import feeds, managing, privacy, subscribing
from web.answers import PageError
from web.security import READING, add_headers, check_size
from web.site import HERE, Site


def create_app(site: Site) -> FastAPI:
    """Return the app of a site; it keeps nothing but the site's own state."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.state.site = site
    app.mount("/static", StaticFiles(directory=HERE / "static"))
    for part in (subscribing, managing, feeds, privacy):
        app.include_router(part.router)
    app.middleware("http")(_guard)
    app.exception_handler(PageError)(_page_error)
    app.exception_handler(UsageError)(_usage_error)
    app.exception_handler(HTTPException)(_http_error)
    app.exception_handler(RequestValidationError)(_unreadable)
    return app


async def _guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    site: Site = request.app.state.site
    try:
        site.limits.check(request, READING, "reading")
        check_size(request)
        response = await call_next(request)
    except PageError as error:
        response = await _page_error(request, error)
    return add_headers(response, public=site.public)


async def _page_error(request: Request, error: Exception) -> HTMLResponse:
    assert isinstance(error, PageError)
    site: Site = request.app.state.site
    page = site.message(request, error.title, error.text)
    page.status_code = error.status
    return page


async def _usage_error(request: Request, error: Exception) -> HTMLResponse:
    return await _page_error(request, PageError(422, "That does not work", str(error)))


async def _http_error(request: Request, error: Exception) -> HTMLResponse:
    assert isinstance(error, HTTPException)
    text = "Check the address, or begin at the start page."
    title = "There is no such page" if error.status_code == 404 else "That does not work"
    return await _page_error(request, PageError(error.status_code, title, text))


async def _unreadable(request: Request, error: Exception) -> HTMLResponse:
    del error
    return await _page_error(request, PageError(422, "That does not work", "Check the address."))
