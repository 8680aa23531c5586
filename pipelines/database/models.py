"""The tables of the store.

run ─┐
source ── vacancy ── advert_version ── criterion ── match
     └── rejected

A vacancy is known by source and reference. Each different content of its advert is one
``advert_version``; what was read of that content hangs below it. Times are UTC.
"""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from pipelines.database.types import UtcDateTime

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name, so that a later migration can change it on either database."""


class Base(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar = {
        datetime: UtcDateTime(),
        str: Text(),
        list[Any]: JSON(),
        dict[str, Any]: JSON(),
    }


class SourceRow(Base):
    """A board, or another place vacancies come from."""

    __tablename__ = "source"

    name: Mapped[str] = mapped_column(primary_key=True)
    first_run_at: Mapped[datetime]


class RunRow(Base):
    """One crawl or import of one source."""

    __tablename__ = "run"
    __table_args__ = (
        CheckConstraint("status IN ('running', 'finished', 'failed', 'interrupted')", "status"),
        Index(None, "source", "started_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(ForeignKey("source.name"))
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    status: Mapped[str]
    """``running``; ``finished``: its check found nothing; ``failed``: it found a problem;
    ``interrupted``: it never ended, seen when the next one of its source started."""

    problems: Mapped[list[Any]]
    """Sentences of the run check."""

    stats: Mapped[dict[str, Any]]
    """The crawl's counters."""


class VacancyRow(Base):
    """One advertised post: what the listing said last, and since when it has been seen."""

    __tablename__ = "vacancy"
    __table_args__ = (
        UniqueConstraint("source", "reference"),
        CheckConstraint("end_reason IN ('withdrawn', 'expired')", "end_reason"),
        CheckConstraint("(closed_at IS NULL) = (end_reason IS NULL)", "closed_with_reason"),
        Index(None, "source", "closed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(ForeignKey("source.name"))
    reference: Mapped[str]
    first_seen: Mapped[datetime]
    """Start of the first run that met it."""

    last_seen: Mapped[datetime]
    """Start of the last run that met it."""

    last_run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    closed_at: Mapped[datetime | None]
    """Start of the run that found it closed."""

    end_reason: Mapped[str | None]
    """``withdrawn``: no longer listed before its closing date; ``expired``: past that date."""

    earlier_closings: Mapped[list[Any]]
    """For a vacancy seen again after it was closed: ``{closed_at, end_reason, reopened_at}`` of
    each earlier closing, ISO 8601 times, oldest first."""

    url: Mapped[str]
    """From here to ``relevance``: what the latest listing says; empty if only its page was read."""

    title: Mapped[str]
    employer: Mapped[str]
    summary: Mapped[str]
    contract_type_raw: Mapped[str]
    salary_raw: Mapped[str | None]
    salary_minimum: Mapped[float | None]
    salary_maximum: Mapped[float | None]
    salary_period: Mapped[str | None]
    closing_date: Mapped[date | None]
    posted_at: Mapped[datetime | None]
    places: Mapped[list[Any]]
    staff_group: Mapped[str]
    relevance: Mapped[float]
    listing_run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"))
    """Last run that listed it; None if only its page was ever read."""

    listing_hash: Mapped[str | None]
    page_run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"))
    """Last run that read its page; None if none has."""

    page_listing_hash: Mapped[str | None]
    """The listing that was in force when the page was last read; None while that is still
    ``listing_hash``; ``incomplete`` if an attached document is still to be had, ``unlisted`` if the
    page was read before its advert was ever listed."""


class AdvertVersionRow(Base):
    """One content of an advert page: the facts as printed, those made of them, the prose.

    If a page goes from one content to another and back, the first version is in force again:
    its ``checked_at`` is then the latest.
    """

    __tablename__ = "advert_version"
    __table_args__ = (
        UniqueConstraint("vacancy_id", "content_hash"),
        Index(
            "uq_advert_version_current",
            "vacancy_id",
            unique=True,
            sqlite_where=text("is_current"),
            postgresql_where=text("is_current"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"))
    content_hash: Mapped[str]
    """SHA-256 of everything the page and its documents said, without the time of the fetch."""

    fetched_at: Mapped[datetime]
    """First fetch of this content."""

    checked_at: Mapped[datetime]
    """Last fetch of this content."""

    is_current: Mapped[bool]
    """The version with the latest ``checked_at``."""

    changed_fields: Mapped[list[Any]]
    """Names of the facts that differ from the version before; empty for the first."""

    archive_file: Mapped[str | None]
    """Archive that holds the raw page; None if none was kept."""

    archive_record: Mapped[str | None]
    """The record's id in that archive."""

    archive_sha256: Mapped[str | None]
    """SHA-256 of the raw page, as received; stays when its archive is deleted."""

    url: Mapped[str]
    title: Mapped[str]
    employer: Mapped[str]
    board_reference: Mapped[str]
    closing_date: Mapped[date | None]
    closing_date_raw: Mapped[str]
    posted_date: Mapped[date | None]
    posted_date_raw: Mapped[str]
    pay_scheme: Mapped[str]
    band: Mapped[str | None]
    band_raw: Mapped[str]
    salary_raw: Mapped[str | None]
    salary_minimum: Mapped[float | None]
    salary_maximum: Mapped[float | None]
    salary_period: Mapped[str | None]
    contract_type_raw: Mapped[str]
    contract_duration: Mapped[str]
    working_patterns_raw: Mapped[str]
    staff_group: Mapped[str]
    places: Mapped[list[Any]]
    summary: Mapped[str]
    main_duties: Mapped[str]
    about_employer: Mapped[str]
    job_description: Mapped[str]
    specification: Mapped[list[Any]]
    """The sources of the person specification, mail and telephone masked. Of an attached document
    address and SHA-256, or why it was not read; never its text."""

    dbs_check: Mapped[bool | None]
    sponsorship: Mapped[bool | None]
    uk_registration: Mapped[bool | None]
    is_open: Mapped[bool]
    empty_blocks: Mapped[list[Any]]

    reader_version: Mapped[str]
    matcher_version: Mapped[str]
    catalogue_version: Mapped[str]
    facts_version: Mapped[str]
    no_criteria_reason: Mapped[str | None]
    """Why no criterion was found, one sentence; None if there is one."""

    pay_band: Mapped[str | None]
    pay_band_basis: Mapped[str | None]
    """``printed`` on the page or ``inferred`` from the salary; None without a band."""

    pay_table: Mapped[str | None]
    """The dated pay table that holds the printed salary; None if none does."""

    salary_annual_minimum: Mapped[float | None]
    salary_annual_maximum: Mapped[float | None]
    """Pounds a year for full-time work; None where it cannot be worked out."""

    contract_type: Mapped[str | None]
    fixed_term_months: Mapped[int | None]
    working_patterns: Mapped[list[Any]]
    postcode: Mapped[str | None]
    region: Mapped[str | None]
    """Main region of the postcode area of the first place."""

    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    coordinates_basis: Mapped[str | None]
    """``town`` or ``postcode area``: how near the coordinates are."""

    driving: Mapped[bool | None]
    """The advert asks for a driving licence or driving; None if it is silent."""

    may_close_early: Mapped[bool]


class CriterionRow(Base):
    """One line of a person specification and what the matcher says of it as a whole."""

    __tablename__ = "criterion"
    __table_args__ = (
        UniqueConstraint("advert_version_id", "key"),
        CheckConstraint("importance IN ('essential', 'desirable', 'unknown')", "importance"),
        CheckConstraint("min_level BETWEEN 1 AND 8", "min_level"),
    )

    advert_version_id: Mapped[int] = mapped_column(
        ForeignKey("advert_version.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    """Order in the specification, from 1."""

    key: Mapped[str]
    """Made of the words, so it stays the same when the specification is read again."""

    text: Mapped[str]
    form: Mapped[str]
    importance: Mapped[str]
    importance_source: Mapped[str | None]
    group_heading: Mapped[str | None]
    group_kind: Mapped[str | None]
    assessed_by: Mapped[list[Any]]
    stated_importance: Mapped[str | None]
    min_level: Mapped[int | None]
    experience_alternative: Mapped[bool]
    source_label: Mapped[str]
    """Which part of the advert it stood in, in words."""

    source_url: Mapped[str | None]
    """Address of the linked document it stood in; None for the page itself."""


class MatchRow(Base):
    """A documented requirement that words of a criterion ask for, with the words."""

    __tablename__ = "match"
    __table_args__ = (
        ForeignKeyConstraint(
            ["advert_version_id", "criterion_position"],
            ["criterion.advert_version_id", "criterion.position"],
            ondelete="CASCADE",
        ),
        CheckConstraint("score BETWEEN 0 AND 100", "score"),
        CheckConstraint("importance IN ('essential', 'desirable', 'unknown')", "importance"),
        Index(None, "requirement"),
    )

    advert_version_id: Mapped[int] = mapped_column(primary_key=True)
    criterion_position: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    """Order in the criterion, from 1."""

    requirement: Mapped[str]
    aspect: Mapped[str | None]
    importance: Mapped[str]
    score: Mapped[float]
    rule: Mapped[str]
    evidence: Mapped[str]
    start_offset: Mapped[int]
    end_offset: Mapped[int]
    matcher_version: Mapped[str]
    catalogue_version: Mapped[str]


class RejectedRow(Base):
    """An item that was refused, and why."""

    __tablename__ = "rejected"
    __table_args__ = (UniqueConstraint("run_id", "reference", "url", "reason"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"))
    rejected_at: Mapped[datetime]
    source: Mapped[str]
    reference: Mapped[str]
    url: Mapped[str]
    reason: Mapped[str]
    excerpt: Mapped[str]
    """Start of the item as it came, mail and telephone masked."""


class JobRunRow(Base):
    """One carrying out of an entry of the timetable."""

    __tablename__ = "job_run"
    __table_args__ = (
        CheckConstraint(
            "outcome IN ('running', 'done', 'failed', 'skipped', 'stopped')", "outcome"
        ),
        Index(None, "entry", "started_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry: Mapped[str]
    """Id of the entry, e.g. ``report`` or ``crawl-nhs_jobs``."""

    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    outcome: Mapped[str]
    """``skipped``: there was a reason not to, such as a paused source; ``stopped``: the service
    was ended; ``running`` for good if it was killed."""

    detail: Mapped[str]
    """What came of it, one sentence; empty while it runs."""
