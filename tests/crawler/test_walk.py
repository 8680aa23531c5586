from hypothesis import given
from hypothesis import strategies as st

from crawler.items import Sighting
from crawler.pages.listing import Listing
from crawler.walk import ListingWalk

PER_PAGE = 3


def listing(numbers, total, pages):
    sightings = tuple(Sighting("nhs_jobs", f"A0001-{n}", "u", "t") for n in numbers)
    return Listing(sightings, total, pages)


class Board:
    """Numbered adverts, of which some are withdrawn or added before a given request."""

    def __init__(self, size, changes=()):
        self.adverts = list(range(size))
        self.changes = dict(changes)
        self.asked = 0

    def page(self, number):
        change = self.changes.get(self.asked)
        self.asked += 1
        if change is not None and change >= 0:
            self.adverts = [advert for advert in self.adverts if advert != change]
        elif change is not None:
            self.adverts.insert(0, 1000 + self.asked)
        shown = self.adverts[(number - 1) * PER_PAGE : number * PER_PAGE]
        return listing(shown, len(self.adverts), -(-len(self.adverts) // PER_PAGE))


def walk_to_end(board):
    walk = ListingWalk("GROUP")
    page: int | None = 1
    while page is not None:
        assert board.asked < 200, "the walk does not end"
        page = walk.next_page(page, board.page(page))
    return walk


@given(st.integers(0, 40))
def test_a_board_that_holds_still_is_read_whole_in_one_round(size):
    board = Board(size)
    walk = walk_to_end(board)

    assert len(walk.references) == walk.total == size
    assert walk.short == 0
    assert walk.rounds == 1


@given(st.integers(4, 40), st.integers(1, 12), st.integers(0, 40))
def test_an_advert_withdrawn_on_the_way_hides_none_of_those_that_stay(size, moment, which):
    board = Board(size, {moment: which})
    walk = walk_to_end(board)

    assert {f"A0001-{advert}" for advert in board.adverts} <= walk.references
    assert walk.short == 0


def test_a_slip_between_two_pages_is_seen_although_the_count_fits():
    # After page 1 one of its three is withdrawn: four seen, five on the board, one slipped up.
    board = Board(6, {1: 0})
    walk = walk_to_end(board)

    assert walk.rounds == 2
    assert "A0001-3" in walk.references


def test_adverts_added_on_the_way_do_not_make_it_short():
    walk = walk_to_end(Board(9, {1: -1, 2: -1}))

    assert walk.short == 0
    assert walk.rounds == 1


def test_a_board_that_says_more_than_it_shows_is_short_and_not_asked_for_ever():
    walk, asked = ListingWalk("GROUP"), 0
    page: int | None = 1
    while page is not None:
        asked += 1
        page = walk.next_page(page, listing([1, 2] if page == 1 else [], 10, 4))

    assert walk.short == 8
    assert asked == 3 * 4


def test_a_board_that_shows_the_same_page_again_and_again_is_left():
    walk, asked = ListingWalk("GROUP"), 0
    page: int | None = 1
    while page is not None:
        asked += 1
        page = walk.next_page(page, listing([1, 2, 3], 3, 1))

    assert asked == 2


def test_a_board_that_gives_no_totals_is_read_until_nothing_new_comes():
    pages = {1: [1, 2], 2: [3], 3: []}
    walk = ListingWalk("GROUP")
    asked: list[int] = []
    page: int | None = 1
    while page is not None:
        asked.append(page)
        page = walk.next_page(page, listing(pages[page], None, None))

    assert asked == [1, 2, 3]
    assert len(walk.references) == 3
