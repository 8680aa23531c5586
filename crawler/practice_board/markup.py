"""What an advert's values look like in print: texts as HTML, pay, dates and places in words."""

import re
from collections.abc import Callable
from datetime import date

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from crawler.practice_board.adverts import Group, Pay, PracticeAdvert, Site

PERIODS = {"year": "a year", "month": "a month", "session": "a session", "hour": "an hour"}

ATTACHED = Group("Additional Criteria", ("See attached job description and person specification",))

environment = Environment(
    loader=PackageLoader("crawler.practice_board"),
    autoescape=select_autoescape(("html", "xml")),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def to_html(text: str, *, bare_start: bool = False) -> Markup:
    """Return text as an employer pastes it into the board.

    Blocks are parted by empty lines: one that begins with ``<`` is HTML as it stands, one of
    lines that begin with ``- `` is a list, any other a paragraph. With ``bare_start`` the first
    paragraph stands without its ``<p>``, as the board's longer texts do.
    """
    blocks = [_block(block) for block in re.split(r"\n\s*\n", text.strip()) if block]
    if bare_start and blocks and blocks[0].startswith("<p>"):
        blocks[0] = blocks[0].removeprefix("<p>").removesuffix("</p>")
    return Markup("\n").join(Markup(block) for block in blocks)  # noqa: S704 (escaped in _block)


def to_text(text: str) -> str:
    """Return text without markup, as the feed prints it."""
    return " ".join(to_html(text).striptags().split())


def printed_date(day: date) -> str:
    """Return ``1 September 2026``."""
    return f"{day.day} {day:%B %Y}"


def page_salary(pay: Pay) -> str:
    """Return the salary of cards and pages: ``£25,760 to £27,476 a year``."""
    if pay.minimum is None:
        return pay.words
    return f"{_between(pay, _pounds)} {PERIODS[pay.period]}"


def feed_salary(pay: Pay) -> str:
    """Return the salary of the feed: ``£25760.00 to £27476.00``, which names no period."""
    if pay.minimum is None:
        return pay.words
    return _between(pay, "£{:.2f}".format)


def salary_id(pay: Pay) -> str:
    """Return the id under which an advert page prints the salary."""
    if pay.minimum is None:
        return "negotiable_salary"
    return "fixed_salary" if pay.maximum is None else "range_salary"


def feed_place(site: Site, quirks: frozenset[str]) -> str:
    """Return ``Town, POSTCODE`` of the feed."""
    town = site.town.upper() if "upper-case-town" in quirks else site.town
    lead = site.address[:1] if "site-in-place" in quirks else ()
    return ", ".join((*lead, town, site.postcode))


def page_groups(advert: PracticeAdvert) -> tuple[Group, ...]:
    """Return the groups that the board's own person specification shows."""
    if advert.style == "attached":
        return (ATTACHED,)
    if advert.style == "one-bullet":
        return tuple(
            Group(g.group, _in_one(g.essential), _in_one(g.desirable)) for g in advert.specification
        )
    return advert.specification if advert.style == "groups" else ()


def responsibilities(advert: PracticeAdvert) -> Markup:
    """Return the job responsibilities, with the specification where the style puts it there."""
    html = to_html(advert.responsibilities, bare_start=True)
    if advert.style not in {"headings", "marks", "table"}:
        return html
    template = environment.get_template(f"specification_{advert.style}.html")
    return Markup("{}\n{}").format(html, Markup(template.render(advert=advert)))  # noqa: S704


def _block(block: str) -> str:
    lines = [line.strip() for line in block.strip().splitlines()]
    if lines[0].startswith("<"):
        return block.strip()
    if all(line.startswith("- ") for line in lines):
        items = "\n".join(f"<li>{escape(line[2:])}</li>" for line in lines)
        return f"<ul>\n{items}\n</ul>"
    return f"<p>{escape(' '.join(lines))}</p>"


def _in_one(lines: tuple[str, ...]) -> tuple[str, ...]:
    return ("\n".join(f"• {line}" for line in lines),) if lines else ()


def _between(pay: Pay, figure: Callable[[float], str]) -> str:
    ends = (pay.minimum, pay.maximum)
    return " to ".join(figure(end) for end in ends if end is not None)


def _pounds(value: float) -> str:
    return f"£{value:,.2f}".removesuffix(".00")
