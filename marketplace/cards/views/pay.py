"""The buyer's way to the card company's page, and back. What the browser says on its return counts for nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, abort, redirect, request

from marketplace.cards import errands, queries
from marketplace.cards.forms import PayForm
from marketplace.cards.models import CardSession
from marketplace.cards.states import SessionState
from marketplace.foundation import clock
from marketplace.foundation.web import person, private, public, render
from marketplace.foundation.web.pages import safe_next
from marketplace.payments.models import Charge
from marketplace.payments.states import ChargeState, Way

bp = Blueprint("cards", __name__)
bp.after_request(private)
SECONDS = 5
PATIENCE = dt.timedelta(minutes=20)


@bp.route("/pay/<charge:charge>/card", methods=["GET", "POST"])
@public
def pay(charge: Charge) -> Any:
    """How the card payment stands; pressing leads to the company's page."""
    if charge.method is not Way.CARD:
        abort(404)
    form = PayForm()
    if form.submitted():
        with form.reporting():
            back = safe_next(form.back.data, "")[:200]
            return redirect(errands.open_card_page(charge=charge, back=back, by=person()), 303)
    session = queries.last_session(charge.id)
    standing = _standing(charge, session)
    answer = render(
        "cards/pay.html",
        form=form,
        charge=charge,
        standing=standing,
        back=safe_next(form.back.data or (session.back if session else ""), ""),
        refused=queries.takes_cards(charge.payee_organisation_id, charge.to_pay) is False,
    )
    if standing == "waiting":
        answer.headers["Refresh"] = str(SECONDS)
    return answer


def _standing(charge: Charge, session: CardSession | None) -> str:
    """paid, nothing (is owed), waiting (for the company's word), or open."""
    if charge.state is ChargeState.SETTLED:
        return "paid"
    if charge.state is ChargeState.CANCELLED or charge.to_pay == 0:
        return "nothing"
    came_back = "back" in request.args and session is not None
    if came_back and session is not None and session.state is SessionState.OPEN:
        return "waiting" if clock.now() < session.asked_at + PATIENCE else "late"
    return "open"
