"""Quotes at the cooperative's desk: four numbers on a phone, and what becomes of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, abort, request, url_for

from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.inbox import queries as inbox
from marketplace.linkage import awarded, need_words, policies, queries, services, written
from marketplace.linkage.forms.award import give_back_form
from marketplace.linkage.forms.quote import PressForm, QuoteForm, ReasonForm
from marketplace.linkage.models import Need, NeedAward, Quote, ReserveAsk
from marketplace.linkage.states import ASK_LABELS, QUOTE_LABELS, QUOTE_TONES, SIDE_LABELS, STANDING
from marketplace.linkage.views import quoting

bp = Blueprint("desk_quotes", __name__, url_prefix="/desk")


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
    products = quoting.products(need, seller)
    form = QuoteForm(
        need, quoting.choices(products, need, seller), data=quoting.prefilled(need, seller, quote)
    )
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
    products = quoting.products(need, seller)
    form = QuoteForm(need, quoting.choices(products, need, seller), data=quoting.as_said(quote))
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


# --- what was awarded, and what a reserve is asked ----------------------------------------------------


@bp.route("/awards/<own_award:award>/giving-back", methods=["GET", "POST"])
@allow(policies.may_give_back)
def give_back(award: NeedAward) -> Any:
    """Before its contract is signed: all of it, or so much of each week."""
    form = give_back_form(award)
    if form.submitted():
        with form.reporting(), transaction():
            services.give_back(award=award, weeks=form.given(), reason=form.reason.data, by=person())
            flash(_("Given back. The buyer is told, and what you had set aside for it is free again."))
            return redirect_to("desk_requests.show", need=award.need)
    return render(
        "linkage/award/give_back.html",
        frame="linkage/frame/desk.html",
        back=url_for("desk_requests.show", need=award.need),
        award=award,
        need=award.need,
        title=need_words.title(award.need),
        form=form,
        contract=queries.contract_of_award(award.source),
    )


@bp.route("/asks/<own_ask:ask>", methods=["GET"])
@allow(policies.reads_ask)
def asked(ask: ReserveAsk) -> Any:
    return _asked(ask, ReasonForm(formdata=None))


@bp.route("/asks/<own_ask:ask>/agreement", methods=["POST"])
@allow(policies.answers_ask)
def agree(ask: ReserveAsk) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.agree(ask=ask, by=person())
        flash(_("It is yours: the buyer is told, and the goods are set aside."))
        return redirect_to("desk_requests.show", need=ask.award.need)
    return _asked(ask, ReasonForm(formdata=None), form)


@bp.route("/asks/<own_ask:ask>/refusal", methods=["POST"])
@allow(policies.answers_ask)
def refuse(ask: ReserveAsk) -> Any:
    form = ReasonForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.decline(ask=ask, reason=form.reason.data, by=person())
            flash(_("The buyer is told. You stay in reserve."))
            return redirect_to("desk_quotes.asked", ask=ask)
    return _asked(ask, form)


def _asked(ask: ReserveAsk, form: Form, pressed: Form | None = None) -> Any:
    need = ask.award.need
    quote = awarded.answer_of(ask.award.source)
    return render(
        "linkage/award/asked.html",
        ask=ask,
        need=need,
        quote=quote,
        title=need_words.title(need),
        states=ASK_LABELS,
        form=form,
        refused=pressed or form,
    )


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
        entry=inbox.newest_about(written.QUOTE, quote.id),
        award=queries.award_of_source(quote.need_id, quote.holder),
        ask=queries.waiting_ask_of(quote.need_id, quote.holder),
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
        outlook=quoting.outlook(need, seller),
    )
