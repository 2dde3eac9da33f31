"""What cooperatives let the alliance decide, calls on the telephone, complaints to the alliance"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0082"
down_revision = "0073"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table('delegations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('cooperative_id', sa.Integer(), nullable=False),
    sa.Column('matter', sa.String(length=40), nullable=False),
    sa.Column('officer_id', sa.Integer(), nullable=True),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('came', sa.String(length=40), nullable=False),
    sa.Column('given_by', sa.String(length=120), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('confirmed_by_id', sa.Integer(), nullable=True),
    sa.Column('confirmed_at', MOMENT, nullable=True),
    sa.Column('ended_by_id', sa.Integer(), nullable=True),
    sa.Column('ended_at', MOMENT, nullable=True),
    sa.CheckConstraint("(came = 'paper') = (document_id IS NOT NULL)", name=op.f('ck_delegations_paper_has_scan')),
    sa.CheckConstraint("(state IN ('declined', 'withdrawn', 'replaced')) = (ended_at IS NOT NULL)", name=op.f('ck_delegations_ended_at_a_time')),
    sa.CheckConstraint("came IN ('desk', 'paper')", name=op.f('ck_delegations_came_known')),
    sa.CheckConstraint("given_by <> ''", name=op.f('ck_delegations_given_by_somebody')),
    sa.CheckConstraint("matter IN ('quotes', 'calls', 'reports')", name=op.f('ck_delegations_matter_known')),
    sa.CheckConstraint("state <> 'standing' OR confirmed_at IS NOT NULL", name=op.f('ck_delegations_stands_when_confirmed')),
    sa.CheckConstraint("state <> 'waiting' OR came = 'paper'", name=op.f('ck_delegations_only_paper_waits')),
    sa.CheckConstraint("state IN ('waiting', 'standing', 'declined', 'withdrawn', 'replaced')", name=op.f('ck_delegations_state_known')),
    sa.CheckConstraint('last_day >= first_day', name=op.f('ck_delegations_days_in_order')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_delegations_by_id')),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['people.id'], name=op.f('fk_delegations_confirmed_by_id')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_delegations_cooperative_id')),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_delegations_document_id')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['people.id'], name=op.f('fk_delegations_ended_by_id')),
    sa.ForeignKeyConstraint(['officer_id'], ['people.id'], name=op.f('fk_delegations_officer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delegations')),
    sa.UniqueConstraint('ref', name=op.f('uq_delegations_ref'))
    )
    op.create_index('ix_delegations_cooperative_id', 'delegations', ['cooperative_id', 'id'], unique=False)
    op.create_index('ix_delegations_state', 'delegations', ['state', 'id'], unique=False)
    op.create_index(
        'uq_delegations_of_office', 'delegations', ['cooperative_id', 'matter'], unique=True,
        sqlite_where=sa.text("state IN ('waiting', 'standing') AND officer_id IS NULL"),
        postgresql_where=sa.text("state IN ('waiting', 'standing') AND officer_id IS NULL"),
    )
    op.create_index(
        'uq_delegations_of_officer', 'delegations', ['cooperative_id', 'matter', 'officer_id'], unique=True,
        sqlite_where=sa.text("state IN ('waiting', 'standing') AND officer_id IS NOT NULL"),
        postgresql_where=sa.text("state IN ('waiting', 'standing') AND officer_id IS NOT NULL"),
    )
    op.create_table('phone_calls',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('cooperative_id', sa.Integer(), nullable=True),
    sa.Column('caller', sa.String(length=120), nullable=False),
    sa.Column('phone', sa.String(length=20), nullable=False),
    sa.Column('topic', sa.String(length=40), nullable=False),
    sa.Column('words', sa.String(length=2000), nullable=False),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('ended_at', MOMENT, nullable=True),
    sa.Column('follow_up_on', sa.Date(), nullable=True),
    sa.Column('done_at', MOMENT, nullable=True),
    sa.Column('done_by_id', sa.Integer(), nullable=True),
    sa.Column('done_words', sa.String(length=500), nullable=False),
    sa.CheckConstraint("caller <> ''", name=op.f('ck_phone_calls_called_by_somebody')),
    sa.CheckConstraint("topic IN ('trade', 'contract', 'fair', 'support', 'registry', 'officer', 'other')", name=op.f('ck_phone_calls_topic_known')),
    sa.CheckConstraint("words <> ''", name=op.f('ck_phone_calls_has_words')),
    sa.CheckConstraint('(done_at IS NULL) = (done_by_id IS NULL)', name=op.f('ck_phone_calls_done_by_somebody')),
    sa.CheckConstraint('done_at IS NULL OR follow_up_on IS NOT NULL', name=op.f('ck_phone_calls_only_follow_ups_are_done')),
    sa.CheckConstraint('ended_at IS NULL OR ended_at >= at', name=op.f('ck_phone_calls_ends_after_it_began')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_phone_calls_by_id')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_phone_calls_cooperative_id')),
    sa.ForeignKeyConstraint(['done_by_id'], ['people.id'], name=op.f('fk_phone_calls_done_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_phone_calls')),
    sa.UniqueConstraint('ref', name=op.f('uq_phone_calls_ref'))
    )
    op.create_index('ix_phone_calls_by_id', 'phone_calls', ['by_id', 'ended_at', 'id'], unique=False)
    op.create_index('ix_phone_calls_cooperative_id', 'phone_calls', ['cooperative_id', 'id'], unique=False)
    op.create_index('ix_phone_calls_follow_up', 'phone_calls', ['done_at', 'follow_up_on', 'id'], unique=False)
    op.create_table('phone_call_entries',
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['call_id'], ['phone_calls.id'], name=op.f('fk_phone_call_entries_call_id')),
    sa.ForeignKeyConstraint(['entry_id'], ['told_entries.id'], name=op.f('fk_phone_call_entries_entry_id')),
    sa.PrimaryKeyConstraint('call_id', 'entry_id', name=op.f('pk_phone_call_entries'))
    )
    op.create_table('alliance_complaints',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('once', sa.String(length=32), nullable=False),
    sa.Column('topic', sa.String(length=40), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=255), nullable=False),
    sa.Column('phone', sa.String(length=20), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('locale', sa.String(length=2), nullable=False),
    sa.Column('words', sa.String(length=3000), nullable=False),
    sa.Column('against_id', sa.Integer(), nullable=True),
    sa.Column('about', sa.String(length=60), nullable=False),
    sa.Column('about_url', sa.String(length=255), nullable=False),
    sa.Column('year', sa.SmallInteger(), nullable=False),
    sa.Column('received_at', MOMENT, nullable=False),
    sa.Column('confirm_by', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('confirmed_at', MOMENT, nullable=True),
    sa.Column('assigned_to_id', sa.Integer(), nullable=True),
    sa.Column('answer', sa.String(length=3000), nullable=False),
    sa.Column('answered_at', MOMENT, nullable=True),
    sa.Column('answered_late', sa.Boolean(), nullable=False),
    sa.Column('appeal', sa.String(length=3000), nullable=False),
    sa.Column('appealed_at', MOMENT, nullable=True),
    sa.Column('second_answer', sa.String(length=3000), nullable=False),
    sa.Column('closed_at', MOMENT, nullable=True),
    sa.Column('entered_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(appealed_at IS NULL) = (appeal = '')", name=op.f('ck_alliance_complaints_appeal_has_words')),
    sa.CheckConstraint("(state IN ('closed', 'withdrawn')) = (closed_at IS NOT NULL)", name=op.f('ck_alliance_complaints_closed_at_a_time')),
    sa.CheckConstraint("about_url = '' OR about_url LIKE '/office/%'", name=op.f('ck_alliance_complaints_about_is_of_the_office')),
    sa.CheckConstraint("second_answer = '' OR appealed_at IS NOT NULL", name=op.f('ck_alliance_complaints_second_answer_to_an_appeal')),
    sa.CheckConstraint("state <> 'reopened' OR appealed_at IS NOT NULL", name=op.f('ck_alliance_complaints_reopened_by_appeal')),
    sa.CheckConstraint("state = 'received' OR state = 'withdrawn' OR confirmed_at IS NOT NULL", name=op.f('ck_alliance_complaints_confirmed')),
    sa.CheckConstraint("state IN ('received', 'working', 'answered', 'reopened', 'closed', 'withdrawn')", name=op.f('ck_alliance_complaints_state_known')),
    sa.CheckConstraint("state NOT IN ('answered', 'reopened', 'closed') OR (answer <> '' AND answered_at IS NOT NULL)", name=op.f('ck_alliance_complaints_answered_with_words')),
    sa.CheckConstraint("topic IN ('trade', 'contract', 'fair', 'support', 'registry', 'officer', 'other')", name=op.f('ck_alliance_complaints_topic_known')),
    sa.CheckConstraint("words <> '' AND name <> ''", name=op.f('ck_alliance_complaints_has_words_and_name')),
    sa.CheckConstraint('person_id IS NOT NULL OR entered_by_id IS NOT NULL', name=op.f('ck_alliance_complaints_somebody_entered_it')),
    sa.ForeignKeyConstraint(['against_id'], ['organisations.id'], name=op.f('fk_alliance_complaints_against_id')),
    sa.ForeignKeyConstraint(['assigned_to_id'], ['people.id'], name=op.f('fk_alliance_complaints_assigned_to_id')),
    sa.ForeignKeyConstraint(['entered_by_id'], ['people.id'], name=op.f('fk_alliance_complaints_entered_by_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_alliance_complaints_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_alliance_complaints_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alliance_complaints')),
    sa.UniqueConstraint('ref', name=op.f('uq_alliance_complaints_ref'))
    )
    op.create_index('ix_alliance_complaints_person_id', 'alliance_complaints', ['person_id', 'id'], unique=False)
    op.create_index('ix_alliance_complaints_state_due_on', 'alliance_complaints', ['state', 'due_on', 'id'], unique=False)
    op.create_index('ix_alliance_complaints_year', 'alliance_complaints', ['year', 'topic'], unique=False)
    op.create_index(
        'uq_alliance_complaints_once', 'alliance_complaints', ['person_id', 'once'], unique=True,
        sqlite_where=sa.text("once <> ''"),
        postgresql_where=sa.text("once <> ''"),
    )


def downgrade() -> None:
    for table in ("alliance_complaints", "phone_call_entries", "phone_calls", "delegations"):
        op.drop_table(table)
