"""Fairs and their plans."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
GUARDED = ('fair_moves',)


def upgrade() -> None:
    op.create_table('fairs',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('slug', sa.String(length=140), nullable=False),
        sa.Column('series', sa.String(length=140), nullable=False),
        sa.Column('kind', sa.String(length=40), nullable=False),
        sa.Column('state', sa.String(length=40), nullable=False),
        sa.Column('name_vi', sa.String(length=200), nullable=False),
        sa.Column('name_en', sa.String(length=200), nullable=False),
        sa.Column('theme_vi', sa.String(length=300), nullable=False),
        sa.Column('theme_en', sa.String(length=300), nullable=False),
        sa.Column('story_vi', sa.Text(), nullable=False),
        sa.Column('story_en', sa.Text(), nullable=False),
        sa.Column('rules_vi', sa.Text(), nullable=False),
        sa.Column('rules_en', sa.Text(), nullable=False),
        sa.Column('folded', sa.Text(), nullable=False),
        sa.Column('in_province', sa.Boolean(), nullable=False),
        sa.Column('guest', sa.Boolean(), nullable=False),
        sa.Column('organisers', sa.String(length=400), nullable=False),
        sa.Column('venue', sa.String(length=200), nullable=False),
        sa.Column('address_id', sa.Integer(), nullable=True),
        sa.Column('first_day', sa.Date(), nullable=False),
        sa.Column('last_day', sa.Date(), nullable=False),
        sa.Column('opens', sa.Time(), nullable=False),
        sa.Column('closes', sa.Time(), nullable=False),
        sa.Column('booth_fee', sa.BigInteger(), nullable=False),
        sa.Column('contact_name', sa.String(length=120), nullable=False),
        sa.Column('contact_phone', sa.String(length=20), nullable=False),
        sa.Column('poster_id', sa.Integer(), nullable=True),
        sa.Column('hue', sa.String(length=12), nullable=False),
        sa.Column('exempt_by', sa.String(length=160), nullable=False),
        sa.Column('file_number', sa.String(length=60), nullable=False),
        sa.Column('filed_on', sa.Date(), nullable=True),
        sa.Column('certified_on', sa.Date(), nullable=True),
        sa.Column('certified_by', sa.String(length=160), nullable=False),
        sa.Column('moved_from', sa.Date(), nullable=True),
        sa.Column('change_filed_on', sa.Date(), nullable=True),
        sa.Column('report_filed_on', sa.Date(), nullable=True),
        sa.Column('cancelled_reason', sa.String(length=500), nullable=False),
        sa.Column('copied_from_id', sa.Integer(), nullable=True),
        sa.Column('noted_phase', sa.String(length=40), nullable=True),
        sa.Column('announced_at', MOMENT, nullable=True),
        sa.Column('hours_changed', sa.Integer(), nullable=False),
        sa.Column('hours_changed_at', MOMENT, nullable=True),
        sa.Column('made_at', MOMENT, nullable=False),
        sa.CheckConstraint("noted_phase IN ('draft', 'announced', 'open', 'closed', 'reviewing', 'allocating', 'published', 'running', 'ended', 'reported', 'archived', 'cancelled')", name=op.f('ck_fairs_noted_phase_known')),
        sa.CheckConstraint("kind IN ('fair', 'exhibition', 'week', 'market_day', 'conference', 'online')", name=op.f('ck_fairs_kind_known')),
        sa.CheckConstraint("state <> 'cancelled' OR cancelled_reason <> ''", name=op.f('ck_fairs_cancelled_has_reason')),
        sa.CheckConstraint("state IN ('draft', 'announced', 'published', 'reported', 'archived', 'cancelled')", name=op.f('ck_fairs_state_known')),
        sa.CheckConstraint('booth_fee >= 0', name=op.f('ck_fairs_fee_not_negative')),
        sa.CheckConstraint('closes > opens', name=op.f('ck_fairs_hours_in_order')),
        sa.CheckConstraint('last_day >= first_day', name=op.f('ck_fairs_days_in_order')),
        sa.ForeignKeyConstraint(['address_id'], ['addresses.id'], name=op.f('fk_fairs_address_id')),
        sa.ForeignKeyConstraint(['copied_from_id'], ['fairs.id'], name=op.f('fk_fairs_copied_from_id')),
        sa.ForeignKeyConstraint(['poster_id'], ['photos.id'], name=op.f('fk_fairs_poster_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_fairs')),
        sa.UniqueConstraint('slug', name=op.f('uq_fairs_slug'))
    )
    op.create_index('ix_fairs_series', 'fairs', ['series'], unique=False)
    op.create_index('ix_fairs_state_first_day', 'fairs', ['state', 'first_day'], unique=False)
    op.create_table('fair_budget_lines',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('fair_id', sa.Integer(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('source', sa.String(length=40), nullable=False),
        sa.Column('amount', sa.BigInteger(), nullable=False),
        sa.Column('used', sa.BigInteger(), nullable=True),
        sa.Column('note', sa.String(length=200), nullable=False),
        sa.CheckConstraint("source IN ('province', 'nation', 'alliance', 'exhibitors', 'sponsors')", name=op.f('ck_fair_budget_lines_source_known')),
        sa.CheckConstraint('amount > 0', name=op.f('ck_fair_budget_lines_amount_positive')),
        sa.CheckConstraint('used IS NULL OR used >= 0', name=op.f('ck_fair_budget_lines_used_not_negative')),
        sa.ForeignKeyConstraint(['fair_id'], ['fairs.id'], name=op.f('fk_fair_budget_lines_fair_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_fair_budget_lines')),
        sa.UniqueConstraint('fair_id', 'position', name=op.f('uq_fair_budget_lines_fair_id_position'))
    )
    op.create_table('fair_halls',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('fair_id', sa.Integer(), nullable=False),
        sa.Column('position', sa.SmallInteger(), nullable=False),
        sa.Column('name', sa.String(length=80), nullable=False),
        sa.Column('width', sa.SmallInteger(), nullable=False),
        sa.Column('depth', sa.SmallInteger(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('things', JSON, nullable=False),
        sa.CheckConstraint('width BETWEEN 6 AND 1000 AND depth BETWEEN 6 AND 1000', name=op.f('ck_fair_halls_size_sensible')),
        sa.ForeignKeyConstraint(['fair_id'], ['fairs.id'], name=op.f('fk_fair_halls_fair_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_fair_halls')),
        sa.UniqueConstraint('fair_id', 'name', name=op.f('uq_fair_halls_fair_id_name')),
        sa.UniqueConstraint('fair_id', 'position', name=op.f('uq_fair_halls_fair_id_position')),
        sa.UniqueConstraint('ref', name=op.f('uq_fair_halls_ref'))
    )
    op.create_table('fair_moves',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('fair_id', sa.Integer(), nullable=False),
        sa.Column('was_first', sa.Date(), nullable=False),
        sa.Column('was_last', sa.Date(), nullable=False),
        sa.Column('was_venue', sa.String(length=200), nullable=False),
        sa.Column('first_day', sa.Date(), nullable=False),
        sa.Column('last_day', sa.Date(), nullable=False),
        sa.Column('venue', sa.String(length=200), nullable=False),
        sa.Column('reason', sa.String(length=500), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('at', MOMENT, nullable=False),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_fair_moves_by_id')),
        sa.ForeignKeyConstraint(['fair_id'], ['fairs.id'], name=op.f('fk_fair_moves_fair_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_fair_moves'))
    )
    op.create_index('ix_fair_moves_fair_id', 'fair_moves', ['fair_id'], unique=False)
    op.create_table('fair_zones',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('fair_id', sa.Integer(), nullable=False),
        sa.Column('position', sa.SmallInteger(), nullable=False),
        sa.Column('code', sa.String(length=8), nullable=False),
        sa.Column('name_vi', sa.String(length=120), nullable=False),
        sa.Column('name_en', sa.String(length=120), nullable=False),
        sa.Column('hue', sa.String(length=12), nullable=False),
        sa.Column('kw', sa.Integer(), nullable=True),
        sa.Column('taps', sa.Integer(), nullable=True),
        sa.CheckConstraint('kw IS NULL OR kw >= 0', name=op.f('ck_fair_zones_kw_not_negative')),
        sa.CheckConstraint('taps IS NULL OR taps >= 0', name=op.f('ck_fair_zones_taps_not_negative')),
        sa.ForeignKeyConstraint(['fair_id'], ['fairs.id'], name=op.f('fk_fair_zones_fair_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_fair_zones')),
        sa.UniqueConstraint('fair_id', 'code', name=op.f('uq_fair_zones_fair_id_code')),
        sa.UniqueConstraint('fair_id', 'position', name=op.f('uq_fair_zones_fair_id_position'))
    )
    op.create_table('fair_booths',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('fair_id', sa.Integer(), nullable=False),
        sa.Column('hall_id', sa.Integer(), nullable=False),
        sa.Column('zone_id', sa.Integer(), nullable=False),
        sa.Column('code', sa.String(length=12), nullable=False),
        sa.Column('row', sa.String(length=8), nullable=False),
        sa.Column('number', sa.SmallInteger(), nullable=False),
        sa.Column('x', sa.SmallInteger(), nullable=False),
        sa.Column('y', sa.SmallInteger(), nullable=False),
        sa.Column('w', sa.SmallInteger(), nullable=False),
        sa.Column('h', sa.SmallInteger(), nullable=False),
        sa.Column('corner', sa.Boolean(), nullable=False),
        sa.Column('kw', sa.SmallInteger(), nullable=False),
        sa.Column('water', sa.Boolean(), nullable=False),
        sa.Column('cold', sa.Boolean(), nullable=False),
        sa.Column('cooking', sa.Boolean(), nullable=False),
        sa.Column('accessible', sa.Boolean(), nullable=False),
        sa.Column('blocked', sa.Boolean(), nullable=False),
        sa.Column('blocked_why', sa.String(length=160), nullable=False),
        sa.CheckConstraint("NOT blocked OR blocked_why <> ''", name=op.f('ck_fair_booths_blocked_has_reason')),
        sa.CheckConstraint('kw >= 0', name=op.f('ck_fair_booths_kw_not_negative')),
        sa.CheckConstraint('x >= 0 AND y >= 0 AND w > 0 AND h > 0', name=op.f('ck_fair_booths_on_the_grid')),
        sa.ForeignKeyConstraint(['fair_id'], ['fairs.id'], name=op.f('fk_fair_booths_fair_id')),
        sa.ForeignKeyConstraint(['hall_id'], ['fair_halls.id'], name=op.f('fk_fair_booths_hall_id')),
        sa.ForeignKeyConstraint(['zone_id'], ['fair_zones.id'], name=op.f('fk_fair_booths_zone_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_fair_booths')),
        sa.UniqueConstraint('fair_id', 'code', name=op.f('uq_fair_booths_fair_id_code')),
        sa.UniqueConstraint('hall_id', 'x', 'y', name=op.f('uq_fair_booths_hall_id_x_y'))
    )
    op.create_index('ix_fair_booths_zone_id', 'fair_booths', ['zone_id'], unique=False)
    op.create_table('fair_zone_sectors',
        sa.Column('zone_id', sa.Integer(), nullable=False),
        sa.Column('category_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['category_id'], ['categories.id'], name=op.f('fk_fair_zone_sectors_category_id')),
        sa.ForeignKeyConstraint(['zone_id'], ['fair_zones.id'], name=op.f('fk_fair_zone_sectors_zone_id')),
        sa.PrimaryKeyConstraint('zone_id', 'category_id', name=op.f('pk_fair_zone_sectors'))
    )
    for table in GUARDED:
        _guard(table)


def downgrade() -> None:
    op.drop_table("fair_zone_sectors")
    op.drop_table("fair_booths")
    op.drop_table("fair_zones")
    op.drop_table("fair_moves")
    op.drop_table("fair_halls")
    op.drop_table("fair_budget_lines")
    op.drop_table("fairs")


def _guard(table: str) -> None:
    """Rows that are never changed or deleted."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION forbid_change()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
