"""The store as the other parts see it: each method is one transaction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from crawler.items import Sighting
from personspec.exceptions import UsageError
from pipelines.database import closings, job_runs, pages, runs, sightings
from pipelines.database.closings import Closings
from pipelines.database.engine import READ_ONLY, failures_told, make_engine, parse_url
from pipelines.database.migrate import schema_state, upgrade
from pipelines.database.pages import Outcome
from pipelines.types import AnnotatedVacancy, JobOutcome, JobRun, PastRun, Refusal


class Store:
    """What is known of vacancies, runs and their history. Close it after use."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._reading = engine.execution_options(**{READ_ONLY: True})

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a transaction: committed at the end, undone whole if anything is raised.

        Raises:
            StoreError: The database is busy, damaged or gone, or its disk is full.
        """
        with (
            failures_told(self.engine.url),
            Session(self.engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a view of one moment that waits for no writer.

        Raises:
            StoreError: The database is damaged or gone.
        """
        with failures_told(self.engine.url), Session(self._reading) as session, session.begin():
            yield session

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    def start_run(self, source: str, *, at: datetime | None = None) -> int:
        """Return the number of a new run; one of the source that never ended is interrupted."""
        with self.writing() as session:
            return runs.start_run(session, source, at=at).id

    def finish_run(
        self,
        run_id: int,
        problems: Sequence[str],
        stats: Mapping[str, object],
        *,
        at: datetime | None = None,
    ) -> None:
        """End a run: failed if its check found problems, else finished."""
        with self.writing() as session:
            runs.finish_run(session, runs.find_run(session, run_id), problems, stats, at=at)

    def end_run(
        self,
        run_id: int,
        problems: Sequence[str],
        stats: Mapping[str, object],
        *,
        at: datetime | None = None,
    ) -> Closings:
        """End a run and, if its check found no problem, close what it did not meet: both or none.

        A process killed between the two would leave closings by a run that never ended.
        """
        with self.writing() as session:
            run = runs.find_run(session, run_id)
            closed = Closings() if problems else closings.close_missing(session, run)
            runs.finish_run(session, run, problems, stats, at=at)
        return closed

    def interrupt_run(
        self,
        run_id: int,
        problems: Sequence[str],
        stats: Mapping[str, object],
        *,
        at: datetime | None = None,
    ) -> None:
        """End a run that was stopped before its end; starting again goes on with it."""
        with self.writing() as session:
            runs.interrupt_run(runs.find_run(session, run_id), problems, stats, at=at)

    def fail_unended(
        self, source: str, problem: str, *, since: datetime, stopped_too: bool = False
    ) -> None:
        """Mark the latest run of a source failed whose process is gone without having ended it."""
        with self.writing() as session:
            runs.fail_unended(session, source, problem, since=since, stopped_too=stopped_too)

    def past_runs(self, source: str | None = None, *, limit: int = 100) -> list[PastRun]:
        """Return the latest runs, of one source or of all, newest first."""
        with self.reading() as session:
            return runs.past_runs(session, source, limit=limit)

    def close_missing(self, run_id: int) -> Closings:
        """Close what a healthy run did not meet, and what is past its date.

        Raises:
            StoreError: The run has failed or was interrupted.
        """
        with self.writing() as session:
            return closings.close_missing(session, runs.find_run(session, run_id))

    def close_expired(self, now: datetime) -> int:
        """Close what is past its closing date, of every source; return how many."""
        with self.writing() as session:
            return closings.close_expired(session, now)

    def save_sightings(self, run_id: int, seen: Iterable[Sighting]) -> None:
        """Store that these adverts were listed in this run."""
        with self.writing() as session:
            sightings.save_sightings(session, runs.find_run(session, run_id), seen)

    def save_vacancy(self, run_id: int, annotated: AnnotatedVacancy) -> Outcome:
        """Store an advert page and what was made of it; all of it or nothing."""
        return self.save_vacancies(run_id, [annotated])[0]

    def save_vacancies(self, run_id: int, batch: Iterable[AnnotatedVacancy]) -> list[Outcome]:
        """Store several pages in one transaction: faster where a crash may cost the batch."""
        with self.writing() as session:
            run, annotated = runs.find_run(session, run_id), list(batch)
            for refusal in (one for vacancy in annotated for one in vacancy.refusals):
                runs.save_refusal(session, run, refusal)
            return pages.save_vacancies(session, run, annotated)

    def forget_archives(self, files: Sequence[str]) -> None:
        """Point no longer into these page archives, named relative to their folder."""
        with self.writing() as session:
            pages.forget_archives(session, files)

    def save_refusal(self, run_id: int, refusal: Refusal) -> None:
        """Keep why an item was refused."""
        with self.writing() as session:
            runs.save_refusal(session, runs.find_run(session, run_id), refusal)

    def save_refusals(self, run_id: int, refusals: Iterable[Refusal]) -> None:
        """Keep why several items were refused, in one transaction."""
        with self.writing() as session:
            run = runs.find_run(session, run_id)
            for refusal in refusals:
                runs.save_refusal(session, run, refusal)

    def start_job(self, entry: str) -> int:
        """Return the number of a new carrying out of an entry of the timetable."""
        with self.writing() as session:
            return job_runs.start_job(session, entry)

    def finish_job(self, number: int, outcome: JobOutcome, detail: str) -> None:
        """Note what came of carrying out an entry."""
        with self.writing() as session:
            job_runs.finish_job(session, number, outcome, detail)

    def last_jobs(self) -> dict[str, JobRun]:
        """Return the latest carrying out of every entry of the timetable, by entry."""
        with self.reading() as session:
            return job_runs.last_jobs(session)


def open_store(url: str) -> Store:
    """Return the store at an SQLAlchemy URL, made or brought up to date where needed.

    Raises:
        UsageError: The URL cannot be used.
        StoreError: The database cannot be reached, or was made by a newer personspec.
    """
    with ExitStack() as on_failure:
        engine = make_engine(url)
        on_failure.callback(engine.dispose)
        with failures_told(engine.url):
            upgrade(engine)
        on_failure.pop_all()
    return Store(engine)


def open_existing(url: str) -> Store:
    """Return the store at an SQLAlchemy URL for a command that only reads: it must be there.

    Raises:
        UsageError: The URL cannot be used, or there is no store.
        StoreError: As in ``open_store``.
    """
    if schema_state(url) == "none":
        shown = parse_url(url).render_as_string(hide_password=True)
        raise UsageError(
            f"There is no store at {shown}: 'personspec crawl' or 'personspec import' makes it; "
            "PERSONSPEC_DATABASE_URL or PERSONSPEC_OUTPUT_DIR says where it is."
        )
    return open_store(url)
