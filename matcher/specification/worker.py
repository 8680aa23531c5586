"""The process that reads documents, so that none can take the caller down with it.

A document may be built to exhaust memory or time, and the libraries that read PDF are written in
C++. The worker runs under limits of address space and processor time, answers in JSON over a socket
pair, and is replaced after a fault and after a number of documents.
"""

import atexit
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path
from types import TracebackType

from matcher.specification.errors import DocumentError
from matcher.specification.limits import DEFAULT_LIMITS, Limits
from matcher.specification.magic import OLE_MAGIC
from matcher.types import Criterion, Specification

_HEADER = struct.Struct(">II")
_ROOT = Path(__file__).resolve().parents[2]
_CPU_CODE = -signal.SIGXCPU


class DocumentWorker:
    """Reads documents in a process of its own, started with the first document.

    May be used from several threads; documents are read one after the other.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None
        self._owner = 0
        self._done = 0

    def read(self, data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> Specification:
        """Read one document.

        Raises:
            DocumentError: It cannot be read, exceeds a limit, or made the worker fail; the worker
                is then replaced with the next document.
        """
        if len(data) > limits.file_bytes:  # spare the way through the pipe
            raise DocumentError(
                f"{name} is larger than {limits.file_bytes // 1_048_576} MB; give the person "
                "specification alone."
            )
        with self._lock:
            if self._process is None or self._owner != os.getpid():
                self._start(limits)
            try:
                answer = self._ask(data, name, limits)
            except TimeoutError as error:
                self._stop()
                raise DocumentError(
                    f"{name} took longer than {limits.wall_s:g} seconds to read; give the person "
                    "specification alone."
                ) from error
            except OSError as error:
                raise DocumentError(self._fault(name, limits)) from error
            self._done += 1
            if answer.get("tired") or self._done >= limits.documents_per_process:
                self._stop()
        if "error" in answer:
            raise DocumentError(str(answer["error"]))
        return _specification(answer)

    def close(self) -> None:
        """End the process; the next document starts another."""
        with self._lock:
            self._stop()

    def __enter__(self) -> "DocumentWorker":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """Process id of the running worker, None if none runs."""
        return self._process.pid if self._process else None

    def _start(self, limits: Limits) -> None:
        ours, theirs = socket.socketpair()
        paths = [str(_ROOT), os.environ.get("PYTHONPATH", "")]
        self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
            [
                sys.executable,
                "-m",
                "matcher.specification.worker",
                str(theirs.fileno()),
                str(limits.memory_bytes),
            ],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)},
        )
        theirs.close()
        self._socket, self._owner, self._done = ours, os.getpid(), 0

    def _ask(self, data: bytes, name: str, limits: Limits) -> dict[str, object]:
        assert self._socket is not None
        deadline = time.monotonic() + limits.wall_s
        meta = json.dumps({"name": name, "limits": asdict(limits)}).encode()
        self._socket.settimeout(limits.wall_s)
        self._socket.sendall(_HEADER.pack(len(meta), len(data)) + meta + data)
        size = struct.unpack(">I", _receive(self._socket, 4, deadline))[0]
        answer: dict[str, object] = json.loads(_receive(self._socket, size, deadline))
        return answer

    def _fault(self, name: str, limits: Limits) -> str:
        """Say why the worker is gone, and let it be gone."""
        assert self._process is not None
        try:
            code = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            code = 0
        self._stop()
        if code == _CPU_CODE:
            return (
                f"{name} took more than {limits.cpu_s} seconds of processor time; give the person "
                "specification alone."
            )
        return f"{name} cannot be read: it made the reading process fail (exit {code})."

    def _stop(self) -> None:
        if self._socket is not None:
            self._socket.close()
        if self._process is not None and self._owner == os.getpid():
            self._process.kill()
            self._process.wait()
        self._process = self._socket = None


_shared = DocumentWorker()
atexit.register(_shared.close)


def read_bytes(data: bytes, name: str, *, limits: Limits = DEFAULT_LIMITS) -> Specification:
    """Read any file - HTML, text, DOCX or PDF - in the shared worker process.

    Args:
        data: The file.
        name: What messages call it, usually the file name. The kind is told by the content.
        limits: What the reading may cost.

    Raises:
        DocumentError: It cannot be read or exceeds a limit; one sentence says which.
    """
    return _shared.read(data, name, limits)


def read_document(data: bytes, name: str, *, limits: Limits = DEFAULT_LIMITS) -> Specification:
    """Read an attached document, PDF or DOCX, in the shared worker process.

    Raises:
        DocumentError: As ``read_bytes``, and for a web page or a text in a document's place.
    """
    if b"%PDF-" not in data[:1024] and not data.startswith((b"PK", OLE_MAGIC)):
        raise DocumentError(f"{name} is neither a PDF nor a Word document.")
    return _shared.read(data, name, limits)


def _receive(connection: socket.socket, size: int, deadline: float | None = None) -> bytes:
    parts: list[bytes] = []
    while size:
        if deadline is not None:
            connection.settimeout(max(deadline - time.monotonic(), 0.001))
        part = connection.recv(min(size, 1 << 20))
        if not part:
            raise ConnectionResetError("the other side is gone")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _specification(answer: dict[str, object]) -> Specification:
    rows = answer["criteria"]
    assert isinstance(rows, list)
    criteria = tuple(Criterion(**{**row, "assessed_by": tuple(row["assessed_by"])}) for row in rows)
    reason = answer["reason"]
    return Specification(criteria, None if reason is None else str(reason))


def serve(connection: socket.socket) -> None:
    """Read documents as they come, until the other side closes. Runs in the worker process."""
    while True:
        try:
            meta_size, data_size = _HEADER.unpack(_receive(connection, _HEADER.size))
        except ConnectionResetError:
            return
        meta = json.loads(_receive(connection, meta_size))
        data = _receive(connection, data_size)
        limits = Limits(**meta["limits"])
        _allow_processor_time(limits.cpu_s)
        answer = json.dumps(_answer(data, meta["name"], limits)).encode()
        connection.sendall(struct.pack(">I", len(answer)) + answer)


def _answer(data: bytes, name: str, limits: Limits) -> dict[str, object]:
    from matcher.specification.documents import read

    try:
        found = read(data, name, limits)
    except DocumentError as error:
        return {"error": str(error)}
    except (MemoryError, RecursionError):
        megabytes = limits.memory_bytes // 1_048_576
        return {
            "error": f"{name} needs more than {megabytes} MB of memory to read; give the person "
            "specification alone.",
            "tired": True,
        }
    return {"criteria": [asdict(criterion) for criterion in found.criteria], "reason": found.reason}


def _allow_processor_time(seconds: int) -> None:
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds + 1, hard))


def main() -> None:
    """Serve on the socket whose number is the first argument, within the memory of the second."""
    import resource

    descriptor, memory = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the caller decides when to stop
    serve(socket.socket(fileno=descriptor))


if __name__ == "__main__":
    main()
