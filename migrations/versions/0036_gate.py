"""Passes, gates, scans, and what follows from them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
GUARDED = ('scans', 'clicks')


def upgrade() -> None:
    op.create_table('gates',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('fair_id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=60), nullable=False),
        sa.Column('key_hash', sa.String(length=64), nullable=False),
        sa.Column('taken_by_id', sa.Integer(), nullable=True),
        sa.Column('made_at', MOMENT, nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('last_seen_at', MOMENT, nullable=True),
        sa.Column('closed_at', MOMENT, nullable=True),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_gates_by_id')),
        sa.ForeignKeyConstraint(['fair_id'], ['fairs.id'], name=op.f('fk_gates_fair_id')),
        sa.ForeignKeyConstraint(['taken_by_id'], ['people.id'], name=op.f('fk_gates_taken_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_gates')),
        sa.UniqueConstraint('fair_id', 'name', name=op.f('uq_gates_fair_id_name')),
        sa.UniqueConstraint('ref', name=op.f('uq_gates_ref'))
    )
    op.create_table('clicks',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('uuid', sa.String(length=36), nullable=False),
        sa.Column('fair_id', sa.Integer(), nullable=False),
        sa.Column('gate_id', sa.Integer(), nullable=False),
        sa.Column('minute', MOMENT, nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('hour', sa.SmallInteger(), nullable=False),
        sa.Column('count', sa.SmallInteger(), nullable=False),
        sa.Column('server_at', MOMENT, nullable=False),
        sa.CheckConstraint('count BETWEEN 1 AND 1000', name=op.f('ck_clicks_count_sensible')),
        sa.ForeignKeyConstraint(['fair_id'], ['fairs.id'], name=op.f('fk_clicks_fair_id')),
        sa.ForeignKeyConstraint(['gate_id'], ['gates.id'], name=op.f('fk_clicks_gate_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_clicks')),
        sa.UniqueConstraint('uuid', name=op.f('uq_clicks_uuid'))
    )
    op.create_index('ix_clicks_fair_id_day', 'clicks', ['fair_id', 'day'], unique=False)
    op.create_index('ix_clicks_gate_id', 'clicks', ['gate_id'], unique=False)
    op.create_table('fair_passes',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('fair_id', sa.Integer(), nullable=False),
        sa.Column('serial', sa.Integer(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=40), nullable=False),
        sa.Column('holder', sa.String(length=120), nullable=False),
        sa.Column('stand_id', sa.Integer(), nullable=True),
        sa.Column('cooperative_id', sa.Integer(), nullable=True),
        sa.Column('code_hash', sa.String(length=32), nullable=False),
        sa.Column('made_at', MOMENT, nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('changed_at', MOMENT, nullable=False),
        sa.Column('revoked_at', MOMENT, nullable=True),
        sa.Column('revoked_by_id', sa.Integer(), nullable=True),
        sa.Column('revoked_reason', sa.String(length=300), nullable=False),
        sa.CheckConstraint("(kind = 'staff') = (stand_id IS NOT NULL)", name=op.f('ck_fair_passes_staff_of_a_stand')),
        sa.CheckConstraint("(revoked_at IS NULL) = (revoked_reason = '')", name=op.f('ck_fair_passes_revoked_has_reason')),
        sa.CheckConstraint("kind IN ('staff', 'organiser', 'visitor', 'trade_buyer')", name=op.f('ck_fair_passes_kind_known')),
        sa.CheckConstraint('(stand_id IS NULL) = (cooperative_id IS NULL)', name=op.f('ck_fair_passes_staff_of_somebody')),
        sa.CheckConstraint('version >= 1', name=op.f('ck_fair_passes_version_counts')),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_fair_passes_by_id')),
        sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_fair_passes_cooperative_id')),
        sa.ForeignKeyConstraint(['fair_id'], ['fairs.id'], name=op.f('fk_fair_passes_fair_id')),
        sa.ForeignKeyConstraint(['revoked_by_id'], ['people.id'], name=op.f('fk_fair_passes_revoked_by_id')),
        sa.ForeignKeyConstraint(['stand_id'], ['stands.id'], name=op.f('fk_fair_passes_stand_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_fair_passes')),
        sa.UniqueConstraint('code_hash', name=op.f('uq_fair_passes_code_hash')),
        sa.UniqueConstraint('fair_id', 'serial', name=op.f('uq_fair_passes_fair_id_serial')),
        sa.UniqueConstraint('ref', name=op.f('uq_fair_passes_ref'))
    )
    op.create_index('ix_fair_passes_cooperative_id', 'fair_passes', ['cooperative_id'], unique=False)
    op.create_index('ix_fair_passes_fair_id_kind', 'fair_passes', ['fair_id', 'kind', 'id'], unique=False)
    op.create_index('ix_fair_passes_stand_id', 'fair_passes', ['stand_id'], unique=False)
    op.create_table('stand_arrivals',
        sa.Column('stand_id', sa.Integer(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('time', sa.Time(), nullable=False),
        sa.Column('vehicle', sa.String(length=160), nullable=False),
        sa.Column('phone', sa.String(length=20), nullable=False),
        sa.Column('changed_at', MOMENT, nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_stand_arrivals_by_id')),
        sa.ForeignKeyConstraint(['stand_id'], ['stands.id'], name=op.f('fk_stand_arrivals_stand_id')),
        sa.PrimaryKeyConstraint('stand_id', name=op.f('pk_stand_arrivals'))
    )
    op.create_table('scans',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('uuid', sa.String(length=36), nullable=False),
        sa.Column('fair_id', sa.Integer(), nullable=False),
        sa.Column('gate_id', sa.Integer(), nullable=False),
        sa.Column('pass_id', sa.Integer(), nullable=True),
        sa.Column('code_hash', sa.String(length=32), nullable=False),
        sa.Column('direction', sa.String(length=40), nullable=False),
        sa.Column('let_in', sa.Boolean(), nullable=False),
        sa.Column('offline', sa.Boolean(), nullable=False),
        sa.Column('device_at', MOMENT, nullable=False),
        sa.Column('at', MOMENT, nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('server_at', MOMENT, nullable=False),
        sa.Column('verdict_device', sa.String(length=40), nullable=False),
        sa.Column('verdict_server', sa.String(length=40), nullable=False),
        sa.Column('reason', sa.String(length=60), nullable=False),
        sa.CheckConstraint("direction IN ('in', 'out')", name=op.f('ck_scans_direction_known')),
        sa.CheckConstraint("verdict_device IN ('first', 'again', 'left', 'double', 'revoked', 'unknown', 'other_day')", name=op.f('ck_scans_verdict_device_known')),
        sa.CheckConstraint("verdict_server IN ('first', 'again', 'left', 'double', 'revoked', 'unknown', 'other_day')", name=op.f('ck_scans_verdict_server_known')),
        sa.ForeignKeyConstraint(['fair_id'], ['fairs.id'], name=op.f('fk_scans_fair_id')),
        sa.ForeignKeyConstraint(['gate_id'], ['gates.id'], name=op.f('fk_scans_gate_id')),
        sa.ForeignKeyConstraint(['pass_id'], ['fair_passes.id'], name=op.f('fk_scans_pass_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_scans')),
        sa.UniqueConstraint('uuid', name=op.f('uq_scans_uuid'))
    )
    op.create_index('ix_scans_fair_id_at', 'scans', ['fair_id', 'at'], unique=False)
    op.create_index('ix_scans_gate_id', 'scans', ['gate_id'], unique=False)
    op.create_index('ix_scans_pass_id_day', 'scans', ['pass_id', 'day'], unique=False)
    op.create_table('visitor_registrations',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('fair_id', sa.Integer(), nullable=False),
        sa.Column('pass_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=True),
        sa.Column('name', sa.String(length=120), nullable=False),
        sa.Column('phone', sa.String(length=20), nullable=True),
        sa.Column('email', sa.String(length=254), nullable=True),
        sa.Column('organisation', sa.String(length=160), nullable=False),
        sa.Column('looking_for', sa.String(length=300), nullable=False),
        sa.Column('locale', sa.String(length=2), nullable=False),
        sa.Column('text_version', sa.String(length=20), nullable=False),
        sa.Column('agreed_at', MOMENT, nullable=False),
        sa.ForeignKeyConstraint(['fair_id'], ['fairs.id'], name=op.f('fk_visitor_registrations_fair_id')),
        sa.ForeignKeyConstraint(['pass_id'], ['fair_passes.id'], name=op.f('fk_visitor_registrations_pass_id')),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_visitor_registrations_person_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_visitor_registrations')),
        sa.UniqueConstraint('pass_id', name=op.f('uq_visitor_registrations_pass_id'))
    )
    op.create_table('visitor_tellings',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('fair_id', sa.Integer(), nullable=False),
        sa.Column('move_id', sa.Integer(), nullable=True),
        sa.Column('up_to', sa.Integer(), nullable=False),
        sa.Column('asked_at', MOMENT, nullable=False),
        sa.Column('done_at', MOMENT, nullable=True),
        sa.ForeignKeyConstraint(['fair_id'], ['fairs.id'], name=op.f('fk_visitor_tellings_fair_id')),
        sa.ForeignKeyConstraint(['move_id'], ['fair_moves.id'], name=op.f('fk_visitor_tellings_move_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_visitor_tellings')),
        sa.UniqueConstraint('move_id', name=op.f('uq_visitor_tellings_move_id'))
    )
    op.create_index('ix_visitor_tellings_done_at', 'visitor_tellings', ['done_at'], unique=False)
    op.create_index(
        'uq_visitor_tellings_called_off', 'visitor_tellings', ['fair_id'], unique=True,
        sqlite_where=sa.text('move_id IS NULL'), postgresql_where=sa.text('move_id IS NULL')
    )
    op.create_index('ix_visitor_registrations_email', 'visitor_registrations', ['email'], unique=False)
    op.create_index('ix_visitor_registrations_fair_id', 'visitor_registrations', ['fair_id'], unique=False)
    op.create_index(op.f('ix_visitor_registrations_person_id'), 'visitor_registrations', ['person_id'], unique=False)
    op.create_index('ix_visitor_registrations_phone', 'visitor_registrations', ['phone'], unique=False)
    op.create_table('gate_conflicts',
        sa.Column('scan_id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('fair_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=40), nullable=False),
        sa.Column('found_at', MOMENT, nullable=False),
        sa.Column('settled_at', MOMENT, nullable=True),
        sa.Column('settled_by_id', sa.Integer(), nullable=True),
        sa.Column('settled_words', sa.String(length=300), nullable=False),
        sa.CheckConstraint("(settled_at IS NULL) = (settled_words = '')", name=op.f('ck_gate_conflicts_settled_has_words')),
        sa.CheckConstraint("kind IN ('double', 'revoked', 'unknown', 'other_day', 'turned_away')", name=op.f('ck_gate_conflicts_kind_known')),
        sa.ForeignKeyConstraint(['fair_id'], ['fairs.id'], name=op.f('fk_gate_conflicts_fair_id')),
        sa.ForeignKeyConstraint(['scan_id'], ['scans.id'], name=op.f('fk_gate_conflicts_scan_id')),
        sa.ForeignKeyConstraint(['settled_by_id'], ['people.id'], name=op.f('fk_gate_conflicts_settled_by_id')),
        sa.PrimaryKeyConstraint('scan_id', name=op.f('pk_gate_conflicts'))
    )
    op.create_index('ix_gate_conflicts_fair_id', 'gate_conflicts', ['fair_id', 'settled_at', 'scan_id'], unique=False)
    op.create_table('presences',
        sa.Column('pass_id', sa.Integer(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('fair_id', sa.Integer(), nullable=False),
        sa.Column('first_scan_id', sa.Integer(), nullable=True),
        sa.Column('first_at', MOMENT, nullable=True),
        sa.Column('first_hour', sa.SmallInteger(), nullable=True),
        sa.Column('last_at', MOMENT, nullable=True),
        sa.Column('entries', sa.SmallInteger(), nullable=False),
        sa.Column('inside', sa.Boolean(), nullable=False),
        sa.CheckConstraint('(entries = 0) = (first_scan_id IS NULL)', name=op.f('ck_presences_entered_by_a_scan')),
        sa.CheckConstraint('(first_scan_id IS NULL) = (first_at IS NULL)', name=op.f('ck_presences_entered_at_a_time')),
        sa.ForeignKeyConstraint(['fair_id'], ['fairs.id'], name=op.f('fk_presences_fair_id')),
        sa.ForeignKeyConstraint(['first_scan_id'], ['scans.id'], name=op.f('fk_presences_first_scan_id')),
        sa.ForeignKeyConstraint(['pass_id'], ['fair_passes.id'], name=op.f('fk_presences_pass_id')),
        sa.PrimaryKeyConstraint('pass_id', 'day', name=op.f('pk_presences')),
        sa.UniqueConstraint('first_scan_id', name=op.f('uq_presences_first_scan_id'))
    )
    op.create_index('ix_presences_fair_id_day', 'presences', ['fair_id', 'day'], unique=False)
    for table in GUARDED:
        _guard(table)


def downgrade() -> None:
    op.drop_table("presences")
    op.drop_table("gate_conflicts")
    op.drop_table("visitor_tellings")
    op.drop_table("visitor_registrations")
    op.drop_table("scans")
    op.drop_table("stand_arrivals")
    op.drop_table("fair_passes")
    op.drop_table("clicks")
    op.drop_table("gates")


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
