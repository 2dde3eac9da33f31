"""What a cooperative reports of a year: the draft, what was handed in, what the office said of it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import Dong, Model, OneOf, UtcDateTime, explain, one_of, schema
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.registry.states.annual_report import ReportState
from marketplace.selection.states import Entered

FIRST_YEAR, LAST_YEAR = 1997, 2100
"""The first cooperative law came into force in 1997."""


class Figures:
    """What a report tells, as far as it is known. Money in whole đồng; the texts in the cooperative's own words."""

    members_start: Mapped[int | None] = mapped_column(Integer)
    members_end: Mapped[int | None] = mapped_column(Integer)
    workers: Mapped[int | None] = mapped_column(Integer)
    avg_member_income: Mapped[Money | None] = mapped_column(Dong)
    revenue_total: Mapped[Money | None] = mapped_column(Dong)
    revenue_with_members: Mapped[Money | None] = mapped_column(Dong)
    cost: Mapped[Money | None] = mapped_column(Dong)
    profit_before_tax: Mapped[Money | None] = mapped_column(Dong)
    profit_after_tax: Mapped[Money | None] = mapped_column(Dong)
    tax_paid: Mapped[Money | None] = mapped_column(Dong)
    value_added: Mapped[Money | None] = mapped_column(Dong)
    total_assets: Mapped[Money | None] = mapped_column(Dong)
    undivided_assets: Mapped[Money | None] = mapped_column(Dong)
    equity: Mapped[Money | None] = mapped_column(Dong)
    charter_capital: Mapped[Money | None] = mapped_column(Dong)
    fund_development: Mapped[Money | None] = mapped_column(Dong)
    fund_reserve: Mapped[Money | None] = mapped_column(Dong)
    fund_other: Mapped[Money | None] = mapped_column(Dong)
    services_list: Mapped[str] = mapped_column(Text, default="")
    main_products: Mapped[str] = mapped_column(Text, default="")
    investments: Mapped[str] = mapped_column(Text, default="")
    difficulties: Mapped[str] = mapped_column(Text, default="")
    proposals: Mapped[str] = mapped_column(Text, default="")


class AnnualReport(Figures, Model):
    """One year of one cooperative. Its figures are those that are being written; those that count are the version whose
    number is `standing`: the last accepted one, before that the last one handed in and not returned.

    `sent` is the number of the last version; `why` says why a version is being corrected.
    """

    __tablename__ = "annual_reports"
    __table_args__ = (
        one_of("state", ReportState),
        CheckConstraint(f"year BETWEEN {FIRST_YEAR} AND {LAST_YEAR}", name="year_range"),
        CheckConstraint("sent >= 0", name="sent_not_negative"),
        CheckConstraint("standing IS NULL OR standing BETWEEN 1 AND sent", name="standing_was_sent"),
        CheckConstraint("accepted IS NULL OR accepted BETWEEN 1 AND sent", name="accepted_was_sent"),
        CheckConstraint("accepted IS NULL OR standing = accepted", name="accepted_stands"),
        CheckConstraint("state <> 'accepted' OR accepted = sent", name="accepted_the_last"),
        CheckConstraint("state <> 'submitted' OR standing IS NOT NULL", name="submitted_stands"),
        CheckConstraint("sent > 0 OR state = 'draft'", name="unsent_is_draft"),
        UniqueConstraint("cooperative_id", "year"),
        Index("ix_annual_reports_year_state", "year", "state", "id"),
        Index("ix_annual_reports_state", "state", "saved_at", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    year: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[ReportState] = mapped_column(OneOf(ReportState), default=ReportState.DRAFT)
    sent: Mapped[int] = mapped_column(SmallInteger, default=0)
    standing: Mapped[int | None] = mapped_column(SmallInteger)
    accepted: Mapped[int | None] = mapped_column(SmallInteger)
    why: Mapped[str] = mapped_column(String(500), default="")
    begun_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    saved_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    cooperative: Mapped[Cooperative] = relationship()
    versions: Mapped[list[ReportVersion]] = relationship(
        order_by="ReportVersion.number", back_populates="report"
    )


class ReportVersion(Figures, Model):
    """What was handed in, as it was handed in. Append-only; a correction is the next one.

    `by` is who sent it; where that was an officer, `told_by` is who told it, and `entered` how.
    """

    __tablename__ = "annual_report_versions"
    __table_args__ = (
        one_of("entered", Entered),
        CheckConstraint("number > 0", name="counted_from_one"),
        CheckConstraint("(entered = 'online') = (told_by = '')", name="told_by_somebody"),
        CheckConstraint(
            "members_start IS NOT NULL AND members_end IS NOT NULL AND workers IS NOT NULL "
            "AND revenue_total IS NOT NULL AND cost IS NOT NULL AND profit_before_tax IS NOT NULL "
            "AND profit_after_tax IS NOT NULL AND total_assets IS NOT NULL AND equity IS NOT NULL",
            name="complete",
        ),
        CheckConstraint(
            "members_start >= 0 AND members_end >= 0 AND workers >= 0", name="heads_not_negative"
        ),
        CheckConstraint("revenue_total >= 0 AND cost >= 0 AND total_assets >= 0", name="sums_not_negative"),
        CheckConstraint("profit_after_tax <= profit_before_tax", name="profit_after_within_before"),
        CheckConstraint("revenue_with_members <= revenue_total", name="members_within_revenue"),
        CheckConstraint("undivided_assets <= total_assets", name="undivided_within_assets"),
        CheckConstraint("equity <= total_assets", name="equity_within_assets"),
        UniqueConstraint("report_id", "number"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("annual_reports.id"))
    number: Mapped[int] = mapped_column(SmallInteger)
    entered: Mapped[Entered] = mapped_column(OneOf(Entered), default=Entered.ONLINE)
    told_by: Mapped[str] = mapped_column(String(120), default="")
    why: Mapped[str] = mapped_column(String(500), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    report: Mapped[AnnualReport] = relationship(back_populates="versions")
    verdict: Mapped[ReportVerdict | None] = relationship(back_populates="version")


class ReportVerdict(Model):
    """What the office said of a version: accepted, or returned and why. Append-only."""

    __tablename__ = "annual_report_verdicts"
    __table_args__ = (
        CheckConstraint("accepted OR reason <> ''", name="returned_with_reason"),
        UniqueConstraint("version_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("annual_report_versions.id"))
    accepted: Mapped[bool] = mapped_column(Boolean)
    reason: Mapped[str] = mapped_column(String(500), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    version: Mapped[ReportVersion] = relationship(back_populates="verdict")


schema.append_only("annual_report_versions", "annual_report_verdicts")
explain("uq_annual_reports_cooperative_id_year", _l("The report of this year was begun already."), "year")
explain(
    "uq_annual_report_versions_report_id_number",
    _l("This report was handed in a moment ago. Please look at it again."),
)
explain("uq_annual_report_verdicts_version_id", _l("Somebody else answered this report a moment ago."))
