"""The addresses of our own pages that mails carry."""

from dataclasses import dataclass

from pipelines.mail.tokens import Purpose, Tokens


@dataclass(frozen=True)
class Links:
    """Makes links to our pages for one subscriber."""

    web_url: str
    tokens: Tokens
    subscriber: str
    """The subscriber's key, never the address."""

    @property
    def confirm(self) -> str:
        """Page that confirms the subscription."""
        return self._link("confirm", "confirm")

    @property
    def manage(self) -> str:
        """Page to change, pause, see or erase everything."""
        return self._link("manage", "manage")

    @property
    def unsubscribe(self) -> str:
        """Page to leave; a POST to it acts at once (RFC 8058)."""
        return self._link("unsubscribe", "unsubscribe")

    def feedback(self, vacancy_id: int) -> str:
        """Page to say whether a vacancy was relevant."""
        return self._link("feedback", "feedback", str(vacancy_id))

    def more(self, period: str) -> str:
        """Page with everything a digest found."""
        return self._link("more", "more", period)

    def _link(self, path: str, purpose: Purpose, *parts: str) -> str:
        token = self.tokens.make(purpose, self.subscriber, *parts)
        return f"{self.web_url.rstrip('/')}/{path}?token={token}"
