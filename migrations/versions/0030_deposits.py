"""Deposits: who asks them, what orders copied, what of a charge is asked ahead; two new kinds of ledger rows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

BEFORE = (
    "'charged', 'raised', 'reduced', 'confirmed', 'refunded', 'waived', 'fee', 'disputed', 'returned', 'paid_out',"
    " 'kept_back'"
)
AFTER = f"{BEFORE}, 'counted', 'kept'"
PAYMENT = (
    "CREATE VIEW v_payment AS SELECT e.id, o.ref AS order_ref, e.method AS provider, e.provider_ref, e.provider_ref AS"
    " event_ref, e.amount, 'VND' AS currency, e.kind AS state, e.at FROM payment_entries e JOIN charges c ON c.id ="
    " e.charge_id JOIN orders o ON o.id = c.subject_id AND c.purpose {which} WHERE e.kind IN ('confirmed', 'refunded')"
)
REFUND = (
    "CREATE VIEW v_refund AS SELECT r.id, p.id AS payment_id, r.amount, r.state, r.provider_ref FROM refunds r LEFT JOIN"
    " payment_entries p ON p.id = ( SELECT max(e.id) FROM payment_entries e WHERE e.charge_id = r.charge_id AND e.kind"
    " = 'confirmed')"
)


def upgrade() -> None:
    op.create_table(
        "deposit_terms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("payee_organisation_id", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("from_sum", sa.BigInteger(), nullable=False),
        sa.Column("percent", sa.SmallInteger(), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("from_sum > 0", name=op.f("ck_deposit_terms_from_sum_positive")),
        sa.CheckConstraint("percent BETWEEN 1 AND 50", name=op.f("ck_deposit_terms_percent_in_bounds")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_deposit_terms_by_id")),
        sa.ForeignKeyConstraint(
            ["payee_organisation_id"], ["organisations.id"], name=op.f("fk_deposit_terms_payee_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deposit_terms")),
        sa.UniqueConstraint("payee_organisation_id", name=op.f("uq_deposit_terms_payee_organisation_id")),
    )
    # Said in SQL: both databases add the columns with their rules in place, and nothing is built anew.
    op.execute(
        "ALTER TABLE charges ADD COLUMN deposit BIGINT NOT NULL DEFAULT 0"
        " CONSTRAINT ck_charges_deposit_not_negative CHECK (deposit >= 0)"
    )
    op.execute(
        "ALTER TABLE orders ADD COLUMN deposit BIGINT NOT NULL DEFAULT 0"
        " CONSTRAINT ck_orders_deposit_not_negative CHECK (deposit >= 0)"
    )
    op.execute("ALTER TABLE orders ADD COLUMN deposit_percent SMALLINT")
    op.execute(
        "ALTER TABLE orders ADD COLUMN deposit_kept BOOLEAN CONSTRAINT ck_orders_deposit_has_terms CHECK"
        " ((deposit_percent IS NULL) = (deposit_kept IS NULL) AND (deposit = 0 OR deposit_percent IS NOT NULL))"
    )
    _kinds(AFTER, "IN ('order', 'deposit')")
    op.create_index(
        "uq_payment_entries_deposit_over",
        "payment_entries",
        ["charge_id"],
        unique=True,
        sqlite_where=sa.text("kind IN ('counted', 'kept')"),
        postgresql_where=sa.text("kind IN ('counted', 'kept')"),
    )


def downgrade() -> None:
    op.drop_index("uq_payment_entries_deposit_over", table_name="payment_entries")
    _kinds(BEFORE, "= 'order'")
    with op.batch_alter_table("orders") as orders:
        orders.drop_constraint(op.f("ck_orders_deposit_has_terms"), type_="check")
        orders.drop_constraint(op.f("ck_orders_deposit_not_negative"), type_="check")
        for column in ("deposit_kept", "deposit_percent", "deposit"):
            orders.drop_column(column)
    with op.batch_alter_table("charges") as charges:
        charges.drop_constraint(op.f("ck_charges_deposit_not_negative"), type_="check")
        charges.drop_column("deposit")
    op.drop_table("deposit_terms")


def _kinds(kinds: str, which: str) -> None:
    """SQLite makes the table anew, and what hangs on it goes with the old one."""
    for view in ("v_refund", "v_payment"):
        op.execute(f"DROP VIEW {view}")
    with op.batch_alter_table("payment_entries") as entries:
        entries.drop_constraint(op.f("ck_payment_entries_kind_known"), type_="check")
        entries.create_check_constraint(op.f("ck_payment_entries_kind_known"), f"kind IN ({kinds})")
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER payment_entries_no_{act.lower()} BEFORE {act} ON payment_entries "
                "BEGIN SELECT RAISE(ABORT, 'payment_entries is append-only'); END"
            )
    op.execute(PAYMENT.format(which=which))
    op.execute(REFUND)
