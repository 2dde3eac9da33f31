"""What was issued as a report stands in its rows too; two periods side by side are counted by the worker"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0102"
down_revision = "0101"
branch_labels = None
depends_on = None

ISSUED = "EXISTS (SELECT 1 FROM period_reports r WHERE r.id = {row}.report_id AND r.document_id IS NOT NULL)"
FIRM = {
    "period_reports": (
        "{row}.document_id IS NOT NULL",
        "id, ref, kind, first_day, last_day, turn, done, steps, as_of, changed, annexes, begun_by_id, begun_at, "
        "counted_at, replaces_id, withdraws, reason, document_id, issued_by_id, issued_at",
    ),
    "report_paragraphs": (
        ISSUED,
        "id, report_id, section, position, key, drafted, words, version, by_id, at",
    ),
    "report_figures": (ISSUED, "id, report_id, code, position, measure, value, before, was, turn"),
}
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for table, (holds, firm) in FIRM.items():
        _freeze(table, holds, firm, part=table != "period_reports")
    op.create_table(
        "period_readings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("told", _json(), nullable=False),
        sa.Column("done", sa.SmallInteger(), nullable=False),
        sa.Column("steps", sa.SmallInteger(), nullable=False),
        sa.Column("wanted_at", AT, nullable=False),
        sa.Column("counted_at", AT, nullable=True),
        sa.CheckConstraint("kind IN ('month', 'quarter', 'year')", name=op.f("ck_period_readings_kind_known")),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_period_readings_days_in_order")),
        sa.CheckConstraint("done >= 0 AND done <= steps", name=op.f("ck_period_readings_done_within_steps")),
        sa.CheckConstraint("done < steps OR counted_at IS NOT NULL", name=op.f("ck_period_readings_whole_has_time")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period_readings")),
        sa.UniqueConstraint("kind", "first_day", name=op.f("uq_period_readings_kind_first_day")),
    )


def _json() -> sa.types.TypeEngine:
    from sqlalchemy.dialects.postgresql import JSONB

    return sa.JSON().with_variant(JSONB(), "postgresql")


def _freeze(table: str, holds: str, firm: str, *, part: bool) -> None:
    was, comes = holds.format(row="OLD"), holds.format(row="NEW")
    no = f"{table} is append-only once it was issued"
    if op.get_bind().dialect.name == "sqlite":
        when = {
            "no_insert": f"INSERT ON {table} WHEN {comes}",
            "no_update": f"UPDATE OF {firm} ON {table} WHEN {f'{was} OR {comes}' if part else was}",
            "no_delete": f"DELETE ON {table} WHEN {was}",
        }
        for act in ("no_insert", "no_update", "no_delete")[0 if part else 1 :]:
            op.execute(f"CREATE TRIGGER {table}_{act} BEFORE {when[act]} BEGIN SELECT RAISE(ABORT, '{no}'); END")
        return
    of = f"INSERT OR UPDATE OF {firm} OR DELETE" if part else f"UPDATE OF {firm} OR DELETE"
    into = f"IF TG_OP <> 'DELETE' AND {comes} THEN RAISE EXCEPTION '{no}'; END IF; " if part else ""
    op.execute(
        f"CREATE OR REPLACE FUNCTION {table}_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP <> 'INSERT' AND {was} THEN RAISE EXCEPTION '{no}'; END IF; {into}"
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE {of} ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_frozen()"
    )


def downgrade() -> None:
    op.drop_table("period_readings")
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in FIRM:
        if sqlite:
            for act in ("no_insert", "no_update", "no_delete"):
                op.execute(f"DROP TRIGGER IF EXISTS {table}_{act}")
        else:
            op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
            op.execute(f"DROP FUNCTION {table}_frozen()")
