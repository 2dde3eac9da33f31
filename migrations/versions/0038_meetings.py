"""Meetings of buyers and exhibitors at fairs: rounds, guests, wishes, the timetable"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table('meeting_rounds',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('fair_id', sa.Integer(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('opens', sa.Time(), nullable=False),
        sa.Column('closes', sa.Time(), nullable=False),
        sa.Column('minutes', sa.SmallInteger(), nullable=False),
        sa.Column('tables', sa.SmallInteger(), nullable=False),
        sa.Column('breaks', JSON, nullable=False),
        sa.Column('place', sa.String(length=160), nullable=False),
        sa.Column('most_wishes', sa.SmallInteger(), nullable=False),
        sa.Column('wishes_until', MOMENT, nullable=False),
        sa.Column('state', sa.String(length=40), nullable=False),
        sa.Column('made_at', MOMENT, nullable=False),
        sa.Column('asked_at', MOMENT, nullable=True),
        sa.Column('computed_at', MOMENT, nullable=True),
        sa.Column('published_at', MOMENT, nullable=True),
        sa.Column('cancelled_reason', sa.String(length=400), nullable=False),
        sa.Column('figures', JSON, nullable=False),
        sa.CheckConstraint("state <> 'cancelled' OR cancelled_reason <> ''", name=op.f('ck_meeting_rounds_cancelled_has_reason')),
        sa.CheckConstraint("state <> 'published' OR published_at IS NOT NULL", name=op.f('ck_meeting_rounds_published_has_time')),
        sa.CheckConstraint("state IN ('draft', 'open', 'computed', 'published', 'cancelled')", name=op.f('ck_meeting_rounds_state_known')),
        sa.CheckConstraint("state NOT IN ('computed', 'published') OR computed_at IS NOT NULL", name=op.f('ck_meeting_rounds_computed_has_time')),
        sa.CheckConstraint('closes > opens', name=op.f('ck_meeting_rounds_hours_in_order')),
        sa.CheckConstraint('minutes BETWEEN 5 AND 240', name=op.f('ck_meeting_rounds_minutes_sensible')),
        sa.CheckConstraint('most_wishes BETWEEN 1 AND 50', name=op.f('ck_meeting_rounds_most_wishes_sensible')),
        sa.CheckConstraint('tables BETWEEN 1 AND 200', name=op.f('ck_meeting_rounds_tables_sensible')),
        sa.ForeignKeyConstraint(['fair_id'], ['fairs.id'], name=op.f('fk_meeting_rounds_fair_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_rounds')),
        sa.UniqueConstraint('ref', name=op.f('uq_meeting_rounds_ref'))
    )
    op.create_index('ix_meeting_rounds_asked_at', 'meeting_rounds', ['asked_at'], unique=False)
    op.create_index('ix_meeting_rounds_fair_id', 'meeting_rounds', ['fair_id', 'day'], unique=False)
    op.create_table('meeting_guests',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('round_id', sa.Integer(), nullable=False),
        sa.Column('organisation_id', sa.Integer(), nullable=True),
        sa.Column('stand_id', sa.Integer(), nullable=True),
        sa.Column('away', JSON, nullable=False),
        sa.Column('interests', sa.String(length=300), nullable=False),
        sa.Column('takes_part', sa.Boolean(), nullable=False),
        sa.Column('answered_at', MOMENT, nullable=True),
        sa.Column('joined_at', MOMENT, nullable=False),
        sa.CheckConstraint('(organisation_id IS NULL) <> (stand_id IS NULL)', name=op.f('ck_meeting_guests_buyer_or_stand')),
        sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_meeting_guests_organisation_id')),
        sa.ForeignKeyConstraint(['round_id'], ['meeting_rounds.id'], name=op.f('fk_meeting_guests_round_id')),
        sa.ForeignKeyConstraint(['stand_id'], ['stands.id'], name=op.f('fk_meeting_guests_stand_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_guests')),
        sa.UniqueConstraint('ref', name=op.f('uq_meeting_guests_ref')),
        sa.UniqueConstraint('round_id', 'organisation_id', name=op.f('uq_meeting_guests_round_id_organisation_id')),
        sa.UniqueConstraint('round_id', 'stand_id', name=op.f('uq_meeting_guests_round_id_stand_id'))
    )
    op.create_index('ix_meeting_guests_organisation_id', 'meeting_guests', ['organisation_id'], unique=False)
    op.create_index('ix_meeting_guests_stand_id', 'meeting_guests', ['stand_id'], unique=False)
    op.create_table('meeting_wishes',
        sa.Column('from_id', sa.Integer(), nullable=False),
        sa.Column('to_id', sa.Integer(), nullable=False),
        sa.Column('rank', sa.SmallInteger(), nullable=False),
        sa.CheckConstraint('from_id <> to_id', name=op.f('ck_meeting_wishes_not_oneself')),
        sa.CheckConstraint('rank BETWEEN 1 AND 50', name=op.f('ck_meeting_wishes_rank_known')),
        sa.ForeignKeyConstraint(['from_id'], ['meeting_guests.id'], name=op.f('fk_meeting_wishes_from_id')),
        sa.ForeignKeyConstraint(['to_id'], ['meeting_guests.id'], name=op.f('fk_meeting_wishes_to_id')),
        sa.PrimaryKeyConstraint('from_id', 'to_id', name=op.f('pk_meeting_wishes'))
    )
    op.create_index('ix_meeting_wishes_to_id', 'meeting_wishes', ['to_id'], unique=False)
    op.create_table('meetings',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('round_id', sa.Integer(), nullable=False),
        sa.Column('starts', sa.Time(), nullable=False),
        sa.Column('table_no', sa.SmallInteger(), nullable=False),
        sa.Column('buyer_id', sa.Integer(), nullable=False),
        sa.Column('exhibitor_id', sa.Integer(), nullable=False),
        sa.Column('state', sa.String(length=40), nullable=False),
        sa.Column('by_hand', sa.Boolean(), nullable=False),
        sa.Column('version', sa.SmallInteger(), nullable=False),
        sa.Column('made_at', MOMENT, nullable=False),
        sa.Column('told_at', MOMENT, nullable=True),
        sa.Column('reason', sa.String(length=400), nullable=False),
        sa.Column('result', sa.String(length=40), nullable=True),
        sa.Column('result_words', sa.Text(), nullable=False),
        sa.Column('noted_by_id', sa.Integer(), nullable=True),
        sa.Column('noted_at', MOMENT, nullable=True),
        sa.CheckConstraint("(state = 'held') = (result IS NOT NULL)", name=op.f('ck_meetings_held_has_result')),
        sa.CheckConstraint("result IN ('talked', 'samples', 'offer', 'visit', 'memorandum', 'contract', 'nothing')", name=op.f('ck_meetings_result_known')),
        sa.CheckConstraint("state <> 'cancelled' OR reason <> ''", name=op.f('ck_meetings_cancelled_has_reason')),
        sa.CheckConstraint("state IN ('planned', 'held', 'cancelled')", name=op.f('ck_meetings_state_known')),
        sa.CheckConstraint('table_no >= 1', name=op.f('ck_meetings_table_known')),
        sa.ForeignKeyConstraint(['buyer_id'], ['meeting_guests.id'], name=op.f('fk_meetings_buyer_id')),
        sa.ForeignKeyConstraint(['exhibitor_id'], ['meeting_guests.id'], name=op.f('fk_meetings_exhibitor_id')),
        sa.ForeignKeyConstraint(['noted_by_id'], ['people.id'], name=op.f('fk_meetings_noted_by_id')),
        sa.ForeignKeyConstraint(['round_id'], ['meeting_rounds.id'], name=op.f('fk_meetings_round_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_meetings')),
        sa.UniqueConstraint('ref', name=op.f('uq_meetings_ref'))
    )
    op.create_index('ix_meetings_exhibitor_id', 'meetings', ['exhibitor_id'], unique=False)
    op.create_index('uq_meetings_buyer', 'meetings', ['round_id', 'starts', 'buyer_id'], unique=True, sqlite_where=sa.text("state <> 'cancelled'"), postgresql_where=sa.text("state <> 'cancelled'"))
    op.create_index('uq_meetings_exhibitor', 'meetings', ['round_id', 'starts', 'exhibitor_id'], unique=True, sqlite_where=sa.text("state <> 'cancelled'"), postgresql_where=sa.text("state <> 'cancelled'"))
    op.create_index('uq_meetings_pair', 'meetings', ['buyer_id', 'exhibitor_id'], unique=True, sqlite_where=sa.text("state <> 'cancelled'"), postgresql_where=sa.text("state <> 'cancelled'"))
    op.create_index('uq_meetings_table', 'meetings', ['round_id', 'starts', 'table_no'], unique=True, sqlite_where=sa.text("state <> 'cancelled'"), postgresql_where=sa.text("state <> 'cancelled'"))


def downgrade() -> None:
    op.drop_table("meetings")
    op.drop_table("meeting_wishes")
    op.drop_table("meeting_guests")
    op.drop_table("meeting_rounds")
