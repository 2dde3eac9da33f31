"""Matching: which cooperatives fit an open request, and who was told"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table('need_looks',
        sa.Column('need_id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('at', MOMENT, nullable=False),
        sa.ForeignKeyConstraint(['need_id'], ['needs.id'], name=op.f('fk_need_looks_need_id')),
        sa.PrimaryKeyConstraint('need_id', name=op.f('pk_need_looks'))
    )
    op.create_table('need_matches',
        sa.Column('need_id', sa.Integer(), nullable=False),
        sa.Column('cooperative_id', sa.Integer(), nullable=False),
        sa.Column('points', sa.SmallInteger(), nullable=False),
        sa.Column('volume', sa.BigInteger(), nullable=True),
        sa.Column('reasons', JSON, nullable=False),
        sa.Column('gaps', JSON, nullable=False),
        sa.Column('found_at', MOMENT, nullable=False),
        sa.Column('seller_told_at', MOMENT, nullable=True),
        sa.Column('buyer_told_at', MOMENT, nullable=True),
        sa.CheckConstraint('points BETWEEN 0 AND 100', name=op.f('ck_need_matches_points_of_hundred')),
        sa.CheckConstraint('volume IS NULL OR volume >= 0', name=op.f('ck_need_matches_volume_not_negative')),
        sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_need_matches_cooperative_id')),
        sa.ForeignKeyConstraint(['need_id'], ['needs.id'], name=op.f('fk_need_matches_need_id')),
        sa.PrimaryKeyConstraint('need_id', 'cooperative_id', name=op.f('pk_need_matches'))
    )
    op.create_index('ix_need_matches_cooperative_id', 'need_matches', ['cooperative_id', 'need_id'], unique=False)


def downgrade() -> None:
    op.drop_table('need_matches')
    op.drop_table('need_looks')
