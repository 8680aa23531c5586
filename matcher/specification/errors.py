"""What is told when a document cannot be read."""

from personspec.exceptions import UsageError


class DocumentError(UsageError):
    """Raised when a document cannot be read; one sentence names it, the fault and what to do."""
