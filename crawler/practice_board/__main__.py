"""``python -m crawler.practice_board``: the board on its own, until Ctrl-C."""

import argparse
from datetime import date

from crawler.practice_board.adverts import load_adverts
from crawler.practice_board.faults import FAULTS
from crawler.practice_board.generated import generate_adverts
from crawler.practice_board.server import PracticeBoard


def main() -> None:
    """Serve the board and say where it is."""
    parser = argparse.ArgumentParser(
        prog="python -m crawler.practice_board",
        description="A local board that plays NHS Jobs, with adverts of trusts that do not exist.",
        epilog="Example: python -m crawler.practice_board --port 8765 --day 3",
    )
    parser.add_argument("--port", type=int, default=8765, help="0 takes a free one (default 8765)")
    parser.add_argument("--day", type=int, default=1, help="day of the board (default 1)")
    parser.add_argument("--today", type=date.fromisoformat, help="date of day 1 (default today)")
    parser.add_argument(
        "--fault", action="append", choices=sorted(FAULTS), default=[], help="may be repeated"
    )
    parser.add_argument(
        "--adverts", type=int, metavar="N", help="a generated board of N adverts instead"
    )
    given = parser.parse_args()
    faults = [FAULTS[name]() for name in given.fault]
    adverts = load_adverts() if given.adverts is None else generate_adverts(given.adverts)
    with PracticeBoard(adverts, given.day, given.today, given.port, faults) as board:
        print(board.url, flush=True)  # noqa: T201 (the command's answer)
        try:
            board.wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
