"""Quotes: answers to requests, their versions and lines"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
VERSION = (
    "id, quote_id, number, side, product_id, grade, price, carriage, portion, quantity, first_day, last_day,"
    " valid_until, told, amendment, by_id, at"
)
VIEWS = {
    "v_rfq": "SELECT id, total / 1000.0 AS qty, quotes_until AS closes_at, state FROM needs WHERE opened_at IS NOT NULL",
    "v_quote": """
        SELECT q.id, q.need_id AS rfq_id, q.cooperative_id AS coop_id, v.number AS version, v.quantity / 1000.0 AS qty,
               v.price, q.state, v.at AS submitted_at
        FROM quote_versions v JOIN quotes q ON q.id = v.quote_id WHERE v.side = 'seller'""",
}
NO = "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"


def upgrade() -> None:
    op.create_table('quotes',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('need_id', sa.Integer(), nullable=False),
        sa.Column('cooperative_id', sa.Integer(), nullable=False),
        sa.Column('state', sa.String(length=40), nullable=False),
        sa.Column('latest', sa.SmallInteger(), nullable=False),
        sa.Column('offered', sa.SmallInteger(), nullable=False),
        sa.Column('counters', sa.SmallInteger(), nullable=False),
        sa.Column('entered', sa.String(length=40), nullable=False),
        sa.Column('told_by', sa.String(length=120), nullable=False),
        sa.Column('submitted_at', MOMENT, nullable=False),
        sa.Column('decided_at', MOMENT, nullable=True),
        sa.Column('reason', sa.String(length=500), nullable=False),
        sa.CheckConstraint("(entered = 'online') = (told_by = '')", name=op.f('ck_quotes_told_by_iff_not_online')),
        sa.CheckConstraint("entered IN ('online', 'phone', 'paper')", name=op.f('ck_quotes_entered_known')),
        sa.CheckConstraint("state <> 'withdrawn' OR reason <> ''", name=op.f('ck_quotes_withdrawn_has_reason')),
        sa.CheckConstraint("state IN ('submitted', 'shortlisted', 'withdrawn', 'reserve', 'awarded', 'not_awarded')", name=op.f('ck_quotes_state_known')),
        sa.CheckConstraint('counters BETWEEN 0 AND latest - 1', name=op.f('ck_quotes_counters_are_versions')),
        sa.CheckConstraint('offered BETWEEN 1 AND latest', name=op.f('ck_quotes_offered_within_latest')),
        sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_quotes_cooperative_id')),
        sa.ForeignKeyConstraint(['need_id'], ['needs.id'], name=op.f('fk_quotes_need_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_quotes')),
        sa.UniqueConstraint('need_id', 'cooperative_id', name=op.f('uq_quotes_need_id_cooperative_id')),
        sa.UniqueConstraint('ref', name=op.f('uq_quotes_ref'))
    )
    op.create_index('ix_quotes_cooperative_id', 'quotes', ['cooperative_id', 'id'], unique=False)

    op.create_table('quote_versions',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('quote_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.SmallInteger(), nullable=False),
        sa.Column('side', sa.String(length=40), nullable=False),
        sa.Column('product_id', sa.Integer(), nullable=False),
        sa.Column('grade', sa.String(length=12), nullable=False),
        sa.Column('price', sa.BigInteger(), nullable=False),
        sa.Column('carriage', sa.BigInteger(), nullable=False),
        sa.Column('portion', sa.BigInteger(), nullable=False),
        sa.Column('quantity', sa.BigInteger(), nullable=False),
        sa.Column('first_day', sa.Date(), nullable=False),
        sa.Column('last_day', sa.Date(), nullable=False),
        sa.Column('loading', sa.String(length=200), nullable=False),
        sa.Column('valid_until', MOMENT, nullable=False),
        sa.Column('words', sa.String(length=500), nullable=False),
        sa.Column('told', JSON, nullable=False),
        sa.Column('amendment', sa.SmallInteger(), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('at', MOMENT, nullable=False),
        sa.CheckConstraint("side IN ('seller', 'buyer')", name=op.f('ck_quote_versions_side_known')),
        sa.CheckConstraint('first_day <= last_day', name=op.f('ck_quote_versions_days_in_order')),
        sa.CheckConstraint('number > 0', name=op.f('ck_quote_versions_number_positive')),
        sa.CheckConstraint('price > 0 AND carriage >= 0', name=op.f('ck_quote_versions_price_positive')),
        sa.CheckConstraint('quantity > 0', name=op.f('ck_quote_versions_quantity_positive')),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_quote_versions_by_id')),
        sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_quote_versions_product_id')),
        sa.ForeignKeyConstraint(['quote_id'], ['quotes.id'], name=op.f('fk_quote_versions_quote_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_quote_versions')),
        sa.UniqueConstraint('quote_id', 'number', name=op.f('uq_quote_versions_quote_id_number'))
    )
    op.create_table('quote_lines',
        sa.Column('version_id', sa.Integer(), nullable=False),
        sa.Column('starts', sa.Date(), nullable=False),
        sa.Column('quantity', sa.BigInteger(), nullable=False),
        sa.CheckConstraint('quantity > 0', name=op.f('ck_quote_lines_quantity_positive')),
        sa.ForeignKeyConstraint(['version_id'], ['quote_versions.id'], name=op.f('fk_quote_lines_version_id')),
        sa.PrimaryKeyConstraint('version_id', 'starts', name=op.f('pk_quote_lines'))
    )
    for name, query in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {' '.join(query.split())}")
    _firm("quote_lines")
    _redactable("quote_versions", firm=VERSION, soft="words, loading")


def downgrade() -> None:
    for name in VIEWS:
        op.execute(f"DROP VIEW {name}")
    for table in ("quote_lines", "quote_versions", "quotes"):
        op.drop_table(table)


def _firm(table: str) -> None:
    """Rows that are never changed or deleted."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION forbid_change()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} " + NO.format(table=table))


def _redactable(table: str, *, firm: str, soft: str) -> None:
    """Rows of which only names may be taken out, from these columns."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OF {firm} OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION forbid_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_redaction BEFORE UPDATE OF {soft} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION forbid_unless_redacting()"
        )
        return
    no = NO.format(table=table)
    op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE OF {firm} ON {table} {no}")
    op.execute(
        f"CREATE TRIGGER {table}_no_redaction BEFORE UPDATE OF {soft} ON {table} "
        f"WHEN NOT EXISTS (SELECT 1 FROM redactions) {no}"
    )
    op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {no}")
