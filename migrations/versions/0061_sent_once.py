"""Slips of acceptance and harvests that are sent twice: once each"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('acceptance_sendings',
        sa.Column('client', sa.String(length=36), nullable=False),
        sa.Column('acceptance_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['acceptance_id'], ['acceptances.id'], name=op.f('fk_acceptance_sendings_acceptance_id')),
        sa.PrimaryKeyConstraint('client', name=op.f('pk_acceptance_sendings')),
        sa.UniqueConstraint('acceptance_id', name=op.f('uq_acceptance_sendings_acceptance_id'))
    )
    op.create_table('lot_sendings',
        sa.Column('client', sa.String(length=36), nullable=False),
        sa.Column('lot_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['lot_id'], ['lots.id'], name=op.f('fk_lot_sendings_lot_id')),
        sa.PrimaryKeyConstraint('client', name=op.f('pk_lot_sendings')),
        sa.UniqueConstraint('lot_id', name=op.f('uq_lot_sendings_lot_id'))
    )


def downgrade() -> None:
    op.drop_table('lot_sendings')
    op.drop_table('acceptance_sendings')
