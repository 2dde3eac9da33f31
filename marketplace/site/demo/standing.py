"""What a supermarket and a household want again and again: a price list, a standing order that runs, one that rests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from marketplace.accounts.models import Organisation, Person
from marketplace.catalogue import services as catalogue
from marketplace.catalogue.models import Product
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries.regular import regular_ways
from marketplace.foundation import clock
from marketplace.foundation.calendar import in_season
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.orders import services
from marketplace.orders.models import Order, StandingOrder
from marketplace.orders.standing import due_on
from marketplace.places.models import Address

TUESDAY, FRIDAY = 1, 4
MUCH, LITTLE = 20, 2  # smallest orders at a time: of a supermarket, of a household
BEGAN = dt.timedelta(days=18)
DELIVERED_AFTER = dt.timedelta(days=4)
Story = Callable[[Order, dt.datetime], Any]


def enter(
    seller: Cooperative,
    director: Person,
    products: list[Product],
    supermarket: tuple[Person, int, Address],
    household: tuple[Person, Address],
    story: Story,
) -> None:
    """Eighteen days ago it began; what came since then is ordered, answered and delivered."""
    goods = [product for product in products if _sold_now(product)]
    if not goods:
        return
    person, organisation_id, address = supermarket
    with clock.standing_at(clock.now() - BEGAN):
        _agree(seller, director, goods[:3], db.session.get_one(Organisation, organisation_id))
        running = _start(seller, goods[0], MUCH, person, organisation_id, address)
        resting = _start(seller, goods[-1], LITTLE, household[0], None, household[1])
    _live(running, story)
    with clock.standing_at(clock.now() - dt.timedelta(days=3)):
        until = clock.today() + dt.timedelta(days=17)
        services.pause_standing(standing=resting, until=until, by=household[0])


def _sold_now(product: Product) -> bool:
    season = not product.months or in_season(product.months, clock.today())
    return (
        product.state is ProductState.PUBLISHED
        and season
        and (product.available or 0) > 20 * MUCH * product.min_order
    )


def _agree(seller: Cooperative, director: Person, goods: list[Product], buyer: Organisation) -> None:
    """A tenth below everybody's price."""
    price_list = catalogue.begin_price_list(
        cooperative=seller,
        name="Siêu thị, giá cả vụ",
        valid_from=clock.today(),
        valid_to=clock.today() + dt.timedelta(days=120),
        by=director,
    )
    prices = {product: [(Decimal(0), Money(int(product.tiers[-1].price) * 9 // 10))] for product in goods}
    catalogue.set_list_prices(price_list=price_list, prices=prices, by=director)
    catalogue.add_list_buyer(price_list=price_list, buyer=buyer, by=director)


def _start(
    seller: Cooperative,
    product: Product,
    times: int,
    person: Person,
    organisation_id: int | None,
    address: Address,
) -> StandingOrder:
    """So many times the smallest order, on the days of the market."""
    way = next(iter(regular_ways(seller.id).values()))
    days = [day for day in (TUESDAY, FRIDAY) if day in way.weekdays] or way.weekdays[:2]
    return services.start_standing(
        cooperative=seller,
        buyer=services.Buyer(
            name=person.name, phone=person.phone or "", person_id=person.id, organisation_id=organisation_id
        ),
        terms=services.Terms(
            quantities={product: times * product.min_order},
            from_day=clock.today() + dt.timedelta(days=3),
            weekdays=days,
            way=way.key,
            address=address,
        ),
        terms_version="demo",
        by=person,
    )


def _live(standing: StandingOrder, story: Story) -> None:
    """Day by day as the worker would have done it; what is some days old has been delivered and paid."""
    today = clock.today()
    way = regular_ways(standing.cooperative_id).get(standing.terms[0].way)
    dates = [day for day, _terms in standing.days(today - BEGAN, today + BEGAN) if due_on(day, way) <= today]
    for day in dates:
        ago = clock.start_of_day(due_on(day, way)) + dt.timedelta(hours=6)
        moment = min(ago, clock.now())
        with clock.standing_at(moment):
            run = services.deal_with(standing=standing, day=day)
        if run is not None and run.order is not None and clock.now() - moment > DELIVERED_AFTER:
            story(run.order, moment)
