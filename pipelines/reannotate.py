"""Stored adverts annotated again, after the reader, the matcher or the catalogue has moved on.

Without the network: the sources of each specification are stored with the advert. Attached
documents are not: the criteria that were read of them are kept as they are, and matched again.
"""

from collections.abc import Callable

from matcher.match import Matcher
from pipelines.annotate import annotate_vacancy, versions_of
from pipelines.database import Store
from pipelines.database.annotations import (
    BATCH,
    outdated_versions,
    save_annotation,
    stored_vacancies,
)
from pipelines.database.documents import stored_documents


def annotate_again(
    store: Store, matcher: Matcher, on_progress: Callable[[int, int], None] | None = None
) -> int:
    """Annotate every current advert that other versions have annotated; return how many.

    A batch is one transaction: stopped half way, it goes on where it was when started again.

    Args:
        store: What is stored.
        matcher: Matches with the catalogue of today.
        on_progress: Called after each batch with the adverts done and the adverts there are to do.
    """
    with store.reading() as session:
        outdated = outdated_versions(session, versions_of(matcher))
    for start in range(0, len(outdated), BATCH):
        with store.writing() as session:
            ids = outdated[start : start + BATCH]
            documents = stored_documents(session, ids)
            for version_id, vacancy in list(stored_vacancies(session, ids)):
                annotated = annotate_vacancy(vacancy, matcher, documents.get(version_id))
                save_annotation(session, version_id, annotated)
        if on_progress:
            on_progress(start + len(ids), len(outdated))
    return len(outdated)
