"""A cooperative's stand: answer the offer, pay, exchange, ask for a better booth, give it up."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, url_for

from marketplace.cards import errands
from marketplace.cooperatives import queries as cooperatives
from marketplace.fairs import policies, queries, services
from marketplace.fairs.forms.stand import (
    AnotherPlaceForm,
    PressForm,
    ReasonForm,
    WordsForm,
    place_form,
    swap_form,
)
from marketplace.fairs.models import Booth, Fair, Stand, StandSwap, WaitingEntry
from marketplace.fairs.placing import need_of
from marketplace.fairs.services.fee import charge_of, ways_of
from marketplace.fairs.states import ENTRY_LABELS, STAND_LABELS, EntryState, ListKind, StandState
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, acted, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.payments.states import WAY_LABELS, Way

bp = Blueprint("stand", __name__, url_prefix="/desk/fairs/<fair:fair>/stand")


@bp.route("", methods=["GET"])
@allow(policies.has_fair_desk)
def show(fair: Fair) -> Any:
    return _page(fair)


@bp.route("/confirmation", methods=["POST"])
@allow(policies.has_fair_desk)
def confirm(fair: Fair) -> Any:
    """Yes to what is offered, or to other free booths of the same size."""
    stand = _live(fair)
    _may(policies.can_answer_offer, stand)
    form = _other_places(stand)
    if form.submitted():
        with form.reporting(), transaction():
            services.confirm(stand=stand, instead=_chosen(form, fair), by=person())
            flash(_("Confirmed: booth %(booths)s is yours.", booths=_codes(stand)))
            return redirect_to("stand.show", fair=fair)
    return _page(fair, form)


@bp.route("/refusal", methods=["GET", "POST"])
@allow(policies.has_fair_desk)
def decline(fair: Fair) -> Any:
    stand, form = _live(fair), WordsForm()
    _may(policies.can_answer_offer, stand)
    if form.submitted():
        with form.reporting(), transaction():
            services.decline(stand=stand, words=form.words.data or "", by=person())
            flash(_("Declined. The booth goes to whoever waits."))
            return redirect_to("stand.show", fair=fair)
    return render("fairs/stand/decline.html", fair=fair, stand=stand, form=form)


@bp.route("/fee/<any(card, transfer, cod):way>", methods=["POST"])
@allow(policies.has_fair_desk)
def pay_by(fair: Fair, way: str) -> Any:
    """The fee another way: towards the card company's page, or back from it, once no page is open there."""
    stand, form, chosen = _live(fair), PressForm(), Way(way)
    with form.reporting():
        charge = charge_of(stand) or abort(404)
        if charge.method is Way.CARD and chosen is not Way.CARD:
            errands.close_pages(charge=charge)
        with transaction():
            services.fee.choose_way(stand=stand, way=chosen, by=person())
        if chosen is Way.CARD:
            return redirect_to("cards.pay", charge=charge, back=url_for("stand.show", fair=fair))
        flash(_("Changed. From now on: %(way)s.", way=WAY_LABELS[chosen]))
        return redirect_to("stand.show", fair=fair)
    return _page(fair, form)


@bp.route("/end", methods=["GET", "POST"])
@allow(policies.has_fair_desk)
def give_up(fair: Fair) -> Any:
    stand, form = _live(fair), ReasonForm()
    _may(policies.can_give_up, stand)
    if form.submitted():
        with form.reporting(), transaction():
            services.release(stand=stand, words=form.words.data or "", by=person())
            flash(_("Given up. The booth goes to whoever waits."))
            return redirect_to("stand.show", fair=fair)
    return render("fairs/stand/give_up.html", fair=fair, stand=stand, form=form)


@bp.route("/swaps", methods=["POST"])
@allow(policies.has_fair_desk)
def ask_swap(fair: Fair) -> Any:
    stand = _live(fair)
    _may(policies.can_exchange, stand)
    form = swap_form(queries.others_of(stand))
    if form.submitted():
        with form.reporting(), transaction():
            yours = queries.stand_by_ref(form.stand.data) or abort(404)
            services.ask_swap(mine=stand, yours=yours, words=form.words.data or "", by=person())
            flash(_("Asked. Nothing changes until they agree."))
            return redirect_to("stand.show", fair=fair)
    return _page(fair, form)


@bp.route("/swaps/<stand_swap:swap>/<any(agreement, refusal, withdrawal):answer>", methods=["POST"])
@allow(policies.has_fair_desk)
def answer_swap(fair: Fair, swap: StandSwap, answer: str) -> Any:
    door, service, words = {
        "agreement": (policies.can_answer_swap, services.agree, _("Exchanged. Both of you have been told.")),
        "refusal": (policies.can_answer_swap, services.decline_swap, _("You keep your booth.")),
        "withdrawal": (policies.can_take_back_swap, services.take_back_swap, _("Taken back.")),
    }[answer]
    _may(door, swap)
    return _press(fair, lambda: service(swap=swap, by=person()), words)


@bp.route("/better", methods=["POST"])
@allow(policies.has_fair_desk)
def ask_for_better(fair: Fair) -> Any:
    stand = _live(fair)
    _may(policies.can_exchange, stand)
    words = _("Noted. When a booth you wished for is free, you are asked first.")
    return _press(fair, lambda: services.ask_for_better(stand=stand, by=person()), words)


@bp.route("/better/<any(acceptance, refusal):answer>", methods=["POST"])
@allow(policies.has_fair_desk)
def answer_better(fair: Fair, answer: str) -> Any:
    entry = _entry(fair, ListKind.RELOCATION) or abort(404)
    _may(policies.can_take_better, entry)
    taken = answer == "acceptance"
    service = services.take_better if taken else services.keep_own
    words = _("You have moved to the better booth.") if taken else _("You keep your booth.")
    return _press(fair, lambda: service(entry=entry, by=person()), words)


@bp.route("/lists/<any(waiting, relocation):kind>/withdrawal", methods=["POST"])
@allow(policies.has_fair_desk)
def leave(fair: Fair, kind: str) -> Any:
    entry = _entry(fair, ListKind(kind)) or abort(404)
    _may(policies.waits, entry)
    return _press(fair, lambda: services.leave(entry=entry, by=person()), _("You are off the list."))


def _press(fair: Fair, act: Any, words: str) -> Any:
    return acted(
        PressForm(),
        act,
        words,
        then=lambda _done: redirect_to("stand.show", fair=fair),
        again=lambda form: _page(fair, form),
    )


def _page(fair: Fair, form: Form | None = None) -> Any:
    stand = _stand(fair)
    waiting, better = _entry(fair, ListKind.WAITING), _entry(fair, ListKind.RELOCATION)
    if stand is None and waiting is None:
        abort(404)
    live = stand if stand is not None and stand.state in queries.LIVE else None
    offered = live is not None and live.state is StandState.OFFERED
    charge = charge_of(live) if live is not None else None
    return render(
        "fairs/stand/show.html",
        fair=fair,
        stand=stand,
        live=live,
        label=STAND_LABELS[stand.state] if stand is not None else "",
        form=form,
        another=_places(live, form) if live is not None and offered else None,
        swaps=queries.swaps_of(live) if live is not None else [],
        swap_form=_swaps(live, form) if live is not None and policies.can_exchange(person(), live) else None,
        waiting=waiting,
        ahead=queries.ahead_of(waiting) if waiting is not None else 0,
        better=better,
        held=_held(better),
        entry_labels=ENTRY_LABELS,
        charge=charge,
        ways=ways_of(charge) if charge is not None else [],
        support=_support(live),
        history=history_of("stand", stand.id) if stand is not None else [],
    )


def _support(stand: Stand | None) -> Any:
    """What is promised with a confirmed stand."""
    if stand is None or stand.state is not StandState.CONFIRMED:
        return None
    return queries.promised_to(stand.fair_id, stand.application.cooperative_id)


def _places(stand: Stand, form: Form | None) -> Any:
    return form if isinstance(form, AnotherPlaceForm) else _other_places(stand, formdata=None)


def _swaps(stand: Stand, form: Form | None) -> Any:
    return (
        form if form is not None and "stand" in form else swap_form(queries.others_of(stand), formdata=None)
    )


def _other_places(stand: Stand, **kwargs: Any) -> Any:
    """Free places of the same size, which serve what they asked for."""
    if stand.halves == 1:
        return place_form(AnotherPlaceForm, [], [], **kwargs)
    booths = queries.booths_of(stand.fair_id)
    need = need_of(queries.asked_for(stand.application_id))
    places = queries.free_of(stand.fair_id).for_size(stand.halves, need)
    return place_form(AnotherPlaceForm, places, booths, **kwargs)


def _chosen(form: Any, fair: Fair) -> list[Booth]:
    if not form.booths.data:
        return []
    wanted = set(form.place())
    return [booth for booth in queries.booths_of(fair.id) if booth.id in wanted]


def _stand(fair: Fair) -> Stand | None:
    seller = cooperatives.desk_cooperative(person())
    return queries.stand_of(fair.id, seller.id) if seller is not None else None


def _live(fair: Fair) -> Stand:
    stand = _stand(fair)
    if stand is None or stand.state not in queries.LIVE:
        abort(404)
    return stand


def _entry(fair: Fair, kind: ListKind) -> WaitingEntry | None:
    seller = cooperatives.desk_cooperative(person())
    return queries.entry_of(fair.id, seller.id, kind) if seller is not None else None


def _held(better: WaitingEntry | None) -> str:
    if better is None or better.state is not EntryState.OFFERED:
        return ""
    return ", ".join(dict.fromkeys(place.booth.code for place in queries.held_for(better)))


def _codes(stand: Stand) -> str:
    return ", ".join(booth.code for booth in stand.booths)


def _may(door: Any, subject: Any) -> None:
    if not door(person(), subject):
        abort(403)
