"""What the office's pages read of the largest tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0105"
down_revision = "0104"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_orders_placed_at", "orders", ["placed_at"]),
    ("ix_annual_reports_state", "annual_reports", ["state", "saved_at", "id"]),
    ("ix_classifications_state", "classifications", ["state", "id"]),
    (
        "ix_trade_days_sums",
        "trade_days",
        ["day", "channel", "commodity_id", "cooperative_id", "lines", "kg", "value", "unweighed"],
    ),
)


def upgrade() -> None:
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns)
    op.create_index(
        "ix_charges_collected",
        "charges",
        ["payee_organisation_id"],
        sqlite_where=sa.text("collected IS 1"),
        postgresql_where=sa.text("collected IS true"),
    )


def downgrade() -> None:
    op.drop_index("ix_charges_collected", "charges")
    for name, table, _columns in INDEXES:
        op.drop_index(name, table)
