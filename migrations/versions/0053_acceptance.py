"""Slips of acceptance: what of a delivery was good for which grade, and what was refused"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NO = "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"


def upgrade() -> None:
    op.create_table('acceptance_counters',
    sa.Column('cooperative_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_acceptance_counters_cooperative_id')),
    sa.PrimaryKeyConstraint('cooperative_id', 'year', name=op.f('pk_acceptance_counters'))
    )
    op.create_table('acceptances',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('call_off_id', sa.Integer(), nullable=False),
    sa.Column('delivery_id', sa.Integer(), nullable=False),
    sa.Column('cooperative_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('revision', sa.SmallInteger(), nullable=False),
    sa.Column('gross', sa.BigInteger(), nullable=False),
    sa.Column('tare', sa.BigInteger(), nullable=False),
    sa.Column('deducted', sa.BigInteger(), nullable=False),
    sa.Column('words', sa.String(length=500), nullable=False),
    sa.Column('by_silence', sa.Boolean(), nullable=False),
    sa.Column('arrived_at', MOMENT, nullable=False),
    sa.Column('opened_by_id', sa.Integer(), nullable=True),
    sa.Column('buyer_name', sa.String(length=120), nullable=False),
    sa.Column('buyer_signed_by_id', sa.Integer(), nullable=True),
    sa.Column('buyer_signed_at', MOMENT, nullable=True),
    sa.Column('seller_name', sa.String(length=120), nullable=False),
    sa.Column('seller_signed_by_id', sa.Integer(), nullable=True),
    sa.Column('seller_signed_at', MOMENT, nullable=True),
    sa.Column('depot_name', sa.String(length=120), nullable=False),
    sa.Column('object_by', MOMENT, nullable=True),
    sa.Column('firm_since', MOMENT, nullable=True),
    sa.CheckConstraint("(state IN ('agreed', 'decided')) = (firm_since IS NOT NULL)", name=op.f('ck_acceptances_firm_has_day')),
    sa.CheckConstraint("state <> 'agreed' OR seller_signed_at IS NOT NULL OR by_silence", name=op.f('ck_acceptances_agreed_by_seller_or_silence')),
    sa.CheckConstraint("state = 'open' OR buyer_signed_at IS NOT NULL OR by_silence", name=op.f('ck_acceptances_signed_by_buyer_or_silence')),
    sa.CheckConstraint("state = 'open' OR object_by IS NOT NULL", name=op.f('ck_acceptances_signed_has_clock')),
    sa.CheckConstraint("state IN ('open', 'signed', 'agreed', 'disputed', 'decided')", name=op.f('ck_acceptances_state_known')),
    sa.CheckConstraint('gross >= 0 AND tare >= 0 AND deducted >= 0', name=op.f('ck_acceptances_nothing_below_zero')),
    sa.CheckConstraint('revision >= 0', name=op.f('ck_acceptances_revision_counted')),
    sa.CheckConstraint('tare + deducted <= gross', name=op.f('ck_acceptances_taken_off_within_gross')),
    sa.ForeignKeyConstraint(['buyer_signed_by_id'], ['people.id'], name=op.f('fk_acceptances_buyer_signed_by_id')),
    sa.ForeignKeyConstraint(['call_off_id'], ['call_offs.id'], name=op.f('fk_acceptances_call_off_id')),
    sa.ForeignKeyConstraint(['contract_id'], ['contracts.id'], name=op.f('fk_acceptances_contract_id')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_acceptances_cooperative_id')),
    sa.ForeignKeyConstraint(['delivery_id'], ['deliveries.id'], name=op.f('fk_acceptances_delivery_id')),
    sa.ForeignKeyConstraint(['opened_by_id'], ['people.id'], name=op.f('fk_acceptances_opened_by_id')),
    sa.ForeignKeyConstraint(['seller_signed_by_id'], ['people.id'], name=op.f('fk_acceptances_seller_signed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_acceptances')),
    sa.UniqueConstraint('cooperative_id', 'number', name=op.f('uq_acceptances_cooperative_id_number')),
    sa.UniqueConstraint('delivery_id', name=op.f('uq_acceptances_delivery_id')),
    sa.UniqueConstraint('ref', name=op.f('uq_acceptances_ref'))
    )
    with op.batch_alter_table('acceptances', schema=None) as batch_op:
        batch_op.create_index('ix_acceptances_call_off_id', ['call_off_id'], unique=False)
        batch_op.create_index('ix_acceptances_contract_id', ['contract_id', 'id'], unique=False)
        batch_op.create_index('ix_acceptances_state_object_by', ['state', 'object_by'], unique=False)

    op.create_table('acceptance_lines',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('acceptance_id', sa.Integer(), nullable=False),
    sa.Column('revision', sa.SmallInteger(), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.Column('outcome', sa.String(length=40), nullable=False),
    sa.Column('grade', sa.String(length=12), nullable=False),
    sa.Column('kg', sa.BigInteger(), nullable=False),
    sa.Column('reason', sa.String(length=40), nullable=False),
    sa.Column('words', sa.String(length=500), nullable=False),
    sa.Column('fate', sa.String(length=20), nullable=False),
    sa.Column('photo_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(outcome = 'rejected') = (reason <> '')", name=op.f('ck_acceptance_lines_rejected_has_reason')),
    sa.CheckConstraint("outcome = 'rejected' OR fate = ''", name=op.f('ck_acceptance_lines_only_rejected_has_fate')),
    sa.CheckConstraint("outcome IN ('accepted', 'rejected')", name=op.f('ck_acceptance_lines_outcome_known')),
    sa.CheckConstraint('kg > 0', name=op.f('ck_acceptance_lines_kg_positive')),
    sa.ForeignKeyConstraint(['acceptance_id'], ['acceptances.id'], name=op.f('fk_acceptance_lines_acceptance_id')),
    sa.ForeignKeyConstraint(['photo_id'], ['photos.id'], name=op.f('fk_acceptance_lines_photo_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_acceptance_lines')),
    sa.UniqueConstraint('acceptance_id', 'revision', 'position', name=op.f('uq_acceptance_lines_acceptance_id_revision_position'))
    )
    _firm("acceptance_lines")


def downgrade() -> None:
    op.drop_table('acceptance_lines')
    with op.batch_alter_table('acceptances', schema=None) as batch_op:
        batch_op.drop_index('ix_acceptances_state_object_by')
        batch_op.drop_index('ix_acceptances_contract_id')
        batch_op.drop_index('ix_acceptances_call_off_id')

    op.drop_table('acceptances')
    op.drop_table('acceptance_counters')


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
