"""Checkout: who, where, how, what it costs, then one press."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, request, session

from marketplace.accounts import services as accounts
from marketplace.cards import queries as cards
from marketplace.deliveries import services as deliveries
from marketplace.foundation.db import transaction
from marketplace.foundation.money import Money
from marketplace.foundation.web import person, public, redirect_to, render
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.orders import carrying, on_account, queries, services
from marketplace.orders.forms import CheckoutForm, PartForm, organisations_of, part_form
from marketplace.orders.models import Cart, OrderGroup
from marketplace.orders.services import checkout
from marketplace.orders.states import Method
from marketplace.payments import queries as payments
from marketplace.places import services as places

bp = Blueprint("checkout", __name__)
TERMS_VERSION = "2026-11"


@bp.route("/checkout", methods=["GET", "POST"])
@public
def checkout_page() -> Any:
    form = CheckoutForm(organisations_of(person()))
    if (sent := _already_sent(form)) is not None:
        return redirect_to("orders.group", group=sent.ref)
    cart = carrying.cart()
    if cart is None or not cart.items:
        return redirect_to("cart.show")
    _prefill(form)
    parts, missing = _parts(cart, form)
    if _only_looks(form):
        return _page(form, cart, parts, missing)
    ready = [part.validate() for part in parts.values()] if form.is_submitted() else []
    if form.submitted() and all(ready):
        with form.reporting(), transaction():
            group = services.place(
                cart=cart,
                buyer=_buyer(form),
                address=_address(form),
                choices=_choices(parts),
                note=form.note.data or "",
                form_token=form.form_token.data,
                quote=form.quote.data or "",
                terms_version=TERMS_VERSION,
                by=person(),
            )
            if person() is None:
                accounts.agree_to(guest=group.ref, ticked=form.data)
            carrying.remember_group(group.ref)
            return redirect_to("orders.group", group=group.ref)
    return _page(form, cart, parts, missing)


def _only_looks(form: CheckoutForm) -> bool:
    """The button beside the place was pressed: only the place is judged, nothing is sent."""
    if not form.is_submitted() or "see_fees" not in request.form:
        return False
    form.place.validate(form)
    return True


def _page(form: CheckoutForm, cart: Cart, parts: dict[int, PartForm], missing: dict[int, list[str]]) -> Any:
    """The page always carries the fingerprint of what it shows."""
    form.problems += [
        _("Please look again at how you get the goods of %(name)s.", name=cooperative.name)
        for cooperative, _items in checkout.by_cooperative(cart)
        if parts[cooperative.id].refused
    ]
    choices = _choices(parts)
    form.quote.data = checkout.digest(cart, choices)
    form.quote.raw_data = None
    shown: list[dict[str, Any]] = [
        {
            "cooperative": cooperative,
            "items": [(item, checkout.price_now(item)) for item in items],
            "goods": checkout.goods_total(items),
            "fee": choices[cooperative.id].fee if cooperative.id in choices else None,
            "form": parts[cooperative.id],
            "missing": missing[cooperative.id],
        }
        for cooperative, items in checkout.by_cooperative(cart)
    ]
    goods = sum((part["goods"] for part in shown), Money(0))
    fees = sum((choice.fee for choice in choices.values()), Money(0))
    return render(
        "orders/checkout/show.html", form=form, parts=shown, goods=goods, fees=fees, total=goods + fees
    )


def _already_sent(form: CheckoutForm) -> OrderGroup | None:
    """The back button or a second press: what this form made is shown again."""
    token = form.form_token.data if form.is_submitted() else None
    return queries.group_by_token(token) if token else None


def _prefill(form: CheckoutForm) -> None:
    if form.is_submitted():
        return
    form.form_token.data = secrets.token_urlsafe(24)
    known: dict[str, Any] = session.get("buyer") or {}
    who = person()
    form.name.data = form.name.data or str((who.name if who else known.get("name")) or "")
    form.phone.data = form.phone.data or (who.phone if who else known.get("phone"))
    form.email.data = form.email.data or (who.email if who else known.get("email"))


def _parts(cart: Cart, form: CheckoutForm) -> tuple[dict[int, PartForm], dict[int, list[str]]]:
    """For each cooperative its form, and what is said about ways that do not fit."""
    parts, missing = {}, {}
    for cooperative, items in checkout.by_cooperative(cart):
        ways = deliveries.options_for(
            cooperative_id=cooperative.id,
            unit_id=form.place.unit_id,
            kg=checkout.weight(items),
            amount=checkout.goods_total(items),
        )
        methods = _methods(cooperative.organisation_id, checkout.goods_total(items))
        later = on_account.offer(person(), cooperative.organisation_id)
        parts[cooperative.id] = part_form(cooperative.id, ways.options, methods, later)
        missing[cooperative.id] = ways.missing
    return parts, missing


def _methods(organisation_id: int, goods: Money) -> list[Method]:
    transfer = [Method.TRANSFER] if payments.takes_transfers(organisation_id) else []
    card = [Method.CARD] if cards.takes_cards(organisation_id, goods) else []
    return [*transfer, Method.CASH, *card]


def _choices(parts: dict[int, PartForm]) -> dict[int, checkout.Choice]:
    return {
        cooperative_id: checkout.Choice(
            option=part.chosen.snapshot(part.window),
            fee=part.chosen.fee,
            method=part.way_to_pay,
            on_account=part.on_account,
        )
        for cooperative_id, part in parts.items()
        if part.chosen is not None
    }


def _buyer(form: CheckoutForm) -> services.Buyer:
    who = person()
    organisation = next((o for o in organisations_of(who) if o.ref == form.buying_for.data), None)
    session["buyer"] = {"name": form.name.data, "phone": form.phone.data, "email": form.email.data}
    return services.Buyer(
        name=form.name.data,
        phone=form.phone.data,
        email=form.email.data or "",
        locale=locale(),
        person_id=who.id if who else None,
        organisation_id=organisation.id if organisation else None,
    )


def _address(form: CheckoutForm) -> Any:
    return places.make_address(line1=form.street.data, unit_id=form.place.unit_id, by=person())
