"""Closed days and days worked instead are rows with a name and a reason; the setting they were moves into them."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from alembic import op

revision = "0098"
down_revision = "0097"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    days = op.create_table(
        "office_days",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=300), nullable=False),
        sa.CheckConstraint("kind IN ('closed', 'worked')", name=op.f("ck_office_days_kind_known")),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_office_days_in_order")),
        sa.CheckConstraint("name <> '' AND reason <> ''", name=op.f("ck_office_days_has_words")),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_reason = '')", name=op.f("ck_office_days_withdrawn_has_reason")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_office_days_by_id")),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["people.id"], name=op.f("fk_office_days_withdrawn_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_days")),
    )
    op.create_index("ix_office_days_first_day", "office_days", ["first_day"])
    _take_over(days)


def _take_over(days: sa.Table) -> None:
    changes = sa.table(
        "setting_changes",
        *(sa.column(each) for each in ("id", "name", "value", "reason", "by_id")),
        sa.column("from_day", sa.Date()),
        sa.column("at", MOMENT),
    )
    last = op.get_bind().execute(
        sa.select(changes)
        .where(changes.c.name == "holidays")
        .order_by(changes.c.from_day.desc(), changes.c.id.desc())
        .limit(1)
    ).first()
    for day in (last.value or "").replace(",", " ").split() if last is not None else ():
        row = {"name": "Ngày nghỉ theo thông báo", "reason": last.reason, "by_id": last.by_id, "at": last.at}
        spans = dict.fromkeys(("first_day", "last_day"), dt.date.fromisoformat(day))
        op.get_bind().execute(days.insert().values(kind="closed", withdrawn_reason="", **spans, **row))


def downgrade() -> None:
    op.drop_table("office_days")
