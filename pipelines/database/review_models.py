"""The table of reviewers' decisions.

It hangs on no other table: a decision is known by the board's reference, the criterion's words
and the requirement, so that it outlives a new crawl, a new reading and a store built again.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from pipelines.database.models import Base


class ReviewDecisionRow(Base):
    """What a reviewer said of one criterion and one requirement."""

    __tablename__ = "review_decision"
    __table_args__ = (
        CheckConstraint("decision IN ('accept', 'reject', 'change')", "decision"),
        CheckConstraint("(decision = 'change') = (new_requirement IS NOT NULL)", "changed_to"),
        Index(
            "uq_review_decision_in_force",
            "source",
            "reference",
            "criterion_key",
            "requirement",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    reference: Mapped[str]
    criterion_key: Mapped[str]
    requirement: Mapped[str]
    """The requirement that was judged; empty for "asks nothing documented"."""

    decision: Mapped[str]
    new_requirement: Mapped[str | None]
    """For ``change``: what is asked instead."""

    evidence: Mapped[str]
    """The words the matcher had shown; empty if it had found nothing."""

    reviewer: Mapped[str]
    note: Mapped[str]
    row_version: Mapped[str]
    """That of the row the reviewer saw."""

    decided_at: Mapped[datetime]
    """When it was read into the store."""

    ended_at: Mapped[datetime | None]
    """When it was withdrawn or replaced; None while it is in force."""
