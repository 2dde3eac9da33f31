"""Reports of visitors and take-downs. What was taken down is kept whole, so that it can come back as it was."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Organisation, Person
from marketplace.foundation.db import JSONColumn, Model, OneOf, UtcDateTime, explain, one_of
from marketplace.foundation.words import _l
from marketplace.moderation.states import Outcome, ReportReason, TakedownState


class PageReport(Model):
    """A visitor finds something wrong with a thing of one kind. `contact` is kept until the report is answered."""

    __tablename__ = "page_reports"
    __table_args__ = (
        one_of("reason", ReportReason),
        one_of("outcome", Outcome),
        CheckConstraint("(closed_at IS NULL) = (outcome IS NULL)", name="closed_has_outcome"),
        CheckConstraint("closed_at IS NULL OR contact = ''", name="answered_forgets_contact"),
        Index("ix_page_reports_subject", "kind", "subject_id", "id"),
        Index("ix_page_reports_outcome", "outcome", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))
    subject_id: Mapped[int] = mapped_column(Integer)
    label: Mapped[str] = mapped_column(String(255))
    reason: Mapped[ReportReason] = mapped_column(OneOf(ReportReason))
    words: Mapped[str] = mapped_column(String(1000), default="")
    contact: Mapped[str] = mapped_column(String(254), default="")
    locale: Mapped[str] = mapped_column(String(2), default="vi")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[Outcome | None] = mapped_column(OneOf(Outcome))
    closed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Takedown(Model):
    """A thing that is shown no longer, and why. `kept` holds what its kind needs to show it again; `label` and `url`
    are what it was called and where it stood; `hides` says that its whole page is gone, `ours` that the alliance made
    it itself: then nobody appeals."""

    __tablename__ = "takedowns"
    __public__: ClassVar[bool] = True
    __table_args__ = (
        one_of("state", TakedownState),
        one_of("reason", ReportReason),
        CheckConstraint("words <> ''", name="says_why"),
        CheckConstraint("(appeal = '') = (appealed_at IS NULL)", name="appeal_has_time"),
        CheckConstraint(
            "state NOT IN ('appealed', 'upheld') OR appealed_at IS NOT NULL", name="appeal_first"
        ),
        CheckConstraint(
            "(state IN ('upheld', 'restored', 'mended')) = (decided_at IS NOT NULL)", name="decided_has_time"
        ),
        CheckConstraint(
            "appealed_at IS NULL AND NOT ours OR decided_by_id IS NULL OR state = 'mended' OR decided_by_id <> by_id",
            name="decided_by_another",
        ),
        CheckConstraint("NOT ours OR appealed_at IS NULL", name="ours_without_appeal"),
        Index(
            "uq_takedowns_living",
            "kind",
            "subject_id",
            unique=True,
            sqlite_where=text("state IN ('standing', 'appealed', 'upheld')"),
            postgresql_where=text("state IN ('standing', 'appealed', 'upheld')"),
        ),
        Index("ix_takedowns_state", "state", "id"),
        Index("ix_takedowns_organisation_id", "organisation_id", "id"),
        Index("ix_takedowns_url", "url"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    kind: Mapped[str] = mapped_column(String(30))
    subject_id: Mapped[int] = mapped_column(Integer)
    label: Mapped[str] = mapped_column(String(255))
    url: Mapped[str] = mapped_column(String(255))
    hides: Mapped[bool] = mapped_column()
    ours: Mapped[bool] = mapped_column(default=False)
    kept: Mapped[dict[str, Any]] = mapped_column(JSONColumn)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    state: Mapped[TakedownState] = mapped_column(OneOf(TakedownState), default=TakedownState.STANDING)
    reason: Mapped[ReportReason] = mapped_column(OneOf(ReportReason))
    words: Mapped[str] = mapped_column(String(1000))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    appeal_until: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    appeal: Mapped[str] = mapped_column(String(1000), default="")
    appealed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    appealed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    answer: Mapped[str] = mapped_column(String(1000), default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    organisation: Mapped[Organisation] = relationship()
    by: Mapped[Person] = relationship(foreign_keys=[by_id])


explain("uq_takedowns_living", _l("This is taken down already."))
explain("ck_takedowns_decided_by_another", _l("Another officer than who took it down has to decide."))
