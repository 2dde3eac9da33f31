"""What replaces a paper is found at once, though hardly any is replaced"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0106"
down_revision = "0105"
branch_labels = None
depends_on = None

REPLACES = sa.text("replaces_id IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_issued_documents_newer",
        "issued_documents",
        ["replaces_id"],
        sqlite_where=REPLACES,
        postgresql_where=REPLACES,
    )


def downgrade() -> None:
    op.drop_index("ix_issued_documents_newer", table_name="issued_documents")
