"""Pumpkins by the piece and carp by the kilogram, paid as they weigh, for tests of the scale."""

from __future__ import annotations

from decimal import Decimal

from marketplace.catalogue import queries as catalogue
from marketplace.catalogue import services as products
from marketplace.catalogue.models import Product
from marketplace.deliveries import services as deliveries
from marketplace.deliveries.models import Delivery
from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.orders import services
from marketplace.orders.models import Order, OrderWeighing
from marketplace.orders.states import Weight
from marketplace.supply import services as supply
from tests.orders.agreed import delivery_of
from tests.orders.buying import order_for
from tests.world import World

FEE = 60_000


def weighed_product(
    world: World, name: str, unit: str, price: int, kg: str = "", stock: int = 200
) -> Product:
    """Something of Đồng Lạc at so much a kilogram, with a tolerance of 5 per cent."""
    kind = catalogue.commodity_by_slug("bi-xanh")
    assert kind is not None
    with transaction():
        product = products.draft_product(
            cooperative=world.dong_lac,
            commodity=kind,
            name_vi=name,
            sale_unit=unit,
            tiers=[(Decimal(0), Money(price))],
            kg_per_unit=Decimal(kg) if kg else None,
            tolerance=5,
            step=Decimal("0.5") if unit == "kg" else Decimal(1),
            min_order=Decimal(1),
            by=world.director,
        )
        products.submit_for_review(product=product, by=world.director)
        products.publish(product=product, by=world.officer)
        supply.open_stock(product_id=product.id, unit=unit, quantity=Decimal(stock), by=world.director)
    return product


def pumpkins(world: World) -> Product:
    """Ordered by the piece: about 2,5 kg each, 15.000 ₫ a kilogram."""
    return weighed_product(world, "Bí đỏ Đồng Lạc", "qua", 15_000, "2.5")


def carp(world: World) -> Product:
    """Ordered and paid by the kilogram, 90.000 ₫ each."""
    return weighed_product(world, "Cá chép sông", "kg", 90_000)


def thirty(world: World, *more: tuple[Product, int], **kwargs: object) -> Order:
    """30 pumpkins (about 75 kg, 1.125.000 ₫) and the truck, agreed."""
    order = order_for((pumpkins(world), 30), *more, **kwargs).orders[0]
    with transaction():
        services.accept(order=order, by=world.director)
    return order


def weigh(order: Order, world: World, kg: str, count: int | None = 30) -> Delivery:
    """The same reading for every weighed line of the order."""
    delivery = delivery_of(order)
    weight = deliveries.Weight(kg=Decimal(kg), count=None if count is None else Decimal(count))
    with transaction():
        lines = [line for line in delivery.lines if line.to_weigh]
        deliveries.weigh(delivery=delivery, weights={line.id: weight for line in lines}, by=world.director)
    db.session.expire_all()
    return delivery


def asked(order: Order) -> OrderWeighing:
    weighing = order.open_weighing
    assert weighing is not None
    return weighing


def answer(order: Order, choice: Weight) -> None:
    with transaction():
        weighing = asked(order)
        services.answer_weighing(
            weighing=weighing, choices={row.line_id: choice for row in weighing.lines}, by=None
        )
    db.session.expire_all()
