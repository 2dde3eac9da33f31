"""The periods that ship: files under data/periods."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.insights import queries
from marketplace.insights.models import Baseline, Target, TargetPeriod
from marketplace.insights.states import Comparator, Exactness, Per, Unit

DATA = Path(__file__).parent / "data" / "periods"


def load_periods() -> int:
    """Enter the periods that are not there yet, in the caller's transaction; returns how many."""
    made = 0
    for path in sorted(DATA.glob("*.json")):
        told = json.loads(path.read_bytes())
        begun, aimed = (_period(each) for each in told["periods"])
        if begun is not None:
            _baselines(begun, told)
        if aimed is not None:
            _targets(aimed, told["targets"])
        made += sum(each is not None for each in (begun, aimed))
    return made


def _period(told: dict[str, str]) -> TargetPeriod | None:
    if queries.period_by_code(told["code"]) is not None:
        return None
    period = TargetPeriod(
        code=told["code"],
        first_day=dt.date.fromisoformat(told["first_day"]),
        last_day=dt.date.fromisoformat(told["last_day"]),
        opened_at=clock.now(),
    )
    db.session.add(period)
    db.session.flush()
    return period


def _baselines(period: TargetPeriod, told: dict[str, Any]) -> None:
    for code, part, value, high, exactness, unit, vi, en in told["baselines"]:
        db.session.add(
            Baseline(
                period_id=period.id,
                code=code,
                part=part,
                value=_decimal(value),
                high=_decimal(high),
                exactness=Exactness(exactness),
                unit=Unit(unit),
                wording_vi=vi,
                wording_en=en,
                reported_by=told["reported_by"],
                reported_on=dt.date.fromisoformat(told["reported_on"]),
                source_url=told["source_url"],
            )
        )
    db.session.flush()


def _targets(period: TargetPeriod, rows: list[Any]) -> None:
    for code, part, comparator, low, high, per, unit, vi, en in rows:
        db.session.add(
            Target(
                period_id=period.id,
                code=code,
                part=part,
                comparator=Comparator(comparator),
                low=_decimal(low),
                high=_decimal(high),
                per=Per(per),
                unit=Unit(unit),
                wording_vi=vi,
                wording_en=en,
            )
        )
    db.session.flush()


def _decimal(written: str | None) -> Decimal | None:
    return None if written is None else Decimal(written)
