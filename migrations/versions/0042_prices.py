"""The price board: places, rows of prices, settled deals and the means they went into, followed prices."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
GUARDED = ("price_deals", "price_deal_uses")
TRIGGERS = {
    "sqlite": [
        "CREATE TRIGGER price_observations_no_update BEFORE UPDATE OF id, ref, goods_id, commodity_id, place_id, day, grade, level, price, low, high, source, source_url, cooperative_id, by_id, noted_at, checked, is_example, replaces_id, root_id, void ON price_observations BEGIN SELECT RAISE(ABORT, 'price_observations is append-only'); END",
        "CREATE TRIGGER price_observations_no_redaction BEFORE UPDATE OF source_words, reason ON price_observations WHEN NOT EXISTS (SELECT 1 FROM redactions) BEGIN SELECT RAISE(ABORT, 'price_observations is append-only'); END",
        "CREATE TRIGGER price_observations_no_delete BEFORE DELETE ON price_observations BEGIN SELECT RAISE(ABORT, 'price_observations is append-only'); END",
    ],
    "postgresql": [
        "CREATE TRIGGER price_observations_append_only BEFORE UPDATE OF id, ref, goods_id, commodity_id, place_id, day, grade, level, price, low, high, source, source_url, cooperative_id, by_id, noted_at, checked, is_example, replaces_id, root_id, void OR DELETE ON price_observations FOR EACH ROW EXECUTE FUNCTION forbid_change()",
        "CREATE TRIGGER price_observations_redaction BEFORE UPDATE OF source_words, reason ON price_observations FOR EACH ROW EXECUTE FUNCTION forbid_unless_redacting()",
    ],
}


def upgrade() -> None:
    op.create_table('price_places',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('kind', sa.String(length=40), nullable=False),
        sa.Column('name_vi', sa.String(length=120), nullable=False),
        sa.Column('name_en', sa.String(length=120), nullable=False),
        sa.Column('folded_name', sa.String(length=120), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=True),
        sa.CheckConstraint("kind <> 'unit' OR unit_id IS NOT NULL", name=op.f('ck_price_places_unit_named')),
        sa.CheckConstraint("kind IN ('unit', 'market', 'region')", name=op.f('ck_price_places_kind_known')),
        sa.ForeignKeyConstraint(['unit_id'], ['admin_units.id'], name=op.f('fk_price_places_unit_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_price_places')),
        sa.UniqueConstraint('folded_name', name=op.f('uq_price_places_folded_name')),
        sa.UniqueConstraint('ref', name=op.f('uq_price_places_ref'))
    )
    op.create_index('uq_price_places_region', 'price_places', ['kind'], unique=True, sqlite_where=sa.text("kind = 'region'"), postgresql_where=sa.text("kind = 'region'"))
    op.create_index('uq_price_places_unit', 'price_places', ['unit_id'], unique=True, sqlite_where=sa.text("kind = 'unit'"), postgresql_where=sa.text("kind = 'unit'"))
    op.create_table('price_alerts',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('goods_id', sa.Integer(), nullable=False),
        sa.Column('place_id', sa.Integer(), nullable=True),
        sa.Column('level', sa.String(length=40), nullable=False),
        sa.Column('turn', sa.String(length=40), nullable=False),
        sa.Column('threshold', sa.BigInteger(), nullable=False),
        sa.Column('beyond', sa.Boolean(), nullable=False),
        sa.Column('seen_id', sa.Integer(), nullable=False),
        sa.Column('since', MOMENT, nullable=False),
        sa.Column('told_at', MOMENT, nullable=True),
        sa.Column('ended_at', MOMENT, nullable=True),
        sa.CheckConstraint("level IN ('field', 'wholesale', 'retail')", name=op.f('ck_price_alerts_level_known')),
        sa.CheckConstraint("turn IN ('above', 'below')", name=op.f('ck_price_alerts_turn_known')),
        sa.CheckConstraint('threshold > 0', name=op.f('ck_price_alerts_threshold_positive')),
        sa.ForeignKeyConstraint(['goods_id'], ['goods.id'], name=op.f('fk_price_alerts_goods_id')),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_price_alerts_person_id')),
        sa.ForeignKeyConstraint(['place_id'], ['price_places.id'], name=op.f('fk_price_alerts_place_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_price_alerts'))
    )
    op.create_index('ix_price_alerts_goods_id', 'price_alerts', ['goods_id', 'level'], unique=False)
    op.create_index('uq_price_alerts_open', 'price_alerts', ['person_id', 'goods_id', 'level', 'turn', 'threshold'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
    op.create_table('price_deals',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('about', sa.String(length=80), nullable=False),
        sa.Column('goods_id', sa.Integer(), nullable=False),
        sa.Column('place_id', sa.Integer(), nullable=True),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('grade', sa.String(length=20), nullable=False),
        sa.Column('level', sa.String(length=40), nullable=False),
        sa.Column('price', sa.BigInteger(), nullable=False),
        sa.Column('quantity', sa.BigInteger(), nullable=False),
        sa.Column('cooperative_id', sa.Integer(), nullable=False),
        sa.Column('buyer_id', sa.Integer(), nullable=False),
        sa.Column('noted_at', MOMENT, nullable=False),
        sa.CheckConstraint("level IN ('field', 'wholesale', 'retail')", name=op.f('ck_price_deals_level_known')),
        sa.CheckConstraint('price > 0', name=op.f('ck_price_deals_price_positive')),
        sa.CheckConstraint('quantity > 0', name=op.f('ck_price_deals_quantity_positive')),
        sa.ForeignKeyConstraint(['buyer_id'], ['organisations.id'], name=op.f('fk_price_deals_buyer_id')),
        sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_price_deals_cooperative_id')),
        sa.ForeignKeyConstraint(['goods_id'], ['goods.id'], name=op.f('fk_price_deals_goods_id')),
        sa.ForeignKeyConstraint(['place_id'], ['price_places.id'], name=op.f('fk_price_deals_place_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_price_deals')),
        sa.UniqueConstraint('about', name=op.f('uq_price_deals_about'))
    )
    op.create_index('ix_price_deals_day', 'price_deals', ['day'], unique=False)
    op.create_index('ix_price_deals_goods_id', 'price_deals', ['goods_id', 'level', 'day'], unique=False)
    op.create_table('price_observations',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('goods_id', sa.Integer(), nullable=False),
        sa.Column('commodity_id', sa.Integer(), nullable=True),
        sa.Column('place_id', sa.Integer(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('grade', sa.String(length=20), nullable=False),
        sa.Column('level', sa.String(length=40), nullable=False),
        sa.Column('price', sa.BigInteger(), nullable=False),
        sa.Column('low', sa.BigInteger(), nullable=True),
        sa.Column('high', sa.BigInteger(), nullable=True),
        sa.Column('source', sa.String(length=40), nullable=False),
        sa.Column('source_words', sa.String(length=200), nullable=False),
        sa.Column('source_url', sa.String(length=255), nullable=False),
        sa.Column('cooperative_id', sa.Integer(), nullable=True),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('noted_at', MOMENT, nullable=False),
        sa.Column('checked', sa.Boolean(), nullable=False),
        sa.Column('is_example', sa.Boolean(), nullable=False),
        sa.Column('replaces_id', sa.Integer(), nullable=True),
        sa.Column('root_id', sa.Integer(), nullable=True),
        sa.Column('void', sa.Boolean(), nullable=False),
        sa.Column('reason', sa.String(length=200), nullable=False),
        sa.CheckConstraint("(source = 'cooperative') = (cooperative_id IS NOT NULL)", name=op.f('ck_price_observations_cooperative_named')),
        sa.CheckConstraint("level IN ('field', 'wholesale', 'retail')", name=op.f('ck_price_observations_level_known')),
        sa.CheckConstraint("source <> 'published' OR source_words <> ''", name=op.f('ck_price_observations_published_names_source')),
        sa.CheckConstraint("source <> 'settled' OR replaces_id IS NULL", name=op.f('ck_price_observations_settled_stands')),
        sa.CheckConstraint("source IN ('settled', 'officer', 'published', 'cooperative')", name=op.f('ck_price_observations_source_known')),
        sa.CheckConstraint("source_url = '' OR source_url LIKE 'https://%'", name=op.f('ck_price_observations_link_is_https')),
        sa.CheckConstraint('(low IS NULL) = (high IS NULL)', name=op.f('ck_price_observations_span_has_both_ends')),
        sa.CheckConstraint('(replaces_id IS NULL) = (root_id IS NULL)', name=op.f('ck_price_observations_replaced_has_root')),
        sa.CheckConstraint('NOT void OR replaces_id IS NOT NULL', name=op.f('ck_price_observations_void_replaces')),
        sa.CheckConstraint('low IS NULL OR (low > 0 AND low <= price AND price <= high)', name=op.f('ck_price_observations_price_in_span')),
        sa.CheckConstraint('price > 0', name=op.f('ck_price_observations_price_positive')),
        sa.CheckConstraint('replaces_id IS NULL OR replaces_id < id', name=op.f('ck_price_observations_replaces_older')),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_price_observations_by_id')),
        sa.ForeignKeyConstraint(['commodity_id'], ['commodities.id'], name=op.f('fk_price_observations_commodity_id')),
        sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_price_observations_cooperative_id')),
        sa.ForeignKeyConstraint(['goods_id'], ['goods.id'], name=op.f('fk_price_observations_goods_id')),
        sa.ForeignKeyConstraint(['place_id'], ['price_places.id'], name=op.f('fk_price_observations_place_id')),
        sa.ForeignKeyConstraint(['replaces_id'], ['price_observations.id'], name=op.f('fk_price_observations_replaces_id')),
        sa.ForeignKeyConstraint(['root_id'], ['price_observations.id'], name=op.f('fk_price_observations_root_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_price_observations')),
        sa.UniqueConstraint('ref', name=op.f('uq_price_observations_ref')),
        sa.UniqueConstraint('replaces_id', name=op.f('uq_price_observations_replaces_id'))
    )
    op.create_index('ix_price_observations_cooperative_id', 'price_observations', ['cooperative_id', 'id'], unique=False)
    op.create_index('ix_price_observations_goods_id', 'price_observations', ['goods_id', 'level', 'day', 'id'], unique=False)
    op.create_index(op.f('ix_price_observations_root_id'), 'price_observations', ['root_id'], unique=False)
    op.create_index('uq_price_observations_mean', 'price_observations', ['goods_id', 'level', 'grade', 'day'], unique=True, sqlite_where=sa.text("source = 'settled'"), postgresql_where=sa.text("source = 'settled'"))
    op.create_table('price_deal_uses',
        sa.Column('deal_id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('observation_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['deal_id'], ['price_deals.id'], name=op.f('fk_price_deal_uses_deal_id')),
        sa.ForeignKeyConstraint(['observation_id'], ['price_observations.id'], name=op.f('fk_price_deal_uses_observation_id')),
        sa.PrimaryKeyConstraint('deal_id', name=op.f('pk_price_deal_uses'))
    )
    op.create_index(op.f('ix_price_deal_uses_observation_id'), 'price_deal_uses', ['observation_id'], unique=False)
    for table in GUARDED:
        _guard(table)
    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table('price_deal_uses')
    op.drop_table('price_observations')
    op.drop_table('price_deals')
    op.drop_table('price_alerts')
    op.drop_table('price_places')


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
