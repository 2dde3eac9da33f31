"""Purchases above a limit: asked, approved, declined, taken back, or forgotten.

Nothing is sent before the approval. Then the cart goes the way of every checkout, once, with its prices checked again.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import Any

from marketplace.buyers import queries as buyers
from marketplace.buyers.models import Depot
from marketplace.catalogue.queries import Agreed
from marketplace.deliveries import services as deliveries
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.lifecycle import IllegalMove
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l
from marketplace.orders import purchase, queries
from marketplace.orders.events import (
    PurchaseApproved,
    PurchaseAsked,
    PurchaseDeclined,
    PurchaseEvent,
    PurchaseLapsed,
    PurchaseWithdrawn,
)
from marketplace.orders.models import Cart, OrderGroup, PurchaseLine, PurchaseRequest
from marketplace.orders.services.cart import adopt, remove
from marketplace.orders.services.checkout import (
    Buyer,
    Choice,
    PricesChanged,
    digest,
    place,
    price_now,
    see_prices,
    set_all_aside,
    sum_now,
    total_of,
)
from marketplace.orders.states import purchase_lifecycle
from marketplace.places.models import Address

ANSWER_WITHIN = dt.timedelta(hours=48)


def ask_approval(
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
    by: Any,
) -> PurchaseRequest:
    """Keep this checkout for somebody who may approve it. The same `form_token` again returns the request it made.

    The cart goes with it: the buyer begins a new one. Raises PricesChanged, or a Refusal naming what can no longer be
    had.
    """
    if (asked := queries.request_by_token(form_token)) is not None:
        return asked
    agreed = queries.agreed_with(buyer)
    if digest(cart, choices, agreed) != quote:
        see_prices(cart, agreed)
        raise PricesChanged
    assert buyer.organisation_id is not None, "a limit is an organisation's"
    set_all_aside(cart, by)
    now = clock.now()
    cart.person_id, cart.token_hash = None, secrets.token_hex(32)
    request = PurchaseRequest(
        ref=random_ref(),
        form_token=form_token,
        organisation_id=buyer.organisation_id,
        person=by,
        cart=cart,
        depot=depot,
        address=address,
        choices=[_kept(cooperative_id, choice) for cooperative_id, choice in choices.items()],
        phone=buyer.phone,
        email=buyer.email,
        locale=buyer.locale,
        note=note,
        terms_version=terms_version,
        total=total_of(cart, choices, agreed),
        asked_at=now,
        answer_by=_answer_by(now, choices),
    )
    request.lines = [_line(item, position, agreed) for position, item in enumerate(cart.items, start=1)]
    db.session.add(request)
    db.session.flush()
    _announce(PurchaseAsked, request, by)
    return request


def approve(*, request: PurchaseRequest, quote: str, by: Any) -> OrderGroup:
    """Somebody else says yes: it is sent now, at today's prices.

    `quote` is what the approver saw (`purchase.today`). Raises PricesChanged when it is no longer so, or a Refusal
    naming what can no longer be had; then it waits on.
    """
    _take_turn(request)
    if by.id not in {person.id for person in buyers.approvers(request.organisation_id, request.person_id)}:
        raise Refusal(_l("Somebody else has to approve this."))
    now = purchase.today(request)
    if now.problems:
        raise Refusal(now.problems[0])
    cart = request.cart
    assert cart is not None, "an open request keeps its cart"
    group = place(
        cart=cart,
        buyer=Buyer(
            name=request.organisation.name,
            phone=request.phone,
            email=request.email,
            locale=request.locale,
            person_id=request.person_id,
            organisation_id=request.organisation_id,
        ),
        address=purchase.goes_to(request),
        choices=now.choices,
        note=request.note,
        form_token=request.form_token,
        quote=quote,
        terms_version=request.terms_version,
        depot=request.depot,
        approved=True,
        by=by,
    )
    request.group = group
    _end(request, "approve", by)
    db.session.delete(cart)
    _announce(PurchaseApproved, request, by, group_id=group.id)
    return group


def decline(*, request: PurchaseRequest, words: str, by: Any) -> None:
    """Somebody says no, and why: the goods go back to the cart of whoever asked."""
    if not words.strip():
        raise Refusal(_l("Please write why, so that they know what to change."), field="words")
    _take_turn(request)
    request.answer_words = words.strip()[:500]
    _give_back(request, "decline", by)
    _announce(PurchaseDeclined, request, by, words=request.answer_words)


def take_back(*, request: PurchaseRequest, by: Any = None) -> None:
    """Whoever asked changed their mind, or left the organisation: the goods go back to their cart."""
    _take_turn(request)
    _give_back(request, "withdraw", by)
    _announce(PurchaseWithdrawn, request, by)


def lapse_request(*, request: PurchaseRequest) -> bool:
    """Nobody answered in time: what was still set aside is free."""
    db.session.refresh(request, with_for_update={"of": PurchaseRequest})
    cart = request.cart
    if cart is None or request.answer_by > clock.now():
        return False
    _end(request, "lapse", None)
    for item in list(cart.items):
        remove(item=item)
    db.session.delete(cart)
    _announce(PurchaseLapsed, request, None)
    return True


def _answer_by(now: dt.datetime, choices: Mapping[int, Choice]) -> dt.datetime:
    """Two days, and before the first window opens."""
    opening = [deliveries.window_opens(choice.option) for choice in choices.values()]
    return min([now + ANSWER_WITHIN, *(opens for opens in opening if opens is not None)])


def _kept(cooperative_id: int, choice: Choice) -> dict[str, Any]:
    return {
        "cooperative": cooperative_id,
        "option": choice.option,
        "fee": int(choice.fee),
        "method": str(choice.method),
        "on_account": choice.on_account,
    }


def _line(item: Any, position: int, agreed: Agreed) -> PurchaseLine:
    product = item.product
    return PurchaseLine(
        position=position,
        cooperative_id=product.cooperative_id,
        product_id=product.id,
        name_vi=product.name_vi,
        name_en=product.name_en,
        unit=product.sale_unit,
        quantity=item.quantity,
        unit_price=price_now(item, agreed),
        line_total=sum_now(item, agreed),
    )


def _take_turn(request: PurchaseRequest) -> None:
    """Of two who answer at once, the second sees what the first did."""
    db.session.refresh(request, with_for_update={"of": PurchaseRequest})
    if not request.is_open:
        raise IllegalMove(_l("This was settled already. Please look at it again."))


def _end(request: PurchaseRequest, step: str, by: Any) -> None:
    purchase_lifecycle.advance(request, step)
    request.cart, request.answered_at = None, clock.now()
    request.answered_by_id = id_of(by)
    db.session.flush()


def _give_back(request: PurchaseRequest, step: str, by: Any) -> None:
    cart = request.cart
    assert cart is not None, "an open request keeps its cart"
    _end(request, step, by)
    adopt(token_hash=cart.token_hash, person=request.person)


def _announce(kind: type[PurchaseEvent], request: PurchaseRequest, by: Any, **more: Any) -> None:
    announce(
        kind(
            request_id=request.id,
            organisation_id=request.organisation_id,
            total=request.total,
            actor_id=id_of(by),
            **more,
        )
    )
