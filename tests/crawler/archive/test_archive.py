"""What is written can be read, also after a kill; what is not whole is not handed out."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scrapy.http import HtmlResponse, Request, Response
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive import ArchiveName, ArchiveReader, find_archives, read_info, stamp
from crawler.archive.reader import read_at
from crawler.archive.receipt import META, Receipt, receipt_of
from crawler.archive.replay import Recording
from crawler.archive.writer import ArchiveFile
from crawler.exceptions import CrawlError, NotArchivedError
from tests.pipelines.factories import vacancy

START = datetime(2026, 11, 2, 6, 10, 0, 123456, tzinfo=UTC)
LATER = datetime(2026, 11, 2, 6, 10, 4, tzinfo=UTC)
URL = "https://jobs.example.org/candidate/jobadvert/X1234-26-0001"
CHECK_SUM = 12
"""Bytes after the last that matters of a compressed record."""

PAGES = (
    (f"{URL}?page=1", 200, b"<h1>Health Records Clerk</h1>" * 40),
    (URL, 503, b""),
    (URL, 200, gzip.compress(b"<h1>Ward Clerk \xc2\xa325,272</h1>", mtime=0)),
)


def response(url: str, status: int, body: bytes) -> Response:
    headers = {"Content-Type": "text/html; charset=utf-8", "Set-Cookie": ["a=1", "b=\xe9"]}
    return Response(url, status=status, headers=headers, body=body)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    name = ArchiveName(START, 7, "nhs_jobs").relative
    path = tmp_path_factory.mktemp("archive") / name
    file = ArchiveFile(path)
    file.write_info({"personspec-source": "nhs_jobs", "empty": ""})
    for page in PAGES:
        file.write_response(response(*page), LATER)
    file.close()
    return path


def test_an_answer_that_was_too_large_is_no_response_and_is_remembered(tmp_path: Path) -> None:
    file = ArchiveFile(tmp_path / "a.warc.gz")
    file.write_refusal(f"{URL}/documents/jd.pdf", LATER)
    file.close()

    reader = ArchiveReader(file.path)

    assert list(reader) == []
    assert reader.refused == {f"{URL}/documents/jd.pdf"}
    assert reader.problems == []


def test_responses_come_back_as_they_were_received(archive: Path) -> None:
    reader = ArchiveReader(archive)
    read = list(reader)

    assert [(one.url, one.status, one.body) for one in read] == list(PAGES)
    assert read[0].header("content-type") == "text/html; charset=utf-8"
    assert {one.received_at for one in read} == {LATER}
    assert len({one.record for one in read}) == len(PAGES)
    assert reader.info["personspec-source"] == "nhs_jobs"
    assert read_info(archive)["personspec-source"] == "nhs_jobs"
    assert reader.problems == []


def test_a_response_is_found_again_by_its_place(archive: Path) -> None:
    for one in ArchiveReader(archive):
        assert read_at(archive, one.offset) == one


def test_only_its_owner_may_read_an_archive(archive: Path) -> None:
    assert archive.stat().st_mode & 0o077 == 0
    assert archive.parent.stat().st_mode & 0o077 == 0


def test_an_archive_is_never_added_to(archive: Path) -> None:
    before = archive.read_bytes()
    with pytest.raises(CrawlError, match="never added to"):
        ArchiveFile(archive)
    assert archive.read_bytes() == before


def test_a_record_is_on_disk_before_the_next_begins(tmp_path: Path) -> None:
    path = tmp_path / "a" / "20261102T061000Z-run1.warc.gz"
    file = ArchiveFile(path)
    for number, page in enumerate(PAGES, start=1):
        file.write_response(response(*page), LATER)
        assert len(list(ArchiveReader(path))) == number
    file.close()


def ends(path: Path) -> list[int]:
    offsets = [one.offset for one in ArchiveReader(path)]
    return [*offsets[1:], path.stat().st_size]


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_of_a_cut_archive_the_whole_records_count_and_the_cut_is_told(
    archive: Path, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    whole = archive.read_bytes()
    length = data.draw(st.integers(0, len(whole) - 1))
    path = tmp_path_factory.mktemp("cut") / archive.name
    path.write_bytes(whole[:length])
    reader = ArchiveReader(path)

    read = [(one.url, one.status, one.body) for one in reader]

    assert read == list(PAGES)[: len(read)]
    assert len(read) >= sum(end <= length for end in ends(archive))
    starts = [0, *(one.offset for one in ArchiveReader(archive))]
    missing = min(end for end in (*starts, *ends(archive)) if end >= length) - length
    # If but the check sum behind a record is cut off, its digests vouch for it.
    assert reader.problems or missing <= CHECK_SUM


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_damaged_record_is_never_handed_out_as_if_it_were_whole(
    archive: Path, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    damaged = bytearray(archive.read_bytes())
    at = data.draw(st.integers(0, len(damaged) - 1))
    damaged[at] ^= data.draw(st.integers(1, 255))
    path = tmp_path_factory.mktemp("damaged") / archive.name
    path.write_bytes(bytes(damaged))

    bodies = [one.body for one in ArchiveReader(path)]

    assert all(body in {page[2] for page in PAGES} for body in bodies)


@settings(max_examples=100, deadline=None)
@given(junk=st.binary(max_size=400))
@example(junk=b"    \x00")
def test_what_is_no_archive_is_a_problem_and_no_exception(
    junk: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("junk") / "x.warc.gz"
    for content in (junk, gzip.compress(junk), b"WARC/1.0\r\n" + junk):
        path.write_bytes(content)
        for foreign in (False, True):
            reader = ArchiveReader(path, foreign=foreign)
            assert list(reader) == []
            assert reader.problems or not content or not junk


def test_of_a_foreign_archive_a_whole_record_without_digests_counts(tmp_path: Path) -> None:
    path = tmp_path / "foreign.warc"
    body = gzip.compress(b"<p>compressed</p>")
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=False)
        from io import BytesIO

        headers = StatusAndHeaders("200 OK", [("Content-Encoding", "gzip")], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            URL, "response", payload=BytesIO(body), length=len(body), http_headers=headers
        )
        writer.write_record(record)
    stripped = b"\r\n".join(
        line for line in path.read_bytes().split(b"\r\n") if b"-Digest:" not in line
    )
    path.write_bytes(stripped)

    assert [one.body for one in ArchiveReader(path, foreign=True)] == [b"<p>compressed</p>"]
    assert list(ArchiveReader(path)) == []

    path.write_bytes(stripped[:-20])
    cut = ArchiveReader(path, foreign=True)
    assert list(cut) == []
    assert cut.problems


def test_a_recording_answers_an_address_in_order_and_no_oftener_than_it_was_answered(
    archive: Path,
) -> None:
    recording = Recording(archive)
    assert recording.file == "nhs_jobs/20261102T061000Z-run7.warc.gz"
    assert [recording.next_answer(URL).status for _ in range(2)] == [503, 200]
    with pytest.raises(NotArchivedError, match="not again"):
        recording.next_answer(URL)
    with pytest.raises(NotArchivedError):
        recording.next_answer("https://jobs.example.org/other")


def test_other_programs_can_read_an_archive(archive: Path) -> None:
    with archive.open("rb") as file:
        kinds = [record.rec_type for record in ArchiveIterator(file)]
    assert kinds == ["warcinfo", "response", "response", "response"]


def test_a_name_says_source_time_and_run_and_nothing_else_is_taken_for_one(tmp_path: Path) -> None:
    for name in (
        "nhs_jobs/20261102T061000Z-run10.warc.gz",
        "nhs_jobs/20261101T061000Z-run9.warc.gz",
        "other/20261101T061000Z-run8.warc.gz",
        "nhs_jobs/20261399T061000Z-run1.warc.gz",
        "nhs_jobs/notes.warc.gz",
        "nhs_jobs/20261101T061000Z-run9.json",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()

    found = find_archives(tmp_path)

    assert [name.run for name in found] == [8, 9, 10]
    assert {name.relative: name.source for name in found} == {
        path.relative_to(tmp_path).as_posix(): path.parent.name for path in found.values()
    }
    assert find_archives(tmp_path / "nothing") == {}


def test_a_vacancy_is_stamped_with_the_time_and_place_of_its_page() -> None:
    receipt = Receipt("nhs_jobs/a.warc.gz", "<urn:uuid:1>", LATER, "0" * 64)
    page = HtmlResponse(URL, request=Request(URL, meta={META: receipt}))

    stamped = stamp(vacancy(), receipt_of(page))

    assert (stamped.fetched_at, stamped.archive_file) == (LATER, "nhs_jobs/a.warc.gz")
    assert stamped.archive_record == "<urn:uuid:1>"
    assert stamped.archive_sha256 == "0" * 64
    assert stamp(vacancy(), receipt_of(HtmlResponse(URL, request=Request(URL)))) == vacancy()
