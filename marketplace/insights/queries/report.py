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
from marketplace.insights.models import PeriodReport, ReportFigure, ReportParagraph, TargetPeriod
from marketplace.insights.queries.board import board_day
from marketplace.insights.queries.target import Tile, period_at, targets_of, tile
from marketplace.insights.report_words import Counted, change
from marketplace.insights.reporting import FIGURES, Figure, Span
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
    if not figure.goals:
        return figure.value(span)
    period = period_at(span.last)
    tiles = _tiles(period, span.last) if period is not None else []
    known = [tile.verdict for tile in tiles if tile.verdict is not Verdict.NO_DATA]
    return Decimal(sum(verdict in figure.goals for verdict in known)) if known else None


def _tiles(period: TargetPeriod, day: dt.date) -> list[Tile]:
    """Counted now: what the board keeps may be of a while ago."""
    day = board_day(period, day)
    return [tile(target, day) for target in targets_of(period)]


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


def compared(one: Span, other: Span) -> list[Compared]:
    """Every figure of two periods, read now; the targets are told of a day and not of a period."""
    return [
        Compared(figure, figure.value(one), figure.value(other)) for figure in FIGURES if not figure.goals
    ]
