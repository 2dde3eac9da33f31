"""Links in letters that act, choices about letters and quiet hours, threads between two sides."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

OUTBOX = "CREATE VIEW v_outbox AS SELECT id, key, sent_at FROM letters"
MOMENT = sa.DateTime(timezone=True)
SIDES = "side IN ('buyer', 'seller', 'alliance')"
APPEND_ONLY = ("messages", "message_files")
TO_DIGEST = sa.text("digest_at IS NOT NULL AND digested_at IS NULL")


def upgrade() -> None:
    op.execute("DROP VIEW v_outbox")
    op.add_column(
        "letters", sa.Column("stop_url", sa.String(length=400), nullable=False, server_default="")
    )
    with op.batch_alter_table("letters") as letters:
        letters.alter_column("stop_url", server_default=None)
    op.execute(OUTBOX)
    with op.batch_alter_table("notices") as notices:
        notices.add_column(sa.Column("digest_at", MOMENT, nullable=True))
        notices.add_column(sa.Column("digested_at", MOMENT, nullable=True))
        notices.create_check_constraint(
            op.f("ck_notices_digested_was_due"), "digested_at IS NULL OR digest_at IS NOT NULL"
        )
    op.create_index(
        "ix_notices_to_digest",
        "notices",
        ["digest_at"],
        sqlite_where=TO_DIGEST,
        postgresql_where=TO_DIGEST,
    )
    _links()
    _choices()
    _threads()


def _links() -> None:
    op.create_table(
        "links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("act", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("sent_to", sa.String(length=254), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.Column("said_vi", sa.String(length=255), nullable=True),
        sa.Column("said_en", sa.String(length=255), nullable=True),
        sa.CheckConstraint(
            "(used_at IS NULL) = (said_vi IS NULL)", name=op.f("ck_links_used_has_result")
        ),
        sa.CheckConstraint(
            "(said_vi IS NULL) = (said_en IS NULL)", name=op.f("ck_links_result_in_both_languages")
        ),
        sa.CheckConstraint("expires_at > made_at", name=op.f("ck_links_ends_after_it_began")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_links_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_links_key_hash")),
    )
    op.create_index("ix_links_subject", "links", ["act", "subject_id"])
    op.create_index("ix_links_expires_at", "links", ["expires_at"])


def _choices() -> None:
    op.create_table(
        "notice_choices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("address_hash", sa.String(length=64), nullable=True),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("how", sa.String(length=40), nullable=False),
        sa.CheckConstraint("how IN ('at_once', 'daily', 'never')", name=op.f("ck_notice_choices_how_known")),
        sa.CheckConstraint(
            "(person_id IS NULL) <> (address_hash IS NULL)", name=op.f("ck_notice_choices_one_reader")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_notice_choices_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_choices")),
        sa.UniqueConstraint("address_hash", "topic", name=op.f("uq_notice_choices_address_hash_topic")),
        sa.UniqueConstraint("person_id", "topic", name=op.f("uq_notice_choices_person_id_topic")),
    )
    op.create_table(
        "quiet_hours",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("begins", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_quiet_hours_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_quiet_hours")),
    )


def _threads() -> None:
    op.create_table(
        "threads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("alliance_since", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threads")),
        sa.UniqueConstraint("subject_kind", "subject_id", name=op.f("uq_threads_subject_kind_subject_id")),
    )
    op.create_table(
        "messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("once", sa.String(length=40), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint(SIDES, name=op.f("ck_messages_side_known")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_messages_by_id")),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_messages_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("thread_id", "once", name=op.f("uq_messages_thread_id_once")),
    )
    op.create_index("ix_messages_thread_id_id", "messages", ["thread_id", "id"])
    op.create_index("ix_messages_at", "messages", ["at"])
    op.create_table(
        "message_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_message_files_document_id")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_message_files_message_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_files")),
        sa.UniqueConstraint(
            "message_id", "document_id", name=op.f("uq_message_files_message_id_document_id")
        ),
    )
    op.create_table(
        "thread_readers",
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("seen_id", sa.Integer(), nullable=False),
        sa.Column("told_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(SIDES, name=op.f("ck_thread_readers_side_known")),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_thread_readers_thread_id")),
        sa.PrimaryKeyConstraint("thread_id", "side", name=op.f("pk_thread_readers")),
    )
    op.create_table(
        "message_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_by_id IS NULL)", name=op.f("ck_message_reports_closed_by_somebody")
        ),
        sa.CheckConstraint(SIDES, name=op.f("ck_message_reports_side_known")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_message_reports_by_id")),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["people.id"], name=op.f("fk_message_reports_closed_by_id")
        ),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_message_reports_message_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_reports")),
        sa.UniqueConstraint("message_id", name=op.f("uq_message_reports_message_id")),
    )
    _guard()


def _guard() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in APPEND_ONLY:
        if sqlite:
            for act in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        else:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION forbid_change()"
            )


def downgrade() -> None:
    for table in ("message_reports", "thread_readers", "message_files", "messages", "threads"):
        op.drop_table(table)
    for table in ("quiet_hours", "notice_choices", "links"):
        op.drop_table(table)
    op.drop_index("ix_notices_to_digest", table_name="notices")
    with op.batch_alter_table("notices") as notices:
        notices.drop_constraint(op.f("ck_notices_digested_was_due"), type_="check")
        notices.drop_column("digested_at")
        notices.drop_column("digest_at")
    op.execute("DROP VIEW v_outbox")
    with op.batch_alter_table("letters") as letters:
        letters.drop_column("stop_url")
    op.execute(OUTBOX)
