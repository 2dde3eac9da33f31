"""Settlement sheets: what is to be paid for slips of acceptance, and what was given ahead"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
NO = "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"


def upgrade() -> None:
    op.create_table('settlement_counters',
    sa.Column('cooperative_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_settlement_counters_cooperative_id')),
    sa.PrimaryKeyConstraint('cooperative_id', 'year', name=op.f('pk_settlement_counters'))
    )
    op.create_table('input_advances',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('item', sa.String(length=160), nullable=False),
    sa.Column('quantity', sa.BigInteger(), nullable=False),
    sa.Column('unit', sa.String(length=20), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=False),
    sa.Column('words', sa.String(length=500), nullable=False),
    sa.Column('once', sa.String(length=40), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', MOMENT, nullable=True),
    sa.CheckConstraint("(state = 'declined') = (words <> '')", name=op.f('ck_input_advances_declined_has_words')),
    sa.CheckConstraint("(state = 'written') = (answered_at IS NULL)", name=op.f('ck_input_advances_answered_iff_not_waiting')),
    sa.CheckConstraint("item <> ''", name=op.f('ck_input_advances_has_item')),
    sa.CheckConstraint("state IN ('written', 'confirmed', 'declined')", name=op.f('ck_input_advances_state_known')),
    sa.CheckConstraint('value > 0 AND quantity > 0', name=op.f('ck_input_advances_something_given')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['people.id'], name=op.f('fk_input_advances_answered_by_id')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_input_advances_by_id')),
    sa.ForeignKeyConstraint(['contract_id'], ['contracts.id'], name=op.f('fk_input_advances_contract_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_input_advances')),
    sa.UniqueConstraint('contract_id', 'once', name=op.f('uq_input_advances_contract_id_once')),
    sa.UniqueConstraint('ref', name=op.f('uq_input_advances_ref'))
    )
    op.create_index('ix_input_advances_contract_id', 'input_advances', ['contract_id', 'id'], unique=False)
    op.create_table('settlement_books',
    sa.Column('contract_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('deposit_came', sa.BigInteger(), nullable=False),
    sa.Column('deposit_counted', sa.BigInteger(), nullable=False),
    sa.Column('inputs_given', sa.BigInteger(), nullable=False),
    sa.Column('inputs_counted', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('deposit_counted >= 0 AND deposit_counted <= deposit_came', name=op.f('ck_settlement_books_deposit_within')),
    sa.CheckConstraint('inputs_counted >= 0 AND inputs_counted <= inputs_given', name=op.f('ck_settlement_books_inputs_within')),
    sa.ForeignKeyConstraint(['contract_id'], ['contracts.id'], name=op.f('fk_settlement_books_contract_id')),
    sa.PrimaryKeyConstraint('contract_id', name=op.f('pk_settlement_books'))
    )
    op.create_table('settlements',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('cooperative_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('replaces_id', sa.Integer(), nullable=True),
    sa.Column('goods', sa.BigInteger(), nullable=False),
    sa.Column('total', sa.BigInteger(), nullable=False),
    sa.Column('owed_back', sa.BigInteger(), nullable=False),
    sa.Column('inputs_left', sa.BigInteger(), nullable=False),
    sa.Column('deposit_left', sa.BigInteger(), nullable=False),
    sa.Column('from_day', sa.Date(), nullable=True),
    sa.Column('until_day', sa.Date(), nullable=True),
    sa.Column('accepted_on', sa.Date(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('due_from', sa.String(length=40), nullable=True),
    sa.Column('words', sa.String(length=500), nullable=False),
    sa.Column('drawn_by', sa.String(length=40), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('seller_confirmed_by_id', sa.Integer(), nullable=True),
    sa.Column('seller_confirmed_at', MOMENT, nullable=True),
    sa.Column('buyer_confirmed_by_id', sa.Integer(), nullable=True),
    sa.Column('buyer_confirmed_at', MOMENT, nullable=True),
    sa.Column('confirmed_at', MOMENT, nullable=True),
    sa.Column('paid_at', MOMENT, nullable=True),
    sa.CheckConstraint("(state = 'paid') = (paid_at IS NOT NULL)", name=op.f('ck_settlements_paid_has_time')),
    sa.CheckConstraint("(state = 'void') = (words <> '')", name=op.f('ck_settlements_void_has_words')),
    sa.CheckConstraint("(state IN ('confirmed', 'paid')) = (confirmed_at IS NOT NULL AND due_on IS NOT NULL AND due_from IS NOT NULL)", name=op.f('ck_settlements_confirmed_has_due_day')),
    sa.CheckConstraint("due_from IN ('acceptance', 'confirmation')", name=op.f('ck_settlements_due_from_known')),
    sa.CheckConstraint("state IN ('draft', 'confirmed_by_seller', 'confirmed_by_buyer', 'confirmed', 'paid', 'void')", name=op.f('ck_settlements_state_known')),
    sa.CheckConstraint("state NOT IN ('confirmed', 'paid') OR (seller_confirmed_at IS NOT NULL AND buyer_confirmed_at IS NOT NULL)", name=op.f('ck_settlements_confirmed_by_both')),
    sa.CheckConstraint('goods >= 0 AND inputs_left >= 0 AND deposit_left >= 0', name=op.f('ck_settlements_nothing_below_zero')),
    sa.CheckConstraint('total >= 0 AND owed_back >= 0 AND (total = 0 OR owed_back = 0)', name=op.f('ck_settlements_one_way')),
    sa.ForeignKeyConstraint(['buyer_confirmed_by_id'], ['people.id'], name=op.f('fk_settlements_buyer_confirmed_by_id')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_settlements_by_id')),
    sa.ForeignKeyConstraint(['contract_id'], ['contracts.id'], name=op.f('fk_settlements_contract_id')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_settlements_cooperative_id')),
    sa.ForeignKeyConstraint(['replaces_id'], ['settlements.id'], name=op.f('fk_settlements_replaces_id')),
    sa.ForeignKeyConstraint(['seller_confirmed_by_id'], ['people.id'], name=op.f('fk_settlements_seller_confirmed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_settlements')),
    sa.UniqueConstraint('cooperative_id', 'number', name=op.f('uq_settlements_cooperative_id_number')),
    sa.UniqueConstraint('ref', name=op.f('uq_settlements_ref')),
    sa.UniqueConstraint('replaces_id', name=op.f('uq_settlements_replaces_id'))
    )
    op.create_index('ix_settlements_contract_id', 'settlements', ['contract_id', 'id'], unique=False)
    op.create_index('ix_settlements_state_due_on', 'settlements', ['state', 'due_on'], unique=False)
    op.create_table('settlement_parts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('settlement_id', sa.Integer(), nullable=False),
    sa.Column('cooperative_id', sa.Integer(), nullable=False),
    sa.Column('kg', sa.BigInteger(), nullable=False),
    sa.Column('goods', sa.BigInteger(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('kg >= 0 AND goods >= 0 AND amount >= 0', name=op.f('ck_settlement_parts_nothing_below_zero')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_settlement_parts_cooperative_id')),
    sa.ForeignKeyConstraint(['settlement_id'], ['settlements.id'], name=op.f('fk_settlement_parts_settlement_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_settlement_parts')),
    sa.UniqueConstraint('settlement_id', 'cooperative_id', name=op.f('uq_settlement_parts_settlement_id_cooperative_id'))
    )
    op.create_index('ix_settlement_parts_cooperative_id', 'settlement_parts', ['cooperative_id'], unique=False)
    op.create_table('settlement_facts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('settlement_id', sa.Integer(), nullable=False),
    sa.Column('fact', sa.String(length=60), nullable=False),
    sa.Column('acceptance_id', sa.Integer(), nullable=True),
    sa.Column('living', sa.Boolean(), nullable=False),
    sa.CheckConstraint("(substr(fact, 1, 5) = 'slip:') = (acceptance_id IS NOT NULL)", name=op.f('ck_settlement_facts_slip_is_one')),
    sa.ForeignKeyConstraint(['acceptance_id'], ['acceptances.id'], name=op.f('fk_settlement_facts_acceptance_id')),
    sa.ForeignKeyConstraint(['settlement_id'], ['settlements.id'], name=op.f('fk_settlement_facts_settlement_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_settlement_facts'))
    )
    op.create_index('ix_settlement_facts_acceptance_id', 'settlement_facts', ['acceptance_id'], unique=False)
    op.create_index('ix_settlement_facts_settlement_id', 'settlement_facts', ['settlement_id'], unique=False)
    op.create_index('uq_settlement_facts_living', 'settlement_facts', ['fact'], unique=True, sqlite_where=sa.text('living'), postgresql_where=sa.text('living'))
    op.create_table('settlement_lines',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('settlement_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('fact', sa.String(length=60), nullable=False),
    sa.Column('acceptance_id', sa.Integer(), nullable=True),
    sa.Column('slip', sa.String(length=40), nullable=False),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('grade', sa.String(length=12), nullable=False),
    sa.Column('quantity', sa.BigInteger(), nullable=True),
    sa.Column('price', sa.BigInteger(), nullable=True),
    sa.Column('words', JSON, nullable=False),
    sa.Column('inputs', JSON, nullable=False),
    sa.CheckConstraint("(kind = 'goods') = (acceptance_id IS NOT NULL AND quantity IS NOT NULL AND price IS NOT NULL AND day IS NOT NULL)", name=op.f('ck_settlement_lines_goods_have_a_slip')),
    sa.CheckConstraint("kind IN ('goods', 'deduction', 'penalty', 'interest', 'inputs', 'deposit')", name=op.f('ck_settlement_lines_kind_known')),
    sa.ForeignKeyConstraint(['acceptance_id'], ['acceptances.id'], name=op.f('fk_settlement_lines_acceptance_id')),
    sa.ForeignKeyConstraint(['settlement_id'], ['settlements.id'], name=op.f('fk_settlement_lines_settlement_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_settlement_lines')),
    sa.UniqueConstraint('settlement_id', 'position', name=op.f('uq_settlement_lines_settlement_id_position'))
    )
    op.create_index('ix_settlement_lines_acceptance_id', 'settlement_lines', ['acceptance_id'], unique=False)
    _firm("settlement_lines")
    _firm("settlement_parts")


def downgrade() -> None:
    op.drop_index('ix_settlement_lines_acceptance_id', table_name='settlement_lines')
    op.drop_table('settlement_lines')
    op.drop_index('uq_settlement_facts_living', table_name='settlement_facts', sqlite_where=sa.text('living'), postgresql_where=sa.text('living'))
    op.drop_index('ix_settlement_facts_settlement_id', table_name='settlement_facts')
    op.drop_index('ix_settlement_facts_acceptance_id', table_name='settlement_facts')
    op.drop_table('settlement_facts')
    op.drop_index('ix_settlement_parts_cooperative_id', table_name='settlement_parts')
    op.drop_table('settlement_parts')
    op.drop_index('ix_settlements_state_due_on', table_name='settlements')
    op.drop_index('ix_settlements_contract_id', table_name='settlements')
    op.drop_table('settlements')
    op.drop_table('settlement_books')
    op.drop_index('ix_input_advances_contract_id', table_name='input_advances')
    op.drop_table('input_advances')
    op.drop_table('settlement_counters')


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
