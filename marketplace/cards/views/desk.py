"""A cooperative's card account, and money back onto cards."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, request

from marketplace import config
from marketplace.cards import errands, policies, queries, services
from marketplace.cards.forms import BackForm, PressForm
from marketplace.cards.panels import reason
from marketplace.cards.states import (
    ACCOUNT_LABELS,
    ACCOUNT_TONES,
    DISPUTE_LABELS,
    DISPUTE_TONES,
    AccountState,
)
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.policies import directs
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.payments import policies as money
from marketplace.payments.models import Charge, Refund
from marketplace.payments.states import RefundState, Way

bp = Blueprint("desk_cards", __name__, url_prefix="/desk/cards")


def _own() -> Cooperative:
    found = cooperatives.desk_cooperative(person())
    if found is None:
        abort(404)
    if not directs(person(), found):
        abort(403)
    return found


@bp.route("", methods=["GET"])
@allow(policies.can_take_cards)
def show() -> Any:
    return _page(PressForm(formdata=None))


@bp.route("/account", methods=["POST"])
@allow(policies.can_take_cards)
def account() -> Any:
    """On to the company's own page, where the cooperative gives its data."""
    form = PressForm()
    with form.reporting():
        return redirect(errands.open_account(cooperative=_own(), by=person()), 303)
    return _page(form)


@bp.route("/look", methods=["POST"])
@allow(policies.can_take_cards)
def look() -> Any:
    """Ask the company how the account stands."""
    known = queries.account_of(_own().organisation_id)
    if known is not None:
        errands.look_at_account(known.id)
    return redirect_to("desk_cards.show")


@bp.route("/refunds/<card_refund:refund>/again", methods=["POST"])
@allow(lambda user, refund: money.can_confirm(user, refund.charge))
def again(refund: Refund) -> Any:
    """A refund that failed is tried once more."""
    if refund.way is Way.CARD and refund.state is RefundState.FAILED and config.current().cards:
        errands.send_refund(refund.id)
        flash(_("Sent to the card company once more."))
    return redirect_to("payments.charge", charge=refund.charge.ref)


@bp.route("/back/<own_charge:charge>", methods=["GET", "POST"])
@allow(money.can_confirm)
def back(charge: Charge) -> Any:
    """Some or all of what a card paid goes back to it: less is owed, and the worker sends it."""
    if charge.method is not Way.CARD:
        abort(404)
    form = BackForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.give_back(charge=charge, amount=form.amount.data, why=form.note.data, by=person())
            flash(_("It goes back to the card within a few minutes."))
            return redirect_to("payments.charge", charge=charge.ref)
    return render("cards/back.html", form=form, charge=charge)


def _page(form: Form) -> Any:
    own, settings = _own(), config.current()
    known = queries.account_of(own.organisation_id)
    state = known.state if known else AccountState.NONE
    return render(
        "cards/desk.html",
        form=form,
        on=settings.cards and not settings.cards_collected,
        account=known,
        state=state,
        label=ACCOUNT_LABELS[state],
        tone=ACCOUNT_TONES[state],
        came="back" in request.args,
        disputes=queries.disputes(own.organisation_id),
        dispute_labels=DISPUTE_LABELS,
        dispute_tones=DISPUTE_TONES,
        reason=reason,
        history=history_of("organisation", own.organisation_id, limit=20),
    )
