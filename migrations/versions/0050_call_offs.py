"""Call-offs: deliveries planned from a contract's schedule, called, answered"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
VIEW = """
    SELECT id, contract_id, state,
           (CASE state WHEN 'accepted' THEN accepted WHEN 'planned' THEN planned ELSE called END) / 1000.0 AS qty
    FROM call_offs"""
NO = "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"


def upgrade() -> None:
    op.create_table('call_rounds',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('contract_id', sa.Integer(), nullable=False),
        sa.Column('answer_by', MOMENT, nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('at', MOMENT, nullable=False),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_call_rounds_by_id')),
        sa.ForeignKeyConstraint(['contract_id'], ['contracts.id'], name=op.f('fk_call_rounds_contract_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_call_rounds')),
        sa.UniqueConstraint('ref', name=op.f('uq_call_rounds_ref'))
    )
    op.create_index('ix_call_rounds_contract_id', 'call_rounds', ['contract_id'], unique=False)
    op.create_table('call_offs',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('contract_id', sa.Integer(), nullable=False),
        sa.Column('product_id', sa.Integer(), nullable=False),
        sa.Column('week', sa.String(length=8), nullable=False),
        sa.Column('day', sa.Date(), nullable=True),
        sa.Column('slot', sa.String(length=10), nullable=False),
        sa.Column('planned', sa.BigInteger(), nullable=False),
        sa.Column('called', sa.BigInteger(), nullable=False),
        sa.Column('accepted', sa.BigInteger(), nullable=False),
        sa.Column('standing', sa.BigInteger(), nullable=False),
        sa.Column('taken', sa.BigInteger(), nullable=False),
        sa.Column('state', sa.String(length=40), nullable=False),
        sa.Column('cause', sa.String(length=40), nullable=False),
        sa.Column('call_id', sa.Integer(), nullable=True),
        sa.CheckConstraint("(state = 'accepted') = (accepted > 0)", name=op.f('ck_call_offs_accepted_iff_something')),
        sa.CheckConstraint("(state = 'planned') = (call_id IS NULL)", name=op.f('ck_call_offs_called_iff_by_a_call')),
        sa.CheckConstraint("cause <> '' OR NOT (state = 'refused' OR (state = 'accepted' AND accepted < called))", name=op.f('ck_call_offs_less_has_cause')),
        sa.CheckConstraint("standing >= 0 AND (standing = 0 OR state = 'called')", name=op.f('ck_call_offs_standing_only_while_asked')),
        sa.CheckConstraint("state <> 'accepted' OR taken = accepted", name=op.f('ck_call_offs_accepted_taken')),
        sa.CheckConstraint("state <> 'called' OR (called > 0 AND taken >= called AND taken >= standing)", name=op.f('ck_call_offs_called_taken')),
        sa.CheckConstraint("state IN ('called', 'accepted') OR taken = 0", name=op.f('ck_call_offs_else_nothing_taken')),
        sa.CheckConstraint("state IN ('planned', 'called', 'accepted', 'refused', 'no_answer', 'cancelled')", name=op.f('ck_call_offs_state_known')),
        sa.CheckConstraint('accepted >= 0 AND accepted <= called', name=op.f('ck_call_offs_accepted_within_called')),
        sa.CheckConstraint('planned > 0', name=op.f('ck_call_offs_plans_something')),
        sa.ForeignKeyConstraint(['call_id'], ['call_rounds.id'], name=op.f('fk_call_offs_call_id')),
        sa.ForeignKeyConstraint(['contract_id'], ['contracts.id'], name=op.f('fk_call_offs_contract_id')),
        sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_call_offs_product_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_call_offs')),
        sa.UniqueConstraint('contract_id', 'product_id', 'slot', name=op.f('uq_call_offs_contract_id_product_id_slot')),
        sa.UniqueConstraint('ref', name=op.f('uq_call_offs_ref'))
    )
    op.create_index('ix_call_offs_call_id', 'call_offs', ['call_id'], unique=False)
    op.create_index('ix_call_offs_contract_id_week', 'call_offs', ['contract_id', 'week'], unique=False)
    op.create_index('ix_call_offs_state', 'call_offs', ['state', 'contract_id'], unique=False)
    op.create_table('call_off_answers',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('call_off_id', sa.Integer(), nullable=False),
        sa.Column('call_id', sa.Integer(), nullable=False),
        sa.Column('called', sa.BigInteger(), nullable=False),
        sa.Column('accepted', sa.BigInteger(), nullable=False),
        sa.Column('kept', sa.BigInteger(), nullable=False),
        sa.Column('answered', sa.Boolean(), nullable=False),
        sa.Column('cause', sa.String(length=40), nullable=False),
        sa.Column('words', sa.String(length=500), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('at', MOMENT, nullable=False),
        sa.CheckConstraint('called > 0 AND accepted >= 0 AND accepted <= called', name=op.f('ck_call_off_answers_within_called')),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_call_off_answers_by_id')),
        sa.ForeignKeyConstraint(['call_id'], ['call_rounds.id'], name=op.f('fk_call_off_answers_call_id')),
        sa.ForeignKeyConstraint(['call_off_id'], ['call_offs.id'], name=op.f('fk_call_off_answers_call_off_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_call_off_answers'))
    )
    op.create_index('ix_call_off_answers_call_off_id', 'call_off_answers', ['call_off_id'], unique=False)
    op.create_table('call_off_totals',
        sa.Column('contract_id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('most', sa.BigInteger(), nullable=False),
        sa.Column('taken', sa.BigInteger(), nullable=False),
        sa.CheckConstraint('taken >= 0 AND taken <= most', name=op.f('ck_call_off_totals_within_tolerance')),
        sa.ForeignKeyConstraint(['contract_id'], ['contracts.id'], name=op.f('fk_call_off_totals_contract_id')),
        sa.PrimaryKeyConstraint('contract_id', name=op.f('pk_call_off_totals'))
    )
    op.execute(f"CREATE VIEW v_calloff AS {' '.join(VIEW.split())}")
    _firm("call_off_answers")


def downgrade() -> None:
    op.execute("DROP VIEW v_calloff")
    for table in ("call_off_totals", "call_off_answers", "call_offs", "call_rounds"):
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
