"""What a seller lets go of out of goodwill is taken off the order; lines keep their grade in English."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

LET_GO = """
INSERT INTO order_reliefs (order_id, amount, at)
SELECT x.id, x.owed - x.charged, x.at FROM (
  SELECT o.id, o.total - COALESCE((SELECT SUM(r.amount) FROM order_reliefs r WHERE r.order_id = o.id), 0) AS owed,
         c.amount AS charged,
         (SELECT MAX(e.at) FROM payment_entries e WHERE e.charge_id = c.id AND e.kind = 'reduced') AS at
  FROM orders o JOIN charges c ON c.purpose = 'order' AND c.subject_id = o.id
  WHERE c.state <> 'cancelled') x
WHERE x.owed > x.charged AND x.at IS NOT NULL
"""


def upgrade() -> None:
    for table in ("order_lines", "delivery_lines"):
        # A plain ADD COLUMN: rebuilding the table would take away the rows that refer to it. Old rows begin empty.
        op.add_column(table, sa.Column("grade_en", sa.String(length=120), nullable=False, server_default=""))
    _cause("has_cause", "one_cause", "complaint_id IS NULL OR dispute_id IS NULL")
    op.execute(LET_GO)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE order_reliefs DISABLE TRIGGER order_reliefs_append_only")
    else:
        op.execute("DROP TRIGGER order_reliefs_no_delete")
    op.execute("DELETE FROM order_reliefs WHERE complaint_id IS NULL AND dispute_id IS NULL")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE order_reliefs ENABLE TRIGGER order_reliefs_append_only")
    _cause("one_cause", "has_cause", "complaint_id IS NOT NULL OR dispute_id IS NOT NULL")
    for table in ("order_lines", "delivery_lines"):
        op.drop_column(table, "grade_en")


def _cause(was: str, name: str, rule: str) -> None:
    with op.batch_alter_table("order_reliefs") as reliefs:
        reliefs.drop_constraint(op.f(f"ck_order_reliefs_{was}"), type_="check")
        reliefs.create_check_constraint(op.f(f"ck_order_reliefs_{name}"), rule)
    if op.get_bind().dialect.name == "sqlite":
        # SQLite made the table anew, and its triggers went with the old one.
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER order_reliefs_no_{act.lower()} BEFORE {act} ON order_reliefs "
                "BEGIN SELECT RAISE(ABORT, 'order_reliefs is append-only'); END"
            )
