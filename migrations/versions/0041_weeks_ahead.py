"""Weeks ahead in the ledger of goods: grades, ranks of claims, forecasts, short weeks, what was taken openly."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
BEFORE = "'harvested', 'returned', 'corrected', 'handed_over'"
AFTER = f"{BEFORE}, 'expected', 'shelved'"
STATES = "'open', 'pool_asked', 'buyers_told', 'shifted', 'covered', 'closed'"
LIVE = "'open', 'pool_asked', 'buyers_told'"
CAUSES = "'weather', 'pests', 'late', 'labour', 'transport', 'other'"
PRODUCT = (
    "CREATE VIEW v_product AS SELECT p.id, p.cooperative_id AS coop_id, s.unit, s.initial / 1000.0 AS initial_qty,"
    " s.on_hand / 1000.0 AS on_hand, s.reserved / 1000.0 AS reserved FROM stocks s JOIN products p ON p.id ="
    " s.product_id WHERE s.week = ''"
)
MOVE = (
    "CREATE VIEW v_stock_move AS SELECT m.id, s.product_id, m.quantity / 1000.0 AS qty, m.kind, CASE WHEN c.holder IS"
    " NULL THEN m.cause ELSE c.holder END AS ref, m.at FROM stock_moves m JOIN stocks s ON s.id = m.stock_id LEFT JOIN"
    " claims c ON c.id = m.claim_id"
)
CLAIM = (
    "CREATE VIEW v_claim AS SELECT c.id, s.product_id, c.kind, c.state, c.quantity / 1000.0 AS qty, c.handed_over /"
    " 1000.0 AS handed_over, c.holder, c.expires_at FROM claims c JOIN stocks s ON s.id = c.stock_id"
)
WEEK = (
    "CREATE VIEW v_week AS SELECT s.id, s.product_id, p.cooperative_id AS coop_id, s.week, s.grade, s.unit, s.on_hand /"
    " 1000.0 AS expected, s.reserved / 1000.0 AS promised, s.version FROM stocks s JOIN products p ON p.id ="
    " s.product_id WHERE s.week <> ''"
)
WEEK_CLAIM = (
    "CREATE VIEW v_week_claim AS SELECT c.id, c.stock_id AS week_id, c.kind, c.state, c.quantity / 1000.0 AS qty,"
    " c.handed_over / 1000.0 AS handed_over, c.holder, c.contract_day, c.since, c.expires_at FROM claims c JOIN stocks"
    " s ON s.id = c.stock_id WHERE s.week <> ''"
)
OURS = ("v_product", "v_stock_move", "v_claim")


def upgrade() -> None:
    _drop_views(*OURS)
    with op.batch_alter_table("stocks") as stocks:
        stocks.add_column(sa.Column("grade", sa.String(length=12), nullable=False, server_default=""))
        stocks.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
        stocks.drop_constraint(op.f("ck_stocks_reserved_within_on_hand"), type_="check")
        stocks.create_check_constraint(
            op.f("ck_stocks_reserved_within_on_hand"), "reserved <= on_hand OR week <> ''"
        )
        stocks.create_check_constraint(
            op.f("ck_stocks_forecast_is_of_a_week"), "week <> '' OR (grade = '' AND version = 0)"
        )
        stocks.drop_constraint(op.f("uq_stocks_product_id_week"), type_="unique")
        stocks.create_unique_constraint(
            op.f("uq_stocks_product_id_week_grade"), ["product_id", "week", "grade"]
        )
        stocks.create_index("ix_stocks_week", ["week"])
    with op.batch_alter_table("claims") as claims:
        claims.add_column(sa.Column("contract_day", sa.Date(), nullable=True))
        claims.add_column(sa.Column("since", MOMENT, nullable=True))
    op.execute("UPDATE claims SET since = at")
    with op.batch_alter_table("claims") as claims:
        claims.alter_column("since", existing_type=MOMENT, nullable=False)
    _kinds(AFTER)
    _tables()
    for view in (PRODUCT, f"{MOVE} WHERE s.week = ''", f"{CLAIM} WHERE s.week = ''", WEEK, WEEK_CLAIM):
        op.execute(view)


def _tables() -> None:
    op.create_table(
        "forecasts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stock_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("low", sa.BigInteger(), nullable=False),
        sa.Column("likely", sa.BigInteger(), nullable=False),
        sa.Column("high", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("told_by", sa.String(length=120), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=True),
        sa.Column("sent", sa.String(length=60), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "low >= 0 AND low <= likely AND likely <= high", name=op.f("ck_forecasts_low_likely_high")
        ),
        sa.CheckConstraint(
            "source = 'officer' OR told_by = ''", name=op.f("ck_forecasts_told_to_an_officer")
        ),
        sa.CheckConstraint("source IN ('own', 'officer', 'sowing')", name=op.f("ck_forecasts_source_known")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_forecasts_version_counts")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_forecasts_by_id")),
        sa.ForeignKeyConstraint(["photo_id"], ["documents.id"], name=op.f("fk_forecasts_photo_id")),
        sa.ForeignKeyConstraint(["stock_id"], ["stocks.id"], name=op.f("fk_forecasts_stock_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forecasts")),
        sa.UniqueConstraint("stock_id", "version", name=op.f("uq_forecasts_stock_id_version")),
    )
    sent = sa.text("sent <> ''")
    op.create_index(
        "uq_forecasts_sent",
        "forecasts",
        ["stock_id", "sent"],
        unique=True,
        sqlite_where=sent,
        postgresql_where=sent,
    )
    _redactable("forecasts", ("note", "told_by"))
    op.create_table(
        "claim_takings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("winner", sa.String(length=60), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_claim_takings_quantity_positive")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_claim_takings_has_reason")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_claim_takings_by_id")),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_claim_takings_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_takings")),
    )
    op.create_index("ix_claim_takings_claim_id", "claim_takings", ["claim_id"])
    _redactable("claim_takings", ("reason",))
    op.create_table(
        "shortfalls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("stock_id", sa.Integer(), nullable=False),
        sa.Column("forecast_id", sa.Integer(), nullable=False),
        sa.Column("missing", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("cause", sa.String(length=40), nullable=True),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            f"(state IN ({LIVE})) = (ended_at IS NULL)", name=op.f("ck_shortfalls_ended_iff_not_live")
        ),
        sa.CheckConstraint("missing > 0", name=op.f("ck_shortfalls_missing_positive")),
        sa.CheckConstraint(f"cause IN ({CAUSES})", name=op.f("ck_shortfalls_cause_known")),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_shortfalls_state_known")),
        sa.ForeignKeyConstraint(["forecast_id"], ["forecasts.id"], name=op.f("fk_shortfalls_forecast_id")),
        sa.ForeignKeyConstraint(["stock_id"], ["stocks.id"], name=op.f("fk_shortfalls_stock_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shortfalls")),
        sa.UniqueConstraint("ref", name=op.f("uq_shortfalls_ref")),
    )
    live = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_shortfalls_live",
        "shortfalls",
        ["stock_id"],
        unique=True,
        sqlite_where=live,
        postgresql_where=live,
    )
    op.create_index("ix_shortfalls_ended_at", "shortfalls", ["ended_at", "id"])


def downgrade() -> None:
    _drop_views("v_week_claim", "v_week", *OURS)
    for table in ("shortfalls", "claim_takings", "forecasts"):
        op.drop_table(table)
    # Weeks ahead go with everything that was promised of them.
    _forget_moves("stock_id IN (SELECT id FROM stocks WHERE week <> '') OR kind IN ('expected', 'shelved')")
    op.execute("DELETE FROM claims WHERE stock_id IN (SELECT id FROM stocks WHERE week <> '')")
    op.execute("DELETE FROM stocks WHERE week <> ''")
    _kinds(BEFORE)
    with op.batch_alter_table("claims") as claims:
        claims.drop_column("since")
        claims.drop_column("contract_day")
    with op.batch_alter_table("stocks") as stocks:
        stocks.drop_index("ix_stocks_week")
        stocks.drop_constraint(op.f("ck_stocks_forecast_is_of_a_week"), type_="check")
        stocks.drop_constraint(op.f("ck_stocks_reserved_within_on_hand"), type_="check")
        stocks.create_check_constraint(op.f("ck_stocks_reserved_within_on_hand"), "reserved <= on_hand")
        stocks.drop_constraint(op.f("uq_stocks_product_id_week_grade"), type_="unique")
        stocks.create_unique_constraint(op.f("uq_stocks_product_id_week"), ["product_id", "week"])
        stocks.drop_column("version")
        stocks.drop_column("grade")
    for view in (PRODUCT, MOVE, CLAIM):
        op.execute(view)


def _drop_views(*names: str) -> None:
    """They make room while SQLite builds their tables anew."""
    for name in names:
        op.execute(f"DROP VIEW {name}")


def _kinds(words: str) -> None:
    with op.batch_alter_table("stock_moves") as moves:
        moves.drop_constraint(op.f("ck_stock_moves_kind_known"), type_="check")
        moves.create_check_constraint(op.f("ck_stock_moves_kind_known"), f"kind IN ({words})")
    if op.get_bind().dialect.name == "sqlite":
        # SQLite made the table anew, and its triggers went with the old one.
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER stock_moves_no_{act.lower()} BEFORE {act} ON stock_moves "
                "BEGIN SELECT RAISE(ABORT, 'stock_moves is append-only'); END"
            )


def _forget_moves(which: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE stock_moves DISABLE TRIGGER stock_moves_append_only")
        op.execute(f"DELETE FROM stock_moves WHERE {which}")
        op.execute("ALTER TABLE stock_moves ENABLE TRIGGER stock_moves_append_only")
        return
    op.execute("DROP TRIGGER stock_moves_no_delete")
    op.execute(f"DELETE FROM stock_moves WHERE {which}")
    op.execute(
        "CREATE TRIGGER stock_moves_no_delete BEFORE DELETE ON stock_moves "
        "BEGIN SELECT RAISE(ABORT, 'stock_moves is append-only'); END"
    )


def _redactable(table: str, soft: tuple[str, ...]) -> None:
    """What was said stays; who is named in it may have to go."""
    columns = [c["name"] for c in sa.inspect(op.get_bind()).get_columns(table)]
    firm = ", ".join(name for name in columns if name not in soft)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OF {firm} OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION forbid_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_redaction BEFORE UPDATE OF {', '.join(soft)} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION forbid_unless_redacting()"
        )
        return
    no = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    for name, when in (
        ("no_update", f"UPDATE OF {firm} ON {table}"),
        (
            "no_redaction",
            f"UPDATE OF {', '.join(soft)} ON {table} WHEN NOT EXISTS (SELECT 1 FROM redactions)",
        ),
        ("no_delete", f"DELETE ON {table}"),
    ):
        op.execute(f"CREATE TRIGGER {table}_{name} BEFORE {when} {no}")
