"""What the worker adds up: each minute what something happened to, each night everything; reports by day."""

from __future__ import annotations

import datetime as dt
from functools import partial

from sqlalchemy import exists, select

from marketplace import config
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.insights import queries, services
from marketplace.insights.models import PeriodReading, PeriodReport, TradeMark
from marketplace.insights.reporting import GROUPS, PERIOD_GROUPS, Span
from marketplace.insights.states import ReportKind

PATIENCE = dt.timedelta(minutes=1)


@job(every_minutes=1)
def count_trade() -> int:
    """How many days were added up anew."""
    if db.session.scalar(select(exists().where(TradeMark.day.is_(None)))):
        return count_all_trade()
    told = 0
    while db.session.scalar(select(exists().where(TradeMark.day.is_not(None)))):
        told += in_transaction(services.count_marked)
    return told


@job(every_minutes=60 * 24, patient=True)
def count_all_trade() -> int:
    """Every month, whatever is marked; how many said something else before."""
    months = in_transaction(services.count_everything)
    return sum(in_transaction(partial(services.count_month, month)) for month in months)


AT_ONCE = 12
"""So many figures are counted between two short writes: whoever looks sees them coming, nobody waits for the lock."""


@job(every_minutes=1)
def count_targets() -> int:
    """The boards that are wanted, today's first; how many figures were counted."""
    in_transaction(services.begin_counting)
    return sum(_count_board(board_id) for board_id in queries.boards_waiting())


def _count_board(board_id: int) -> int:
    began_at, told = clock.now(), 0
    while True:
        read_at = clock.now()
        db.session.rollback()  # so that nothing is read as it was before that moment
        todo = queries.figures_to_count(board_id, AT_ONCE)
        if not todo:
            in_transaction(partial(services.finish_board, board_id, began_at))
            return told
        found = [(key, asked, queries.measure(key, asked)) for key, asked in todo]
        in_transaction(partial(services.keep_figures, read_at, found))
        told += len(found)


@job(every_minutes=60 * 24, patient=True)
def count_all_targets() -> int:
    """Every figure anew, whatever is marked; days nobody asked for lately are let go."""
    in_transaction(services.forget_boards)
    in_transaction(services.take_marks)
    told = count_targets()
    in_transaction(services.forget_figures)
    return int(told)


@job
def count_report(report_id: int) -> None:
    """The figures of a report, a group at a time, so that its page shows how far it is; then its sentences. They are
    read before the short write that keeps them: nobody waits for the lock meanwhile."""
    report = db.session.get(PeriodReport, report_id)
    if report is None:
        return
    turn, span = report.turn, queries.span_of(report)
    for place in range(len(GROUPS)):
        db.session.rollback()
        found = queries.read_group(span, place)
        if not in_transaction(partial(services.keep_group, report_id, turn, place, found)):
            return
    in_transaction(partial(services.finish_counting, report_id, turn))


@job
def count_period(reading_id: int) -> None:
    """The figures of a period for those who compare, a group at a time."""
    row = db.session.get(PeriodReading, reading_id)
    if row is None or not row.waiting:
        return
    wanted_at, span = row.wanted_at, Span(row.kind, row.first_day, row.last_day)
    for place in range(len(PERIOD_GROUPS)):
        db.session.rollback()
        found = queries.read_period(span, place)
        if not in_transaction(partial(services.keep_reading, reading_id, wanted_at, place, found)):
            return


@job(every_minutes=60 * 24, patient=True)
def count_last_months() -> None:
    """What the page shows without a choice is there when somebody opens it; what nobody wants any more is let go."""
    in_transaction(services.forget_readings)
    last = Span.of(ReportKind.MONTH, clock.today()).before
    for span in (last, last.before):
        row = in_transaction(partial(services.want_reading, span=span, anew=True))
        if row is not None:
            count_period(row.id)


@job(every_minutes=1)
def find_uncounted_reports() -> None:
    """Wake up for reports and periods whose first wake-up was lost."""
    for report_id in queries.uncounted(clock.now() - PATIENCE):
        count_report.now(report_id)
    for reading_id in queries.readings_waiting(clock.now() - PATIENCE):
        count_period.now(reading_id)


@job(every_minutes=60)
def draft_due_reports() -> int:
    """On its day of the month after a period, and until that month is over, each kind that is set is drafted once."""
    settings, today = config.current(), clock.today()
    if today.day < settings.report_draft_day:
        return 0
    begun = 0
    for kind in map(ReportKind, settings.report_draft_kinds):
        over = Span.of(kind, today).before
        if (over.last + dt.timedelta(1)).replace(day=1) != today.replace(day=1):
            continue
        begun += in_transaction(partial(_begin_once, kind, over.first))
    return begun


def _begin_once(kind: ReportKind, first: dt.date) -> bool:
    if queries.was_begun(kind, first):
        return False
    count_report.later(services.begin_report(kind=kind, day=first).id)
    return True
