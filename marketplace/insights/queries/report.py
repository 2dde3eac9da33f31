"""Reading reports: those of a kind, one with its words and figures, the rows behind a figure, two periods."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.documents.content import digest, frozen
from marketplace.foundation.db import Page, db, page_of
from marketplace.insights.indicators import Asked
from marketplace.insights.models import PeriodReading, PeriodReport, ReportFigure, ReportParagraph
from marketplace.insights.queries.board import board_day
from marketplace.insights.queries.target import measure, period_at, targets_of, verdict
from marketplace.insights.report_words import Counted, change
from marketplace.insights.reporting import GROUPS, PERIOD_GROUPS, Figure, Span
from marketplace.insights.states import OPEN_REPORTS, ReportKind, ReportState, Verdict

_whole = (
    joinedload(PeriodReport.document),
    joinedload(PeriodReport.replaces).joinedload(PeriodReport.document),
    selectinload(PeriodReport.paragraphs).joinedload(ReportParagraph.by),
    selectinload(PeriodReport.figures),
)


def report_for_office(ref: str, user: Any) -> PeriodReport | None:
    return report_by_ref(ref) if user.is_officer else None


def report_by_ref(ref: str) -> PeriodReport | None:
    """For the worker: the door was asked by who wanted its paper."""
    return db.session.scalar(select(PeriodReport).where(PeriodReport.ref == ref).options(*_whole))


def paragraph_of(report: PeriodReport, paragraph_id: int) -> ReportParagraph | None:
    return db.session.scalar(
        select(ReportParagraph).where(
            ReportParagraph.report_id == report.id, ReportParagraph.id == paragraph_id
        )
    )


def period_reports(kind: ReportKind | None, after: str | None) -> Page[PeriodReport]:
    """The latest days first; what was given up is not shown."""
    query = select(PeriodReport).where(PeriodReport.state != ReportState.DROPPED)
    if kind is not None:
        query = query.where(PeriodReport.kind == kind)
    query = query.options(joinedload(PeriodReport.document))
    page = page_of(query, PeriodReport.last_day, PeriodReport.id, after=after, descending=True)
    return page.map(lambda row: row[0])


def open_report(kind: ReportKind, first: dt.date) -> PeriodReport | None:
    return db.session.scalar(
        select(PeriodReport).where(
            PeriodReport.kind == kind,
            PeriodReport.first_day == first,
            PeriodReport.state.in_(OPEN_REPORTS),
        )
    )


def standing_report(kind: ReportKind, first: dt.date) -> PeriodReport | None:
    """The one that counts."""
    return db.session.scalar(
        select(PeriodReport)
        .where(
            PeriodReport.kind == kind,
            PeriodReport.first_day == first,
            PeriodReport.state == ReportState.ISSUED,
        )
        .options(joinedload(PeriodReport.document))
    )


def was_begun(kind: ReportKind, first: dt.date) -> bool:
    """Whether there is or was any of this period, given up or not."""
    query = select(PeriodReport.id).where(PeriodReport.kind == kind, PeriodReport.first_day == first)
    return db.session.scalar(query.limit(1)) is not None


def drafts_waiting(size: int, after: str | None) -> Page[PeriodReport]:
    query = select(PeriodReport).where(PeriodReport.state.in_(OPEN_REPORTS))
    return page_of(query, PeriodReport.begun_at, PeriodReport.id, after=after, size=size).map(
        lambda row: row[0]
    )


def draft_ids() -> Select[Any]:
    return select(PeriodReport.id).where(PeriodReport.state.in_(OPEN_REPORTS))


def uncounted(before: dt.datetime) -> Sequence[int]:
    """Drafts whose figures should have been read by now."""
    return db.session.scalars(
        select(PeriodReport.id).where(
            PeriodReport.state == ReportState.COUNTING, PeriodReport.begun_at < before
        )
    ).all()


def span_of(report: PeriodReport) -> Span:
    """The days that its figures are of."""
    return Span(report.kind, report.first_day, report.as_of)


def values_of(report: PeriodReport) -> dict[str, Counted]:
    return {each.code: Counted(each.value, each.before) for each in report.figures}


def seen_of(report: PeriodReport) -> str:
    """A fingerprint of all words and figures: whoever agrees to it agrees to these."""
    figures: Sequence[ReportFigure] = report.figures
    told = [
        [[each.id, each.words, each.position] for each in report.paragraphs],
        [[each.code, each.value, each.before] for each in figures],
    ]
    return digest(frozen(told))


def figure_value(figure: Figure, span: Span) -> Decimal | None:
    """A figure as of the last day of a span; None: no data."""
    return _judged(figure, verdicts_on(span.last)) if figure.goals else figure.value(span)


def _judged(figure: Figure, verdicts: Sequence[Verdict]) -> Decimal | None:
    known = [verdict for verdict in verdicts if verdict is not Verdict.NO_DATA]
    return Decimal(sum(verdict in figure.goals for verdict in known)) if known else None


def verdicts_on(day: dt.date) -> list[Verdict]:
    """How each target of that day's period stands, counted now: what the board keeps may be of a while ago."""
    period = period_at(day)
    if period is None:
        return []
    day = board_day(period, day)
    return [
        verdict(target, measure(target.key, Asked.target(target, day)), day) for target in targets_of(period)
    ]


def read_group(span: Span, place: int) -> dict[str, Counted]:
    """One group of a report's figures, of the period and the one before; the targets are judged once for all."""
    figures = GROUPS[place][1]
    verdicts = verdicts_on(span.last) if any(each.goals for each in figures) else []
    return {
        each.code: Counted(_judged(each, verdicts), None)
        if each.goals
        else Counted(each.value(span), each.value(span.before))
        for each in figures
    }


# --- the rows behind ----------------------------------------------------------------------------------


def rows_of_figure(figure: Figure, span: Span, options: Sequence[Any], after: str | None) -> Page[Any] | None:
    """None where a figure is a sum that other pages tell of."""
    if figure.rows is None:
        return None
    page = page_of(
        figure.rows(span).options(*options).order_by(None), figure.of.id, after=after, descending=True
    )
    return page.map(lambda row: row[0])


# --- two periods --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Side:
    """A period beside another: as its report was issued, else as the worker read it; neither: not counted yet."""

    span: Span
    report: PeriodReport | None
    reading: PeriodReading | None

    @property
    def waiting(self) -> bool:
        return self.report is None and self.reading is not None and self.reading.waiting

    @property
    def known(self) -> bool:
        """Every figure is there, be it of a while ago."""
        return self.report is not None or (self.reading is not None and self.reading.counted_at is not None)

    @property
    def last(self) -> dt.date:
        """The day its figures are of."""
        if self.report is not None:
            return self.report.as_of
        return self.reading.last_day if self.reading is not None else self.span.last

    def value(self, code: str) -> Decimal | None:
        if self.report is not None:
            return next((each.value for each in self.report.figures if each.code == code), None)
        told = self.reading.told.get(code) if self.reading is not None else None
        return None if told is None else Decimal(told)


@dataclass(frozen=True)
class Compared:
    figure: Figure
    one: Decimal | None
    other: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        return None if self.one is None or self.other is None else self.one - self.other

    @property
    def percent(self) -> Decimal | None:
        return change(Counted(self.one, self.other))


def side(span: Span) -> Side:
    """Up to three statements: what was issued of the whole period counts before any reading."""
    report = standing_report(span.kind, span.first)
    if report is not None and not report.withdraws and report.as_of >= span.last:
        return Side(span, report, None)
    return Side(span, None, reading_of(span))


def compared(one: Side, other: Side) -> list[Compared]:
    """Every figure of two periods; the targets are told of a day and not of a period."""
    return [
        Compared(figure, one.value(figure.code), other.value(figure.code))
        for figures in PERIOD_GROUPS
        for figure in figures
    ]


def reading_of(span: Span, lock: bool = False) -> PeriodReading | None:
    query = select(PeriodReading).where(
        PeriodReading.kind == span.kind, PeriodReading.first_day == span.first
    )
    return db.session.scalar(query.with_for_update() if lock else query)


def readings_waiting(before: dt.datetime) -> Sequence[int]:
    """Those that should have been read by now."""
    return db.session.scalars(
        select(PeriodReading.id).where(
            PeriodReading.done < PeriodReading.steps, PeriodReading.wanted_at < before
        )
    ).all()


def read_period(span: Span, place: int) -> dict[str, Decimal | None]:
    """One group of figures of a period."""
    return {each.code: each.value(span) for each in PERIOD_GROUPS[place]}
