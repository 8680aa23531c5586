"""How a page goes wrong."""


class PageError(Exception):
    """Raised to answer a request with an error page; carries what it says."""

    def __init__(self, status: int, title: str, text: str) -> None:
        super().__init__(title)
        self.status = status
        self.title = title
        self.text = text


def dead_link() -> PageError:
    """Return the answer to a link that is forged, too old, or of somebody who has been erased."""
    return PageError(
        404,
        "This link does not work any more",
        "It may be too old, or cut off: copy the whole link from the mail. If you have a digest, "
        "you can ask for a new link below.",
    )
