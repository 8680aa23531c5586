"""Record a case: ``python -m tests.crawler.pages.record_case NAME PAGE URL FILE``.

Writes ``cases/NAME`` from a saved page that may be published (our own, never a real advert).
Read the item it writes: what is recorded is what the test will demand from then on.
"""

import json
import shutil
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from scrapy.utils.misc import load_object

CASES = Path(__file__).with_name("cases")
OF_DOCUMENTS = frozenset({"data", "sha256", "problem", "is_pending"})
FETCHED_AT = "2026-11-02T06:10:00+00:00"


def item_of(case: Path) -> Any:
    """Return what the page of a case gives, as plain JSON values."""
    meta = json.loads((case / "meta.json").read_text("utf-8"))
    html = (case / "page.html").read_text("utf-8")
    page = load_object(meta["page"])(meta["url"], html, datetime.fromisoformat(meta["fetched_at"]))
    item = asdict(page.to_item(), dict_factory=_as_parsed)
    return json.loads(json.dumps(item, default=str))


def _as_parsed(fields: list[tuple[str, Any]]) -> dict[str, Any]:
    """Leave out what a page cannot know: what became of the documents that it links."""
    return {name: value for name, value in fields if name not in OF_DOCUMENTS}


def main() -> None:
    name, page, url, file = sys.argv[1:]
    case = CASES / name
    case.mkdir(parents=True)
    shutil.copy(file, case / "page.html")
    meta = {"page": page, "url": url, "fetched_at": FETCHED_AT}
    (case / "meta.json").write_text(json.dumps(meta, indent=2) + "\n", "utf-8")
    item = json.dumps(item_of(case), indent=2, ensure_ascii=False)
    (case / "item.json").write_text(item + "\n", "utf-8")


if __name__ == "__main__":
    main()
