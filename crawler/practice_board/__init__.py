"""A local job board that plays NHS Jobs, for the demo and the tests.

It serves adverts written for this project, of trusts that do not exist, under the real
board's URLs, parameters, paging, XML and markup. Nothing here touches the network beyond
loopback, and no part of the product imports it except the demo.
"""

from crawler.practice_board.adverts import PracticeAdvert, load_adverts
from crawler.practice_board.generated import generate_adverts
from crawler.practice_board.server import LoggedRequest, PracticeBoard

__all__ = ["LoggedRequest", "PracticeAdvert", "PracticeBoard", "generate_adverts", "load_adverts"]
