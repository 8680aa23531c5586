"""Job seekers: subscribers, the outbox of their mails, feedback, suppressed addresses."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_subscriber()
    _create_suppression()
    _create_digest()
    _create_digest_item()
    _create_feedback()


def downgrade() -> None:
    for table in ("feedback", "digest_item", "digest", "suppression", "subscriber"):
        op.drop_table(table)


def _create_subscriber() -> None:
    op.create_table(
        "subscriber",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_hash", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("status_since", MOMENT, nullable=False),
        sa.Column("profile", sa.JSON(), nullable=False),
        sa.Column("frequency", sa.Text(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("consent_wording", sa.Text(), nullable=False),
        sa.Column("consent_given_by", sa.Text(), nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("last_sign_at", MOMENT, nullable=False),
        sa.Column("still_wanted_asked_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "status IN ('unconfirmed', 'active', 'paused', 'unsubscribed')",
            name=op.f("ck_subscriber_status"),
        ),
        sa.CheckConstraint(
            "frequency IN ('daily', 'weekly')", name=op.f("ck_subscriber_frequency")
        ),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_subscriber_weekday")),
        sa.PrimaryKeyConstraint("id", name="pk_subscriber"),
        sa.UniqueConstraint("key", name="uq_subscriber_key"),
        sa.UniqueConstraint("email_hash", name="uq_subscriber_email_hash"),
    )


def _create_suppression() -> None:
    op.create_table(
        "suppression",
        sa.Column("email_hash", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.CheckConstraint(
            "reason IN ('erased', 'refused', 'asked')", name=op.f("ck_suppression_reason")
        ),
        sa.PrimaryKeyConstraint("email_hash", name="pk_suppression"),
    )


def _create_digest() -> None:
    op.create_table(
        "digest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("message", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("drop_after", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", MOMENT, nullable=False),
        sa.Column("claimed_at", MOMENT, nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "status IN ('queued', 'sending', 'sent', 'failed', 'uncertain')",
            name=op.f("ck_digest_status"),
        ),
        sa.CheckConstraint(
            "kind IN ('digest', 'confirmation', 'link', 'still wanted')",
            name=op.f("ck_digest_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["subscriber_id"],
            ["subscriber.id"],
            name="fk_digest_subscriber_id_subscriber",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_digest"),
        sa.UniqueConstraint("subscriber_id", "period", name="uq_digest_subscriber_id_period"),
        sa.UniqueConstraint("message_id", name="uq_digest_message_id"),
    )
    op.create_index("ix_digest_status_next_attempt_at", "digest", ["status", "next_attempt_at"])


def _create_digest_item() -> None:
    op.create_table(
        "digest_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest_id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "section IN ('new', 'changed', 'closing')", name=op.f("ck_digest_item_section")
        ),
        *(
            sa.ForeignKeyConstraint(
                [f"{table}_id"],
                [f"{table}.id"],
                name=f"fk_digest_item_{table}_id_{table}",
                ondelete="CASCADE",
            )
            for table in ("digest", "subscriber", "vacancy")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_digest_item"),
        sa.UniqueConstraint(
            "subscriber_id",
            "vacancy_id",
            "reason",
            name="uq_digest_item_subscriber_id_vacancy_id_reason",
        ),
    )
    op.create_index("ix_digest_item_digest_id", "digest_item", ["digest_id"])


def _create_feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        sa.Column("relevant", sa.Boolean(), nullable=False),
        sa.Column("said_at", MOMENT, nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [f"{table}_id"],
                [f"{table}.id"],
                name=f"fk_feedback_{table}_id_{table}",
                ondelete="CASCADE",
            )
            for table in ("subscriber", "vacancy")
        ),
        sa.PrimaryKeyConstraint("subscriber_id", "vacancy_id", name="pk_feedback"),
    )
