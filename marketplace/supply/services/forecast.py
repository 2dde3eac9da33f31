"""Saying what a week will bring, and putting what came on sale."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace.catalogue.models import Product
from marketplace.foundation import clock, formats
from marketplace.foundation.calendar import Week, week_of
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.media.models import Document
from marketplace.foundation.quantity import STEP
from marketplace.foundation.quantity import quantity as exact
from marketplace.foundation.text import clean_line
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.helping import services as helping
from marketplace.helping.states import Matter
from marketplace.supply import queries, written
from marketplace.supply.events import HarvestAdded, WeekExpected, WeekShelved
from marketplace.supply.models import Forecast, Stock, StockMove
from marketplace.supply.services import ledger, weeks
from marketplace.supply.services.stock import open_stock
from marketplace.supply.states import SPREAD, ForecastSource, MoveKind, Sureness

AHEAD = 60
"""So many weeks ahead somebody may forecast: what is sown today is harvested within a year."""


@dataclass(frozen=True, kw_only=True)
class Expected:
    """Of one week, in the product's sale unit."""

    week: str
    likely: Decimal
    low: Decimal
    high: Decimal


def around(week: str, likely: Decimal, sureness: Sureness) -> Expected:
    """With the least and the most that go with how sure it is."""
    part = likely * SPREAD[sureness] / 100
    # Two figures that count: nobody is sure of the last kilogram.
    part = part.quantize(max(Decimal(1).scaleb(part.adjusted() - 1), STEP)) if part else part
    return Expected(week=week, likely=likely, low=likely - part, high=likely + part)


def take_over_sowings(*, product: Product, by: Any) -> list[Forecast]:
    """What was sown becomes what is expected, week by week, where something else is said until now.

    Weeks that are said by grade stay as they are. Done twice it is done once. Raises Refusal as `forecast` does.
    """
    rows = [each for each in queries.sown_ahead(product) if each.differs]
    weeks = [around(each.week, each.quantity, Sureness.ROUGH) for each in rows]
    notes = {each.week: each.note for each in rows}
    written = []
    for week in weeks:
        written += forecast_weeks(
            product=product, weeks=[week], source=ForecastSource.SOWING, note=notes[week.week], by=by
        )
    return written


def forecast(*, product: Product, week: str, by: Any, **told: Any) -> Forecast:
    """A new version of what a week brings; the newest is what is expected.

    `told` is what `say` takes. What an officer was told, or decides by a delegation, is shown to the cooperative: is it
    right? Raises Refusal where nobody told it and there is none.
    """
    version = say(product=product, week=week, by=by, **_with_who_told(product, told, by))
    written.note([version], by)
    return version


def say(
    *,
    product: Product,
    week: str,
    likely: Decimal,
    low: Decimal | None = None,
    high: Decimal | None = None,
    grade: str = "",
    source: ForecastSource = ForecastSource.OWN,
    note: str = "",
    told_by: str = "",
    photo: Document | None = None,
    sent: str = "",
    by: Any,
) -> Forecast:
    """One version, and nobody is asked about it yet.

    `low` and `high` are `likely` when not said. Sent again under the same `sent` it is the version that is there.
    Less than is promised opens a shortfall. Raises Refusal for a week that is over or too far, for numbers out of
    order, and for less than has left already.
    """
    numbers = _in_order(likely, low, high)
    _to_come(week)
    stock = _stock(product, week, clean_grade(grade))
    ledger.lock(stock)
    there = queries.forecast_by_sending(stock.id, sent) if sent else None
    if there is not None:
        return there
    _expect(stock, numbers[1], by)
    stock.version += 1
    version = Forecast(
        stock=stock,
        version=stock.version,
        low=numbers[0],
        likely=numbers[1],
        high=numbers[2],
        source=source,
        note=note,
        told_by=clean_line(told_by),
        photo=photo,
        sent=sent,
        by_id=id_of(by),
        at=clock.now(),
    )
    db.session.add(version)
    db.session.flush()
    facts = ledger.facts(stock, version.likely, by)
    announce(WeekExpected(**facts, stock_id=stock.id, version=version.version, source=source.value))
    weeks.judge(stock, forecast=version, by=by)
    return version


def forecast_weeks(
    *, product: Product, weeks: Iterable[Expected], grade: str = "", by: Any, **told: Any
) -> list[Forecast]:
    """Several weeks in one sending, in the order of their weeks; `told` goes to each as to `forecast`.

    A week said again as it was said today already is left as it is: nothing new was said. Raises Refusal as
    `forecast` does, with the field named after the week.
    """
    versions: list[Forecast] = []
    told = _with_who_told(product, told, by)
    for each in sorted(weeks, key=lambda expected: expected.week):
        if _said_today(product, each, grade):
            continue
        try:
            versions.append(
                say(
                    product=product,
                    week=each.week,
                    likely=each.likely,
                    low=each.low,
                    high=each.high,
                    grade=grade,
                    by=by,
                    **told,
                )
            )
        except Refusal as refusal:
            raise Refusal(refusal.message, field=f"week_{each.week}") from refusal
    written.note(versions, by)
    return versions


def expect_less(*, stock: Stock, quantity: Decimal, note: str, by: Any) -> Forecast | None:
    """So much of a week will not come, whatever is promised of it: a new version, and a shortfall with its ways out.

    None when nothing of it was expected any more. Raises Refusal for a week that is over.
    """
    ledger.lock(stock)
    newest = queries.newest_forecast(stock)
    less = min(exact(quantity), stock.on_hand, newest.likely if newest else Decimal(0))
    if newest is None or less <= 0:
        return None
    likely = newest.likely - less
    return say(
        product=stock.product,
        week=stock.week,
        grade=stock.grade,
        likely=likely,
        low=max(newest.low - less, Decimal(0)),
        high=max(newest.high - less, likely),
        note=note,
        by=by,
    )


def shelve(*, stock: Stock, quantity: Decimal, by: Any) -> StockMove:
    """What a week brought and is not promised goes on sale in the shop: out of the week, into what is on hand.

    Raises NotFree when less is free.
    """
    amount = exact(quantity)
    if amount <= 0:
        raise Refusal(_l("Write more than 0."), field="quantity")
    ledger.take(stock, amount)
    ledger.add(stock, -amount, reserved=-amount)
    when = f"week:{stock.id}"
    move = ledger.write(stock, MoveKind.SHELVED, -amount, by=by, cause=when)
    on_hand = open_stock(product_id=stock.product_id, unit=stock.unit, quantity=Decimal(0), by=by)
    ledger.add(on_hand, amount)
    ledger.write(on_hand, MoveKind.HARVESTED, amount, by=by, cause=when)
    announce(WeekShelved(**ledger.facts(stock, amount, by), stock_id=stock.id))
    announce(HarvestAdded(**ledger.facts(on_hand, amount, by)))
    ledger.tell_catalogue(on_hand)
    db.session.refresh(stock)
    return move


def _with_who_told(product: Product, told: dict[str, Any], by: Any) -> dict[str, Any]:
    """The same, where an officer says it with who told it or the delegation that they decide by."""
    if told.get("source") is not ForecastSource.OFFICER:
        return told
    who = helping.who_told(
        cooperative=product.cooperative, matter=Matter.FORECASTS, told_by=told.get("told_by", ""), by=by
    )
    return {**told, "told_by": who}


def clean_grade(written: str) -> str:
    """As it is kept and compared: "a " and "A" are one grade."""
    return clean_line(written).upper()[:12]


def _in_order(likely: Decimal, low: Decimal | None, high: Decimal | None) -> tuple[Decimal, Decimal, Decimal]:
    middle = exact(likely)
    numbers = (middle if low is None else exact(low), middle, middle if high is None else exact(high))
    if middle < 0 or numbers[0] < 0:
        raise Refusal(_l("Write 0 or more."), field="likely")
    if numbers[0] > middle:
        raise Refusal(_l("The least cannot be more than what is likely."), field="low")
    if numbers[2] < middle:
        raise Refusal(_l("The most cannot be less than what is likely."), field="high")
    return numbers


def _to_come(written: str) -> None:
    try:
        week = Week.parse(written)
    except ValueError as error:
        raise Refusal(_l("Please choose a week."), field="week") from error
    this = week_of(clock.today())
    if week < this:
        raise Refusal(_l("This week is over."), field="week")
    if week > this + AHEAD:
        raise Refusal(_l("This week is too far ahead."), field="week")


def _stock(product: Product, week: str, grade: str) -> Stock:
    """The line of the ledger; a constraint decides when two begin it at once."""
    if (stock := queries.week_stock(product.id, week, grade)) is not None:
        return stock
    stock = Stock(product_id=product.id, week=week, grade=grade, unit=product.sale_unit)
    db.session.add(stock)
    db.session.flush()
    return stock


def _expect(stock: Stock, likely: Decimal, by: Any) -> None:
    """The week's line follows the newest forecast; what has left already stays gone."""
    before = queries.newest_forecast(stock)
    difference = likely - (before.likely if before else Decimal(0))
    if stock.on_hand + difference < 0:
        gone = formats.amount(likely - (stock.on_hand + difference), stock.unit, locale())
        raise Refusal(
            _l("%(gone)s of this week have left already: write %(gone)s or more.", gone=gone), field="likely"
        )
    if difference:
        ledger.add(stock, difference)
        ledger.write(stock, MoveKind.EXPECTED, difference, by=by, cause=f"forecast:{stock.version + 1}")
    db.session.refresh(stock)


def _said_today(product: Product, each: Expected, grade: str) -> bool:
    stock = queries.week_stock(product.id, each.week, clean_grade(grade))
    newest = queries.newest_forecast(stock) if stock else None
    return newest is not None and (
        (newest.low, newest.likely, newest.high) == (exact(each.low), exact(each.likely), exact(each.high))
        and clock.to_local(newest.at).date() == clock.today()
    )
