"""The first tables: runs, vacancies with their history, criteria and matches."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_source()
    _create_run()
    _create_rejected()
    _create_vacancy()
    _create_advert_version()
    _create_criterion()
    _create_match()


def downgrade() -> None:
    for table in ("match", "criterion", "advert_version", "vacancy", "rejected", "run", "source"):
        op.drop_table(table)


def _create_source() -> None:
    op.create_table(
        "source",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("first_run_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_source"),
    )


def _create_run() -> None:
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("stats", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "status IN ('running', 'finished', 'failed', 'interrupted')", name=op.f("ck_run_status")
        ),
        sa.ForeignKeyConstraint(["source"], ["source.name"], name="fk_run_source_source"),
        sa.PrimaryKeyConstraint("id", name="pk_run"),
    )
    op.create_index("ix_run_source_started_at", "run", ["source", "started_at"])


def _create_rejected() -> None:
    op.create_table(
        "rejected",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("rejected_at", MOMENT, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("excerpt", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["run.id"], name="fk_rejected_run_id_run", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_rejected"),
        sa.UniqueConstraint(
            "run_id", "reference", "url", "reason", name="uq_rejected_run_id_reference_url_reason"
        ),
    )


def _create_vacancy() -> None:
    op.create_table(
        "vacancy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("first_seen", MOMENT, nullable=False),
        sa.Column("last_seen", MOMENT, nullable=False),
        sa.Column("last_run_id", sa.Integer(), nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.Column("earlier_closings", sa.JSON(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("employer", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("contract_type_raw", sa.Text(), nullable=False),
        sa.Column("salary_raw", sa.Text(), nullable=True),
        sa.Column("salary_minimum", sa.Double(), nullable=True),
        sa.Column("salary_maximum", sa.Double(), nullable=True),
        sa.Column("salary_period", sa.Text(), nullable=True),
        sa.Column("closing_date", sa.Date(), nullable=True),
        sa.Column("posted_at", MOMENT, nullable=True),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("staff_group", sa.Text(), nullable=False),
        sa.Column("relevance", sa.Double(), nullable=False),
        sa.Column("listing_run_id", sa.Integer(), nullable=True),
        sa.Column("listing_hash", sa.Text(), nullable=True),
        sa.Column("page_run_id", sa.Integer(), nullable=True),
        sa.Column("page_listing_hash", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "end_reason IN ('withdrawn', 'expired')", name=op.f("ck_vacancy_end_reason")
        ),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (end_reason IS NULL)", name=op.f("ck_vacancy_closed_with_reason")
        ),
        sa.ForeignKeyConstraint(["last_run_id"], ["run.id"], name="fk_vacancy_last_run_id_run"),
        sa.ForeignKeyConstraint(
            ["listing_run_id"], ["run.id"], name="fk_vacancy_listing_run_id_run"
        ),
        sa.ForeignKeyConstraint(["page_run_id"], ["run.id"], name="fk_vacancy_page_run_id_run"),
        sa.ForeignKeyConstraint(["source"], ["source.name"], name="fk_vacancy_source_source"),
        sa.PrimaryKeyConstraint("id", name="pk_vacancy"),
        sa.UniqueConstraint("source", "reference", name="uq_vacancy_source_reference"),
    )
    op.create_index("ix_vacancy_source_closed_at", "vacancy", ["source", "closed_at"])


def _create_advert_version() -> None:
    op.create_table(
        "advert_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("fetched_at", MOMENT, nullable=False),
        sa.Column("checked_at", MOMENT, nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("changed_fields", sa.JSON(), nullable=False),
        sa.Column("archive_file", sa.Text(), nullable=True),
        sa.Column("archive_record", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("employer", sa.Text(), nullable=False),
        sa.Column("board_reference", sa.Text(), nullable=False),
        sa.Column("closing_date", sa.Date(), nullable=True),
        sa.Column("closing_date_raw", sa.Text(), nullable=False),
        sa.Column("posted_date", sa.Date(), nullable=True),
        sa.Column("posted_date_raw", sa.Text(), nullable=False),
        sa.Column("pay_scheme", sa.Text(), nullable=False),
        sa.Column("band", sa.Text(), nullable=True),
        sa.Column("band_raw", sa.Text(), nullable=False),
        sa.Column("salary_raw", sa.Text(), nullable=True),
        sa.Column("salary_minimum", sa.Double(), nullable=True),
        sa.Column("salary_maximum", sa.Double(), nullable=True),
        sa.Column("salary_period", sa.Text(), nullable=True),
        sa.Column("contract_type_raw", sa.Text(), nullable=False),
        sa.Column("contract_duration", sa.Text(), nullable=False),
        sa.Column("working_patterns_raw", sa.Text(), nullable=False),
        sa.Column("staff_group", sa.Text(), nullable=False),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("main_duties", sa.Text(), nullable=False),
        sa.Column("about_employer", sa.Text(), nullable=False),
        sa.Column("job_description", sa.Text(), nullable=False),
        sa.Column("specification", sa.JSON(), nullable=False),
        sa.Column("dbs_check", sa.Boolean(), nullable=True),
        sa.Column("sponsorship", sa.Boolean(), nullable=True),
        sa.Column("uk_registration", sa.Boolean(), nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("empty_blocks", sa.JSON(), nullable=False),
        sa.Column("reader_version", sa.Text(), nullable=False),
        sa.Column("matcher_version", sa.Text(), nullable=False),
        sa.Column("catalogue_version", sa.Text(), nullable=False),
        sa.Column("facts_version", sa.Text(), nullable=False),
        sa.Column("no_criteria_reason", sa.Text(), nullable=True),
        sa.Column("pay_band", sa.Text(), nullable=True),
        sa.Column("pay_band_basis", sa.Text(), nullable=True),
        sa.Column("pay_table", sa.Text(), nullable=True),
        sa.Column("salary_annual_minimum", sa.Double(), nullable=True),
        sa.Column("salary_annual_maximum", sa.Double(), nullable=True),
        sa.Column("contract_type", sa.Text(), nullable=True),
        sa.Column("fixed_term_months", sa.Integer(), nullable=True),
        sa.Column("working_patterns", sa.JSON(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("coordinates_basis", sa.Text(), nullable=True),
        sa.Column("driving", sa.Boolean(), nullable=True),
        sa.Column("may_close_early", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["vacancy_id"],
            ["vacancy.id"],
            name="fk_advert_version_vacancy_id_vacancy",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_advert_version"),
        sa.UniqueConstraint(
            "vacancy_id", "content_hash", name="uq_advert_version_vacancy_id_content_hash"
        ),
    )
    op.create_index(
        "uq_advert_version_current",
        "advert_version",
        ["vacancy_id"],
        unique=True,
        sqlite_where=sa.text("is_current"),
        postgresql_where=sa.text("is_current"),
    )


def _create_criterion() -> None:
    op.create_table(
        "criterion",
        sa.Column("advert_version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("importance", sa.Text(), nullable=False),
        sa.Column("importance_source", sa.Text(), nullable=True),
        sa.Column("group_heading", sa.Text(), nullable=True),
        sa.Column("group_kind", sa.Text(), nullable=True),
        sa.Column("assessed_by", sa.JSON(), nullable=False),
        sa.Column("stated_importance", sa.Text(), nullable=True),
        sa.Column("min_level", sa.Integer(), nullable=True),
        sa.Column("experience_alternative", sa.Boolean(), nullable=False),
        sa.Column("source_label", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "importance IN ('essential', 'desirable', 'unknown')",
            name=op.f("ck_criterion_importance"),
        ),
        sa.CheckConstraint("min_level BETWEEN 1 AND 8", name=op.f("ck_criterion_min_level")),
        sa.ForeignKeyConstraint(
            ["advert_version_id"],
            ["advert_version.id"],
            name="fk_criterion_advert_version_id_advert_version",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("advert_version_id", "position", name="pk_criterion"),
        sa.UniqueConstraint("advert_version_id", "key", name="uq_criterion_advert_version_id_key"),
    )


def _create_match() -> None:
    op.create_table(
        "match",
        sa.Column("advert_version_id", sa.Integer(), nullable=False),
        sa.Column("criterion_position", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("requirement", sa.Text(), nullable=False),
        sa.Column("aspect", sa.Text(), nullable=True),
        sa.Column("importance", sa.Text(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column("matcher_version", sa.Text(), nullable=False),
        sa.Column("catalogue_version", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "importance IN ('essential', 'desirable', 'unknown')", name=op.f("ck_match_importance")
        ),
        sa.CheckConstraint("score BETWEEN 0 AND 100", name=op.f("ck_match_score")),
        sa.ForeignKeyConstraint(
            ["advert_version_id", "criterion_position"],
            ["criterion.advert_version_id", "criterion.position"],
            name="fk_match_advert_version_id_criterion_position_criterion",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "advert_version_id", "criterion_position", "position", name="pk_match"
        ),
    )
    op.create_index("ix_match_requirement", "match", ["requirement"])
