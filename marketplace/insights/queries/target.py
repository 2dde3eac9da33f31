"""Measuring what the indicators say: exact figures, their rows, their years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import Select, exists, func, select

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import Page, db, page_of
from marketplace.insights.indicators import INDICATORS, Asked, Indicator
from marketplace.insights.models import Baseline, ProvinceFigure, Target, TargetPeriod
from marketplace.insights.states import Comparator, Per, Unit, Verdict
from marketplace.registry.models import AnnualReport, ReportVersion


@dataclass(frozen=True)
class Measured:
    """What was found; `value` None is no data, and `why` says of what there is none."""

    asked: Asked
    value: Fraction | None
    above: int | None = None
    below: int | None = None
    count: int | None = None
    """Of sums: over how many cooperatives."""
    why: str = ""


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


# --- measuring --------------------------------------------------------------------------------------


def measure(key: str, asked: Asked) -> Measured:
    """One figure. Two statements, or three."""
    indicator = INDICATORS.get(key)
    if indicator is None:
        return Measured(asked, None, why="source")
    if not db.session.scalar(select(exists(indicator.known(asked).order_by(None).subquery().select()))):
        return Measured(asked, None, why="revenue" if _only_revenue(indicator, asked) else "rows")
    if indicator.weigh:
        return _sums(indicator, asked)
    above = _count(indicator.above(asked), indicator)
    if indicator.below is None:
        return Measured(asked, Fraction(above), above)
    below = _count(indicator.below(asked), indicator)
    if not below:
        return Measured(asked, None, above, below, why="rows")
    return Measured(asked, Fraction(100 * above, below), above, below)


def _sums(indicator: Indicator, asked: Asked) -> Measured:
    if indicator.weigh == "grdp":
        typed = grdp_of(asked.year)
        above, count = _sum(indicator.above(asked), ReportVersion.value_added)
        if typed is None:
            return Measured(asked, None, above, None, count, why="grdp")
        return Measured(asked, Fraction(100 * above, int(typed.grdp)), above, int(typed.grdp), count)
    assert indicator.below is not None
    above, count = _sum(indicator.above(asked), ReportVersion.revenue_total)
    below, _count_before = _sum(indicator.below(asked), ReportVersion.revenue_total)
    if not below:
        return Measured(asked, None, above, below, count, why="rows")
    return Measured(asked, Fraction(100 * above, below) - 100, above, below, count)


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
    """(what was counted, its cooperative) by name; None where there is no such part."""
    indicator = INDICATORS.get(key)
    rows = None if indicator is None else indicator.below if part == "below" else indicator.above
    if indicator is None or rows is None:
        return None
    of: Any = indicator.of
    ids = _ids(rows(asked), indicator)
    query: Any = select(of, Cooperative)
    if of is Cooperative:
        query = select(Cooperative, Cooperative.id)
    elif of is ReportVersion:
        query = query.join(AnnualReport, AnnualReport.id == ReportVersion.report_id)
        query = query.join(Cooperative, Cooperative.id == AnnualReport.cooperative_id)
    else:
        query = query.join(Cooperative, Cooperative.id == of.cooperative_id)
    page = page_of(query.where(of.id.in_(ids)), Cooperative.sort_name, of.id, after=after, size=size)
    return page.map(lambda row: (row[0], row[0] if of is Cooperative else row[1]))


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


def tile(target: Target, day: dt.date) -> Tile:
    measured = measure(target.key, Asked.of(day, target.period, target.per))
    years = years_of(target, day)
    return Tile(
        target, measured, verdict(target, measured, day), years, forecast(target, measured, years, day)
    )


def board(period: TargetPeriod, day: dt.date) -> list[Tile]:
    """All targets of a period."""
    return [tile(target, day) for target in targets_of(period)]


def years_of(target: Target, day: dt.date) -> list[tuple[int, Measured]]:
    """How it stood when each year ended, the last one on the day itself; what happens is counted within its year."""
    period = target.period
    last = min(day, period.last_day)
    per = Per.YEAR if target.per is Per.PERIOD else target.per
    return [
        (year, measure(target.key, Asked.of(min(dt.date(year, 12, 31), last), period, per)))
        for year in range(period.first_day.year, last.year + 1)
    ]


def forecast(
    target: Target, measured: Measured, years: Sequence[tuple[int, Measured]], day: dt.date
) -> Fraction | None:
    """What the end of the period brings if it goes on like this: a sum at its pace until now, a level by its mean
    yearly change. None where there is nothing to go by, or nothing to come."""
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
    return min(value, Fraction(100)) if target.unit is Unit.PERCENT and target.key != "T11" else value
