"""Grades of goods as data, dated"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table('grade_specs',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('goods_id', sa.Integer(), nullable=False),
        sa.Column('market', sa.String(length=20), nullable=False),
        sa.Column('sign', sa.String(length=12), nullable=False),
        sa.Column('name_vi', sa.String(length=80), nullable=False),
        sa.Column('name_en', sa.String(length=80), nullable=False),
        sa.Column('measure', sa.String(length=40), nullable=False),
        sa.Column('least', sa.BigInteger(), nullable=True),
        sa.Column('most', sa.BigInteger(), nullable=True),
        sa.Column('max_defects', sa.BigInteger(), nullable=True),
        sa.Column('rules_vi', sa.Text(), nullable=False),
        sa.Column('rules_en', sa.Text(), nullable=False),
        sa.Column('source', sa.String(length=300), nullable=False),
        sa.Column('is_example', sa.Boolean(), nullable=False),
        sa.Column('used', sa.Boolean(), nullable=False),
        sa.Column('position', sa.SmallInteger(), nullable=False),
        sa.Column('valid_from', sa.Date(), nullable=False),
        sa.Column('valid_until', sa.Date(), nullable=True),
        sa.Column('added_by_id', sa.Integer(), nullable=True),
        sa.Column('added_at', MOMENT, nullable=False),
        sa.CheckConstraint("(measure = 'none') = (least IS NULL AND most IS NULL)", name=op.f('ck_grade_specs_sizes_have_a_measure')),
        sa.CheckConstraint("measure IN ('none', 'g', 'mm')", name=op.f('ck_grade_specs_measure_known')),
        sa.CheckConstraint("sign <> ''", name=op.f('ck_grade_specs_sign_given')),
        sa.CheckConstraint('least IS NULL OR least > 0', name=op.f('ck_grade_specs_least_positive')),
        sa.CheckConstraint('max_defects IS NULL OR max_defects BETWEEN 0 AND 100000', name=op.f('ck_grade_specs_defects_range')),
        sa.CheckConstraint('most IS NULL OR most > COALESCE(least, 0)', name=op.f('ck_grade_specs_sizes_in_order')),
        sa.CheckConstraint('valid_until IS NULL OR valid_until >= valid_from', name=op.f('ck_grade_specs_days_in_order')),
        sa.ForeignKeyConstraint(['added_by_id'], ['people.id'], name=op.f('fk_grade_specs_added_by_id')),
        sa.ForeignKeyConstraint(['goods_id'], ['goods.id'], name=op.f('fk_grade_specs_goods_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_grade_specs')),
        sa.UniqueConstraint('ref', name=op.f('uq_grade_specs_ref'))
    )
    op.create_index('ix_grade_specs_goods_id', 'grade_specs', ['goods_id', 'valid_from'], unique=False)
    op.create_index('uq_grade_specs_standing', 'grade_specs', ['goods_id', 'market', 'sign'], unique=True, sqlite_where=sa.text('valid_until IS NULL'), postgresql_where=sa.text('valid_until IS NULL'))


def downgrade() -> None:
    op.drop_table("grade_specs")
