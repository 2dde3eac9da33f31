"""One checkout: one group, one order per cooperative, once per form."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import update

from marketplace import config
from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Product
from marketplace.catalogue.queries import NOTHING, Agreed
from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries import services as deliveries
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce
from marketplace.foundation.money import Money, line_total
from marketplace.foundation.reference import human_number, random_ref
from marketplace.foundation.words import _l
from marketplace.orders import on_account, queries
from marketplace.orders.events import OrderPlaced
from marketplace.orders.models import Cart, CartItem, Order, OrderCounter, OrderGroup, OrderLine, snapshot_of
from marketplace.orders.services.cart import renew_holds
from marketplace.orders.states import Method
from marketplace.places.models import Address
from marketplace.supply import services as supply
from marketplace.supply.states import ClaimKind


@dataclass(frozen=True, kw_only=True)
class Buyer:
    """Who buys: a guest gives name and phone; a member also an account, perhaps an organisation."""

    name: str
    phone: str
    email: str = ""
    locale: str = "vi"
    person_id: int | None = None
    organisation_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Choice:
    """How one cooperative's part travels and is paid."""

    option: dict[str, Any]
    fee: Money
    method: Method
    on_account: bool = False


class PricesChanged(Refusal):
    """Something in the cart costs more or less than its buyer saw: they are asked again."""

    def __init__(self) -> None:
        super().__init__(
            _l("A price or a delivery fee has changed. Please look at the new total and send again.")
        )


def place(
    *,
    cart: Cart,
    buyer: Buyer,
    address: Address | None,
    choices: Mapping[int, Choice],
    note: str,
    form_token: str,
    quote: str,
    terms_version: str,
    by: Any = None,
) -> OrderGroup:
    """Send the cart as offers: one order per cooperative.

    `quote` is `digest()` of what the buyer saw. The same `form_token` again returns the group it made. Raises
    PricesChanged, or a Refusal naming what can no longer be had.
    """
    if (sent := queries.group_by_token(form_token)) is not None:
        return sent
    if not cart.items:
        raise Refusal(_l("The cart is empty."))
    agreed = queries.agreed_with(buyer)
    if digest(cart, choices, agreed) != quote:
        see_prices(cart, agreed)
        raise PricesChanged
    _set_all_aside(cart, by)
    group = _group(buyer, address, note, form_token, terms_version)
    orders = [_order(group, c, items, choices[c.id], agreed) for c, items in by_cooperative(cart)]
    db.session.flush()
    _claim(cart, orders, by)
    on_account.hold([order for order in orders if choices[order.cooperative_id].on_account])
    for order in orders:
        announce(
            OrderPlaced(
                order_id=order.id,
                cooperative_id=order.cooperative_id,
                total=order.total,
                snapshot=snapshot_of(order),
                actor_id=by.id if by else None,
            )
        )
    return group


def by_cooperative(cart: Cart) -> list[tuple[Cooperative, list[CartItem]]]:
    """The cart's items by the cooperative that sells them, in the order of its first item."""
    parts: dict[int, tuple[Cooperative, list[CartItem]]] = {}
    for item in cart.items:
        cooperative = item.product.cooperative
        parts.setdefault(cooperative.id, (cooperative, []))[1].append(item)
    return list(parts.values())


def goods_total(items: Sequence[CartItem], agreed: Agreed = NOTHING) -> Money:
    """What these items cost at today's prices: rounded once per line, then added."""
    return sum((line_total(price_now(item, agreed), item.quantity) for item in items), Money(0))


def price_now(item: CartItem, agreed: Agreed = NOTHING) -> Money:
    return catalogue.price_for(item.product, item.quantity, agreed)


def weight(items: Sequence[CartItem]) -> Decimal:
    """Kilograms for the delivery fee; a countable unit without a known factor weighs nothing."""
    return sum(
        (item.quantity * (catalogue.kg_per_unit(item.product) or Decimal(0)) for item in items), Decimal(0)
    )


def digest(cart: Cart, choices: Mapping[int, Choice], agreed: Agreed = NOTHING) -> str:
    """A fingerprint of quantities, prices and fees as they are now."""
    told = [f"{i.product_id}:{i.quantity.normalize()}:{price_now(i, agreed)}" for i in cart.items]
    told += [f"{c}:{choice.fee}" for c, choice in sorted(choices.items())]
    return hashlib.sha256("|".join(sorted(told)).encode()).hexdigest()[:32]


def see_prices(cart: Cart, agreed: Agreed = NOTHING) -> None:
    """Note that the buyer is shown today's prices."""
    for item in cart.items:
        item.price_seen = price_now(item, agreed)


def _set_all_aside(cart: Cart, by: Any) -> None:
    if lost := renew_holds(cart=cart, by=by):
        item, why = lost[0]
        raise Refusal(_l("%(name)s: %(why)s", name=item.product.name_vi, why=why))


def _group(
    buyer: Buyer, address: Address | None, note: str, form_token: str, terms_version: str
) -> OrderGroup:
    group = OrderGroup(
        ref=random_ref(),
        form_token=form_token,
        person_id=buyer.person_id,
        organisation_id=buyer.organisation_id,
        buyer_name=buyer.name,
        buyer_phone=buyer.phone,
        buyer_email=buyer.email,
        locale=buyer.locale,
        address=address,
        note=note,
        terms_version=terms_version,
        placed_at=clock.now(),
    )
    db.session.add(group)
    db.session.flush()
    return group


def _order(
    group: OrderGroup, cooperative: Cooperative, items: list[CartItem], choice: Choice, agreed: Agreed
) -> Order:
    now = clock.now()
    goods = goods_total(items, agreed)
    year, seq = _next_number(cooperative.id, clock.to_local(now).year)
    order = Order(
        ref=random_ref(),
        number=human_number(_prefix(cooperative), year, seq),
        number_year=year,
        number_seq=seq,
        group=group,
        cooperative=cooperative,
        method=choice.method,
        delivery=choice.option,
        goods_total=goods,
        delivery_fee=choice.fee,
        total=goods + choice.fee,
        placed_at=now,
        answer_by=answer_by(choice.option, config.current().order_answer_hours),
    )
    db.session.add(order)
    order.lines = [_line(item, position, agreed) for position, item in enumerate(items, start=1)]
    return order


def answer_by(way: Mapping[str, Any], hours: int) -> dt.datetime:
    """Some hours from now, and before the goods would change hands: later a yes is worth nothing."""
    end, opens = clock.now() + dt.timedelta(hours=hours), deliveries.window_opens(way)
    return end if opens is None else min(end, opens)


def _line(item: CartItem, position: int, agreed: Agreed) -> OrderLine:
    product, price = item.product, price_now(item, agreed)
    own = agreed.of(product.id, item.quantity)
    assert item.claim is not None, "set aside just before"
    return OrderLine(
        position=position,
        product=product,
        claim=item.claim,
        name_vi=product.name_vi,
        name_en=product.name_en,
        grade=product.grade,
        packing=product.packing_vi,
        unit=product.sale_unit,
        kg_per_unit=catalogue.kg_per_unit(product),
        unit_price=price,
        price_list=own.price_list if own else None,
        vat_code=product.vat_code,
        certificates=papers(product),
        step=product.step,
        asked=item.quantity,
        line_total=line_total(price, item.quantity),
    )


def papers(product: Product) -> list[dict[str, Any]]:
    """The certificates of a product as they stand today, to be copied onto a line."""
    return [
        {"kind": str(paper.kind), "number": paper.number, "expires_on": str(paper.expires_on or "")}
        for paper in catalogue.badges(product, clock.today())
    ]


def _claim(cart: Cart, orders: list[Order], by: Any) -> None:
    """The holds become the orders' claims, in the order of the products; the cart is empty after that."""
    for order in orders:
        for line in sorted(order.lines, key=lambda line: line.product_id):
            supply.convert(claim=line.claim, kind=ClaimKind.ORDER, holder=f"order:{order.id}", by=by)
    for item in list(cart.items):
        item.claim = None
        cart.items.remove(item)
    db.session.flush()


def _next_number(cooperative_id: int, year: int) -> tuple[int, int]:
    """Count up inside this transaction: no gap when it rolls back, no number twice."""
    counted = db.session.execute(
        update(OrderCounter)
        .where(OrderCounter.cooperative_id == cooperative_id, OrderCounter.year == year)
        .values(last=OrderCounter.last + 1)
        .returning(OrderCounter.last)
        .execution_options(synchronize_session=False)
    ).scalar()
    if counted is None:
        db.session.add(OrderCounter(cooperative_id=cooperative_id, year=year, last=1))
        db.session.flush()
        counted = 1
    return year, counted


def _prefix(cooperative: Cooperative) -> str:
    """Capitals of the slug's last words: htx-dich-vu-nong-nghiep-dong-lac -> DL."""
    return "".join(word[0] for word in cooperative.slug.split("-")[-2:] if word[:1].isalpha()).upper() or "DH"
