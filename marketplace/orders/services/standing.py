"""Verbs of a standing order's buyer: begin, change once or for good, pause, go on, end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries.regular import Regular, fee_for, regular_ways
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce
from marketplace.foundation.hours import days_in_words
from marketplace.foundation.money import Money
from marketplace.foundation.quantity import quantity as exact
from marketplace.foundation.reference import random_ref
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.orders import queries
from marketplace.orders.events import (
    StandingChanged,
    StandingDateChanged,
    StandingEnded,
    StandingPaused,
    StandingResumed,
    StandingStarted,
)
from marketplace.orders.models import (
    StandingException,
    StandingExceptionLine,
    StandingLine,
    StandingOrder,
    StandingTerms,
)
from marketplace.orders.services.cart import check_amount
from marketplace.orders.services.checkout import Buyer
from marketplace.orders.states import ExceptionKind, Method, standing_lifecycle
from marketplace.places.models import Address, AdminUnit


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What the buyer wants from `from_day` on: quantities by product, the days, how it comes and is paid."""

    quantities: Mapping[Product, Decimal]
    from_day: dt.date
    weekdays: Sequence[int]
    way: str
    last_day: dt.date | None = None
    every_weeks: int = 1
    address: Address | None = None
    method: Method = Method.TRANSFER
    on_account: bool = False
    tolerance: int = 10
    takes_less: bool = True
    note: str = field(default="")


def start_standing(
    *, cooperative: Cooperative, buyer: Buyer, terms: Terms, terms_version: str, by: Any
) -> StandingOrder:
    """Begin a standing order with one cooperative. Raises a Refusal beside the field that does not fit."""
    _fits(cooperative, terms)
    standing = StandingOrder(
        ref=random_ref(),
        cooperative=cooperative,
        person_id=buyer.person_id,
        organisation_id=buyer.organisation_id,
        buyer_name=buyer.name,
        buyer_phone=buyer.phone,
        buyer_email=buyer.email,
        locale=buyer.locale,
        terms_version=terms_version,
        started_at=clock.now(),
    )
    db.session.add(standing)
    db.session.flush()
    _write(standing, terms, terms.from_day, by)
    announce(StandingStarted(standing_id=standing.id, day=terms.from_day.isoformat(), actor_id=by.id))
    return standing


def change_standing(*, standing: StandingOrder, terms: Terms, by: Any) -> None:
    """Other terms for good from a day on. Dates already ordered stay; what was planned later gives way."""
    wait_turn(standing)
    _still_going(standing)
    _fits(standing.cooperative, terms)
    dealt_with = [run.day for run in standing.runs if run.day >= terms.from_day]
    if dealt_with:
        last = formats.date(max(dealt_with), locale())
        raise Refusal(
            _l("The order for %(day)s is made already: choose a later day.", day=last), field="from_day"
        )
    later = {each.from_day for each in standing.terms if each.from_day > terms.from_day}
    for day in sorted({terms.from_day, *later}):
        _write(standing, terms, day, by)
    announce(StandingChanged(standing_id=standing.id, day=terms.from_day.isoformat(), actor_id=by.id))


def change_date(
    *,
    standing: StandingOrder,
    day: dt.date,
    kind: ExceptionKind,
    quantities: Mapping[Product, Decimal] | None = None,
    by: Any,
) -> None:
    """One date only: nothing, other quantities, or the usual again. Raises Refusal once its order is made."""
    wait_turn(standing)
    _still_going(standing)
    if standing.run_on(day) is not None or day <= clock.today():
        raise Refusal(_l("This date was dealt with already. Its order can still be changed or withdrawn."))
    wish = StandingException(
        standing_id=standing.id, day=day, kind=kind, at=clock.now(), by_id=by.id if by else None
    )
    if kind is ExceptionKind.OTHER:
        wish.lines = _other_lines(standing, quantities or {})
    db.session.add(wish)
    db.session.flush()
    db.session.expire(standing, ["exceptions"])
    announce(
        StandingDateChanged(
            standing_id=standing.id, day=day.isoformat(), wish=str(kind), actor_id=by.id if by else None
        )
    )


def pause_standing(*, standing: StandingOrder, until: dt.date | None, by: Any) -> None:
    """Order nothing for the dates before `until` (None: until somebody says go on)."""
    wait_turn(standing)
    if until is not None and until <= clock.today():
        raise Refusal(_l("Choose a day that is still to come."), field="until")
    standing_lifecycle.advance(standing, "pause")
    standing.paused_until = until
    db.session.flush()
    announce(StandingPaused(standing_id=standing.id, day=until.isoformat() if until else "", actor_id=by.id))


def resume_standing(*, standing: StandingOrder, by: Any = None) -> None:
    """The pause is over, by its buyer or by the clock."""
    wait_turn(standing)
    standing_lifecycle.advance(standing, "resume")
    standing.paused_until = None
    db.session.flush()
    announce(StandingResumed(standing_id=standing.id, actor_id=by.id if by else None))


def end_standing(*, standing: StandingOrder, by: Any = None) -> None:
    """No further orders; those made stay."""
    wait_turn(standing)
    standing_lifecycle.advance(standing, "end")
    standing.paused_until, standing.ended_at = None, clock.now()
    db.session.flush()
    announce(StandingEnded(standing_id=standing.id, actor_id=by.id if by else None))


def write_terms(*, standing: StandingOrder, like: StandingTerms, from_day: dt.date, by: Any) -> StandingTerms:
    """The same terms anew from a day on, at today's prices; the old ones where no price changed."""
    agreed = queries.agreed_with(standing)
    prices = {line: catalogue.price_for(line.product, line.quantity, agreed) for line in like.lines}
    if all(price == line.unit_price for line, price in prices.items()):
        return like
    fresh = StandingTerms(
        from_day=from_day,
        at=clock.now(),
        by_id=by.id if by else None,
        **{name: getattr(like, name) for name in COPIED},
    )
    fresh.lines = [
        StandingLine(
            product=line.product,
            position=line.position,
            quantity=line.quantity,
            unit_price=price,
        )
        for line, price in prices.items()
    ]
    _add(standing, fresh)
    return fresh


COPIED = (
    "last_day", "weekdays", "every_weeks", "counted_from", "way", "address_id", "method", "on_account",
    "tolerance", "takes_less", "note",
)  # fmt: skip


def _write(standing: StandingOrder, terms: Terms, day: dt.date, by: Any) -> None:
    agreed = queries.agreed_with(standing)
    fresh = StandingTerms(
        from_day=day,
        last_day=terms.last_day,
        weekdays=sum(1 << weekday for weekday in set(terms.weekdays)),
        every_weeks=terms.every_weeks,
        counted_from=terms.from_day,
        way=terms.way,
        address=terms.address,
        method=terms.method,
        on_account=terms.on_account,
        tolerance=terms.tolerance,
        takes_less=terms.takes_less,
        note=terms.note,
        at=clock.now(),
        by_id=by.id if by else None,
    )
    fresh.lines = [
        StandingLine(
            product=product,
            position=position,
            quantity=exact(quantity),
            unit_price=catalogue.price_for(product, quantity, agreed),
        )
        for position, (product, quantity) in enumerate(terms.quantities.items(), start=1)
    ]
    _add(standing, fresh)


def _add(standing: StandingOrder, fresh: StandingTerms) -> None:
    fresh.standing_id = standing.id
    db.session.add(fresh)
    db.session.flush()
    db.session.expire(standing, ["terms"])


def _other_lines(
    standing: StandingOrder, quantities: Mapping[Product, Decimal]
) -> list[StandingExceptionLine]:
    agreed = queries.agreed_with(standing)
    for product, quantity in quantities.items():
        if quantity:
            check_amount(product, exact(quantity), field=f"quantity_{product.id}")
    return [
        StandingExceptionLine(
            product_id=product.id,
            quantity=exact(quantity),
            unit_price=catalogue.price_for(product, quantity, agreed),
        )
        for product, quantity in quantities.items()
    ]


def _fits(cooperative: Cooperative, terms: Terms) -> None:
    """Everything that can be known today; the days themselves are judged when they come."""
    if not terms.quantities:
        raise Refusal(_l("Please write how much you want of at least one product."))
    for product, quantity in terms.quantities.items():
        check_amount(product, exact(quantity), field=f"quantity_{product.id}")
    if terms.from_day <= clock.today():
        raise Refusal(_l("Choose a first day that is still to come."), field="from_day")
    if terms.last_day is not None and terms.last_day < terms.from_day:
        raise Refusal(_l("The last day comes before the first. Please look at both."), field="last_day")
    _way_fits(regular_ways(cooperative.id).get(terms.way), terms.weekdays)
    if fee_of(cooperative.id, terms) is None:
        raise Refusal(
            _l("This much is not delivered to this place in this way. Please choose another way."),
            field="way",
        )


def fee_of(cooperative_id: int, terms: Any) -> Money | None:
    """What each delivery costs by today's fees (of Terms or their row); None when it does not go there."""
    quantities = terms.quantities
    unit = _unit(terms.address)
    return fee_for(
        cooperative_id=cooperative_id,
        key=terms.way,
        unit_id=unit.id if unit else None,
        kg=sum((n * (catalogue.kg_per_unit(p) or Decimal(0)) for p, n in quantities.items()), Decimal(0)),
        amount=sum((catalogue.sum_for(p, n) for p, n in quantities.items()), Money(0)),
    )


def _unit(address: Address | None) -> AdminUnit | None:
    return (address.unit_current or address.unit_as_written) if address is not None else None


def _way_fits(way: Regular | None, weekdays: Sequence[int]) -> None:
    if way is None:
        raise Refusal(_l("Please choose how you get it."), field="way")
    if wrong := [day for day in weekdays if day not in way.weekdays]:
        raise Refusal(
            _l(
                "%(way)s does not go on %(wrong)s. It goes on: %(days)s.",
                way=way.name,
                wrong=days_in_words(wrong),
                days=days_in_words(way.weekdays),
            ),
            field="weekdays",
        )


def _still_going(standing: StandingOrder) -> None:
    if standing.ended_at is not None:
        raise Refusal(_l("This standing order is over. You can begin a new one from its last order."))


def wait_turn(standing: StandingOrder) -> None:
    """One at a time: the worker and the buyer never deal with the same date at once."""
    db.session.refresh(standing, ["state", "paused_until", "ended_at"], with_for_update={"of": StandingOrder})
    db.session.expire(standing, ["runs", "exceptions", "terms"])
