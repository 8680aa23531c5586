"""``personspec annotate``: stored adverts read and matched again, without the network."""

from contextlib import closing

from matcher.catalogue import load_catalogue
from matcher.match import Matcher
from personspec.settings import load_settings
from pipelines.database import open_existing
from pipelines.reannotate import annotate_again
from schedules.terminal import stderr_console, stdout_console

TOLD_EVERY = 1_000
"""Adverts; so many take some seconds."""


def annotate_stored() -> int:
    """Annotate again what older versions have annotated, saying how far it is; return how many."""
    with closing(open_existing(load_settings().store_url)) as store:
        return annotate_again(store, Matcher(load_catalogue()), _tell)


def annotate() -> None:
    """Annotate again what older versions have annotated, and say how many adverts that were."""
    done = annotate_stored()
    stdout_console().print(
        f"Adverts read and matched again: {done}."
        if done
        else "Every advert was read and matched by the versions in use: nothing to do."
    )


def _tell(done: int, adverts: int) -> None:
    if done % TOLD_EVERY == 0:
        stderr_console().print(f"{done} of {adverts} adverts")
