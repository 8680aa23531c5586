"""Signed tokens: each for one purpose, and keys that can be changed."""

import hashlib
from collections.abc import Sequence
from typing import Literal

from itsdangerous import BadData, URLSafeTimedSerializer

Purpose = Literal["confirm", "manage", "unsubscribe", "feedback", "more", "form"]

DAY_S = 86_400

LIFETIME_S: dict[Purpose, int | None] = {
    "confirm": 7 * DAY_S,
    "manage": 90 * DAY_S,
    "unsubscribe": None,
    "feedback": 180 * DAY_S,
    "more": 180 * DAY_S,
    "form": DAY_S // 6,
}
"""How long a token holds; None for ever: who has an old mail must still be able to leave."""


class Tokens:
    """Makes and reads tokens. Made with the newest key; read with any."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Take the secret keys, the newest first."""
        # itsdangerous signs with the last of its keys.
        self._serializers = {
            purpose: URLSafeTimedSerializer(
                list(reversed(keys)),
                salt=f"personspec {purpose}",
                signer_kwargs={"digest_method": hashlib.sha256},
            )
            for purpose in LIFETIME_S
        }

    def make(self, purpose: Purpose, *parts: str) -> str:
        """Return a token that names something, for one purpose only."""
        return str(self._serializers[purpose].dumps(list(parts)))

    def read(self, purpose: Purpose, token: str) -> list[str] | None:
        """Return what a token names; None if it is forged, too old, or for another purpose."""
        try:
            parts = self._serializers[purpose].loads(token, max_age=LIFETIME_S[purpose])
        except BadData:
            return None
        return [str(part) for part in parts]
