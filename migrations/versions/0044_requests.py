"""Requests of buyers: lines, papers, invitations, questions, amendments, awards, forms, kept searches"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from marketplace.foundation.db.search import Index

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TABLES = (
    "need_counters",
    "need_forms",
    "need_watches",
    "needs",
    "need_amendments",
    "need_awards",
    "need_invitations",
    "need_lines",
    "need_papers",
    "need_questions",
    "need_told",
    "need_award_lines",
)
FIRM = ("need_forms", "need_awards", "need_award_lines")
NO = "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"


def upgrade() -> None:
    op.create_table('need_counters',
        sa.Column('year', sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column('last', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('year', name=op.f('pk_need_counters'))
    )
    op.create_table('need_forms',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('category_id', sa.Integer(), nullable=False),
        sa.Column('version', sa.SmallInteger(), nullable=False),
        sa.Column('fields', JSON, nullable=False),
        sa.Column('made_by_id', sa.Integer(), nullable=True),
        sa.Column('made_at', MOMENT, nullable=False),
        sa.CheckConstraint('version > 0', name=op.f('ck_need_forms_version_positive')),
        sa.ForeignKeyConstraint(['category_id'], ['categories.id'], name=op.f('fk_need_forms_category_id')),
        sa.ForeignKeyConstraint(['made_by_id'], ['people.id'], name=op.f('fk_need_forms_made_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_need_forms')),
        sa.UniqueConstraint('category_id', 'version', name=op.f('uq_need_forms_category_id_version'))
    )
    op.create_table('need_watches',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('query', sa.String(length=400), nullable=False),
        sa.Column('kept_at', MOMENT, nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_need_watches_person_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_need_watches')),
        sa.UniqueConstraint('person_id', 'query', name=op.f('uq_need_watches_person_id_query')),
        sa.UniqueConstraint('ref', name=op.f('uq_need_watches_ref'))
    )
    op.create_table('needs',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('number', sa.String(length=24), nullable=True),
        sa.Column('organisation_id', sa.Integer(), nullable=False),
        sa.Column('state', sa.String(length=40), nullable=False),
        sa.Column('goods_id', sa.Integer(), nullable=False),
        sa.Column('commodity_id', sa.Integer(), nullable=True),
        sa.Column('unit', sa.String(length=12), nullable=False),
        sa.Column('grade_id', sa.Integer(), nullable=True),
        sa.Column('grade', JSON, nullable=False),
        sa.Column('packing', sa.String(length=200), nullable=False),
        sa.Column('words', sa.Text(), nullable=False),
        sa.Column('total', sa.BigInteger(), nullable=False),
        sa.Column('awarded', sa.BigInteger(), nullable=False),
        sa.Column('first_day', sa.Date(), nullable=True),
        sa.Column('last_day', sa.Date(), nullable=True),
        sa.Column('depot_id', sa.Integer(), nullable=True),
        sa.Column('unit_id', sa.Integer(), nullable=True),
        sa.Column('place', JSON, nullable=False),
        sa.Column('arrives_from', sa.Time(), nullable=True),
        sa.Column('arrives_until', sa.Time(), nullable=True),
        sa.Column('target_price', sa.BigInteger(), nullable=True),
        sa.Column('audience', sa.String(length=40), nullable=False),
        sa.Column('splits', sa.Boolean(), nullable=False),
        sa.Column('sealed', sa.Boolean(), nullable=False),
        sa.Column('quotes_until', MOMENT, nullable=True),
        sa.Column('questions_until', MOMENT, nullable=True),
        sa.Column('form_id', sa.Integer(), nullable=True),
        sa.Column('answers', JSON, nullable=False),
        sa.Column('copied_from_id', sa.Integer(), nullable=True),
        sa.Column('entered', sa.String(length=40), nullable=False),
        sa.Column('told_by', sa.String(length=120), nullable=False),
        sa.Column('drafted_by_id', sa.Integer(), nullable=True),
        sa.Column('drafted_at', MOMENT, nullable=False),
        sa.Column('opened_at', MOMENT, nullable=True),
        sa.Column('closed_at', MOMENT, nullable=True),
        sa.Column('decided_at', MOMENT, nullable=True),
        sa.Column('reason', sa.String(length=500), nullable=False),
        sa.Column('amendments', sa.SmallInteger(), nullable=False),
        sa.Column('told_sections', JSON, nullable=False),
        sa.CheckConstraint("(entered = 'online') = (told_by = '')", name=op.f('ck_needs_told_by_iff_not_online')),
        sa.CheckConstraint("audience IN ('open', 'invited')", name=op.f('ck_needs_audience_known')),
        sa.CheckConstraint("entered IN ('online', 'phone', 'paper')", name=op.f('ck_needs_entered_known')),
        sa.CheckConstraint("state <> 'awarded' OR awarded > 0", name=op.f('ck_needs_awarded_has_parts')),
        sa.CheckConstraint("state IN ('closed', 'awarded') OR awarded = 0", name=op.f('ck_needs_parts_of_awarded')),
        sa.CheckConstraint("state IN ('draft', 'cancelled') OR (opened_at IS NOT NULL AND quotes_until IS NOT NULL AND total > 0 AND first_day IS NOT NULL AND number IS NOT NULL)", name=op.f('ck_needs_opened_is_whole')),
        sa.CheckConstraint("state IN ('draft', 'open', 'closed', 'awarded', 'none_suitable', 'withdrawn', 'cancelled')", name=op.f('ck_needs_state_known')),
        sa.CheckConstraint("state NOT IN ('withdrawn', 'none_suitable') OR reason <> ''", name=op.f('ck_needs_ended_has_reason')),
        sa.CheckConstraint('(first_day IS NULL) = (last_day IS NULL)', name=op.f('ck_needs_days_both')),
        sa.CheckConstraint('arrives_from IS NULL OR arrives_until IS NULL OR arrives_from < arrives_until', name=op.f('ck_needs_hours_in_order')),
        sa.CheckConstraint('awarded BETWEEN 0 AND total', name=op.f('ck_needs_awarded_within_total')),
        sa.CheckConstraint('first_day <= last_day', name=op.f('ck_needs_days_in_order')),
        sa.CheckConstraint('questions_until <= quotes_until', name=op.f('ck_needs_questions_before_quotes')),
        sa.CheckConstraint('target_price IS NULL OR target_price > 0', name=op.f('ck_needs_price_positive')),
        sa.ForeignKeyConstraint(['commodity_id'], ['commodities.id'], name=op.f('fk_needs_commodity_id')),
        sa.ForeignKeyConstraint(['copied_from_id'], ['needs.id'], name=op.f('fk_needs_copied_from_id')),
        sa.ForeignKeyConstraint(['depot_id'], ['depots.id'], name=op.f('fk_needs_depot_id')),
        sa.ForeignKeyConstraint(['drafted_by_id'], ['people.id'], name=op.f('fk_needs_drafted_by_id')),
        sa.ForeignKeyConstraint(['form_id'], ['need_forms.id'], name=op.f('fk_needs_form_id')),
        sa.ForeignKeyConstraint(['goods_id'], ['goods.id'], name=op.f('fk_needs_goods_id')),
        sa.ForeignKeyConstraint(['grade_id'], ['grade_specs.id'], name=op.f('fk_needs_grade_id')),
        sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_needs_organisation_id')),
        sa.ForeignKeyConstraint(['unit_id'], ['admin_units.id'], name=op.f('fk_needs_unit_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_needs')),
        sa.UniqueConstraint('number', name=op.f('uq_needs_number')),
        sa.UniqueConstraint('ref', name=op.f('uq_needs_ref'))
    )
    op.create_index('ix_needs_goods_id_state', 'needs', ['goods_id', 'state'], unique=False)
    op.create_index('ix_needs_organisation_id', 'needs', ['organisation_id', 'id'], unique=False)
    op.create_index('ix_needs_state_quotes_until', 'needs', ['state', 'quotes_until'], unique=False)
    op.create_table('need_amendments',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('need_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.SmallInteger(), nullable=False),
        sa.Column('changes', JSON, nullable=False),
        sa.Column('reason', sa.String(length=500), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('at', MOMENT, nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f('ck_need_amendments_reason_given')),
        sa.CheckConstraint('number > 0', name=op.f('ck_need_amendments_number_positive')),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_need_amendments_by_id')),
        sa.ForeignKeyConstraint(['need_id'], ['needs.id'], name=op.f('fk_need_amendments_need_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_need_amendments')),
        sa.UniqueConstraint('need_id', 'number', name=op.f('uq_need_amendments_need_id_number'))
    )
    op.create_table('need_awards',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('need_id', sa.Integer(), nullable=False),
        sa.Column('cooperative_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=40), nullable=False),
        sa.Column('source', sa.String(length=40), nullable=False),
        sa.Column('quantity', sa.BigInteger(), nullable=False),
        sa.Column('rank', sa.SmallInteger(), nullable=True),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('at', MOMENT, nullable=False),
        sa.CheckConstraint("(kind = 'part') = (quantity > 0)", name=op.f('ck_need_awards_part_has_quantity')),
        sa.CheckConstraint("(kind = 'reserve') = (rank IS NOT NULL)", name=op.f('ck_need_awards_reserve_has_rank')),
        sa.CheckConstraint("kind IN ('part', 'reserve')", name=op.f('ck_need_awards_kind_known')),
        sa.CheckConstraint("source <> ''", name=op.f('ck_need_awards_source_given')),
        sa.CheckConstraint('quantity >= 0', name=op.f('ck_need_awards_quantity_not_negative')),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_need_awards_by_id')),
        sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_need_awards_cooperative_id')),
        sa.ForeignKeyConstraint(['need_id'], ['needs.id'], name=op.f('fk_need_awards_need_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_need_awards')),
        sa.UniqueConstraint('need_id', 'source', 'kind', name=op.f('uq_need_awards_need_id_source_kind'))
    )
    op.create_index('ix_need_awards_cooperative_id', 'need_awards', ['cooperative_id'], unique=False)
    op.create_index('uq_need_awards_rank', 'need_awards', ['need_id', 'rank'], unique=True, sqlite_where=sa.text("kind = 'reserve'"), postgresql_where=sa.text("kind = 'reserve'"))
    op.create_table('need_invitations',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('need_id', sa.Integer(), nullable=False),
        sa.Column('cooperative_id', sa.Integer(), nullable=False),
        sa.Column('invited_by_id', sa.Integer(), nullable=True),
        sa.Column('invited_at', MOMENT, nullable=False),
        sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_need_invitations_cooperative_id')),
        sa.ForeignKeyConstraint(['invited_by_id'], ['people.id'], name=op.f('fk_need_invitations_invited_by_id')),
        sa.ForeignKeyConstraint(['need_id'], ['needs.id'], name=op.f('fk_need_invitations_need_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_need_invitations')),
        sa.UniqueConstraint('need_id', 'cooperative_id', name=op.f('uq_need_invitations_need_id_cooperative_id'))
    )
    op.create_index('ix_need_invitations_cooperative_id', 'need_invitations', ['cooperative_id'], unique=False)
    op.create_table('need_lines',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('need_id', sa.Integer(), nullable=False),
        sa.Column('day', sa.Date(), nullable=True),
        sa.Column('week', sa.String(length=8), nullable=True),
        sa.Column('starts', sa.Date(), nullable=False),
        sa.Column('quantity', sa.BigInteger(), nullable=False),
        sa.Column('awarded', sa.BigInteger(), nullable=False),
        sa.CheckConstraint('(day IS NULL) <> (week IS NULL)', name=op.f('ck_need_lines_day_or_week')),
        sa.CheckConstraint('awarded BETWEEN 0 AND quantity', name=op.f('ck_need_lines_awarded_within_quantity')),
        sa.CheckConstraint('day IS NULL OR day = starts', name=op.f('ck_need_lines_starts_on_its_day')),
        sa.CheckConstraint('quantity > 0', name=op.f('ck_need_lines_quantity_positive')),
        sa.ForeignKeyConstraint(['need_id'], ['needs.id'], name=op.f('fk_need_lines_need_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_need_lines')),
        sa.UniqueConstraint('need_id', 'starts', name=op.f('uq_need_lines_need_id_starts'))
    )
    op.create_table('need_papers',
        sa.Column('need_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=40), nullable=False),
        sa.CheckConstraint("kind IN ('vietgap', 'globalgap', 'ocop', 'organic', 'haccp', 'iso22000', 'food_safety', 'gi', 'collective_mark', 'certification_mark', 'growing_area', 'packing_house', 'residue_test', 'registration')", name=op.f('ck_need_papers_kind_known')),
        sa.ForeignKeyConstraint(['need_id'], ['needs.id'], name=op.f('fk_need_papers_need_id')),
        sa.PrimaryKeyConstraint('need_id', 'kind', name=op.f('pk_need_papers'))
    )
    op.create_table('need_questions',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('need_id', sa.Integer(), nullable=False),
        sa.Column('cooperative_id', sa.Integer(), nullable=False),
        sa.Column('question', sa.String(length=1000), nullable=False),
        sa.Column('asked_by_id', sa.Integer(), nullable=True),
        sa.Column('asked_at', MOMENT, nullable=False),
        sa.Column('answer', sa.String(length=2000), nullable=False),
        sa.Column('answered_by_id', sa.Integer(), nullable=True),
        sa.Column('answered_at', MOMENT, nullable=True),
        sa.CheckConstraint("(answer = '') = (answered_at IS NULL)", name=op.f('ck_need_questions_answered_has_time')),
        sa.CheckConstraint("question <> ''", name=op.f('ck_need_questions_question_given')),
        sa.ForeignKeyConstraint(['answered_by_id'], ['people.id'], name=op.f('fk_need_questions_answered_by_id')),
        sa.ForeignKeyConstraint(['asked_by_id'], ['people.id'], name=op.f('fk_need_questions_asked_by_id')),
        sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_need_questions_cooperative_id')),
        sa.ForeignKeyConstraint(['need_id'], ['needs.id'], name=op.f('fk_need_questions_need_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_need_questions'))
    )
    op.create_index('ix_need_questions_cooperative_id', 'need_questions', ['cooperative_id'], unique=False)
    op.create_index('ix_need_questions_need_id', 'need_questions', ['need_id'], unique=False)
    op.create_table('need_told',
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('need_id', sa.Integer(), nullable=False),
        sa.Column('at', MOMENT, nullable=False),
        sa.ForeignKeyConstraint(['need_id'], ['needs.id'], name=op.f('fk_need_told_need_id')),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_need_told_person_id')),
        sa.PrimaryKeyConstraint('person_id', 'need_id', name=op.f('pk_need_told'))
    )
    op.create_index(op.f('ix_need_told_need_id'), 'need_told', ['need_id'], unique=False)
    op.create_table('need_award_lines',
        sa.Column('award_id', sa.Integer(), nullable=False),
        sa.Column('line_id', sa.Integer(), nullable=False),
        sa.Column('quantity', sa.BigInteger(), nullable=False),
        sa.CheckConstraint('quantity > 0', name=op.f('ck_need_award_lines_quantity_positive')),
        sa.ForeignKeyConstraint(['award_id'], ['need_awards.id'], name=op.f('fk_need_award_lines_award_id')),
        sa.ForeignKeyConstraint(['line_id'], ['need_lines.id'], name=op.f('fk_need_award_lines_line_id')),
        sa.PrimaryKeyConstraint('award_id', 'line_id', name=op.f('pk_need_award_lines'))
    )
    op.create_index(op.f('ix_need_award_lines_line_id'), 'need_award_lines', ['line_id'], unique=False)
    for table in FIRM:
        _firm(table)
    _redactable("need_amendments", firm="id, need_id, number, by_id, at", soft="reason, changes")
    # The tables of an index are derived from the rows and made by the search itself, here as everywhere.
    for statement in Index("needs").ddl(op.get_bind().dialect.name):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    for statement in Index("needs").drop(op.get_bind().dialect.name):
        op.get_bind().exec_driver_sql(statement)
    for table in reversed(TABLES):
        op.drop_table(table)


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


def _redactable(table: str, *, firm: str, soft: str) -> None:
    """Rows of which only names may be taken out, from these columns."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OF {firm} OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION forbid_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_redaction BEFORE UPDATE OF {soft} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION forbid_unless_redacting()"
        )
        return
    no = NO.format(table=table)
    op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE OF {firm} ON {table} {no}")
    op.execute(
        f"CREATE TRIGGER {table}_no_redaction BEFORE UPDATE OF {soft} ON {table} "
        f"WHEN NOT EXISTS (SELECT 1 FROM redactions) {no}"
    )
    op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {no}")
