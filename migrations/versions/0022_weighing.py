"""Weighed goods: paid by the kilogram, the scale and its tolerance; what is settled of every line, weighed or not."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
REASONS = "'not_needed', 'ordered_wrong', 'too_late', 'not_ripe', 'quality', 'weather', 'cannot_deliver', 'not_paid'"
LINES = (
    "CREATE VIEW v_order_line AS SELECT l.order_id, l.product_id, COALESCE(l.accepted, l.asked) / 1000.0 AS qty,"
    " l.unit_price, l.line_total FROM order_lines l WHERE l.ended_by_id IS NULL"
)
PAID_LINES = (
    "CREATE VIEW v_order_line AS SELECT l.order_id, l.product_id, CASE WHEN l.settled IS NOT NULL THEN l.settled /"
    " 1000.0 WHEN l.weighed THEN COALESCE(l.accepted, l.asked) * l.kg_per_unit / 1000000.0 ELSE"
    " COALESCE(l.accepted, l.asked) / 1000.0 END AS qty, l.unit_price, l.line_total,"
    " COALESCE(l.accepted, l.asked) / 1000.0 AS sale_qty FROM order_lines l WHERE l.ended_by_id IS NULL"
)
HAS_TOLERANCE = {"weighed_has_tolerance": "weighed = (tolerance_percent IS NOT NULL)"}
SENT = {
    "dispatched_within": "dispatched IS NULL OR (dispatched >= 0 AND (dispatched <= accepted"
    " OR (weighed AND unit = 'kg')))",
    "scale_read_whole": "(scale_count IS NULL) = (scale_kg IS NULL)",
    "scale_within": "scale_kg IS NULL OR (weighed AND scale_kg > 0 AND scale_count > 0"
    " AND (unit = 'kg' OR scale_count <= accepted))",
    "left_is_settled": "dispatched IS NULL OR settled IS NOT NULL",
    "settled_within": "settled IS NULL OR (settled >= 0 AND settled <= CASE WHEN weighed"
    " THEN COALESCE(scale_kg, 0) ELSE accepted END)",
    "received_is_graded": "(received IS NULL) = (graded IS NULL)",
    "graded_within": "graded IS NULL OR (graded >= 0 AND graded <= CASE WHEN weighed"
    " THEN COALESCE(scale_kg, 0) ELSE received END)",
}
LEFT = "dispatched IS NULL OR (dispatched >= 0 AND dispatched <= accepted)"
WRONG = (
    "COALESCE((SELECT SUM(c.quantity) FROM complaint_lines c JOIN complaints k ON k.id = c.complaint_id"
    " JOIN order_lines l ON l.id = c.line_id WHERE k.state = 'settled' AND l.claim_id = delivery_lines.claim_id), 0)"
)


def upgrade() -> None:
    op.execute("DROP VIEW v_order_line")
    _scale("products", {**HAS_TOLERANCE, "tolerance_within": "tolerance_percent BETWEEN 1 AND 30"})
    _scale(
        "order_lines",
        {**HAS_TOLERANCE, "weighed_has_factor": "NOT weighed OR (kg_per_unit IS NOT NULL AND kg_per_unit > 0)"},
    )
    _add(
        "order_lines",
        "settled BIGINT",
        {
            "settled_within": "settled IS NULL OR (settled >= 0 AND accepted IS NOT NULL"
            " AND (weighed OR settled <= accepted))"
        },
    )
    _complaint_lines("weighed OR again <= quantity", weighed=True)
    _what_is_paid_for()
    _delivery_lines()
    _reasons(", 'weight'")
    _questions()
    op.execute(PAID_LINES)


def downgrade() -> None:
    op.execute("DROP VIEW v_order_line")
    for table in ("order_weighing_answers", "order_weighing_lines", "order_weighings"):
        op.drop_table(table)
    _reasons("")
    with op.batch_alter_table("delivery_lines") as lines:
        for name in SENT:
            lines.drop_constraint(op.f(f"ck_delivery_lines_{name}"), type_="check")
        lines.create_check_constraint(op.f("ck_delivery_lines_dispatched_within"), LEFT)
        for column in ("weighed", "scale_count", "scale_kg"):
            lines.drop_column(column)
    _complaint_lines("again <= quantity", weighed=False)
    op.drop_column("order_lines", "settled")
    for table in ("order_lines", "products"):
        op.drop_column(table, "tolerance_percent")
        op.drop_column(table, "weighed")
    op.execute(LINES)


def _scale(table: str, checks: dict[str, str]) -> None:
    """Old rows are not weighed."""
    _add(table, "weighed BOOLEAN NOT NULL DEFAULT false", {})
    _add(table, "tolerance_percent SMALLINT", checks)


def _add(table: str, column: str, checks: dict[str, str]) -> None:
    """A plain ADD COLUMN that brings its checks: rebuilding the table would take away the rows that refer to it."""
    told = " ".join(f"CONSTRAINT ck_{table}_{name} CHECK ({check})" for name, check in checks.items())
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {told}")


def _complaint_lines(within: str, *, weighed: bool) -> None:
    with op.batch_alter_table("complaint_lines") as lines:
        lines.drop_constraint(op.f("ck_complaint_lines_again_within"), type_="check")
        if weighed:
            lines.add_column(sa.Column("weighed", sa.Boolean(), nullable=False, server_default=sa.false()))
        lines.create_check_constraint(
            op.f("ck_complaint_lines_again_within"), f"again IS NULL OR (again > 0 AND ({within}))"
        )
        if not weighed:
            lines.drop_column("weighed")


def _what_is_paid_for() -> None:
    """Until today what was agreed was paid, whatever left; what was sent again was free."""
    op.execute("UPDATE delivery_lines SET settled = accepted WHERE dispatched IS NOT NULL")
    op.execute(
        "UPDATE delivery_lines SET settled = 0 WHERE claim_id IN "
        "(SELECT claim_id FROM complaint_lines WHERE claim_id IS NOT NULL)"
    )
    op.execute(
        "UPDATE delivery_lines SET graded = CASE WHEN received < accepted - wrong THEN received"
        " WHEN wrong < accepted THEN accepted - wrong ELSE 0 END FROM"
        " (SELECT id AS line, " + WRONG + " AS wrong FROM delivery_lines) w"
        " WHERE w.line = delivery_lines.id AND received IS NOT NULL"
    )
    op.execute(
        "UPDATE order_lines SET settled = accepted WHERE ended_by_id IS NULL AND claim_id IN "
        "(SELECT claim_id FROM delivery_lines WHERE dispatched IS NOT NULL)"
    )


def _delivery_lines() -> None:
    with op.batch_alter_table("delivery_lines") as lines:
        lines.add_column(sa.Column("weighed", sa.Boolean(), nullable=False, server_default=sa.false()))
        lines.add_column(sa.Column("scale_count", sa.BigInteger(), nullable=True))
        lines.add_column(sa.Column("scale_kg", sa.BigInteger(), nullable=True))
        lines.drop_constraint(op.f("ck_delivery_lines_dispatched_within"), type_="check")
        for name, check in SENT.items():
            lines.create_check_constraint(op.f(f"ck_delivery_lines_{name}"), check)


def _reasons(more: str) -> None:
    with op.batch_alter_table("order_cancellations") as cancellations:
        cancellations.drop_constraint(op.f("ck_order_cancellations_reason_known"), type_="check")
        cancellations.create_check_constraint(
            op.f("ck_order_cancellations_reason_known"), f"reason IN ({REASONS}{more}, 'other')"
        )
    if op.get_bind().dialect.name == "sqlite":
        _guard("order_cancellations")


def _questions() -> None:
    op.create_table(
        "order_weighings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("answer_by", MOMENT, nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "state IN ('asked', 'answered', 'lapsed', 'overtaken')", name=op.f("ck_order_weighings_state_known")
        ),
        sa.CheckConstraint(
            "(state = 'asked') = (answered_at IS NULL)", name=op.f("ck_order_weighings_answered_has_time")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_weighings_order_id")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_order_weighings_by_id")),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["people.id"], name=op.f("fk_order_weighings_answered_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_weighings")),
        sa.UniqueConstraint("ref", name=op.f("uq_order_weighings_ref")),
    )
    op.create_index("ix_order_weighings_order_id", "order_weighings", ["order_id"])
    op.create_index("ix_order_weighings_state_answer_by", "order_weighings", ["state", "answer_by"])
    op.create_index(
        "uq_order_weighings_open",
        "order_weighings",
        ["order_id"],
        unique=True,
        sqlite_where=sa.text("state = 'asked'"),
        postgresql_where=sa.text("state = 'asked'"),
    )
    _rows(
        "order_weighing_lines",
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("kg", sa.BigInteger(), nullable=False),
        sa.Column("agreed_kg", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "count > 0 AND kg > 0 AND agreed_kg > 0", name=op.f("ck_order_weighing_lines_weights_positive")
        ),
        sa.CheckConstraint("kg <> agreed_kg", name=op.f("ck_order_weighing_lines_beyond_tolerance")),
    )
    _rows(
        "order_weighing_answers",
        sa.Column("choice", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "choice IN ('weighed', 'agreed', 'refused')", name=op.f("ck_order_weighing_answers_choice_known")
        ),
    )


def _rows(table: str, *columns: sa.schema.SchemaItem) -> None:
    """One row for each line of a question, never changed."""
    op.create_table(
        table,
        sa.Column("weighing_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["weighing_id"], ["order_weighings.id"], name=op.f(f"fk_{table}_weighing_id")),
        sa.ForeignKeyConstraint(["line_id"], ["order_lines.id"], name=op.f(f"fk_{table}_line_id")),
        sa.PrimaryKeyConstraint("weighing_id", "line_id", name=op.f(f"pk_{table}")),
    )
    _guard(table)


def _guard(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    else:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION forbid_change()"
        )
