"""What the alliance changes in its settings, from which day on"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0085"
down_revision = "0084"
branch_labels = None
depends_on = None

NO = "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"


def upgrade() -> None:
    op.create_table('setting_changes',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=60), nullable=False),
        sa.Column('value', sa.Text(), nullable=True),
        sa.Column('from_day', sa.Date(), nullable=False),
        sa.Column('reason', sa.String(length=300), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('reverts_id', sa.Integer(), nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f('ck_setting_changes_has_name')),
        sa.CheckConstraint("reason <> ''", name=op.f('ck_setting_changes_has_reason')),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_setting_changes_by_id')),
        sa.ForeignKeyConstraint(['reverts_id'], ['setting_changes.id'], name=op.f('fk_setting_changes_reverts_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_setting_changes')),
        sa.UniqueConstraint('reverts_id', name=op.f('uq_setting_changes_reverts_id'))
    )
    op.create_index('ix_setting_changes_name', 'setting_changes', ['name', 'from_day', 'id'], unique=False)
    table = "setting_changes"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION forbid_change()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} " + NO.format(table=table))


def downgrade() -> None:
    op.drop_table("setting_changes")
