"""Funds and loans"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0073"
down_revision = "0081"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
GUARDED = ("fund_rules", "loan_checks")


def upgrade() -> None:
    op.create_table('loan_funds',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('capital', sa.BigInteger(), nullable=True),
    sa.Column('capital_on', sa.Date(), nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', MOMENT, nullable=False),
    sa.CheckConstraint("kind IN ('central', 'jobs', 'province', 'credit')", name=op.f('ck_loan_funds_kind_known')),
    sa.CheckConstraint('(capital IS NULL) = (capital_on IS NULL)', name=op.f('ck_loan_funds_capital_has_day')),
    sa.CheckConstraint('capital > 0', name=op.f('ck_loan_funds_capital_positive')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_loan_funds_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan_funds')),
    sa.UniqueConstraint('code', name=op.f('uq_loan_funds_code')),
    sa.UniqueConstraint('ref', name=op.f('uq_loan_funds_ref'))
    )
    op.create_table('fund_rules',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('fund_id', sa.Integer(), nullable=False),
    sa.Column('measure', sa.String(length=40), nullable=False),
    sa.Column('threshold', sa.BigInteger(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('source', sa.String(length=500), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', MOMENT, nullable=False),
    sa.CheckConstraint("measure IN ('own_share', 'exposure', 'bad_debt')", name=op.f('ck_fund_rules_measure_known')),
    sa.CheckConstraint("source <> ''", name=op.f('ck_fund_rules_has_source')),
    sa.CheckConstraint('threshold >= 0', name=op.f('ck_fund_rules_threshold_not_negative')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_fund_rules_by_id')),
    sa.ForeignKeyConstraint(['fund_id'], ['loan_funds.id'], name=op.f('fk_fund_rules_fund_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fund_rules')),
    sa.UniqueConstraint('fund_id', 'measure', 'valid_from', name=op.f('uq_fund_rules_fund_id_measure_valid_from'))
    )
    op.create_table('loans',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('cooperative_id', sa.Integer(), nullable=False),
    sa.Column('fund_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('asked_amount', sa.BigInteger(), nullable=False),
    sa.Column('asked_months', sa.SmallInteger(), nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('project_cost', sa.BigInteger(), nullable=False),
    sa.Column('own_capital', sa.BigInteger(), nullable=False),
    sa.Column('entered', sa.String(length=40), nullable=False),
    sa.Column('told_by', sa.String(length=120), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('checked', sa.SmallInteger(), nullable=False),
    sa.Column('words', sa.String(length=1000), nullable=False),
    sa.Column('granted_amount', sa.BigInteger(), nullable=True),
    sa.Column('granted_rate', sa.BigInteger(), nullable=True),
    sa.Column('granted_months', sa.SmallInteger(), nullable=True),
    sa.Column('granted_on', sa.Date(), nullable=True),
    sa.Column('decision_no', sa.String(length=80), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', MOMENT, nullable=False),
    sa.CheckConstraint("(entered = 'online') = (told_by = '')", name=op.f('ck_loans_told_by_somebody')),
    sa.CheckConstraint("(granted_amount IS NULL) = (granted_rate IS NULL) AND (granted_amount IS NULL) = (granted_months IS NULL) AND (granted_amount IS NULL) = (granted_on IS NULL) AND (granted_amount IS NULL) = (decision_no = '')", name=op.f('ck_loans_granted_whole')),
    sa.CheckConstraint("(state = 'closed') = (closed_on IS NOT NULL)", name=op.f('ck_loans_closed_has_day')),
    sa.CheckConstraint("entered IN ('online', 'phone', 'paper')", name=op.f('ck_loans_entered_known')),
    sa.CheckConstraint("state IN ('asked', 'assessed', 'recommended', 'granted', 'disbursed', 'repaying', 'closed', 'turned_down', 'refused', 'withdrawn')", name=op.f('ck_loans_state_known')),
    sa.CheckConstraint("state IN ('asked', 'turned_down', 'withdrawn') OR checked > 0", name=op.f('ck_loans_assessed_before')),
    sa.CheckConstraint("state IN ('asked', 'turned_down', 'withdrawn') OR fund_id IS NOT NULL", name=op.f('ck_loans_fund_chosen')),
    sa.CheckConstraint("state NOT IN ('granted', 'disbursed', 'repaying', 'closed') OR granted_amount IS NOT NULL", name=op.f('ck_loans_granted_has_sum')),
    sa.CheckConstraint("state NOT IN ('turned_down', 'refused', 'withdrawn') OR words <> ''", name=op.f('ck_loans_ended_has_reason')),
    sa.CheckConstraint('asked_amount > 0', name=op.f('ck_loans_asked_positive')),
    sa.CheckConstraint('asked_months BETWEEN 1 AND 360', name=op.f('ck_loans_asked_months_sound')),
    sa.CheckConstraint('granted_amount > 0 AND granted_months > 0', name=op.f('ck_loans_granted_positive')),
    sa.CheckConstraint('granted_rate >= 0', name=op.f('ck_loans_rate_not_negative')),
    sa.CheckConstraint('own_capital >= 0 AND own_capital <= project_cost', name=op.f('ck_loans_own_within_project')),
    sa.CheckConstraint('project_cost >= asked_amount', name=op.f('ck_loans_project_holds_loan')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_loans_by_id')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_loans_cooperative_id')),
    sa.ForeignKeyConstraint(['fund_id'], ['loan_funds.id'], name=op.f('fk_loans_fund_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loans')),
    sa.UniqueConstraint('ref', name=op.f('uq_loans_ref'))
    )
    with op.batch_alter_table('loans', schema=None) as batch_op:
        batch_op.create_index('ix_loans_cooperative_id', ['cooperative_id', 'id'], unique=False)
        batch_op.create_index('ix_loans_fund_id', ['fund_id', 'state', 'id'], unique=False)
        batch_op.create_index('ix_loans_state', ['state', 'id'], unique=False)

    op.create_table('loan_checks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('loan_id', sa.Integer(), nullable=False),
    sa.Column('turn', sa.SmallInteger(), nullable=False),
    sa.Column('measure', sa.String(length=40), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=True),
    sa.Column('threshold', sa.BigInteger(), nullable=True),
    sa.Column('source', sa.String(length=500), nullable=False),
    sa.Column('verdict', sa.String(length=40), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', MOMENT, nullable=False),
    sa.CheckConstraint("(verdict = 'unknown') = (value IS NULL OR threshold IS NULL)", name=op.f('ck_loan_checks_unknown_without_figures')),
    sa.CheckConstraint("measure IN ('own_share', 'exposure', 'bad_debt')", name=op.f('ck_loan_checks_measure_known')),
    sa.CheckConstraint("verdict IN ('passed', 'not_passed', 'unknown')", name=op.f('ck_loan_checks_verdict_known')),
    sa.CheckConstraint('turn > 0', name=op.f('ck_loan_checks_counted_from_one')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_loan_checks_by_id')),
    sa.ForeignKeyConstraint(['loan_id'], ['loans.id'], name=op.f('fk_loan_checks_loan_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan_checks')),
    sa.UniqueConstraint('loan_id', 'turn', 'measure', name=op.f('uq_loan_checks_loan_id_turn_measure'))
    )
    op.create_table('loan_instalments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('loan_id', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('amount > 0', name=op.f('ck_loan_instalments_amount_positive')),
    sa.ForeignKeyConstraint(['loan_id'], ['loans.id'], name=op.f('fk_loan_instalments_loan_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan_instalments')),
    sa.UniqueConstraint('loan_id', 'due_on', name=op.f('uq_loan_instalments_loan_id_due_on'))
    )
    with op.batch_alter_table('loan_instalments', schema=None) as batch_op:
        batch_op.create_index('ix_loan_instalments_due_on', ['due_on', 'loan_id'], unique=False)

    op.create_table('loan_movements',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('loan_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('reference', sa.String(length=80), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('voided_at', MOMENT, nullable=True),
    sa.Column('voided_reason', sa.String(length=500), nullable=False),
    sa.Column('voided_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(voided_at IS NULL) = (voided_reason = '')", name=op.f('ck_loan_movements_voided_has_reason')),
    sa.CheckConstraint("kind IN ('disbursed', 'repaid')", name=op.f('ck_loan_movements_kind_known')),
    sa.CheckConstraint("reference <> ''", name=op.f('ck_loan_movements_has_reference')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_loan_movements_amount_positive')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_loan_movements_by_id')),
    sa.ForeignKeyConstraint(['loan_id'], ['loans.id'], name=op.f('fk_loan_movements_loan_id')),
    sa.ForeignKeyConstraint(['voided_by_id'], ['people.id'], name=op.f('fk_loan_movements_voided_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan_movements')),
    sa.UniqueConstraint('ref', name=op.f('uq_loan_movements_ref'))
    )
    with op.batch_alter_table('loan_movements', schema=None) as batch_op:
        batch_op.create_index('ix_loan_movements_kind_day', ['kind', 'day', 'loan_id'], unique=False)
        batch_op.create_index('uq_loan_movements_live', ['loan_id', 'kind', 'reference'], unique=True, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
    for table in GUARDED:
        if op.get_bind().dialect.name == "postgresql":
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION forbid_change()"
            )
            continue
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def downgrade() -> None:
    for table in ("loan_movements", "loan_instalments", "loan_checks", "loans", "fund_rules", "loan_funds"):
        op.drop_table(table)
