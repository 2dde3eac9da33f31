"""Photos that are withheld; old history folded; files of the trail that the worker writes"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0099"
down_revision = "0098"
branch_labels = None
depends_on = None

STATES = ("waiting", "ready", "refused")
STATES_NOW = (*STATES, "withheld")
WITHHELD = sa.text("state = 'withheld'")
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("photos") as photos:
        photos.add_column(sa.Column("withheld", _json(), nullable=False, server_default=sa.text("'{}'")))
        photos.add_column(sa.Column("withheld_at", AT, nullable=True))
        _among(photos, STATES_NOW)
        photos.create_check_constraint(
            op.f("ck_photos_withheld_has_time"), "(state = 'withheld') = (withheld_at IS NOT NULL)"
        )
    with op.batch_alter_table("photos") as photos:
        photos.alter_column("withheld", server_default=None)
    _folds()
    _exports()
    op.create_index(
        "ix_photos_withheld_at", "photos", ["withheld_at"], sqlite_where=WITHHELD, postgresql_where=WITHHELD
    )


def _folds() -> None:
    op.create_table(
        "audit_folds",
        sa.Column("number", _big(), autoincrement=False, nullable=False),
        sa.Column("first_seq", sa.BigInteger(), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("since", AT, nullable=False),
        sa.Column("until", AT, nullable=False),
        sa.Column("facts", sa.Integer(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("kinds", _json(), nullable=False),
        sa.Column("last_hash", sa.String(64), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("prev_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.CheckConstraint(
            "first_seq > 0 AND last_seq - first_seq + 1 = facts AND facts > 0", name=op.f("ck_audit_folds_whole")
        ),
        sa.CheckConstraint("words >= 0 AND words <= facts", name=op.f("ck_audit_folds_words_of_facts")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_folds")),
        sa.UniqueConstraint("first_seq", name=op.f("uq_audit_folds_first_seq")),
        sa.UniqueConstraint("last_seq", name=op.f("uq_audit_folds_last_seq")),
    )
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_folds_no_{act.lower()} BEFORE {act} ON audit_folds "
                "BEGIN SELECT RAISE(ABORT, 'audit_folds is append-only'); END"
            )
    else:
        op.execute(
            "CREATE TRIGGER audit_folds_append_only BEFORE UPDATE OR DELETE ON audit_folds "
            "FOR EACH ROW EXECUTE FUNCTION forbid_change()"
        )


def _exports() -> None:
    op.create_table(
        "trail_exports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(32), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("wanted_at", AT, nullable=False),
        sa.Column("good_until", AT, nullable=False),
        sa.Column("sought", _json(), nullable=False),
        sa.Column("last_id", sa.BigInteger(), nullable=False),
        sa.Column("locale", sa.String(2), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("touched_at", AT, nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'ready', 'failed')", name=op.f("ck_trail_exports_state_known")),
        sa.CheckConstraint(
            "state = 'ready' OR name = ''", name=op.f("ck_trail_exports_only_ready_has_file")
        ),
        sa.CheckConstraint("done >= 0 AND done <= lines", name=op.f("ck_trail_exports_done_of_lines")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_trail_exports_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trail_exports")),
        sa.UniqueConstraint("ref", name=op.f("uq_trail_exports_ref")),
    )
    op.create_index("ix_trail_exports_state", "trail_exports", ["state", "touched_at"])
    op.create_index("ix_trail_exports_by_id", "trail_exports", ["by_id"])


def downgrade() -> None:
    op.drop_table("trail_exports")
    op.drop_table("audit_folds")
    op.drop_index("ix_photos_withheld_at", "photos")
    with op.batch_alter_table("photos") as photos:
        photos.drop_constraint(op.f("ck_photos_withheld_has_time"), type_="check")
        _among(photos, STATES)
        photos.drop_column("withheld_at")
        photos.drop_column("withheld")


def _among(photos: sa.Table, states: tuple[str, ...]) -> None:
    name = op.f("ck_photos_state_known")
    photos.drop_constraint(name, type_="check")
    photos.create_check_constraint(name, f"state IN ({', '.join(repr(state) for state in states)})")


def _big() -> sa.types.TypeEngine:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _json() -> sa.types.TypeEngine:
    from sqlalchemy.dialects.postgresql import JSONB

    return sa.JSON().with_variant(JSONB(), "postgresql")
