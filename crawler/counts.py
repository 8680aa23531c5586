"""The figures of a run that tell a healthy crawl from another; crawler/checks.py reads them."""

from collections.abc import Iterator

from crawler.items import Vacancy

_FIELDS = ("closing_date", "salary", "places", "contract_type_raw", "specification")
"""What nearly every advert has: many without one of them mean a changed page."""


def figures_of(vacancy: Vacancy) -> Iterator[str]:
    """Yield the names of the figures that an advert adds one to."""
    yield "adverts/read"
    for field in _FIELDS:
        if not getattr(vacancy, field):
            yield f"adverts/without/{field}"
    for block in vacancy.empty_blocks:
        yield f"adverts/empty_block/{block}"
