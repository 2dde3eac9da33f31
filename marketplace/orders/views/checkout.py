"""Checkout: who, where, how, what it costs, then one press."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, request, session

from marketplace.accounts import services as accounts
from marketplace.buyers import queries as buyers
from marketplace.catalogue import queries as catalogue
from marketplace.cooperatives.states import PaperKind
from marketplace.deliveries import services as deliveries
from marketplace.foundation.db import transaction
from marketplace.foundation.web import person, public, redirect_to, render
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.orders import carrying, on_account, queries, services, wanted
from marketplace.orders import methods as ways_to_pay
from marketplace.orders.forms import CheckoutForm, PartForm, organisations_of, part_form
from marketplace.orders.models import Cart
from marketplace.orders.services import checkout
from marketplace.places import services as places

bp = Blueprint("checkout", __name__)
TERMS_VERSION = "2026-11"


@bp.route("/checkout", methods=["GET", "POST"])
@public
def checkout_page() -> Any:
    form = _form()
    if (sent := _already_sent(form)) is not None:
        return sent
    cart = carrying.cart()
    if cart is None or not cart.items:
        return redirect_to("cart.show")
    _prefill(form)
    agreed = _agreed(form)
    parts, missing = _parts(cart, form, agreed)
    if _only_looks(form):
        return _page(form, cart, parts, missing, agreed)
    if _may_send(form, cart, parts, agreed):
        with form.reporting(), transaction():
            return _send(form, cart, parts, agreed)
    return _page(form, cart, parts, missing, agreed)


def _form() -> CheckoutForm:
    organisations = organisations_of(person())
    return CheckoutForm(organisations, buyers.depots_of([o.id for o in organisations]))


def _may_send(form: CheckoutForm, cart: Cart, parts: dict[int, PartForm], agreed: catalogue.Agreed) -> bool:
    """Everything is filled in, and papers that are missing were seen."""
    ready = [part.validate() for part in parts.values()] if form.is_submitted() else []
    if not form.submitted() or not all(ready):
        return False
    if not form.papers_seen.data and _lacking(form, cart, _choices(cart, parts, agreed)):
        form.papers_seen.errors = [
            _("Papers are missing. Tick this to go on, or take these goods out of the cart.")
        ]
        return False
    return True


def _send(form: CheckoutForm, cart: Cart, parts: dict[int, PartForm], agreed: catalogue.Agreed) -> Any:
    """As orders; or, above the buyer's limit, to whoever may approve them."""
    buyer, choices = _buyer(form), _choices(cart, parts, agreed)
    session["buyer"] = {"name": form.name.data, "phone": form.phone.data, "email": form.email.data}
    filled: dict[str, Any] = {
        "cart": cart,
        "buyer": buyer,
        "address": _address(form),
        "depot": form.chosen_depot,
        "choices": choices,
        "note": form.note.data or "",
        "form_token": form.form_token.data,
        "quote": form.quote.data or "",
        "terms_version": TERMS_VERSION,
        "by": person(),
    }
    if services.limit_passed(buyer, checkout.total_of(cart, choices, agreed)) is not None:
        asked = services.ask_approval(**filled)
        return redirect_to("purchases.show", asked=asked.ref)
    group = services.place(**filled)
    if person() is None:
        accounts.agree_to(guest=group.ref, ticked=form.data)
    carrying.remember_group(group.ref)
    return redirect_to("orders.group", group=group.ref)


def _only_looks(form: CheckoutForm) -> bool:
    """The button beside the place was pressed: only the place is judged, nothing is sent."""
    if not form.is_submitted() or "see_fees" not in request.form:
        return False
    form.place.validate(form)
    return True


def _page(
    form: CheckoutForm,
    cart: Cart,
    parts: dict[int, PartForm],
    missing: dict[int, list[str]],
    agreed: catalogue.Agreed,
) -> Any:
    """The page always carries the fingerprint of what it shows."""
    form.problems += [
        _("Please look again at how you get the goods of %(name)s.", name=cooperative.name)
        for cooperative, _items in checkout.by_cooperative(cart)
        if parts[cooperative.id].refused
    ]
    choices = _choices(cart, parts, agreed)
    lacking = _lacking(form, cart, choices)
    form.quote.data = checkout.digest(cart, choices, agreed)
    form.quote.raw_data = None
    shown: list[dict[str, Any]] = [
        {
            "cooperative": cooperative,
            "items": [(item, checkout.price_now(item, agreed), lacking.get(item.id, [])) for item in items],
            "goods": checkout.goods_total(items, agreed),
            "fee": choices[cooperative.id].fee if cooperative.id in choices else None,
            "deposit": choices[cooperative.id].deposit if cooperative.id in choices else None,
            "day": wanted.day_of(choices[cooperative.id].option) if cooperative.id in choices else None,
            "form": parts[cooperative.id],
            "missing": missing[cooperative.id],
        }
        for cooperative, items in checkout.by_cooperative(cart)
    ]
    total = checkout.total_of(cart, choices, agreed)
    return render(
        "orders/checkout/show.html",
        form=form,
        parts=shown,
        total=total,
        lacking=bool(lacking),
        limit=services.limit_passed(_buyer(form), total),
    )


def _lacking(
    form: CheckoutForm, cart: Cart, choices: Mapping[int, checkout.Choice]
) -> dict[int, list[PaperKind]]:
    """Item id -> papers that the buyer's organisation wants and the product lacks on the day it arrives."""
    wants = buyers.wants_of(form.organisation.id if form.organisation else None)
    found: dict[int, list[PaperKind]] = {}
    for cooperative, items in checkout.by_cooperative(cart):
        if cooperative.id in choices:
            day = wanted.day_of(choices[cooperative.id].option)
            gaps = wanted.gaps([item.product for item in items], wants, day)
            found |= {item.id: gaps.get(item.product_id, []) for item in items}
    return {item_id: gap for item_id, gap in found.items() if gap}


def _already_sent(form: CheckoutForm) -> Any:
    """The back button or a second press: what this form made is shown again."""
    token = form.form_token.data if form.is_submitted() else None
    if not token:
        return None
    if (group := queries.group_by_token(token)) is not None:
        return redirect_to("orders.group", group=group.ref)
    asked = queries.request_by_token(token)
    return redirect_to("purchases.show", asked=asked.ref) if asked is not None else None


def _prefill(form: CheckoutForm) -> None:
    if form.is_submitted():
        return
    form.form_token.data = secrets.token_urlsafe(24)
    known: dict[str, Any] = session.get("buyer") or {}
    who = person()
    if (buying := organisations_of(who)) and not form.buying_for.data:
        form.buying_for.data = buying[0].ref
    form.name.data = form.name.data or str((who.name if who else known.get("name")) or "")
    form.phone.data = form.phone.data or (who.phone if who else known.get("phone"))
    form.email.data = form.email.data or (who.email if who else known.get("email"))
    if form.depots:
        last = queries.last_depot(who)
        refs = [ref for ref, depot in form.depots.items() if depot.id == last]
        form.depot.data = next(iter([*refs, *form.depots]))


def _parts(
    cart: Cart, form: CheckoutForm, agreed: catalogue.Agreed
) -> tuple[dict[int, PartForm], dict[int, list[str]]]:
    """For each cooperative its form, and what is said about ways that do not fit."""
    parts, missing = {}, {}
    for cooperative, items in checkout.by_cooperative(cart):
        ways = deliveries.options_for(
            cooperative_id=cooperative.id,
            unit_id=form.unit_id,
            kg=checkout.weight(items),
            amount=checkout.goods_total(items, agreed),
            depot=form.chosen_depot,
        )
        methods = ways_to_pay.offered(cooperative.organisation_id, checkout.goods_total(items, agreed))
        later = on_account.offer(person(), cooperative.organisation_id)
        parts[cooperative.id] = part_form(cooperative.id, ways.options, methods, later)
        missing[cooperative.id] = ways.missing
    return parts, missing


def _choices(cart: Cart, parts: dict[int, PartForm], agreed: catalogue.Agreed) -> dict[int, checkout.Choice]:
    return {
        cooperative.id: checkout.Choice(
            option=part.chosen.snapshot(part.window),
            fee=part.chosen.fee,
            method=part.way_to_pay,
            on_account=part.on_account,
            asked=checkout.asked_ahead(cooperative, items, part.chosen.fee, agreed),
        )
        for cooperative, items in checkout.by_cooperative(cart)
        if (part := parts[cooperative.id]).chosen is not None
    }


def _agreed(form: CheckoutForm) -> catalogue.Agreed:
    """The prices of whoever this is bought for: another choice shows its own total first."""
    who, organisation = person(), form.organisation
    if organisation is not None:
        return catalogue.agreed_with(organisation_ids=[organisation.id])
    return catalogue.agreed_with(person_id=who.id if who else None)


def _buyer(form: CheckoutForm) -> services.Buyer:
    who, organisation = person(), form.organisation
    return services.Buyer(
        name=organisation.name if organisation else form.name.data,
        phone=form.phone.data,
        email=form.email.data or "",
        locale=locale(),
        person_id=who.id if who else None,
        organisation_id=organisation.id if organisation else None,
    )


def _address(form: CheckoutForm) -> Any:
    if form.chosen_depot is not None:
        return form.chosen_depot.address
    return places.make_address(line1=form.street.data, unit_id=form.place.unit_id, by=person())
