"""What reviewers said of criteria and requirements."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
IN_FORCE = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "review_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("criterion_key", sa.Text(), nullable=False),
        sa.Column("requirement", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("new_requirement", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Text(), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "decision IN ('accept', 'reject', 'change')", name=op.f("ck_review_decision_decision")
        ),
        sa.CheckConstraint(
            "(decision = 'change') = (new_requirement IS NOT NULL)",
            name=op.f("ck_review_decision_changed_to"),
        ),
        sa.PrimaryKeyConstraint("id", name="pk_review_decision"),
    )
    op.create_index(
        "uq_review_decision_in_force",
        "review_decision",
        ["source", "reference", "criterion_key", "requirement"],
        unique=True,
        sqlite_where=IN_FORCE,
        postgresql_where=IN_FORCE,
    )


def downgrade() -> None:
    op.drop_table("review_decision")
