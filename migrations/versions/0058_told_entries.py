"""What officers write down for others, and whether it is right; lines of the diary that a phone sends late"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table('told_entries',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('kind', sa.String(length=20), nullable=False),
        sa.Column('subject_id', sa.Integer(), nullable=False),
        sa.Column('turn', sa.String(length=90), nullable=False),
        sa.Column('organisation_id', sa.Integer(), nullable=False),
        sa.Column('what_vi', sa.String(length=600), nullable=False),
        sa.Column('what_en', sa.String(length=600), nullable=False),
        sa.Column('told_by', sa.String(length=120), nullable=False),
        sa.Column('url', sa.String(length=255), nullable=False),
        sa.Column('office_url', sa.String(length=255), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('at', MOMENT, nullable=False),
        sa.Column('state', sa.String(length=40), nullable=False),
        sa.Column('answered_by_id', sa.Integer(), nullable=True),
        sa.Column('answered_at', MOMENT, nullable=True),
        sa.Column('words', sa.String(length=500), nullable=False),
        sa.Column('settled_by_id', sa.Integer(), nullable=True),
        sa.Column('settled_at', MOMENT, nullable=True),
        sa.CheckConstraint("state IN ('unconfirmed', 'confirmed', 'denied', 'settled', 'replaced')", name=op.f('ck_told_entries_state_known')),
        sa.CheckConstraint("state <> 'unconfirmed' OR answered_at IS NULL", name=op.f('ck_told_entries_unconfirmed_not_answered')),
        sa.CheckConstraint("state NOT IN ('confirmed', 'denied', 'settled') OR answered_at IS NOT NULL", name=op.f('ck_told_entries_answered_at_a_time')),
        sa.CheckConstraint("state NOT IN ('denied', 'settled') OR words <> ''", name=op.f('ck_told_entries_denied_with_words')),
        sa.CheckConstraint("(state = 'settled') = (settled_at IS NOT NULL)", name=op.f('ck_told_entries_settled_at_a_time')),
        sa.CheckConstraint("told_by <> ''", name=op.f('ck_told_entries_told_by_somebody')),
        sa.ForeignKeyConstraint(['answered_by_id'], ['people.id'], name=op.f('fk_told_entries_answered_by_id')),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_told_entries_by_id')),
        sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_told_entries_organisation_id')),
        sa.ForeignKeyConstraint(['settled_by_id'], ['people.id'], name=op.f('fk_told_entries_settled_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_told_entries')),
        sa.UniqueConstraint('kind', 'subject_id', 'turn', name=op.f('uq_told_entries_kind_subject_id_turn')),
        sa.UniqueConstraint('ref', name=op.f('uq_told_entries_ref'))
    )
    op.create_index('ix_told_entries_organisation_id_state', 'told_entries', ['organisation_id', 'state', 'id'], unique=False)
    op.create_index('ix_told_entries_state', 'told_entries', ['state', 'id'], unique=False)
    op.create_table('diary_sendings',
        sa.Column('client', sa.String(length=36), nullable=False),
        sa.Column('entry_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['entry_id'], ['diary_entries.id'], name=op.f('fk_diary_sendings_entry_id')),
        sa.PrimaryKeyConstraint('client', name=op.f('pk_diary_sendings')),
        sa.UniqueConstraint('entry_id', name=op.f('uq_diary_sendings_entry_id'))
    )


def downgrade() -> None:
    op.drop_table('diary_sendings')
    op.drop_table('told_entries')
