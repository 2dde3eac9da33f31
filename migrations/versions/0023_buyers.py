"""Buying organisations: depots, papers, limits; purchases that wait for approval; what of it orders keep."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
NEW = (
    "purchase_request_lines",
    "purchase_requests",
    "opening_windows",
    "depot_closures",
    "depots",
    "spending_limits",
    "required_papers",
)
POINTERS = (("deliveries", "contact_organisation_id", "organisations"), ("order_groups", "depot_id", "depots"))


def upgrade() -> None:
    op.create_table('required_papers',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.CheckConstraint("kind IN ('vietgap', 'globalgap', 'ocop', 'organic', 'haccp', 'iso22000', 'food_safety', 'gi', 'collective_mark', 'certification_mark', 'growing_area', 'packing_house')", name=op.f('ck_required_papers_kind_known')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_required_papers_organisation_id')),
    sa.PrimaryKeyConstraint('organisation_id', 'kind', name=op.f('pk_required_papers'))
    )
    op.create_table('spending_limits',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('amount >= 0', name=op.f('ck_spending_limits_amount_not_negative')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_spending_limits_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_spending_limits_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_spending_limits')),
    sa.UniqueConstraint('organisation_id', 'person_id', name=op.f('uq_spending_limits_organisation_id_person_id'))
    )
    op.create_index('uq_spending_limits_all', 'spending_limits', ['organisation_id'], unique=True, sqlite_where=sa.text('person_id IS NULL'), postgresql_where=sa.text('person_id IS NULL'))
    op.create_table('depots',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('address_id', sa.Integer(), nullable=False),
    sa.Column('contact_name', sa.String(length=120), nullable=False),
    sa.Column('contact_phone', sa.String(length=20), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('closed_at_tet', sa.Boolean(), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['address_id'], ['addresses.id'], name=op.f('fk_depots_address_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_depots_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_depots')),
    sa.UniqueConstraint('ref', name=op.f('uq_depots_ref'))
    )
    op.create_index('uq_depots_name', 'depots', ['organisation_id', 'name'], unique=True, sqlite_where=sa.text('is_active'), postgresql_where=sa.text('is_active'))
    op.create_table('depot_closures',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('depot_id', sa.Integer(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('reason', sa.String(length=120), nullable=False),
    sa.CheckConstraint('first_day <= last_day', name=op.f('ck_depot_closures_first_before_last')),
    sa.ForeignKeyConstraint(['depot_id'], ['depots.id'], name=op.f('fk_depot_closures_depot_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_depot_closures'))
    )
    op.create_index(op.f('ix_depot_closures_depot_id'), 'depot_closures', ['depot_id'], unique=False)
    op.create_table('opening_windows',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('depot_id', sa.Integer(), nullable=False),
    sa.Column('weekday', sa.SmallInteger(), nullable=False),
    sa.Column('opens', sa.Time(), nullable=False),
    sa.Column('closes', sa.Time(), nullable=False),
    sa.CheckConstraint('opens < closes', name=op.f('ck_opening_windows_opens_first')),
    sa.CheckConstraint('weekday BETWEEN 0 AND 6', name=op.f('ck_opening_windows_weekday_known')),
    sa.ForeignKeyConstraint(['depot_id'], ['depots.id'], name=op.f('fk_opening_windows_depot_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opening_windows')),
    sa.UniqueConstraint('depot_id', 'weekday', 'opens', name=op.f('uq_opening_windows_depot_id_weekday_opens'))
    )
    op.create_table('purchase_requests',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('form_token', sa.String(length=64), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('cart_id', sa.Integer(), nullable=True),
    sa.Column('depot_id', sa.Integer(), nullable=True),
    sa.Column('address_id', sa.Integer(), nullable=True),
    sa.Column('choices', JSON, nullable=False),
    sa.Column('phone', sa.String(length=20), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('locale', sa.String(length=2), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('terms_version', sa.String(length=20), nullable=False),
    sa.Column('total', sa.BigInteger(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer_by', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer_words', sa.String(length=500), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(state = 'approved') = (group_id IS NOT NULL)", name=op.f('ck_purchase_requests_approved_has_group')),
    sa.CheckConstraint("(state = 'asked') = (answered_at IS NULL)", name=op.f('ck_purchase_requests_answered_has_time')),
    sa.CheckConstraint("(state = 'asked') = (cart_id IS NOT NULL)", name=op.f('ck_purchase_requests_cart_while_asked')),
    sa.CheckConstraint("state IN ('asked', 'approved', 'declined', 'withdrawn', 'lapsed')", name=op.f('ck_purchase_requests_state_known')),
    sa.CheckConstraint('answer_by > asked_at', name=op.f('ck_purchase_requests_ends_after_it_began')),
    sa.CheckConstraint('total > 0', name=op.f('ck_purchase_requests_total_positive')),
    sa.ForeignKeyConstraint(['address_id'], ['addresses.id'], name=op.f('fk_purchase_requests_address_id')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['people.id'], name=op.f('fk_purchase_requests_answered_by_id')),
    sa.ForeignKeyConstraint(['cart_id'], ['carts.id'], name=op.f('fk_purchase_requests_cart_id')),
    sa.ForeignKeyConstraint(['depot_id'], ['depots.id'], name=op.f('fk_purchase_requests_depot_id')),
    sa.ForeignKeyConstraint(['group_id'], ['order_groups.id'], name=op.f('fk_purchase_requests_group_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_purchase_requests_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_purchase_requests_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_purchase_requests')),
    sa.UniqueConstraint('cart_id', name=op.f('uq_purchase_requests_cart_id')),
    sa.UniqueConstraint('form_token', name=op.f('uq_purchase_requests_form_token')),
    sa.UniqueConstraint('group_id', name=op.f('uq_purchase_requests_group_id')),
    sa.UniqueConstraint('ref', name=op.f('uq_purchase_requests_ref'))
    )
    op.create_index('ix_purchase_requests_organisation_id_state', 'purchase_requests', ['organisation_id', 'state', 'id'], unique=False)
    op.create_index('ix_purchase_requests_state_answer_by', 'purchase_requests', ['state', 'answer_by'], unique=False)
    op.create_table('purchase_request_lines',
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.SmallInteger(), autoincrement=False, nullable=False),
    sa.Column('cooperative_id', sa.Integer(), nullable=False),
    sa.Column('product_id', sa.Integer(), nullable=False),
    sa.Column('name_vi', sa.String(length=255), nullable=False),
    sa.Column('name_en', sa.String(length=255), nullable=False),
    sa.Column('unit', sa.String(length=12), nullable=False),
    sa.Column('quantity', sa.BigInteger(), nullable=False),
    sa.Column('unit_price', sa.BigInteger(), nullable=False),
    sa.Column('line_total', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('quantity > 0 AND unit_price > 0 AND line_total >= 0', name=op.f('ck_purchase_request_lines_sums_positive')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_purchase_request_lines_cooperative_id')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_purchase_request_lines_product_id')),
    sa.ForeignKeyConstraint(['request_id'], ['purchase_requests.id'], name=op.f('fk_purchase_request_lines_request_id')),
    sa.PrimaryKeyConstraint('request_id', 'position', name=op.f('pk_purchase_request_lines'))
    )
    for table, column, other in POINTERS:
        # Said in SQL: both databases add a column with its reference in place, without building the table anew.
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN {column} INTEGER CONSTRAINT fk_{table}_{column} REFERENCES {other} (id)"
        )
    op.add_column("deliveries", sa.Column("depot", JSON, nullable=True))
    op.add_column("deliveries", sa.Column("papers_asked", JSON, nullable=True))
    op.add_column("order_groups", sa.Column("depot", JSON, nullable=True))
    op.add_column("orders", sa.Column("papers_asked", JSON, nullable=True))
    op.create_index("ix_order_groups_organisation_id", "order_groups", ["organisation_id", "id"])
    op.execute(
        "UPDATE deliveries SET contact_organisation_id = (SELECT g.organisation_id FROM orders o"
        " JOIN order_groups g ON g.id = o.group_id WHERE o.id = deliveries.source_id) WHERE source_kind = 'order'"
    )
    _guard("purchase_request_lines")


def downgrade() -> None:
    op.drop_index("ix_order_groups_organisation_id", "order_groups")
    op.drop_column("orders", "papers_asked")
    op.drop_column("order_groups", "depot")
    op.drop_column("deliveries", "papers_asked")
    op.drop_column("deliveries", "depot")
    for table, column, _other in POINTERS:
        op.drop_column(table, column)
    for table in NEW:
        op.drop_table(table)


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
