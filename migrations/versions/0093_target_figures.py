"""What the targets board says, kept by day; how a sentence is read"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0093"
down_revision = "0097"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table('target_figures',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('key', sa.String(length=8), nullable=False),
        sa.Column('reading', sa.String(length=80), nullable=False),
        sa.Column('first_day', sa.Date(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('above', sa.BigInteger(), nullable=True),
        sa.Column('below', sa.BigInteger(), nullable=True),
        sa.Column('rows', sa.Integer(), nullable=True),
        sa.Column('beside', sa.Integer(), nullable=True),
        sa.Column('why', sa.String(length=20), nullable=False),
        sa.Column('counted_at', MOMENT, nullable=False),
        sa.CheckConstraint('first_day <= day', name=op.f('ck_target_figures_days_in_order')),
        sa.CheckConstraint("why <> '' OR above IS NOT NULL", name=op.f('ck_target_figures_told_or_why')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_target_figures')),
        sa.UniqueConstraint('day', 'key', 'first_day', 'reading', name=op.f('uq_target_figures_day_key_first_day_reading'))
    )
    op.create_table('target_boards',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('period_id', sa.Integer(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('since', MOMENT, nullable=False),
        sa.Column('counted_at', MOMENT, nullable=True),
        sa.Column('wanted_at', MOMENT, nullable=True),
        sa.ForeignKeyConstraint(['period_id'], ['target_periods.id'], name=op.f('fk_target_boards_period_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_target_boards')),
        sa.UniqueConstraint('period_id', 'day', name=op.f('uq_target_boards_period_id_day'))
    )
    op.create_table('target_marks',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('at', MOMENT, nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_target_marks'))
    )
    op.add_column('targets', sa.Column('reading', sa.String(length=80), nullable=False, server_default=''))
    with op.batch_alter_table('targets') as batch:
        batch.alter_column('reading', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('targets') as batch:
        batch.drop_column('reading')
    op.drop_table('target_marks')
    op.drop_table('target_boards')
    op.drop_table('target_figures')
