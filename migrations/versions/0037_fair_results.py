"""What stands sold, whom they met, what was signed; results and the report."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
GUARDED = ('fair_report_layouts', 'fair_reports')


def upgrade() -> None:
    op.create_table('fair_report_layouts',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('above', sa.String(length=160), nullable=False),
        sa.Column('issuer', sa.String(length=160), nullable=False),
        sa.Column('symbol', sa.String(length=40), nullable=False),
        sa.Column('place', sa.String(length=60), nullable=False),
        sa.Column('addressee', sa.String(length=160), nullable=False),
        sa.Column('opening', sa.Text(), nullable=False),
        sa.Column('recipients', sa.Text(), nullable=False),
        sa.Column('signer_title', sa.String(length=120), nullable=False),
        sa.Column('signer', sa.String(length=120), nullable=False),
        sa.Column('lines', JSON, nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('at', MOMENT, nullable=False),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_fair_report_layouts_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_fair_report_layouts'))
    )
    op.create_table('fair_reports',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('fair_id', sa.Integer(), nullable=False),
        sa.Column('sequence', sa.SmallInteger(), nullable=False),
        sa.Column('number', sa.String(length=60), nullable=False),
        sa.Column('dated', sa.Date(), nullable=False),
        sa.Column('body', JSON, nullable=False),
        sa.Column('sha256', sa.String(length=64), nullable=False),
        sa.Column('reason', sa.String(length=500), nullable=False),
        sa.Column('filed_by_id', sa.Integer(), nullable=True),
        sa.Column('filed_at', MOMENT, nullable=False),
        sa.ForeignKeyConstraint(['fair_id'], ['fairs.id'], name=op.f('fk_fair_reports_fair_id')),
        sa.ForeignKeyConstraint(['filed_by_id'], ['people.id'], name=op.f('fk_fair_reports_filed_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_fair_reports')),
        sa.UniqueConstraint('fair_id', 'sequence', name=op.f('uq_fair_reports_fair_id_sequence')),
        sa.UniqueConstraint('number', name=op.f('uq_fair_reports_number')),
        sa.UniqueConstraint('ref', name=op.f('uq_fair_reports_ref'))
    )
    op.create_table('fair_report_entries',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('fair_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=40), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('title', sa.String(length=200), nullable=False),
        sa.Column('who', sa.String(length=200), nullable=False),
        sa.Column('people', sa.Integer(), nullable=True),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('at', MOMENT, nullable=False),
        sa.CheckConstraint("kind IN ('side_event', 'award')", name=op.f('ck_fair_report_entries_kind_known')),
        sa.CheckConstraint('people IS NULL OR people >= 0', name=op.f('ck_fair_report_entries_people_not_negative')),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_fair_report_entries_by_id')),
        sa.ForeignKeyConstraint(['fair_id'], ['fairs.id'], name=op.f('fk_fair_report_entries_fair_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_fair_report_entries'))
    )
    op.create_index('ix_fair_report_entries_fair_id_kind', 'fair_report_entries', ['fair_id', 'kind', 'day'], unique=False)
    op.create_table('booth_days',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('stand_id', sa.Integer(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('cash', sa.BigInteger(), nullable=False),
        sa.Column('orders', sa.Integer(), nullable=False),
        sa.Column('note', sa.String(length=500), nullable=False),
        sa.Column('client', sa.String(length=36), nullable=False),
        sa.Column('turn', sa.Integer(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('entered_by_id', sa.Integer(), nullable=True),
        sa.Column('at', MOMENT, nullable=False),
        sa.CheckConstraint('cash >= 0 AND orders >= 0', name=op.f('ck_booth_days_not_negative')),
        sa.CheckConstraint('turn > 0 AND version > 0', name=op.f('ck_booth_days_counted_from_one')),
        sa.ForeignKeyConstraint(['entered_by_id'], ['people.id'], name=op.f('fk_booth_days_entered_by_id')),
        sa.ForeignKeyConstraint(['stand_id'], ['stands.id'], name=op.f('fk_booth_days_stand_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_booth_days')),
        sa.UniqueConstraint('stand_id', 'day', name=op.f('uq_booth_days_stand_id_day'))
    )
    op.create_table('fair_deals',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('stand_id', sa.Integer(), nullable=False),
        sa.Column('fair_id', sa.Integer(), nullable=False),
        sa.Column('client', sa.String(length=36), nullable=False),
        sa.Column('kind', sa.String(length=40), nullable=False),
        sa.Column('state', sa.String(length=40), nullable=False),
        sa.Column('partner', sa.String(length=160), nullable=False),
        sa.Column('country', sa.String(length=2), nullable=False),
        sa.Column('product_id', sa.Integer(), nullable=True),
        sa.Column('quantity', sa.BigInteger(), nullable=True),
        sa.Column('unit', sa.String(length=12), nullable=False),
        sa.Column('price', sa.BigInteger(), nullable=True),
        sa.Column('value', sa.BigInteger(), nullable=False),
        sa.Column('verified', sa.BigInteger(), nullable=True),
        sa.Column('counted', sa.Boolean(), nullable=False),
        sa.Column('signed_on', sa.Date(), nullable=False),
        sa.Column('valid_until', sa.Date(), nullable=True),
        sa.Column('words', sa.String(length=500), nullable=False),
        sa.Column('file_id', sa.Integer(), nullable=True),
        sa.Column('entered_by_id', sa.Integer(), nullable=True),
        sa.Column('at', MOMENT, nullable=False),
        sa.CheckConstraint("(quantity IS NULL) = (unit = '')", name=op.f('ck_fair_deals_quantity_has_unit')),
        sa.CheckConstraint("kind IN ('memorandum', 'contract')", name=op.f('ck_fair_deals_kind_known')),
        sa.CheckConstraint("state IN ('signed', 'in_delivery', 'delivered', 'failed')", name=op.f('ck_fair_deals_state_known')),
        sa.CheckConstraint('quantity IS NULL OR quantity > 0', name=op.f('ck_fair_deals_quantity_positive')),
        sa.CheckConstraint('valid_until IS NULL OR valid_until >= signed_on', name=op.f('ck_fair_deals_days_in_order')),
        sa.CheckConstraint('value >= 0 AND (verified IS NULL OR verified >= 0)', name=op.f('ck_fair_deals_value_not_negative')),
        sa.ForeignKeyConstraint(['entered_by_id'], ['people.id'], name=op.f('fk_fair_deals_entered_by_id')),
        sa.ForeignKeyConstraint(['fair_id'], ['fairs.id'], name=op.f('fk_fair_deals_fair_id')),
        sa.ForeignKeyConstraint(['file_id'], ['documents.id'], name=op.f('fk_fair_deals_file_id')),
        sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_fair_deals_product_id')),
        sa.ForeignKeyConstraint(['stand_id'], ['stands.id'], name=op.f('fk_fair_deals_stand_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_fair_deals')),
        sa.UniqueConstraint('ref', name=op.f('uq_fair_deals_ref')),
        sa.UniqueConstraint('stand_id', 'client', name=op.f('uq_fair_deals_stand_id_client'))
    )
    op.create_index('ix_fair_deals_fair_id_kind', 'fair_deals', ['fair_id', 'kind'], unique=False)
    op.create_table('fair_leads',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('stand_id', sa.Integer(), nullable=False),
        sa.Column('fair_id', sa.Integer(), nullable=False),
        sa.Column('client', sa.String(length=36), nullable=False),
        sa.Column('met_on', sa.Date(), nullable=False),
        sa.Column('name', sa.String(length=120), nullable=False),
        sa.Column('company', sa.String(length=160), nullable=False),
        sa.Column('phone', sa.String(length=20), nullable=False),
        sa.Column('email', sa.String(length=254), nullable=False),
        sa.Column('words', sa.String(length=1000), nullable=False),
        sa.Column('card_id', sa.Integer(), nullable=True),
        sa.Column('consent_text', sa.String(length=20), nullable=False),
        sa.Column('consent_at', MOMENT, nullable=True),
        sa.Column('entered_by_id', sa.Integer(), nullable=True),
        sa.Column('at', MOMENT, nullable=False),
        sa.CheckConstraint("(consent_at IS NULL) = (consent_text = '')", name=op.f('ck_fair_leads_consent_has_words')),
        sa.CheckConstraint("consent_at IS NOT NULL OR (name = '' AND phone = '' AND email = '' AND card_id IS NULL)", name=op.f('ck_fair_leads_named_by_consent')),
        sa.ForeignKeyConstraint(['card_id'], ['documents.id'], name=op.f('fk_fair_leads_card_id')),
        sa.ForeignKeyConstraint(['entered_by_id'], ['people.id'], name=op.f('fk_fair_leads_entered_by_id')),
        sa.ForeignKeyConstraint(['fair_id'], ['fairs.id'], name=op.f('fk_fair_leads_fair_id')),
        sa.ForeignKeyConstraint(['stand_id'], ['stands.id'], name=op.f('fk_fair_leads_stand_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_fair_leads')),
        sa.UniqueConstraint('stand_id', 'client', name=op.f('uq_fair_leads_stand_id_client'))
    )
    op.create_index('ix_fair_leads_email', 'fair_leads', ['email'], unique=False)
    op.create_index('ix_fair_leads_fair_id', 'fair_leads', ['fair_id'], unique=False)
    op.create_index('ix_fair_leads_phone', 'fair_leads', ['phone'], unique=False)
    op.create_table('fair_results',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('stand_id', sa.Integer(), nullable=False),
        sa.Column('fair_id', sa.Integer(), nullable=False),
        sa.Column('state', sa.String(length=40), nullable=False),
        sa.Column('sales', sa.BigInteger(), nullable=False),
        sa.Column('orders', sa.Integer(), nullable=False),
        sa.Column('leads', sa.Integer(), nullable=False),
        sa.Column('memoranda', sa.Integer(), nullable=False),
        sa.Column('memoranda_value', sa.BigInteger(), nullable=False),
        sa.Column('contracts', sa.Integer(), nullable=False),
        sa.Column('contracts_value', sa.BigInteger(), nullable=False),
        sa.Column('verified_sales', sa.BigInteger(), nullable=True),
        sa.Column('verified_orders', sa.Integer(), nullable=True),
        sa.Column('verified_memoranda', sa.Integer(), nullable=True),
        sa.Column('verified_memoranda_value', sa.BigInteger(), nullable=True),
        sa.Column('verified_contracts', sa.Integer(), nullable=True),
        sa.Column('verified_contracts_value', sa.BigInteger(), nullable=True),
        sa.Column('best_sellers', sa.String(length=300), nullable=False),
        sa.Column('difficulties', sa.Text(), nullable=False),
        sa.Column('proposals', sa.Text(), nullable=False),
        sa.Column('made_at', MOMENT, nullable=False),
        sa.Column('submitted_at', MOMENT, nullable=True),
        sa.Column('submitted_by_id', sa.Integer(), nullable=True),
        sa.Column('told_by', sa.String(length=120), nullable=False),
        sa.Column('returned_reason', sa.String(length=500), nullable=False),
        sa.Column('verified_at', MOMENT, nullable=True),
        sa.Column('verified_by_id', sa.Integer(), nullable=True),
        sa.Column('verified_note', sa.String(length=500), nullable=False),
        sa.Column('locked_at', MOMENT, nullable=True),
        sa.CheckConstraint("(state = 'locked') = (locked_at IS NOT NULL)", name=op.f('ck_fair_results_locked_has_time')),
        sa.CheckConstraint("(state IN ('verified', 'locked')) = (verified_at IS NOT NULL)", name=op.f('ck_fair_results_at_verified')),
        sa.CheckConstraint("(state IN ('verified', 'locked')) = (verified_contracts IS NOT NULL)", name=op.f('ck_fair_results_contracts_verified')),
        sa.CheckConstraint("(state IN ('verified', 'locked')) = (verified_contracts_value IS NOT NULL)", name=op.f('ck_fair_results_contracts_value_verified')),
        sa.CheckConstraint("(state IN ('verified', 'locked')) = (verified_memoranda IS NOT NULL)", name=op.f('ck_fair_results_memoranda_verified')),
        sa.CheckConstraint("(state IN ('verified', 'locked')) = (verified_memoranda_value IS NOT NULL)", name=op.f('ck_fair_results_memoranda_value_verified')),
        sa.CheckConstraint("(state IN ('verified', 'locked')) = (verified_orders IS NOT NULL)", name=op.f('ck_fair_results_orders_verified')),
        sa.CheckConstraint("(state IN ('verified', 'locked')) = (verified_sales IS NOT NULL)", name=op.f('ck_fair_results_sales_verified')),
        sa.CheckConstraint("state <> 'returned' OR returned_reason <> ''", name=op.f('ck_fair_results_returned_has_reason')),
        sa.CheckConstraint("state = 'draft' OR submitted_at IS NOT NULL", name=op.f('ck_fair_results_submitted_has_time')),
        sa.CheckConstraint("state IN ('draft', 'submitted', 'returned', 'verified', 'locked')", name=op.f('ck_fair_results_state_known')),
        sa.CheckConstraint('sales >= 0 AND orders >= 0 AND leads >= 0 AND memoranda >= 0 AND memoranda_value >= 0 AND contracts >= 0 AND contracts_value >= 0', name=op.f('ck_fair_results_declared_not_negative')),
        sa.ForeignKeyConstraint(['fair_id'], ['fairs.id'], name=op.f('fk_fair_results_fair_id')),
        sa.ForeignKeyConstraint(['stand_id'], ['stands.id'], name=op.f('fk_fair_results_stand_id')),
        sa.ForeignKeyConstraint(['submitted_by_id'], ['people.id'], name=op.f('fk_fair_results_submitted_by_id')),
        sa.ForeignKeyConstraint(['verified_by_id'], ['people.id'], name=op.f('fk_fair_results_verified_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_fair_results')),
        sa.UniqueConstraint('ref', name=op.f('uq_fair_results_ref')),
        sa.UniqueConstraint('stand_id', name=op.f('uq_fair_results_stand_id'))
    )
    op.create_index('ix_fair_results_fair_id_state', 'fair_results', ['fair_id', 'state', 'submitted_at'], unique=False)
    op.create_table('booth_sales',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('booth_day_id', sa.Integer(), nullable=False),
        sa.Column('product_id', sa.Integer(), nullable=False),
        sa.Column('quantity', sa.BigInteger(), nullable=False),
        sa.Column('unit', sa.String(length=12), nullable=False),
        sa.Column('amount', sa.BigInteger(), nullable=False),
        sa.CheckConstraint('quantity > 0 AND amount >= 0', name=op.f('ck_booth_sales_positive')),
        sa.ForeignKeyConstraint(['booth_day_id'], ['booth_days.id'], name=op.f('fk_booth_sales_booth_day_id')),
        sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_booth_sales_product_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_booth_sales')),
        sa.UniqueConstraint('booth_day_id', 'product_id', name=op.f('uq_booth_sales_booth_day_id_product_id'))
    )
    op.create_index('ix_booth_sales_product_id', 'booth_sales', ['product_id'], unique=False)
    op.create_table('fair_follow_ups',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('result_id', sa.Integer(), nullable=False),
        sa.Column('month', sa.SmallInteger(), nullable=False),
        sa.Column('due_on', sa.Date(), nullable=False),
        sa.Column('asked_at', MOMENT, nullable=True),
        sa.Column('value', sa.BigInteger(), nullable=True),
        sa.Column('words', sa.String(length=1000), nullable=False),
        sa.Column('declared_at', MOMENT, nullable=True),
        sa.Column('declared_by_id', sa.Integer(), nullable=True),
        sa.Column('told_by', sa.String(length=120), nullable=False),
        sa.Column('verified', sa.BigInteger(), nullable=True),
        sa.Column('verified_at', MOMENT, nullable=True),
        sa.Column('verified_by_id', sa.Integer(), nullable=True),
        sa.CheckConstraint('(value IS NULL OR value >= 0) AND (verified IS NULL OR verified >= 0)', name=op.f('ck_fair_follow_ups_not_negative')),
        sa.CheckConstraint('(value IS NULL) = (declared_at IS NULL)', name=op.f('ck_fair_follow_ups_declared_has_time')),
        sa.CheckConstraint('(verified IS NULL) = (verified_at IS NULL)', name=op.f('ck_fair_follow_ups_verified_has_time')),
        sa.CheckConstraint('month IN (3, 6, 12)', name=op.f('ck_fair_follow_ups_month_known')),
        sa.CheckConstraint('verified IS NULL OR value IS NOT NULL', name=op.f('ck_fair_follow_ups_verified_was_declared')),
        sa.ForeignKeyConstraint(['declared_by_id'], ['people.id'], name=op.f('fk_fair_follow_ups_declared_by_id')),
        sa.ForeignKeyConstraint(['result_id'], ['fair_results.id'], name=op.f('fk_fair_follow_ups_result_id')),
        sa.ForeignKeyConstraint(['verified_by_id'], ['people.id'], name=op.f('fk_fair_follow_ups_verified_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_fair_follow_ups')),
        sa.UniqueConstraint('result_id', 'month', name=op.f('uq_fair_follow_ups_result_id_month'))
    )
    op.create_index('ix_fair_follow_ups_to_ask', 'fair_follow_ups', ['due_on'], unique=False, sqlite_where=sa.text('asked_at IS NULL'), postgresql_where=sa.text('asked_at IS NULL'))
    op.create_table('fair_lead_interests',
        sa.Column('lead_id', sa.Integer(), nullable=False),
        sa.Column('product_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['lead_id'], ['fair_leads.id'], name=op.f('fk_fair_lead_interests_lead_id')),
        sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_fair_lead_interests_product_id')),
        sa.PrimaryKeyConstraint('lead_id', 'product_id', name=op.f('pk_fair_lead_interests'))
    )
    op.create_table('fair_result_evidence',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('result_id', sa.Integer(), nullable=False),
        sa.Column('document_id', sa.Integer(), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('at', MOMENT, nullable=False),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_fair_result_evidence_by_id')),
        sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_fair_result_evidence_document_id')),
        sa.ForeignKeyConstraint(['result_id'], ['fair_results.id'], name=op.f('fk_fair_result_evidence_result_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_fair_result_evidence'))
    )
    op.create_index('ix_fair_result_evidence_result_id', 'fair_result_evidence', ['result_id'], unique=False)
    for table in GUARDED:
        _guard(table)


def downgrade() -> None:
    op.drop_table("fair_result_evidence")
    op.drop_table("fair_lead_interests")
    op.drop_table("fair_follow_ups")
    op.drop_table("booth_sales")
    op.drop_table("fair_results")
    op.drop_table("fair_leads")
    op.drop_table("fair_deals")
    op.drop_table("booth_days")
    op.drop_table("fair_report_entries")
    op.drop_table("fair_reports")
    op.drop_table("fair_report_layouts")


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
