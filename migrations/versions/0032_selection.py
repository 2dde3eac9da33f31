"""Calls, applications, reviews and decisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
GUARDED = ('release_batches', 'priority_changes', 'review_conflicts', 'waivers')


def upgrade() -> None:
    op.create_table('calls',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('purpose', sa.String(length=40), nullable=False),
        sa.Column('subject_id', sa.Integer(), nullable=False),
        sa.Column('opens_at', MOMENT, nullable=False),
        sa.Column('closes_at', MOMENT, nullable=False),
        sa.Column('reviews_wanted', sa.SmallInteger(), nullable=False),
        sa.Column('bands', JSON, nullable=False),
        sa.Column('seed', sa.String(length=64), nullable=True),
        sa.Column('seed_source', sa.String(length=255), nullable=False),
        sa.Column('seed_words', sa.String(length=255), nullable=False),
        sa.Column('seed_drawn_at', MOMENT, nullable=True),
        sa.Column('made_at', MOMENT, nullable=False),
        sa.CheckConstraint("purpose IN ('fair')", name=op.f('ck_calls_purpose_known')),
        sa.CheckConstraint('(seed IS NULL) = (seed_drawn_at IS NULL)', name=op.f('ck_calls_seed_has_time')),
        sa.CheckConstraint('closes_at > opens_at', name=op.f('ck_calls_closes_after_opening')),
        sa.CheckConstraint('reviews_wanted >= 0', name=op.f('ck_calls_reviews_not_negative')),
        sa.CheckConstraint('seed_drawn_at IS NULL OR seed_drawn_at >= closes_at', name=op.f('ck_calls_seed_after_deadline')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_calls')),
        sa.UniqueConstraint('purpose', 'subject_id', name=op.f('uq_calls_purpose_subject_id')),
        sa.UniqueConstraint('ref', name=op.f('uq_calls_ref'))
    )
    op.create_table('eligibility_rules',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('code', sa.String(length=40), nullable=False),
        sa.Column('purpose', sa.String(length=40), nullable=False),
        sa.Column('checked', sa.String(length=40), nullable=False),
        sa.Column('blocks', sa.Boolean(), nullable=False),
        sa.Column('words_vi', sa.String(length=400), nullable=False),
        sa.Column('words_en', sa.String(length=400), nullable=False),
        sa.Column('source', sa.String(length=160), nullable=False),
        sa.Column('valid_from', sa.Date(), nullable=False),
        sa.Column('valid_until', sa.Date(), nullable=True),
        sa.Column('position', sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("checked IN ('declared', 'counted')", name=op.f('ck_eligibility_rules_checked_known')),
        sa.CheckConstraint('valid_until IS NULL OR valid_until >= valid_from', name=op.f('ck_eligibility_rules_days_in_order')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_eligibility_rules')),
        sa.UniqueConstraint('code', 'valid_from', name=op.f('uq_eligibility_rules_code_valid_from'))
    )
    op.create_table('preference_rules',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('code', sa.String(length=40), nullable=False),
        sa.Column('ticked', sa.Boolean(), nullable=False),
        sa.Column('words_vi', sa.String(length=400), nullable=False),
        sa.Column('words_en', sa.String(length=400), nullable=False),
        sa.Column('source', sa.String(length=160), nullable=False),
        sa.Column('valid_from', sa.Date(), nullable=False),
        sa.Column('valid_until', sa.Date(), nullable=True),
        sa.Column('position', sa.SmallInteger(), nullable=False),
        sa.CheckConstraint('valid_until IS NULL OR valid_until >= valid_from', name=op.f('ck_preference_rules_days_in_order')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_preference_rules')),
        sa.UniqueConstraint('code', 'valid_from', name=op.f('uq_preference_rules_code_valid_from'))
    )
    op.create_table('call_criteria',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('call_id', sa.Integer(), nullable=False),
        sa.Column('position', sa.SmallInteger(), nullable=False),
        sa.Column('name_vi', sa.String(length=160), nullable=False),
        sa.Column('name_en', sa.String(length=160), nullable=False),
        sa.Column('weight', sa.SmallInteger(), nullable=False),
        sa.Column('most', sa.SmallInteger(), nullable=False),
        sa.CheckConstraint('weight > 0 AND most > 0', name=op.f('ck_call_criteria_weights_positive')),
        sa.ForeignKeyConstraint(['call_id'], ['calls.id'], name=op.f('fk_call_criteria_call_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_call_criteria')),
        sa.UniqueConstraint('call_id', 'position', name=op.f('uq_call_criteria_call_id_position'))
    )
    op.create_table('call_reviewers',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('call_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['call_id'], ['calls.id'], name=op.f('fk_call_reviewers_call_id')),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_call_reviewers_person_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_call_reviewers')),
        sa.UniqueConstraint('call_id', 'person_id', name=op.f('uq_call_reviewers_call_id_person_id'))
    )
    op.create_table('release_batches',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('call_id', sa.Integer(), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('at', MOMENT, nullable=False),
        sa.Column('previewed', sa.String(length=64), nullable=False),
        sa.Column('approved', sa.Integer(), nullable=False),
        sa.Column('waitlisted', sa.Integer(), nullable=False),
        sa.Column('rejected', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_release_batches_by_id')),
        sa.ForeignKeyConstraint(['call_id'], ['calls.id'], name=op.f('fk_release_batches_call_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_release_batches'))
    )
    op.create_index('ix_release_batches_call_id', 'release_batches', ['call_id'], unique=False)
    op.create_table('applications',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('call_id', sa.Integer(), nullable=False),
        sa.Column('cooperative_id', sa.Integer(), nullable=False),
        sa.Column('state', sa.String(length=40), nullable=False),
        sa.Column('entered', sa.String(length=40), nullable=False),
        sa.Column('entered_by_id', sa.Integer(), nullable=False),
        sa.Column('told_by', sa.String(length=120), nullable=False),
        sa.Column('made_at', MOMENT, nullable=False),
        sa.Column('submitted_at', MOMENT, nullable=True),
        sa.Column('pending', sa.String(length=40), nullable=True),
        sa.Column('pending_reason', sa.String(length=500), nullable=False),
        sa.Column('decided_at', MOMENT, nullable=True),
        sa.Column('reason', sa.String(length=500), nullable=False),
        sa.Column('batch_id', sa.Integer(), nullable=True),
        sa.Column('band', sa.SmallInteger(), nullable=True),
        sa.CheckConstraint("entered IN ('online', 'phone', 'paper')", name=op.f('ck_applications_entered_known')),
        sa.CheckConstraint("pending IN ('approve', 'waitlist', 'reject')", name=op.f('ck_applications_pending_known')),
        sa.CheckConstraint("pending IS NULL OR state IN ('eligible', 'ineligible', 'waitlisted')", name=op.f('ck_applications_pending_before_release')),
        sa.CheckConstraint("state = 'draft' OR submitted_at IS NOT NULL OR state = 'withdrawn'", name=op.f('ck_applications_submitted_has_time')),
        sa.CheckConstraint("state IN ('draft', 'submitted', 'screening', 'more_info', 'eligible', 'ineligible', 'approved', 'waitlisted', 'rejected', 'withdrawn')", name=op.f('ck_applications_state_known')),
        sa.CheckConstraint("state NOT IN ('approved', 'waitlisted', 'rejected') OR decided_at IS NOT NULL", name=op.f('ck_applications_decided_has_time')),
        sa.ForeignKeyConstraint(['batch_id'], ['release_batches.id'], name=op.f('fk_applications_batch_id')),
        sa.ForeignKeyConstraint(['call_id'], ['calls.id'], name=op.f('fk_applications_call_id')),
        sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_applications_cooperative_id')),
        sa.ForeignKeyConstraint(['entered_by_id'], ['people.id'], name=op.f('fk_applications_entered_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_applications')),
        sa.UniqueConstraint('ref', name=op.f('uq_applications_ref'))
    )
    op.create_index('ix_applications_call_id_state', 'applications', ['call_id', 'state'], unique=False)
    op.create_index('ix_applications_cooperative_id', 'applications', ['cooperative_id'], unique=False)
    op.create_index('uq_applications_one_per_call', 'applications', ['call_id', 'cooperative_id'], unique=True, sqlite_where=sa.text("state <> 'withdrawn'"), postgresql_where=sa.text("state <> 'withdrawn'"))
    op.create_table('eligibility_answers',
        sa.Column('application_id', sa.Integer(), nullable=False),
        sa.Column('rule_id', sa.Integer(), nullable=False),
        sa.Column('met', sa.Boolean(), nullable=False),
        sa.Column('note', sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(['application_id'], ['applications.id'], name=op.f('fk_eligibility_answers_application_id')),
        sa.ForeignKeyConstraint(['rule_id'], ['eligibility_rules.id'], name=op.f('fk_eligibility_answers_rule_id')),
        sa.PrimaryKeyConstraint('application_id', 'rule_id', name=op.f('pk_eligibility_answers'))
    )
    op.create_table('info_requests',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('application_id', sa.Integer(), nullable=False),
        sa.Column('words', sa.Text(), nullable=False),
        sa.Column('due_at', MOMENT, nullable=True),
        sa.Column('asked_by_id', sa.Integer(), nullable=False),
        sa.Column('asked_at', MOMENT, nullable=False),
        sa.Column('answer', sa.Text(), nullable=True),
        sa.Column('answered_at', MOMENT, nullable=True),
        sa.CheckConstraint('(answered_at IS NULL) = (answer IS NULL)', name=op.f('ck_info_requests_answer_has_time')),
        sa.ForeignKeyConstraint(['application_id'], ['applications.id'], name=op.f('fk_info_requests_application_id')),
        sa.ForeignKeyConstraint(['asked_by_id'], ['people.id'], name=op.f('fk_info_requests_asked_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_info_requests'))
    )
    op.create_index('ix_info_requests_application_id', 'info_requests', ['application_id'], unique=False)
    op.create_table('preference_answers',
        sa.Column('application_id', sa.Integer(), nullable=False),
        sa.Column('rule_id', sa.Integer(), nullable=False),
        sa.Column('amount', sa.Integer(), nullable=False),
        sa.CheckConstraint('amount >= 0', name=op.f('ck_preference_answers_amount_not_negative')),
        sa.ForeignKeyConstraint(['application_id'], ['applications.id'], name=op.f('fk_preference_answers_application_id')),
        sa.ForeignKeyConstraint(['rule_id'], ['preference_rules.id'], name=op.f('fk_preference_answers_rule_id')),
        sa.PrimaryKeyConstraint('application_id', 'rule_id', name=op.f('pk_preference_answers'))
    )
    op.create_table('priority_changes',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('application_id', sa.Integer(), nullable=False),
        sa.Column('was', sa.SmallInteger(), nullable=True),
        sa.Column('band', sa.SmallInteger(), nullable=False),
        sa.Column('reason', sa.String(length=500), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('at', MOMENT, nullable=False),
        sa.ForeignKeyConstraint(['application_id'], ['applications.id'], name=op.f('fk_priority_changes_application_id')),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_priority_changes_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_priority_changes'))
    )
    op.create_index('ix_priority_changes_application_id', 'priority_changes', ['application_id'], unique=False)
    op.create_table('review_conflicts',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('application_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('words', sa.String(length=400), nullable=False),
        sa.Column('at', MOMENT, nullable=False),
        sa.ForeignKeyConstraint(['application_id'], ['applications.id'], name=op.f('fk_review_conflicts_application_id')),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_review_conflicts_person_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_review_conflicts')),
        sa.UniqueConstraint('application_id', 'person_id', name=op.f('uq_review_conflicts_application_id_person_id'))
    )
    op.create_table('reviews',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('application_id', sa.Integer(), nullable=False),
        sa.Column('reviewer_id', sa.Integer(), nullable=False),
        sa.Column('state', sa.String(length=40), nullable=False),
        sa.Column('words', sa.Text(), nullable=False),
        sa.Column('submitted_at', MOMENT, nullable=True),
        sa.CheckConstraint("(state = 'submitted') = (submitted_at IS NOT NULL)", name=op.f('ck_reviews_submitted_has_time')),
        sa.CheckConstraint("state IN ('draft', 'submitted')", name=op.f('ck_reviews_state_known')),
        sa.ForeignKeyConstraint(['application_id'], ['applications.id'], name=op.f('fk_reviews_application_id')),
        sa.ForeignKeyConstraint(['reviewer_id'], ['people.id'], name=op.f('fk_reviews_reviewer_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_reviews')),
        sa.UniqueConstraint('application_id', 'reviewer_id', name=op.f('uq_reviews_application_id_reviewer_id'))
    )
    op.create_table('waivers',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('application_id', sa.Integer(), nullable=False),
        sa.Column('rule_id', sa.Integer(), nullable=False),
        sa.Column('reason', sa.String(length=500), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('at', MOMENT, nullable=False),
        sa.ForeignKeyConstraint(['application_id'], ['applications.id'], name=op.f('fk_waivers_application_id')),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_waivers_by_id')),
        sa.ForeignKeyConstraint(['rule_id'], ['eligibility_rules.id'], name=op.f('fk_waivers_rule_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_waivers')),
        sa.UniqueConstraint('application_id', 'rule_id', name=op.f('uq_waivers_application_id_rule_id'))
    )
    op.create_table('review_scores',
        sa.Column('review_id', sa.Integer(), nullable=False),
        sa.Column('criterion_id', sa.Integer(), nullable=False),
        sa.Column('points', sa.SmallInteger(), nullable=False),
        sa.CheckConstraint('points >= 0', name=op.f('ck_review_scores_points_not_negative')),
        sa.ForeignKeyConstraint(['criterion_id'], ['call_criteria.id'], name=op.f('fk_review_scores_criterion_id')),
        sa.ForeignKeyConstraint(['review_id'], ['reviews.id'], name=op.f('fk_review_scores_review_id')),
        sa.PrimaryKeyConstraint('review_id', 'criterion_id', name=op.f('pk_review_scores'))
    )
    for table in GUARDED:
        _guard(table)


def downgrade() -> None:
    op.drop_table("review_scores")
    op.drop_table("waivers")
    op.drop_table("reviews")
    op.drop_table("review_conflicts")
    op.drop_table("priority_changes")
    op.drop_table("preference_answers")
    op.drop_table("info_requests")
    op.drop_table("eligibility_answers")
    op.drop_table("applications")
    op.drop_table("release_batches")
    op.drop_table("call_reviewers")
    op.drop_table("call_criteria")
    op.drop_table("preference_rules")
    op.drop_table("eligibility_rules")
    op.drop_table("calls")


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
