"""Goods come in from the field, are counted, and cost another price from today on."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from marketplace.catalogue import services as catalogue
from marketplace.catalogue.models import Product
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.supply import services
from marketplace.supply.models import Stock
from tests.lives.walk import Act, Walk, rule


def _seller(walk: Walk, stock: Stock):
    return walk.seller_of(db.session.get_one(Product, stock.product_id).cooperative_id)


@rule(4)
def harvest(walk: Walk) -> Act | None:
    number, quantity = walk.pick(select(Stock.id)), Decimal(walk.rng.randint(50, 400))

    def do() -> int:
        stock = db.session.get_one(Stock, number)
        services.add_harvest(stock=stock, quantity=quantity, by=_seller(walk, stock))
        return stock.product_id

    return Act(do, lambda product: walk.reckoning.leaves(product, -quantity))


@rule(1)
def count_again(walk: Walk) -> Act | None:
    number, difference = walk.pick(select(Stock.id)), Decimal(walk.rng.randint(-30, 10))

    def do() -> int:
        stock = db.session.get_one(Stock, number)
        services.correct(
            stock=stock, counted=stock.on_hand + difference, reason="hao hụt", by=_seller(walk, stock)
        )
        return stock.product_id

    return Act(do, lambda product: walk.reckoning.leaves(product, -difference))


@rule(1)
def another_price(walk: Walk) -> Act:
    product_id = walk.rng.choice(sorted(walk.reckoning.on_hand))
    price = walk.rng.randrange(7_000, 70_000, 250)
    tiers = [(Decimal(0), price), (Decimal(30), price - 750)]

    def do() -> None:
        product = db.session.get_one(Product, product_id)
        catalogue.change_price(
            product=product,
            tiers=[(start, Money(price)) for start, price in tiers],
            by=walk.seller_of(product.cooperative_id),
        )

    def then(_: None) -> None:
        walk.reckoning.prices[product_id] = tiers

    return Act(do, then)
