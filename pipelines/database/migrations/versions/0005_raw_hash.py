"""The SHA-256 of a raw page beside the pointer to it."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("advert_version", sa.Column("archive_sha256", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("advert_version", "archive_sha256")
