"""How much a document may cost."""

from dataclasses import dataclass

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits on one document and on the process that reads it.

    The defaults are some ten times what the largest real job descriptions need.
    """

    file_bytes: int = 10 * _MIB
    """Size of the file."""

    inflated_bytes: int = 80 * _MIB
    """Size of all parts of a DOCX file once unpacked, counted while unpacking."""

    parts: int = 2000
    """Number of parts in a DOCX file."""

    pages: int = 60
    """Pages of a PDF file."""

    page_objects: int = 20_000
    """Lines and shapes of a PDF page above which its ruling is not looked at."""

    characters: int = 1_000_000
    """Characters of text or markup."""

    memory_bytes: int = 1536 * _MIB
    """Address space of the reading process (RLIMIT_AS)."""

    cpu_s: int = 20
    """Processor seconds for one document (RLIMIT_CPU)."""

    wall_s: float = 60.0
    """Seconds on the clock for one document."""

    documents_per_process: int = 200
    """After so many documents the reading process is replaced, whatever it may have leaked."""


DEFAULT_LIMITS = Limits()
