"""An award may be given back before its contract, and a reserve asked whether it still brings so much"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.db.types import UtcDateTime

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

MOMENT = UtcDateTime()
NO = "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
QUOTES = ("submitted", "shortlisted", "withdrawn", "reserve", "awarded", "not_awarded")
POOLS = ("forming", "locked", "answering", "reserve", "won", "delivering", "settled", "lost", "dissolved")
RUNS = ("queued", "running", "complete", "failed", "in_force", "replaced")
AWARDS = {
    "need_awards": (
        "id, need_id, cooperative_id, kind, source, quantity, rank, by_id, at",
        "returned_within_award",
    ),
    "need_award_lines": ("award_id, line_id, quantity", "returned_within_line"),
}
ENDED = "state NOT IN ('returned', 'dissolved') OR reason <> ''"
DISSOLVED = "state <> 'dissolved' OR reason <> ''"
RETURNED_OUT = "state NOT IN ('lost', 'returned', 'dissolved')"
TOLD = "lapse_told BETWEEN 0 AND latest AND short_told >= 0"


def upgrade() -> None:
    with _views_aside():
        _upgrade()


def downgrade() -> None:
    with _views_aside():
        _downgrade()


def _upgrade() -> None:
    for table, (firm, name) in AWARDS.items():
        _unguard(table)
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("returned", sa.BigInteger(), nullable=False, server_default="0"))
            batch.create_check_constraint(op.f(f"ck_{table}_{name}"), "returned BETWEEN 0 AND quantity")
        _guard(table, firm)
    _tables()
    with op.batch_alter_table("quotes") as batch:
        batch.add_column(sa.Column("lapse_told", sa.SmallInteger(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("short_told", sa.BigInteger(), nullable=False, server_default="0"))
        batch.create_check_constraint(op.f("ck_quotes_told_is_sensible"), TOLD)
    _states("quotes", (*QUOTES, "returned"))
    _states("pool_allocations", (*RUNS, "overtaken"))
    _pools(
        (*POOLS[:-1], "returned", "dissolved"),
        ("dissolved_has_reason", "ended_has_reason"),
        ENDED,
        RETURNED_OUT,
    )


def _downgrade() -> None:
    op.execute("UPDATE pools SET state = 'dissolved' WHERE state = 'returned'")
    op.execute("UPDATE pool_allocations SET state = 'failed' WHERE state = 'overtaken'")
    op.execute("UPDATE quotes SET state = 'not_awarded' WHERE state = 'returned'")
    _pools(
        POOLS, ("ended_has_reason", "dissolved_has_reason"), DISSOLVED, "state NOT IN ('lost', 'dissolved')"
    )
    _states("pool_allocations", RUNS)
    _states("quotes", QUOTES)
    with op.batch_alter_table("quotes") as batch:
        batch.drop_constraint(op.f("ck_quotes_told_is_sensible"), type_="check")
        batch.drop_column("short_told")
        batch.drop_column("lapse_told")
    for table in ("reserve_asks", "award_return_lines", "award_returns"):
        op.drop_table(table)
    for table, (_firm, name) in AWARDS.items():
        _unguard(table)
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
            batch.drop_column("returned")
        _guard(table, "")


@contextmanager
def _views_aside() -> Iterator[None]:
    """SQLite makes a table anew to change it, and a view that reads it must not stand meanwhile."""
    bind = op.get_bind()
    found = []
    if bind.dialect.name == "sqlite":
        asked = sa.text(
            "SELECT name, sql FROM sqlite_master WHERE type = 'view' AND name IN ('v_quote', 'v_contract')"
        )
        found = [tuple(row) for row in bind.execute(asked)]
    for name, _sql in found:
        op.execute(f"DROP VIEW {name}")
    yield
    for _name, sql in found:
        op.execute(sql)


def _tables() -> None:
    op.create_table(
        "award_returns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("side IN ('seller', 'buyer')", name=op.f("ck_award_returns_side_known")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_award_returns_quantity_positive")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_award_returns_reason_given")),
        sa.ForeignKeyConstraint(["award_id"], ["need_awards.id"], name=op.f("fk_award_returns_award_id")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_award_returns_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_returns")),
    )
    op.create_index("ix_award_returns_award_id", "award_returns", ["award_id"])
    op.create_table(
        "award_return_lines",
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_award_return_lines_quantity_positive")),
        sa.ForeignKeyConstraint(
            ["return_id"], ["award_returns.id"], name=op.f("fk_award_return_lines_return_id")
        ),
        sa.ForeignKeyConstraint(["line_id"], ["need_lines.id"], name=op.f("fk_award_return_lines_line_id")),
        sa.PrimaryKeyConstraint("return_id", "line_id", name=op.f("pk_award_return_lines")),
    )
    op.create_table(
        "reserve_asks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("answer_by", MOMENT, nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("words", sa.String(length=400), nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'agreed', 'declined', 'lapsed', 'dropped')",
            name=op.f("ck_reserve_asks_state_known"),
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_reserve_asks_quantity_positive")),
        sa.CheckConstraint(
            "(state IN ('agreed', 'declined')) = (answered_at IS NOT NULL)",
            name=op.f("ck_reserve_asks_answered_has_time"),
        ),
        sa.ForeignKeyConstraint(["award_id"], ["need_awards.id"], name=op.f("fk_reserve_asks_award_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["people.id"], name=op.f("fk_reserve_asks_asked_by_id")),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["people.id"], name=op.f("fk_reserve_asks_answered_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reserve_asks")),
    )
    op.create_index(
        "uq_reserve_asks_waiting",
        "reserve_asks",
        ["award_id"],
        unique=True,
        sqlite_where=sa.text("state = 'asked'"),
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.create_index("ix_reserve_asks_award_id", "reserve_asks", ["award_id"])
    op.create_index("ix_reserve_asks_state_answer_by", "reserve_asks", ["state", "answer_by"])
    _guard("award_return_lines", "")
    _redactable("award_returns", "id, award_id, side, quantity, by_id, at", "reason")


def _states(table: str, words: tuple[str, ...]) -> None:
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(f"ck_{table}_state_known"), type_="check")
        batch.create_check_constraint(
            op.f(f"ck_{table}_state_known"), f"state IN ({', '.join(repr(word) for word in words)})"
        )


def _pools(words: tuple[str, ...], names: tuple[str, str], ended: str, living: str) -> None:
    before, after = names
    op.drop_index("uq_pools_lead", "pools")
    _states("pools", words)
    with op.batch_alter_table("pools") as batch:
        batch.drop_constraint(op.f(f"ck_pools_{before}"), type_="check")
        batch.create_check_constraint(op.f(f"ck_pools_{after}"), ended)
    where = sa.text(living)
    op.create_index(
        "uq_pools_lead",
        "pools",
        ["need_id", "lead_id"],
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )


def _unguard(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_no_{act}")
        return
    op.execute(f"DROP TRIGGER {table}_append_only ON {table}")


def _guard(table: str, firm: str) -> None:
    """Rows stay as they are: all of them, or these columns."""
    only = f" OF {firm}" if firm else ""
    if op.get_bind().dialect.name == "sqlite":
        no = NO.format(table=table)
        op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE{only} ON {table} {no}")
        op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {no}")
        return
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE{only} OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION forbid_change()"
    )


def _redactable(table: str, firm: str, soft: str) -> None:
    _guard(table, firm)
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {table}_no_redaction BEFORE UPDATE OF {soft} ON {table} "
            f"WHEN NOT EXISTS (SELECT 1 FROM redactions) {NO.format(table=table)}"
        )
        return
    op.execute(
        f"CREATE TRIGGER {table}_redaction BEFORE UPDATE OF {soft} ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION forbid_unless_redacting()"
    )
