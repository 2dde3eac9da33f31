"""Weeks ahead, certificates, products and applications for fairs may be decided for a cooperative"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0103"
down_revision = "0102"
branch_labels = None
depends_on = None

MATTERS = ("quotes", "calls", "reports", "deliveries", "courses", "loans")
MATTERS_NOW = (*MATTERS, "forecasts", "papers", "products", "fairs")


def upgrade() -> None:
    _among(MATTERS_NOW)
    with op.batch_alter_table("fair_applications") as asked:
        asked.add_column(sa.Column("by_delegation", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("fair_applications") as asked:
        asked.alter_column("by_delegation", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("fair_applications") as asked:
        asked.drop_column("by_delegation")
    _among(MATTERS)


def _among(matters: tuple[str, ...]) -> None:
    name = op.f("ck_delegations_matter_known")
    with op.batch_alter_table("delegations") as delegations:
        delegations.drop_constraint(name, type_="check")
        delegations.create_check_constraint(name, f"matter IN ({', '.join(repr(each) for each in matters)})")
