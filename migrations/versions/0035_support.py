"""Support by norms: dated norms, budgets by source, promises, claims, what was paid."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
GUARDED = ('support_payments',)


def upgrade() -> None:
    op.create_table('support_budgets',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('purpose', sa.String(length=40), nullable=False),
        sa.Column('subject_id', sa.Integer(), nullable=False),
        sa.Column('source', sa.String(length=40), nullable=False),
        sa.Column('amount', sa.BigInteger(), nullable=False),
        sa.Column('held', sa.BigInteger(), nullable=False),
        sa.Column('approved', sa.BigInteger(), nullable=False),
        sa.Column('paid', sa.BigInteger(), nullable=False),
        sa.Column('changed_by_id', sa.Integer(), nullable=True),
        sa.Column('changed_at', MOMENT, nullable=False),
        sa.CheckConstraint("purpose IN ('fair')", name=op.f('ck_support_budgets_purpose_known')),
        sa.CheckConstraint("source IN ('province', 'nation', 'alliance', 'exhibitors', 'sponsors')", name=op.f('ck_support_budgets_source_known')),
        sa.CheckConstraint('approved <= held', name=op.f('ck_support_budgets_approved_within_held')),
        sa.CheckConstraint('held <= amount', name=op.f('ck_support_budgets_held_within_budget')),
        sa.CheckConstraint('paid <= approved', name=op.f('ck_support_budgets_paid_within_approved')),
        sa.CheckConstraint('paid >= 0', name=op.f('ck_support_budgets_paid_not_negative')),
        sa.ForeignKeyConstraint(['changed_by_id'], ['people.id'], name=op.f('fk_support_budgets_changed_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_support_budgets')),
        sa.UniqueConstraint('purpose', 'subject_id', 'source', name=op.f('uq_support_budgets_purpose_subject_id_source'))
    )
    op.create_table('support_norms',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('act_number', sa.String(length=80), nullable=False),
        sa.Column('act_name', sa.String(length=300), nullable=False),
        sa.Column('kind', sa.String(length=40), nullable=False),
        sa.Column('beneficiary', sa.String(length=40), nullable=False),
        sa.Column('valid_from', sa.Date(), nullable=False),
        sa.Column('valid_until', sa.Date(), nullable=True),
        sa.Column('cap_per_time', sa.BigInteger(), nullable=True),
        sa.Column('cap_per_year', sa.BigInteger(), nullable=True),
        sa.Column('times_per_year', sa.SmallInteger(), nullable=True),
        sa.Column('max_booths', sa.BigInteger(), nullable=True),
        sa.Column('advance_rate', sa.BigInteger(), nullable=False),
        sa.Column('priority', sa.SmallInteger(), nullable=False),
        sa.Column('is_example', sa.Boolean(), nullable=False),
        sa.Column('added_by_id', sa.Integer(), nullable=True),
        sa.Column('added_at', MOMENT, nullable=False),
        sa.CheckConstraint("beneficiary IN ('any', 'cooperative', 'coop_union', 'coop_group')", name=op.f('ck_support_norms_beneficiary_known')),
        sa.CheckConstraint("kind IN ('fair_in_province', 'fair_out_of_province', 'fair_abroad', 'conference', 'training', 'study_tour', 'other')", name=op.f('ck_support_norms_kind_known')),
        sa.CheckConstraint('advance_rate BETWEEN 0 AND 100000', name=op.f('ck_support_norms_advance_rate_range')),
        sa.CheckConstraint('cap_per_time IS NULL OR cap_per_time > 0', name=op.f('ck_support_norms_cap_per_time_positive')),
        sa.CheckConstraint('cap_per_year IS NULL OR cap_per_year > 0', name=op.f('ck_support_norms_cap_per_year_positive')),
        sa.CheckConstraint('max_booths IS NULL OR max_booths > 0', name=op.f('ck_support_norms_booths_positive')),
        sa.CheckConstraint('times_per_year IS NULL OR times_per_year > 0', name=op.f('ck_support_norms_times_positive')),
        sa.CheckConstraint('valid_until IS NULL OR valid_until >= valid_from', name=op.f('ck_support_norms_days_in_order')),
        sa.ForeignKeyConstraint(['added_by_id'], ['people.id'], name=op.f('fk_support_norms_added_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_support_norms')),
        sa.UniqueConstraint('ref', name=op.f('uq_support_norms_ref'))
    )
    op.create_index('ix_support_norms_kind_valid_from', 'support_norms', ['kind', 'valid_from'], unique=False)
    op.create_table('support_norm_evidence',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('norm_id', sa.Integer(), nullable=False),
        sa.Column('position', sa.SmallInteger(), nullable=False),
        sa.Column('kind', sa.String(length=40), nullable=False),
        sa.CheckConstraint("kind IN ('contract', 'invoice', 'payment', 'ticket', 'photos', 'report', 'other')", name=op.f('ck_support_norm_evidence_kind_known')),
        sa.ForeignKeyConstraint(['norm_id'], ['support_norms.id'], name=op.f('fk_support_norm_evidence_norm_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_support_norm_evidence')),
        sa.UniqueConstraint('norm_id', 'kind', name=op.f('uq_support_norm_evidence_norm_id_kind'))
    )
    op.create_table('support_norm_heads',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('norm_id', sa.Integer(), nullable=False),
        sa.Column('position', sa.SmallInteger(), nullable=False),
        sa.Column('head', sa.String(length=40), nullable=False),
        sa.Column('rate', sa.BigInteger(), nullable=False),
        sa.Column('cap', sa.BigInteger(), nullable=True),
        sa.Column('per', sa.String(length=40), nullable=False),
        sa.CheckConstraint("head IN ('booth', 'decoration', 'utilities', 'transport', 'travel', 'lodging', 'printing', 'other')", name=op.f('ck_support_norm_heads_head_known')),
        sa.CheckConstraint("per IN ('time', 'booth')", name=op.f('ck_support_norm_heads_per_known')),
        sa.CheckConstraint('cap IS NULL OR cap > 0', name=op.f('ck_support_norm_heads_cap_positive')),
        sa.CheckConstraint('rate > 0 AND rate <= 100000', name=op.f('ck_support_norm_heads_rate_range')),
        sa.ForeignKeyConstraint(['norm_id'], ['support_norms.id'], name=op.f('fk_support_norm_heads_norm_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_support_norm_heads')),
        sa.UniqueConstraint('norm_id', 'head', name=op.f('uq_support_norm_heads_norm_id_head'))
    )
    op.create_table('support_grants',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('purpose', sa.String(length=40), nullable=False),
        sa.Column('subject_id', sa.Integer(), nullable=False),
        sa.Column('cooperative_id', sa.Integer(), nullable=False),
        sa.Column('norm_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=40), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('year', sa.SmallInteger(), nullable=False),
        sa.Column('booths', sa.BigInteger(), nullable=False),
        sa.Column('state', sa.String(length=40), nullable=False),
        sa.Column('total', sa.BigInteger(), nullable=False),
        sa.Column('held', sa.BigInteger(), nullable=False),
        sa.Column('terms', JSON, nullable=False),
        sa.Column('granted_by_id', sa.Integer(), nullable=True),
        sa.Column('granted_at', MOMENT, nullable=False),
        sa.Column('withdrawn_reason', sa.String(length=500), nullable=False),
        sa.CheckConstraint("kind IN ('fair_in_province', 'fair_out_of_province', 'fair_abroad', 'conference', 'training', 'study_tour', 'other')", name=op.f('ck_support_grants_kind_known')),
        sa.CheckConstraint("purpose IN ('fair')", name=op.f('ck_support_grants_purpose_known')),
        sa.CheckConstraint("state <> 'withdrawn' OR withdrawn_reason <> ''", name=op.f('ck_support_grants_withdrawn_has_reason')),
        sa.CheckConstraint("state IN ('granted', 'withdrawn')", name=op.f('ck_support_grants_state_known')),
        sa.CheckConstraint('booths >= 0', name=op.f('ck_support_grants_booths_not_negative')),
        sa.CheckConstraint('held BETWEEN 0 AND total', name=op.f('ck_support_grants_held_within_total')),
        sa.CheckConstraint('total > 0', name=op.f('ck_support_grants_total_positive')),
        sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_support_grants_cooperative_id')),
        sa.ForeignKeyConstraint(['granted_by_id'], ['people.id'], name=op.f('fk_support_grants_granted_by_id')),
        sa.ForeignKeyConstraint(['norm_id'], ['support_norms.id'], name=op.f('fk_support_grants_norm_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_support_grants')),
        sa.UniqueConstraint('ref', name=op.f('uq_support_grants_ref'))
    )
    op.create_index('ix_support_grants_cooperative_id_kind_year', 'support_grants', ['cooperative_id', 'kind', 'year'], unique=False)
    op.create_index('uq_support_grants_live', 'support_grants', ['purpose', 'subject_id', 'cooperative_id'], unique=True, sqlite_where=sa.text("state = 'granted'"), postgresql_where=sa.text("state = 'granted'"))
    op.create_table('support_claims',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('grant_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=40), nullable=False),
        sa.Column('state', sa.String(length=40), nullable=False),
        sa.Column('asked', sa.BigInteger(), nullable=True),
        sa.Column('words', sa.String(length=1000), nullable=False),
        sa.Column('reply', sa.String(length=1000), nullable=False),
        sa.Column('supported', sa.BigInteger(), nullable=True),
        sa.Column('advanced', sa.BigInteger(), nullable=True),
        sa.Column('amount', sa.BigInteger(), nullable=True),
        sa.Column('give_back', sa.BigInteger(), nullable=False),
        sa.Column('paid', sa.BigInteger(), nullable=False),
        sa.Column('why', JSON, nullable=False),
        sa.Column('drafted_at', MOMENT, nullable=False),
        sa.Column('submitted_by_id', sa.Integer(), nullable=True),
        sa.Column('submitted_at', MOMENT, nullable=True),
        sa.Column('told_by', sa.String(length=120), nullable=False),
        sa.Column('verified_by_id', sa.Integer(), nullable=True),
        sa.Column('verified_at', MOMENT, nullable=True),
        sa.Column('approved_by_id', sa.Integer(), nullable=True),
        sa.Column('approved_at', MOMENT, nullable=True),
        sa.CheckConstraint("(kind = 'advance') = (asked IS NOT NULL)", name=op.f('ck_support_claims_advance_has_sum')),
        sa.CheckConstraint("kind IN ('advance', 'settlement')", name=op.f('ck_support_claims_kind_known')),
        sa.CheckConstraint("state <> 'verified' OR verified_by_id IS NOT NULL", name=op.f('ck_support_claims_verified_by_somebody')),
        sa.CheckConstraint("state IN ('drafted', 'submitted', 'changes_requested', 'verified', 'approved', 'paid', 'declined')", name=op.f('ck_support_claims_state_known')),
        sa.CheckConstraint("state NOT IN ('approved', 'paid') OR (approved_by_id IS NOT NULL AND amount IS NOT NULL)", name=op.f('ck_support_claims_approved_by_somebody')),
        sa.CheckConstraint("state NOT IN ('changes_requested', 'declined') OR reply <> ''", name=op.f('ck_support_claims_reply_has_reason')),
        sa.CheckConstraint('approved_by_id IS NULL OR (verified_by_id IS NOT NULL AND approved_by_id <> verified_by_id)', name=op.f('ck_support_claims_four_eyes')),
        sa.CheckConstraint('asked IS NULL OR asked > 0', name=op.f('ck_support_claims_asked_positive')),
        sa.CheckConstraint('paid BETWEEN 0 AND COALESCE(amount, 0)', name=op.f('ck_support_claims_paid_within_approved')),
        sa.ForeignKeyConstraint(['approved_by_id'], ['people.id'], name=op.f('fk_support_claims_approved_by_id')),
        sa.ForeignKeyConstraint(['grant_id'], ['support_grants.id'], name=op.f('fk_support_claims_grant_id')),
        sa.ForeignKeyConstraint(['submitted_by_id'], ['people.id'], name=op.f('fk_support_claims_submitted_by_id')),
        sa.ForeignKeyConstraint(['verified_by_id'], ['people.id'], name=op.f('fk_support_claims_verified_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_support_claims')),
        sa.UniqueConstraint('ref', name=op.f('uq_support_claims_ref'))
    )
    op.create_index('ix_support_claims_state_submitted_at', 'support_claims', ['state', 'submitted_at'], unique=False)
    op.create_index('uq_support_claims_live', 'support_claims', ['grant_id', 'kind'], unique=True, sqlite_where=sa.text("state <> 'declined'"), postgresql_where=sa.text("state <> 'declined'"))
    op.create_table('support_grant_heads',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('grant_id', sa.Integer(), nullable=False),
        sa.Column('position', sa.SmallInteger(), nullable=False),
        sa.Column('head', sa.String(length=40), nullable=False),
        sa.Column('cost', sa.BigInteger(), nullable=True),
        sa.Column('amount', sa.BigInteger(), nullable=False),
        sa.Column('cuts', JSON, nullable=False),
        sa.CheckConstraint("head IN ('booth', 'decoration', 'utilities', 'transport', 'travel', 'lodging', 'printing', 'other')", name=op.f('ck_support_grant_heads_head_known')),
        sa.CheckConstraint('amount >= 0', name=op.f('ck_support_grant_heads_amount_not_negative')),
        sa.ForeignKeyConstraint(['grant_id'], ['support_grants.id'], name=op.f('fk_support_grant_heads_grant_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_support_grant_heads')),
        sa.UniqueConstraint('grant_id', 'head', name=op.f('uq_support_grant_heads_grant_id_head'))
    )
    op.create_table('support_grant_shares',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('grant_id', sa.Integer(), nullable=False),
        sa.Column('source', sa.String(length=40), nullable=False),
        sa.Column('amount', sa.BigInteger(), nullable=False),
        sa.Column('held', sa.BigInteger(), nullable=False),
        sa.Column('paid', sa.BigInteger(), nullable=False),
        sa.CheckConstraint("source IN ('province', 'nation', 'alliance', 'exhibitors', 'sponsors')", name=op.f('ck_support_grant_shares_source_known')),
        sa.CheckConstraint('amount > 0', name=op.f('ck_support_grant_shares_amount_positive')),
        sa.CheckConstraint('held <= amount', name=op.f('ck_support_grant_shares_held_within_share')),
        sa.CheckConstraint('paid BETWEEN 0 AND held', name=op.f('ck_support_grant_shares_paid_within_held')),
        sa.ForeignKeyConstraint(['grant_id'], ['support_grants.id'], name=op.f('fk_support_grant_shares_grant_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_support_grant_shares')),
        sa.UniqueConstraint('grant_id', 'source', name=op.f('uq_support_grant_shares_grant_id_source'))
    )
    op.create_table('support_claim_costs',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('claim_id', sa.Integer(), nullable=False),
        sa.Column('head', sa.String(length=40), nullable=False),
        sa.Column('spent', sa.BigInteger(), nullable=False),
        sa.Column('accepted', sa.BigInteger(), nullable=True),
        sa.CheckConstraint("head IN ('booth', 'decoration', 'utilities', 'transport', 'travel', 'lodging', 'printing', 'other')", name=op.f('ck_support_claim_costs_head_known')),
        sa.CheckConstraint('accepted IS NULL OR accepted BETWEEN 0 AND spent', name=op.f('ck_support_claim_costs_accepted_within_spent')),
        sa.CheckConstraint('spent > 0', name=op.f('ck_support_claim_costs_spent_positive')),
        sa.ForeignKeyConstraint(['claim_id'], ['support_claims.id'], name=op.f('fk_support_claim_costs_claim_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_support_claim_costs')),
        sa.UniqueConstraint('claim_id', 'head', name=op.f('uq_support_claim_costs_claim_id_head'))
    )
    op.create_table('support_claim_papers',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('claim_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=40), nullable=False),
        sa.Column('document_id', sa.Integer(), nullable=False),
        sa.Column('added_by_id', sa.Integer(), nullable=True),
        sa.Column('added_at', MOMENT, nullable=False),
        sa.CheckConstraint("kind IN ('contract', 'invoice', 'payment', 'ticket', 'photos', 'report', 'other')", name=op.f('ck_support_claim_papers_kind_known')),
        sa.ForeignKeyConstraint(['added_by_id'], ['people.id'], name=op.f('fk_support_claim_papers_added_by_id')),
        sa.ForeignKeyConstraint(['claim_id'], ['support_claims.id'], name=op.f('fk_support_claim_papers_claim_id')),
        sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_support_claim_papers_document_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_support_claim_papers')),
        sa.UniqueConstraint('ref', name=op.f('uq_support_claim_papers_ref'))
    )
    op.create_index('ix_support_claim_papers_claim_id', 'support_claim_papers', ['claim_id'], unique=False)
    op.create_table('support_claim_shares',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('claim_id', sa.Integer(), nullable=False),
        sa.Column('source', sa.String(length=40), nullable=False),
        sa.Column('amount', sa.BigInteger(), nullable=False),
        sa.Column('paid', sa.BigInteger(), nullable=False),
        sa.CheckConstraint("source IN ('province', 'nation', 'alliance', 'exhibitors', 'sponsors')", name=op.f('ck_support_claim_shares_source_known')),
        sa.CheckConstraint('amount > 0', name=op.f('ck_support_claim_shares_amount_positive')),
        sa.CheckConstraint('paid BETWEEN 0 AND amount', name=op.f('ck_support_claim_shares_paid_within_share')),
        sa.ForeignKeyConstraint(['claim_id'], ['support_claims.id'], name=op.f('fk_support_claim_shares_claim_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_support_claim_shares')),
        sa.UniqueConstraint('claim_id', 'source', name=op.f('uq_support_claim_shares_claim_id_source'))
    )
    op.create_table('support_payments',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('claim_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=40), nullable=False),
        sa.Column('source', sa.String(length=40), nullable=False),
        sa.Column('amount', sa.BigInteger(), nullable=False),
        sa.Column('bank_reference', sa.String(length=80), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('account', sa.String(length=200), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('at', MOMENT, nullable=False),
        sa.CheckConstraint("bank_reference <> ''", name=op.f('ck_support_payments_has_reference')),
        sa.CheckConstraint("kind IN ('paid', 'returned')", name=op.f('ck_support_payments_kind_known')),
        sa.CheckConstraint("source IN ('province', 'nation', 'alliance', 'exhibitors', 'sponsors')", name=op.f('ck_support_payments_source_known')),
        sa.CheckConstraint('amount > 0', name=op.f('ck_support_payments_amount_positive')),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_support_payments_by_id')),
        sa.ForeignKeyConstraint(['claim_id'], ['support_claims.id'], name=op.f('fk_support_payments_claim_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_support_payments')),
        sa.UniqueConstraint('claim_id', 'kind', 'source', 'bank_reference', name=op.f('uq_support_payments_claim_id_kind_source_bank_reference'))
    )
    op.create_index('ix_support_payments_claim_id', 'support_payments', ['claim_id'], unique=False)
    for table in GUARDED:
        _guard(table)


def downgrade() -> None:
    op.drop_table("support_payments")
    op.drop_table("support_claim_shares")
    op.drop_table("support_claim_papers")
    op.drop_table("support_claim_costs")
    op.drop_table("support_grant_shares")
    op.drop_table("support_grant_heads")
    op.drop_table("support_claims")
    op.drop_table("support_grants")
    op.drop_table("support_norm_heads")
    op.drop_table("support_norm_evidence")
    op.drop_table("support_norms")
    op.drop_table("support_budgets")


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
