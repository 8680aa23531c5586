"""The apprenticeship API: key, version, rate, paging, filters and structured qualifications."""

import json

import pytest

from crawler.practice_board import PracticeBoard
from crawler.practice_board.apprenticeships import KEY, LIMIT, PERIOD_S, ApprenticeshipBoard
from crawler.practice_board.exchange import Request
from tests.crawler.practice_board.conftest import DAY_1, ask

HEADERS = {"Ocp_Apim_Subscription_Key": KEY, "X_Version": "2"}


@pytest.fixture
def fresh():
    """A board of its own for each test: the rate is counted."""
    with PracticeBoard(today=DAY_1) as running:
        yield running


def get(board, path, **headers):
    answer = ask(board, f"/vacancies{path}", **{**HEADERS, **headers})
    return answer.status, json.loads(answer.body)


def listed(board, query="", **headers):
    status, body = get(board, f"/vacancy?PageSize=100&{query}", **headers)
    assert status == 200
    return body["vacancies"]


def test_without_a_key_the_answer_is_401_in_the_problem_format(fresh):
    answer = ask(fresh, "/vacancies/vacancy", X_Version="2")
    assert answer.status == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert {"type", "title", "status", "detail"} <= json.loads(answer.body).keys()


def test_without_the_version_the_answer_is_404(fresh):
    assert ask(fresh, "/vacancies/vacancy", Ocp_Apim_Subscription_Key=KEY).status == 404


def test_the_pages_hold_every_vacancy_once(fresh):
    _, first = get(fresh, "/vacancy?PageSize=5&PageNumber=1")
    pages = [
        get(fresh, f"/vacancy?PageSize=5&PageNumber={number}")[1]["vacancies"]
        for number in range(1, first["totalPages"] + 2)
    ]
    seen = [vacancy["vacancyReference"] for page in pages for vacancy in page]
    assert len(seen) == len(set(seen)) == first["total"] == first["totalFiltered"]
    assert pages[-1] == []


@pytest.mark.parametrize(
    "query",
    [
        "PageSize=101",
        "PageSize=0",
        "PageNumber=x",
        "Sort=Best",
        "Lat=51.5",
        "Routes=a&Routes=b&Routes=c",
    ],
)
def test_a_wrong_parameter_is_a_problem_400(fresh, query):
    status, body = get(fresh, f"/vacancy?{query}")
    assert (status, body["status"]) == (400, 400)


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("Routes=Digital", lambda v: v["course"]["route"] == "Digital"),
        ("StandardLarsCode=196&StandardLarsCode=690", lambda v: v["course"]["larsCode"] != 119),
        ("EmployerName=larkmere", lambda v: "Larkmere" in v["employerName"]),
        ("Ukprn=10099007", lambda v: v["ukprn"] == 10099007),
        ("ExcludeRecruitingNationally=true", lambda v: not v["isNationalVacancy"]),
        ("PostedInLastNumberOfDays=3", lambda v: v["postedDate"] >= "2026-09-11"),
        ("Lat=53.8&Lon=-1.5&DistanceInMiles=20", lambda v: v["distance"] <= 20),
    ],
)
def test_a_filter_keeps_only_what_fits(fresh, query, fits):
    kept = listed(fresh, query)
    assert 0 < len(kept) < len(listed(fresh))
    assert all(fits(vacancy) for vacancy in kept)


def test_the_nearest_comes_first_when_asked(fresh):
    near = listed(fresh, "Lat=53.8&Lon=-1.5&DistanceInMiles=500&Sort=DistanceAsc")
    distances = [vacancy["distance"] for vacancy in near]
    assert distances == sorted(distances)
    assert near[0]["distance"] < 2


def test_the_newest_comes_first_by_ascending_age(fresh):
    dates = [vacancy["postedDate"] for vacancy in listed(fresh, "Sort=AgeAsc")]
    assert dates == sorted(dates, reverse=True)


def test_details_come_when_asked_and_with_a_single_vacancy(fresh):
    plain, full = listed(fresh), listed(fresh, "IncludeDetails=true")
    _, one = get(fresh, "/vacancy/VAC1000004171")
    assert "qualifications" not in plain[0]
    assert one in full
    assert one["qualifications"][0] == {
        "weighting": "Essential",
        "qualificationType": "GCSE or equivalent",
        "subject": "English",
        "grade": "3/D or above",
    }
    assert {q["weighting"] for q in one["qualifications"]} == {"Essential", "Desired"}


def test_nhs_vacancies_come_only_when_that_source_is_asked_for(fresh):
    url = "https://beta.jobs.nhs.uk/candidate/jobadvert/Z1005-26-0030"
    own = [v for v in listed(fresh) if v.get("applicationUrl") == url]
    both = listed(fresh, AdditionalDataSources="Nhs,Csj")
    linked = [v for v in both if v.get("applicationUrl") == url]
    assert [v["vacancyReference"] for v in own] == ["1000004171"]
    assert {v["vacancyReference"] for v in linked} == {"1000004171", "Z1005-26-0030"}
    assert b'id="heading"' in ask(fresh, "/candidate/jobadvert/Z1005-26-0030").body


def test_vacancies_appear_and_close_with_the_days(fresh):
    before = {vacancy["vacancyReference"] for vacancy in listed(fresh)}
    fresh.day = 5
    after = {vacancy["vacancyReference"] for vacancy in listed(fresh)}
    assert after - before == {"1000004318"}
    assert "1000004240" in before - after


def test_the_courses_and_their_routes_are_listed(fresh):
    _, courses = get(fresh, "/referencedata/courses")
    _, routes = get(fresh, "/referencedata/courses/routes")
    assert {c["route"] for c in courses["courses"]} == {r["route"] for r in routes["routes"]}


@pytest.mark.parametrize("path", ["/vacancy/VAC1", "/nothing"])
def test_what_is_not_there_is_a_problem_404(fresh, path):
    assert get(fresh, path)[0] == 404


def test_after_150_requests_in_five_minutes_the_answer_is_429():
    assert (LIMIT, PERIOD_S) == (150, 300)
    moment = [1000.0]
    board = ApprenticeshipBoard(lambda _: DAY_1, clock=lambda: moment[0])
    headers = {"ocp-apim-subscription-key": KEY, "x-version": "2"}
    request = Request("/vacancies/vacancy", "", {}, headers)
    statuses = [board.answer(request, DAY_1).status for _ in range(LIMIT)]
    refused = board.answer(request, DAY_1)
    moment[0] += PERIOD_S
    assert statuses == [200] * LIMIT
    assert (refused.status, refused.headers["Retry-After"]) == (429, str(PERIOD_S))
    assert board.answer(request, DAY_1).status == 200
