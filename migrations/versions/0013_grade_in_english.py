"""The grade of a product in English."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A plain ADD COLUMN: rebuilding `products` would take away the rows that refer to it. Old rows begin empty.
    op.add_column("products", sa.Column("grade_en", sa.String(length=120), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("products", "grade_en")
