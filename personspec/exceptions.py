"""The one base of every error a user is told in a sentence."""


class PersonspecError(Exception):
    """Base of all errors of this project; its text is one clear sentence for the user."""


class UsageError(PersonspecError):
    """Raised when an argument, a setting or an input file cannot be used; exit code 2."""


class CatalogueError(PersonspecError):
    """Raised when a file of ``data/`` is wrong; names the file, the entry and the field."""
