"""Periods, what was reported of them, what is aimed at"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0081"
down_revision = "0071"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NO = "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
UNITS = "unit IN ('count', 'percent', 'dong')"


def upgrade() -> None:
    op.create_table('target_periods',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('code', sa.String(length=20), nullable=False),
        sa.Column('first_day', sa.Date(), nullable=False),
        sa.Column('last_day', sa.Date(), nullable=False),
        sa.Column('opened_by_id', sa.Integer(), nullable=True),
        sa.Column('opened_at', MOMENT, nullable=False),
        sa.CheckConstraint('last_day > first_day', name=op.f('ck_target_periods_days_in_order')),
        sa.CheckConstraint("code <> ''", name=op.f('ck_target_periods_has_code')),
        sa.ForeignKeyConstraint(['opened_by_id'], ['people.id'], name=op.f('fk_target_periods_opened_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_target_periods')),
        sa.UniqueConstraint('code', name=op.f('uq_target_periods_code'))
    )
    op.create_table('target_baselines',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('period_id', sa.Integer(), nullable=False),
        sa.Column('code', sa.String(length=8), nullable=False),
        sa.Column('part', sa.String(length=1), nullable=False),
        sa.Column('value', sa.BigInteger(), nullable=True),
        sa.Column('high', sa.BigInteger(), nullable=True),
        sa.Column('exactness', sa.String(length=40), nullable=False),
        sa.Column('unit', sa.String(length=40), nullable=False),
        sa.Column('wording_vi', sa.String(length=300), nullable=False),
        sa.Column('wording_en', sa.String(length=300), nullable=False),
        sa.Column('reported_by', sa.String(length=255), nullable=False),
        sa.Column('reported_on', sa.Date(), nullable=False),
        sa.Column('source_url', sa.String(length=255), nullable=False),
        sa.CheckConstraint("exactness IN ('exact', 'more_than', 'nearly', 'round', 'range', 'words')", name=op.f('ck_target_baselines_exactness_known')),
        sa.CheckConstraint(UNITS, name=op.f('ck_target_baselines_unit_known')),
        sa.CheckConstraint("(exactness = 'words') = (value IS NULL)", name=op.f('ck_target_baselines_told_as_exactly')),
        sa.CheckConstraint("(exactness = 'range') = (high IS NOT NULL)", name=op.f('ck_target_baselines_range_has_two')),
        sa.CheckConstraint('high > value', name=op.f('ck_target_baselines_range_in_order')),
        sa.ForeignKeyConstraint(['period_id'], ['target_periods.id'], name=op.f('fk_target_baselines_period_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_target_baselines')),
        sa.UniqueConstraint('period_id', 'code', 'part', name=op.f('uq_target_baselines_period_id_code_part'))
    )
    op.create_table('targets',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('period_id', sa.Integer(), nullable=False),
        sa.Column('code', sa.String(length=8), nullable=False),
        sa.Column('part', sa.String(length=1), nullable=False),
        sa.Column('comparator', sa.String(length=40), nullable=False),
        sa.Column('low', sa.BigInteger(), nullable=True),
        sa.Column('high', sa.BigInteger(), nullable=True),
        sa.Column('per', sa.String(length=40), nullable=False),
        sa.Column('unit', sa.String(length=40), nullable=False),
        sa.Column('wording_vi', sa.String(length=300), nullable=False),
        sa.Column('wording_en', sa.String(length=300), nullable=False),
        sa.CheckConstraint("comparator IN ('at_least', 'more_than', 'about', 'none')", name=op.f('ck_targets_comparator_known')),
        sa.CheckConstraint("per IN ('year', 'period', 'by_end')", name=op.f('ck_targets_per_known')),
        sa.CheckConstraint(UNITS, name=op.f('ck_targets_unit_known')),
        sa.CheckConstraint("(comparator = 'none') = (low IS NULL)", name=op.f('ck_targets_figure_to_compare')),
        sa.CheckConstraint('high IS NULL OR high > low', name=op.f('ck_targets_range_in_order')),
        sa.ForeignKeyConstraint(['period_id'], ['target_periods.id'], name=op.f('fk_targets_period_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_targets')),
        sa.UniqueConstraint('period_id', 'code', 'part', name=op.f('uq_targets_period_id_code_part'))
    )
    op.create_table('province_figures',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('year', sa.SmallInteger(), nullable=False),
        sa.Column('grdp', sa.BigInteger(), nullable=False),
        sa.Column('source', sa.String(length=255), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('at', MOMENT, nullable=False),
        sa.CheckConstraint('grdp > 0', name=op.f('ck_province_figures_grdp_positive')),
        sa.CheckConstraint('year BETWEEN 1990 AND 2100', name=op.f('ck_province_figures_year_sound')),
        sa.CheckConstraint("source <> ''", name=op.f('ck_province_figures_has_source')),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_province_figures_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_province_figures'))
    )
    op.create_index('ix_province_figures_year', 'province_figures', ['year', 'id'], unique=False)
    _firm("province_figures")


def downgrade() -> None:
    op.drop_table("province_figures")
    op.drop_table("targets")
    op.drop_table("target_baselines")
    op.drop_table("target_periods")


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
