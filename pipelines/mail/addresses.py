"""Mail addresses: checked, made comparable, and hidden."""

import hashlib
import hmac
import re

from email_validator import EmailNotValidError, validate_email

from personspec.exceptions import UsageError

_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+")


def checked_address(text: str) -> str:
    """Return the address as mail servers take it, the domain in ASCII and lower case.

    Raises:
        UsageError: It is not an address that every mail server can take.
    """
    try:
        found = validate_email(text.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        # The library's message repeats what was typed, which has no place in a log.
        raise UsageError(
            "That is not an email address we can write to: check it, like name@example.org."
        ) from None
    return found.ascii_email or found.normalized


def address_hash(address: str, key: str) -> str:
    """Return the keyed hash (HMAC-SHA-256, hexadecimal) of an address in lower case."""
    return hmac.new(key.encode(), address.casefold().encode(), hashlib.sha256).hexdigest()


def without_addresses(text: str) -> str:
    """Return a text, such as a server's answer, with every mail address hidden."""
    return _ADDRESS.sub("[address]", text)
