"""What waits since a day is found without reading all that ever waited, and what a loan owes without its rows"""

from __future__ import annotations

from alembic import op

revision = "0109"
down_revision = "0108"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_orders_state_placed_at": ("orders", ["state", "placed_at"]),
    "ix_deliveries_source_kind_state_due_on": ("deliveries", ["source_kind", "state", "due_on"]),
    "ix_loan_movements_sums": ("loan_movements", ["loan_id", "kind", "voided_at", "amount"]),
    "ix_loan_instalments_sums": ("loan_instalments", ["loan_id", "due_on", "amount"]),
}


def upgrade() -> None:
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns)


def downgrade() -> None:
    for name, (table, _columns) in INDEXES.items():
        op.drop_index(name, table_name=table)
