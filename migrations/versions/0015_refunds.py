"""Refunds are things of their own; what is owed may be raised or reduced, and has a due day; cards are known."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

KINDS = "'charged', 'raised', 'reduced', 'confirmed', 'refunded', 'waived'"
PAYMENT = (
    "CREATE VIEW v_payment AS SELECT e.id, o.ref AS order_ref, {method} AS provider, e.provider_ref, e.provider_ref AS"
    " event_ref, e.amount, 'VND' AS currency, e.kind AS state, e.at FROM payment_entries e JOIN charges c ON c.id ="
    " e.charge_id JOIN orders o ON o.id = c.subject_id AND c.purpose = 'order' WHERE e.kind IN ('confirmed', 'refunded')"
)
REFUND = (
    "CREATE VIEW v_refund AS SELECT r.id, p.id AS payment_id, r.amount, r.state, r.provider_ref FROM refunds r LEFT JOIN"
    " payment_entries p ON p.id = ( SELECT max(e.id) FROM payment_entries e WHERE e.charge_id = r.charge_id AND e.kind"
    " = 'confirmed')"
)


def upgrade() -> None:
    op.execute("DROP VIEW v_payment")
    with op.batch_alter_table("charges") as charges:
        charges.add_column(sa.Column("due_on", sa.Date(), nullable=True))
        charges.drop_constraint(op.f("ck_charges_amount_positive"), type_="check")
        charges.create_check_constraint(op.f("ck_charges_amount_not_negative"), "amount >= 0")
        charges.drop_constraint(op.f("ck_charges_method_known"), type_="check")
        charges.create_check_constraint(
            op.f("ck_charges_method_known"), "method IN ('transfer', 'cod', 'card')"
        )
    with op.batch_alter_table("payment_entries") as entries:
        entries.drop_constraint(op.f("ck_payment_entries_kind_known"), type_="check")
        entries.create_check_constraint(op.f("ck_payment_entries_kind_known"), f"kind IN ({KINDS})")
    op.create_table(
        "refunds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("charge_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("provider_ref", sa.String(length=80), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_refunds_amount_positive")),
        sa.CheckConstraint(
            "(state = 'paid') = (entry_id IS NOT NULL)", name=op.f("ck_refunds_paid_has_entry")
        ),
        sa.CheckConstraint(
            "reason IN ('overpaid', 'cancelled', 'reduced', 'claim')", name=op.f("ck_refunds_reason_known")
        ),
        sa.CheckConstraint(
            "state IN ('due', 'sent', 'paid', 'failed', 'dropped')", name=op.f("ck_refunds_state_known")
        ),
        sa.CheckConstraint("way IN ('transfer', 'cod', 'card')", name=op.f("ck_refunds_way_known")),
        sa.ForeignKeyConstraint(["charge_id"], ["charges.id"], name=op.f("fk_refunds_charge_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["payment_entries.id"], name=op.f("fk_refunds_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refunds")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_refunds_entry_id")),
        sa.UniqueConstraint("ref", name=op.f("uq_refunds_ref")),
    )
    op.create_index("ix_refunds_charge_id", "refunds", ["charge_id"])
    op.create_index("ix_refunds_state", "refunds", ["state", "id"])
    op.execute("INSERT INTO public_versions (shard, version) VALUES (16, 0)")
    _carry_over()
    _guard_entries()
    op.execute(PAYMENT.format(method="e.method"))
    op.execute(REFUND)


def downgrade() -> None:
    op.execute("DELETE FROM public_versions WHERE shard = 16")
    op.execute("DROP VIEW v_refund")
    op.execute("DROP VIEW v_payment")
    op.drop_table("refunds")
    with op.batch_alter_table("payment_entries") as entries:
        entries.drop_constraint(op.f("ck_payment_entries_kind_known"), type_="check")
        entries.create_check_constraint(
            op.f("ck_payment_entries_kind_known"), "kind IN ('charged', 'confirmed', 'refunded', 'waived')"
        )
    with op.batch_alter_table("charges") as charges:
        charges.drop_column("due_on")
        charges.drop_constraint(op.f("ck_charges_amount_not_negative"), type_="check")
        charges.create_check_constraint(op.f("ck_charges_amount_positive"), "amount > 0")
        charges.drop_constraint(op.f("ck_charges_method_known"), type_="check")
        charges.create_check_constraint(op.f("ck_charges_method_known"), "method IN ('transfer', 'cod')")
    _guard_entries()
    op.execute(PAYMENT.format(method="c.method"))


def _guard_entries() -> None:
    """SQLite made the table anew, and its triggers went with the old one."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER payment_entries_no_{act.lower()} BEFORE {act} ON payment_entries "
                "BEGIN SELECT RAISE(ABORT, 'payment_entries is append-only'); END"
            )


def _carry_over() -> None:
    """Refunds recorded so far become things; what they took from a charge that was owed whole is owed less; a cancelled
    charge waives all of it; what stands too much is due back."""
    bind = op.get_bind()
    run = lambda sql, **values: bind.execute(sa.text(sql), values)  # noqa: E731
    entry = (
        "INSERT INTO payment_entries (charge_id, kind, debit, credit, amount, method, provider_ref, note, at)"
        " SELECT id, :kind, 'sales:' || payee_organisation_id, 'owed:' || payee_organisation_id, :amount, method, :ref,"
        " '', CURRENT_TIMESTAMP FROM charges WHERE id = :id"
    )
    refund = (
        "INSERT INTO refunds (ref, charge_id, amount, reason, way, state, provider_ref, entry_id, since)"
        " SELECT :ref, c.id, :amount, :reason, c.method, :state, '', :entry, CURRENT_TIMESTAMP FROM charges c"
        " WHERE c.id = :id"
    )
    for row in run("SELECT id, charge_id, amount FROM payment_entries WHERE kind = 'refunded'").all():
        ref = secrets.token_hex(13)
        run(refund, ref=ref, amount=row.amount, reason="reduced", state="paid", entry=row.id, id=row.charge_id)
    books = run(
        "SELECT c.id, c.amount, c.state, SUM(CASE e.kind WHEN 'confirmed' THEN e.amount WHEN 'refunded' THEN -e.amount"
        " ELSE 0 END) AS came, SUM(CASE e.kind WHEN 'waived' THEN e.amount ELSE 0 END) AS waived"
        " FROM charges c JOIN payment_entries e ON e.charge_id = c.id GROUP BY c.id, c.amount, c.state"
    ).all()
    for row in books:
        came, owed = int(row.came), int(row.amount)
        if row.state == "cancelled":
            if owed > row.waived:
                run(entry, kind="waived", amount=owed - int(row.waived), ref=secrets.token_hex(13), id=row.id)
            owed = 0
        elif row.state == "settled" and came < owed:
            run(entry, kind="reduced", amount=owed - came, ref=secrets.token_hex(13), id=row.id)
            run("UPDATE charges SET amount = :came WHERE id = :id", came=came, id=row.id)
            owed = came
        if came > owed:
            ref, reason = secrets.token_hex(13), "cancelled" if row.state == "cancelled" else "overpaid"
            run(refund, ref=ref, amount=came - owed, reason=reason, state="due", entry=None, id=row.id)
