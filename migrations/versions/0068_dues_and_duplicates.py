"""Dues, honours, partners, and duplicates that became one"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table('due_batches',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('year', sa.SmallInteger(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('asked_at', MOMENT, nullable=False),
    sa.Column('finished_at', MOMENT, nullable=True),
    sa.CheckConstraint("state IN ('running', 'done')", name=op.f('ck_due_batches_state_known')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['people.id'], name=op.f('fk_due_batches_asked_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_due_batches')),
    sa.UniqueConstraint('ref', name=op.f('uq_due_batches_ref'))
    )
    with op.batch_alter_table('due_batches', schema=None) as batch_op:
        batch_op.create_index('ix_due_batches_year', ['year'], unique=False)

    op.create_table('due_norms',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('least_members', sa.Integer(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('decision', sa.String(length=160), nullable=False),
    sa.Column('added_by_id', sa.Integer(), nullable=True),
    sa.Column('added_at', MOMENT, nullable=False),
    sa.CheckConstraint("kind IN ('cooperative', 'coop_union', 'coop_group')", name=op.f('ck_due_norms_kind_known')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_due_norms_amount_positive')),
    sa.CheckConstraint('least_members >= 0', name=op.f('ck_due_norms_members_not_negative')),
    sa.ForeignKeyConstraint(['added_by_id'], ['people.id'], name=op.f('fk_due_norms_added_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_due_norms')),
    sa.UniqueConstraint('valid_from', 'kind', 'least_members', name=op.f('uq_due_norms_valid_from_kind_least_members'))
    )
    op.create_table('partners',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('name', sa.String(length=255), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('country', sa.String(length=80), nullable=False),
    sa.Column('since', sa.Date(), nullable=True),
    sa.Column('matters', sa.String(length=500), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', MOMENT, nullable=False),
    sa.CheckConstraint("kind IN ('international', 'domestic')", name=op.f('ck_partners_kind_known')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_partners_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_partners')),
    sa.UniqueConstraint('name', name=op.f('uq_partners_name')),
    sa.UniqueConstraint('ref', name=op.f('uq_partners_ref'))
    )
    op.create_table('dues',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('cooperative_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.SmallInteger(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('norm_id', sa.Integer(), nullable=False),
    sa.Column('batch_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('asked_at', MOMENT, nullable=False),
    sa.Column('paid_at', MOMENT, nullable=True),
    sa.Column('reminded_at', MOMENT, nullable=True),
    sa.Column('reminders', sa.SmallInteger(), nullable=False),
    sa.Column('forgiven_at', MOMENT, nullable=True),
    sa.Column('forgiven_by_id', sa.Integer(), nullable=True),
    sa.Column('forgiven_reason', sa.String(length=500), nullable=False),
    sa.CheckConstraint("(state = 'forgiven') = (forgiven_at IS NOT NULL)", name=op.f('ck_dues_forgiven_has_time')),
    sa.CheckConstraint("(state = 'paid') = (paid_at IS NOT NULL)", name=op.f('ck_dues_paid_has_time')),
    sa.CheckConstraint("state <> 'forgiven' OR forgiven_reason <> ''", name=op.f('ck_dues_forgiven_has_reason')),
    sa.CheckConstraint("state IN ('asked', 'paid', 'forgiven')", name=op.f('ck_dues_state_known')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_dues_amount_positive')),
    sa.ForeignKeyConstraint(['batch_id'], ['due_batches.id'], name=op.f('fk_dues_batch_id')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_dues_cooperative_id')),
    sa.ForeignKeyConstraint(['forgiven_by_id'], ['people.id'], name=op.f('fk_dues_forgiven_by_id')),
    sa.ForeignKeyConstraint(['norm_id'], ['due_norms.id'], name=op.f('fk_dues_norm_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dues')),
    sa.UniqueConstraint('cooperative_id', 'year', name=op.f('uq_dues_cooperative_id_year')),
    sa.UniqueConstraint('ref', name=op.f('uq_dues_ref'))
    )
    with op.batch_alter_table('dues', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_dues_batch_id'), ['batch_id'], unique=False)
        batch_op.create_index('ix_dues_state_due_on', ['state', 'due_on'], unique=False)
        batch_op.create_index('ix_dues_year_state', ['year', 'state', 'id'], unique=False)

    op.create_table('duplicate_merges',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('loser_id', sa.Integer(), nullable=False),
    sa.Column('survivor_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('moved', JSON, nullable=False),
    sa.Column('kept', JSON, nullable=False),
    sa.Column('before', JSON, nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', MOMENT, nullable=False),
    sa.CheckConstraint('loser_id <> survivor_id', name=op.f('ck_duplicate_merges_two_records')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_duplicate_merges_by_id')),
    sa.ForeignKeyConstraint(['loser_id'], ['cooperatives.id'], name=op.f('fk_duplicate_merges_loser_id')),
    sa.ForeignKeyConstraint(['survivor_id'], ['cooperatives.id'], name=op.f('fk_duplicate_merges_survivor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_duplicate_merges')),
    sa.UniqueConstraint('loser_id', name=op.f('uq_duplicate_merges_loser_id')),
    sa.UniqueConstraint('ref', name=op.f('uq_duplicate_merges_ref'))
    )
    with op.batch_alter_table('duplicate_merges', schema=None) as batch_op:
        batch_op.create_index('ix_duplicate_merges_survivor_id', ['survivor_id'], unique=False)

    op.create_table('kept_apart',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('one_id', sa.Integer(), nullable=False),
    sa.Column('other_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', MOMENT, nullable=False),
    sa.CheckConstraint('one_id < other_id', name=op.f('ck_kept_apart_lower_first')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_kept_apart_by_id')),
    sa.ForeignKeyConstraint(['one_id'], ['cooperatives.id'], name=op.f('fk_kept_apart_one_id')),
    sa.ForeignKeyConstraint(['other_id'], ['cooperatives.id'], name=op.f('fk_kept_apart_other_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kept_apart')),
    sa.UniqueConstraint('one_id', 'other_id', name=op.f('uq_kept_apart_one_id_other_id'))
    )
    with op.batch_alter_table('kept_apart', schema=None) as batch_op:
        batch_op.create_index('ix_kept_apart_other_id', ['other_id'], unique=False)

    op.create_table('partner_helps',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('partner_id', sa.Integer(), nullable=False),
    sa.Column('cooperative_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('activity', sa.String(length=255), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=True),
    sa.Column('source', sa.String(length=255), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('withdrawn_at', MOMENT, nullable=True),
    sa.Column('withdrawn_reason', sa.String(length=500), nullable=False),
    sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_reason = '')", name=op.f('ck_partner_helps_withdrawn_has_reason')),
    sa.CheckConstraint("kind <> 'money' OR amount IS NOT NULL", name=op.f('ck_partner_helps_money_has_amount')),
    sa.CheckConstraint("kind IN ('money', 'in_kind', 'knowledge')", name=op.f('ck_partner_helps_kind_known')),
    sa.CheckConstraint('amount IS NULL OR amount > 0', name=op.f('ck_partner_helps_amount_positive')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_partner_helps_by_id')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_partner_helps_cooperative_id')),
    sa.ForeignKeyConstraint(['partner_id'], ['partners.id'], name=op.f('fk_partner_helps_partner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_partner_helps')),
    sa.UniqueConstraint('ref', name=op.f('uq_partner_helps_ref'))
    )
    with op.batch_alter_table('partner_helps', schema=None) as batch_op:
        batch_op.create_index('ix_partner_helps_cooperative_id', ['cooperative_id', 'day'], unique=False)
        batch_op.create_index('ix_partner_helps_partner_id', ['partner_id', 'day'], unique=False)

    op.create_table('recognitions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('cooperative_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('person_name', sa.String(length=120), nullable=False),
    sa.Column('officer_id', sa.Integer(), nullable=True),
    sa.Column('sector', sa.String(length=40), nullable=False),
    sa.Column('year', sa.SmallInteger(), nullable=False),
    sa.Column('decision', sa.String(length=160), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('given_by', sa.String(length=255), nullable=False),
    sa.Column('words', sa.String(length=500), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('withdrawn_at', MOMENT, nullable=True),
    sa.Column('withdrawn_reason', sa.String(length=500), nullable=False),
    sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_reason = '')", name=op.f('ck_recognitions_withdrawn_has_reason')),
    sa.CheckConstraint("kind IN ('exemplary', 'labour_hero', 'labour_order', 'merit_prime_minister', 'merit_province', 'merit_alliance', 'coop_star', 'other')", name=op.f('ck_recognitions_kind_known')),
    sa.CheckConstraint("sector IN ('agriculture', 'trade', 'craft', 'sanitation', 'transport', 'construction', 'credit', 'other')", name=op.f('ck_recognitions_sector_known')),
    sa.CheckConstraint('year BETWEEN 1945 AND 2200', name=op.f('ck_recognitions_year_sound')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_recognitions_by_id')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_recognitions_cooperative_id')),
    sa.ForeignKeyConstraint(['officer_id'], ['coop_officers.id'], name=op.f('fk_recognitions_officer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recognitions')),
    sa.UniqueConstraint('ref', name=op.f('uq_recognitions_ref'))
    )
    with op.batch_alter_table('recognitions', schema=None) as batch_op:
        batch_op.create_index('ix_recognitions_cooperative_id', ['cooperative_id'], unique=False)
        batch_op.create_index('ix_recognitions_kind_year', ['kind', 'year'], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER duplicate_merges_append_only BEFORE UPDATE OR DELETE ON duplicate_merges "
            "FOR EACH ROW EXECUTE FUNCTION forbid_change()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER duplicate_merges_no_{act.lower()} BEFORE {act} ON duplicate_merges "
            "BEGIN SELECT RAISE(ABORT, 'duplicate_merges is append-only'); END"
        )


def downgrade() -> None:
    for table in ("recognitions", "partner_helps", "kept_apart", "duplicate_merges", "dues", "partners", "due_norms", "due_batches"):
        op.drop_table(table)
