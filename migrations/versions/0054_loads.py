"""Loads: in how many journeys the goods of a call-off leave, never more than was accepted"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
LOADED = "ck_call_offs_loaded_within_accepted"


def upgrade() -> None:
    op.execute(
        f"ALTER TABLE call_offs ADD COLUMN loaded BIGINT DEFAULT 0 NOT NULL CONSTRAINT {LOADED} "
        "CHECK (loaded >= 0 AND (loaded <= accepted OR loaded <= standing))"
    )
    op.create_table(
        "loads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_off_id", sa.Integer(), nullable=False),
        sa.Column("cooperative_id", sa.Integer(), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=True),
        sa.Column("kg", sa.BigInteger(), nullable=False),
        sa.Column("sent", sa.BigInteger(), nullable=True),
        sa.Column("prepared_by_id", sa.Integer(), nullable=True),
        sa.Column("prepared_at", MOMENT, nullable=False),
        sa.Column("called_off_at", MOMENT, nullable=True),
        sa.Column("silence_at", MOMENT, nullable=True),
        sa.CheckConstraint("kg > 0", name=op.f("ck_loads_carries_something")),
        sa.CheckConstraint("sent IS NULL OR (sent > 0 AND sent <= kg)", name=op.f("ck_loads_sent_within")),
        sa.CheckConstraint("sent IS NULL OR called_off_at IS NULL", name=op.f("ck_loads_sent_or_called_off")),
        sa.CheckConstraint("silence_at IS NULL OR sent IS NOT NULL", name=op.f("ck_loads_clock_runs_once_sent")),
        sa.ForeignKeyConstraint(["call_off_id"], ["call_offs.id"], name=op.f("fk_loads_call_off_id")),
        sa.ForeignKeyConstraint(["cooperative_id"], ["cooperatives.id"], name=op.f("fk_loads_cooperative_id")),
        sa.ForeignKeyConstraint(["delivery_id"], ["deliveries.id"], name=op.f("fk_loads_delivery_id")),
        sa.ForeignKeyConstraint(["prepared_by_id"], ["people.id"], name=op.f("fk_loads_prepared_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loads")),
        sa.UniqueConstraint("delivery_id", name=op.f("uq_loads_delivery_id")),
    )
    op.create_index("ix_loads_call_off_id", "loads", ["call_off_id"])
    op.create_index("ix_loads_cooperative_id", "loads", ["cooperative_id", "id"])
    op.create_index("ix_loads_silence_at", "loads", ["silence_at"])


def downgrade() -> None:
    op.drop_table("loads")
    op.execute("ALTER TABLE call_offs DROP COLUMN loaded")
