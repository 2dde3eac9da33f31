"""More that cooperatives may let the alliance write for them: deliveries, seats on courses, needs for capital"""

from __future__ import annotations

from alembic import op

revision = "0094"
down_revision = "0089"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _matters("quotes", "calls", "reports", "deliveries", "courses", "loans")


def downgrade() -> None:
    op.execute("DELETE FROM delegations WHERE matter NOT IN ('quotes', 'calls', 'reports')")
    _matters("quotes", "calls", "reports")


def _matters(*words: str) -> None:
    with op.batch_alter_table("delegations") as batch:
        batch.drop_constraint(op.f("ck_delegations_matter_known"), type_="check")
        batch.create_check_constraint(
            op.f("ck_delegations_matter_known"), f"matter IN ({', '.join(repr(word) for word in words)})"
        )
