"""Cards: accounts, card pages, refunds onto cards, disputes, events; fees and what the alliance hands on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
BEFORE = "'charged', 'raised', 'reduced', 'confirmed', 'refunded', 'waived'"
AFTER = BEFORE + ", 'fee', 'disputed', 'returned', 'paid_out', 'kept_back'"
ORDER = (
    "CREATE VIEW v_order AS SELECT o.id, o.ref, g.ref AS group_ref, g.person_id AS buyer_id, o.cooperative_id AS"
    " coop_id, o.placed_at, o.state AS status, o.total, 'VND' AS currency FROM orders o JOIN order_groups g ON g.id ="
    " o.group_id"
)
PAYMENT = (
    "CREATE VIEW v_payment AS SELECT e.id, o.ref AS order_ref, e.method AS provider, e.provider_ref, e.provider_ref AS"
    " event_ref, e.amount, 'VND' AS currency, e.kind AS state, e.at FROM payment_entries e JOIN charges c ON c.id ="
    " e.charge_id JOIN orders o ON o.id = c.subject_id AND c.purpose = 'order' WHERE e.kind IN ('confirmed', 'refunded')"
)
REFUND = (
    "CREATE VIEW v_refund AS SELECT r.id, p.id AS payment_id, r.amount, r.state, r.provider_ref FROM refunds r LEFT JOIN"
    " payment_entries p ON p.id = ( SELECT max(e.id) FROM payment_entries e WHERE e.charge_id = r.charge_id AND e.kind"
    " = 'confirmed')"
)


def upgrade() -> None:
    _rules("'transfer', 'cod', 'card'", AFTER)
    op.add_column("charges", sa.Column("collected", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "card_accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("stripe_id", sa.String(length=80), nullable=True),
        sa.Column("charges_enabled", sa.Boolean(), nullable=False),
        sa.Column("submitted", sa.Boolean(), nullable=False),
        sa.Column("needed", JSON, nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "charges_enabled = false OR stripe_id IS NOT NULL", name=op.f("ck_card_accounts_ready_has_account")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_card_accounts_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_accounts")),
        sa.UniqueConstraint("organisation_id", name=op.f("uq_card_accounts_organisation_id")),
        sa.UniqueConstraint("ref", name=op.f("uq_card_accounts_ref")),
        sa.UniqueConstraint("stripe_id", name=op.f("uq_card_accounts_stripe_id")),
    )
    _pages()
    _refunds()
    _events()


def _pages() -> None:
    live = sa.text("state IN ('asked', 'open')")
    op.create_table(
        "card_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("charge_id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=80), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("back", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("stripe_id", sa.String(length=120), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("intent", sa.String(length=80), nullable=True),
        sa.Column("came", sa.BigInteger(), nullable=True),
        sa.Column("fee", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_card_sessions_amount_positive")),
        sa.CheckConstraint("(state = 'paid') = (intent IS NOT NULL)", name=op.f("ck_card_sessions_paid_has_intent")),
        sa.CheckConstraint(
            "state <> 'open' OR (stripe_id IS NOT NULL AND url <> '')", name=op.f("ck_card_sessions_open_has_page")
        ),
        sa.CheckConstraint("fee IS NULL OR state = 'paid'", name=op.f("ck_card_sessions_fee_of_paid")),
        sa.CheckConstraint(
            "state IN ('asked', 'open', 'leaving', 'paid', 'expired', 'failed')",
            name=op.f("ck_card_sessions_state_known"),
        ),
        sa.ForeignKeyConstraint(["charge_id"], ["charges.id"], name=op.f("fk_card_sessions_charge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_sessions")),
        sa.UniqueConstraint("intent", name=op.f("uq_card_sessions_intent")),
        sa.UniqueConstraint("ref", name=op.f("uq_card_sessions_ref")),
        sa.UniqueConstraint("stripe_id", name=op.f("uq_card_sessions_stripe_id")),
    )
    op.create_index(
        "uq_card_sessions_live", "card_sessions", ["charge_id"], unique=True, sqlite_where=live, postgresql_where=live
    )
    op.create_index("ix_card_sessions_charge_id", "card_sessions", ["charge_id"])
    op.create_index("ix_card_sessions_look_at", "card_sessions", ["look_at"])


def _refunds() -> None:
    live = sa.text("state IN ('asked', 'sent')")
    op.create_table(
        "card_refunds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("refund_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("stripe_id", sa.String(length=80), nullable=True),
        sa.Column("problem", sa.String(length=80), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_card_refunds_amount_positive")),
        sa.CheckConstraint(
            "state IN ('asked', 'sent', 'paid', 'failed')", name=op.f("ck_card_refunds_state_known")
        ),
        sa.ForeignKeyConstraint(["refund_id"], ["refunds.id"], name=op.f("fk_card_refunds_refund_id")),
        sa.ForeignKeyConstraint(["session_id"], ["card_sessions.id"], name=op.f("fk_card_refunds_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_refunds")),
        sa.UniqueConstraint("key", name=op.f("uq_card_refunds_key")),
        sa.UniqueConstraint("stripe_id", name=op.f("uq_card_refunds_stripe_id")),
    )
    op.create_index(
        "uq_card_refunds_live", "card_refunds", ["refund_id"], unique=True, sqlite_where=live, postgresql_where=live
    )
    for column in ("refund_id", "session_id", "look_at"):
        op.create_index(f"ix_card_refunds_{column}", "card_refunds", [column])


def _events() -> None:
    op.create_table(
        "card_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stripe_id", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("account", sa.String(length=80), nullable=False),
        sa.Column("about", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("why", sa.String(length=160), nullable=False),
        sa.Column("told", JSON, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dismissed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('done', 'ignored', 'parked', 'dismissed')", name=op.f("ck_card_events_state_known")
        ),
        sa.ForeignKeyConstraint(["dismissed_by_id"], ["people.id"], name=op.f("fk_card_events_dismissed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_events")),
        sa.UniqueConstraint("stripe_id", name=op.f("uq_card_events_stripe_id")),
    )
    op.create_index("ix_card_events_state", "card_events", ["state", "id"])
    op.create_index("ix_card_events_about", "card_events", ["about"])
    op.create_table(
        "card_disputes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stripe_id", sa.String(length=80), nullable=False),
        sa.Column("charge_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_card_disputes_amount_positive")),
        sa.CheckConstraint(
            "(state = 'open') = (closed_at IS NULL)", name=op.f("ck_card_disputes_closed_has_time")
        ),
        sa.CheckConstraint("state IN ('open', 'won', 'lost')", name=op.f("ck_card_disputes_state_known")),
        sa.ForeignKeyConstraint(["charge_id"], ["charges.id"], name=op.f("fk_card_disputes_charge_id")),
        sa.ForeignKeyConstraint(["session_id"], ["card_sessions.id"], name=op.f("fk_card_disputes_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_disputes")),
        sa.UniqueConstraint("stripe_id", name=op.f("uq_card_disputes_stripe_id")),
    )
    op.create_index("ix_card_disputes_charge_id", "card_disputes", ["charge_id"])
    op.create_index("ix_card_disputes_state", "card_disputes", ["state", "id"])


def _rules(methods: str, kinds: str) -> None:
    """SQLite makes the tables anew, and what hangs on them goes with the old ones."""
    for view in ("v_refund", "v_payment", "v_order"):
        op.execute(f"DROP VIEW {view}")
    with op.batch_alter_table("orders") as orders:
        orders.drop_constraint(op.f("ck_orders_method_known"), type_="check")
        orders.create_check_constraint(op.f("ck_orders_method_known"), f"method IN ({methods})")
    with op.batch_alter_table("payment_entries") as entries:
        entries.drop_constraint(op.f("ck_payment_entries_kind_known"), type_="check")
        entries.create_check_constraint(op.f("ck_payment_entries_kind_known"), f"kind IN ({kinds})")
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER payment_entries_no_{act.lower()} BEFORE {act} ON payment_entries "
                "BEGIN SELECT RAISE(ABORT, 'payment_entries is append-only'); END"
            )
    for view in (ORDER, PAYMENT, REFUND):
        op.execute(view)


def downgrade() -> None:
    for table in ("card_disputes", "card_events", "card_refunds", "card_sessions", "card_accounts"):
        op.drop_table(table)
    op.drop_column("charges", "collected")
    _rules("'transfer', 'cod'", BEFORE)
