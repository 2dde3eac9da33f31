"""Contracts of awards: one of each"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

OF_AWARD = sa.text("origin <> '' AND substr(origin, 1, 9) <> 'contract:' AND state <> 'dropped'")


def upgrade() -> None:
    op.create_index(
        "uq_contracts_award", "contracts", ["origin"], unique=True, sqlite_where=OF_AWARD, postgresql_where=OF_AWARD
    )


def downgrade() -> None:
    op.drop_index("uq_contracts_award", table_name="contracts")
