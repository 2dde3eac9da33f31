"""Changes after placing, cancellations, complaints, disputes: rows beside the order; lines are ended, never edited."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
APPEND_ONLY = (
    "order_change_lines",
    "order_cancellations",
    "complaint_answers",
    "complaint_photos",
    "dispute_statements",
    "order_reliefs",
)
NEW = (
    "order_change_lines",
    "complaint_lines",
    "order_reliefs",
    "dispute_statements",
    "disputes",
    "complaint_photos",
    "complaint_answers",
    "order_changes",
    "order_cancellations",
    "complaints",
)
VIEWS = {
    "v_order": "SELECT o.id, o.ref, g.ref AS group_ref, g.person_id AS buyer_id, o.cooperative_id AS coop_id,"
    " o.placed_at, o.state AS status, o.total, 'VND' AS currency FROM orders o JOIN order_groups g ON g.id ="
    " o.group_id",
    "v_order_line": "SELECT l.order_id, l.product_id, COALESCE(l.accepted, l.asked) / 1000.0 AS qty,"
    " l.unit_price, l.line_total FROM order_lines l",
    "v_payment": "SELECT e.id, o.ref AS order_ref, e.method AS provider, e.provider_ref, e.provider_ref AS"
    " event_ref, e.amount, 'VND' AS currency, e.kind AS state, e.at FROM payment_entries e JOIN charges c ON c.id ="
    " e.charge_id JOIN orders o ON o.id = c.subject_id AND c.purpose = 'order' WHERE e.kind IN ('confirmed',"
    " 'refunded')",
}


def upgrade() -> None:
    op.create_table('complaints',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('words', sa.String(length=1000), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer_by', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state IN ('raised', 'answered', 'disputed')) = (closed_at IS NULL)", name=op.f('ck_complaints_closed_has_time')),
    sa.CheckConstraint("state IN ('raised', 'answered', 'disputed', 'settled', 'closed', 'withdrawn')", name=op.f('ck_complaints_state_known')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_complaints_by_id')),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_complaints_order_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_complaints')),
    sa.UniqueConstraint('ref', name=op.f('uq_complaints_ref'))
    )
    op.create_index('ix_complaints_order_id', 'complaints', ['order_id'], unique=False)
    op.create_index('ix_complaints_state_answer_by', 'complaints', ['state', 'answer_by'], unique=False)
    op.create_index('uq_complaints_open', 'complaints', ['order_id'], unique=True, sqlite_where=sa.text("state IN ('raised', 'answered', 'disputed')"), postgresql_where=sa.text("state IN ('raised', 'answered', 'disputed')"))

    op.create_table('order_cancellations',
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('side', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.String(length=40), nullable=False),
    sa.Column('words', sa.String(length=500), nullable=False),
    sa.Column('packed', sa.Boolean(), nullable=False),
    sa.Column('restock', sa.Boolean(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("packed OR restock", name=op.f("ck_order_cancellations_asked_when_packed")),
    sa.CheckConstraint("reason <> 'other' OR words <> ''", name=op.f('ck_order_cancellations_other_has_words')),
    sa.CheckConstraint("reason IN ('not_needed', 'ordered_wrong', 'too_late', 'not_ripe', 'quality', 'weather', 'cannot_deliver', 'not_paid', 'other')", name=op.f('ck_order_cancellations_reason_known')),
    sa.CheckConstraint("side IN ('buyer', 'seller')", name=op.f('ck_order_cancellations_side_known')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_order_cancellations_by_id')),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_order_cancellations_order_id')),
    sa.PrimaryKeyConstraint('order_id', name=op.f('pk_order_cancellations'))
    )
    op.create_table('order_changes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('side', sa.String(length=40), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('delivery', JSON, nullable=True),
    sa.Column('fee', sa.BigInteger(), nullable=True),
    sa.Column('address_id', sa.Integer(), nullable=True),
    sa.Column('words', sa.String(length=500), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer_by', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer_words', sa.String(length=500), nullable=False),
    sa.Column('was_delivery', JSON, nullable=True),
    sa.Column('was_fee', sa.BigInteger(), nullable=True),
    sa.Column('was_address_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(state = 'accepted') = (was_fee IS NOT NULL)", name=op.f('ck_order_changes_accepted_keeps_fee')),
    sa.CheckConstraint("(state = 'proposed') = (answered_at IS NULL)", name=op.f('ck_order_changes_answered_has_time')),
    sa.CheckConstraint("side IN ('buyer', 'seller')", name=op.f('ck_order_changes_side_known')),
    sa.CheckConstraint("state IN ('proposed', 'accepted', 'declined', 'withdrawn', 'lapsed')", name=op.f('ck_order_changes_state_known')),
    sa.CheckConstraint('fee IS NULL OR fee >= 0', name=op.f('ck_order_changes_fee_not_negative')),
    sa.ForeignKeyConstraint(['address_id'], ['addresses.id'], name=op.f('fk_order_changes_address_id')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['people.id'], name=op.f('fk_order_changes_answered_by_id')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_order_changes_by_id')),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_order_changes_order_id')),
    sa.ForeignKeyConstraint(['was_address_id'], ['addresses.id'], name=op.f('fk_order_changes_was_address_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_order_changes')),
    sa.UniqueConstraint('ref', name=op.f('uq_order_changes_ref'))
    )
    op.create_index('ix_order_changes_order_id', 'order_changes', ['order_id'], unique=False)
    op.create_index('ix_order_changes_state_answer_by', 'order_changes', ['state', 'answer_by'], unique=False)
    op.create_index('uq_order_changes_open', 'order_changes', ['order_id'], unique=True, sqlite_where=sa.text("state = 'proposed'"), postgresql_where=sa.text("state = 'proposed'"))

    op.create_table('complaint_answers',
    sa.Column('complaint_id', sa.Integer(), nullable=False),
    sa.Column('remedy', sa.String(length=40), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('words', sa.String(length=1000), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(remedy IN ('refund', 'credit') AND amount > 0) OR (remedy IN ('replacement', 'none') AND amount = 0)", name=op.f('ck_complaint_answers_money_has_sum')),
    sa.CheckConstraint("remedy <> 'none' OR words <> ''", name=op.f('ck_complaint_answers_decline_has_words')),
    sa.CheckConstraint("remedy IN ('refund', 'credit', 'replacement', 'none')", name=op.f('ck_complaint_answers_remedy_known')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_complaint_answers_by_id')),
    sa.ForeignKeyConstraint(['complaint_id'], ['complaints.id'], name=op.f('fk_complaint_answers_complaint_id')),
    sa.PrimaryKeyConstraint('complaint_id', name=op.f('pk_complaint_answers'))
    )
    op.create_table('complaint_photos',
    sa.Column('complaint_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.SmallInteger(), autoincrement=False, nullable=False),
    sa.Column('photo_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('position BETWEEN 1 AND 4', name=op.f('ck_complaint_photos_four_at_most')),
    sa.ForeignKeyConstraint(['complaint_id'], ['complaints.id'], name=op.f('fk_complaint_photos_complaint_id')),
    sa.ForeignKeyConstraint(['photo_id'], ['photos.id'], name=op.f('fk_complaint_photos_photo_id')),
    sa.PrimaryKeyConstraint('complaint_id', 'position', name=op.f('pk_complaint_photos'))
    )
    op.create_table('disputes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('complaint_id', sa.Integer(), nullable=True),
    sa.Column('side', sa.String(length=40), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer_by', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decide_by', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided', sa.BigInteger(), nullable=True),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state = 'decided') = (decided IS NOT NULL)", name=op.f('ck_disputes_decided_has_sum')),
    sa.CheckConstraint("(state IN ('raised', 'answered', 'mediated')) = (closed_at IS NULL)", name=op.f('ck_disputes_closed_has_time')),
    sa.CheckConstraint("done_at IS NULL OR state = 'decided'", name=op.f('ck_disputes_done_was_decided')),
    sa.CheckConstraint("side IN ('buyer', 'seller')", name=op.f('ck_disputes_side_known')),
    sa.CheckConstraint("state IN ('raised', 'answered', 'mediated', 'decided', 'withdrawn', 'timed_out')", name=op.f('ck_disputes_state_known')),
    sa.CheckConstraint('decided IS NULL OR decided >= 0', name=op.f('ck_disputes_sum_not_negative')),
    sa.ForeignKeyConstraint(['complaint_id'], ['complaints.id'], name=op.f('fk_disputes_complaint_id')),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_disputes_order_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disputes')),
    sa.UniqueConstraint('complaint_id', name=op.f('uq_disputes_complaint_id')),
    sa.UniqueConstraint('ref', name=op.f('uq_disputes_ref'))
    )
    op.create_index('ix_disputes_order_id', 'disputes', ['order_id'], unique=False)
    op.create_index('ix_disputes_state_decide_by', 'disputes', ['state', 'decide_by'], unique=False)
    op.create_index('uq_disputes_open', 'disputes', ['order_id'], unique=True, sqlite_where=sa.text("state IN ('raised', 'answered', 'mediated')"), postgresql_where=sa.text("state IN ('raised', 'answered', 'mediated')"))

    op.create_table('dispute_statements',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dispute_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('side', sa.String(length=40), nullable=False),
    sa.Column('words', sa.String(length=2000), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(kind IN ('proposal', 'decision')) = (amount IS NOT NULL)", name=op.f('ck_dispute_statements_proposal_has_sum')),
    sa.CheckConstraint("kind IN ('opening', 'answer', 'proposal', 'agreement', 'rejection', 'decision', 'withdrawal')", name=op.f('ck_dispute_statements_kind_known')),
    sa.CheckConstraint("side IN ('buyer', 'seller', 'alliance')", name=op.f('ck_dispute_statements_side_known')),
    sa.CheckConstraint('amount IS NULL OR amount >= 0', name=op.f('ck_dispute_statements_sum_not_negative')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_dispute_statements_by_id')),
    sa.ForeignKeyConstraint(['dispute_id'], ['disputes.id'], name=op.f('fk_dispute_statements_dispute_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dispute_statements'))
    )
    op.create_index('ix_dispute_statements_dispute_id', 'dispute_statements', ['dispute_id'], unique=False)

    op.create_table('order_reliefs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('complaint_id', sa.Integer(), nullable=True),
    sa.Column('dispute_id', sa.Integer(), nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('amount > 0', name=op.f('ck_order_reliefs_amount_positive')),
    sa.CheckConstraint('complaint_id IS NOT NULL OR dispute_id IS NOT NULL', name=op.f('ck_order_reliefs_has_cause')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_order_reliefs_by_id')),
    sa.ForeignKeyConstraint(['complaint_id'], ['complaints.id'], name=op.f('fk_order_reliefs_complaint_id')),
    sa.ForeignKeyConstraint(['dispute_id'], ['disputes.id'], name=op.f('fk_order_reliefs_dispute_id')),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_order_reliefs_order_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_order_reliefs')),
    sa.UniqueConstraint('complaint_id', name=op.f('uq_order_reliefs_complaint_id')),
    sa.UniqueConstraint('dispute_id', name=op.f('uq_order_reliefs_dispute_id'))
    )
    op.create_index('ix_order_reliefs_order_id', 'order_reliefs', ['order_id'], unique=False)

    op.create_table('complaint_lines',
    sa.Column('complaint_id', sa.Integer(), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=False),
    sa.Column('fault', sa.String(length=40), nullable=False),
    sa.Column('quantity', sa.BigInteger(), nullable=False),
    sa.Column('worth', sa.BigInteger(), nullable=False),
    sa.Column('again', sa.BigInteger(), nullable=True),
    sa.Column('claim_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("fault IN ('short', 'damaged', 'wrong')", name=op.f('ck_complaint_lines_fault_known')),
    sa.CheckConstraint('(again IS NULL) = (claim_id IS NULL)', name=op.f('ck_complaint_lines_again_is_held')),
    sa.CheckConstraint('again IS NULL OR (again > 0 AND again <= quantity)', name=op.f('ck_complaint_lines_again_within')),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_complaint_lines_quantity_positive')),
    sa.CheckConstraint('worth >= 0', name=op.f('ck_complaint_lines_worth_not_negative')),
    sa.ForeignKeyConstraint(['claim_id'], ['claims.id'], name=op.f('fk_complaint_lines_claim_id')),
    sa.ForeignKeyConstraint(['complaint_id'], ['complaints.id'], name=op.f('fk_complaint_lines_complaint_id')),
    sa.ForeignKeyConstraint(['line_id'], ['order_lines.id'], name=op.f('fk_complaint_lines_line_id')),
    sa.PrimaryKeyConstraint('complaint_id', 'line_id', name=op.f('pk_complaint_lines')),
    sa.UniqueConstraint('claim_id', name=op.f('uq_complaint_lines_claim_id'))
    )
    op.create_table('order_change_lines',
    sa.Column('change_id', sa.Integer(), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=False),
    sa.Column('product_id', sa.Integer(), nullable=True),
    sa.Column('quantity', sa.BigInteger(), nullable=False),
    sa.Column('unit_price', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('quantity >= 0', name=op.f('ck_order_change_lines_quantity_not_negative')),
    sa.CheckConstraint('unit_price > 0', name=op.f('ck_order_change_lines_price_positive')),
    sa.ForeignKeyConstraint(['change_id'], ['order_changes.id'], name=op.f('fk_order_change_lines_change_id')),
    sa.ForeignKeyConstraint(['line_id'], ['order_lines.id'], name=op.f('fk_order_change_lines_line_id')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_order_change_lines_product_id')),
    sa.PrimaryKeyConstraint('change_id', 'line_id', name=op.f('pk_order_change_lines'))
    )
    _views(drop=True)
    with op.batch_alter_table("order_lines") as lines:
        lines.add_column(sa.Column("change_id", sa.Integer(), nullable=True))
        lines.add_column(sa.Column("ended_by_id", sa.Integer(), nullable=True))
        lines.drop_constraint(op.f("uq_order_lines_claim_id"), type_="unique")
        lines.create_foreign_key(op.f("fk_order_lines_change_id"), "order_changes", ["change_id"], ["id"])
        lines.create_foreign_key(op.f("fk_order_lines_ended_by_id"), "order_changes", ["ended_by_id"], ["id"])
        lines.create_check_constraint(
            op.f("ck_order_lines_ended_later"), "ended_by_id IS NULL OR ended_by_id <> change_id"
        )
    op.create_index(
        "uq_order_lines_claim_id",
        "order_lines",
        ["claim_id"],
        unique=True,
        sqlite_where=sa.text("ended_by_id IS NULL"),
        postgresql_where=sa.text("ended_by_id IS NULL"),
    )
    with op.batch_alter_table("orders") as orders:
        orders.add_column(sa.Column("address_id", sa.Integer(), nullable=True))
        orders.create_foreign_key(op.f("fk_orders_address_id"), "addresses", ["address_id"], ["id"])
        _states(orders, "'cancelled', ")
    _views(live=" WHERE l.ended_by_id IS NULL")
    for table in APPEND_ONLY:
        _guard(table)


def downgrade() -> None:
    _views(drop=True)
    with op.batch_alter_table("orders") as orders:
        orders.drop_constraint(op.f("fk_orders_address_id"), type_="foreignkey")
        orders.drop_column("address_id")
        _states(orders, "")
    op.drop_index("uq_order_lines_claim_id", "order_lines")
    with op.batch_alter_table("order_lines") as lines:
        lines.drop_constraint(op.f("ck_order_lines_ended_later"), type_="check")
        lines.drop_constraint(op.f("fk_order_lines_change_id"), type_="foreignkey")
        lines.drop_constraint(op.f("fk_order_lines_ended_by_id"), type_="foreignkey")
        lines.create_unique_constraint(op.f("uq_order_lines_claim_id"), ["claim_id"])
        lines.drop_column("ended_by_id")
        lines.drop_column("change_id")
    for table in NEW:
        op.drop_table(table)
    _views()


def _views(*, drop: bool = False, live: str = "") -> None:
    """SQLite cannot build a table anew under a view."""
    for name, query in VIEWS.items():
        if drop:
            op.execute(f"DROP VIEW {name}")
        else:
            op.execute(f"CREATE VIEW {name} AS {query}{live if name == 'v_order_line' else ''}")


def _states(orders: Any, cancelled: str) -> None:
    orders.drop_constraint(op.f("ck_orders_state_known"), type_="check")
    orders.create_check_constraint(
        op.f("ck_orders_state_known"),
        "state IN ('placed', 'countered', 'accepted', 'refused', 'withdrawn', 'lapsed', "
        f"{cancelled}'completed')",
    )
    orders.drop_constraint(op.f("ck_orders_closed_has_time"), type_="check")
    orders.create_check_constraint(
        op.f("ck_orders_closed_has_time"),
        f"(state IN ('refused', 'withdrawn', 'lapsed', {cancelled}'completed')) = (closed_at IS NOT NULL)",
    )


def _guard(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION forbid_change()"
    )
