"""Sheets correct earlier ones, and a closing sheet says what becomes of the deposit"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
NO = "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
KINDS = ("goods", "deduction", "penalty", "interest", "inputs", "deposit")
KINDS_NOW = ("goods", "correction", *KINDS[1:], "deposit_added")
HAS_SLIP = "({kinds}) = (acceptance_id IS NOT NULL AND quantity IS NOT NULL AND price IS NOT NULL AND day IS NOT NULL)"
WITHIN = "deposit_counted >= 0 AND deposit_counted <= deposit_came"
WITHIN_NOW = "deposit_counted >= 0 AND deposit_ended >= 0 AND deposit_counted + deposit_ended <= deposit_came"
ONE_SLIP = "({facts}) = (acceptance_id IS NOT NULL)"
SLIP, CORRECTION = "substr(fact, 1, 5) = 'slip:'", "substr(fact, 1, 11) = 'correction:'"
PARTS = "kg >= 0 AND goods >= 0 AND "


def upgrade() -> None:
    with op.batch_alter_table("settlements") as settlements:
        settlements.add_column(sa.Column("closing", sa.Boolean(), nullable=False, server_default=sa.false()))
        settlements.add_column(sa.Column("corrected", sa.BigInteger(), nullable=False, server_default="0"))
    with op.batch_alter_table("settlement_parts") as parts:
        parts.add_column(sa.Column("corrected", sa.BigInteger(), nullable=False, server_default="0"))
        _check(parts, "settlement_parts", "nothing_below_zero", PARTS + "(amount >= 0 OR corrected < 0)")
    with op.batch_alter_table("settlement_books") as books:
        books.add_column(sa.Column("deposit_ended", sa.BigInteger(), nullable=False, server_default="0"))
        _check(books, "settlement_books", "deposit_within", WITHIN_NOW)
    with op.batch_alter_table("settlement_lines") as lines:
        _check(lines, "settlement_lines", "kind_known", _among(KINDS_NOW))
        slip = HAS_SLIP.format(kinds="kind IN ('goods', 'correction')")
        _check(lines, "settlement_lines", "goods_have_a_slip", slip)
    with op.batch_alter_table("settlement_facts") as facts:
        _check(facts, "settlement_facts", "slip_is_one", ONE_SLIP.format(facts=f"{SLIP} OR {CORRECTION}"))
    _firm_again("settlement_lines", "settlement_parts")
    op.create_table(
        "deposit_ends",
        sa.Column("settlement_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("refuser", sa.String(length=40), nullable=False),
        sa.Column("kept", sa.BigInteger(), nullable=False),
        sa.Column("returned", sa.BigInteger(), nullable=False),
        sa.Column("added", sa.BigInteger(), nullable=False),
        sa.Column("said_by", sa.String(length=40), nullable=False),
        sa.Column("words", JSON, nullable=False),
        sa.Column("inputs", JSON, nullable=False),
        sa.CheckConstraint(
            "refuser IN ('payer', 'receiver', 'nobody')", name=op.f("ck_deposit_ends_refuser_known")
        ),
        sa.CheckConstraint(
            "kept >= 0 AND returned >= 0 AND kept + returned > 0", name=op.f("ck_deposit_ends_something_ends")
        ),
        sa.CheckConstraint(
            "(refuser = 'payer') = (kept > 0)", name=op.f("ck_deposit_ends_kept_when_payer_refused")
        ),
        sa.CheckConstraint(
            "added >= 0 AND (added = 0 OR refuser = 'receiver')",
            name=op.f("ck_deposit_ends_added_by_receiver"),
        ),
        sa.ForeignKeyConstraint(
            ["settlement_id"], ["settlements.id"], name=op.f("fk_deposit_ends_settlement_id")
        ),
        sa.PrimaryKeyConstraint("settlement_id", name=op.f("pk_deposit_ends")),
    )
    op.create_table(
        "settlement_credits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("settlement_id", sa.Integer(), nullable=False),
        sa.Column("against_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_settlement_credits_something_taken_off")),
        sa.CheckConstraint("settlement_id <> against_id", name=op.f("ck_settlement_credits_against_another")),
        sa.ForeignKeyConstraint(
            ["against_id"], ["settlements.id"], name=op.f("fk_settlement_credits_against_id")
        ),
        sa.ForeignKeyConstraint(
            ["settlement_id"], ["settlements.id"], name=op.f("fk_settlement_credits_settlement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement_credits")),
        sa.UniqueConstraint(
            "settlement_id", "against_id", name=op.f("uq_settlement_credits_settlement_id_against_id")
        ),
    )
    op.create_index("ix_settlement_credits_against_id", "settlement_credits", ["against_id"])
    _firm("deposit_ends")
    _firm("settlement_credits")


def downgrade() -> None:
    op.drop_table("settlement_credits")
    op.drop_table("deposit_ends")
    with op.batch_alter_table("settlement_facts") as facts:
        _check(facts, "settlement_facts", "slip_is_one", ONE_SLIP.format(facts=SLIP))
    with op.batch_alter_table("settlement_lines") as lines:
        _check(lines, "settlement_lines", "goods_have_a_slip", HAS_SLIP.format(kinds="kind = 'goods'"))
        _check(lines, "settlement_lines", "kind_known", _among(KINDS))
    with op.batch_alter_table("settlement_books") as books:
        _check(books, "settlement_books", "deposit_within", WITHIN)
        books.drop_column("deposit_ended")
    with op.batch_alter_table("settlement_parts") as parts:
        _check(parts, "settlement_parts", "nothing_below_zero", PARTS + "amount >= 0")
        parts.drop_column("corrected")
    with op.batch_alter_table("settlements") as settlements:
        settlements.drop_column("corrected")
        settlements.drop_column("closing")
    _firm_again("settlement_lines", "settlement_parts")


def _among(kinds: tuple[str, ...]) -> str:
    return f"kind IN ({', '.join(repr(kind) for kind in kinds)})"


def _check(table: Any, name: str, rule: str, says: str) -> None:
    table.drop_constraint(op.f(f"ck_{name}_{rule}"), type_="check")
    table.create_check_constraint(op.f(f"ck_{name}_{rule}"), says)


def _firm_again(*tables: str) -> None:
    """SQLite built them anew, and their triggers are gone."""
    if op.get_bind().dialect.name == "sqlite":
        for table in tables:
            _firm(table)


def _firm(table: str) -> None:
    """Rows that are never changed or deleted."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION forbid_change()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} " + NO.format(table=table)
        )
