"""One view, two doors: the buyer under /orders/<ref>, the cooperative under /desk/orders/<number>."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from flask import Blueprint, abort, url_for

from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.web import person, private, redirect_to
from marketplace.foundation.web import render as page
from marketplace.orders import queries
from marketplace.orders.seat import Seat
from marketplace.payments.models import Charge

V = TypeVar("V", bound=Callable[..., Any])


class Pair(NamedTuple):
    """The same endpoints on both sides."""

    buyer: Blueprint
    seller: Blueprint

    def route(self, rule: str, **options: Any) -> Callable[[V], V]:
        def register(view: V) -> V:
            self.buyer.route(rule, **options)(view)
            self.seller.route(rule, **options)(view)
            return view

        return register


def pair(noun: str) -> Pair:
    """`changes` -> the blueprints buyer_changes and seller_changes."""
    buyer = Blueprint(f"buyer_{noun}", f"{__name__}.{noun}", url_prefix="/orders/<buyer_seat:seat>")
    seller = Blueprint(f"seller_{noun}", f"{__name__}.{noun}", url_prefix="/desk/orders/<seller_seat:seat>")
    buyer.after_request(private)
    return Pair(buyer, seller)


def home(seat: Seat) -> Any:
    """Back to the order."""
    return redirect_to(seat.home, order=seat.key)


def only(allowed: bool) -> None:
    """What was possible a moment ago may not be any more: then the page says so."""
    if not allowed:
        abort(409)


def own_cooperative() -> Cooperative:
    """Whose desk this is."""
    cooperative: Cooperative = found(cooperatives.desk_cooperative(person()))
    return cooperative


def found(thing: Any) -> Any:
    """What the address names below the order, or a 404."""
    if thing is None:
        abort(404)
    return thing


def charge_of(seat: Seat) -> Charge:
    return queries.charge_of(seat.order)


def render(template: str, seat: Seat, **context: Any) -> Any:
    """In the frame of the side that looks; `there` builds addresses of the same side."""

    def there(endpoint: str, **values: Any) -> str:
        return url_for(seat.endpoint(endpoint), seat=seat, **values)

    back = url_for(seat.home, order=seat.key)
    return page(template, seat=seat, order=seat.order, there=there, back=back, **context)
