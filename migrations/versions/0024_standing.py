"""Price lists of buyers; standing orders, their terms, exceptions and dates."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)
APPEND_ONLY = ("standing_terms", "standing_lines", "standing_exceptions", "standing_exception_lines")
NEW = (
    "standing_lines",
    "standing_exception_lines",
    "standing_terms",
    "standing_runs",
    "standing_exceptions",
    "price_list_members",
    "price_list_items",
    "standing_orders",
    "price_lists",
)


def upgrade() -> None:
    op.create_table('price_lists',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('cooperative_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=False),
    sa.Column('created_at', MOMENT, nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('ended_at', MOMENT, nullable=True),
    sa.CheckConstraint('valid_from <= valid_to', name=op.f('ck_price_lists_days_in_order')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_price_lists_by_id')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_price_lists_cooperative_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_price_lists')),
    sa.UniqueConstraint('ref', name=op.f('uq_price_lists_ref'))
    )
    op.create_index('ix_price_lists_cooperative_id', 'price_lists', ['cooperative_id', 'valid_to'], unique=False)

    op.create_table('standing_orders',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('cooperative_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('buyer_name', sa.String(length=255), nullable=False),
    sa.Column('buyer_phone', sa.String(length=20), nullable=False),
    sa.Column('buyer_email', sa.String(length=254), nullable=False),
    sa.Column('locale', sa.String(length=2), nullable=False),
    sa.Column('terms_version', sa.String(length=20), nullable=False),
    sa.Column('started_at', MOMENT, nullable=False),
    sa.Column('paused_until', sa.Date(), nullable=True),
    sa.Column('ended_at', MOMENT, nullable=True),
    sa.CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name=op.f('ck_standing_orders_ended_has_time')),
    sa.CheckConstraint("state = 'paused' OR paused_until IS NULL", name=op.f('ck_standing_orders_only_paused_has_end')),
    sa.CheckConstraint("state IN ('active', 'paused', 'ended')", name=op.f('ck_standing_orders_state_known')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_standing_orders_cooperative_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_standing_orders_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_standing_orders_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_standing_orders')),
    sa.UniqueConstraint('ref', name=op.f('uq_standing_orders_ref'))
    )
    op.create_index('ix_standing_orders_cooperative_id', 'standing_orders', ['cooperative_id', 'state'], unique=False)
    op.create_index('ix_standing_orders_organisation_id', 'standing_orders', ['organisation_id'], unique=False)
    op.create_index('ix_standing_orders_person_id', 'standing_orders', ['person_id'], unique=False)
    op.create_index('ix_standing_orders_state', 'standing_orders', ['state'], unique=False)

    op.create_table('price_list_items',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('list_id', sa.Integer(), nullable=False),
    sa.Column('product_id', sa.Integer(), nullable=False),
    sa.Column('tiers', JSON, nullable=False),
    sa.Column('since', MOMENT, nullable=False),
    sa.Column('until', MOMENT, nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('"until" IS NULL OR "until" >= since', name=op.f('ck_price_list_items_times_in_order')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_price_list_items_by_id')),
    sa.ForeignKeyConstraint(['list_id'], ['price_lists.id'], name=op.f('fk_price_list_items_list_id')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_price_list_items_product_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_price_list_items'))
    )
    op.create_index('ix_price_list_items_product_id', 'price_list_items', ['product_id'], unique=False)
    op.create_index('uq_price_list_items_now', 'price_list_items', ['list_id', 'product_id'], unique=True, sqlite_where=sa.text('"until" IS NULL'), postgresql_where=sa.text('"until" IS NULL'))

    op.create_table('price_list_members',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('list_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('since', MOMENT, nullable=False),
    sa.Column('until', MOMENT, nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('"until" IS NULL OR "until" >= since', name=op.f('ck_price_list_members_times_in_order')),
    sa.CheckConstraint('(organisation_id IS NULL) <> (person_id IS NULL)', name=op.f('ck_price_list_members_one_buyer')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_price_list_members_by_id')),
    sa.ForeignKeyConstraint(['list_id'], ['price_lists.id'], name=op.f('fk_price_list_members_list_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_price_list_members_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_price_list_members_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_price_list_members'))
    )
    op.create_index('ix_price_list_members_organisation_id', 'price_list_members', ['organisation_id'], unique=False)
    op.create_index('ix_price_list_members_person_id', 'price_list_members', ['person_id'], unique=False)
    op.create_index('uq_price_list_members_organisation', 'price_list_members', ['list_id', 'organisation_id'], unique=True, sqlite_where=sa.text('"until" IS NULL'), postgresql_where=sa.text('"until" IS NULL'))
    op.create_index('uq_price_list_members_person', 'price_list_members', ['list_id', 'person_id'], unique=True, sqlite_where=sa.text('"until" IS NULL'), postgresql_where=sa.text('"until" IS NULL'))

    op.create_table('standing_exceptions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('standing_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("kind IN ('skip', 'other', 'usual')", name=op.f('ck_standing_exceptions_kind_known')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_standing_exceptions_by_id')),
    sa.ForeignKeyConstraint(['standing_id'], ['standing_orders.id'], name=op.f('fk_standing_exceptions_standing_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_standing_exceptions'))
    )
    op.create_index('ix_standing_exceptions_standing_id', 'standing_exceptions', ['standing_id', 'day'], unique=False)

    op.create_table('standing_runs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('standing_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.String(length=40), nullable=True),
    sa.Column('words', sa.String(length=500), nullable=False),
    sa.Column('prices', JSON, nullable=False),
    sa.Column('short', JSON, nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=True),
    sa.Column('answer_by', MOMENT, nullable=True),
    sa.Column('at', MOMENT, nullable=False),
    sa.CheckConstraint("(state = 'ordered') = (order_id IS NOT NULL)", name=op.f('ck_standing_runs_ordered_has_order')),
    sa.CheckConstraint("(state = 'skipped') = (reason IS NOT NULL)", name=op.f('ck_standing_runs_skipped_has_reason')),
    sa.CheckConstraint("reason IN ('buyer', 'paused', 'closed', 'no_way', 'season', 'not_sold', 'sold_out', 'late', 'declined', 'unanswered', 'refused')", name=op.f('ck_standing_runs_reason_known')),
    sa.CheckConstraint("state <> 'asked' OR answer_by IS NOT NULL", name=op.f('ck_standing_runs_asked_has_time')),
    sa.CheckConstraint("state IN ('asked', 'ordered', 'skipped')", name=op.f('ck_standing_runs_state_known')),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_standing_runs_order_id')),
    sa.ForeignKeyConstraint(['standing_id'], ['standing_orders.id'], name=op.f('fk_standing_runs_standing_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_standing_runs')),
    sa.UniqueConstraint('order_id', name=op.f('uq_standing_runs_order_id')),
    sa.UniqueConstraint('ref', name=op.f('uq_standing_runs_ref')),
    sa.UniqueConstraint('standing_id', 'day', name=op.f('uq_standing_runs_standing_id_day'))
    )
    op.create_index('ix_standing_runs_state', 'standing_runs', ['state', 'answer_by'], unique=False)

    op.create_table('standing_terms',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('standing_id', sa.Integer(), nullable=False),
    sa.Column('from_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=True),
    sa.Column('weekdays', sa.SmallInteger(), nullable=False),
    sa.Column('every_weeks', sa.SmallInteger(), nullable=False),
    sa.Column('counted_from', sa.Date(), nullable=False),
    sa.Column('way', sa.String(length=32), nullable=False),
    sa.Column('address_id', sa.Integer(), nullable=True),
    sa.Column('method', sa.String(length=40), nullable=False),
    sa.Column('on_account', sa.Boolean(), nullable=False),
    sa.Column('tolerance', sa.SmallInteger(), nullable=False),
    sa.Column('takes_less', sa.Boolean(), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("NOT on_account OR method = 'transfer'", name=op.f('ck_standing_terms_account_by_transfer')),
    sa.CheckConstraint("method IN ('transfer', 'cod', 'card')", name=op.f('ck_standing_terms_method_known')),
    sa.CheckConstraint('every_weeks BETWEEN 1 AND 8', name=op.f('ck_standing_terms_weeks_range')),
    sa.CheckConstraint('last_day IS NULL OR last_day >= from_day', name=op.f('ck_standing_terms_days_in_order')),
    sa.CheckConstraint('tolerance BETWEEN 0 AND 100', name=op.f('ck_standing_terms_tolerance_range')),
    sa.CheckConstraint('weekdays BETWEEN 1 AND 127', name=op.f('ck_standing_terms_weekdays_known')),
    sa.ForeignKeyConstraint(['address_id'], ['addresses.id'], name=op.f('fk_standing_terms_address_id')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_standing_terms_by_id')),
    sa.ForeignKeyConstraint(['standing_id'], ['standing_orders.id'], name=op.f('fk_standing_terms_standing_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_standing_terms'))
    )
    op.create_index('ix_standing_terms_standing_id', 'standing_terms', ['standing_id', 'from_day'], unique=False)

    op.create_table('standing_exception_lines',
    sa.Column('exception_id', sa.Integer(), nullable=False),
    sa.Column('product_id', sa.Integer(), nullable=False),
    sa.Column('quantity', sa.BigInteger(), nullable=False),
    sa.Column('unit_price', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('quantity >= 0 AND unit_price > 0', name=op.f('ck_standing_exception_lines_sums_not_negative')),
    sa.ForeignKeyConstraint(['exception_id'], ['standing_exceptions.id'], name=op.f('fk_standing_exception_lines_exception_id')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_standing_exception_lines_product_id')),
    sa.PrimaryKeyConstraint('exception_id', 'product_id', name=op.f('pk_standing_exception_lines'))
    )
    op.create_table('standing_lines',
    sa.Column('terms_id', sa.Integer(), nullable=False),
    sa.Column('product_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.Column('quantity', sa.BigInteger(), nullable=False),
    sa.Column('unit_price', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('quantity > 0 AND unit_price > 0', name=op.f('ck_standing_lines_positive')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_standing_lines_product_id')),
    sa.ForeignKeyConstraint(['terms_id'], ['standing_terms.id'], name=op.f('fk_standing_lines_terms_id')),
    sa.PrimaryKeyConstraint('terms_id', 'product_id', name=op.f('pk_standing_lines'))
    )
    # By hand: SQLite adds a column with its reference in place, and no view has to make room.
    op.execute(
        "ALTER TABLE order_lines ADD COLUMN price_list_id INTEGER"
        " CONSTRAINT fk_order_lines_price_list_id REFERENCES price_lists (id)"
    )
    for table in APPEND_ONLY:
        _guard(table)


def downgrade() -> None:
    views = _views_of_lines()
    for name in views:
        op.execute(f"DROP VIEW {name}")
    with op.batch_alter_table("order_lines") as lines:
        lines.drop_constraint(op.f("fk_order_lines_price_list_id"), type_="foreignkey")
        lines.drop_column("price_list_id")
    for query in views.values():
        op.execute(query)
    for table in NEW:
        op.drop_table(table)


def _views_of_lines() -> dict[str, str]:
    """SQLite builds a table anew to drop a column, and cannot do it under a view: name -> how it was made."""
    if op.get_bind().dialect.name != "sqlite":
        return {}
    found = op.get_bind().execute(
        sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'view' AND sql LIKE '%order_lines%'")
    )
    return {row.name: row.sql for row in found}


def _guard(table: str) -> None:
    """Rows are never changed or deleted."""
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
