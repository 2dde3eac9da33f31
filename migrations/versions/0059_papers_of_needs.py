"""Papers of requests with their conditions: how old they may be, whether they name the product"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

BOUNDS = "max_age_days IS NULL OR max_age_days BETWEEN 1 AND 3650"


def upgrade() -> None:
    with op.batch_alter_table("need_papers") as batch:
        batch.add_column(sa.Column("max_age_days", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("names_product", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.create_check_constraint(op.f("ck_need_papers_age_in_bounds"), BOUNDS)


def downgrade() -> None:
    with op.batch_alter_table("need_papers") as batch:
        batch.drop_constraint(op.f("ck_need_papers_age_in_bounds"), type_="check")
        batch.drop_column("names_product")
        batch.drop_column("max_age_days")
