"""An order can be paid another way after placing; a guest can want a PDF."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

TABLE = "order_method_changes"
WAYS = "('transfer', 'cod', 'card')"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("was", sa.String(length=40), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("was <> method", name=op.f(f"ck_{TABLE}_another_way")),
        sa.CheckConstraint(f"was IN {WAYS}", name=op.f(f"ck_{TABLE}_was_known")),
        sa.CheckConstraint(f"method IN {WAYS}", name=op.f(f"ck_{TABLE}_method_known")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f(f"fk_{TABLE}_order_id")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f(f"fk_{TABLE}_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    op.create_index(f"ix_{TABLE}_order_id", TABLE, ["order_id"])
    _guard()
    with op.batch_alter_table("papers") as papers:
        papers.alter_column("wanted_by_id", existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM papers WHERE wanted_by_id IS NULL")
    with op.batch_alter_table("papers") as papers:
        papers.alter_column("wanted_by_id", existing_type=sa.Integer(), nullable=False)
    op.drop_table(TABLE)


def _guard() -> None:
    """What was said stays: no row is changed or deleted."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION forbid_change()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {TABLE}_no_{act.lower()} BEFORE {act} ON {TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END"
        )
