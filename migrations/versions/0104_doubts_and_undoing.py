"""Doubted prices; merges of records that were undone; lines of sheets of life events; words on the board that are hidden"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0104"
down_revision = "0103"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)
OPEN = sa.text("verdict IS NULL")


def upgrade() -> None:
    _doubts()
    _undoings()
    _lines()
    _hidden()


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


def _undoings() -> None:
    # A record that was made two again may go into another one later.
    with op.batch_alter_table("duplicate_merges") as merges:
        merges.drop_constraint(op.f("uq_duplicate_merges_loser_id"), type_="unique")
    _guarded_again("duplicate_merges")
    op.create_index("ix_duplicate_merges_loser_id", "duplicate_merges", ["loser_id"])
    op.create_table(
        "duplicate_undoings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("merge_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", AT, nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_duplicate_undoings_says_why")),
        sa.ForeignKeyConstraint(
            ["merge_id"], ["duplicate_merges.id"], name=op.f("fk_duplicate_undoings_merge_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_duplicate_undoings_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_undoings")),
        sa.UniqueConstraint("merge_id", name=op.f("uq_duplicate_undoings_merge_id")),
    )
    _guarded("duplicate_undoings")


def _lines() -> None:
    op.create_table(
        "life_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(64), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["life_events.id"], name=op.f("fk_life_lines_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_life_lines")),
        sa.UniqueConstraint("event_id", name=op.f("uq_life_lines_event_id")),
        sa.UniqueConstraint("file", "line", name=op.f("uq_life_lines_file_line")),
    )
    _guarded("life_lines")


HIDDEN = (("needs", "hidden"), ("need_questions", "hidden"), ("need_questions", "answer_hidden"))


def _hidden() -> None:
    for table, column in HIDDEN:
        op.add_column(table, sa.Column(column, sa.Boolean(), server_default=sa.false(), nullable=False))


def _guarded(table: str) -> None:
    if not _guarded_again(table):
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION forbid_change()"
        )


def _guarded_again(table: str) -> bool:
    """On SQLite a table loses its triggers when it is built anew."""
    if op.get_bind().dialect.name != "sqlite":
        return False
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
    return True


def downgrade() -> None:
    for table, column in HIDDEN:
        with op.batch_alter_table(table) as changed:
            changed.drop_column(column)
    op.drop_table("life_lines")
    op.drop_table("duplicate_undoings")
    op.drop_index("ix_duplicate_merges_loser_id", "duplicate_merges")
    with op.batch_alter_table("duplicate_merges") as merges:
        merges.create_unique_constraint(op.f("uq_duplicate_merges_loser_id"), ["loser_id"])
    _guarded_again("duplicate_merges")
    op.drop_table("price_doubts")
