"""Periods are opened, sentences read, what others publish typed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.insights import queries
from marketplace.insights.events import GrdpTyped, PeriodOpened, SteadyJudged, TargetRead
from marketplace.insights.indicators import INDICATORS
from marketplace.insights.models import ProvinceFigure, SteadyJudgement, Target, TargetPeriod
from marketplace.insights.states import Per, Steady

COPIED = ("code", "part", "comparator", "low", "high", "per", "unit", "reading", "wording_vi", "wording_en")


def open_period(*, first_year: int, last_year: int, by: Any = None) -> TargetPeriod:
    """A period may begin with the year in which the last one ends: it counts from the day after that. It takes over
    the targets of the last one. Raises Refusal for years that belong to another."""
    if last_year <= first_year:
        raise Refusal(_l("The last year comes before the first one."), field="last_year")
    first, last = dt.date(first_year, 1, 1), dt.date(last_year, 12, 31)
    before = queries.periods()
    if before and before[0].last_day.year == first_year:
        first = before[0].last_day + dt.timedelta(1)
    if any(each.first_day <= last and first <= each.last_day for each in before):
        raise Refusal(_l("These years belong to another period already."), field="first_year")
    period = TargetPeriod(
        code=f"{first_year}-{last_year}",
        first_day=first,
        last_day=last,
        opened_by_id=id_of(by),
        opened_at=clock.now(),
    )
    db.session.add(period)
    db.session.flush()
    for each in queries.targets_of(before[0]) if before else ():
        db.session.add(Target(period_id=period.id, **{name: getattr(each, name) for name in COPIED}))
    db.session.flush()
    announce(PeriodOpened(period_id=period.id, code=period.code, actor_id=id_of(by)))
    return period


def read_target(*, target: Target, per: Per, reading: Collection[str], reason: str, by: Any = None) -> None:
    """Whether a sentence means each year, the whole period, or how things stand when it ends; and in which of its ways
    it is read. Both parts of a sentence are read in the same way."""
    ways = INDICATORS[target.key].readings
    if ways and not set(reading) & set(ways):
        raise Refusal(_l("Please choose one of these."), field="reading")
    if not reason.strip():
        raise Refusal(_l("Please say why."), field="reason")
    chosen = [code for code in ways if code in set(reading)]
    told = "" if not ways or chosen == first_reading(target.key) else ",".join(chosen)
    for each in queries.targets_of(target.period):
        if each.code == target.code:
            each.per, each.reading = per, told
    announce(
        TargetRead(
            period_id=target.period_id,
            target=target.key,
            per=str(per),
            reading=told,
            words=reason.strip()[:300],
            actor_id=id_of(by),
        )
    )


def first_reading(key: str) -> list[str]:
    """As long as nobody chose: all parts of a rule, else the first way."""
    indicator = INDICATORS[key]
    return [*indicator.readings] if indicator.many else [*indicator.readings][:1]


def chosen_readings(target: Target) -> dict[str, Any]:
    """How a target is read now: code → its words. Empty where there is one way only."""
    ways = INDICATORS[target.key].readings
    codes = target.reading.split(",") if target.reading else first_reading(target.key)
    return {code: ways[code] for code in codes}


def type_grdp(*, year: int, grdp: Money, source: str, by: Any = None) -> ProvinceFigure:
    """What the statistics office published; a later row of the same year replaces it."""
    if year > clock.today().year:
        raise Refusal(_l("This day is still to come."), field="year")
    row = ProvinceFigure(year=year, grdp=grdp, source=source.strip()[:255], by_id=id_of(by), at=clock.now())
    db.session.add(row)
    db.session.flush()
    announce(GrdpTyped(year=year, grdp=int(grdp), source=row.source, actor_id=id_of(by)))
    return row


def judge_steady(
    *, cooperative: Cooperative, year: int, verdict: Steady, reason: str, by: Any = None
) -> SteadyJudgement | None:
    """Whatever the rule of T07 says of this cooperative's year; `RULE` takes it back. None when that holds already.

    Raises Refusal without a reason, for a year that is not over, and for one that the target does not count then.
    """
    if not reason.strip():
        raise Refusal(_l("Please write the reason: it stands beside the figure."), field="reason")
    if year >= clock.today().year:
        raise Refusal(_l("This year is not over yet."), field="year")
    if not queries.lived_through(cooperative.id, year):
        raise Refusal(_l("This cooperative was not there when that year ended."), field="year")
    last = queries.judgement_of(cooperative.id, year)
    if verdict is (last.verdict if last is not None else Steady.RULE):
        return None
    row = SteadyJudgement(
        cooperative_id=cooperative.id,
        year=year,
        verdict=verdict,
        reason=reason.strip()[:255],
        by_id=id_of(by),
        at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    announce(
        SteadyJudged(
            cooperative_id=cooperative.id,
            year=year,
            verdict=str(verdict),
            words=row.reason,
            actor_id=id_of(by),
        )
    )
    return row
