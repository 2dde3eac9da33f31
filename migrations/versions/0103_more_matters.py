"""Weeks ahead, certificates, products and fairs may be decided for a cooperative"""

from __future__ import annotations

from alembic import op

revision = "0103"
down_revision = "0099"
branch_labels = None
depends_on = None

MATTERS = ("quotes", "calls", "reports", "deliveries", "courses", "loans")
MATTERS_NOW = (*MATTERS, "forecasts", "papers", "products", "fairs")


def upgrade() -> None:
    _among(MATTERS_NOW)


def downgrade() -> None:
    _among(MATTERS)


def _among(matters: tuple[str, ...]) -> None:
    name = op.f("ck_delegations_matter_known")
    with op.batch_alter_table("delegations") as delegations:
        delegations.drop_constraint(name, type_="check")
        delegations.create_check_constraint(name, f"matter IN ({', '.join(repr(each) for each in matters)})")
