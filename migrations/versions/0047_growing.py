"""Plots, sowings, the field diary, rules about substances, lots with plots and tests, and recalls.

What was packed before is kept: the one lot of a delivery's line becomes its first row in `delivery_lots`.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
# SQLite builds a table anew to change it, and what a column may hold has to be said again.
LINES = [
    sa.CheckConstraint('asked > 0 AND accepted >= 0 AND accepted <= asked', name=op.f('ck_delivery_lines_accepted_within')),
    sa.CheckConstraint("dispatched IS NULL OR (dispatched >= 0 AND (dispatched <= accepted OR (weighed AND unit = 'kg')))", name=op.f('ck_delivery_lines_dispatched_within')),
    sa.CheckConstraint('graded IS NULL OR (graded >= 0 AND graded <= CASE WHEN weighed THEN COALESCE(scale_kg, 0) ELSE received END)', name=op.f('ck_delivery_lines_graded_within')),
    sa.CheckConstraint('dispatched IS NULL OR settled IS NOT NULL', name=op.f('ck_delivery_lines_left_is_settled')),
    sa.CheckConstraint('(received IS NULL) = (graded IS NULL)', name=op.f('ck_delivery_lines_received_is_graded')),
    sa.CheckConstraint('received IS NULL OR (received >= 0 AND received <= dispatched)', name=op.f('ck_delivery_lines_received_within')),
    sa.CheckConstraint('(scale_count IS NULL) = (scale_kg IS NULL)', name=op.f('ck_delivery_lines_scale_read_whole')),
    sa.CheckConstraint("scale_kg IS NULL OR (weighed AND scale_kg > 0 AND scale_count > 0 AND (unit = 'kg' OR scale_count <= accepted))", name=op.f('ck_delivery_lines_scale_within')),
    sa.CheckConstraint('settled IS NULL OR (settled >= 0 AND settled <= CASE WHEN weighed THEN COALESCE(scale_kg, 0) ELSE accepted END)', name=op.f('ck_delivery_lines_settled_within')),
]
LOTS = [
    sa.CheckConstraint('harvested_on <= packed_on', name=op.f('ck_lots_harvested_before_packed')),
    sa.CheckConstraint('kg IS NULL OR kg > 0', name=op.f('ck_lots_kg_positive')),
]
LINE_LOTS = """
    INSERT INTO delivery_lots (line_id, lot_id, kg, packed_on)
    SELECT l.id, t.id, t.kg, t.packed_on FROM delivery_lines l JOIN lots t ON t.id = l.lot_id
    JOIN deliveries d ON d.id = l.delivery_id WHERE d.state <> 'cancelled'"""
TAKEN = """
    UPDATE lots SET taken = COALESCE((SELECT SUM(p.kg) FROM delivery_lots p WHERE p.lot_id = lots.id), 0),
    gone = COALESCE((SELECT SUM(p.kg) FROM delivery_lots p JOIN delivery_lines l ON l.id = p.line_id
    JOIN deliveries d ON d.id = l.delivery_id WHERE p.lot_id = lots.id AND d.dispatched_at IS NOT NULL), 0)"""
SOFT = {
    "sqlite": [
        "CREATE TRIGGER diary_entries_no_update BEFORE UPDATE OF id, ref, plot_id, kind, day, substance, dose, pest, corrects_id, struck, by_id, at ON diary_entries BEGIN SELECT RAISE(ABORT, 'diary_entries is append-only'); END",
        "CREATE TRIGGER diary_entries_no_redaction BEFORE UPDATE OF worker, note ON diary_entries WHEN NOT EXISTS (SELECT 1 FROM redactions) BEGIN SELECT RAISE(ABORT, 'diary_entries is append-only'); END",
        "CREATE TRIGGER diary_entries_no_delete BEFORE DELETE ON diary_entries BEGIN SELECT RAISE(ABORT, 'diary_entries is append-only'); END",
    ],
    "postgresql": [
        "CREATE TRIGGER diary_entries_append_only BEFORE UPDATE OF id, ref, plot_id, kind, day, substance, dose, pest, corrects_id, struck, by_id, at OR DELETE ON diary_entries FOR EACH ROW EXECUTE FUNCTION forbid_change()",
        "CREATE TRIGGER diary_entries_redaction BEFORE UPDATE OF worker, note ON diary_entries FOR EACH ROW EXECUTE FUNCTION forbid_unless_redacting()",
    ],
}


def upgrade() -> None:
    op.create_table('recall_counters',
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('year', name=op.f('pk_recall_counters'))
    )
    op.create_table('substance_rules',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('substance', sa.String(length=120), nullable=False),
    sa.Column('goods_id', sa.Integer(), nullable=True),
    sa.Column('market', sa.String(length=60), nullable=False),
    sa.Column('forbidden', sa.Boolean(), nullable=False),
    sa.Column('interval_days', sa.SmallInteger(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('source', sa.String(length=300), nullable=False),
    sa.Column('certainty', sa.String(length=40), nullable=False),
    sa.Column('added_by_id', sa.Integer(), nullable=True),
    sa.Column('added_at', MOMENT, nullable=False),
    sa.CheckConstraint("NOT forbidden OR substance <> ''", name=op.f('ck_substance_rules_forbids_something')),
    sa.CheckConstraint("certainty IN ('high', 'medium', 'low')", name=op.f('ck_substance_rules_certainty_known')),
    sa.CheckConstraint("source <> ''", name=op.f('ck_substance_rules_has_source')),
    sa.CheckConstraint('forbidden <> (interval_days IS NOT NULL)', name=op.f('ck_substance_rules_says_one_thing')),
    sa.CheckConstraint('interval_days BETWEEN 1 AND 365', name=op.f('ck_substance_rules_interval_range')),
    sa.CheckConstraint('valid_until IS NULL OR valid_until >= valid_from', name=op.f('ck_substance_rules_days_in_order')),
    sa.ForeignKeyConstraint(['added_by_id'], ['people.id'], name=op.f('fk_substance_rules_added_by_id')),
    sa.ForeignKeyConstraint(['goods_id'], ['goods.id'], name=op.f('fk_substance_rules_goods_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_substance_rules')),
    sa.UniqueConstraint('ref', name=op.f('uq_substance_rules_ref'))
    )
    op.create_index('ix_substance_rules_valid_from', 'substance_rules', ['valid_from', 'id'], unique=False)
    op.create_table('plots',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('cooperative_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('village', sa.String(length=120), nullable=False),
    sa.Column('area', sa.BigInteger(), nullable=False),
    sa.Column('area_unit', sa.String(length=40), nullable=False),
    sa.Column('household_group', sa.String(length=120), nullable=False),
    sa.Column('household', sa.String(length=120), nullable=False),
    sa.Column('household_shown', sa.Boolean(), nullable=False),
    sa.Column('growing_area_code', sa.String(length=40), nullable=False),
    sa.Column('lat', sa.Float(), nullable=True),
    sa.Column('lon', sa.Float(), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('created_at', MOMENT, nullable=False),
    sa.CheckConstraint("NOT household_shown OR household <> ''", name=op.f('ck_plots_shown_has_name')),
    sa.CheckConstraint("area_unit IN ('sao', 'ha', 'm2')", name=op.f('ck_plots_area_unit_known')),
    sa.CheckConstraint('(lat IS NULL) = (lon IS NULL)', name=op.f('ck_plots_place_whole')),
    sa.CheckConstraint('area > 0', name=op.f('ck_plots_area_positive')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_plots_cooperative_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['admin_units.id'], name=op.f('fk_plots_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plots')),
    sa.UniqueConstraint('ref', name=op.f('uq_plots_ref'))
    )
    op.create_index('uq_plots_name', 'plots', ['cooperative_id', 'name'], unique=True, sqlite_where=sa.text('active'), postgresql_where=sa.text('active'))
    op.create_table('diary_entries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('plot_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('substance', sa.String(length=120), nullable=False),
    sa.Column('dose', sa.String(length=80), nullable=False),
    sa.Column('pest', sa.String(length=120), nullable=False),
    sa.Column('worker', sa.String(length=120), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('corrects_id', sa.Integer(), nullable=True),
    sa.Column('struck', sa.Boolean(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', MOMENT, nullable=False),
    sa.CheckConstraint("kind = 'other' OR substance <> ''", name=op.f('ck_diary_entries_substance_named')),
    sa.CheckConstraint("kind IN ('sprayed', 'fertilised', 'other')", name=op.f('ck_diary_entries_kind_known')),
    sa.CheckConstraint('NOT struck OR corrects_id IS NOT NULL', name=op.f('ck_diary_entries_struck_corrects')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_diary_entries_by_id')),
    sa.ForeignKeyConstraint(['corrects_id'], ['diary_entries.id'], name=op.f('fk_diary_entries_corrects_id')),
    sa.ForeignKeyConstraint(['plot_id'], ['plots.id'], name=op.f('fk_diary_entries_plot_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_diary_entries')),
    sa.UniqueConstraint('corrects_id', name=op.f('uq_diary_entries_corrects_id')),
    sa.UniqueConstraint('ref', name=op.f('uq_diary_entries_ref'))
    )
    op.create_index('ix_diary_entries_plot_id_day', 'diary_entries', ['plot_id', 'day', 'id'], unique=False)
    op.create_table('sowings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('plot_id', sa.Integer(), nullable=False),
    sa.Column('product_id', sa.Integer(), nullable=False),
    sa.Column('sown_on', sa.Date(), nullable=False),
    sa.Column('variety', sa.String(length=80), nullable=False),
    sa.Column('market', sa.String(length=60), nullable=False),
    sa.Column('first_on', sa.Date(), nullable=False),
    sa.Column('last_on', sa.Date(), nullable=False),
    sa.Column('kg', sa.BigInteger(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('words', sa.String(length=500), nullable=False),
    sa.Column('created_at', MOMENT, nullable=False),
    sa.CheckConstraint("(state = 'growing') = (ended_on IS NULL)", name=op.f('ck_sowings_ended_has_day')),
    sa.CheckConstraint("state <> 'lost' OR words <> ''", name=op.f('ck_sowings_lost_has_reason')),
    sa.CheckConstraint("state IN ('growing', 'harvested', 'lost')", name=op.f('ck_sowings_state_known')),
    sa.CheckConstraint('first_on > sown_on AND last_on >= first_on', name=op.f('ck_sowings_days_in_order')),
    sa.CheckConstraint('kg > 0', name=op.f('ck_sowings_kg_positive')),
    sa.ForeignKeyConstraint(['plot_id'], ['plots.id'], name=op.f('fk_sowings_plot_id')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_sowings_product_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sowings')),
    sa.UniqueConstraint('ref', name=op.f('uq_sowings_ref'))
    )
    op.create_index('ix_sowings_plot_id_state', 'sowings', ['plot_id', 'state'], unique=False)
    op.create_index('ix_sowings_product_id_state', 'sowings', ['product_id', 'state'], unique=False)
    op.create_table('lot_plots',
    sa.Column('lot_id', sa.Integer(), nullable=False),
    sa.Column('plot_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['lot_id'], ['lots.id'], name=op.f('fk_lot_plots_lot_id')),
    sa.ForeignKeyConstraint(['plot_id'], ['plots.id'], name=op.f('fk_lot_plots_plot_id')),
    sa.PrimaryKeyConstraint('lot_id', 'plot_id', name=op.f('pk_lot_plots'))
    )
    op.create_index(op.f('ix_lot_plots_plot_id'), 'lot_plots', ['plot_id'], unique=False)
    op.create_table('lot_tests',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('lot_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=60), nullable=False),
    sa.Column('lab', sa.String(length=160), nullable=False),
    sa.Column('sampled_on', sa.Date(), nullable=False),
    sa.Column('result', sa.String(length=40), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('added_by_id', sa.Integer(), nullable=True),
    sa.Column('added_at', MOMENT, nullable=False),
    sa.CheckConstraint("result IN ('waiting', 'passed', 'failed')", name=op.f('ck_lot_tests_result_known')),
    sa.ForeignKeyConstraint(['added_by_id'], ['people.id'], name=op.f('fk_lot_tests_added_by_id')),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_lot_tests_document_id')),
    sa.ForeignKeyConstraint(['lot_id'], ['lots.id'], name=op.f('fk_lot_tests_lot_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lot_tests')),
    sa.UniqueConstraint('lot_id', 'lab', 'number', name=op.f('uq_lot_tests_lot_id_lab_number')),
    sa.UniqueConstraint('ref', name=op.f('uq_lot_tests_ref'))
    )
    op.create_index('ix_lot_tests_lot_id', 'lot_tests', ['lot_id'], unique=False)
    op.create_table('recalls',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('lot_id', sa.Integer(), nullable=False),
    sa.Column('cooperative_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.String(length=1000), nullable=False),
    sa.Column('advice', sa.String(length=1000), nullable=False),
    sa.Column('by_alliance', sa.Boolean(), nullable=False),
    sa.Column('opened_by_id', sa.Integer(), nullable=True),
    sa.Column('opened_at', MOMENT, nullable=False),
    sa.Column('closed_at', MOMENT, nullable=True),
    sa.Column('closed_by_id', sa.Integer(), nullable=True),
    sa.Column('report', sa.String(length=2000), nullable=False),
    sa.CheckConstraint("(state = 'open') = (closed_at IS NULL)", name=op.f('ck_recalls_closed_has_time')),
    sa.CheckConstraint("reason <> ''", name=op.f('ck_recalls_has_reason')),
    sa.CheckConstraint("state = 'open' OR report <> ''", name=op.f('ck_recalls_closed_has_report')),
    sa.CheckConstraint("state IN ('open', 'closed', 'unfounded')", name=op.f('ck_recalls_state_known')),
    sa.ForeignKeyConstraint(['closed_by_id'], ['people.id'], name=op.f('fk_recalls_closed_by_id')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_recalls_cooperative_id')),
    sa.ForeignKeyConstraint(['lot_id'], ['lots.id'], name=op.f('fk_recalls_lot_id')),
    sa.ForeignKeyConstraint(['opened_by_id'], ['people.id'], name=op.f('fk_recalls_opened_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recalls')),
    sa.UniqueConstraint('number', name=op.f('uq_recalls_number')),
    sa.UniqueConstraint('ref', name=op.f('uq_recalls_ref'))
    )
    op.create_index('ix_recalls_cooperative_id', 'recalls', ['cooperative_id', 'id'], unique=False)
    op.create_index('uq_recalls_open', 'recalls', ['lot_id'], unique=True, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))
    op.create_table('recall_holdings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('recall_id', sa.Integer(), nullable=False),
    sa.Column('source_kind', sa.String(length=20), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('buyer_name', sa.String(length=255), nullable=False),
    sa.Column('buyer_phone', sa.String(length=20), nullable=False),
    sa.Column('buyer_email', sa.String(length=254), nullable=False),
    sa.Column('locale', sa.String(length=2), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('left_on', sa.Date(), nullable=False),
    sa.Column('kg', sa.BigInteger(), nullable=True),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('kept', sa.BigInteger(), nullable=False),
    sa.Column('returned', sa.BigInteger(), nullable=False),
    sa.Column('sold', sa.BigInteger(), nullable=False),
    sa.Column('destroyed', sa.BigInteger(), nullable=False),
    sa.Column('words', sa.String(length=500), nullable=False),
    sa.Column('answered_by', sa.String(length=120), nullable=False),
    sa.Column('answered_at', MOMENT, nullable=True),
    sa.CheckConstraint("(state = 'answered') = (answered_at IS NOT NULL)", name=op.f('ck_recall_holdings_answered_has_time')),
    sa.CheckConstraint("state IN ('told', 'answered')", name=op.f('ck_recall_holdings_state_known')),
    sa.CheckConstraint('kept >= 0 AND returned >= 0 AND sold >= 0 AND destroyed >= 0', name=op.f('ck_recall_holdings_parts_not_negative')),
    sa.CheckConstraint('kg IS NULL OR kept + returned + sold + destroyed <= kg', name=op.f('ck_recall_holdings_parts_within')),
    sa.CheckConstraint('kg IS NULL OR kg > 0', name=op.f('ck_recall_holdings_kg_positive')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_recall_holdings_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_recall_holdings_person_id')),
    sa.ForeignKeyConstraint(['recall_id'], ['recalls.id'], name=op.f('fk_recall_holdings_recall_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recall_holdings')),
    sa.UniqueConstraint('recall_id', 'source_kind', 'source_id', name=op.f('uq_recall_holdings_recall_id_source_kind_source_id')),
    sa.UniqueConstraint('ref', name=op.f('uq_recall_holdings_ref'))
    )
    op.create_index('ix_recall_holdings_organisation_id', 'recall_holdings', ['organisation_id'], unique=False)
    op.create_index('ix_recall_holdings_person_id', 'recall_holdings', ['person_id'], unique=False)
    op.create_table('delivery_lots',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=False),
    sa.Column('lot_id', sa.Integer(), nullable=False),
    sa.Column('kg', sa.BigInteger(), nullable=True),
    sa.Column('packed_on', sa.Date(), nullable=False),
    sa.CheckConstraint('kg IS NULL OR kg > 0', name=op.f('ck_delivery_lots_kg_positive')),
    sa.ForeignKeyConstraint(['line_id'], ['delivery_lines.id'], name=op.f('fk_delivery_lots_line_id')),
    sa.ForeignKeyConstraint(['lot_id'], ['lots.id'], name=op.f('fk_delivery_lots_lot_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delivery_lots')),
    sa.UniqueConstraint('line_id', 'lot_id', name=op.f('uq_delivery_lots_line_id_lot_id'))
    )
    op.create_index('ix_delivery_lots_lot_id', 'delivery_lots', ['lot_id'], unique=False)
    op.execute(LINE_LOTS)
    with op.batch_alter_table("lots", table_args=LOTS) as lots:
        lots.add_column(sa.Column("taken", sa.BigInteger(), server_default="0", nullable=False))
        lots.add_column(sa.Column("gone", sa.BigInteger(), server_default="0", nullable=False))
        lots.add_column(sa.Column("grade", sa.String(length=60), server_default="", nullable=False))
        lots.add_column(sa.Column("household_group", sa.String(length=120), server_default="", nullable=False))
        lots.add_column(sa.Column("cautions", JSON, nullable=True))
        lots.add_column(sa.Column("early_reason", sa.String(length=500), server_default="", nullable=False))
        lots.add_column(sa.Column("recalled_at", MOMENT, nullable=True))
        lots.alter_column("packed_on", existing_type=sa.Date(), nullable=True)
        lots.create_check_constraint(op.f("ck_lots_taken_within"), "taken >= 0 AND (kg IS NULL OR taken <= kg)")
        lots.create_check_constraint(op.f("ck_lots_gone_within"), "gone >= 0 AND gone <= taken")
    op.execute(TAKEN)
    with op.batch_alter_table("delivery_lines", table_args=LINES) as lines:
        lines.drop_constraint(op.f("fk_delivery_lines_lot_id"), type_="foreignkey")
        lines.drop_column("lot_id")
    for statement in SOFT[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("restore the backup that was made before the upgrade")
