"""What goes wrong on demand."""

import json
from http.client import IncompleteRead
from time import monotonic

import pytest

from crawler.practice_board import PracticeBoard
from crawler.practice_board import faults as wrong
from tests.crawler.practice_board.conftest import DAY_1, advert_page, ask, feed, references

ADVERT = "/candidate/jobadvert/Z1001-26-0101"
FEED = "/api/v1/search_xml"


@pytest.fixture
def failing():
    """Return a board with the given faults."""
    boards = []

    def start(*faults):
        boards.append(PracticeBoard(today=DAY_1, faults=faults))
        return boards[-1].__enter__()

    yield start
    for board in boards:
        board.__exit__(None, None, None)


def test_adverts_are_refused_while_the_feed_answers(failing):
    board = failing(wrong.Refused())
    assert ask(board, ADVERT).status == 403
    assert ask(board, FEED).status == 200


def test_too_many_requests_name_the_seconds_to_wait_and_end(failing):
    board = failing(wrong.TooManyRequests(times=2, retry_after=3))
    answers = [ask(board, FEED) for _ in range(3)]
    assert [answer.status for answer in answers] == [429, 429, 200]
    assert answers[0].headers["Retry-After"] == "3"


def test_a_server_error_happens_once_and_spares_robots_txt(failing):
    board = failing(wrong.ServerError())
    paths = ["/robots.txt", FEED, FEED]
    assert [ask(board, path).status for path in paths] == [200, 500, 200]
    assert [logged.status for logged in board.requests] == [200, 500, 200]


def test_a_cut_connection_leaves_the_answer_incomplete(failing):
    board = failing(wrong.CutConnection())
    with pytest.raises(IncompleteRead):
        ask(board, ADVERT)
    assert ask(board, ADVERT).status == 200


def test_a_slow_board_takes_its_time(failing):
    board = failing(wrong.Slow(seconds=0.05))
    before = monotonic()
    ask(board, FEED)
    assert monotonic() - before >= 0.05


def test_the_feed_may_answer_an_error_in_json_with_status_200(failing):
    answer = ask(failing(wrong.JsonError()), FEED)
    assert answer.status == 200
    assert json.loads(answer.body)["error"]


def test_an_empty_feed_has_neither_vacancies_nor_totals(failing):
    root = feed(failing(wrong.EmptyFeed()), "limit=100")
    assert references(root) == []
    assert root.findtext("totalResults") == root.findtext("totalPages") == "0"


def test_a_shrunk_feed_holds_a_part_and_says_so(failing, board):
    whole = feed(board, "limit=100")
    shrunk = feed(failing(wrong.ShrunkFeed(kept=0.5)), "limit=100")
    assert references(shrunk) == references(whole)[: len(references(whole)) // 2]
    assert int(shrunk.findtext("totalResults")) == int(whole.findtext("totalResults")) // 2


def test_a_changed_layout_has_none_of_the_names_clients_look_for(failing):
    board = failing(wrong.ChangedLayout())
    page = advert_page(board, "Z1001-26-0101")
    assert not page.css("#heading, [id^=skill_category_], [id^=essential_skill_]")
    assert feed(board).findall("vacancyDetails") == []
    assert b"search-result" not in ask(board, "/candidate/search/results?keyword=").body


def test_a_huge_page_is_as_large_as_asked(failing):
    body = ask(failing(wrong.HugePage(size=1_000_000)), ADVERT).body
    assert 1_000_000 <= len(body) < 1_100_000


def test_a_redirect_leads_off_the_site(failing):
    answer = ask(failing(wrong.Redirect(location="http://169.254.169.254/")), ADVERT)
    assert (answer.status, answer.headers["Location"]) == (302, "http://169.254.169.254/")


def test_a_fault_may_be_kept_to_a_path(failing):
    board = failing(wrong.ServerError(path=".*0124", times=None))
    assert ask(board, ADVERT).status == 200
    assert ask(board, "/candidate/jobadvert/Z1001-26-0124").status == 500


def test_the_first_fault_is_the_outermost(failing):
    board = failing(wrong.Refused(times=1), wrong.ServerError())
    assert [ask(board, ADVERT).status for _ in range(3)] == [403, 500, 200]


def test_faults_can_be_switched_while_the_board_runs(failing):
    board = failing()
    board.faults.append(wrong.Refused())
    assert ask(board, ADVERT).status == 403
    board.faults.clear()
    assert ask(board, ADVERT).status == 200


@pytest.mark.parametrize("name", wrong.FAULTS)
def test_every_named_fault_can_be_made_without_arguments(name):
    assert isinstance(wrong.FAULTS[name](), wrong.Fault)
