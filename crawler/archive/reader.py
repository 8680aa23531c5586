"""Reading WARC files: only what is whole counts, and what is not is told."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParserException

LONGEST_BODY = 20 * 1024 * 1024
"""Bytes; of a longer body only so much is read, as of a download."""

REFUSAL = b"personspec-refused: too large"
"""Content of a ``metadata`` record: the answer of its address was not taken."""

_BROKEN = (
    ArchiveLoadFailed,
    StatusAndHeadersParserException,
    EOFError,
    ValueError,
    AttributeError,  # warcio's answer to a record without address or type
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class ArchivedResponse:
    """One response as a board gave it."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    """As received, so perhaps compressed; of a foreign archive decompressed."""

    received_at: datetime | None
    """UTC; None if the record has no readable date."""

    record: str
    """The record's id."""

    offset: int
    """Where the record begins in the file, in bytes."""

    def header(self, name: str) -> str:
        """Return the first value of a header; empty if there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


class ArchiveReader:
    """Iterates over the responses of a WARC file. ``problems`` is filled on the way.

    Args:
        path: The file; gzip or plain.
        foreign: Written by others: a record without digests is taken if it is whole, and bodies
            are decompressed. Otherwise a record counts only if its digests were checked.
    """

    def __init__(self, path: Path, *, foreign: bool = False) -> None:
        self.path = path
        self.foreign = foreign
        self.problems: list[str] = []
        """What could not be read, in sentences; whole once the iteration has ended."""

        self.info: dict[str, str] = {}
        """Fields of the first record, what the archive is."""

        self.refused: set[str] = set()
        """Addresses whose answers were too large to be taken."""

        self.ended_at: datetime | None = None
        """Date of the last whole record, UTC."""

    def __iter__(self) -> Iterator[ArchivedResponse]:
        size = self.path.stat().st_size
        sound_end = 0
        with self.path.open("rb") as file:
            records = ArchiveIterator(file, check_digests=True)
            while True:
                try:
                    record = next(records)
                    response = self._take(record, records)
                    sound_end = records.get_record_offset() + records.get_record_length()
                except StopIteration:
                    break
                except _BROKEN as error:
                    self.problems.append(
                        f"{self.path}: not readable after byte {sound_end}: {error}"
                    )
                    return
                if response is not None:
                    yield response
        if sound_end < size:
            self.problems.append(
                f"{self.path}: cut: its last {size - sound_end} bytes are no whole record"
            )

    def _take(self, record: Any, records: Any) -> ArchivedResponse | None:  # noqa: ANN401
        """Read a record to its end and return it if it is a whole response."""
        offset = records.offset
        body = self._body(record, offset)
        records.read_to_end()
        if not self._is_whole(record):
            self.problems.append(f"{self.path}: the record at byte {offset} is cut or damaged")
            return None
        date = moment(record.rec_headers.get_header("WARC-Date"))
        self.ended_at = date or self.ended_at
        if record.rec_type == "response" and record.http_headers:
            return _response(record, body, offset, date)
        if record.rec_type == "metadata" and body == REFUSAL:
            self.refused.add(record.rec_headers.get_header("WARC-Target-URI"))
        if record.rec_type == "warcinfo":
            lines = body.decode("utf-8", "replace").splitlines()
            self.info = {name: value for name, _, value in (line.partition(": ") for line in lines)}
        return None

    def _body(self, record: Any, offset: int) -> bytes:  # noqa: ANN401
        stream = record.content_stream() if self.foreign else record.raw_stream
        try:
            return bytes(stream.read(LONGEST_BODY))
        except zlib.error as error:
            if not self.foreign:
                raise
            self.problems.append(f"{self.path}: the page at byte {offset} is not as coded: {error}")
            return b""

    def _is_whole(self, record: Any) -> bool:  # noqa: ANN401
        url = record.rec_headers.get_header("WARC-Target-URI") or ""
        if record.rec_type == "response" and not url.strip():
            return False  # warcio takes a line of blanks for the head of an old archive
        if record.rec_type == "response" and url.startswith("http") and not record.http_headers:
            return False  # cut before its length; an empty body passes the digest all the same
        if record.digest_checker.passed is not None:
            return bool(record.digest_checker.passed)
        has_digest = any(
            record.rec_headers.get_header(f"WARC-{part}-Digest") for part in ("Block", "Payload")
        )
        return self.foreign and not has_digest and getattr(record.raw_stream, "limit", 1) == 0


def read_info(path: Path) -> dict[str, str]:
    """Return the fields of an archive's first record; empty if it cannot be read."""
    reader = ArchiveReader(path)
    for _ in reader:  # the first record is read on the way to the first response
        break
    return reader.info


def read_at(path: Path, offset: int) -> ArchivedResponse:
    """Return the response whose record begins at ``offset``, found by an ``ArchiveReader``."""
    with path.open("rb") as file:
        file.seek(offset)
        record = next(ArchiveIterator(file))
        date = moment(record.rec_headers.get_header("WARC-Date"))
        return _response(record, record.raw_stream.read(), offset, date)


def moment(text: str | None) -> datetime | None:
    """Return a date of a WARC record, UTC; None if it is none."""
    try:
        found = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _response(
    record: Any,  # noqa: ANN401
    body: bytes,
    offset: int,
    date: datetime | None,
) -> ArchivedResponse:
    status = record.http_headers.get_statuscode()
    return ArchivedResponse(
        url=record.rec_headers.get_header("WARC-Target-URI") or "",
        status=int(status) if status.isascii() and status.isdigit() else 0,
        headers=tuple(record.http_headers.headers),
        body=body,
        received_at=date,
        record=record.rec_headers.get_header("WARC-Record-ID") or "",
        offset=offset,
    )
