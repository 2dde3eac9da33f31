"""Reports of the alliance on a month, a quarter or a year: what is written while it is a draft.

What was issued stands in the paper (documents.IssuedDocument), which nothing can change; from then on these rows stand
still as well, whoever asks: of a report only its state goes on, once another takes its place.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.documents.models import IssuedDocument
from marketplace.foundation.db import (
    JSONColumn,
    Model,
    OneOf,
    Thousandths,
    UtcDateTime,
    explain,
    one_of,
    schema,
)
from marketplace.foundation.words import _l
from marketplace.insights.states import Measure, ReportKind, ReportState, Section

OPEN = text("state IN ('counting', 'draft')")
LIVING = text("state = 'issued'")
NUMBERED = "state IN ('issued', 'replaced', 'withdrawn')"


class PeriodReport(Model):
    """`turn` counts how often figures were read; `done` of `steps` groups are read in this turn. `changed` tells what
    the last reading changed. Nobody began what the calendar asked for (`begun_by_id`)."""

    __tablename__ = "period_reports"
    __table_args__ = (
        one_of("kind", ReportKind),
        one_of("state", ReportState),
        CheckConstraint("first_day <= last_day", name="days_in_order"),
        CheckConstraint(f"({NUMBERED}) = (document_id IS NOT NULL)", name="numbered_has_paper"),
        CheckConstraint("(document_id IS NULL) = (issued_at IS NULL)", name="paper_has_time"),
        CheckConstraint("(replaces_id IS NULL) = (reason = '')", name="says_why_it_replaces"),
        CheckConstraint("NOT withdraws OR replaces_id IS NOT NULL", name="withdraws_another"),
        CheckConstraint("done >= 0 AND done <= steps", name="done_within_steps"),
        UniqueConstraint("document_id"),
        Index(
            "uq_period_reports_open",
            "kind",
            "first_day",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index(
            "uq_period_reports_living",
            "kind",
            "first_day",
            unique=True,
            sqlite_where=LIVING,
            postgresql_where=LIVING,
        ),
        Index("ix_period_reports_last_day", "last_day", "id"),
        Index("ix_period_reports_state", "state"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    kind: Mapped[ReportKind] = mapped_column(OneOf(ReportKind))
    first_day: Mapped[dt.date] = mapped_column(Date)
    last_day: Mapped[dt.date] = mapped_column(Date)
    state: Mapped[ReportState] = mapped_column(OneOf(ReportState), default=ReportState.COUNTING)
    turn: Mapped[int] = mapped_column(Integer, default=1)
    done: Mapped[int] = mapped_column(SmallInteger, default=0)
    steps: Mapped[int] = mapped_column(SmallInteger, default=1)
    as_of: Mapped[dt.date] = mapped_column(Date)
    changed: Mapped[list[Any]] = mapped_column(JSONColumn, default=list)
    annexes: Mapped[list[Any]] = mapped_column(JSONColumn, default=list)
    begun_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    begun_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    counted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("period_reports.id"))
    withdraws: Mapped[bool] = mapped_column(Boolean, default=False)
    reason: Mapped[str] = mapped_column(String(500), default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("issued_documents.id"))
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    issued_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    replaces: Mapped[PeriodReport | None] = relationship(remote_side="PeriodReport.id")
    document: Mapped[IssuedDocument | None] = relationship()
    paragraphs: Mapped[list[ReportParagraph]] = relationship(
        back_populates="report", order_by="ReportParagraph.position"
    )
    figures: Mapped[list[ReportFigure]] = relationship(
        back_populates="report", order_by="ReportFigure.position"
    )

    @property
    def symbol(self) -> str:
        """ "12/BC-LMHTX" """
        return f"{self.document.seq:02}/{self.document.told['symbol']}" if self.document is not None else ""


class ReportParagraph(Model):
    """`drafted` is what the system would write, with {names} of figures; `words` is what stands. A person's own
    paragraph has no `key`; without words nothing is printed."""

    __tablename__ = "report_paragraphs"
    __table_args__ = (
        one_of("section", Section),
        CheckConstraint("version > 0", name="counted_from_one"),
        Index("ix_report_paragraphs_report_id", "report_id", "position"),
        Index(
            "uq_report_paragraphs_key",
            "report_id",
            "key",
            unique=True,
            sqlite_where=text("key <> ''"),
            postgresql_where=text("key <> ''"),
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("period_reports.id"))
    section: Mapped[Section] = mapped_column(OneOf(Section))
    position: Mapped[int] = mapped_column(Integer)
    key: Mapped[str] = mapped_column(String(40), default="")
    drafted: Mapped[str] = mapped_column(Text, default="")
    words: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(Integer, default=1)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    report: Mapped[PeriodReport] = relationship(back_populates="paragraphs")
    by: Mapped[Person | None] = relationship()

    @property
    def own(self) -> bool:
        """Written by a person: reading figures anew leaves its words alone."""
        return self.by_id is not None


class ReportFigure(Model):
    """A figure of the period and of the one before; None: no data, which is not 0. `was` is what it was before the
    last reading, when that said something else."""

    __tablename__ = "report_figures"
    __table_args__ = (
        one_of("measure", Measure),
        UniqueConstraint("report_id", "code"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("period_reports.id"))
    code: Mapped[str] = mapped_column(String(40))
    position: Mapped[int] = mapped_column(SmallInteger)
    measure: Mapped[Measure] = mapped_column(OneOf(Measure))
    value: Mapped[Decimal | None] = mapped_column(Thousandths)
    before: Mapped[Decimal | None] = mapped_column(Thousandths)
    was: Mapped[Decimal | None] = mapped_column(Thousandths)
    turn: Mapped[int] = mapped_column(Integer)
    report: Mapped[PeriodReport] = relationship(back_populates="figures")


ISSUED = "EXISTS (SELECT 1 FROM period_reports r WHERE r.id = {row}.report_id AND r.document_id IS NOT NULL)"
schema.frozen_once("period_reports", "{row}.document_id IS NOT NULL", "state")
schema.frozen_once("report_paragraphs", ISSUED, part=True)
schema.frozen_once("report_figures", ISSUED, part=True)
explain("uq_period_reports_open", _l("There is a draft of this period already. Please go on with that one."))
explain("uq_period_reports_living", _l("A report of this period was issued meanwhile."))
