"""Quotes at the cooperative's desk: four numbers on a phone, and what becomes of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, abort, request

from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Product
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.linkage import need_words, policies, queries, services
from marketplace.linkage.forms.quote import QuoteForm, ReasonForm
from marketplace.linkage.models import Need, Quote
from marketplace.linkage.states import QUOTE_LABELS, QUOTE_TONES, SIDE_LABELS, STANDING
from marketplace.places import queries as places
from marketplace.supply import queries as supply

bp = Blueprint("desk_quotes", __name__, url_prefix="/desk")
VALID_FOR = dt.timedelta(days=7)
"""After the deadline of the request, unless the cooperative says otherwise."""


@bp.route("/quotes", methods=["GET"])
@allow(policies.sees_requests)
def list() -> Any:
    seller = _seller()
    return render(
        "linkage/quote/list.html",
        page=queries.quotes_by(seller.id, request.args.get("after")),
        title_of=need_words.title,
        states=QUOTE_LABELS,
        tones=QUOTE_TONES,
    )


@bp.route("/requests/<asked_need:need>/quote", methods=["GET", "POST"])
@allow(policies.may_quote)
def new(need: Need) -> Any:
    """One answer to a request: who has one changes that."""
    seller = _seller()
    quote = queries.quote_of(need.id, seller.id)
    if quote is not None and quote.state in STANDING:
        return redirect_to("desk_quotes.edit", quote=quote)
    products = _products(need, seller)
    form = QuoteForm(need, _choices(products, need, seller), data=_prefilled(need, seller, quote))
    if form.submitted():
        with form.reporting(), transaction():
            sent = services.submit_quote(
                need=need, cooperative=seller, numbers=form.numbers(products), by=person()
            )
            flash(_("Sent. The buyer decides after the deadline; until then you can change it."))
            return redirect_to("desk_quotes.show", quote=sent)
    return _form_page(need, seller, form, None)


@bp.route("/quotes/<own_quote:quote>", methods=["GET"])
@allow(policies.sells_quote)
def show(quote: Quote) -> Any:
    return _show(quote, ReasonForm(formdata=None))


@bp.route("/quotes/<own_quote:quote>/change", methods=["GET", "POST"])
@allow(policies.may_revise_quote)
def edit(quote: Quote) -> Any:
    need, seller = quote.need, quote.cooperative
    products = _products(need, seller)
    form = QuoteForm(need, _choices(products, need, seller), data=_as_said(quote))
    if form.submitted():
        with form.reporting(), transaction():
            services.revise_quote(quote=quote, numbers=form.numbers(products), by=person())
            flash(_("Changed. The buyer sees the new numbers."))
            return redirect_to("desk_quotes.show", quote=quote)
    return _form_page(need, seller, form, quote)


@bp.route("/quotes/<own_quote:quote>/agreement", methods=["POST"])
@allow(policies.may_answer_counter)
def accept(quote: Quote) -> Any:
    """What the buyer asked for becomes the offer."""
    form = ReasonForm()
    form.reason.validators = ()
    if form.submitted():
        with form.reporting(), transaction():
            services.accept_counter(quote=quote, by=person())
            flash(_("Agreed: these numbers are your quote now."))
            return redirect_to("desk_quotes.show", quote=quote)
    return _show(quote, form)


@bp.route("/quotes/<own_quote:quote>/refusal", methods=["POST"])
@allow(policies.may_answer_counter)
def decline(quote: Quote) -> Any:
    form = ReasonForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.decline_counter(quote=quote, reason=form.reason.data, by=person())
            flash(_("The buyer is told. Your own numbers stand."))
            return redirect_to("desk_quotes.show", quote=quote)
    return _show(quote, form)


@bp.route("/quotes/<own_quote:quote>/withdrawal", methods=["GET", "POST"])
@allow(policies.may_withdraw_quote)
def withdraw(quote: Quote) -> Any:
    form = ReasonForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.withdraw_quote(quote=quote, reason=form.reason.data, by=person())
            flash(_("Withdrawn. What you had set aside is free again."))
            return redirect_to("desk_quotes.show", quote=quote)
    return render("linkage/quote/withdraw.html", quote=quote, form=form, title_of=need_words.title)


# --- how it is done ---------------------------------------------------------------------------------


def _seller() -> Cooperative:
    return cooperatives.desk_cooperative(person()) or abort(404)


def _show(quote: Quote, form: Form) -> Any:
    return render(
        "linkage/quote/show.html",
        quote=quote,
        need=quote.need,
        title_of=need_words.title,
        when=_when(quote.need),
        form=form,
        states=QUOTE_LABELS,
        tones=QUOTE_TONES,
        sides=SIDE_LABELS,
        award=queries.award_of_source(quote.need_id, quote.holder),
        history=history_of("quote", quote.id),
    )


def _when(need: Need) -> dict[dt.date, str]:
    return {line.starts: need_words.when(line) for line in need.lines}


def _form_page(need: Need, seller: Cooperative, form: QuoteForm, quote: Quote | None) -> Any:
    return render(
        "linkage/quote/form.html",
        need=need,
        facts=need_words.facts(need),
        title=need_words.title(need),
        form=form,
        quote=quote,
        outlook=_outlook(need, seller),
    )


def _products(need: Need, seller: Cooperative) -> dict[int, Product]:
    """What of theirs the request asks for."""
    found = catalogue.all_of_cooperative(seller.id)
    return {
        product.id: product
        for product in found
        if product.commodity.goods_id == need.goods_id
        and need.commodity_id in (None, product.commodity_id)
        and product.state is not ProductState.RETIRED
    }


def _outlook(need: Need, seller: Cooperative) -> Any:
    """What is already promised in the weeks of the request: read before saying yes."""
    weeks = sorted({str(week_of(line.starts)) for line in need.lines})
    wanted = _products(need, seller)
    rows = supply.outlook_weeks(weeks=weeks, cooperative_id=seller.id)
    return [(wanted[row.product_id], row) for row in rows if row.product_id in wanted]


def _choices(products: dict[int, Product], need: Need, seller: Cooperative) -> Any:
    """Each product with the grades of which something is expected, the grade that is asked for first."""
    asked = str(need.grade.get("sign", ""))
    graded = {(product.id, row.grade) for product, row in _outlook(need, seller)}
    pairs = sorted(graded | {(id, "") for id in products if not any(id == each for each, _g in graded)})
    pairs.sort(key=lambda pair: pair[1] != asked)
    return [(f"{id}:{grade}", _called(products[id], grade)) for id, grade in pairs]


def _called(product: Product, grade: str) -> str:
    return _("%(product)s, grade %(grade)s", product=product.name, grade=grade) if grade else product.name


def _prefilled(need: Need, seller: Cooperative, before: Quote | None) -> dict[str, Any]:
    """All that can be known is filled in: the director changes what is not so."""
    if before is not None:
        return _as_said(before)
    portion = min((line.quantity for line in need.lines), default=None)
    return {
        "portion": portion,
        "first": need.first_day,
        "last": need.last_day,
        "loading": queries.last_loading(seller.id) or _home(seller),
        "valid_until": _until(need),
    }


def _until(need: Need) -> dt.date:
    return clock.to_local((need.quotes_until or clock.now()) + VALID_FOR).date()


def _home(seller: Cooperative) -> str:
    address = seller.address
    if address is None:
        return ""
    return ", ".join(filter(None, (address.line1, places.short_label(address))))


def _as_said(quote: Quote) -> dict[str, Any]:
    """The numbers that stand, or what the buyer asked for last."""
    said = quote.newest
    return {
        "product": f"{said.product_id}:{said.grade}",
        "portion": said.portion,
        "price": said.price,
        "carriage": said.carriage or None,
        "first": said.first_day,
        "last": said.last_day,
        "loading": said.loading,
        "valid_until": clock.to_local(said.valid_until).date(),
        "words": said.words,
    }
