"""Backups: a zip of a manifest and one SQLite file with everything the store holds.

The form is the same whatever database the store is in, so a backup of SQLite can be restored to
PostgreSQL and the other way round. Settings, and with them all secrets, are not part of it; nor
are the page archives, which are deleted after some weeks for the sake of the people named there.
"""

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from personspec import __version__
from personspec.exceptions import UsageError
from pipelines.database import Store
from pipelines.database.copying import (
    check_sqlite,
    copy_to_sqlite,
    fill_from_sqlite,
    is_empty,
    sqlite_counts,
)

MANIFEST, COPY = "manifest.json", "store.db"

LARGEST_MANIFEST = 1024**2
"""Bytes; a real one has a few hundred."""

LARGEST_RATIO = 100
"""A store shrinks to about a fifth; what shrinks to a hundredth is made to fill a disk."""

SMALL = 16 * 1024**2
"""Bytes; up to here no ratio is looked at, as an almost empty file shrinks to nothing."""

ENCRYPTED = 0x1
"""Flag of a member of a zip that wants a password."""

_CHUNK = 1024**2


class Manifest(BaseModel):
    """What a backup says of itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    form: Literal["personspec-backup-1"] = "personspec-backup-1"
    made_at: datetime
    personspec: str
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    size: int = Field(ge=0)
    """Bytes of the copy of the store."""

    rows: dict[str, int]
    """By table."""


def write_backup(store: Store, file: Path) -> Manifest:
    """Write a backup, read it back, and return its manifest; the service may run meanwhile.

    Raises:
        UsageError: The file is there already, or cannot be written.
        StoreError: The copy is not whole.
    """
    if file.exists():
        raise UsageError(f"{file} is there already: name another file.")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder:
            copy, packed = Path(folder, COPY), Path(folder, "packed.zip")
            copy_to_sqlite(store, copy)
            check_sqlite(copy)
            manifest = _describe(copy)
            _pack(copy, manifest, packed)
            copy.unlink()
            with unpacked(packed) as (_, found):
                assert found == manifest
            packed.replace(file)
            _sync_folder(file.parent)
    except OSError as error:
        raise UsageError(f"The backup {file} cannot be written: {error.strerror}.") from error
    return manifest


def restore_backup(store: Store, file: Path, *, replace: bool = False) -> Manifest:
    """Fill a store from a backup, whole or not at all, and return the backup's manifest.

    Args:
        store: An empty store.
        file: What ``write_backup`` has written.
        replace: The store need not be empty: what it holds is given up.

    Raises:
        UsageError: The file is no backup, is damaged or not to be trusted, or the store is not
            empty.
        StoreError: The backup is of a newer personspec, or the store cannot be written.
    """
    with unpacked(file) as (copy, manifest):
        if not replace and not is_empty(store):
            raise UsageError(
                "The store is not empty: take a backup of it, then restore with --replace."
            )
        fill_from_sqlite(store, copy)
    return manifest


@contextmanager
def unpacked(file: Path) -> Iterator[tuple[Path, Manifest]]:
    """Give the copy of the store in a backup, checked, as a file that vanishes afterwards.

    Nothing is written under a name from the zip: its two members are read by the names they
    must have, and no further than the size the manifest gives.

    Raises:
        UsageError: The file is no backup, is damaged or not to be trusted.
    """
    with tempfile.TemporaryDirectory(prefix="personspec-backup-") as folder:
        copy = Path(folder, COPY)
        manifest = _unpack(file, copy)
        check_sqlite(copy)
        if sqlite_counts(copy) != manifest.rows:
            raise UsageError(f"{file} does not hold the rows its manifest names.")
        yield copy, manifest


def _unpack(file: Path, copy: Path) -> Manifest:
    try:
        with zipfile.ZipFile(file) as packed:
            manifest = _read_manifest(packed, file)
            _refuse_bomb(packed, manifest, file)
            _unpack_copy(packed, manifest, copy, file)
            return manifest
    except FileNotFoundError:
        raise UsageError(f"{file} does not exist: check the name.") from None
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,  # what zipfile raises for a compression it does not know
        EOFError,
        OSError,
    ) as error:
        raise UsageError(f"{file} is not a backup, or is damaged: {error}.") from error


def _describe(copy: Path) -> Manifest:
    with copy.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Manifest(
        made_at=datetime.now(UTC),
        personspec=__version__,
        sha256=digest,
        size=copy.stat().st_size,
        rows=sqlite_counts(copy),
    )


def _pack(copy: Path, manifest: Manifest, packed: Path) -> None:
    # Subscribers' addresses are in it: nobody else on the machine is to read it.
    descriptor = os.open(packed, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(MANIFEST, manifest.model_dump_json(indent=2))
            archive.write(copy, COPY)
        stream.flush()
        os.fsync(stream.fileno())


def _read_manifest(packed: zipfile.ZipFile, file: Path) -> Manifest:
    members = packed.infolist()
    names = sorted(member.filename for member in members)
    if names != [MANIFEST, COPY] or any(member.flag_bits & ENCRYPTED for member in members):
        raise UsageError(f"{file} is not a backup: it holds something else than a backup does.")
    if packed.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
        raise UsageError(f"{file} is not a backup: its manifest is too large.")
    try:
        with packed.open(MANIFEST) as stream:
            manifest = Manifest.model_validate(json.loads(stream.read(LARGEST_MANIFEST)))
    except (ValueError, ValidationError) as error:
        raise UsageError(f"{file} is not a backup: its manifest cannot be read.") from error
    return manifest


def _refuse_bomb(packed: zipfile.ZipFile, manifest: Manifest, file: Path) -> None:
    small = max(SMALL, LARGEST_RATIO * packed.getinfo(COPY).compress_size)
    if manifest.size > small:
        raise UsageError(
            f"{file} is refused: unpacked it would be over {LARGEST_RATIO} times as large."
        )
    if manifest.size > shutil.disk_usage(tempfile.gettempdir()).free:
        raise UsageError(
            f"{file} needs {manifest.size:,} bytes unpacked, more than the disk has free."
        )


def _unpack_copy(packed: zipfile.ZipFile, manifest: Manifest, copy: Path, file: Path) -> None:
    digest, left = hashlib.sha256(), manifest.size
    with packed.open(COPY) as stream, copy.open("wb") as target:
        for chunk in _chunks(stream):
            left -= len(chunk)
            if left < 0:
                raise UsageError(f"{file} is refused: it is larger than its manifest says.")
            digest.update(chunk)
            target.write(chunk)
    if left or digest.hexdigest() != manifest.sha256:
        raise UsageError(f"{file} is damaged: its checksum is not the one in its manifest.")


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
