"""Doubted prices; merges of records that were undone; lines of sheets of life events"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0104"
down_revision = "0099"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)
OPEN = sa.text("verdict IS NULL")


def upgrade() -> None:
    _doubts()


def _doubts() -> None:
    op.create_table(
        "price_doubts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("observation_id", sa.Integer(), nullable=False),
        sa.Column("ground", sa.String(40), nullable=False),
        sa.Column("words", sa.String(300), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", AT, nullable=False),
        sa.Column("verdict", sa.String(40), nullable=True),
        sa.Column("answer", sa.String(300), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", AT, nullable=True),
        sa.CheckConstraint("ground IN ('said', 'far')", name=op.f("ck_price_doubts_ground_known")),
        sa.CheckConstraint(
            "verdict IN ('kept', 'corrected', 'taken_back')", name=op.f("ck_price_doubts_verdict_known")
        ),
        sa.CheckConstraint("ground <> 'said' OR by_id IS NOT NULL", name=op.f("ck_price_doubts_said_by_somebody")),
        sa.CheckConstraint(
            "(verdict IS NULL) = (decided_at IS NULL)", name=op.f("ck_price_doubts_decided_has_verdict")
        ),
        sa.CheckConstraint(
            "decided_at IS NULL OR decided_at >= at", name=op.f("ck_price_doubts_decided_after_doubt")
        ),
        sa.ForeignKeyConstraint(
            ["observation_id"], ["price_observations.id"], name=op.f("fk_price_doubts_observation_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_price_doubts_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["people.id"], name=op.f("fk_price_doubts_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_doubts")),
        sa.UniqueConstraint("observation_id", name=op.f("uq_price_doubts_observation_id")),
    )
    op.create_index(
        "ix_price_doubts_open", "price_doubts", ["at", "id"], sqlite_where=OPEN, postgresql_where=OPEN
    )
    op.create_index("ix_price_doubts_by_id", "price_doubts", ["by_id", "id"])


def downgrade() -> None:
    op.drop_table("price_doubts")
