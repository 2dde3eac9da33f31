"""What a report of the alliance counts: each figure as a statement whose rows can be read, by section.

A figure has a name in Vietnamese, the language of the report, in which it stands in its paragraphs. There is no data
where nothing of the kind was ever entered until that day: that is not 0.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, select

from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Kind
from marketplace.fairs.models import Fair, Stand
from marketplace.fairs.states import FairState, StandState
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.words import pick
from marketplace.helping.models import AllianceComplaint
from marketplace.insights.models import TradeDay, TradeMonth
from marketplace.insights.states import Channel, Measure, ReportKind, Section, Verdict
from marketplace.linkage import queries as linkage
from marketplace.linkage.models import Contract
from marketplace.linkage.states.contract import UNSIGNED
from marketplace.programmes.models import Attendance, Course, Loan, LoanMovement, Participant
from marketplace.programmes.states import CourseKind, CourseState
from marketplace.programmes.states.loan import MovementKind
from marketplace.registry import queries as registry
from marketplace.registry.models import AllianceMembership, AnnualReport, LifeEvent, ReportVersion
from marketplace.registry.states.life_event import LifeKind
from marketplace.support.models import SupportPayment
from marketplace.support.states import PaymentKind

EVER = dt.date(1900, 1, 1)
DAY = dt.timedelta(1)


@dataclass(frozen=True)
class Span:
    """The days of a report: a month, a quarter or a year, as far as they are over."""

    kind: ReportKind
    first: dt.date
    last: dt.date

    @classmethod
    def of(cls, kind: ReportKind, day: dt.date, until: dt.date | None = None) -> Span:
        """The one in which a day lies, at most `until`."""
        months = MONTHS[kind]
        first = dt.date(day.year, (day.month - 1) // months * months + 1, 1)
        last = _later(first, months) - DAY
        return cls(kind, first, min(last, max(until, first)) if until is not None else last)

    @property
    def end(self) -> dt.date:
        return Span.of(self.kind, self.first).last

    @property
    def before(self) -> Span:
        """The one before, whole."""
        return Span.of(self.kind, self.first - DAY)

    @property
    def next(self) -> Span:
        return Span.of(self.kind, self.end + DAY)

    @property
    def ever(self) -> Span:
        return Span(self.kind, EVER, self.last)

    @property
    def part(self) -> str:
        """As the pages of trade call it."""
        if self.kind is ReportKind.YEAR:
            return ""
        return f"q{(self.first.month + 2) // 3}" if self.kind is ReportKind.QUARTER else str(self.first.month)

    @property
    def called_vi(self) -> str:
        return {
            ReportKind.MONTH: f"tháng {self.first.month} năm {self.first.year}",
            ReportKind.QUARTER: f"quý {('I', 'II', 'III', 'IV')[(self.first.month - 1) // 3]} năm {self.first.year}",
            ReportKind.YEAR: f"năm {self.first.year}",
        }[self.kind]

    @property
    def called(self) -> str:
        english = {
            ReportKind.MONTH: f"{self.first:%B %Y}",
            ReportKind.QUARTER: f"Quarter {(self.first.month + 2) // 3} of {self.first.year}",
            ReportKind.YEAR: f"Year {self.first.year}",
        }[self.kind]
        return pick(self.called_vi, english)


MONTHS = {ReportKind.MONTH: 1, ReportKind.QUARTER: 3, ReportKind.YEAR: 12}


def _later(day: dt.date, months: int) -> dt.date:
    at = day.year * 12 + day.month - 1 + months
    return dt.date(at // 12, at % 12 + 1, 1)


Rows = Callable[[Span], Select[Any]]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """`rows` tell what is counted, or summed by `weigh`; `known` has a row when there is anything to count from.
    `kept` reads sums that the worker keeps; `channel` is the way of sale whose rows the pages of trade show. Of `goals`
    those of the board are counted that have one of these verdicts (see queries.figure_value)."""

    code: str
    field: str
    english: str
    section: Section
    measure: Measure = Measure.COUNT
    of: Any = None
    rows: Rows | None = None
    weigh: Any = None
    known: Rows | None = None
    kept: Callable[[Span], Decimal | None] | None = None
    trade: bool = False
    channel: Channel | None = None
    goals: tuple[Verdict, ...] = ()

    @property
    def called(self) -> str:
        return pick(self.field[0].upper() + self.field[1:], self.english)

    def value(self, span: Span) -> Decimal | None:
        """None: no data. Targets are judged elsewhere."""
        if self.kept is not None:
            return self.kept(span)
        assert self.rows is not None
        known = self.known(span) if self.known is not None else self.rows(span.ever)
        rows = self.rows(span).order_by(None)
        told: Any = select(func.count()).select_from(rows.subquery())
        if self.weigh is not None:
            told = rows.with_only_columns(func.sum(self.weigh))
        asked = select(known.order_by(None).exists(), told.scalar_subquery())
        found, number = db.session.execute(asked).one()
        return Decimal(int(number or 0)) if found else None


# --- cooperatives and members -----------------------------------------------------------------------


def _alive(kind: Kind) -> Rows:
    return lambda span: registry.alive_on(span.last, kind=kind)


def _members(span: Span) -> Select[Any]:
    return registry.alive_on(span.last, kind=None, member=True)


def _happened(*kinds: LifeKind) -> Rows:
    return lambda span: registry.happened(frozenset(kinds), span.first, span.last)


def _any_life(span: Span) -> Select[Any]:
    return registry.happened(frozenset(LifeKind), EVER, span.last, kind=None)


def _membership(column: Any) -> Rows:
    def rows(span: Span) -> Select[Any]:
        return (
            select(AllianceMembership)
            .join(Cooperative, Cooperative.id == AllianceMembership.cooperative_id)
            .where(column >= span.first, column <= span.last, Cooperative.duplicate_of_id.is_(None))
        )

    return rows


# --- trade, as the worker added it up ----------------------------------------------------------------


def _traded(column: Any, channel: Channel | None = None) -> Callable[[Span], Decimal | None]:
    def kept(span: Span) -> Decimal | None:
        if db.session.scalar(select(TradeMonth.id).where(TradeMonth.month <= span.last).limit(1)) is None:
            return None
        query = select(func.sum(column)).where(TradeMonth.month >= span.first, TradeMonth.month <= span.last)
        if channel is not None:
            query = query.where(TradeMonth.channel == channel)
        return Decimal(db.session.scalar(query) or 0)

    return kept


def _sellers(span: Span) -> Select[Any]:
    sold = select(TradeDay.cooperative_id).where(TradeDay.day >= span.first, TradeDay.day <= span.last)
    one = select(func.coalesce(Cooperative.duplicate_of_id, Cooperative.id)).where(Cooperative.id.in_(sold))
    return select(Cooperative).where(Cooperative.id.in_(one))


def _any_trade(span: Span) -> Select[Any]:
    return select(TradeDay.id).where(TradeDay.day <= span.last)


CONCLUDED = Contract.state.not_in(UNSIGNED)


def _signed(span: Span) -> Select[Any]:
    return select(Contract).where(
        CONCLUDED, Contract.signed_on >= span.first, Contract.signed_on <= span.last
    )


def _in_force(span: Span) -> Select[Any]:
    return select(Contract).where(linkage.in_force_on(span.last))


def _any_contract(span: Span) -> Select[Any]:
    return _signed(span.ever)


# --- fairs, courses, capital -------------------------------------------------------------------------


def _fairs(span: Span) -> Select[Any]:
    """Those that ended in these days."""
    held = (FairState.PUBLISHED, FairState.REPORTED, FairState.ARCHIVED)
    return select(Fair).where(Fair.state.in_(held), Fair.last_day >= span.first, Fair.last_day <= span.last)


def _stands(span: Span) -> Select[Any]:
    return select(Stand).where(
        Stand.state == StandState.CONFIRMED, Stand.fair_id.in_(_fairs(span).with_only_columns(Fair.id))
    )


def _courses(kind: CourseKind) -> Rows:
    def rows(span: Span) -> Select[Any]:
        return select(Course).where(
            Course.kind == kind,
            Course.state.in_((CourseState.ANNOUNCED, CourseState.CLOSED)),
            Course.last_day >= span.first,
            Course.last_day <= span.last,
        )

    return rows


def _present(span: Span) -> Select[Any]:
    came = select(Attendance.participant_id).where(
        Attendance.present, Attendance.day >= span.first, Attendance.day <= span.last
    )
    return select(Participant).where(Participant.id.in_(came))


def _asked(span: Span) -> Select[Any]:
    return select(Loan).where(Loan.asked_on >= span.first, Loan.asked_on <= span.last)


def _granted(span: Span) -> Select[Any]:
    return select(Loan).where(Loan.granted_on >= span.first, Loan.granted_on <= span.last)


def _moved(kind: MovementKind) -> Rows:
    def rows(span: Span) -> Select[Any]:
        return select(LoanMovement).where(
            LoanMovement.kind == kind,
            LoanMovement.voided_at.is_(None),
            LoanMovement.day >= span.first,
            LoanMovement.day <= span.last,
        )

    return rows


# --- support, complaints, yearly reports, targets ----------------------------------------------------


def _paid(span: Span) -> Select[Any]:
    return select(SupportPayment).where(
        SupportPayment.kind == PaymentKind.PAID,
        SupportPayment.day >= span.first,
        SupportPayment.day <= span.last,
    )


def _within(column: Any, span: Span) -> Any:
    return (column >= clock.start_of_day(span.first)) & (column < clock.start_of_day(span.last + DAY))


def _received(span: Span) -> Select[Any]:
    return select(AllianceComplaint).where(_within(AllianceComplaint.received_at, span))


def _answered(span: Span) -> Select[Any]:
    return select(AllianceComplaint).where(_within(AllianceComplaint.answered_at, span))


def _answered_late(span: Span) -> Select[Any]:
    return _answered(span).where(AllianceComplaint.answered_late)


def _any_complaint(span: Span) -> Select[Any]:
    return _received(span.ever)


def _handed_in(span: Span) -> Select[Any]:
    """Yearly reports that came for the first time in these days."""
    return (
        select(AnnualReport)
        .join(ReportVersion, (ReportVersion.report_id == AnnualReport.id) & (ReportVersion.number == 1))
        .where(_within(ReportVersion.at, span))
    )


# --- what the calendar holds for the next period ------------------------------------------------------


def _next_fairs(span: Span) -> Select[Any]:
    planned = (FairState.ANNOUNCED, FairState.PUBLISHED, FairState.REPORTED, FairState.ARCHIVED)
    return select(Fair).where(
        Fair.state.in_(planned), Fair.first_day >= span.next.first, Fair.first_day <= span.next.last
    )


def _next_courses(span: Span) -> Select[Any]:
    return select(Course).where(
        Course.state.in_((CourseState.ANNOUNCED, CourseState.CLOSED)),
        Course.first_day >= span.next.first,
        Course.first_day <= span.next.last,
    )


def _next_ends(span: Span) -> Select[Any]:
    return select(Contract).where(
        CONCLUDED, Contract.until_day >= span.next.first, Contract.until_day <= span.next.last
    )


M, D, K = Section, Measure.DONG, Measure.KG
FIGURES: tuple[Figure, ...] = (
    Figure(code="alive", field="số hợp tác xã", english="Cooperatives", section=M.MEMBERS, of=Cooperative,
           rows=_alive(Kind.COOPERATIVE)),
    Figure(code="unions", field="số liên hiệp hợp tác xã", english="Unions of cooperatives", section=M.MEMBERS,
           of=Cooperative, rows=_alive(Kind.COOP_UNION), known=_any_life),
    Figure(code="groups", field="số tổ hợp tác", english="Cooperative groups", section=M.MEMBERS, of=Cooperative,
           rows=_alive(Kind.COOP_GROUP), known=_any_life),
    Figure(code="members", field="số thành viên Liên minh", english="Members of the alliance", section=M.MEMBERS,
           of=Cooperative, rows=_members),
    Figure(code="founded", field="hợp tác xã thành lập mới", english="Cooperatives founded", section=M.MEMBERS,
           of=LifeEvent, rows=_happened(LifeKind.FOUNDED), known=_any_life),
    Figure(code="ended", field="hợp tác xã chấm dứt hoạt động", english="Cooperatives that ended",
           section=M.MEMBERS, of=LifeEvent, rows=lambda span: registry.ended(span.first, span.last), known=_any_life),
    Figure(code="paused", field="hợp tác xã tạm ngừng hoạt động", english="Cooperatives that suspended their work",
           section=M.MEMBERS, of=LifeEvent, rows=_happened(LifeKind.SUSPENDED, LifeKind.STOPPED), known=_any_life),
    Figure(code="joined", field="thành viên kết nạp mới", english="Members who joined", section=M.MEMBERS,
           of=AllianceMembership, rows=_membership(AllianceMembership.joined_on)),
    Figure(code="left", field="thành viên ra khỏi Liên minh", english="Members who left", section=M.MEMBERS,
           of=AllianceMembership, rows=_membership(AllianceMembership.left_on),
           known=lambda span: _membership(AllianceMembership.joined_on)(span.ever)),
    Figure(code="trade", field="giá trị bán ra", english="Value sold", section=M.TRADE, measure=D,
           kept=_traded(TradeMonth.value), trade=True),
    Figure(code="trade_kg", field="sản lượng bán ra", english="Quantity sold", section=M.TRADE, measure=K,
           kept=_traded(TradeMonth.kg), trade=True),
    Figure(code="by_order", field="giá trị bán qua đơn hàng", english="Sold by orders", section=M.TRADE, measure=D,
           kept=_traded(TradeMonth.value, Channel.ORDER), trade=True, channel=Channel.ORDER),
    Figure(code="by_contract", field="giá trị giao theo hợp đồng", english="Delivered under contracts",
           section=M.TRADE, measure=D, kept=_traded(TradeMonth.value, Channel.CONTRACT), trade=True,
           channel=Channel.CONTRACT),
    Figure(code="sellers", field="số đơn vị có bán hàng", english="Cooperatives that sold", section=M.TRADE,
           of=Cooperative, rows=_sellers, known=_any_trade),
    Figure(code="signed", field="hợp đồng ký mới", english="Contracts signed", section=M.TRADE, of=Contract,
           rows=_signed),
    Figure(code="signed_value", field="giá trị hợp đồng ký mới", english="Value of contracts signed",
           section=M.TRADE, measure=D, of=Contract, rows=_signed, weigh=Contract.value),
    Figure(code="in_force", field="hợp đồng đang hiệu lực", english="Contracts in force", section=M.TRADE,
           of=Contract, rows=_in_force, known=_any_contract),
    Figure(code="fairs", field="số hội chợ đã tổ chức", english="Fairs held", section=M.FAIRS, of=Fair, rows=_fairs),
    Figure(code="stands", field="số gian hàng tham gia", english="Stands at them", section=M.FAIRS, of=Stand,
           rows=_stands),
    Figure(code="by_fair", field="doanh thu tại gian hàng", english="Sold at fair stands", section=M.FAIRS,
           measure=D, kept=_traded(TradeMonth.value, Channel.FAIR), trade=True, channel=Channel.FAIR),
    Figure(code="courses", field="số lớp tập huấn", english="Training courses", section=M.PROGRAMMES, of=Course,
           rows=_courses(CourseKind.COURSE)),
    Figure(code="tours", field="số chuyến học tập", english="Study tours", section=M.PROGRAMMES, of=Course,
           rows=_courses(CourseKind.TOUR)),
    Figure(code="present", field="số người dự học", english="People who attended", section=M.PROGRAMMES,
           of=Participant, rows=_present),
    Figure(code="loans_asked", field="hồ sơ vay vốn", english="Loans asked for", section=M.PROGRAMMES, of=Loan,
           rows=_asked),
    Figure(code="loans_granted", field="vốn được duyệt vay", english="Loans granted", section=M.PROGRAMMES,
           measure=D, of=Loan, rows=_granted, weigh=Loan.granted_amount, known=lambda span: _asked(span.ever)),
    Figure(code="loans_paid", field="vốn đã giải ngân", english="Loans paid out", section=M.PROGRAMMES, measure=D,
           of=LoanMovement, rows=_moved(MovementKind.DISBURSED), weigh=LoanMovement.amount,
           known=lambda span: _asked(span.ever)),
    Figure(code="loans_back", field="vốn đã thu hồi", english="Loans repaid", section=M.PROGRAMMES, measure=D,
           of=LoanMovement, rows=_moved(MovementKind.REPAID), weigh=LoanMovement.amount,
           known=lambda span: _asked(span.ever)),
    Figure(code="support", field="kinh phí hỗ trợ đã chi", english="Support paid", section=M.SUPPORT, measure=D,
           of=SupportPayment, rows=_paid, weigh=SupportPayment.amount),
    Figure(code="supported", field="số lần chi hỗ trợ", english="Payments of support", section=M.SUPPORT,
           of=SupportPayment, rows=_paid),
    Figure(code="complaints", field="phản ánh đã nhận", english="Complaints received", section=M.SUPPORT,
           of=AllianceComplaint, rows=_received),
    Figure(code="answered", field="phản ánh đã trả lời", english="Complaints answered", section=M.SUPPORT,
           of=AllianceComplaint, rows=_answered, known=_any_complaint),
    Figure(code="late", field="phản ánh trả lời trễ hạn", english="Complaints answered late", section=M.SUPPORT,
           of=AllianceComplaint, rows=_answered_late, known=_any_complaint),
    Figure(code="reports", field="báo cáo năm đã nhận", english="Yearly reports received", section=M.GOALS,
           of=AnnualReport, rows=_handed_in),
    Figure(code="goals_met", field="chỉ tiêu đạt", english="Targets met or on the way", section=M.GOALS,
           goals=(Verdict.MET, Verdict.ON_WAY)),
    Figure(code="goals_missed", field="chỉ tiêu chưa đạt", english="Targets not met", section=M.GOALS,
           goals=(Verdict.NOT_MET,)),
    Figure(code="next_fairs", field="hội chợ kỳ tới", english="Fairs of the next period", section=M.NEXT, of=Fair,
           rows=_next_fairs, known=lambda span: select(Fair)),
    Figure(code="next_courses", field="lớp học kỳ tới", english="Courses of the next period", section=M.NEXT,
           of=Course, rows=_next_courses, known=lambda span: select(Course)),
    Figure(code="next_ends", field="hợp đồng hết hạn kỳ tới", english="Contracts that end in the next period",
           section=M.NEXT, of=Contract, rows=_next_ends, known=_any_contract),
)  # fmt: skip
BY_CODE = {figure.code: figure for figure in FIGURES}
GROUPS: tuple[tuple[Section, tuple[Figure, ...]], ...] = tuple(
    (section, tuple(each for each in FIGURES if each.section is section))
    for section in dict.fromkeys(each.section for each in FIGURES)
)
PERIOD_GROUPS: tuple[tuple[Figure, ...], ...] = tuple(
    kept for _section, figures in GROUPS if (kept := tuple(each for each in figures if not each.goals))
)
"""Of a period alone: targets are told of a day."""
