"""Disputes about slips: raising one, answering, and the pages of both sides and of the alliance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, request

from marketplace import config
from marketplace.foundation.audit import history_of
from marketplace.foundation.web import Form, acted, allow, person, private, redirect_to, render
from marketplace.foundation.words import _, _l
from marketplace.fulfilment import policies
from marketplace.fulfilment.correcting import counts_as
from marketplace.fulfilment.forms.dispute import (
    AnswerForm,
    ClaimForm,
    MaybeWordsForm,
    ProposalForm,
    WordsForm,
    correction_form,
)
from marketplace.fulfilment.models import Acceptance, SlipDispute
from marketplace.fulfilment.queries import dispute as queries
from marketplace.fulfilment.services import dispute as services
from marketplace.fulfilment.services.acceptance import grades_of
from marketplace.fulfilment.states.dispute import (
    SLIP_DISPUTE_LABELS,
    SLIP_DISPUTE_TONES,
    STEP_LABELS,
    TURN_LABELS,
    WITH_AMOUNTS,
)
from marketplace.linkage import policies as linkage
from marketplace.linkage.seat import ContractSeat
from marketplace.linkage.states.contract import PARTIES, SIDE_LABELS, ContractSide

bp = Blueprint("slip_disputes", __name__, url_prefix="/disputes")
bp.after_request(private)
raising = Blueprint("slip_objections", __name__)
raising.after_request(private)
office = Blueprint("office_slip_disputes", __name__, url_prefix="/office/disputes/slips")
TABS = {"open": (_l("Open"),), "ended": (_l("Ended"),)}
LISTED: dict[str, Any] = {
    "tabs": TABS,
    "labels": SLIP_DISPUTE_LABELS,
    "tones": SLIP_DISPUTE_TONES,
    "sides": SIDE_LABELS,
    "turns": TURN_LABELS,
}


def _side(acceptance: Acceptance) -> ContractSide:
    return queries.side_in(person(), acceptance) or abort(404)


@raising.route("/desk/acceptances/<disputed_slip:acceptance>/dispute", methods=["GET", "POST"])
@allow(policies.stands_at_slip)
def as_seller(acceptance: Acceptance) -> Any:
    return _raise(acceptance, ContractSide.SELLER)


@raising.route("/buyer/acceptances/<disputed_slip:acceptance>/dispute", methods=["GET", "POST"])
@allow(policies.stands_at_slip)
def as_buyer(acceptance: Acceptance) -> Any:
    return _raise(acceptance, ContractSide.BUYER)


def _raise(acceptance: Acceptance, side: ContractSide) -> Any:
    """Once it is raised its own page takes over; when the time is over the page says so."""
    if _side(acceptance) is not side:
        abort(404)
    standing = queries.open_of(acceptance.id)
    form = correction_form(ClaimForm, acceptance, grades_of(acceptance.contract), side)
    return acted(
        form,
        lambda: services.raise_dispute(
            acceptance=acceptance,
            side=side,
            shifts=form.shifts(),
            words=form.words.data,
            photos=form.taken(),
            consents=form.consents.data,
            by=person(),
        ),
        _("Sent. The other side was told and has to answer."),
        then=_to,
        again=lambda form: render(
            "fulfilment/dispute/raise.html",
            acceptance=acceptance,
            form=form,
            standing=standing,
            open=queries.may_be_raised(acceptance, side),
            sheet=queries.sheet_of(acceptance.id),
            seat=ContractSeat(side),
            hours=config.current().slip_dispute_answer_hours,
            counts_as=counts_as,
            past=queries.disputes_of(acceptance.id),
            labels=SLIP_DISPUTE_LABELS,
        ),
    )


@raising.route("/desk/disputes", methods=["GET"])
@allow(linkage.sells_by_contract)
def of_seller() -> Any:
    return _list(ContractSide.SELLER)


@raising.route("/buyer/disputes", methods=["GET"])
@allow(linkage.buys_by_contract)
def of_buyer() -> Any:
    return _list(ContractSide.BUYER)


def _list(side: ContractSide) -> Any:
    tab = _tab()
    return render(
        "fulfilment/dispute/list.html",
        page=queries.own(person(), side, ended=tab == "ended", after=request.args.get("after")),
        tab=tab,
        seat=ContractSeat(side),
        endpoint=f"slip_objections.of_{side}",
        **LISTED,
    )


def _tab() -> str:
    tab = request.args.get("tab", "open")
    return tab if tab in TABS else "open"


@bp.route("/<slip_dispute:dispute>", methods=["GET"])
@allow(policies.reads_slip_dispute)
def show(dispute: SlipDispute) -> Any:
    return page(dispute)


def page(dispute: SlipDispute, **forms: Form) -> Any:
    """The whole story; a refused form stands in the place of a fresh one."""
    side, slip, grades = _side(dispute.acceptance), dispute.acceptance, grades_of(dispute.contract)
    fresh: dict[str, Any] = {
        "answering": correction_form(AnswerForm, slip, grades, ContractSide.OFFICE, formdata=None),
        "asking": MaybeWordsForm(prefix="ask-", formdata=None),
        "no": WordsForm(prefix="no-", formdata=None),
        "noting": WordsForm(prefix="note-", formdata=None),
        "proposing": correction_form(
            ProposalForm, slip, grades, ContractSide.OFFICE, prefix="propose-", formdata=None
        ),
        "deciding": correction_form(
            ProposalForm, slip, grades, ContractSide.OFFICE, prefix="decide-", formdata=None
        ),
    }
    settings = config.current()
    return render(
        "fulfilment/dispute/show.html",
        dispute=dispute,
        slip=slip,
        side=side,
        seat=ContractSeat(side),
        party=side in PARTIES,
        labels=SLIP_DISPUTE_LABELS,
        tones=SLIP_DISPUTE_TONES,
        sides=SIDE_LABELS,
        steps=STEP_LABELS,
        with_amounts=WITH_AMOUNTS,
        counts_as=counts_as,
        sheet=queries.sheet_of(slip.id),
        corrected=queries.correcting_sheets(slip.id),
        hours=settings.slip_dispute_answer_hours,
        days=settings.slip_dispute_days,
        history=history_of("acceptance", dispute.acceptance_id),
        **{**fresh, **forms},
    )


def _to(dispute: SlipDispute) -> Any:
    return redirect_to("slip_disputes.show", dispute=dispute.ref)


@bp.route("/<slip_dispute:dispute>/answer", methods=["POST"])
@allow(policies.answers_slip_dispute)
def answer(dispute: SlipDispute) -> Any:
    grades = grades_of(dispute.contract)
    form = correction_form(AnswerForm, dispute.acceptance, grades, ContractSide.OFFICE)

    def verb() -> None:
        services.answer(
            dispute=dispute,
            shifts=form.shifts(),
            words=form.words.data,
            photos=form.taken(),
            consents=form.consents.data,
            by=person(),
        )

    return _done(dispute, "answering", form, verb, _("Answered. The other side was told."))


@bp.route("/<slip_dispute:dispute>/grant", methods=["POST"])
@allow(policies.grants_slip_dispute)
def grant(dispute: SlipDispute) -> Any:
    return _pressed(dispute, services.grant, _("You agreed. The slip was corrected."))


@bp.route("/<slip_dispute:dispute>/offer", methods=["POST"])
@allow(policies.takes_slip_offer)
def take_offer(dispute: SlipDispute) -> Any:
    return _pressed(dispute, services.take_offer, _("You agreed. The slip was corrected."))


@bp.route("/<slip_dispute:dispute>/help", methods=["POST"])
@allow(policies.brings_slip_dispute)
def ask(dispute: SlipDispute) -> Any:
    form = MaybeWordsForm(prefix="ask-")

    def verb() -> None:
        side = _side(dispute.acceptance)
        services.ask_alliance(dispute=dispute, side=side, words=form.words.data or "", by=person())

    return _done(dispute, "asking", form, verb, _("The alliance was told."))


@bp.route("/<slip_dispute:dispute>/consent", methods=["POST"])
@allow(policies.lets_alliance_decide)
def consent(dispute: SlipDispute) -> Any:
    side = _side(dispute.acceptance)
    return _pressed(dispute, services.consent, _("Written down: you let the alliance decide."), side=side)


@bp.route("/<slip_dispute:dispute>/yes", methods=["POST"])
@allow(policies.says_to_proposal)
def yes(dispute: SlipDispute) -> Any:
    side = _side(dispute.acceptance)
    return _pressed(dispute, services.say_yes, _("You agreed to the proposal."), side=side)


@bp.route("/<slip_dispute:dispute>/no", methods=["POST"])
@allow(policies.says_to_proposal)
def no(dispute: SlipDispute) -> Any:
    form = WordsForm(prefix="no-")

    def verb() -> None:
        side = _side(dispute.acceptance)
        services.say_no(dispute=dispute, side=side, words=form.words.data, by=person())

    return _done(dispute, "no", form, verb, _("The alliance reads your reasons."))


@bp.route("/<slip_dispute:dispute>/withdrawal", methods=["POST"])
@allow(policies.withdraws_slip_dispute)
def withdraw(dispute: SlipDispute) -> Any:
    return _pressed(dispute, services.withdraw, _("Taken back. The slip counts as it was."))


@bp.route("/<slip_dispute:dispute>/note", methods=["POST"])
@allow(policies.mediates_slip_dispute)
def note(dispute: SlipDispute) -> Any:
    form = WordsForm(prefix="note-")

    def verb() -> None:
        services.note(dispute=dispute, words=form.words.data, by=person())

    return _done(dispute, "noting", form, verb, _("Written down."))


@bp.route("/<slip_dispute:dispute>/proposal", methods=["POST"])
@allow(policies.mediates_slip_dispute)
def propose(dispute: SlipDispute) -> Any:
    said = _("Sent to both sides, who now say whether they agree.")
    return _ruled(dispute, services.propose, "propose-", "proposing", said)


@bp.route("/<slip_dispute:dispute>/decision", methods=["POST"])
@allow(policies.decides_slip_dispute)
def decide(dispute: SlipDispute) -> Any:
    said = _("Decided. Both sides were told, and the slip was corrected.")
    return _ruled(dispute, services.decide, "decide-", "deciding", said)


def _ruled(dispute: SlipDispute, rule: Callable[..., Any], prefix: str, name: str, said: str) -> Any:
    """What an officer says how the slip should count."""
    grades = grades_of(dispute.contract)
    form = correction_form(ProposalForm, dispute.acceptance, grades, ContractSide.OFFICE, prefix=prefix)

    def verb() -> None:
        rule(dispute=dispute, shifts=form.shifts(), words=form.words.data, by=person())

    return _done(dispute, name, form, verb, said)


def _pressed(dispute: SlipDispute, verb: Callable[..., Any], said: str, /, **told: Any) -> Any:
    """A verb that needs no more than the press."""
    return _done(dispute, "form", Form(), lambda: verb(dispute=dispute, **told, by=person()), said)


def _done(dispute: SlipDispute, name: str, form: Form, verb: Callable[[], Any], said: str) -> Any:
    """What the form of that name on the page asks for, and back to the page."""
    return acted(
        form,
        verb,
        said,
        then=lambda _done: _to(dispute),
        again=lambda form: page(dispute, **{name: form}),
    )


@office.route("", methods=["GET"])
@allow(policies.mediates_slips)
def queue() -> Any:
    """All of them, with whose turn it is and until when."""
    tab = _tab()
    return render(
        "fulfilment/dispute/queue.html",
        page=queries.for_office(ended=tab == "ended", after=request.args.get("after")),
        tab=tab,
        **LISTED,
    )
