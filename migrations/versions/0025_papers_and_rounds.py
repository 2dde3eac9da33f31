"""Frozen papers with their counters, collection rounds, e-invoices noted on orders, cut-offs at shared points."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
APPEND_ONLY = ("issued_documents", "order_invoices")


def upgrade() -> None:
    _papers()
    _rounds()
    _invoices()
    _cut_offs()
    for table in APPEND_ONLY:
        _guard(table)


def _papers() -> None:
    op.create_table('document_counters',
    sa.Column('issuer_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['issuer_id'], ['organisations.id'], name=op.f('fk_document_counters_issuer_id')),
    sa.PrimaryKeyConstraint('issuer_id', 'kind', 'year', name=op.f('pk_document_counters'))
    )

    op.create_table('issued_documents',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('issuer_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('about', sa.String(length=120), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('template_version', sa.SmallInteger(), nullable=False),
    sa.Column('content', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('replaces_id', sa.Integer(), nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('issued_at', MOMENT, nullable=False),
    sa.CheckConstraint('length(sha256) = 64', name=op.f('ck_issued_documents_has_fingerprint')),
    sa.CheckConstraint('replaces_id IS NULL OR replaces_id < id', name=op.f('ck_issued_documents_replaces_an_older_one')),
    sa.CheckConstraint('seq > 0 AND template_version > 0', name=op.f('ck_issued_documents_counted_from_one')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_issued_documents_by_id')),
    sa.ForeignKeyConstraint(['issuer_id'], ['organisations.id'], name=op.f('fk_issued_documents_issuer_id')),
    sa.ForeignKeyConstraint(['replaces_id'], ['issued_documents.id'], name=op.f('fk_issued_documents_replaces_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_issued_documents')),
    sa.UniqueConstraint('issuer_id', 'kind', 'number', name=op.f('uq_issued_documents_issuer_id_kind_number')),
    sa.UniqueConstraint('issuer_id', 'kind', 'year', 'seq', name=op.f('uq_issued_documents_issuer_id_kind_year_seq')),
    sa.UniqueConstraint('ref', name=op.f('uq_issued_documents_ref')),
    sa.UniqueConstraint('replaces_id', name=op.f('uq_issued_documents_replaces_id'))
    )
    op.create_index('ix_issued_documents_about', 'issued_documents', ['about'])
    op.create_index('ix_issued_documents_issuer_id_year', 'issued_documents', ['issuer_id', 'year', 'id'])
    op.create_index('uq_issued_documents_first', 'issued_documents', ['kind', 'about'], unique=True, sqlite_where=sa.text('replaces_id IS NULL'), postgresql_where=sa.text('replaces_id IS NULL'))


def _rounds() -> None:
    op.create_table('rounds',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('runner_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('leaves_at', sa.Time(), nullable=False),
    sa.Column('vehicle', sa.String(length=60), nullable=False),
    sa.Column('most_kg', sa.BigInteger(), nullable=True),
    sa.Column('driver_name', sa.String(length=120), nullable=False),
    sa.Column('driver_phone', sa.String(length=20), nullable=False),
    sa.Column('open_to_others', sa.Boolean(), nullable=False),
    sa.Column('link_no', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('made_at', MOMENT, nullable=False),
    sa.Column('departed_at', MOMENT, nullable=True),
    sa.Column('closed_at', MOMENT, nullable=True),
    sa.CheckConstraint("(state IN ('done', 'cancelled')) = (closed_at IS NOT NULL)", name=op.f('ck_rounds_closed_has_time')),
    sa.CheckConstraint("(state IN ('on_road', 'done')) = (departed_at IS NOT NULL)", name=op.f('ck_rounds_departed_has_time')),
    sa.CheckConstraint("state IN ('planned', 'on_road', 'done', 'cancelled')", name=op.f('ck_rounds_state_known')),
    sa.CheckConstraint('most_kg IS NULL OR most_kg > 0', name=op.f('ck_rounds_most_kg_positive')),
    sa.ForeignKeyConstraint(['runner_id'], ['organisations.id'], name=op.f('fk_rounds_runner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rounds')),
    sa.UniqueConstraint('ref', name=op.f('uq_rounds_ref'))
    )
    op.create_index('ix_rounds_day_state', 'rounds', ['day', 'state'])
    op.create_index('ix_rounds_runner_id_day', 'rounds', ['runner_id', 'day'])
    op.create_table('round_stops',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('place_key', sa.String(length=80), nullable=False),
    sa.Column('cooperative_id', sa.Integer(), nullable=True),
    sa.Column('planned_at', sa.Time(), nullable=True),
    sa.Column('done_at', MOMENT, nullable=True),
    sa.CheckConstraint("(kind = 'collect') = (cooperative_id IS NOT NULL)", name=op.f('ck_round_stops_collects_from_somebody')),
    sa.CheckConstraint("kind IN ('collect', 'deliver')", name=op.f('ck_round_stops_kind_known')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_round_stops_cooperative_id')),
    sa.ForeignKeyConstraint(['round_id'], ['rounds.id'], name=op.f('fk_round_stops_round_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_round_stops')),
    sa.UniqueConstraint('round_id', 'kind', 'place_key', name=op.f('uq_round_stops_round_id_kind_place_key')),
    sa.UniqueConstraint('round_id', 'position', name=op.f('uq_round_stops_round_id_position'))
    )

    op.create_table('round_loads',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('delivery_id', sa.Integer(), nullable=False),
    sa.Column('collect_id', sa.Integer(), nullable=False),
    sa.Column('deliver_id', sa.Integer(), nullable=False),
    sa.Column('live', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['collect_id'], ['round_stops.id'], name=op.f('fk_round_loads_collect_id')),
    sa.ForeignKeyConstraint(['deliver_id'], ['round_stops.id'], name=op.f('fk_round_loads_deliver_id')),
    sa.ForeignKeyConstraint(['delivery_id'], ['deliveries.id'], name=op.f('fk_round_loads_delivery_id')),
    sa.ForeignKeyConstraint(['round_id'], ['rounds.id'], name=op.f('fk_round_loads_round_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_round_loads')),
    sa.UniqueConstraint('round_id', 'delivery_id', name=op.f('uq_round_loads_round_id_delivery_id'))
    )
    op.create_index('ix_round_loads_collect_id', 'round_loads', ['collect_id'])
    op.create_index('ix_round_loads_deliver_id', 'round_loads', ['deliver_id'])
    op.create_index('uq_round_loads_live', 'round_loads', ['delivery_id'], unique=True, sqlite_where=sa.text('live'), postgresql_where=sa.text('live'))


def _invoices() -> None:
    op.create_table('order_invoices',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('cooperative_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('corrects_id', sa.Integer(), nullable=True),
    sa.Column('form_sign', sa.String(length=4), nullable=False),
    sa.Column('series', sa.String(length=12), nullable=False),
    sa.Column('number', sa.String(length=8), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('authority_code', sa.String(length=40), nullable=False),
    sa.Column('lookup_link', sa.String(length=255), nullable=False),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', MOMENT, nullable=False),
    sa.CheckConstraint("(kind = 'original') = (corrects_id IS NULL)", name=op.f('ck_order_invoices_correction_names_its_original')),
    sa.CheckConstraint("kind = 'original' OR reason <> ''", name=op.f('ck_order_invoices_correction_has_reason')),
    sa.CheckConstraint("kind IN ('original', 'adjusts', 'replaces')", name=op.f('ck_order_invoices_kind_known')),
    sa.CheckConstraint("lookup_link = '' OR lookup_link LIKE 'https://%'", name=op.f('ck_order_invoices_link_is_https')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_order_invoices_by_id')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_order_invoices_cooperative_id')),
    sa.ForeignKeyConstraint(['corrects_id'], ['order_invoices.id'], name=op.f('fk_order_invoices_corrects_id')),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_order_invoices_order_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_order_invoices')),
    sa.UniqueConstraint('cooperative_id', 'form_sign', 'series', 'number', name=op.f('uq_order_invoices_cooperative_id_form_sign_series_number')),
    sa.UniqueConstraint('corrects_id', name=op.f('uq_order_invoices_corrects_id'))
    )
    op.create_index('ix_order_invoices_order_id', 'order_invoices', ['order_id'])
    op.create_index('uq_order_invoices_original', 'order_invoices', ['order_id'], unique=True, sqlite_where=sa.text('corrects_id IS NULL'), postgresql_where=sa.text('corrects_id IS NULL'))


def _cut_offs() -> None:
    with op.batch_alter_table("point_shares") as shares:
        shares.add_column(sa.Column("days_before", sa.SmallInteger(), nullable=True))
        shares.add_column(sa.Column("order_by", sa.Time(), nullable=True))
        shares.add_column(sa.Column("hours_ahead", sa.SmallInteger(), nullable=True))
        for name, rule in CUT_OFF.items():
            shares.create_check_constraint(op.f(f"ck_point_shares_{name}"), rule)


CUT_OFF = {
    "one_cut_off": "hours_ahead IS NULL OR order_by IS NULL",
    "day_with_its_time": "(order_by IS NULL) = (days_before IS NULL)",
    "days_before_range": "days_before IS NULL OR days_before BETWEEN 1 AND 10",
    "hours_ahead_range": "hours_ahead IS NULL OR hours_ahead BETWEEN 1 AND 240",
}


def _guard(table: str) -> None:
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


def downgrade() -> None:
    with op.batch_alter_table("point_shares") as shares:
        for name in CUT_OFF:
            shares.drop_constraint(op.f(f"ck_point_shares_{name}"), type_="check")
        for column in ("hours_ahead", "order_by", "days_before"):
            shares.drop_column(column)
    for table in ("order_invoices", "round_loads", "round_stops", "rounds", "issued_documents", "document_counters"):
        op.drop_table(table)
