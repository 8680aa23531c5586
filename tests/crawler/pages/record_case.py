"""Record a case from a saved page that may be published: our own, never a real advert.

``python -m tests.crawler.pages.record_case NAME PAGE URL FILE [--query Q] [--personal TEXT …]``
writes ``cases/NAME``. PAGE is the page object's class, of a listing or an advert. Read the item
that it writes: what is recorded is what the test will demand from then on.
"""

import argparse
import json
import shutil
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from scrapy.utils.misc import load_object

from crawler.exceptions import CrawlError
from crawler.pages.page import ListPage

CASES = Path(__file__).with_name("cases")
OF_DOCUMENTS = frozenset({"data", "sha256", "problem", "is_pending"})
FETCHED_AT = "2026-11-02T06:10:00+00:00"


def page_of(case: Path) -> str:
    """Return the page of a case: ``page.html``, ``page.xml`` or ``page.json``."""
    (page,) = case.glob("page.*")
    return page.read_text("utf-8")


def meta_of(case: Path) -> dict[str, Any]:
    """Return what a case is: its page class, address, query and the personal texts in it."""
    meta: dict[str, Any] = json.loads((case / "meta.json").read_text("utf-8"))
    return meta


def expected_of(case: Path) -> Any:
    """Return what the page of a case must give."""
    return json.loads((case / "item.json").read_text("utf-8"))


def item_of(case: Path) -> Any:
    """Return what the page of a case gives, as plain JSON values: an item, a listing, an error."""
    meta = meta_of(case)
    page = load_object(meta["page"])
    try:
        if issubclass(page, ListPage):
            found = page(meta["url"], page_of(case), meta["query"]).to_listing()
        else:
            fetched_at = datetime.fromisoformat(FETCHED_AT)
            found = page(meta["url"], page_of(case), fetched_at).to_item()
    except CrawlError as error:
        return {"raises": type(error).__name__, "says": str(error)}
    return json.loads(json.dumps(asdict(found, dict_factory=_as_parsed), default=str))


def _as_parsed(fields: list[tuple[str, Any]]) -> dict[str, Any]:
    """Leave out what a page cannot know: what became of the documents that it links."""
    return {name: value for name, value in fields if name not in OF_DOCUMENTS}


def write_item(case: Path) -> None:
    """Write what the page of a case gives as what it must give."""
    item = json.dumps(item_of(case), indent=2, ensure_ascii=False)
    (case / "item.json").write_text(item + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Record a case.")
    for name in ("name", "page", "url", "file"):
        parser.add_argument(name)
    parser.add_argument("--query", default="", help="what a listing was asked for")
    parser.add_argument("--personal", nargs="*", default=[], help="texts that must not get out")
    given = parser.parse_args()
    case = CASES / given.name
    case.mkdir(parents=True)
    shutil.copy(given.file, case / f"page{Path(given.file).suffix}")
    meta = {name: getattr(given, name) for name in ("page", "url", "query", "personal")}
    (case / "meta.json").write_text(json.dumps(meta, indent=2, ensure_ascii=False) + "\n", "utf-8")
    write_item(case)


if __name__ == "__main__":
    main()
