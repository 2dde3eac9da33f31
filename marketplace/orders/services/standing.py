"""Verbs of a standing order's buyer: begin, change once or for good, pause, go on, end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from marketplace.buyers import queries as buyers
from marketplace.buyers import receiving
from marketplace.buyers.models import Depot
from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Product
from marketplace.catalogue.queries import NOTHING, Agreed
from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries.regular import Regular, fee_for, regular_ways
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.hours import days_in_words
from marketplace.foundation.money import Money
from marketplace.foundation.quantity import quantity as exact
from marketplace.foundation.reference import random_ref
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.orders import methods, queries, unloading
from marketplace.orders.events import (
    StandingChanged,
    StandingDateChanged,
    StandingEnded,
    StandingLostDepot,
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
from marketplace.orders.states import ExceptionKind, Method, StandingState, standing_lifecycle
from marketplace.places import queries as places
from marketplace.places.models import Address


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What the buyer wants from `from_day` on: quantities by product, the days, how it comes and is paid.

    It goes to `depot`, or to `address`.
    """

    quantities: Mapping[Product, Decimal]
    from_day: dt.date
    weekdays: Sequence[int]
    way: str
    last_day: dt.date | None = None
    every_weeks: int = 1
    address: Address | None = None
    depot: Depot | None = None
    method: Method = Method.TRANSFER
    on_account: bool = False
    tolerance: int = 10
    takes_less: bool = True
    note: str = field(default="")

    @property
    def goes_to(self) -> Address | None:
        return self.depot.address if self.depot is not None else self.address


def start_standing(
    *, cooperative: Cooperative, buyer: Buyer, terms: Terms, terms_version: str, by: Any
) -> StandingOrder:
    """Begin a standing order with one cooperative. Raises a Refusal beside the field that does not fit, or when each
    time costs more than this person may spend for their organisation alone."""
    _fits(cooperative, terms, buyer)
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
    _fits(standing.cooperative, terms, standing, by)
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
    wish = StandingException(standing_id=standing.id, day=day, kind=kind, at=clock.now(), by_id=id_of(by))
    if kind is ExceptionKind.OTHER:
        wish.lines = _other_lines(standing, quantities or {})
        _within_limit(standing, day, quantities or {}, by)
    db.session.add(wish)
    db.session.flush()
    db.session.expire(standing, ["exceptions"])
    announce(
        StandingDateChanged(standing_id=standing.id, day=day.isoformat(), wish=str(kind), actor_id=id_of(by))
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
    """The pause is over, by its buyer or by the clock. Raises Refusal while its depot is no longer used."""
    wait_turn(standing)
    depot = standing.terms[-1].depot
    if depot is not None and not depot.active:
        raise Refusal(
            _l(
                "The depot %(name)s is no longer used. Choose another place first, in “Change for good”.",
                name=depot.name,
            )
        )
    standing_lifecycle.advance(standing, "resume")
    standing.paused_until = None
    db.session.flush()
    announce(StandingResumed(standing_id=standing.id, actor_id=id_of(by)))


def rest_without_depot(*, standing: StandingOrder, depot: Depot, by: Any) -> None:
    """Its depot is no longer used: it rests until the buyer names another place and says go on."""
    wait_turn(standing)
    if standing.ended_at is not None or standing.terms[-1].depot_id != depot.id:
        return
    if standing.state is StandingState.ACTIVE:
        standing_lifecycle.advance(standing, "pause")
    standing.paused_until = None
    db.session.flush()
    announce(StandingLostDepot(standing_id=standing.id, depot=depot.name, actor_id=id_of(by)))


def end_standing(*, standing: StandingOrder, by: Any = None) -> None:
    """No further orders; those made stay."""
    wait_turn(standing)
    standing_lifecycle.advance(standing, "end")
    standing.paused_until, standing.ended_at = None, clock.now()
    db.session.flush()
    announce(StandingEnded(standing_id=standing.id, actor_id=id_of(by)))


def write_terms(
    *, standing: StandingOrder, like: StandingTerms, from_day: dt.date, approved: bool = False, by: Any
) -> StandingTerms:
    """The same terms anew from a day on, at today's prices; the old ones where no price changed.

    `approved`: anew in any case, for from now on they are the word of whoever approved them.
    """
    agreed = queries.agreed_with(standing)
    prices = {line: catalogue.price_for(line.product, line.quantity, agreed) for line in like.lines}
    if not approved and all(price == line.unit_price for line, price in prices.items()):
        return like
    fresh = StandingTerms(
        from_day=from_day,
        at=clock.now(),
        by_id=id_of(by),
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
    "last_day", "weekdays", "every_weeks", "counted_from", "way", "address_id", "depot_id", "method", "on_account",
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
        address=terms.address if terms.depot is None else None,
        depot=terms.depot,
        method=terms.method,
        on_account=terms.on_account,
        tolerance=terms.tolerance,
        takes_less=terms.takes_less,
        note=terms.note,
        at=clock.now(),
        by_id=id_of(by),
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


def _fits(cooperative: Cooperative, terms: Terms, buyer: Any, by: Any = None) -> None:
    """Everything that can be known today; the days themselves are judged when they come."""
    if not terms.quantities:
        raise Refusal(_l("Please write how much you want of at least one product."))
    for product, quantity in terms.quantities.items():
        check_amount(product, exact(quantity), field=f"quantity_{product.id}")
    if terms.from_day <= clock.today():
        raise Refusal(_l("Choose a first day that is still to come."), field="from_day")
    if terms.last_day is not None and terms.last_day < terms.from_day:
        raise Refusal(_l("The last day comes before the first. Please look at both."), field="last_day")
    way = regular_ways(cooperative.id).get(terms.way)
    _way_fits(way, terms.weekdays)
    assert way is not None, "it fits"
    if terms.depot is not None:
        _depot_fits(terms.depot, way, terms.weekdays, buyer.organisation_id)
    agreed = queries.agreed_with(buyer)
    if fee_of(cooperative.id, terms, agreed=agreed) is None:
        raise Refusal(
            _l("This much is not delivered to this place in this way. Please choose another way."),
            field="way",
        )
    who = by.id if by is not None else buyer.person_id
    total = each_time(cooperative.id, terms, terms.quantities, agreed)
    _afford(buyer.organisation_id, who, total)
    if terms.method is Method.CARD:
        methods.check_card(cooperative.organisation_id, total)


def fee_of(
    cooperative_id: int,
    terms: Any,
    quantities: Mapping[Product, Decimal] | None = None,
    agreed: Agreed = NOTHING,
) -> Money | None:
    """What a delivery costs by today's fees (of Terms or their row, or of other quantities); None when it does not go
    there."""
    wanted = terms.quantities if quantities is None else quantities
    unit = places.unit_of(terms.goes_to)
    return fee_for(
        cooperative_id=cooperative_id,
        key=terms.way,
        unit_id=unit.id if unit else None,
        kg=sum((catalogue.weight(p, n) for p, n in wanted.items()), Decimal(0)),
        amount=_goods(wanted, agreed),
    )


def each_time(
    cooperative_id: int, terms: Any, quantities: Mapping[Product, Decimal], agreed: Agreed
) -> Money:
    """Goods and delivery by today's prices; of weighed goods an estimate."""
    return _goods(quantities, agreed) + (fee_of(cooperative_id, terms, quantities, agreed) or Money(0))


def limit_of(organisation_id: int | None, person_id: int | None) -> Money | None:
    """Up to which sum this person's word is enough; None: any, as for who would approve it themselves."""
    if organisation_id is None or person_id is None:
        return None
    limit = buyers.limit_for(organisation_id, person_id)
    if limit is None or person_id in {person.id for person in buyers.approvers(organisation_id, person_id)}:
        return None
    return limit


def _goods(quantities: Mapping[Product, Decimal], agreed: Agreed) -> Money:
    return sum((catalogue.sum_for(p, n, agreed) for p, n in quantities.items()), Money(0))


def _within_limit(
    standing: StandingOrder, day: dt.date, quantities: Mapping[Product, Decimal], by: Any
) -> None:
    """Another quantity on one date is judged like the usual one."""
    terms = standing.terms_on(day)
    assert terms is not None, "a date has terms"
    wanted = {product: exact(quantity) for product, quantity in quantities.items()}
    total = each_time(standing.cooperative_id, terms, wanted, queries.agreed_with(standing))
    _afford(standing.organisation_id, by.id if by else standing.person_id, total)


def _afford(organisation_id: int | None, person_id: int | None, total: Money) -> None:
    """What is ordered by itself again and again is not asked about each time: a limit is looked at once, here."""
    limit = limit_of(organisation_id, person_id)
    if limit is None or total <= limit:
        return
    assert organisation_id is not None and person_id is not None, "whose limit it is"
    names = ", ".join(person.name for person in buyers.approvers(organisation_id, person_id))
    raise Refusal(
        _l(
            "Each time this comes to %(total)s with delivery, above your limit of %(limit)s. Please take less, or let "
            "somebody who may approve do it: %(names)s.",
            total=formats.vnd(total, locale()),
            limit=formats.vnd(limit, locale()),
            names=names,
        )
    )


def _depot_fits(depot: Depot, way: Regular, weekdays: Sequence[int], organisation_id: int | None) -> None:
    if not depot.active or depot.organisation_id != organisation_id:
        raise Refusal(_l("Please choose one of your depots, or another address."), field="depot")
    if wrong := unloading.never_on(way, depot, sorted(weekdays)):
        raise Refusal(
            _l(
                "%(depot)s is closed on %(wrong)s when %(way)s comes. It takes goods in: %(hours)s.",
                depot=depot.name,
                wrong=days_in_words(wrong),
                way=way.name,
                hours=receiving.hours_in_a_line(depot),
            ),
            field="weekdays",
        )


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
