"""What is found in files of every kind, and what is said of those that hold nothing."""

import gzip
import json
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.items import Vacancy
from personspec.exceptions import UsageError
from pipelines.types import Refusal
from schedules.import_files import find_files, read_adverts

NOW = datetime(2026, 11, 2, 6, 10, tzinfo=UTC)
CASE = Path(__file__).parents[1] / "crawler/pages/cases/nhs_jobs_advert_every_part/page.html"


def posting(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "@type": "JobPosting",
        "title": f"Ward Clerk {number}",
        "url": f"https://jobs.example.org/vacancy/{number}",
        "hiringOrganization": {"name": "Vale of Eastmere NHS Trust"},
        "description": "<ul><li>Good communication skills</li></ul>",
    } | changes


def adverts(path: Path) -> list[str]:
    found = list(read_adverts(path, NOW))
    assert all(isinstance(one, Vacancy) for one in found), found
    return [one.reference for one in found if isinstance(one, Vacancy)]


def reasons(path: Path) -> list[str]:
    return [one.reason for one in read_adverts(path, NOW) if isinstance(one, Refusal)]


def warc(path: Path, *pages: tuple[str, str, bytes, dict[str, str]]) -> Path:
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=path.suffix == ".gz")
        for url, status, body, headers in pages:
            head = StatusAndHeaders(status, list(headers.items()), protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    url,
                    "response",
                    payload=BytesIO(body),
                    length=len(body),
                    http_headers=head,
                    warc_headers_dict={"WARC-Date": "2020-11-02T08:00:00Z"},
                )
            )
    return path


def html(*postings: dict[str, Any]) -> bytes:
    script = f'<script type="application/ld+json">{json.dumps(list(postings))}</script>'
    return f"<html><head>{script}</head></html>".encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("one.json", json.dumps([posting(1), posting(2)], indent=2)),
        ("graph.jsonld", json.dumps({"@graph": [posting(1), posting(2)]})),
        ("lines.jsonl", f"{json.dumps(posting(1))}\n\n{json.dumps(posting(2))}"),
        ("lines-by-another-name.json", f"{json.dumps(posting(1))}\n{json.dumps(posting(2))}\n"),
        ("page.HTML", html(posting(1), posting(2)).decode()),
    ],
)
def test_adverts_are_found_in_json_lines_and_pages(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content, "utf-8")
    assert adverts(path) == ["1", "2"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_files_may_be_in_the_encodings_of_windows(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "one.json"
    text = json.dumps(posting(1, title="Clerk – £12"), ensure_ascii=False)
    path.write_bytes(text.encode(encoding))
    (found,) = read_adverts(path, NOW)
    assert isinstance(found, Vacancy)
    assert found.title == "Clerk – £12"


@pytest.mark.parametrize("name", ["foreign.warc", "foreign.warc.gz"])
def test_pages_of_a_foreign_archive_are_read_with_its_times(tmp_path: Path, name: str) -> None:
    nhs = "https://www.jobs.nhs.uk/candidate/jobadvert/X1234-26-0001?language=en"
    kind = {"Content-Type": "text/html; charset=utf-8"}
    path = warc(
        tmp_path / name,
        ("https://jobs.example.org/a", "200 OK", html(posting(1, url=None)), kind),
        (
            "https://jobs.example.org/b",
            "200 OK",
            gzip.compress(html(posting(2))),
            kind | {"Content-Encoding": "gzip"},
        ),
        (nhs, "200 OK", CASE.read_bytes(), kind),
        ("https://jobs.example.org/about", "200 OK", b"<p>About us</p>", kind),
        ("https://jobs.example.org/x", "404 Not Found", html(posting(3)), kind),
        ("https://jobs.example.org/logo", "200 OK", b"\x89PNG", {"Content-Type": "image/png"}),
    )

    found = list(read_adverts(path, NOW))

    vacancies = [one for one in found if isinstance(one, Vacancy)]
    assert [one.source for one in vacancies] == [
        "import:jobs.example.org",
        "import:jobs.example.org",
        "import:www.jobs.nhs.uk",
    ]
    assert [one.reference for one in vacancies] == ["a", "2", "X1234-26-0001"]
    assert {one.fetched_at for one in vacancies} == {datetime(2020, 11, 2, 8, tzinfo=UTC)}
    assert found.count(None) == 3


def test_the_whole_records_of_a_cut_archive_count_and_the_cut_is_told(tmp_path: Path) -> None:
    kind = {"Content-Type": "text/html"}
    pages = [(f"https://jobs.example.org/{n}", "200 OK", html(posting(n)), kind) for n in range(3)]
    path = warc(tmp_path / "cut.warc.gz", *pages)
    path.write_bytes(path.read_bytes()[:-100])

    found = list(read_adverts(path, NOW))

    assert [one.reference for one in found if isinstance(one, Vacancy)] == ["0", "1"]
    assert "cut" in reasons(path)[0]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.json", '{"@type": "JobPosting", ', "not JSON"),
        ("a.json", "{}", "no JobPosting"),
        ("a.json", "", "empty"),
        ("a.html", "<p>Mail jo@example.org</p>", "no JobPosting and no advert"),
        ("a.warc", "WARC/1.0\r\nnonsense", "cut|not readable"),
    ],
)
def test_a_file_that_holds_nothing_is_refused_with_the_reason(
    tmp_path: Path, name: str, content: str, reason: str
) -> None:
    path = tmp_path / name
    path.write_text(content)
    (refusal,) = read_adverts(path, NOW)
    assert isinstance(refusal, Refusal)
    assert any(word in refusal.reason for word in reason.split("|"))
    assert refusal.reference == name
    assert "jo@example.org" not in refusal.excerpt


def test_a_broken_line_is_refused_by_its_number_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"{json.dumps(posting(1))}\n{{broken\n{json.dumps(posting(3))}\n")
    one, two, three = read_adverts(path, NOW)
    assert isinstance(one, Vacancy)
    assert isinstance(two, Refusal)
    assert two.reference == "a.jsonl:2"
    assert isinstance(three, Vacancy)


def test_a_folder_gives_its_files_of_known_kinds_in_order(tmp_path: Path) -> None:
    for name in ("b.json", "a/c.jsonl", "notes.txt", "d.warc.gz", "e.csv.gz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = [path.relative_to(tmp_path).as_posix() for path in find_files([tmp_path])]
    assert found == ["a/c.jsonl", "b.json", "d.warc.gz"]


def test_a_path_that_cannot_be_used_is_told_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    (tmp_path / "empty").mkdir()
    for path, reason in (
        (tmp_path / "nowhere.json", "is not there"),
        (tmp_path / "nowhere", "is not there"),
        (tmp_path / "notes.txt", "must end in"),
        (tmp_path / "empty", "holds no file"),
    ):
        with pytest.raises(UsageError, match=reason):
            find_files([path])


@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=300), ending=st.sampled_from(["json", "jsonl", "html", "warc"]))
def test_no_content_is_an_exception(
    content: bytes, ending: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("any") / f"a.{ending}"
    path.write_bytes(content)
    for one in read_adverts(path, NOW):
        assert one is None or isinstance(one, Refusal)
        assert one is None or one.reason
