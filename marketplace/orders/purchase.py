"""A purchase that waits for approval, at today's prices and with what can still be ordered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from marketplace.buyers import queries as buyers
from marketplace.buyers.wants import Want
from marketplace.catalogue.queries import Agreed
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import PaperKind
from marketplace.deliveries import queries as deliveries_queries
from marketplace.deliveries import services as deliveries
from marketplace.deliveries.windows import Window
from marketplace.foundation import clock
from marketplace.foundation.money import Money
from marketplace.foundation.words import _
from marketplace.orders import queries, wanted
from marketplace.orders.models import CartItem, PurchaseRequest
from marketplace.orders.services import checkout
from marketplace.orders.states import Method
from marketplace.places.models import Address
from marketplace.supply.states import ClaimState

HELD = ClaimState.HELD


@dataclass(frozen=True, kw_only=True)
class Row:
    """One product as it would be sent now: at this price, without these papers."""

    item: CartItem
    price: Money
    sum: Money
    lacking: Sequence[PaperKind]


@dataclass(frozen=True, kw_only=True)
class Part:
    """What one cooperative would be asked now; `problem` says why it cannot be."""

    cooperative: Cooperative
    rows: list[Row]
    way: dict[str, Any]
    method: Method
    choice: checkout.Choice | None
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class Today:
    """The whole of it; `quote` is the fingerprint that `place` asks for."""

    parts: list[Part]
    total: Money
    quote: str

    @property
    def problems(self) -> list[str]:
        return [part.problem for part in self.parts if part.problem]

    @property
    def choices(self) -> dict[int, checkout.Choice]:
        return {part.cooperative.id: part.choice for part in self.parts if part.choice is not None}


def today(request: PurchaseRequest) -> Today:
    """An open request as it would be sent now."""
    assert request.cart is not None, "an open request keeps its cart"
    wants, agreed = buyers.wants_of(request.organisation_id), queries.agreed_with(request)
    parts = [
        _part(request, cooperative, items, wants, agreed)
        for cooperative, items in checkout.by_cooperative(request.cart)
    ]
    choices = {part.cooperative.id: part.choice for part in parts if part.choice is not None}
    return Today(
        parts=parts,
        total=checkout.total_of(request.cart, choices, agreed),
        quote=checkout.digest(request.cart, choices, agreed),
    )


def goes_to(request: PurchaseRequest) -> Address | None:
    """To the depot as it stands, or to the address that was written."""
    return request.depot.address if request.depot is not None else request.address


def held_until(request: PurchaseRequest) -> dt.datetime | None:
    """Until when all of it is set aside; None when some of it no longer is."""
    items = request.cart.items if request.cart is not None else []
    ends = [item.claim.expires_at for item in items if item.claim is not None and item.claim.state is HELD]
    known = [end for end in ends if end is not None and end > clock.now()]
    return min(known) if known and len(known) == len(items) else None


def _part(
    request: PurchaseRequest,
    cooperative: Cooperative,
    items: list[CartItem],
    wants: list[Want],
    agreed: Agreed,
) -> Part:
    kept = next(each for each in request.choices if each["cooperative"] == cooperative.id)
    way, method = kept["option"], Method(kept["method"])
    choice = _still(request, cooperative, items, kept, agreed)
    gaps = wanted.gaps([item.product for item in items], wants, wanted.day_of(way))
    rows = [
        Row(
            item=item,
            price=checkout.price_now(item, agreed),
            sum=checkout.sum_now(item, agreed),
            lacking=gaps.get(item.product_id, []),
        )
        for item in items
    ]
    problem = "" if choice else _problem(request, cooperative, way)
    return Part(cooperative=cooperative, rows=rows, way=way, method=method, choice=choice, problem=problem)


def _still(
    request: PurchaseRequest,
    cooperative: Cooperative,
    items: list[CartItem],
    kept: dict[str, Any],
    agreed: Agreed,
) -> checkout.Choice | None:
    """The same way in the same window for what it costs now, while it can be ordered."""
    if request.depot is not None and not request.depot.active:
        return None
    address, window = goes_to(request), Window.agreed(kept["option"].get("window"))
    ways = deliveries.options_for(
        cooperative_id=cooperative.id,
        unit_id=address.unit_as_written_id if address else None,
        kg=checkout.weight(items),
        amount=checkout.goods_total(items, agreed),
        depot=request.depot,
    )
    option = next((each for each in ways.options if each.key == kept["option"]["key"]), None)
    if option is None or (window is not None and not _lies_in(window, option.windows)):
        return None
    return checkout.Choice(
        option=option.snapshot(window),
        fee=option.fee,
        method=Method(kept["method"]),
        on_account=kept["on_account"],
        asked=checkout.asked_ahead(cooperative, items, option.fee, agreed),
    )


def _lies_in(window: Window, offered: Sequence[Window]) -> bool:
    """Hours may have become longer since, not shorter."""
    return any(
        each.day == window.day and each.opens <= window.opens and window.closes <= each.closes
        for each in offered
    )


def _problem(request: PurchaseRequest, cooperative: Cooperative, way: dict[str, Any]) -> str:
    if request.depot is not None and not request.depot.active:
        return _("The depot %(name)s is no longer used.", name=request.depot.name)
    return _(
        "%(name)s: “%(way)s” can no longer be ordered.",
        name=cooperative.name,
        way=deliveries_queries.told(way),
    )
