"""Reports of the alliance on a month, a quarter or a year: drafts, paragraphs and figures"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0092"
down_revision = "0090"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
SECTIONS = "section IN ('withdrawal', 'members', 'trade', 'fairs', 'programmes', 'support', 'goals', 'difficulties', 'next', 'proposals')"


def upgrade() -> None:
    op.create_table('period_reports',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('kind', sa.String(length=40), nullable=False),
        sa.Column('first_day', sa.Date(), nullable=False),
        sa.Column('last_day', sa.Date(), nullable=False),
        sa.Column('state', sa.String(length=40), nullable=False),
        sa.Column('turn', sa.Integer(), nullable=False),
        sa.Column('done', sa.SmallInteger(), nullable=False),
        sa.Column('steps', sa.SmallInteger(), nullable=False),
        sa.Column('as_of', sa.Date(), nullable=False),
        sa.Column('changed', JSON, nullable=False),
        sa.Column('annexes', JSON, nullable=False),
        sa.Column('begun_by_id', sa.Integer(), nullable=True),
        sa.Column('begun_at', MOMENT, nullable=False),
        sa.Column('counted_at', MOMENT, nullable=True),
        sa.Column('replaces_id', sa.Integer(), nullable=True),
        sa.Column('withdraws', sa.Boolean(), nullable=False),
        sa.Column('reason', sa.String(length=500), nullable=False),
        sa.Column('document_id', sa.Integer(), nullable=True),
        sa.Column('issued_by_id', sa.Integer(), nullable=True),
        sa.Column('issued_at', MOMENT, nullable=True),
        sa.CheckConstraint("kind IN ('month', 'quarter', 'year')", name=op.f('ck_period_reports_kind_known')),
        sa.CheckConstraint("state IN ('counting', 'draft', 'issued', 'replaced', 'withdrawn', 'dropped')", name=op.f('ck_period_reports_state_known')),
        sa.CheckConstraint('first_day <= last_day', name=op.f('ck_period_reports_days_in_order')),
        sa.CheckConstraint("(state IN ('issued', 'replaced', 'withdrawn')) = (document_id IS NOT NULL)", name=op.f('ck_period_reports_numbered_has_paper')),
        sa.CheckConstraint('(document_id IS NULL) = (issued_at IS NULL)', name=op.f('ck_period_reports_paper_has_time')),
        sa.CheckConstraint("(replaces_id IS NULL) = (reason = '')", name=op.f('ck_period_reports_says_why_it_replaces')),
        sa.CheckConstraint('NOT withdraws OR replaces_id IS NOT NULL', name=op.f('ck_period_reports_withdraws_another')),
        sa.CheckConstraint('done >= 0 AND done <= steps', name=op.f('ck_period_reports_done_within_steps')),
        sa.ForeignKeyConstraint(['begun_by_id'], ['people.id'], name=op.f('fk_period_reports_begun_by_id')),
        sa.ForeignKeyConstraint(['replaces_id'], ['period_reports.id'], name=op.f('fk_period_reports_replaces_id')),
        sa.ForeignKeyConstraint(['document_id'], ['issued_documents.id'], name=op.f('fk_period_reports_document_id')),
        sa.ForeignKeyConstraint(['issued_by_id'], ['people.id'], name=op.f('fk_period_reports_issued_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_period_reports')),
        sa.UniqueConstraint('document_id', name=op.f('uq_period_reports_document_id')),
        sa.UniqueConstraint('ref', name=op.f('uq_period_reports_ref'))
    )
    opened = sa.text("state IN ('counting', 'draft')")
    living = sa.text("state = 'issued'")
    op.create_index('uq_period_reports_open', 'period_reports', ['kind', 'first_day'], unique=True, sqlite_where=opened, postgresql_where=opened)
    op.create_index('uq_period_reports_living', 'period_reports', ['kind', 'first_day'], unique=True, sqlite_where=living, postgresql_where=living)
    op.create_index('ix_period_reports_last_day', 'period_reports', ['last_day', 'id'])
    op.create_index('ix_period_reports_state', 'period_reports', ['state'])
    op.create_table('report_paragraphs',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('report_id', sa.Integer(), nullable=False),
        sa.Column('section', sa.String(length=40), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('key', sa.String(length=40), nullable=False),
        sa.Column('drafted', sa.Text(), nullable=False),
        sa.Column('words', sa.Text(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('at', MOMENT, nullable=False),
        sa.CheckConstraint(SECTIONS, name=op.f('ck_report_paragraphs_section_known')),
        sa.CheckConstraint('version > 0', name=op.f('ck_report_paragraphs_counted_from_one')),
        sa.ForeignKeyConstraint(['report_id'], ['period_reports.id'], name=op.f('fk_report_paragraphs_report_id')),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_report_paragraphs_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_report_paragraphs'))
    )
    keyed = sa.text("key <> ''")
    op.create_index('ix_report_paragraphs_report_id', 'report_paragraphs', ['report_id', 'position'])
    op.create_index('uq_report_paragraphs_key', 'report_paragraphs', ['report_id', 'key'], unique=True, sqlite_where=keyed, postgresql_where=keyed)
    op.create_table('report_figures',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('report_id', sa.Integer(), nullable=False),
        sa.Column('code', sa.String(length=40), nullable=False),
        sa.Column('position', sa.SmallInteger(), nullable=False),
        sa.Column('measure', sa.String(length=40), nullable=False),
        sa.Column('value', sa.BigInteger(), nullable=True),
        sa.Column('before', sa.BigInteger(), nullable=True),
        sa.Column('was', sa.BigInteger(), nullable=True),
        sa.Column('turn', sa.Integer(), nullable=False),
        sa.CheckConstraint("measure IN ('count', 'dong', 'kg')", name=op.f('ck_report_figures_measure_known')),
        sa.ForeignKeyConstraint(['report_id'], ['period_reports.id'], name=op.f('fk_report_figures_report_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_report_figures')),
        sa.UniqueConstraint('report_id', 'code', name=op.f('uq_report_figures_report_id_code'))
    )


def downgrade() -> None:
    op.drop_table('report_figures')
    op.drop_table('report_paragraphs')
    op.drop_table('period_reports')
