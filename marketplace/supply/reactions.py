"""Who is told when a week moves; a lot that goes into stock."""

from __future__ import annotations

from marketplace.accounts.models import Person
from marketplace.foundation.calendar import Week
from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.growing.events import LotHarvested
from marketplace.growing.models import Lot
from marketplace.supply import notices, queries, services
from marketplace.supply.events import (
    BuyersWarned,
    ClaimShifted,
    ClaimTaken,
    PoolAsked,
    WeekEvent,
    WeekFellShort,
)
from marketplace.supply.models import Stock


def _stock(event: WeekEvent) -> Stock:
    return db.session.get_one(Stock, event.stock_id)


@react(LotHarvested)
def into_stock(event: LotHarvested) -> None:
    """A lot goes into the stock of the shop, where the cooperative counts it and said so."""
    stock = queries.stock_of(event.product_id)
    if not event.for_sale or stock is None or event.kg is None:
        return
    lot = db.session.get_one(Lot, event.lot_id)
    services.bring_lot(
        stock=stock,
        code=lot.code,
        lot_id=lot.id,
        kg=event.kg,
        harvested_on=lot.harvested_on,
        by=db.session.get(Person, event.actor_id) if event.actor_id else None,
    )


@react(ClaimTaken)
def taken(event: ClaimTaken) -> None:
    stock = _stock(event)
    amount = notices.in_words(stock, event.quantity)
    key = f"supply.taken:{event.taking_id}"
    notices.to_holders("supply.taken", stock, [(event.holder, amount)], key=key, reason=event.words)


@react(ClaimShifted)
def shifted(event: ClaimShifted) -> None:
    stock, to = _stock(event), Week.parse(event.to_week)
    notices.to_holders(
        "supply.shifted",
        stock,
        [(event.holder, notices.in_words(stock, event.quantity))],
        key=f"supply.shifted:{event.claim_id}",
        to_week=to.week,
        to_year=to.year,
        reason=event.words,
    )


@react(BuyersWarned)
def warned(event: BuyersWarned) -> None:
    stock = _stock(event)
    parts = [
        (claim.holder, notices.in_words(stock, lacking)) for claim, lacking in queries.not_covered(stock)
    ]
    notices.to_holders(
        "supply.missing", stock, parts, key=f"supply.missing:{event.shortfall_id}", reason=event.words
    )


@react(WeekFellShort)
def fell_short(event: WeekFellShort) -> None:
    stock = _stock(event)
    key = f"supply.short:{event.shortfall_id}:{event.quantity}"
    notices.to_cooperative("supply.short", stock, key=key, amount=notices.in_words(stock, event.quantity))


@react(PoolAsked)
def pool_asked(event: PoolAsked) -> None:
    stock = _stock(event)
    amount = notices.in_words(stock, event.quantity)
    key = f"supply.pool_asked:{event.shortfall_id}"
    notices.to_officers("supply.pool_asked", stock, key=key, amount=amount, reason=event.words)
