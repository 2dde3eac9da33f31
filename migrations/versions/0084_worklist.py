"""Who has taken on what of the things that wait, and decisions for many"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0084"
down_revision = "0073"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table('task_marks',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('queue', sa.String(length=40), nullable=False),
        sa.Column('key', sa.String(length=64), nullable=False),
        sa.Column('what', sa.String(length=300), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=True),
        sa.Column('snoozed_until', sa.Date(), nullable=True),
        sa.Column('note', sa.String(length=300), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('at', MOMENT, nullable=False),
        sa.CheckConstraint('person_id IS NOT NULL OR snoozed_until IS NOT NULL', name=op.f('ck_task_marks_marks_something')),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_task_marks_by_id')),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_task_marks_person_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_task_marks')),
        sa.UniqueConstraint('queue', 'key', name=op.f('uq_task_marks_queue_key'))
    )
    op.create_index('ix_task_marks_person_id', 'task_marks', ['person_id'])
    op.create_table('bulk_runs',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('queue', sa.String(length=40), nullable=False),
        sa.Column('decision', sa.String(length=40), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('at', MOMENT, nullable=False),
        sa.Column('undo_until', MOMENT, nullable=False),
        sa.Column('undone_at', MOMENT, nullable=True),
        sa.Column('undone_by_id', sa.Integer(), nullable=True),
        sa.CheckConstraint('undo_until >= at', name=op.f('ck_bulk_runs_undo_after_it_was_done')),
        sa.CheckConstraint('(undone_at IS NULL) = (undone_by_id IS NULL)', name=op.f('ck_bulk_runs_undone_by_somebody')),
        sa.CheckConstraint('undone_at <= undo_until', name=op.f('ck_bulk_runs_undone_in_time')),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_bulk_runs_by_id')),
        sa.ForeignKeyConstraint(['undone_by_id'], ['people.id'], name=op.f('fk_bulk_runs_undone_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_bulk_runs')),
        sa.UniqueConstraint('ref', name=op.f('uq_bulk_runs_ref'))
    )
    op.create_index('ix_bulk_runs_by_id', 'bulk_runs', ['by_id'])
    op.create_table('bulk_lines',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('run_id', sa.Integer(), nullable=False),
        sa.Column('key', sa.String(length=64), nullable=False),
        sa.Column('what', sa.String(length=300), nullable=False),
        sa.Column('whose', sa.String(length=300), nullable=False),
        sa.Column('refused', sa.String(length=500), nullable=False),
        sa.Column('stayed', sa.String(length=500), nullable=False),
        sa.CheckConstraint("refused = '' OR stayed = ''", name=op.f('ck_bulk_lines_only_done_is_undone')),
        sa.ForeignKeyConstraint(['run_id'], ['bulk_runs.id'], name=op.f('fk_bulk_lines_run_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_bulk_lines')),
        sa.UniqueConstraint('run_id', 'key', name=op.f('uq_bulk_lines_run_id_key'))
    )


def downgrade() -> None:
    op.drop_table('bulk_lines')
    op.drop_table('bulk_runs')
    op.drop_table('task_marks')
