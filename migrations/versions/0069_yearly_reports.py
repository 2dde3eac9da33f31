"""What cooperatives report each year, as it was handed in and answered"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0069"
down_revision = "0063"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NO = "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
FIRM = ("annual_report_versions", "annual_report_verdicts")


def upgrade() -> None:
    op.create_table('annual_reports',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('cooperative_id', sa.Integer(), nullable=False),
        sa.Column('year', sa.SmallInteger(), nullable=False),
        sa.Column('state', sa.String(length=40), nullable=False),
        sa.Column('sent', sa.SmallInteger(), nullable=False),
        sa.Column('standing', sa.SmallInteger(), nullable=True),
        sa.Column('accepted', sa.SmallInteger(), nullable=True),
        sa.Column('why', sa.String(length=500), nullable=False),
        sa.Column('begun_at', MOMENT, nullable=False),
        sa.Column('saved_at', MOMENT, nullable=False),
        sa.Column('members_start', sa.Integer(), nullable=True),
        sa.Column('members_end', sa.Integer(), nullable=True),
        sa.Column('workers', sa.Integer(), nullable=True),
        sa.Column('avg_member_income', sa.BigInteger(), nullable=True),
        sa.Column('revenue_total', sa.BigInteger(), nullable=True),
        sa.Column('revenue_with_members', sa.BigInteger(), nullable=True),
        sa.Column('cost', sa.BigInteger(), nullable=True),
        sa.Column('profit_before_tax', sa.BigInteger(), nullable=True),
        sa.Column('profit_after_tax', sa.BigInteger(), nullable=True),
        sa.Column('tax_paid', sa.BigInteger(), nullable=True),
        sa.Column('value_added', sa.BigInteger(), nullable=True),
        sa.Column('total_assets', sa.BigInteger(), nullable=True),
        sa.Column('undivided_assets', sa.BigInteger(), nullable=True),
        sa.Column('equity', sa.BigInteger(), nullable=True),
        sa.Column('charter_capital', sa.BigInteger(), nullable=True),
        sa.Column('fund_development', sa.BigInteger(), nullable=True),
        sa.Column('fund_reserve', sa.BigInteger(), nullable=True),
        sa.Column('fund_other', sa.BigInteger(), nullable=True),
        sa.Column('services_list', sa.Text(), nullable=False),
        sa.Column('main_products', sa.Text(), nullable=False),
        sa.Column('investments', sa.Text(), nullable=False),
        sa.Column('difficulties', sa.Text(), nullable=False),
        sa.Column('proposals', sa.Text(), nullable=False),
        sa.CheckConstraint("sent > 0 OR state = 'draft'", name=op.f('ck_annual_reports_unsent_is_draft')),
        sa.CheckConstraint("state <> 'accepted' OR accepted = sent", name=op.f('ck_annual_reports_accepted_the_last')),
        sa.CheckConstraint("state <> 'submitted' OR standing IS NOT NULL", name=op.f('ck_annual_reports_submitted_stands')),
        sa.CheckConstraint("state IN ('draft', 'submitted', 'accepted', 'returned')", name=op.f('ck_annual_reports_state_known')),
        sa.CheckConstraint('accepted IS NULL OR accepted BETWEEN 1 AND sent', name=op.f('ck_annual_reports_accepted_was_sent')),
        sa.CheckConstraint('accepted IS NULL OR standing = accepted', name=op.f('ck_annual_reports_accepted_stands')),
        sa.CheckConstraint('sent >= 0', name=op.f('ck_annual_reports_sent_not_negative')),
        sa.CheckConstraint('standing IS NULL OR standing BETWEEN 1 AND sent', name=op.f('ck_annual_reports_standing_was_sent')),
        sa.CheckConstraint('year BETWEEN 1997 AND 2100', name=op.f('ck_annual_reports_year_range')),
        sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_annual_reports_cooperative_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_annual_reports')),
        sa.UniqueConstraint('cooperative_id', 'year', name=op.f('uq_annual_reports_cooperative_id_year')),
        sa.UniqueConstraint('ref', name=op.f('uq_annual_reports_ref'))
    )
    op.create_index('ix_annual_reports_year_state', 'annual_reports', ['year', 'state', 'id'], unique=False)
    op.create_table('annual_report_versions',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('report_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.SmallInteger(), nullable=False),
        sa.Column('entered', sa.String(length=40), nullable=False),
        sa.Column('told_by', sa.String(length=120), nullable=False),
        sa.Column('why', sa.String(length=500), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('at', MOMENT, nullable=False),
        sa.Column('members_start', sa.Integer(), nullable=True),
        sa.Column('members_end', sa.Integer(), nullable=True),
        sa.Column('workers', sa.Integer(), nullable=True),
        sa.Column('avg_member_income', sa.BigInteger(), nullable=True),
        sa.Column('revenue_total', sa.BigInteger(), nullable=True),
        sa.Column('revenue_with_members', sa.BigInteger(), nullable=True),
        sa.Column('cost', sa.BigInteger(), nullable=True),
        sa.Column('profit_before_tax', sa.BigInteger(), nullable=True),
        sa.Column('profit_after_tax', sa.BigInteger(), nullable=True),
        sa.Column('tax_paid', sa.BigInteger(), nullable=True),
        sa.Column('value_added', sa.BigInteger(), nullable=True),
        sa.Column('total_assets', sa.BigInteger(), nullable=True),
        sa.Column('undivided_assets', sa.BigInteger(), nullable=True),
        sa.Column('equity', sa.BigInteger(), nullable=True),
        sa.Column('charter_capital', sa.BigInteger(), nullable=True),
        sa.Column('fund_development', sa.BigInteger(), nullable=True),
        sa.Column('fund_reserve', sa.BigInteger(), nullable=True),
        sa.Column('fund_other', sa.BigInteger(), nullable=True),
        sa.Column('services_list', sa.Text(), nullable=False),
        sa.Column('main_products', sa.Text(), nullable=False),
        sa.Column('investments', sa.Text(), nullable=False),
        sa.Column('difficulties', sa.Text(), nullable=False),
        sa.Column('proposals', sa.Text(), nullable=False),
        sa.CheckConstraint("(entered = 'online') = (told_by = '')", name=op.f('ck_annual_report_versions_told_by_somebody')),
        sa.CheckConstraint("entered IN ('online', 'phone', 'paper')", name=op.f('ck_annual_report_versions_entered_known')),
        sa.CheckConstraint('equity <= total_assets', name=op.f('ck_annual_report_versions_equity_within_assets')),
        sa.CheckConstraint('members_start >= 0 AND members_end >= 0 AND workers >= 0', name=op.f('ck_annual_report_versions_heads_not_negative')),
        sa.CheckConstraint('members_start IS NOT NULL AND members_end IS NOT NULL AND workers IS NOT NULL AND revenue_total IS NOT NULL AND cost IS NOT NULL AND profit_before_tax IS NOT NULL AND profit_after_tax IS NOT NULL AND total_assets IS NOT NULL AND equity IS NOT NULL', name=op.f('ck_annual_report_versions_complete')),
        sa.CheckConstraint('number > 0', name=op.f('ck_annual_report_versions_counted_from_one')),
        sa.CheckConstraint('profit_after_tax <= profit_before_tax', name=op.f('ck_annual_report_versions_profit_after_within_before')),
        sa.CheckConstraint('revenue_total >= 0 AND cost >= 0 AND total_assets >= 0', name=op.f('ck_annual_report_versions_sums_not_negative')),
        sa.CheckConstraint('revenue_with_members <= revenue_total', name=op.f('ck_annual_report_versions_members_within_revenue')),
        sa.CheckConstraint('undivided_assets <= total_assets', name=op.f('ck_annual_report_versions_undivided_within_assets')),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_annual_report_versions_by_id')),
        sa.ForeignKeyConstraint(['report_id'], ['annual_reports.id'], name=op.f('fk_annual_report_versions_report_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_annual_report_versions')),
        sa.UniqueConstraint('report_id', 'number', name=op.f('uq_annual_report_versions_report_id_number'))
    )
    op.create_table('annual_report_verdicts',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('version_id', sa.Integer(), nullable=False),
        sa.Column('accepted', sa.Boolean(), nullable=False),
        sa.Column('reason', sa.String(length=500), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('at', MOMENT, nullable=False),
        sa.CheckConstraint("accepted OR reason <> ''", name=op.f('ck_annual_report_verdicts_returned_with_reason')),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_annual_report_verdicts_by_id')),
        sa.ForeignKeyConstraint(['version_id'], ['annual_report_versions.id'], name=op.f('fk_annual_report_verdicts_version_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_annual_report_verdicts')),
        sa.UniqueConstraint('version_id', name=op.f('uq_annual_report_verdicts_version_id'))
    )
    for table in FIRM:
        _firm(table)


def downgrade() -> None:
    op.drop_table("annual_report_verdicts")
    op.drop_table("annual_report_versions")
    op.drop_table("annual_reports")


def _firm(table: str) -> None:
    """Rows that are never changed or deleted."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION forbid_change()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} " + NO.format(table=table))
