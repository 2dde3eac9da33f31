"""The alliance's view of cards: what nobody could place, disputes, what was collected and handed on."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from marketplace import config
from marketplace.accounts import services as people
from marketplace.accounts.again import asks_again
from marketplace.accounts.models import Organisation
from marketplace.cards import policies, queries, services
from marketplace.cards.forms import HandOnForm, PressForm
from marketplace.cards.models import CardEvent
from marketplace.cards.panels import reason, why
from marketplace.cards.states import DISPUTE_LABELS, DISPUTE_TONES, EventState
from marketplace.foundation import formats
from marketplace.foundation.db import transaction
from marketplace.foundation.money import Money
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _

bp = Blueprint("office_cards", __name__, url_prefix="/office/cards")


@bp.route("", methods=["GET"])
@allow(policies.oversees)
def show() -> Any:
    return _page()


@bp.route("/events/<card_event:event>/again", methods=["POST"])
@allow(policies.oversees)
def again(event: CardEvent) -> Any:
    """Try to place it now that more may be known."""
    _parked(event)
    with transaction():
        done = services.try_parked(event=event)
    if done:
        flash(_("Done: it is placed."))
    else:
        flash(_("It still fits nothing that we know."), "wait")
    return redirect_to("office_cards.show")


@bp.route("/events/<card_event:event>/dismissal", methods=["POST"])
@allow(policies.oversees)
def dismiss(event: CardEvent) -> Any:
    _parked(event)
    form = PressForm()
    with form.reporting(), transaction():
        services.dismiss(event=event, by=person())
        flash(_("Put aside."))
        return redirect_to("office_cards.show")
    return _page()


@bp.route("/settlements/<settled_with:organisation>", methods=["GET", "POST"])
@allow(policies.oversees)
@asks_again()
def settle(organisation: Organisation) -> Any:
    """What the alliance holds for one cooperative, charge by charge; written down once it is transferred."""
    form, rows = HandOnForm(), queries.held_by_charge(organisation.id)
    total = sum(left for _charge, left in rows)
    if form.submitted():
        with form.reporting(), transaction():
            if _to_be_agreed(organisation, form):
                flash(_("Proposed. Another officer has to agree before it counts as handed on."), "wait")
            else:
                flash(_("Written down."))
            return redirect_to("office_cards.show")
    form.amount.data, form.amount.raw_data = str(total), None
    return render("cards/office/settle.html", form=form, organisation=organisation, rows=rows, total=total)


def _to_be_agreed(organisation: Organisation, form: HandOnForm) -> bool:
    """Written down at once, or proposed to another officer."""
    amount = _read(form.amount.data)
    services.check_held(organisation=organisation, amount=amount)
    proposed = people.act_or_propose(
        kind="hand-on",
        subject_id=organisation.id,
        told=f"{organisation.name} · {formats.vnd(amount, locale())}",
        reason=form.note.data,
        data={"amount": int(amount), "note": form.note.data},
        by=person(),
    )
    return proposed is not None


def _read(amount: str) -> Money:
    """The sum that stood on the page; anything else fits no sum."""
    return Money(int(amount) if amount.isascii() and amount.isdecimal() and len(amount) < 16 else -1)


def _parked(event: CardEvent) -> None:
    if event.state is not EventState.PARKED:
        abort(409)


def _page() -> Any:
    settings = config.current()
    return render(
        "cards/office/show.html",
        on=settings.cards,
        collected=settings.cards_collected,
        page=queries.parked(request.args.get("after")),
        disputes=queries.disputes(),
        dispute_labels=DISPUTE_LABELS,
        dispute_tones=DISPUTE_TONES,
        reason=reason,
        why=why,
        held=queries.settlements(),
    )
