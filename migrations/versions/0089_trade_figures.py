"""Trade added up by day and by month; everything is to be counted once"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0089"
down_revision = "0073"
branch_labels = None
depends_on = None

CHANNELS = "channel IN ('order', 'contract', 'fair')"
SOUND = "lines > 0 AND kg >= 0 AND value >= 0 AND unweighed >= 0 AND unweighed <= value"
UNNAMED = sa.text("commodity_id IS NULL")
SUMS = ("lines", "kg", "value", "unweighed")


def _sums() -> list[sa.Column]:
    kinds = {"lines": sa.Integer()}
    return [sa.Column(name, kinds.get(name, sa.BigInteger()), nullable=False) for name in SUMS]


def upgrade() -> None:
    op.create_table('trade_days',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('channel', sa.String(length=40), nullable=False),
        sa.Column('cooperative_id', sa.Integer(), nullable=False),
        sa.Column('commodity_id', sa.Integer(), nullable=True),
        *_sums(),
        sa.CheckConstraint(CHANNELS, name=op.f('ck_trade_days_channel_known')),
        sa.CheckConstraint(SOUND, name=op.f('ck_trade_days_sound')),
        sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_trade_days_cooperative_id')),
        sa.ForeignKeyConstraint(['commodity_id'], ['commodities.id'], name=op.f('fk_trade_days_commodity_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_trade_days')),
        sa.UniqueConstraint('day', 'channel', 'cooperative_id', 'commodity_id', name=op.f('uq_trade_days_day_channel_cooperative_id_commodity_id'))
    )
    op.create_index('uq_trade_days_unnamed', 'trade_days', ['day', 'channel', 'cooperative_id'], unique=True, sqlite_where=UNNAMED, postgresql_where=UNNAMED)
    op.create_index('ix_trade_days_cooperative_id_day', 'trade_days', ['cooperative_id', 'day'], unique=False)
    op.create_index('ix_trade_days_commodity_id_day', 'trade_days', ['commodity_id', 'day'], unique=False)
    op.create_table('trade_months',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('month', sa.Date(), nullable=False),
        sa.Column('channel', sa.String(length=40), nullable=False),
        sa.Column('commodity_id', sa.Integer(), nullable=True),
        *_sums(),
        sa.CheckConstraint(CHANNELS, name=op.f('ck_trade_months_channel_known')),
        sa.CheckConstraint(SOUND, name=op.f('ck_trade_months_sound')),
        sa.ForeignKeyConstraint(['commodity_id'], ['commodities.id'], name=op.f('fk_trade_months_commodity_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_trade_months')),
        sa.UniqueConstraint('month', 'channel', 'commodity_id', name=op.f('uq_trade_months_month_channel_commodity_id'))
    )
    op.create_index('uq_trade_months_unnamed', 'trade_months', ['month', 'channel'], unique=True, sqlite_where=UNNAMED, postgresql_where=UNNAMED)
    op.create_table('trade_marks',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('day', sa.Date(), nullable=True),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_trade_marks'))
    )
    op.create_index('ix_orders_state_closed_at', 'orders', ['state', 'closed_at'], unique=False)
    op.create_index('ix_acceptances_arrived_at', 'acceptances', ['arrived_at'], unique=False)
    op.create_index('ix_booth_days_day', 'booth_days', ['day'], unique=False)
    op.execute(
        "INSERT INTO trade_marks (day, at) SELECT CAST(NULL AS DATE), CURRENT_TIMESTAMP"
        " WHERE EXISTS (SELECT 1 FROM cooperatives)"
    )


def downgrade() -> None:
    op.drop_index('ix_booth_days_day', table_name='booth_days')
    op.drop_index('ix_acceptances_arrived_at', table_name='acceptances')
    op.drop_index('ix_orders_state_closed_at', table_name='orders')
    op.drop_table('trade_marks')
    op.drop_table('trade_months')
    op.drop_table('trade_days')
