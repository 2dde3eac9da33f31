"""How cooperatives are graded and measured, by dated rules"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table('classification_schemes',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('code', sa.String(length=60), nullable=False),
        sa.Column('name_vi', sa.String(length=300), nullable=False),
        sa.Column('name_en', sa.String(length=300), nullable=False),
        sa.Column('valid_from', sa.Date(), nullable=False),
        sa.Column('most', sa.BigInteger(), nullable=False),
        sa.Column('source', sa.String(length=500), nullable=False),
        sa.Column('added_by_id', sa.Integer(), nullable=True),
        sa.Column('added_at', MOMENT, nullable=False),
        sa.Column('taken_back_at', MOMENT, nullable=True),
        sa.Column('taken_back_reason', sa.String(length=500), nullable=False),
        sa.Column('taken_back_by_id', sa.Integer(), nullable=True),
        sa.CheckConstraint("(taken_back_at IS NULL) = (taken_back_reason = '')", name=op.f('ck_classification_schemes_taken_back_with_reason')),
        sa.CheckConstraint("source <> ''", name=op.f('ck_classification_schemes_has_source')),
        sa.CheckConstraint('most > 0', name=op.f('ck_classification_schemes_most_positive')),
        sa.ForeignKeyConstraint(['added_by_id'], ['people.id'], name=op.f('fk_classification_schemes_added_by_id')),
        sa.ForeignKeyConstraint(['taken_back_by_id'], ['people.id'], name=op.f('fk_classification_schemes_taken_back_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_classification_schemes')),
        sa.UniqueConstraint('code', name=op.f('uq_classification_schemes_code')),
        sa.UniqueConstraint('ref', name=op.f('uq_classification_schemes_ref'))
    )
    op.create_index('ix_classification_schemes_valid_from', 'classification_schemes', ['valid_from', 'id'], unique=False)
    op.create_table('classification_scheme_grades',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('scheme_id', sa.Integer(), nullable=False),
        sa.Column('grade', sa.String(length=40), nullable=False),
        sa.Column('least', sa.BigInteger(), nullable=False),
        sa.CheckConstraint("grade IN ('good', 'fair', 'average', 'weak')", name=op.f('ck_classification_scheme_grades_grade_known')),
        sa.CheckConstraint('least >= 0', name=op.f('ck_classification_scheme_grades_least_not_negative')),
        sa.ForeignKeyConstraint(['scheme_id'], ['classification_schemes.id'], name=op.f('fk_classification_scheme_grades_scheme_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_classification_scheme_grades')),
        sa.UniqueConstraint('scheme_id', 'grade', name=op.f('uq_classification_scheme_grades_scheme_id_grade')),
        sa.UniqueConstraint('scheme_id', 'least', name=op.f('uq_classification_scheme_grades_scheme_id_least'))
    )
    op.create_table('classification_criteria',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('scheme_id', sa.Integer(), nullable=False),
        sa.Column('position', sa.SmallInteger(), nullable=False),
        sa.Column('code', sa.String(length=12), nullable=False),
        sa.Column('within', sa.String(length=12), nullable=False),
        sa.Column('name_vi', sa.String(length=300), nullable=False),
        sa.Column('name_en', sa.String(length=300), nullable=False),
        sa.Column('most', sa.BigInteger(), nullable=True),
        sa.CheckConstraint('most IS NULL OR most > 0', name=op.f('ck_classification_criteria_most_positive')),
        sa.ForeignKeyConstraint(['scheme_id'], ['classification_schemes.id'], name=op.f('fk_classification_criteria_scheme_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_classification_criteria')),
        sa.UniqueConstraint('scheme_id', 'code', name=op.f('uq_classification_criteria_scheme_id_code')),
        sa.UniqueConstraint('scheme_id', 'position', name=op.f('uq_classification_criteria_scheme_id_position'))
    )
    op.create_table('classification_decisions',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('year', sa.SmallInteger(), nullable=False),
        sa.Column('number', sa.String(length=60), nullable=False),
        sa.Column('decided_on', sa.Date(), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('at', MOMENT, nullable=False),
        sa.Column('taken_back_at', MOMENT, nullable=True),
        sa.Column('taken_back_reason', sa.String(length=500), nullable=False),
        sa.Column('taken_back_by_id', sa.Integer(), nullable=True),
        sa.CheckConstraint("(taken_back_at IS NULL) = (taken_back_reason = '')", name=op.f('ck_classification_decisions_taken_back_with_reason')),
        sa.CheckConstraint("number <> ''", name=op.f('ck_classification_decisions_has_number')),
        sa.CheckConstraint('year BETWEEN 1997 AND 2100', name=op.f('ck_classification_decisions_year_range')),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_classification_decisions_by_id')),
        sa.ForeignKeyConstraint(['taken_back_by_id'], ['people.id'], name=op.f('fk_classification_decisions_taken_back_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_classification_decisions')),
        sa.UniqueConstraint('number', 'decided_on', name=op.f('uq_classification_decisions_number_decided_on')),
        sa.UniqueConstraint('ref', name=op.f('uq_classification_decisions_ref'))
    )
    op.create_index('ix_classification_decisions_year', 'classification_decisions', ['year', 'id'], unique=False)
    op.create_table('classifications',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('cooperative_id', sa.Integer(), nullable=False),
        sa.Column('year', sa.SmallInteger(), nullable=False),
        sa.Column('scheme_id', sa.Integer(), nullable=False),
        sa.Column('state', sa.String(length=40), nullable=False),
        sa.Column('stopped_from', sa.Date(), nullable=True),
        sa.Column('stopped_until', sa.Date(), nullable=True),
        sa.Column('own', sa.BigInteger(), nullable=True),
        sa.Column('own_grade', sa.String(length=40), nullable=True),
        sa.Column('points', sa.BigInteger(), nullable=True),
        sa.Column('grade', sa.String(length=40), nullable=True),
        sa.Column('excluded', sa.String(length=40), nullable=True),
        sa.Column('words', sa.String(length=1000), nullable=False),
        sa.Column('decision_id', sa.Integer(), nullable=True),
        sa.Column('scored_by_id', sa.Integer(), nullable=True),
        sa.Column('scored_at', MOMENT, nullable=False),
        sa.Column('checked_by_id', sa.Integer(), nullable=True),
        sa.Column('checked_at', MOMENT, nullable=True),
        sa.CheckConstraint("(state = 'decided') = (decision_id IS NOT NULL)", name=op.f('ck_classifications_decided_by_a_decision')),
        sa.CheckConstraint("(state = 'scored') = (checked_at IS NULL)", name=op.f('ck_classifications_checked_at_a_time')),
        sa.CheckConstraint("excluded IN ('young', 'stopped', 'credit')", name=op.f('ck_classifications_excluded_known')),
        sa.CheckConstraint("grade IN ('good', 'fair', 'average', 'weak')", name=op.f('ck_classifications_grade_known')),
        sa.CheckConstraint("state <> 'scored' OR (grade IS NULL AND excluded IS NULL)", name=op.f('ck_classifications_scored_has_none')),
        sa.CheckConstraint("state = 'scored' OR grade IS NOT NULL OR excluded IS NOT NULL", name=op.f('ck_classifications_checked_has_outcome')),
        sa.CheckConstraint("state IN ('scored', 'checked', 'decided')", name=op.f('ck_classifications_state_known')),
        sa.CheckConstraint('(stopped_from IS NULL) = (stopped_until IS NULL)', name=op.f('ck_classifications_stopped_from_and_until')),
        sa.CheckConstraint('grade IS NULL OR excluded IS NULL', name=op.f('ck_classifications_graded_or_excluded')),
        sa.CheckConstraint('own IS NULL OR own >= 0', name=op.f('ck_classifications_own_not_negative')),
        sa.CheckConstraint('points IS NULL OR points >= 0', name=op.f('ck_classifications_points_not_negative')),
        sa.CheckConstraint('stopped_until >= stopped_from', name=op.f('ck_classifications_stopped_in_order')),
        sa.CheckConstraint('year BETWEEN 1997 AND 2100', name=op.f('ck_classifications_year_range')),
        sa.ForeignKeyConstraint(['checked_by_id'], ['people.id'], name=op.f('fk_classifications_checked_by_id')),
        sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_classifications_cooperative_id')),
        sa.ForeignKeyConstraint(['decision_id'], ['classification_decisions.id'], name=op.f('fk_classifications_decision_id')),
        sa.ForeignKeyConstraint(['scheme_id'], ['classification_schemes.id'], name=op.f('fk_classifications_scheme_id')),
        sa.ForeignKeyConstraint(['scored_by_id'], ['people.id'], name=op.f('fk_classifications_scored_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_classifications')),
        sa.UniqueConstraint('cooperative_id', 'year', name=op.f('uq_classifications_cooperative_id_year')),
        sa.UniqueConstraint('ref', name=op.f('uq_classifications_ref'))
    )
    op.create_index('ix_classifications_decision_id', 'classifications', ['decision_id', 'id'], unique=False)
    op.create_index(op.f('ix_classifications_scheme_id'), 'classifications', ['scheme_id'], unique=False)
    op.create_index('ix_classifications_year_grade', 'classifications', ['year', 'state', 'grade', 'id'], unique=False)
    op.create_table('classification_scores',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('classification_id', sa.Integer(), nullable=False),
        sa.Column('criterion_id', sa.Integer(), nullable=False),
        sa.Column('own', sa.BigInteger(), nullable=True),
        sa.Column('points', sa.BigInteger(), nullable=True),
        sa.CheckConstraint('own IS NULL OR own >= 0', name=op.f('ck_classification_scores_own_not_negative')),
        sa.CheckConstraint('points IS NULL OR points >= 0', name=op.f('ck_classification_scores_points_not_negative')),
        sa.ForeignKeyConstraint(['classification_id'], ['classifications.id'], name=op.f('fk_classification_scores_classification_id')),
        sa.ForeignKeyConstraint(['criterion_id'], ['classification_criteria.id'], name=op.f('fk_classification_scores_criterion_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_classification_scores')),
        sa.UniqueConstraint('classification_id', 'criterion_id', name=op.f('uq_classification_scores_classification_id_criterion_id'))
    )
    op.create_table('size_rules',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('code', sa.String(length=60), nullable=False),
        sa.Column('name_vi', sa.String(length=300), nullable=False),
        sa.Column('name_en', sa.String(length=300), nullable=False),
        sa.Column('valid_from', sa.Date(), nullable=False),
        sa.Column('source', sa.String(length=500), nullable=False),
        sa.Column('added_by_id', sa.Integer(), nullable=True),
        sa.Column('added_at', MOMENT, nullable=False),
        sa.Column('taken_back_at', MOMENT, nullable=True),
        sa.Column('taken_back_reason', sa.String(length=500), nullable=False),
        sa.Column('taken_back_by_id', sa.Integer(), nullable=True),
        sa.CheckConstraint("(taken_back_at IS NULL) = (taken_back_reason = '')", name=op.f('ck_size_rules_taken_back_with_reason')),
        sa.CheckConstraint("source <> ''", name=op.f('ck_size_rules_has_source')),
        sa.ForeignKeyConstraint(['added_by_id'], ['people.id'], name=op.f('fk_size_rules_added_by_id')),
        sa.ForeignKeyConstraint(['taken_back_by_id'], ['people.id'], name=op.f('fk_size_rules_taken_back_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_size_rules')),
        sa.UniqueConstraint('code', name=op.f('uq_size_rules_code')),
        sa.UniqueConstraint('ref', name=op.f('uq_size_rules_ref'))
    )
    op.create_index('ix_size_rules_valid_from', 'size_rules', ['valid_from', 'id'], unique=False)
    op.create_table('size_rule_rows',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('rules_id', sa.Integer(), nullable=False),
        sa.Column('branch', sa.String(length=40), nullable=False),
        sa.Column('size', sa.String(length=40), nullable=False),
        sa.Column('members', sa.Integer(), nullable=True),
        sa.Column('revenue', sa.BigInteger(), nullable=True),
        sa.Column('capital', sa.BigInteger(), nullable=True),
        sa.CheckConstraint("branch IN ('any', 'agriculture', 'industry', 'services')", name=op.f('ck_size_rule_rows_branch_known')),
        sa.CheckConstraint("size IN ('large', 'medium', 'small', 'micro')", name=op.f('ck_size_rule_rows_size_known')),
        sa.CheckConstraint('(revenue IS NULL) = (capital IS NULL)', name=op.f('ck_size_rule_rows_revenue_or_capital')),
        sa.CheckConstraint('members IS NULL OR members >= 0', name=op.f('ck_size_rule_rows_members_not_negative')),
        sa.ForeignKeyConstraint(['rules_id'], ['size_rules.id'], name=op.f('fk_size_rule_rows_rules_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_size_rule_rows')),
        sa.UniqueConstraint('rules_id', 'branch', 'size', name=op.f('uq_size_rule_rows_rules_id_branch_size'))
    )


def downgrade() -> None:
    op.drop_table("size_rule_rows")
    op.drop_table("size_rules")
    op.drop_table("classification_scores")
    op.drop_table("classifications")
    op.drop_table("classification_decisions")
    op.drop_table("classification_criteria")
    op.drop_table("classification_scheme_grades")
    op.drop_table("classification_schemes")
