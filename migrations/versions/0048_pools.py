"""Pools: members, their words by week, computations of their shares."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table('pools',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('need_id', sa.Integer(), nullable=False),
    sa.Column('lead_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('rule', sa.String(length=40), nullable=False),
    sa.Column('floor', sa.Integer(), nullable=False),
    sa.Column('goal', sa.Integer(), nullable=False),
    sa.Column('join_by', MOMENT, nullable=False),
    sa.Column('radius', sa.SmallInteger(), nullable=True),
    sa.Column('words', sa.String(length=1000), nullable=False),
    sa.Column('seed', sa.String(length=32), nullable=False),
    sa.Column('price', sa.BigInteger(), nullable=True),
    sa.Column('won', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('formed_at', MOMENT, nullable=False),
    sa.Column('locked_at', MOMENT, nullable=True),
    sa.Column('answered_at', MOMENT, nullable=True),
    sa.Column('ended_at', MOMENT, nullable=True),
    sa.CheckConstraint("(state IN ('won', 'delivering', 'settled')) = (won IS NOT NULL)", name=op.f('ck_pools_won_iff_chosen')),
    sa.CheckConstraint("rule IN ('by_capacity', 'equal', 'rotation', 'first_confirmed')", name=op.f('ck_pools_rule_known')),
    sa.CheckConstraint("state <> 'dissolved' OR reason <> ''", name=op.f('ck_pools_dissolved_has_reason')),
    sa.CheckConstraint("state IN ('forming', 'dissolved') OR seed <> ''", name=op.f('ck_pools_locked_has_seed')),
    sa.CheckConstraint("state IN ('forming', 'locked', 'answering', 'won', 'delivering', 'settled', 'lost', 'dissolved')", name=op.f('ck_pools_state_known')),
    sa.CheckConstraint("state IN ('forming', 'locked', 'dissolved') OR (price > 0 AND answered_at IS NOT NULL)", name=op.f('ck_pools_answered_has_price')),
    sa.CheckConstraint('floor >= 0', name=op.f('ck_pools_floor_not_negative')),
    sa.CheckConstraint('goal > 0', name=op.f('ck_pools_goal_positive')),
    sa.CheckConstraint('won > 0', name=op.f('ck_pools_won_positive')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_pools_by_id')),
    sa.ForeignKeyConstraint(['lead_id'], ['cooperatives.id'], name=op.f('fk_pools_lead_id')),
    sa.ForeignKeyConstraint(['need_id'], ['needs.id'], name=op.f('fk_pools_need_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pools')),
    sa.UniqueConstraint('ref', name=op.f('uq_pools_ref'))
    )
    op.create_index('ix_pools_lead_id', 'pools', ['lead_id'], unique=False)
    op.create_index('ix_pools_state_join_by', 'pools', ['state', 'join_by'], unique=False)
    op.create_index('uq_pools_lead', 'pools', ['need_id', 'lead_id'], unique=True, sqlite_where=sa.text("state NOT IN ('lost', 'dissolved')"), postgresql_where=sa.text("state NOT IN ('lost', 'dissolved')"))

    op.create_table('pool_allocations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pool_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.SmallInteger(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('inputs', JSON, nullable=False),
    sa.Column('inputs_hash', sa.String(length=64), nullable=False),
    sa.Column('solver', sa.String(length=60), nullable=False),
    sa.Column('figures', JSON, nullable=False),
    sa.Column('seconds', sa.Float(), nullable=True),
    sa.Column('progress', sa.SmallInteger(), nullable=False),
    sa.Column('problem', sa.String(length=300), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('queued_at', MOMENT, nullable=False),
    sa.Column('seen_at', MOMENT, nullable=True),
    sa.Column('ended_at', MOMENT, nullable=True),
    sa.Column('held_at', MOMENT, nullable=True),
    sa.CheckConstraint("number = 1 OR reason <> ''", name=op.f('ck_pool_allocations_another_has_reason')),
    sa.CheckConstraint("state IN ('queued', 'running', 'complete', 'failed', 'in_force', 'replaced')", name=op.f('ck_pool_allocations_state_known')),
    sa.CheckConstraint('progress BETWEEN 0 AND 100', name=op.f('ck_pool_allocations_progress_in_percent')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_pool_allocations_by_id')),
    sa.ForeignKeyConstraint(['pool_id'], ['pools.id'], name=op.f('fk_pool_allocations_pool_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pool_allocations')),
    sa.UniqueConstraint('pool_id', 'number', name=op.f('uq_pool_allocations_pool_id_number'))
    )
    op.create_index('uq_pool_allocations_at_work', 'pool_allocations', ['pool_id'], unique=True, sqlite_where=sa.text("state IN ('queued', 'running')"), postgresql_where=sa.text("state IN ('queued', 'running')"))
    op.create_index('uq_pool_allocations_in_force', 'pool_allocations', ['pool_id'], unique=True, sqlite_where=sa.text("state = 'in_force'"), postgresql_where=sa.text("state = 'in_force'"))

    op.create_table('pool_members',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pool_id', sa.Integer(), nullable=False),
    sa.Column('cooperative_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('product_id', sa.Integer(), nullable=True),
    sa.Column('grade', sa.String(length=12), nullable=False),
    sa.Column('km', sa.SmallInteger(), nullable=True),
    sa.Column('entered', sa.String(length=40), nullable=False),
    sa.Column('told_by', sa.String(length=120), nullable=False),
    sa.Column('invited_by_id', sa.Integer(), nullable=True),
    sa.Column('invited_at', MOMENT, nullable=False),
    sa.Column('committed_at', MOMENT, nullable=True),
    sa.Column('released_at', MOMENT, nullable=True),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.CheckConstraint("(entered = 'online') = (told_by = '')", name=op.f('ck_pool_members_told_by_iff_not_online')),
    sa.CheckConstraint("(state = 'released') = (released_at IS NOT NULL)", name=op.f('ck_pool_members_released_has_time')),
    sa.CheckConstraint("entered IN ('online', 'phone', 'paper')", name=op.f('ck_pool_members_entered_known')),
    sa.CheckConstraint("state <> 'released' OR reason <> ''", name=op.f('ck_pool_members_released_has_reason')),
    sa.CheckConstraint("state IN ('invited', 'committed', 'confirmed', 'delivered', 'released')", name=op.f('ck_pool_members_state_known')),
    sa.CheckConstraint("state NOT IN ('committed', 'confirmed', 'delivered') OR (product_id IS NOT NULL AND committed_at IS NOT NULL)", name=op.f('ck_pool_members_committed_has_goods')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_pool_members_cooperative_id')),
    sa.ForeignKeyConstraint(['invited_by_id'], ['people.id'], name=op.f('fk_pool_members_invited_by_id')),
    sa.ForeignKeyConstraint(['pool_id'], ['pools.id'], name=op.f('fk_pool_members_pool_id')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_pool_members_product_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pool_members')),
    sa.UniqueConstraint('pool_id', 'cooperative_id', name=op.f('uq_pool_members_pool_id_cooperative_id'))
    )
    op.create_index('ix_pool_members_cooperative_id', 'pool_members', ['cooperative_id'], unique=False)

    op.create_table('pool_commitments',
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('week', sa.String(length=8), nullable=False),
    sa.Column('least', sa.Integer(), nullable=False),
    sa.Column('most', sa.Integer(), nullable=False),
    sa.CheckConstraint('least >= 0 AND least <= most AND most > 0', name=op.f('ck_pool_commitments_least_to_most')),
    sa.ForeignKeyConstraint(['member_id'], ['pool_members.id'], name=op.f('fk_pool_commitments_member_id')),
    sa.PrimaryKeyConstraint('member_id', 'week', name=op.f('pk_pool_commitments'))
    )
    op.create_table('pool_shares',
    sa.Column('allocation_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('week', sa.String(length=8), nullable=False),
    sa.Column('kg', sa.Integer(), nullable=False),
    sa.Column('least', sa.Integer(), nullable=False),
    sa.Column('most', sa.Integer(), nullable=False),
    sa.Column('why', JSON, nullable=False),
    sa.Column('claim_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('kg = 0 OR kg BETWEEN least AND most', name=op.f('ck_pool_shares_within_word')),
    sa.CheckConstraint('kg > 0 OR claim_id IS NULL', name=op.f('ck_pool_shares_claim_has_kilograms')),
    sa.ForeignKeyConstraint(['allocation_id'], ['pool_allocations.id'], name=op.f('fk_pool_shares_allocation_id')),
    sa.ForeignKeyConstraint(['claim_id'], ['claims.id'], name=op.f('fk_pool_shares_claim_id')),
    sa.ForeignKeyConstraint(['member_id'], ['pool_members.id'], name=op.f('fk_pool_shares_member_id')),
    sa.PrimaryKeyConstraint('allocation_id', 'member_id', 'week', name=op.f('pk_pool_shares')),
    sa.UniqueConstraint('claim_id', name=op.f('uq_pool_shares_claim_id'))
    )
    op.create_index('ix_pool_shares_member_id', 'pool_shares', ['member_id'], unique=False)



def downgrade() -> None:
    for table in ("pool_shares", "pool_commitments", "pool_members", "pool_allocations", "pools"):
        op.drop_table(table)
