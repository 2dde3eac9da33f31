"""Whether a week falls short: asked after everything that changes what is expected or promised."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import db
from marketplace.foundation.events import announce
from marketplace.foundation.reference import random_ref
from marketplace.supply import queries
from marketplace.supply.events import WeekCovered, WeekFellShort
from marketplace.supply.models import Forecast, Shortfall, Stock
from marketplace.supply.services import ledger
from marketplace.supply.states import shortfall_lifecycle


def judge(stock: Stock, *, by: Any, forecast: Forecast | None = None) -> Shortfall | None:
    """After what is expected or promised of a week changed: open, follow or end its shortfall.

    Returns the one that lives then. What is on hand now never falls short.
    """
    if not stock.week:
        return None
    live = queries.live_shortfall(stock.id)
    missing = stock.short
    if missing == 0:
        if live is not None:
            end(live, "cover")
            announce(WeekCovered(**facts_of(live, by)))
        return None
    if live is None:
        if stock.iso_week < week_of(clock.today()):
            return None
        return _open(stock, missing, forecast or queries.newest_forecast(stock), by)
    more = missing > live.missing
    live.missing = missing
    if forecast is not None:
        live.forecast = forecast
    db.session.flush()
    if more:
        announce(WeekFellShort(**facts_of(live, by)))
    return live


def _open(stock: Stock, missing: Decimal, forecast: Forecast | None, by: Any) -> Shortfall:
    if forecast is None:
        raise ValueError("a week falls short by a forecast")
    shortfall = Shortfall(
        ref=random_ref(), stock=stock, forecast=forecast, missing=missing, opened_at=clock.now()
    )
    db.session.add(shortfall)
    db.session.flush()
    announce(WeekFellShort(**facts_of(shortfall, by)))
    return shortfall


def end(shortfall: Shortfall, step: str) -> None:
    """Over, by itself."""
    shortfall_lifecycle.advance(shortfall, step)
    shortfall.ended_at = clock.now()
    db.session.flush()


def facts_of(shortfall: Shortfall, by: Any) -> dict[str, Any]:
    """What every fact about a shortfall says."""
    facts = ledger.facts(shortfall.stock, shortfall.missing, by)
    return {**facts, "stock_id": shortfall.stock_id, "shortfall_id": shortfall.id}
