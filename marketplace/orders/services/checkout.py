"""One checkout: one group, one order per cooperative, once per form."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace import config
from marketplace.buyers import queries as buyers
from marketplace.buyers import receiving
from marketplace.buyers.models import Depot
from marketplace.buyers.wants import Want
from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Product
from marketplace.catalogue.queries import NOTHING, Agreed
from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries import services as deliveries
from marketplace.deliveries.states import Mode
from marketplace.deliveries.windows import Window
from marketplace.foundation import clock, formats
from marketplace.foundation.db import count_up, db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money
from marketplace.foundation.reference import human_number, random_ref
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.orders import on_account, queries, wanted
from marketplace.orders.events import OrderPlaced
from marketplace.orders.models import Cart, CartItem, Order, OrderCounter, OrderGroup, OrderLine, snapshot_of
from marketplace.orders.services import deposit
from marketplace.orders.services.cart import renew_holds
from marketplace.orders.states import Method
from marketplace.payments import deposits
from marketplace.places.models import Address
from marketplace.supply import services as supply
from marketplace.supply.states import ClaimKind


@dataclass(frozen=True, kw_only=True)
class Buyer:
    """Who buys: a guest gives name and phone; a member also an account, perhaps an organisation, whose name it is
    then."""

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
    asked: deposits.Asked | None = None
    """What the cooperative asks ahead of such a sum, however it is paid; a standing order asks nothing."""

    @property
    def deposit(self) -> deposits.Asked | None:
        """What is to be paid ahead: nothing by card, which pays all of it at once, or on account."""
        return None if self.on_account or self.method is Method.CARD else self.asked


class PricesChanged(Refusal):
    """Something in the cart costs more or less than its buyer saw: they are asked again."""

    def __init__(self) -> None:
        super().__init__(
            _l("A price or a delivery fee has changed. Please look at the new total and send again.")
        )


class NeedsApproval(Refusal):
    """It costs more than this person may spend for their organisation alone."""

    def __init__(self, limit: Money) -> None:
        super().__init__(
            _l("This is above your limit of %(limit)s: ask for approval.", limit=formats.vnd(limit, locale()))
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
    depot: Depot | None = None,
    approved: bool = False,
    by: Any = None,
) -> OrderGroup:
    """Send the cart as offers: one order per cooperative.

    `quote` is `digest()` of what the buyer saw. The same `form_token` again returns the group it made. `approved`:
    somebody who may has said yes to a sum above the buyer's limit. Raises PricesChanged, NeedsApproval, or a Refusal
    naming what can no longer be had or when the depot is open.
    """
    if (sent := queries.group_by_token(form_token)) is not None:
        return sent
    if not cart.items:
        raise Refusal(_l("The cart is empty."))
    agreed = queries.agreed_with(buyer)
    if digest(cart, choices, agreed) != quote:
        see_prices(cart, agreed)
        raise PricesChanged
    if not approved and (limit := limit_passed(buyer, total_of(cart, choices, agreed))) is not None:
        raise NeedsApproval(limit)
    if depot is not None:
        _comes_while_open(depot, choices)
    set_all_aside(cart, by)
    group = _group(buyer, address, depot, note, form_token, terms_version)
    wants = buyers.wants_of(buyer.organisation_id)
    orders = [_order(group, c, items, choices[c.id], wants, agreed) for c, items in by_cooperative(cart)]
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
                actor_id=id_of(by),
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
    return sum((sum_now(item, agreed) for item in items), Money(0))


def sum_now(item: CartItem, agreed: Agreed = NOTHING) -> Money:
    """What an item costs now; of weighed goods an estimate, as the scale will say."""
    return catalogue.sum_for(item.product, item.quantity, agreed)


def price_now(item: CartItem, agreed: Agreed = NOTHING) -> Money:
    return catalogue.price_for(item.product, item.quantity, agreed)


def total_of(cart: Cart, choices: Mapping[int, Choice], agreed: Agreed = NOTHING) -> Money:
    """Goods and delivery at today's prices."""
    fees = sum((choice.fee for choice in choices.values()), Money(0))
    return goods_total(cart.items, agreed) + fees


def asked_ahead(
    cooperative: Cooperative, items: Sequence[CartItem], fee: Money, agreed: Agreed = NOTHING
) -> deposits.Asked | None:
    """What a cooperative asks ahead of its part of a cart today."""
    return deposits.asked_of(cooperative.organisation_id, goods_total(items, agreed) + fee)


def limit_passed(buyer: Buyer, total: Money) -> Money | None:
    """The limit that this sum is above, or None when the buyer may send it alone."""
    if buyer.organisation_id is None or buyer.person_id is None:
        return None
    limit = buyers.limit_for(buyer.organisation_id, buyer.person_id)
    return limit if limit is not None and total > limit else None


def _comes_while_open(depot: Depot, choices: Mapping[int, Choice]) -> None:
    for choice in choices.values():
        window = Window.agreed(choice.option.get("window"))
        if window is None or choice.option["mode"] != Mode.OWN:
            continue
        if not receiving.takes_in(depot, window.day, window.opens, window.closes):
            hours = receiving.hours_in_a_line(depot)
            raise Refusal(_l("%(depot)s is closed then. %(hours)s.", depot=depot.name, hours=hours))


def weight(items: Sequence[CartItem]) -> Decimal:
    """Kilograms for the delivery fee; a countable unit without a known factor weighs nothing."""
    return sum((catalogue.weight(item.product, item.quantity) for item in items), Decimal(0))


def digest(cart: Cart, choices: Mapping[int, Choice], agreed: Agreed = NOTHING) -> str:
    """A fingerprint of quantities, prices, fees and deposits as they are now."""
    told = [
        f"{i.product_id}:{i.quantity.normalize()}:{price_now(i, agreed)}:{sum_now(i, agreed)}"
        for i in cart.items
    ]
    told += [f"{c}:{choice.fee}{_ahead(choice)}" for c, choice in sorted(choices.items())]
    return hashlib.sha256("|".join(sorted(told)).encode()).hexdigest()[:32]


def _ahead(choice: Choice) -> str:
    asked = choice.asked
    return f":{asked.percent}:{asked.amount}:{asked.kept}" if asked is not None else ""


def see_prices(cart: Cart, agreed: Agreed = NOTHING) -> None:
    """Note that the buyer is shown today's prices."""
    for item in cart.items:
        item.price_seen = price_now(item, agreed)


def set_all_aside(cart: Cart, by: Any) -> None:
    """Hold all of it, or raise a Refusal that names what can no longer be had."""
    if lost := renew_holds(cart=cart, by=by):
        item, why = lost[0]
        raise Refusal(_l("%(name)s: %(why)s", name=item.product.name, why=why))


def _group(
    buyer: Buyer,
    address: Address | None,
    depot: Depot | None,
    note: str,
    form_token: str,
    terms_version: str,
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
    if depot is not None:
        group.depot_id, group.depot = depot.id, receiving.snapshot(depot)
    db.session.add(group)
    db.session.flush()
    return group


def _order(
    group: OrderGroup,
    cooperative: Cooperative,
    items: list[CartItem],
    choice: Choice,
    wants: list[Want],
    agreed: Agreed,
) -> Order:
    now = clock.now()
    goods = goods_total(items, agreed)
    asked = wanted.asked([item.product for item in items], wants, choice.option)
    year = clock.to_local(now).year
    seq = count_up(OrderCounter, cooperative_id=cooperative.id, year=year)
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
    if asked is not None:
        order.papers_asked = asked
    deposit.copy(order=order, asked=choice.deposit)
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
        **copied(product),
        claim=item.claim,
        unit_price=price,
        price_list=own.price_list if own else None,
        asked=item.quantity,
        line_total=sum_now(item, agreed),
    )


def copied(product: Product) -> dict[str, Any]:
    """What a line keeps of a product as it stands today, whatever becomes of it."""
    return {
        "product": product,
        "name_vi": product.name_vi,
        "name_en": product.name_en,
        "grade": product.grade,
        "grade_en": catalogue.grade_en(product),
        "packing": product.packing_vi,
        "unit": product.sale_unit,
        "kg_per_unit": catalogue.kg_per_unit(product),
        "weighed": product.weighed,
        "tolerance_percent": product.tolerance_percent,
        "vat_code": product.vat_code,
        "certificates": _papers(product),
        "step": product.step,
    }


def _papers(product: Product) -> list[dict[str, Any]]:
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


def _prefix(cooperative: Cooperative) -> str:
    """Capitals of the slug's last words: htx-dich-vu-nong-nghiep-dong-lac -> DL."""
    return "".join(word[0] for word in cooperative.slug.split("-")[-2:] if word[:1].isalpha()).upper() or "DH"
