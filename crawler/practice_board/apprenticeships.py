"""The Display Advert API (version 2) of Find an apprenticeship, with adverts of its own.

It answers under ``/vacancies``: ``/vacancy``, ``/vacancy/{reference}`` and
``/referencedata/courses`` (``/routes``), with a key in a header and errors after RFC 7807.
"""

import math
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from threading import Lock
from typing import Any

import yaml

from crawler.practice_board.exchange import Request, Response, json_answer
from crawler.practice_board.search import Query, first
from personspec.resources import data_path

KEY = "practice-board"
"""The subscription key that opens the practice API."""

LIMIT, PERIOD_S = 150, 300
"""Requests that a key may make in so many seconds."""

PROBLEM = "application/problem+json"
DEFAULT_SIZE, MAX_SIZE, MAX_ROUTES = 10, 100, 2
EARTH_MILES = 3958.8
AREA = "https://www.findapprenticeship.service.gov.uk/apprenticeship"

DETAILS = (
    "fullDescription",
    "trainingDescription",
    "additionalTrainingDescription",
    "outcomeDescription",
    "thingsToConsider",
    "skills",
    "qualifications",
)
"""Fields of a list entry that come only with ``IncludeDetails=true``."""

Vacancy = dict[str, Any]
"""One vacancy as the API prints it."""

SORTS: Mapping[str, tuple[Callable[[Vacancy], Any], bool]] = {
    "AgeDesc": (lambda vacancy: vacancy["postedDate"], False),
    "AgeAsc": (lambda vacancy: vacancy["postedDate"], True),
    "DistanceAsc": (lambda vacancy: vacancy["distance"] or 0, False),
    "DistanceDesc": (lambda vacancy: vacancy["distance"] or 0, True),
    "ExpectedStartDateAsc": (lambda vacancy: vacancy["startDate"], False),
    "ExpectedStartDateDesc": (lambda vacancy: vacancy["startDate"], True),
}
"""What each sort looks at, and whether the greatest comes first. The oldest advert has the
earliest date, so a descending age is an ascending date."""


class ProblemError(Exception):
    """Raised when a request cannot be answered; carries status and detail."""

    def __init__(self, status: int, title: str, detail: str, retry_after: int = 0) -> None:
        super().__init__(detail)
        headers = {"Retry-After": str(retry_after)} if retry_after else {}
        self.response = replace(_problem(status, title, detail), headers=headers)


class ApprenticeshipBoard:
    """Answers the API's requests. Dates are counted from the board's day 1."""

    def __init__(
        self,
        on_date: Callable[[int], date],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        loaded = yaml.safe_load(
            data_path("practice", "apprenticeships.yml").read_text(encoding="utf-8")
        )
        self._courses = {course["larsCode"]: course for course in loaded["courses"]}
        self._entries = [
            (raw.pop("source", "Faa"), self._vacancy(raw, on_date)) for raw in loaded["vacancies"]
        ]
        self._clock = clock
        self._recent: deque[float] = deque()
        self._lock = Lock()

    def answer(self, request: Request, today: date) -> Response:
        """Return the API's answer to a path below ``/vacancies``."""
        try:
            self._admit(request)
            return self._route(request, today)
        except ProblemError as problem:
            return problem.response

    def _admit(self, request: Request) -> None:
        """Check key, rate and version, in the order of the real gateway."""
        if request.headers.get("ocp-apim-subscription-key") != KEY:
            raise ProblemError(
                401, "Unauthorized", "Access denied: subscription key is missing or wrong."
            )
        with self._lock:
            now = self._clock()
            while self._recent and self._recent[0] <= now - PERIOD_S:
                self._recent.popleft()
            if len(self._recent) >= LIMIT:
                wait = math.ceil(self._recent[0] + PERIOD_S - now)
                raise ProblemError(429, "Too Many Requests", f"Try again in {wait} seconds.", wait)
            self._recent.append(now)
        if request.headers.get("x-version") != "2":
            raise ProblemError(404, "Not Found", "The resource of this version was not found.")

    def _route(self, request: Request, today: date) -> Response:
        path = request.path.removeprefix("/vacancies")
        sources = {"Faa", *_split(request.headers.get("additionaldatasources", ""))}
        there = [vacancy for source, vacancy in self._entries if source in sources]
        there = [v for v in there if v["postedDate"] <= today.isoformat() <= v["closingDate"]]
        if path == "/vacancy":
            return json_answer(_page(there, request.query, today))
        if path.startswith("/vacancy/"):
            return json_answer(_one(there, path.removeprefix("/vacancy/")))
        if path == "/referencedata/courses":
            return json_answer({"courses": list(self._courses.values())})
        if path == "/referencedata/courses/routes":
            names = sorted({course["route"] for course in self._courses.values()})
            return json_answer({"routes": [{"route": name} for name in names]})
        raise ProblemError(404, "Not Found", f"No resource at {request.path}.")

    def _vacancy(self, raw: Vacancy, on_date: Callable[[int], date]) -> Vacancy:
        """Return a vacancy of the data file as the API prints it."""
        days = {name: on_date(raw.pop(name)).isoformat() for name in ("posted", "closing", "start")}
        reference = str(raw["vacancyReference"])
        course = self._courses[raw.pop("larsCode")]
        return {
            "numberOfPositions": 1,
            "postedDate": days["posted"],
            "closingDate": days["closing"],
            "startDate": days["start"],
            "course": course,
            "apprenticeshipLevel": "Advanced" if course["level"] == 3 else "Intermediate",
            "distance": None,
            "isDisabilityConfident": False,
            "isNationalVacancy": False,
            "vacancyUrl": f"{AREA}/VAC{reference}",
            **raw,
            "vacancyReference": reference,
        }


def _one(vacancies: Sequence[Vacancy], reference: str) -> Vacancy:
    wanted = reference.upper().removeprefix("VAC")
    for vacancy in vacancies:
        if vacancy["vacancyReference"] == wanted:
            return vacancy
    raise ProblemError(404, "Not Found", f"There is no vacancy {reference}.")


def _page(vacancies: Sequence[Vacancy], query: Query, today: date) -> dict[str, Any]:
    size = _whole(query, "PageSize", DEFAULT_SIZE, MAX_SIZE)
    page = _whole(query, "PageNumber", 1, 10**6)
    found = [v for v in _near(vacancies, query) if _fits(v, query, today)]
    key, greatest_first = _sort(query)
    found.sort(key=key, reverse=greatest_first)
    shown = found[(page - 1) * size : page * size]
    if first(query, "IncludeDetails").lower() != "true":
        shown = [{k: v for k, v in vacancy.items() if k not in DETAILS} for vacancy in shown]
    return {
        "vacancies": shown,
        "total": len(vacancies),
        "totalFiltered": len(found),
        "totalPages": math.ceil(len(found) / size),
    }


def _sort(query: Query) -> tuple[Callable[[Vacancy], Any], bool]:
    name = first(query, "Sort") or "AgeAsc"
    if name not in SORTS:
        raise ProblemError(400, "Bad Request", f"Sort is none of {', '.join(SORTS)}.")
    return SORTS[name]


def _fits(vacancy: Vacancy, query: Query, today: date) -> bool:
    routes, standards = query.get("Routes", ()), query.get("StandardLarsCode", ())
    if len(routes) > MAX_ROUTES:
        raise ProblemError(400, "Bad Request", f"No more than {MAX_ROUTES} Routes are allowed.")
    days = first(query, "PostedInLastNumberOfDays")
    since = (today - timedelta(days=int(days))).isoformat() if days.isdecimal() else ""
    national = first(query, "ExcludeRecruitingNationally").lower() == "true"
    return (
        (not routes or vacancy["course"]["route"] in routes)
        and (not standards or str(vacancy["course"]["larsCode"]) in standards)
        and vacancy["postedDate"] >= since
        and not (national and vacancy["isNationalVacancy"])
        and first(query, "EmployerName").lower() in vacancy["employerName"].lower()
        and first(query, "Ukprn") in {"", str(vacancy["ukprn"])}
    )


def _near(vacancies: Sequence[Vacancy], query: Query) -> list[Vacancy]:
    """Return the vacancies within the distance asked, each with its own in miles."""
    given = [first(query, name) for name in ("Lat", "Lon", "DistanceInMiles")]
    if not any(given):
        return list(vacancies)
    try:
        latitude, longitude, reach = map(float, given)
    except ValueError as error:
        detail = "Lat, Lon and DistanceInMiles must be given together, as numbers."
        raise ProblemError(400, "Bad Request", detail) from error
    placed = [{**v, "distance": _distance(v, latitude, longitude)} for v in vacancies]
    return [vacancy for vacancy in placed if vacancy["distance"] <= reach]


def _distance(vacancy: Vacancy, latitude: float, longitude: float) -> float:
    """Return the miles to the nearest address, by the haversine formula."""

    def miles(address: Mapping[str, Any]) -> float:
        south, north = math.radians(latitude), math.radians(address["latitude"])
        east = math.radians(address["longitude"] - longitude)
        part = math.sin((north - south) / 2) ** 2
        part += math.cos(south) * math.cos(north) * math.sin(east / 2) ** 2
        return 2 * EARTH_MILES * math.asin(math.sqrt(part))

    return round(min(miles(address) for address in vacancy["addresses"]), 1)


def _whole(query: Query, name: str, default: int, most: int) -> int:
    value = first(query, name) or str(default)
    if not value.isdecimal() or not 1 <= int(value) <= most:
        raise ProblemError(400, "Bad Request", f"{name} must be between 1 and {most}.")
    return int(value)


def _split(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


def _problem(status: int, title: str, detail: str) -> Response:
    body = {
        "type": f"https://httpstatuses.example/{status}",
        "title": title,
        "status": status,
        "detail": detail,
    }
    return json_answer(body, status, PROBLEM)
