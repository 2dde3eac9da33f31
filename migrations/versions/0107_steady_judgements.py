"""A cooperative's year is judged by officers where the rule of target T07 is unfair to it"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0107"
down_revision = "0106"
branch_labels = None
depends_on = None

TABLE = "steady_judgements"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cooperative_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("verdict", sa.String(40), nullable=False),
        sa.Column("reason", sa.String(255), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("verdict IN ('yes', 'no', 'rule')", name=op.f("ck_steady_judgements_verdict_known")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_steady_judgements_has_reason")),
        sa.CheckConstraint("year BETWEEN 1990 AND 2100", name=op.f("ck_steady_judgements_year_sound")),
        sa.ForeignKeyConstraint(
            ["cooperative_id"], ["cooperatives.id"], name=op.f("fk_steady_judgements_cooperative_id_cooperatives")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_steady_judgements_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_steady_judgements")),
    )
    op.create_index("ix_steady_judgements_year", TABLE, ["year", "cooperative_id", "id"])
    op.create_index("ix_steady_judgements_cooperative_id", TABLE, ["cooperative_id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION forbid_change()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {TABLE}_no_{act.lower()} BEFORE {act} ON {TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END"
        )


def downgrade() -> None:
    op.drop_table(TABLE)
