"""Courses and study tours: timetable, who asks, who comes on which day, decisions on their way"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.db.types import UtcDateTime

revision = "0071"
down_revision = "0065"
branch_labels = None
depends_on = None

MOMENT, WORD = UtcDateTime(), sa.String(length=40)


def upgrade() -> None:
    _purposes("fair", "course")
    op.create_table(
        "courses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=140), nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("name_vi", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("theme_vi", sa.String(length=300), nullable=False),
        sa.Column("theme_en", sa.String(length=300), nullable=False),
        sa.Column("story_vi", sa.Text(), nullable=False),
        sa.Column("story_en", sa.Text(), nullable=False),
        sa.Column("report_vi", sa.Text(), nullable=False),
        sa.Column("report_en", sa.Text(), nullable=False),
        sa.Column("venue", sa.String(length=200), nullable=False),
        sa.Column("province_id", sa.Integer(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("seats", sa.SmallInteger(), nullable=False),
        sa.Column("least_percent", sa.SmallInteger(), nullable=False),
        sa.Column("cancelled_reason", sa.String(length=500), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "kind <> 'tour' OR province_id IS NOT NULL", name=op.f("ck_courses_tour_has_destination")
        ),
        sa.CheckConstraint("kind IN ('course', 'tour')", name=op.f("ck_courses_kind_known")),
        sa.CheckConstraint(
            "state <> 'cancelled' OR cancelled_reason <> ''", name=op.f("ck_courses_cancelled_has_reason")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'announced', 'closed', 'cancelled')", name=op.f("ck_courses_state_known")
        ),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_courses_days_in_order")),
        sa.CheckConstraint("least_percent BETWEEN 1 AND 100", name=op.f("ck_courses_least_percent_known")),
        sa.CheckConstraint("seats > 0", name=op.f("ck_courses_seats_positive")),
        sa.ForeignKeyConstraint(["province_id"], ["admin_units.id"], name=op.f("fk_courses_province_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_courses")),
        sa.UniqueConstraint("slug", name=op.f("uq_courses_slug")),
    )
    op.create_index("ix_courses_state_first_day", "courses", ["state", "first_day"])
    op.create_table(
        "course_sendings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("previewed", sa.String(length=64), nullable=False),
        sa.Column("decisions", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'sent', 'undone', 'stopped')", name=op.f("ck_course_sendings_state_known")
        ),
        sa.ForeignKeyConstraint(["asked_by_id"], ["people.id"], name=op.f("fk_course_sendings_asked_by_id")),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_course_sendings_course_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_sendings")),
    )
    op.create_index("ix_course_sendings_course_id", "course_sendings", ["course_id"])
    op.create_index(
        "uq_course_sendings_one_waiting",
        "course_sendings",
        ["course_id"],
        unique=True,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "course_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("begins", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("topic_vi", sa.String(length=200), nullable=False),
        sa.Column("topic_en", sa.String(length=200), nullable=False),
        sa.CheckConstraint("ends > begins", name=op.f("ck_course_sessions_hours_in_order")),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_course_sessions_course_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_sessions")),
        sa.UniqueConstraint(
            "course_id", "day", "begins", name=op.f("uq_course_sessions_course_id_day_begins")
        ),
    )
    op.create_table(
        "course_applications",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_course_applications_application_id")
        ),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_course_applications_course_id")),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_course_applications")),
    )
    op.create_index("ix_course_applications_course_id", "course_applications", ["course_id"])
    op.create_table(
        "course_participants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("folded", sa.String(length=120), nullable=False),
        sa.Column("post", sa.String(length=80), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("key_officer", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["course_applications.application_id"],
            name=op.f("fk_course_participants_application_id"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_course_participants_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_participants")),
        sa.UniqueConstraint(
            "application_id", "folded", name=op.f("uq_course_participants_application_id_folded")
        ),
    )
    op.create_index("ix_course_participants_person_id", "course_participants", ["person_id"])
    op.create_table(
        "course_attendances",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_course_attendances_by_id")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["course_participants.id"], name=op.f("fk_course_attendances_participant_id")
        ),
        sa.PrimaryKeyConstraint("participant_id", "day", name=op.f("pk_course_attendances")),
    )
    op.create_index("ix_course_attendances_day", "course_attendances", ["day"])


def downgrade() -> None:
    for table in (
        "course_attendances",
        "course_participants",
        "course_applications",
        "course_sessions",
        "course_sendings",
        "courses",
    ):
        op.drop_table(table)
    bind = op.get_bind()
    if bind.scalar(sa.text("SELECT count(*) FROM calls WHERE purpose = 'course'")):
        raise SystemExit("there are calls for courses: they cannot be taken back")
    _purposes("fair")


def _purposes(*words: str) -> None:
    with op.batch_alter_table("calls") as batch:
        batch.drop_constraint(op.f("ck_calls_purpose_known"), type_="check")
        batch.create_check_constraint(
            op.f("ck_calls_purpose_known"), f"purpose IN ({', '.join(repr(word) for word in words)})"
        )
