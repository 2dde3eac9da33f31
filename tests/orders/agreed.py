"""Orders on their way, for tests of what happens after both sides agreed."""

from __future__ import annotations

from decimal import Decimal

from marketplace.catalogue import queries as catalogue
from marketplace.catalogue import services as products
from marketplace.catalogue.models import Product
from marketplace.deliveries import queries as deliveries_queries
from marketplace.deliveries import services as deliveries
from marketplace.deliveries.models import Delivery
from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.insights.invariants import breaks
from marketplace.orders import services
from marketplace.orders.models import Order, OrderGroup
from marketplace.orders.proposal import Proposal, Wish
from marketplace.payments import queries as payments_queries
from marketplace.payments import services as payments
from marketplace.payments.models import Charge
from marketplace.supply import queries as supply_queries
from marketplace.supply import services as supply
from tests.orders.buying import order_for
from tests.world import World


def holds() -> None:
    broken = {number: count for number, _sentence, count in breaks() if count}
    assert broken == {}, broken


def pair_of_orders(world: World, **kwargs: object) -> OrderGroup:
    """One checkout: 50 kg of carrots agreed at 12.000 ₫ and 60.000 ₫ for the truck; the onions wait."""
    group = order_for((world.carrots, 50), (world.onions, 20), **kwargs)
    with transaction():
        services.accept(order=group.orders[0], by=world.director)
    return group


def agreed(world: World, **kwargs: object) -> Order:
    return pair_of_orders(world, **kwargs).orders[0]


def charge_of(order: Order) -> Charge:
    charge = payments_queries.charge_for("order", order.id)
    assert charge is not None
    return charge


def pay(order: Order, world: World) -> None:
    with transaction():
        charge = charge_of(order)
        payments.confirm(charge=charge, amount=charge.open_amount, by=world.director)


def delivery_of(order: Order) -> Delivery:
    return deliveries_queries.deliveries_of("order", order.id)[-1]


def pack(order: Order, world: World) -> None:
    with transaction():
        deliveries.pack(delivery=delivery_of(order), by=world.director)


def send_off(order: Order, world: World) -> None:
    with transaction():
        deliveries.dispatch(delivery=delivery_of(order), by=world.director)


def received(world: World, *, paid: bool = True, **kwargs: object) -> Order:
    """50 kg of carrots that arrived."""
    order = agreed(world, **kwargs)
    if paid:
        pay(order, world)
    send_off(order, world)
    with transaction():
        deliveries.receive(delivery=delivery_of(order))
    db.session.expire_all()
    return order


def wish(
    order: Order, quantity: int | None = None, price: int | None = None, product: Product | None = None
) -> Proposal:
    """Another quantity, price or product for the first line."""
    line = order.lines[0]
    return Proposal(
        wishes=[
            Wish(
                line=line,
                quantity=line.quantity if quantity is None else Decimal(quantity),
                unit_price=line.unit_price if price is None else Money(price),
                product=product,
            )
        ]
    )


def radishes(world: World) -> Product:
    """Something else that Đồng Lạc sells: 100 kg at 9.000 ₫."""
    kind = catalogue.commodity_by_slug("ca-rot-dong-lac")
    assert kind is not None
    with transaction():
        product = products.draft_product(
            cooperative=world.dong_lac,
            commodity=kind,
            name_vi="Củ cải trắng",
            sale_unit="kg",
            tiers=[(Decimal(0), Money(9_000))],
            story_vi="Nhổ buổi sáng.",
            by=world.director,
        )
        products.submit_for_review(product=product, by=world.director)
        products.publish(product=product, by=world.officer)
        supply.open_stock(product_id=product.id, unit="kg", quantity=Decimal(100), by=world.director)
    return product


def on_hand(product_id: int) -> Decimal:
    """What lies in the store, promised or not."""
    told = supply_queries.outlook(product_id)
    assert told is not None, "it is counted"
    return told.on_hand
