"""What is asked of a fair, who is to stand where, and who does."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
GUARDED = ('allocation_rules',)
SOFT = {
    "sqlite": [
        "CREATE TRIGGER stand_moves_no_update BEFORE UPDATE OF id, stand_id, was, now, by_id, at ON stand_moves BEGIN SELECT RAISE(ABORT, 'stand_moves is append-only'); END",
        "CREATE TRIGGER stand_moves_no_redaction BEFORE UPDATE OF reason ON stand_moves WHEN NOT EXISTS (SELECT 1 FROM redactions) BEGIN SELECT RAISE(ABORT, 'stand_moves is append-only'); END",
        "CREATE TRIGGER stand_moves_no_delete BEFORE DELETE ON stand_moves BEGIN SELECT RAISE(ABORT, 'stand_moves is append-only'); END",
    ],
    "postgresql": [
        'CREATE TRIGGER stand_moves_append_only BEFORE UPDATE OF id, stand_id, was, now, by_id, at OR DELETE ON stand_moves FOR EACH ROW EXECUTE FUNCTION forbid_change()',
        'CREATE TRIGGER stand_moves_redaction BEFORE UPDATE OF reason ON stand_moves FOR EACH ROW EXECUTE FUNCTION forbid_unless_redacting()',
    ],
}


def upgrade() -> None:
    op.create_table('allocation_rules',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('fair_id', sa.Integer(), nullable=False),
        sa.Column('version', sa.SmallInteger(), nullable=False),
        sa.Column('told', JSON, nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('at', MOMENT, nullable=False),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_allocation_rules_by_id')),
        sa.ForeignKeyConstraint(['fair_id'], ['fairs.id'], name=op.f('fk_allocation_rules_fair_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_allocation_rules')),
        sa.UniqueConstraint('fair_id', 'version', name=op.f('uq_allocation_rules_fair_id_version'))
    )
    op.create_table('allocation_runs',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('fair_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.SmallInteger(), nullable=False),
        sa.Column('state', sa.String(length=40), nullable=False),
        sa.Column('inputs', JSON, nullable=False),
        sa.Column('inputs_hash', sa.String(length=64), nullable=False),
        sa.Column('seed', sa.String(length=64), nullable=False),
        sa.Column('solver', sa.String(length=60), nullable=False),
        sa.Column('objective', JSON, nullable=False),
        sa.Column('gap', sa.Float(), nullable=True),
        sa.Column('seconds', sa.Float(), nullable=True),
        sa.Column('progress', sa.SmallInteger(), nullable=False),
        sa.Column('step', sa.String(length=60), nullable=False),
        sa.Column('problem', sa.String(length=300), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('queued_at', MOMENT, nullable=False),
        sa.Column('started_at', MOMENT, nullable=True),
        sa.Column('seen_at', MOMENT, nullable=True),
        sa.Column('ended_at', MOMENT, nullable=True),
        sa.CheckConstraint("state IN ('queued', 'running', 'complete', 'failed', 'stopped', 'chosen', 'laid_aside')", name=op.f('ck_allocation_runs_state_known')),
        sa.CheckConstraint('progress BETWEEN 0 AND 100', name=op.f('ck_allocation_runs_progress_in_percent')),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_allocation_runs_by_id')),
        sa.ForeignKeyConstraint(['fair_id'], ['fairs.id'], name=op.f('fk_allocation_runs_fair_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_allocation_runs')),
        sa.UniqueConstraint('fair_id', 'number', name=op.f('uq_allocation_runs_fair_id_number')),
        sa.UniqueConstraint('ref', name=op.f('uq_allocation_runs_ref'))
    )
    op.create_index('uq_allocation_runs_at_work', 'allocation_runs', ['fair_id'], unique=True, sqlite_where=sa.text("state IN ('queued', 'running')"), postgresql_where=sa.text("state IN ('queued', 'running')"))
    op.create_index('uq_allocation_runs_chosen', 'allocation_runs', ['fair_id'], unique=True, sqlite_where=sa.text("state = 'chosen'"), postgresql_where=sa.text("state = 'chosen'"))
    op.create_table('allocation_seats',
        sa.Column('run_id', sa.Integer(), nullable=False),
        sa.Column('application_id', sa.Integer(), nullable=False),
        sa.Column('place', sa.Integer(), nullable=False),
        sa.Column('band', sa.SmallInteger(), nullable=False),
        sa.Column('lottery', sa.String(length=64), nullable=False),
        sa.Column('outcome', sa.String(length=40), nullable=False),
        sa.Column('halves', sa.SmallInteger(), nullable=False),
        sa.Column('zone_id', sa.Integer(), nullable=True),
        sa.Column('booths', JSON, nullable=False),
        sa.Column('wish', sa.SmallInteger(), nullable=True),
        sa.Column('why', JSON, nullable=False),
        sa.Column('by_hand', sa.String(length=500), nullable=False),
        sa.CheckConstraint("outcome IN ('placed', 'waiting')", name=op.f('ck_allocation_seats_outcome_known')),
        sa.ForeignKeyConstraint(['application_id'], ['applications.id'], name=op.f('fk_allocation_seats_application_id')),
        sa.ForeignKeyConstraint(['run_id'], ['allocation_runs.id'], name=op.f('fk_allocation_seats_run_id')),
        sa.ForeignKeyConstraint(['zone_id'], ['fair_zones.id'], name=op.f('fk_allocation_seats_zone_id')),
        sa.PrimaryKeyConstraint('run_id', 'application_id', name=op.f('pk_allocation_seats'))
    )
    op.create_index('ix_allocation_seats_application_id', 'allocation_seats', ['application_id'], unique=False)
    op.create_table('fair_applications',
        sa.Column('application_id', sa.Integer(), nullable=False),
        sa.Column('fair_id', sa.Integer(), nullable=False),
        sa.Column('halves', sa.SmallInteger(), nullable=False),
        sa.Column('least', sa.SmallInteger(), nullable=False),
        sa.Column('kw', sa.SmallInteger(), nullable=False),
        sa.Column('water', sa.Boolean(), nullable=False),
        sa.Column('cold', sa.Boolean(), nullable=False),
        sa.Column('cooking', sa.Boolean(), nullable=False),
        sa.Column('accessible', sa.Boolean(), nullable=False),
        sa.Column('staff', sa.SmallInteger(), nullable=False),
        sa.Column('vehicle', sa.String(length=160), nullable=False),
        sa.Column('support_asked', sa.Boolean(), nullable=False),
        sa.Column('words', sa.Text(), nullable=False),
        sa.CheckConstraint('halves = 1 OR (halves % 2 = 0 AND halves BETWEEN 2 AND 12)', name=op.f('ck_fair_applications_halves_known')),
        sa.CheckConstraint('kw >= 0 AND staff >= 0', name=op.f('ck_fair_applications_needs_not_negative')),
        sa.CheckConstraint('least BETWEEN 1 AND halves AND (least = 1 OR least % 2 = 0)', name=op.f('ck_fair_applications_least_known')),
        sa.ForeignKeyConstraint(['application_id'], ['applications.id'], name=op.f('fk_fair_applications_application_id')),
        sa.ForeignKeyConstraint(['fair_id'], ['fairs.id'], name=op.f('fk_fair_applications_fair_id')),
        sa.PrimaryKeyConstraint('application_id', name=op.f('pk_fair_applications'))
    )
    op.create_index('ix_fair_applications_fair_id', 'fair_applications', ['fair_id'], unique=False)
    op.create_table('stands',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('fair_id', sa.Integer(), nullable=False),
        sa.Column('application_id', sa.Integer(), nullable=False),
        sa.Column('state', sa.String(length=40), nullable=False),
        sa.Column('halves', sa.SmallInteger(), nullable=False),
        sa.Column('fee', sa.BigInteger(), nullable=False),
        sa.Column('run_id', sa.Integer(), nullable=True),
        sa.Column('offered_at', MOMENT, nullable=False),
        sa.Column('until', MOMENT, nullable=False),
        sa.Column('confirmed_at', MOMENT, nullable=True),
        sa.Column('ended_at', MOMENT, nullable=True),
        sa.Column('ended_why', sa.String(length=400), nullable=False),
        sa.CheckConstraint("(state IN ('offered', 'confirmed')) = (ended_at IS NULL)", name=op.f('ck_stands_ended_has_time')),
        sa.CheckConstraint("state <> 'confirmed' OR confirmed_at IS NOT NULL", name=op.f('ck_stands_confirmed_has_time')),
        sa.CheckConstraint("state IN ('offered', 'confirmed', 'declined', 'expired', 'released')", name=op.f('ck_stands_state_known')),
        sa.CheckConstraint('fee >= 0', name=op.f('ck_stands_fee_not_negative')),
        sa.ForeignKeyConstraint(['application_id'], ['applications.id'], name=op.f('fk_stands_application_id')),
        sa.ForeignKeyConstraint(['fair_id'], ['fairs.id'], name=op.f('fk_stands_fair_id')),
        sa.ForeignKeyConstraint(['run_id'], ['allocation_runs.id'], name=op.f('fk_stands_run_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_stands')),
        sa.UniqueConstraint('ref', name=op.f('uq_stands_ref'))
    )
    op.create_index('ix_stands_fair_id_state', 'stands', ['fair_id', 'state'], unique=False)
    op.create_index('ix_stands_state_until', 'stands', ['state', 'until'], unique=False)
    op.create_index('uq_stands_live', 'stands', ['application_id'], unique=True, sqlite_where=sa.text("state IN ('offered', 'confirmed')"), postgresql_where=sa.text("state IN ('offered', 'confirmed')"))
    op.create_table('fair_neighbours',
        sa.Column('application_id', sa.Integer(), nullable=False),
        sa.Column('cooperative_id', sa.Integer(), nullable=False),
        sa.Column('wanted', sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(['application_id'], ['fair_applications.application_id'], name=op.f('fk_fair_neighbours_application_id')),
        sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_fair_neighbours_cooperative_id')),
        sa.PrimaryKeyConstraint('application_id', 'cooperative_id', name=op.f('pk_fair_neighbours'))
    )
    op.create_table('fair_products',
        sa.Column('application_id', sa.Integer(), nullable=False),
        sa.Column('product_id', sa.Integer(), nullable=False),
        sa.Column('position', sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(['application_id'], ['fair_applications.application_id'], name=op.f('fk_fair_products_application_id')),
        sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_fair_products_product_id')),
        sa.PrimaryKeyConstraint('application_id', 'product_id', name=op.f('pk_fair_products')),
        sa.UniqueConstraint('application_id', 'position', name=op.f('uq_fair_products_application_id_position'))
    )
    op.create_table('fair_wishes',
        sa.Column('application_id', sa.Integer(), nullable=False),
        sa.Column('rank', sa.SmallInteger(), nullable=False),
        sa.Column('kind', sa.String(length=40), nullable=False),
        sa.Column('booth_id', sa.Integer(), nullable=True),
        sa.Column('zone_id', sa.Integer(), nullable=True),
        sa.CheckConstraint("(kind = 'booth') = (booth_id IS NOT NULL)", name=op.f('ck_fair_wishes_booth_named')),
        sa.CheckConstraint("(kind = 'zone') = (zone_id IS NOT NULL)", name=op.f('ck_fair_wishes_zone_named')),
        sa.CheckConstraint("kind IN ('booth', 'zone', 'corner')", name=op.f('ck_fair_wishes_kind_known')),
        sa.CheckConstraint('rank BETWEEN 1 AND 10', name=op.f('ck_fair_wishes_rank_known')),
        sa.ForeignKeyConstraint(['application_id'], ['fair_applications.application_id'], name=op.f('fk_fair_wishes_application_id')),
        sa.ForeignKeyConstraint(['booth_id'], ['fair_booths.id'], name=op.f('fk_fair_wishes_booth_id')),
        sa.ForeignKeyConstraint(['zone_id'], ['fair_zones.id'], name=op.f('fk_fair_wishes_zone_id')),
        sa.PrimaryKeyConstraint('application_id', 'rank', name=op.f('pk_fair_wishes'))
    )
    op.create_table('stand_moves',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('stand_id', sa.Integer(), nullable=False),
        sa.Column('was', sa.String(length=120), nullable=False),
        sa.Column('now', sa.String(length=120), nullable=False),
        sa.Column('reason', sa.String(length=500), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('at', MOMENT, nullable=False),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_stand_moves_by_id')),
        sa.ForeignKeyConstraint(['stand_id'], ['stands.id'], name=op.f('fk_stand_moves_stand_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_stand_moves'))
    )
    op.create_index('ix_stand_moves_stand_id', 'stand_moves', ['stand_id'], unique=False)
    op.create_table('stand_swaps',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('mine_id', sa.Integer(), nullable=False),
        sa.Column('yours_id', sa.Integer(), nullable=False),
        sa.Column('state', sa.String(length=40), nullable=False),
        sa.Column('words', sa.String(length=400), nullable=False),
        sa.Column('asked_at', MOMENT, nullable=False),
        sa.Column('answered_at', MOMENT, nullable=True),
        sa.CheckConstraint("(state = 'asked') = (answered_at IS NULL)", name=op.f('ck_stand_swaps_answer_has_time')),
        sa.CheckConstraint("state IN ('asked', 'done', 'declined', 'taken_back')", name=op.f('ck_stand_swaps_state_known')),
        sa.CheckConstraint('mine_id <> yours_id', name=op.f('ck_stand_swaps_two_stands')),
        sa.ForeignKeyConstraint(['mine_id'], ['stands.id'], name=op.f('fk_stand_swaps_mine_id')),
        sa.ForeignKeyConstraint(['yours_id'], ['stands.id'], name=op.f('fk_stand_swaps_yours_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_stand_swaps')),
        sa.UniqueConstraint('ref', name=op.f('uq_stand_swaps_ref'))
    )
    op.create_index(op.f('ix_stand_swaps_yours_id'), 'stand_swaps', ['yours_id'], unique=False)
    op.create_index('uq_stand_swaps_open', 'stand_swaps', ['mine_id'], unique=True, sqlite_where=sa.text("state = 'asked'"), postgresql_where=sa.text("state = 'asked'"))
    op.create_table('waiting_entries',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('fair_id', sa.Integer(), nullable=False),
        sa.Column('application_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=40), nullable=False),
        sa.Column('state', sa.String(length=40), nullable=False),
        sa.Column('place', sa.Integer(), nullable=False),
        sa.Column('halves', sa.SmallInteger(), nullable=False),
        sa.Column('least', sa.SmallInteger(), nullable=False),
        sa.Column('stand_id', sa.Integer(), nullable=True),
        sa.Column('until', MOMENT, nullable=True),
        sa.Column('since', MOMENT, nullable=False),
        sa.CheckConstraint("kind IN ('waiting', 'relocation')", name=op.f('ck_waiting_entries_kind_known')),
        sa.CheckConstraint("state <> 'offered' OR until IS NOT NULL", name=op.f('ck_waiting_entries_offered_has_time')),
        sa.CheckConstraint("state IN ('waiting', 'offered', 'accepted', 'declined', 'expired', 'removed')", name=op.f('ck_waiting_entries_state_known')),
        sa.CheckConstraint('least BETWEEN 1 AND halves', name=op.f('ck_waiting_entries_least_known')),
        sa.ForeignKeyConstraint(['application_id'], ['applications.id'], name=op.f('fk_waiting_entries_application_id')),
        sa.ForeignKeyConstraint(['fair_id'], ['fairs.id'], name=op.f('fk_waiting_entries_fair_id')),
        sa.ForeignKeyConstraint(['stand_id'], ['stands.id'], name=op.f('fk_waiting_entries_stand_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_waiting_entries'))
    )
    op.create_index('ix_waiting_entries_fair_id', 'waiting_entries', ['fair_id', 'kind', 'state', 'place'], unique=False)
    op.create_index('uq_waiting_entries_live', 'waiting_entries', ['application_id', 'kind'], unique=True, sqlite_where=sa.text("state IN ('waiting', 'offered')"), postgresql_where=sa.text("state IN ('waiting', 'offered')"))
    op.create_table('stand_booths',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('stand_id', sa.Integer(), nullable=False),
        sa.Column('booth_id', sa.Integer(), nullable=False),
        sa.Column('half', sa.SmallInteger(), nullable=False),
        sa.Column('entry_id', sa.Integer(), nullable=True),
        sa.Column('active', sa.Boolean(), nullable=False),
        sa.Column('since', MOMENT, nullable=False),
        sa.Column('until', MOMENT, nullable=True),
        sa.CheckConstraint('half IN (1, 2)', name=op.f('ck_stand_booths_half_known')),
        sa.ForeignKeyConstraint(['booth_id'], ['fair_booths.id'], name=op.f('fk_stand_booths_booth_id')),
        sa.ForeignKeyConstraint(['entry_id'], ['waiting_entries.id'], name=op.f('fk_stand_booths_entry_id')),
        sa.ForeignKeyConstraint(['stand_id'], ['stands.id'], name=op.f('fk_stand_booths_stand_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_stand_booths'))
    )
    op.create_index('ix_stand_booths_stand_id', 'stand_booths', ['stand_id'], unique=False)
    op.create_index('uq_stand_booths_holder', 'stand_booths', ['booth_id', 'half'], unique=True, sqlite_where=sa.text('active'), postgresql_where=sa.text('active'))
    for table in GUARDED:
        _guard(table)
    for statement in SOFT[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("stand_booths")
    op.drop_table("waiting_entries")
    op.drop_table("stand_swaps")
    op.drop_table("stand_moves")
    op.drop_table("fair_wishes")
    op.drop_table("fair_products")
    op.drop_table("fair_neighbours")
    op.drop_table("stands")
    op.drop_table("fair_applications")
    op.drop_table("allocation_seats")
    op.drop_table("allocation_runs")
    op.drop_table("allocation_rules")


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
