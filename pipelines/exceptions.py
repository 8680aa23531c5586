"""What can go wrong between an item and the outputs."""

from personspec.exceptions import PersonspecError


class StoreError(PersonspecError):
    """Raised when the store cannot be opened or does not hold what a caller names."""


class RefusedError(PersonspecError):
    """Raised by validation when an item cannot be stored as it is; its text is the reason."""
