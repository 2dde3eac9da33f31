"""The trail is searched by person, member, kind and time; reports of visitors, take-downs and appeals"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0087"
down_revision = "0085"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
REASONS = "reason IN ('false', 'stolen', 'forbidden', 'private', 'insult', 'other')"
INDEXES = {
    "ix_audit_entries_at": ["at", "id"],
    "ix_audit_entries_actor": ["actor_id", "at", "id"],
    "ix_audit_entries_behalf": ["on_behalf_of_id", "at", "id"],
    "ix_audit_entries_kind": ["kind", "at", "id"],
}


def upgrade() -> None:
    for name, columns in INDEXES.items():
        op.create_index(name, "audit_entries", columns)
    op.create_table('page_reports',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=30), nullable=False),
        sa.Column('subject_id', sa.Integer(), nullable=False),
        sa.Column('label', sa.String(length=255), nullable=False),
        sa.Column('reason', sa.String(length=40), nullable=False),
        sa.Column('words', sa.String(length=1000), nullable=False),
        sa.Column('contact', sa.String(length=254), nullable=False),
        sa.Column('locale', sa.String(length=2), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('at', MOMENT, nullable=False),
        sa.Column('outcome', sa.String(length=40), nullable=True),
        sa.Column('closed_at', MOMENT, nullable=True),
        sa.Column('closed_by_id', sa.Integer(), nullable=True),
        sa.CheckConstraint(REASONS, name=op.f('ck_page_reports_reason_known')),
        sa.CheckConstraint("outcome IN ('kept', 'taken_down')", name=op.f('ck_page_reports_outcome_known')),
        sa.CheckConstraint('(closed_at IS NULL) = (outcome IS NULL)', name=op.f('ck_page_reports_closed_has_outcome')),
        sa.CheckConstraint("closed_at IS NULL OR contact = ''", name=op.f('ck_page_reports_answered_forgets_contact')),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_page_reports_by_id')),
        sa.ForeignKeyConstraint(['closed_by_id'], ['people.id'], name=op.f('fk_page_reports_closed_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_page_reports'))
    )
    op.create_index('ix_page_reports_subject', 'page_reports', ['kind', 'subject_id', 'id'])
    op.create_index('ix_page_reports_outcome', 'page_reports', ['outcome', 'id'])
    op.create_table('takedowns',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('kind', sa.String(length=30), nullable=False),
        sa.Column('subject_id', sa.Integer(), nullable=False),
        sa.Column('label', sa.String(length=255), nullable=False),
        sa.Column('url', sa.String(length=255), nullable=False),
        sa.Column('hides', sa.Boolean(), nullable=False),
        sa.Column('kept', JSON, nullable=False),
        sa.Column('organisation_id', sa.Integer(), nullable=False),
        sa.Column('state', sa.String(length=40), nullable=False),
        sa.Column('reason', sa.String(length=40), nullable=False),
        sa.Column('words', sa.String(length=1000), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('at', MOMENT, nullable=False),
        sa.Column('appeal_until', MOMENT, nullable=False),
        sa.Column('appeal', sa.String(length=1000), nullable=False),
        sa.Column('appealed_by_id', sa.Integer(), nullable=True),
        sa.Column('appealed_at', MOMENT, nullable=True),
        sa.Column('answer', sa.String(length=1000), nullable=False),
        sa.Column('decided_by_id', sa.Integer(), nullable=True),
        sa.Column('decided_at', MOMENT, nullable=True),
        sa.CheckConstraint("state IN ('standing', 'appealed', 'upheld', 'restored', 'mended')", name=op.f('ck_takedowns_state_known')),
        sa.CheckConstraint(REASONS, name=op.f('ck_takedowns_reason_known')),
        sa.CheckConstraint("words <> ''", name=op.f('ck_takedowns_says_why')),
        sa.CheckConstraint("(appeal = '') = (appealed_at IS NULL)", name=op.f('ck_takedowns_appeal_has_time')),
        sa.CheckConstraint("state NOT IN ('appealed', 'upheld') OR appealed_at IS NOT NULL", name=op.f('ck_takedowns_appeal_first')),
        sa.CheckConstraint("(state IN ('upheld', 'restored', 'mended')) = (decided_at IS NOT NULL)", name=op.f('ck_takedowns_decided_has_time')),
        sa.CheckConstraint("appealed_at IS NULL OR decided_by_id IS NULL OR state = 'mended' OR decided_by_id <> by_id", name=op.f('ck_takedowns_appeal_decided_by_another')),
        sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_takedowns_organisation_id')),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_takedowns_by_id')),
        sa.ForeignKeyConstraint(['appealed_by_id'], ['people.id'], name=op.f('fk_takedowns_appealed_by_id')),
        sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_takedowns_decided_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_takedowns')),
        sa.UniqueConstraint('ref', name=op.f('uq_takedowns_ref'))
    )
    living = sa.text("state IN ('standing', 'appealed', 'upheld')")
    op.create_index('uq_takedowns_living', 'takedowns', ['kind', 'subject_id'], unique=True, sqlite_where=living, postgresql_where=living)
    op.create_index('ix_takedowns_state', 'takedowns', ['state', 'id'])
    op.create_index('ix_takedowns_organisation_id', 'takedowns', ['organisation_id', 'id'])
    op.create_index('ix_takedowns_url', 'takedowns', ['url'])


def downgrade() -> None:
    op.drop_table('takedowns')
    op.drop_table('page_reports')
    for name in INDEXES:
        op.drop_index(name, "audit_entries")
