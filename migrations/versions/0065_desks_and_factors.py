"""Desks of the office, what is shown beside a password, and acts that two officers agree to"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0065"
down_revision = "0068"
branch_labels = None
depends_on = None

DESKS = ("trade", "registry", "finance", "training", "leadership", "administrator")
STATES = ("open", "agreed", "declined", "withdrawn", "lapsed")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _desks()
    _factors()
    _approvals()
    op.add_column("sign_ins", sa.Column("proved_at", TIME, nullable=True))
    _every_officer_keeps_what_they_could()


def downgrade() -> None:
    op.drop_column("sign_ins", "proved_at")
    for table in (
        "approvals", "passkey_challenges", "passkeys", "recovery_codes", "app_keys", "desk_posts"
    ):
        op.drop_table(table)


def _every_officer_keeps_what_they_could() -> None:
    for desk in DESKS:
        op.execute(
            "INSERT INTO desk_posts (membership_id, desk, given_at, reason, end_reason) "
            f"SELECT id, '{desk}', since, '', '' FROM memberships "
            "WHERE role = 'officer' AND \"until\" IS NULL"
        )


def _desks() -> None:
    op.create_table(
        "desk_posts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("desk", sa.String(length=40), nullable=False),
        sa.Column("given_at", TIME, nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("ended_at", TIME, nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("end_reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint(_known("desk", DESKS), name=op.f("ck_desk_posts_desk_known")),
        sa.CheckConstraint(
            "ended_at IS NOT NULL OR ended_by_id IS NULL", name=op.f("ck_desk_posts_ended_when_by_somebody")
        ),
        sa.CheckConstraint(
            "ended_by_id IS NOT NULL OR end_reason = ''", name=op.f("ck_desk_posts_a_reason_has_an_author")
        ),
        sa.CheckConstraint(
            "ended_at IS NULL OR ended_at >= given_at", name=op.f("ck_desk_posts_times_in_order")
        ),
        _to("desk_posts", "membership_id", "memberships"),
        _to("desk_posts", "given_by_id", "people"),
        _to("desk_posts", "ended_by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_posts")),
    )
    _unique_where("uq_desk_posts_living", "desk_posts", ["membership_id", "desk"], "ended_at IS NULL")
    op.create_index("ix_desk_posts_last_day", "desk_posts", ["last_day", "ended_at"])


def _factors() -> None:
    op.create_table(
        "app_keys",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.String(length=255), nullable=False),
        sa.Column("last_counter", sa.BigInteger(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("confirmed_at", TIME, nullable=True),
        sa.CheckConstraint(
            "confirmed_at IS NULL OR last_counter > 0", name=op.f("ck_app_keys_confirmed_by_a_code")
        ),
        _to("app_keys", "person_id", "people"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_app_keys")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("used_at", TIME, nullable=True),
        _to("recovery_codes", "person_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_codes")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_recovery_codes_code_hash")),
    )
    op.create_index("ix_recovery_codes_person_id", "recovery_codes", ["person_id"])
    op.create_table(
        "passkeys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("credential", sa.String(length=1400), nullable=False),
        sa.Column("public_key", sa.String(length=2000), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("used_at", TIME, nullable=True),
        sa.CheckConstraint("sign_count >= 0", name=op.f("ck_passkeys_counts_up")),
        _to("passkeys", "person_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkeys")),
        sa.UniqueConstraint("ref", name=op.f("uq_passkeys_ref")),
        sa.UniqueConstraint("credential", name=op.f("uq_passkeys_credential")),
    )
    op.create_index("ix_passkeys_person_id", "passkeys", ["person_id"])
    op.create_table(
        "passkey_challenges",
        sa.Column("riddle", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("good_until", TIME, nullable=False),
        _to("passkey_challenges", "person_id", "people"),
        sa.PrimaryKeyConstraint("riddle", name=op.f("pk_passkey_challenges")),
    )
    op.create_index("ix_passkey_challenges_person_id", "passkey_challenges", ["person_id"])
    op.create_index("ix_passkey_challenges_good_until", "passkey_challenges", ["good_until"])


def _approvals() -> None:
    op.create_table(
        "approvals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("told", sa.String(length=500), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", TIME, nullable=False),
        sa.Column("lapses_at", TIME, nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", TIME, nullable=True),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.CheckConstraint(_known("state", STATES), name=op.f("ck_approvals_state_known")),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR decided_by_id <> proposed_by_id",
            name=op.f("ck_approvals_another_decides"),
        ),
        sa.CheckConstraint(
            "(state IN ('agreed', 'declined')) = (decided_by_id IS NOT NULL)",
            name=op.f("ck_approvals_decided_by_somebody"),
        ),
        sa.CheckConstraint(
            "(state = 'open') = (ended_at IS NULL)", name=op.f("ck_approvals_open_has_no_end")
        ),
        sa.CheckConstraint("lapses_at > proposed_at", name=op.f("ck_approvals_ends_after_it_began")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_approvals_with_a_reason")),
        _to("approvals", "proposed_by_id", "people"),
        _to("approvals", "decided_by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approvals")),
        sa.UniqueConstraint("ref", name=op.f("uq_approvals_ref")),
    )
    _unique_where("uq_approvals_open", "approvals", ["kind", "subject_id"], "state = 'open'")
    op.create_index("ix_approvals_state", "approvals", ["state", "lapses_at"])
    op.create_index("ix_approvals_proposed_by_id", "approvals", ["proposed_by_id"])


def _known(column: str, words: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(word) for word in words)})"


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def _unique_where(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(
        name,
        table,
        columns,
        unique=True,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )
