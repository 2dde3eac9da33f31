"""The first morning: both sell some things, two of them weighed, and take cards; the household has some credit, and
BigMart its own prices."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.cards import errands, queries
from marketplace.catalogue import queries as catalogue
from marketplace.catalogue import services as products
from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.orders import services
from marketplace.payments import parties
from marketplace.payments import services as payments
from marketplace.supply import services as supply
from marketplace.supply.models import Stock
from tests.buyers.company import Company
from tests.lives.reckoning import AgreedList, Tiers
from tests.lives.rules.buying import expect
from tests.orders.buying import order_for
from tests.orders.scale import carp, pumpkins
from tests.stripe_like import StripeLike

if TYPE_CHECKING:
    from tests.lives.walk import Walk

LIMIT = 700_000
LIST: Tiers = [(Decimal(0), 14_000), (Decimal(20), 11_500)]
LIST_LASTS = dt.timedelta(days=6)
NOMINAL = {"qua": Decimal("2.5"), "kg": Decimal(1)}
"""What a piece, and a kilogram, of weighed goods is thought to weigh."""


def open_for_business(walk: Walk) -> None:
    world = walk.world
    with transaction():
        _sold_besides(world.dong_lac, "Củ cải trắng", 9_000, world.director, world.officer)
        _sold_besides(world.kinh_mon, "Tỏi tía", 61_000, world.rival, world.officer)
    if not walk.collected:
        for cooperative, director in ((world.dong_lac, world.director), (world.kinh_mon, world.rival)):
            takes_cards(walk.company, cooperative, director)
    for weighed in (pumpkins(world), carp(world)):
        walk.reckoning.kg_each[weighed.id] = NOMINAL[weighed.sale_unit]
    for product_id, on_hand in db.session.execute(select(Stock.product_id, Stock.on_hand)):
        walk.reckoning.on_hand[product_id] = on_hand
        tiers = db.session.get_one(Product, product_id).tiers
        walk.reckoning.prices[product_id] = [(tier.from_quantity, int(tier.price)) for tier in tiers]
    _trusts(walk)
    _company(walk)
    db.session.rollback()


def _sold_besides(cooperative: Cooperative, name: str, price: int, director: Person, officer: Person) -> None:
    kind = catalogue.commodity_by_slug("ca-rot-dong-lac")
    assert kind is not None
    product = products.draft_product(
        cooperative=cooperative,
        commodity=kind,
        name_vi=name,
        sale_unit="kg",
        tiers=[(Decimal(0), Money(price)), (Decimal(20), Money(price - 1_500))],
        story_vi="Nhổ buổi sáng.",
        by=director,
    )
    products.submit_for_review(product=product, by=director)
    products.publish(product=product, by=officer)
    supply.open_stock(product_id=product.id, unit="kg", quantity=Decimal(200), by=director)


def takes_cards(company: StripeLike, cooperative: Cooperative, director: Person) -> None:
    """Its account at the company is open and ready."""
    errands.open_account(cooperative=cooperative, by=director)
    account = queries.account_of(cooperative.organisation_id)
    assert account is not None and account.stripe_id is not None
    company.books.finish_account(account.stripe_id)
    company.news.waiting.clear()
    errands.look_at_account(account.id)


def _company(walk: Walk) -> None:
    """It buys at prices of its own for some days, its member up to a limit."""
    made = Company.built()
    made.limit(LIMIT)
    walk.reckoning.limit = LIMIT
    walk.memory["company"] = {
        each.name: (type(thing), thing.id) for each in fields(Company) for thing in [getattr(made, each.name)]
    }
    world, today = walk.world, clock.today()
    with transaction():
        agreed = products.begin_price_list(
            cooperative=world.dong_lac,
            name="Siêu thị",
            valid_from=today,
            valid_to=today + LIST_LASTS,
            by=world.director,
        )
        steps = [(start, Money(price)) for start, price in LIST]
        products.set_list_prices(price_list=agreed, prices={world.carrots: steps}, by=world.director)
        products.add_list_buyer(price_list=agreed, buyer=made.bigmart, by=world.director)
    walk.reckoning.lists[agreed.id] = AgreedList(today, today + LIST_LASTS, {world.carrots.id: LIST})


def _trusts(walk: Walk) -> None:
    """The household bought once before, so the two know each other."""
    world = walk.world
    order = order_for((world.carrots, 2), person_id=world.household.id).orders[0]
    with transaction():
        services.accept(order=order, by=world.director)
    account = parties.sellers_account(world.dong_lac.organisation, world.household.ref)
    assert account is not None
    with transaction():
        payments.grant_credit(
            account=account, most=Money(3_000_000), days=10, reason="khách quen", by=world.director
        )
    expect(walk, order.group_id)
    walk.reckoning.order(order.id).agreed = True
