"""The reading process: started late, used again, replaced after a fault, kept within limits."""

import io
import os
import signal
import subprocess
import sys
import threading
import zipfile

import pytest

from matcher.specification import read_bytes, read_document
from matcher.specification.errors import DocumentError
from matcher.specification.limits import Limits
from matcher.specification.worker import DocumentWorker
from tests.matcher.specification.corpus.content import POSTS
from tests.matcher.specification.corpus.pdf import ruled_filled
from tests.matcher.specification.corpus.word import filled_columns


def with_document(paragraphs):
    """Return a Word document whose body is the given XML."""
    old, new = io.BytesIO(filled_columns(POSTS[0])[0]), io.BytesIO()
    with zipfile.ZipFile(old) as source, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "word/document.xml":
                content = content.replace(b"<w:body>", b"<w:body>" + paragraphs)
            target.writestr(entry, content)
    return new.getvalue()


PAGE = b"<h3>Essential</h3><ul><li>Typing</li></ul>"


@pytest.fixture(scope="module")
def worker():
    with DocumentWorker() as started:
        yield started


def test_no_process_runs_before_the_first_document():
    assert DocumentWorker().pid is None


def test_one_process_reads_document_after_document(worker):
    assert [c.text for c in worker.read(PAGE, "a.html").criteria] == ["Typing"]
    first = worker.pid
    data, expected = filled_columns(POSTS[0])
    found = worker.read(data, "b.docx").criteria
    assert [(c.text, c.importance, c.group) for c in found] == expected
    assert worker.pid == first


def test_a_result_is_the_same_as_without_the_process(worker):
    from matcher.specification.documents import read

    data, _ = ruled_filled(POSTS[1])
    assert worker.read(data, "a.pdf") == read(data, "a.pdf", Limits())


def test_an_error_of_a_document_leaves_the_process_alone(worker):
    worker.read(PAGE, "a.html")
    before = worker.pid
    with pytest.raises(DocumentError, match=r"cut\.pdf is a damaged PDF"):
        worker.read(b"%PDF-1.4 cut", "cut.pdf")
    assert worker.pid == before


def test_a_killed_process_is_reported_and_replaced(worker):
    worker.read(PAGE, "a.html")
    first = worker.pid
    os.kill(first, signal.SIGKILL)
    with pytest.raises(DocumentError, match="made the reading process fail"):
        worker.read(PAGE, "b.html")
    assert [c.text for c in worker.read(PAGE, "c.html").criteria] == ["Typing"]
    assert worker.pid != first


def test_a_document_that_needs_too_much_memory_is_refused():
    limits = Limits(memory_bytes=300 * 1_048_576)
    data = with_document(b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 1_000_000)
    with DocumentWorker() as worker:
        with pytest.raises(
            DocumentError, match=r"large\.docx (?:needs more than 300 MB|cannot be)"
        ):
            worker.read(data, "large.docx", limits)
        assert worker.read(PAGE, "a.html", limits).criteria


def test_a_document_that_takes_too_much_time_is_refused():
    limits = Limits(characters=30_000_000, cpu_s=1)
    page = b"<ul>" + b"<li><b>x</b></li>" * 400_000
    with DocumentWorker() as worker:
        with pytest.raises(DocumentError, match="1 seconds of processor time"):
            worker.read(page, "slow.html", limits)
        assert worker.pid is None
        assert worker.read(PAGE, "a.html", limits).criteria


def test_the_clock_ends_a_document_that_waits():
    with DocumentWorker() as worker:
        worker.read(PAGE, "a.html")
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGSTOP)
        with pytest.raises(DocumentError, match=r"longer than 0\.2 seconds"):
            worker.read(PAGE, "b.html", Limits(wall_s=0.2))
        assert worker.pid is None


def test_the_process_is_replaced_after_a_number_of_documents():
    limits = Limits(documents_per_process=2)
    with DocumentWorker() as worker:
        worker.read(PAGE, "1.html", limits)
        first = worker.pid
        worker.read(PAGE, "2.html", limits)
        assert worker.pid is None
        worker.read(PAGE, "3.html", limits)
        assert worker.pid not in (None, first)


def test_several_threads_may_share_it(worker):
    found = []

    def read(number):
        page = PAGE.replace(b"Typing", b"Typing %d" % number)
        found.append((number, worker.read(page, "a.html").criteria[0].text))

    threads = [threading.Thread(target=read, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [(number, f"Typing {number}") for number in range(8)]


def test_an_attachment_must_be_a_document():
    with pytest.raises(DocumentError, match="neither a PDF nor a Word document"):
        read_document(PAGE, "page.pdf")


def test_any_file_is_read_by_its_content():
    assert [c.text for c in read_bytes(PAGE, "a.html").criteria] == ["Typing"]
    data, expected = filled_columns(POSTS[0])
    assert len(read_document(data, "a.docx").criteria) == len(expected)


def test_importing_the_reader_loads_no_document_library():
    code = (
        "import sys, matcher.specification\n"
        "heavy = {'pypdfium2', 'pdfplumber', 'docx', 'bs4', 'lxml'} & set(sys.modules)\n"
        "print(*heavy)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
