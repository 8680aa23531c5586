"""Make the pictures of the README: ``make picture``.

They show what the commands print, on a practice advert of a trust that does not exist.
"""

import io
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from crawler.practice_board.server import PracticeBoard
from matcher.catalogue import load_catalogue
from matcher.match import Matcher
from schedules.reading import print_reading, read_file

HERE = Path(__file__).resolve().parent
REFERENCE = "Z1001-26-0101"
"""The practice advert shown."""


def main() -> None:
    """Write docs/read.svg."""
    catalogue = load_catalogue()
    console = Console(record=True, width=120, file=io.StringIO(), force_terminal=True)
    with PracticeBoard() as board, TemporaryDirectory() as folder:
        page = Path(folder) / f"{REFERENCE}.html"
        url = f"{board.url}/candidate/jobadvert/{REFERENCE}"
        with urllib.request.urlopen(url) as answer:  # noqa: S310 our own board
            page.write_bytes(answer.read())
        reading = read_file(page, Matcher(catalogue))
    labels = {requirement.id: requirement.label for requirement in catalogue.requirements}
    console.print(f"[bold]$ personspec read {page.name}[/bold]")
    print_reading(reading, labels, console, name=page.name)
    console.save_svg(str(HERE / "read.svg"), title="personspec read")


if __name__ == "__main__":
    main()
