"""The folder of all releases: new ones are put on it whole, old ones never change.

``releases/2026-11-22.1/`` … the releases; ``versions.json`` and ``latest`` say what there is and
change last; ``withdrawn.json`` names the vacancies that no later release may hold.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from personspec.exceptions import PersonspecError, UsageError
from personspec.folders import make_folder
from pipelines.outputs.files import replacing

SUMS = "SHA256SUMS"
VERSIONS = "versions.json"
LATEST = "latest"
WITHDRAWN = "withdrawn.json"
FAILURES = 100


class DatasetError(PersonspecError):
    """Raised when a release cannot be published, or is not what it should be; says why."""


class Shelf:
    """A folder of releases."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def of(cls, release: Path) -> "Shelf":
        """Return the shelf on which the folder of a release lies."""
        return cls(release.resolve().parent.parent)

    @property
    def releases(self) -> list[dict[str, Any]]:
        """What ``versions.json`` says of each release, oldest first."""
        return self._versions["releases"]

    @property
    def failures(self) -> list[dict[str, Any]]:
        """When and why nothing was published, oldest first; the latest ``FAILURES`` of them."""
        return self._versions["failures"]

    @property
    def latest(self) -> str | None:
        """Version of the latest release; None if there is none."""
        releases = self.releases
        return str(releases[-1]["version"]) if releases else None

    @property
    def withdrawn(self) -> dict[str, str]:
        """The day (ISO 8601) each withdrawn vacancy was withdrawn, by its ``vacancy_id``."""
        return {one["vacancy_id"]: one["withdrawn_on"] for one in self._read(WITHDRAWN, [])}

    def path_of(self, version: str) -> Path:
        """Return the folder of a release."""
        return self.folder / "releases" / version

    def next_version(self, today: date) -> str:
        """Return the name of today's next release, e.g. ``2026-11-22.2``."""
        number = 1
        while self.path_of(f"{today}.{number}").exists():
            number += 1
        return f"{today}.{number}"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep others from publishing here; raise DatasetError if one does already."""
        make_folder(self.folder / "releases", "the releases")
        try:
            with FileLock(self.folder / ".lock", timeout=0):
                yield
        except Timeout as error:
            raise DatasetError(f"Another program is publishing to {self.folder}.") from error

    @contextmanager
    def aside(self, version: str) -> Iterator[Path]:
        """Give a folder to write a release to; it becomes the release if all goes well.

        Raises:
            UsageError: It cannot be written, e.g. because the disk is full.
        """
        folder = self.path_of(f".{version}.new")
        try:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            yield folder
            for path in sorted(folder.rglob("*")):
                _sync(path)
            _sync(folder)
            folder.rename(self.path_of(version))
            _sync(folder.parent)
        except OSError as error:
            raise UsageError(
                f"{self.folder} cannot be written ({error.strerror or error}): make room or choose "
                "another folder. The releases before are unchanged."
            ) from error
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def add(self, entry: Mapping[str, Any]) -> None:
        """Say in ``versions.json`` and ``latest`` that there is a new release."""
        self._write(VERSIONS, self._versions | {"releases": [*self.releases, entry]})
        with replacing(self.folder / LATEST, encoding="utf-8") as file:
            file.write(f"{entry['version']}\n")

    def add_failure(self, at: datetime, reason: str) -> None:
        """Say in ``versions.json`` that nothing was published, and why."""
        reason = reason.replace(str(self.folder), "The folder")  # it may be read by anybody
        failures = [*self.failures, {"failed_at": at.isoformat(), "reason": reason}]
        self._write(VERSIONS, self._versions | {"failures": failures[-FAILURES:]})

    def withdraw(self, vacancy_id: str, day: date) -> None:
        """Keep a vacancy out of all later releases."""
        held = self._read(WITHDRAWN, [])
        if vacancy_id not in self.withdrawn:
            held.append({"vacancy_id": vacancy_id, "withdrawn_on": day.isoformat()})
        self._write(WITHDRAWN, held)

    @property
    def _versions(self) -> dict[str, list[dict[str, Any]]]:
        held: dict[str, Any] = self._read(VERSIONS, {})
        return {"releases": [], "failures": []} | held

    def _read(self, name: str, otherwise: Any) -> Any:  # noqa: ANN401 JSON
        path = self.folder / name
        try:
            return json.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            return otherwise
        except (OSError, ValueError) as error:
            raise DatasetError(
                f"{path} cannot be read: {error}. Restore it from a copy."
            ) from error

    def _write(self, name: str, content: Any) -> None:  # noqa: ANN401 JSON
        with replacing(self.folder / name, encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False, indent=2)
            file.write("\n")


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file, 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_sums(folder: Path) -> None:
    """Write ``SHA256SUMS`` over all other files, as ``sha256sum -c`` reads it."""
    lines = [
        f"{file_hash(path)}  {path.relative_to(folder).as_posix()}\n" for path in files(folder)
    ]
    (folder / SUMS).write_text("".join(lines), "utf-8")


def read_sums(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file as ``SHA256SUMS`` states it, by relative path.

    Raises:
        DatasetError: It is missing or has an odd line: this is no release.
    """
    path = folder / SUMS
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{folder} is no release: {SUMS} cannot be read.") from error
    pairs = [line.split("  ", 1) for line in lines]
    if any(len(pair) != 2 for pair in pairs):
        raise DatasetError(f"{path} has a line without a sum and a name.")
    return {name: total for total, name in pairs}


def files(folder: Path) -> list[Path]:
    """Return the files of a release but for its sums, sorted."""
    return sorted(p for p in folder.rglob("*") if p.is_file() and p != folder / SUMS)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
