"""Disputes about slips of acceptance; the record of a contract: what was kept and what was not, and what excuses it"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
NO = "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
REDACTABLE = {
    "slip_dispute_steps": "id, dispute_id, kind, side, by_id, at",
    "record_statements": "id, contract_id, slot_id, shortfall_id, side, by_id, at",
}


def upgrade() -> None:
    op.create_table('contract_shortfalls',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('side', sa.String(length=40), nullable=False),
    sa.Column('basis', sa.String(length=40), nullable=False),
    sa.Column('agreed', sa.BigInteger(), nullable=False),
    sa.Column('lower', sa.BigInteger(), nullable=False),
    sa.Column('kept', sa.BigInteger(), nullable=False),
    sa.Column('short', sa.BigInteger(), nullable=False),
    sa.Column('not_called', sa.BigInteger(), nullable=False),
    sa.Column('excused', sa.BigInteger(), nullable=False),
    sa.Column('missing', sa.BigInteger(), nullable=False),
    sa.Column('price', sa.BigInteger(), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.Column('rate', sa.BigInteger(), nullable=False),
    sa.Column('cap', sa.BigInteger(), nullable=False),
    sa.Column('penalty', sa.BigInteger(), nullable=False),
    sa.Column('why_none', sa.String(length=40), nullable=False),
    sa.Column('written_at', MOMENT, nullable=False),
    sa.CheckConstraint("(penalty > 0) = (why_none = '')", name=op.f('ck_contract_shortfalls_none_has_reason')),
    sa.CheckConstraint("basis IN ('lower_bound', 'nominal')", name=op.f('ck_contract_shortfalls_basis_known')),
    sa.CheckConstraint("side IN ('seller', 'buyer')", name=op.f('ck_contract_shortfalls_side_known')),
    sa.CheckConstraint('kept < lower OR short = 0', name=op.f('ck_contract_shortfalls_within_tolerance_nothing_short')),
    sa.CheckConstraint('kept >= 0 AND agreed >= 0 AND lower <= agreed', name=op.f('ck_contract_shortfalls_amounts_sound')),
    sa.CheckConstraint('missing >= 0 AND missing + not_called + excused = short', name=op.f('ck_contract_shortfalls_missing_is_the_rest')),
    sa.CheckConstraint('penalty >= 0 AND (penalty = 0 OR missing > 0)', name=op.f('ck_contract_shortfalls_penalty_only_for_missing')),
    sa.CheckConstraint('rate >= 0 AND rate <= cap', name=op.f('ck_contract_shortfalls_rate_within_law')),
    sa.CheckConstraint('short >= 0 AND not_called >= 0 AND excused >= 0', name=op.f('ck_contract_shortfalls_nothing_below_zero')),
    sa.ForeignKeyConstraint(['contract_id'], ['contracts.id'], name=op.f('fk_contract_shortfalls_contract_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contract_shortfalls')),
    sa.UniqueConstraint('contract_id', 'side', name=op.f('uq_contract_shortfalls_contract_id_side'))
    )
    op.create_table('excuses',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('side', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('words', sa.String(length=1000), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('answer', sa.String(length=1000), nullable=False),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', MOMENT, nullable=True),
    sa.CheckConstraint("(state IN ('accepted', 'objected')) = (answered_at IS NOT NULL)", name=op.f('ck_excuses_answered')),
    sa.CheckConstraint("kind = 'majeure' OR side = 'seller'", name=op.f('ck_excuses_only_a_buyer_takes')),
    sa.CheckConstraint("kind IN ('majeure', 'not_taken')", name=op.f('ck_excuses_kind_known')),
    sa.CheckConstraint("side IN ('seller', 'buyer')", name=op.f('ck_excuses_side_known')),
    sa.CheckConstraint("state IN ('told', 'accepted', 'objected', 'withdrawn')", name=op.f('ck_excuses_state_known')),
    sa.CheckConstraint("words <> ''", name=op.f('ck_excuses_has_words')),
    sa.CheckConstraint('last_day >= first_day', name=op.f('ck_excuses_ends_after_it_begins')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['people.id'], name=op.f('fk_excuses_answered_by_id')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_excuses_by_id')),
    sa.ForeignKeyConstraint(['contract_id'], ['contracts.id'], name=op.f('fk_excuses_contract_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_excuses')),
    sa.UniqueConstraint('ref', name=op.f('uq_excuses_ref'))
    )
    with op.batch_alter_table('excuses', schema=None) as batch_op:
        batch_op.create_index('ix_excuses_contract_id', ['contract_id', 'first_day'], unique=False)

    op.create_table('excuse_photos',
    sa.Column('excuse_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.SmallInteger(), autoincrement=False, nullable=False),
    sa.Column('photo_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('position BETWEEN 1 AND 4', name=op.f('ck_excuse_photos_four_at_most')),
    sa.ForeignKeyConstraint(['excuse_id'], ['excuses.id'], name=op.f('fk_excuse_photos_excuse_id')),
    sa.ForeignKeyConstraint(['photo_id'], ['photos.id'], name=op.f('fk_excuse_photos_photo_id')),
    sa.PrimaryKeyConstraint('excuse_id', 'position', name=op.f('pk_excuse_photos'))
    )
    op.create_table('slot_records',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('call_off_id', sa.Integer(), nullable=False),
    sa.Column('ends', sa.Date(), nullable=False),
    sa.Column('cure_until', sa.Date(), nullable=False),
    sa.Column('called', sa.BigInteger(), nullable=False),
    sa.Column('promised', sa.BigInteger(), nullable=False),
    sa.Column('brought', sa.BigInteger(), nullable=False),
    sa.Column('accepted', sa.BigInteger(), nullable=False),
    sa.Column('late', sa.BigInteger(), nullable=False),
    sa.Column('rejected', sa.BigInteger(), nullable=False),
    sa.Column('short', sa.BigInteger(), nullable=False),
    sa.Column('made_up', sa.BigInteger(), nullable=False),
    sa.Column('missing', sa.BigInteger(), nullable=False),
    sa.Column('cause', sa.String(length=40), nullable=False),
    sa.Column('excuse_id', sa.Integer(), nullable=True),
    sa.Column('price', sa.BigInteger(), nullable=True),
    sa.Column('market', sa.BigInteger(), nullable=True),
    sa.Column('market_facts', JSON, nullable=True),
    sa.Column('written_at', MOMENT, nullable=False),
    sa.Column('closed_at', MOMENT, nullable=True),
    sa.CheckConstraint("(short > 0) = (cause <> '')", name=op.f('ck_slot_records_short_has_cause')),
    sa.CheckConstraint('brought >= 0 AND accepted >= 0 AND late >= 0 AND rejected >= 0', name=op.f('ck_slot_records_nothing_below_zero')),
    sa.CheckConstraint('called > 0 AND promised >= 0 AND promised <= called', name=op.f('ck_slot_records_promised_within_called')),
    sa.CheckConstraint('made_up + missing = short', name=op.f('ck_slot_records_made_up_and_missing')),
    sa.CheckConstraint('short >= 0 AND made_up >= 0 AND missing >= 0', name=op.f('ck_slot_records_short_not_below_zero')),
    sa.ForeignKeyConstraint(['call_off_id'], ['call_offs.id'], name=op.f('fk_slot_records_call_off_id')),
    sa.ForeignKeyConstraint(['contract_id'], ['contracts.id'], name=op.f('fk_slot_records_contract_id')),
    sa.ForeignKeyConstraint(['excuse_id'], ['excuses.id'], name=op.f('fk_slot_records_excuse_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_slot_records')),
    sa.UniqueConstraint('call_off_id', name=op.f('uq_slot_records_call_off_id'))
    )
    with op.batch_alter_table('slot_records', schema=None) as batch_op:
        batch_op.create_index('ix_slot_records_contract_id_ends', ['contract_id', 'ends'], unique=False)
        batch_op.create_index('ix_slot_records_ends', ['ends', 'contract_id'], unique=False)

    op.create_table('record_statements',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('slot_id', sa.Integer(), nullable=True),
    sa.Column('shortfall_id', sa.Integer(), nullable=True),
    sa.Column('side', sa.String(length=40), nullable=False),
    sa.Column('words', sa.String(length=1000), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', MOMENT, nullable=False),
    sa.CheckConstraint("side IN ('seller', 'buyer')", name=op.f('ck_record_statements_side_known')),
    sa.CheckConstraint('(slot_id IS NULL) <> (shortfall_id IS NULL)', name=op.f('ck_record_statements_about_one_fact')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_record_statements_by_id')),
    sa.ForeignKeyConstraint(['contract_id'], ['contracts.id'], name=op.f('fk_record_statements_contract_id')),
    sa.ForeignKeyConstraint(['shortfall_id'], ['contract_shortfalls.id'], name=op.f('fk_record_statements_shortfall_id')),
    sa.ForeignKeyConstraint(['slot_id'], ['slot_records.id'], name=op.f('fk_record_statements_slot_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_record_statements'))
    )
    with op.batch_alter_table('record_statements', schema=None) as batch_op:
        batch_op.create_index('ix_record_statements_contract_id', ['contract_id'], unique=False)

    op.create_table('slip_disputes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('acceptance_id', sa.Integer(), nullable=False),
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('side', sa.String(length=40), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('turn', sa.String(length=40), nullable=False),
    sa.Column('due_by', MOMENT, nullable=True),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('seller_consented_at', MOMENT, nullable=True),
    sa.Column('buyer_consented_at', MOMENT, nullable=True),
    sa.Column('firm_before', MOMENT, nullable=True),
    sa.Column('revision', sa.SmallInteger(), nullable=True),
    sa.Column('closed_at', MOMENT, nullable=True),
    sa.CheckConstraint("(state IN ('agreed', 'decided', 'stands')) = (revision IS NOT NULL)", name=op.f('ck_slip_disputes_corrected_has_revision')),
    sa.CheckConstraint("(state IN ('raised', 'answered', 'mediated')) = (closed_at IS NULL)", name=op.f('ck_slip_disputes_closed_has_time')),
    sa.CheckConstraint("(state IN ('raised', 'answered', 'mediated')) = (turn <> 'nobody')", name=op.f('ck_slip_disputes_open_has_turn')),
    sa.CheckConstraint("side IN ('seller', 'buyer')", name=op.f('ck_slip_disputes_side_known')),
    sa.CheckConstraint("state <> 'decided' OR (seller_consented_at IS NOT NULL AND buyer_consented_at IS NOT NULL)", name=op.f('ck_slip_disputes_decided_as_both_wished')),
    sa.CheckConstraint("state IN ('raised', 'answered', 'mediated', 'agreed', 'decided', 'stands', 'withdrawn', 'lapsed')", name=op.f('ck_slip_disputes_state_known')),
    sa.CheckConstraint("turn IN ('other', 'raiser', 'alliance', 'both', 'nobody')", name=op.f('ck_slip_disputes_turn_known')),
    sa.CheckConstraint("turn NOT IN ('other', 'raiser', 'both') OR due_by IS NOT NULL", name=op.f('ck_slip_disputes_turn_has_clock')),
    sa.ForeignKeyConstraint(['acceptance_id'], ['acceptances.id'], name=op.f('fk_slip_disputes_acceptance_id')),
    sa.ForeignKeyConstraint(['contract_id'], ['contracts.id'], name=op.f('fk_slip_disputes_contract_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_slip_disputes')),
    sa.UniqueConstraint('ref', name=op.f('uq_slip_disputes_ref'))
    )
    with op.batch_alter_table('slip_disputes', schema=None) as batch_op:
        batch_op.create_index('ix_slip_disputes_acceptance_id', ['acceptance_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_slip_disputes_contract_id'), ['contract_id'], unique=False)
        batch_op.create_index('ix_slip_disputes_state_due_by', ['state', 'due_by'], unique=False)
        batch_op.create_index('uq_slip_disputes_open', ['acceptance_id'], unique=True, sqlite_where=sa.text("state IN ('raised', 'answered', 'mediated')"), postgresql_where=sa.text("state IN ('raised', 'answered', 'mediated')"))

    op.create_table('slip_dispute_steps',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dispute_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('side', sa.String(length=40), nullable=False),
    sa.Column('words', sa.String(length=2000), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', MOMENT, nullable=False),
    sa.CheckConstraint("(side = '') = (kind = 'clock')", name=op.f('ck_slip_dispute_steps_clock_has_no_side')),
    sa.CheckConstraint("kind IN ('claim', 'answer', 'offer', 'ask', 'consent', 'note', 'proposal', 'yes', 'no', 'decision', 'withdrawal', 'clock')", name=op.f('ck_slip_dispute_steps_kind_known')),
    sa.CheckConstraint("side IN ('seller', 'buyer', 'office', '')", name=op.f('ck_slip_dispute_steps_side_known')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_slip_dispute_steps_by_id')),
    sa.ForeignKeyConstraint(['dispute_id'], ['slip_disputes.id'], name=op.f('fk_slip_dispute_steps_dispute_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_slip_dispute_steps'))
    )
    with op.batch_alter_table('slip_dispute_steps', schema=None) as batch_op:
        batch_op.create_index('ix_slip_dispute_steps_dispute_id', ['dispute_id'], unique=False)

    op.create_table('slip_dispute_photos',
    sa.Column('step_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.SmallInteger(), autoincrement=False, nullable=False),
    sa.Column('photo_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('position BETWEEN 1 AND 4', name=op.f('ck_slip_dispute_photos_four_at_most')),
    sa.ForeignKeyConstraint(['photo_id'], ['photos.id'], name=op.f('fk_slip_dispute_photos_photo_id')),
    sa.ForeignKeyConstraint(['step_id'], ['slip_dispute_steps.id'], name=op.f('fk_slip_dispute_photos_step_id')),
    sa.PrimaryKeyConstraint('step_id', 'position', name=op.f('pk_slip_dispute_photos'))
    )
    op.create_table('slip_dispute_shifts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('step_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=False),
    sa.Column('kg', sa.BigInteger(), nullable=False),
    sa.Column('outcome', sa.String(length=40), nullable=False),
    sa.Column('grade', sa.String(length=12), nullable=False),
    sa.Column('reason', sa.String(length=40), nullable=False),
    sa.CheckConstraint("(outcome = 'rejected') = (reason <> '')", name=op.f('ck_slip_dispute_shifts_rejected_has_reason')),
    sa.CheckConstraint("outcome IN ('accepted', 'rejected')", name=op.f('ck_slip_dispute_shifts_outcome_known')),
    sa.CheckConstraint('kg > 0', name=op.f('ck_slip_dispute_shifts_kg_positive')),
    sa.ForeignKeyConstraint(['line_id'], ['acceptance_lines.id'], name=op.f('fk_slip_dispute_shifts_line_id')),
    sa.ForeignKeyConstraint(['step_id'], ['slip_dispute_steps.id'], name=op.f('fk_slip_dispute_shifts_step_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_slip_dispute_shifts')),
    sa.UniqueConstraint('step_id', 'line_id', name=op.f('uq_slip_dispute_shifts_step_id_line_id'))
    )
    for table in ("excuse_photos", "slip_dispute_photos", "slip_dispute_shifts"):
        _firm(table)
    for table, firm in REDACTABLE.items():
        _redactable(table, firm)


def downgrade() -> None:
    op.drop_table('slip_dispute_shifts')
    op.drop_table('slip_dispute_photos')
    with op.batch_alter_table('slip_dispute_steps', schema=None) as batch_op:
        batch_op.drop_index('ix_slip_dispute_steps_dispute_id')

    op.drop_table('slip_dispute_steps')
    with op.batch_alter_table('slip_disputes', schema=None) as batch_op:
        batch_op.drop_index('uq_slip_disputes_open', sqlite_where=sa.text("state IN ('raised', 'answered', 'mediated')"), postgresql_where=sa.text("state IN ('raised', 'answered', 'mediated')"))
        batch_op.drop_index('ix_slip_disputes_state_due_by')
        batch_op.drop_index(batch_op.f('ix_slip_disputes_contract_id'))
        batch_op.drop_index('ix_slip_disputes_acceptance_id')

    op.drop_table('slip_disputes')
    with op.batch_alter_table('record_statements', schema=None) as batch_op:
        batch_op.drop_index('ix_record_statements_contract_id')

    op.drop_table('record_statements')
    with op.batch_alter_table('slot_records', schema=None) as batch_op:
        batch_op.drop_index('ix_slot_records_ends')
        batch_op.drop_index('ix_slot_records_contract_id_ends')

    op.drop_table('slot_records')
    op.drop_table('excuse_photos')
    with op.batch_alter_table('excuses', schema=None) as batch_op:
        batch_op.drop_index('ix_excuses_contract_id')

    op.drop_table('excuses')
    op.drop_table('contract_shortfalls')


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


def _redactable(table: str, firm: str) -> None:
    """Rows of which only the words may be taken out."""
    no = NO.format(table=table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OF {firm} OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION forbid_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_redaction BEFORE UPDATE OF words ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION forbid_unless_redacting()"
        )
        return
    op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE OF {firm} ON {table} {no}")
    op.execute(
        f"CREATE TRIGGER {table}_no_redaction BEFORE UPDATE OF words ON {table} "
        f"WHEN NOT EXISTS (SELECT 1 FROM redactions) {no}"
    )
    op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {no}")
