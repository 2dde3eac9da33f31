"""More matters of delegations; what courses cost and what participants think of them; advice and legal help"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0094"
down_revision = "0093"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
MATTERS = (
    "matter IN ('founding', 'law', 'contract', 'land', 'tax', 'labour', 'capital', 'brand', 'dispute', 'other')"
)
FUNDERS = "funder IN ('budget', 'central', 'project', 'sponsor', 'members', 'own')"
MARKS = ("useful", "clear", "arranged", "applied")


def upgrade() -> None:
    _matters("quotes", "calls", "reports", "deliveries", "courses", "loans")
    op.add_column("courses", sa.Column("words_asked_at", MOMENT, nullable=True))
    op.create_table(
        "course_costs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("funder", sa.String(length=40), nullable=False),
        sa.Column("named", sa.String(length=120), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_course_costs_amount_positive")),
        sa.CheckConstraint("what <> ''", name=op.f("ck_course_costs_says_what")),
        sa.CheckConstraint(FUNDERS, name=op.f("ck_course_costs_funder_known")),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_course_costs_course_id")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_course_costs_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_costs")),
    )
    op.create_index("ix_course_costs_course_id", "course_costs", ["course_id", "id"])
    op.create_table(
        "course_evaluations",
        sa.Column("participant_id", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(mark, sa.SmallInteger(), nullable=False) for mark in MARKS),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("entered", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        *(
            sa.CheckConstraint(f"{mark} BETWEEN 1 AND 5", name=op.f(f"ck_course_evaluations_{mark}_marked"))
            for mark in MARKS
        ),
        sa.CheckConstraint(
            "(entered = 'online') = (by_id IS NULL)", name=op.f("ck_course_evaluations_entered_by_somebody")
        ),
        sa.CheckConstraint(
            "entered IN ('online', 'phone', 'paper')", name=op.f("ck_course_evaluations_entered_known")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["course_participants.id"], name=op.f("fk_course_evaluations_participant_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_course_evaluations_by_id")),
        sa.PrimaryKeyConstraint("participant_id", name=op.f("pk_course_evaluations")),
    )
    op.create_table(
        "advice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("cooperative_id", sa.Integer(), nullable=True),
        sa.Column("asked_by", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("matter", sa.String(length=40), nullable=False),
        sa.Column("question", sa.String(length=2000), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.String(length=3000), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("minutes", sa.SmallInteger(), nullable=False),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        sa.Column("followed_at", MOMENT, nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("asked_by <> '' AND question <> ''", name=op.f("ck_advice_somebody_asked")),
        sa.CheckConstraint("minutes >= 0", name=op.f("ck_advice_minutes_not_negative")),
        sa.CheckConstraint("(answered_on IS NULL) = (answer = '')", name=op.f("ck_advice_answered_with_words")),
        sa.CheckConstraint(
            "answered_on IS NULL OR answered_on >= asked_on", name=op.f("ck_advice_answered_after_asked")
        ),
        sa.CheckConstraint("answered_on IS NULL OR minutes > 0", name=op.f("ck_advice_answer_took_time")),
        sa.CheckConstraint(
            "followed_at IS NULL OR follow_up_on IS NOT NULL", name=op.f("ck_advice_only_follow_ups_are_done")
        ),
        sa.CheckConstraint(MATTERS, name=op.f("ck_advice_matter_known")),
        sa.ForeignKeyConstraint(["cooperative_id"], ["cooperatives.id"], name=op.f("fk_advice_cooperative_id")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_advice_by_id")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["people.id"], name=op.f("fk_advice_answered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advice")),
        sa.UniqueConstraint("ref", name=op.f("uq_advice_ref")),
    )
    op.create_index("ix_advice_asked_on", "advice", ["asked_on", "matter"])
    op.create_index("ix_advice_cooperative_id", "advice", ["cooperative_id", "id"])
    op.create_index("ix_advice_follow_up", "advice", ["followed_at", "follow_up_on", "id"])


def downgrade() -> None:
    op.drop_table("advice")
    op.drop_table("course_evaluations")
    op.drop_table("course_costs")
    op.drop_column("courses", "words_asked_at")
    op.execute("DELETE FROM delegations WHERE matter NOT IN ('quotes', 'calls', 'reports')")
    _matters("quotes", "calls", "reports")


def _matters(*words: str) -> None:
    with op.batch_alter_table("delegations") as batch:
        batch.drop_constraint(op.f("ck_delegations_matter_known"), type_="check")
        batch.create_check_constraint(
            op.f("ck_delegations_matter_known"), f"matter IN ({', '.join(repr(word) for word in words)})"
        )
