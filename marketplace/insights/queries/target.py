"""Measuring what the indicators say: exact figures, their rows, their years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import joinedload

from marketplace.cooperatives.models import Cooperative
from marketplace.fairs.models import Fair
from marketplace.foundation.db import Page, db, page_of
from marketplace.insights.indicators import INDICATORS, Asked, Indicator, judged_ids
from marketplace.insights.models import Baseline, ProvinceFigure, SteadyJudgement, Target, TargetPeriod
from marketplace.insights.states import Comparator, Per, Unit, Verdict
from marketplace.places.models import AdminUnit
from marketplace.programmes.models import Course, Loan, LoanFund, LoanMovement
from marketplace.registry import queries as registry
from marketplace.registry.models import AnnualReport, PartnerHelp, ReportVersion


@dataclass(frozen=True)
class Measured:
    """What was found; `value` None is no data, and `why` says of what there is none."""

    asked: Asked
    value: Fraction | None
    above: int | None = None
    below: int | None = None
    count: int | None = None
    """Of sums: over how many rows."""
    beside: int | None = None
    why: str = ""


Finding = Callable[[str, Asked], Measured]
"""How a figure is come by: counted here and now, or read from those that are kept."""


def periods() -> Sequence[TargetPeriod]:
    """The latest first."""
    return db.session.scalars(select(TargetPeriod).order_by(TargetPeriod.first_day.desc())).all()


def period_by_code(code: str) -> TargetPeriod | None:
    return db.session.scalar(select(TargetPeriod).where(TargetPeriod.code == code))


def period_at(day: dt.date) -> TargetPeriod | None:
    """The one that holds the day, else the last one that ended before, and has targets."""
    with_targets = select(Target.period_id)
    query = select(TargetPeriod).where(TargetPeriod.first_day <= day, TargetPeriod.id.in_(with_targets))
    return db.session.scalar(query.order_by(TargetPeriod.first_day.desc()).limit(1))


def has_targets(period: TargetPeriod) -> bool:
    return bool(db.session.scalar(select(exists().where(Target.period_id == period.id))))


def targets_of(period: TargetPeriod) -> Sequence[Target]:
    query = select(Target).where(Target.period_id == period.id)
    return db.session.scalars(query.order_by(Target.code, Target.part)).all()


def target_of(period: TargetPeriod, key: str) -> Target | None:
    query = select(Target).where(
        Target.period_id == period.id, Target.code == key[:3], Target.part == key[3:]
    )
    return db.session.scalar(query)


def baselines() -> Sequence[Baseline]:
    """What was reported, in the order of its codes."""
    return db.session.scalars(select(Baseline).order_by(Baseline.code, Baseline.part)).all()


def grdp_of(year: int) -> ProvinceFigure | None:
    """What was typed in last."""
    query = select(ProvinceFigure).where(ProvinceFigure.year == year)
    return db.session.scalar(query.order_by(ProvinceFigure.id.desc()).limit(1))


def grdp_rows() -> Sequence[ProvinceFigure]:
    """What was typed in, the latest year and row first."""
    query = select(ProvinceFigure).order_by(ProvinceFigure.year.desc(), ProvinceFigure.id.desc())
    return db.session.scalars(query.limit(60)).all()


def judgement_of(cooperative_id: int, year: int) -> SteadyJudgement | None:
    """The one that counts."""
    query = select(SteadyJudgement).where(
        SteadyJudgement.cooperative_id == cooperative_id, SteadyJudgement.year == year
    )
    return db.session.scalar(query.order_by(SteadyJudgement.id.desc()).limit(1))


def judgements(after: str | None = None, size: int = 50) -> Page[SteadyJudgement]:
    """All that was judged, taken back and judged anew, the last first."""
    query = select(SteadyJudgement).options(
        joinedload(SteadyJudgement.cooperative), joinedload(SteadyJudgement.by)
    )
    page = page_of(query, SteadyJudgement.id, after=after, size=size, descending=True)
    return page.map(lambda row: row[0])


def judged_in(year: int) -> int:
    """How many cooperatives stand otherwise than by the rule."""
    return int(db.session.scalar(select(func.count()).select_from(judged_ids(year).subquery())) or 0)


def lived_through(cooperative_id: int, year: int) -> bool:
    """Whether it is among those that T07 counts for that year."""
    there = registry.alive_on(dt.date(year, 12, 31)).where(Cooperative.id == cooperative_id)
    return db.session.scalar(select(exists(there.order_by(None)))) is True


# --- measuring --------------------------------------------------------------------------------------


def measure(key: str, asked: Asked) -> Measured:
    """One figure, counted here and now: up to four statements."""
    indicator = INDICATORS[key]
    if not db.session.scalar(select(exists(indicator.known(asked).order_by(None).subquery().select()))):
        return Measured(asked, None, why="revenue" if _only_revenue(indicator, asked) else "rows")
    above, below, count, why = _sums(indicator, asked) if indicator.weigh else _counts(indicator, asked)
    beside = indicator.beside and int(db.session.scalar(indicator.beside(asked)) or 0)
    value = None if why else worth(indicator, above, below)
    return Measured(asked, value, above, below, count, beside, why)


def worth(indicator: Indicator, above: int, below: int | None) -> Fraction:
    """What stands above and below the line as a figure, exactly."""
    if below is None:
        return Fraction(above)
    return Fraction(100 * above, below) - (100 if indicator.weigh == "growth" else 0)


Sums = tuple[int, int | None, int | None, str]
"""Above, below, over how many rows, and why there is no figure."""


def _counts(indicator: Indicator, asked: Asked) -> Sums:
    above = _count(indicator.above(asked), indicator)
    if indicator.below is None:
        return above, None, None, ""
    below = _count(indicator.below(asked), indicator)
    return above, below, None, "" if below else "rows"


def _sums(indicator: Indicator, asked: Asked) -> Sums:
    if indicator.weigh == "paid":
        above, count = _sum(indicator.above(asked), LoanMovement.amount)
        return above, None, count, ""
    if indicator.weigh == "grdp":
        typed = grdp_of(asked.year)
        above, count = _sum(indicator.above(asked), ReportVersion.value_added)
        return above, None if typed is None else int(typed.grdp), count, "" if typed else "grdp"
    assert indicator.below is not None
    above, count = _sum(indicator.above(asked), ReportVersion.revenue_total)
    below, _count_before = _sum(indicator.below(asked), ReportVersion.revenue_total)
    return above, below, count, "" if below else "rows"


def _only_revenue(indicator: Indicator, asked: Asked) -> bool:
    """Whether the year was reported, and nobody told value added."""
    if indicator.weigh != "grdp":
        return False
    return bool(
        db.session.scalar(
            select(exists().where(AnnualReport.year == asked.year, AnnualReport.standing.is_not(None)))
        )
    )


def _ids(query: Select[Any], indicator: Indicator) -> Select[Any]:
    of: Any = indicator.of
    return query.order_by(None).with_only_columns(of.id)


def _count(query: Select[Any], indicator: Indicator) -> int:
    return int(db.session.scalar(select(func.count()).select_from(_ids(query, indicator).subquery())) or 0)


def _sum(query: Select[Any], column: Any) -> tuple[int, int]:
    found = db.session.execute(query.with_only_columns(func.sum(column), func.count())).one()
    return int(found[0] or 0), int(found[1])


def rows_of(key: str, part: str, asked: Asked, after: str | None = None, size: int = 50) -> Page[Any] | None:
    """(what was counted, its cooperative or None) by name or day; None where there is no such part."""
    indicator = INDICATORS.get(key)
    rows = None if indicator is None else indicator.below if part == "below" else indicator.above
    if indicator is None or rows is None:
        return None
    of: Any = indicator.of
    ids = _ids(rows(asked), indicator)
    if of is Cooperative or of in ALONE:
        query: Any = select(of, of.id)
    elif of is PartnerHelp:
        query = select(of, Cooperative).outerjoin(Cooperative, Cooperative.id == of.cooperative_id)
        query = query.options(joinedload(PartnerHelp.partner))
    else:
        query = select(of, Cooperative)
        if of is ReportVersion:
            query = query.join(AnnualReport, AnnualReport.id == ReportVersion.report_id)
        if of is LoanMovement:
            query = query.join(Loan, Loan.id == LoanMovement.loan_id)
        holder: Any = {ReportVersion: AnnualReport, LoanMovement: Loan}.get(of, of)
        query = query.join(Cooperative, Cooperative.id == holder.cooperative_id)
    if of is Loan:
        query = query.options(joinedload(Loan.fund))
    order: Any = PartnerHelp.day if of is PartnerHelp else ALONE.get(of, Cooperative.sort_name)
    page = page_of(query.where(of.id.in_(ids)), order, of.id, after=after, size=size)
    if of is Cooperative:
        return page.map(lambda row: (row[0], row[0]))
    return page.map(lambda row: (row[0], None if of in ALONE else row[1]))


ALONE: dict[type, Any] = {
    Course: Course.first_day,
    Fair: Fair.first_day,
    LoanFund: LoanFund.code,
    AdminUnit: AdminUnit.folded_name,
}
"""Rows that belong to no cooperative, and their order."""


# --- against the target -----------------------------------------------------------------------------


def compares(target: Target, value: Fraction) -> bool:
    """Before anything is rounded."""
    assert target.low is not None
    low = Fraction(target.low)
    match target.comparator:
        case Comparator.MORE_THAN:
            return value > low
        case Comparator.ABOUT:
            return abs(value - low) <= Fraction(1, 2)
        case _:
            return value >= low


def verdict(target: Target, measured: Measured, day: dt.date) -> Verdict:
    """What is asked of a whole year or period may still come until that is over."""
    if measured.value is None:
        return Verdict.NO_DATA
    if target.comparator is Comparator.NONE:
        return Verdict.FOLLOWED
    if compares(target, measured.value):
        return Verdict.MET
    return (
        Verdict.NOT_MET if day >= target.period.last_day or _year_over(target, measured) else Verdict.ON_WAY
    )


def _year_over(target: Target, measured: Measured) -> bool:
    if target.per is not Per.YEAR:
        return False
    if INDICATORS[target.key].weigh:
        return True
    return (measured.asked.day.month, measured.asked.day.day) == (12, 31)


@dataclass(frozen=True)
class Tile:
    """A target as of a day with its years."""

    target: Target
    measured: Measured
    verdict: Verdict
    years: Sequence[tuple[int, Measured]]
    forecast: Fraction | None


def tile(target: Target, day: dt.date, finding: Finding = measure) -> Tile:
    measured = finding(target.key, Asked.target(target, day))
    years = [(year, finding(target.key, asked)) for year, asked in years_of(target, day)]
    return Tile(
        target, measured, verdict(target, measured, day), years, forecast(target, measured, years, day)
    )


def years_of(target: Target, day: dt.date) -> list[tuple[int, Asked]]:
    """When each year ended, the last one on the day itself; what happens is counted within its year."""
    period = target.period
    last = min(day, period.last_day)
    per = Per.YEAR if target.per is Per.PERIOD else target.per
    return [
        (year, Asked.of(min(dt.date(year, 12, 31), last), period, per, target.reading))
        for year in range(period.first_day.year, last.year + 1)
    ]


def forecast(
    target: Target, measured: Measured, years: Sequence[tuple[int, Measured]], day: dt.date
) -> Fraction | None:
    """What the end of the period brings if it goes on like this: a sum at its pace until now, a level by its mean
    yearly change, and no further than there is anything. None where there is nothing to go by, or nothing to come."""
    period = target.period
    if measured.value is None or day >= period.last_day or day < period.first_day:
        return None
    if target.per is Per.PERIOD:
        gone, whole = (day - period.first_day).days + 1, (period.last_day - period.first_day).days + 1
        return measured.value * whole / gone
    if target.per is Per.YEAR and target.unit is Unit.COUNT:
        gone = (day - dt.date(day.year, 1, 1)).days + 1
        return measured.value * 365 / gone
    told = [(year, each.value) for year, each in years if each.value is not None]
    if len(told) < 2:
        return None
    (first, begun), (last, now) = told[0], told[-1]
    value = now + (now - begun) / (last - first) * (period.last_day.year - last)
    if target.key == "T11":
        return value
    most = Fraction(100) if target.unit is Unit.PERCENT else value
    return max(min(value, most), Fraction(0))
