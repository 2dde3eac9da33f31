"""Disputes about slips: raising one, answering, and the pages of both sides and of the alliance."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from marketplace import config
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, private, redirect_to, render
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
    if form.submitted():
        with form.reporting(), transaction():
            raised = services.raise_dispute(
                acceptance=acceptance,
                side=side,
                shifts=form.shifts(),
                words=form.words.data,
                photos=form.taken(),
                consents=form.consents.data,
                by=person(),
            )
            flash(_("Sent. The other side was told and has to answer."))
            return redirect_to("slip_disputes.show", dispute=raised.ref)
    return render(
        "fulfilment/dispute/raise.html",
        acceptance=acceptance,
        form=form,
        standing=standing,
        open=queries.may_be_raised(acceptance, side),
        seat=ContractSeat(side),
        hours=config.current().slip_dispute_answer_hours,
        counts_as=counts_as,
        past=queries.disputes_of(acceptance.id),
        labels=SLIP_DISPUTE_LABELS,
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
    if form.submitted():
        with form.reporting(), transaction():
            services.answer(
                dispute=dispute,
                shifts=form.shifts(),
                words=form.words.data,
                photos=form.taken(),
                consents=form.consents.data,
                by=person(),
            )
            flash(_("Answered. The other side was told."))
            return _to(dispute)
    return page(dispute, answering=form)


@bp.route("/<slip_dispute:dispute>/grant", methods=["POST"])
@allow(policies.grants_slip_dispute)
def grant(dispute: SlipDispute) -> Any:
    form = Form()
    with form.reporting(), transaction():
        services.grant(dispute=dispute, by=person())
        flash(_("You agreed. The slip was corrected."))
        return _to(dispute)
    return page(dispute, form=form)


@bp.route("/<slip_dispute:dispute>/offer", methods=["POST"])
@allow(policies.takes_slip_offer)
def take_offer(dispute: SlipDispute) -> Any:
    form = Form()
    with form.reporting(), transaction():
        services.take_offer(dispute=dispute, by=person())
        flash(_("You agreed. The slip was corrected."))
        return _to(dispute)
    return page(dispute, form=form)


@bp.route("/<slip_dispute:dispute>/help", methods=["POST"])
@allow(policies.brings_slip_dispute)
def ask(dispute: SlipDispute) -> Any:
    form = MaybeWordsForm(prefix="ask-")
    if form.submitted():
        with form.reporting(), transaction():
            services.ask_alliance(
                dispute=dispute, side=_side(dispute.acceptance), words=form.words.data or "", by=person()
            )
            flash(_("The alliance was told."))
            return _to(dispute)
    return page(dispute, asking=form)


@bp.route("/<slip_dispute:dispute>/consent", methods=["POST"])
@allow(policies.lets_alliance_decide)
def consent(dispute: SlipDispute) -> Any:
    form = Form()
    with form.reporting(), transaction():
        services.consent(dispute=dispute, side=_side(dispute.acceptance), by=person())
        flash(_("Written down: you let the alliance decide."))
        return _to(dispute)
    return page(dispute, form=form)


@bp.route("/<slip_dispute:dispute>/yes", methods=["POST"])
@allow(policies.says_to_proposal)
def yes(dispute: SlipDispute) -> Any:
    form = Form()
    with form.reporting(), transaction():
        services.say_yes(dispute=dispute, side=_side(dispute.acceptance), by=person())
        flash(_("You agreed to the proposal."))
        return _to(dispute)
    return page(dispute, form=form)


@bp.route("/<slip_dispute:dispute>/no", methods=["POST"])
@allow(policies.says_to_proposal)
def no(dispute: SlipDispute) -> Any:
    form = WordsForm(prefix="no-")
    if form.submitted():
        with form.reporting(), transaction():
            services.say_no(
                dispute=dispute, side=_side(dispute.acceptance), words=form.words.data, by=person()
            )
            flash(_("The alliance reads your reasons."))
            return _to(dispute)
    return page(dispute, no=form)


@bp.route("/<slip_dispute:dispute>/withdrawal", methods=["POST"])
@allow(policies.withdraws_slip_dispute)
def withdraw(dispute: SlipDispute) -> Any:
    form = Form()
    with form.reporting(), transaction():
        services.withdraw(dispute=dispute, by=person())
        flash(_("Taken back. The slip counts as it was."))
        return _to(dispute)
    return page(dispute, form=form)


@bp.route("/<slip_dispute:dispute>/note", methods=["POST"])
@allow(policies.mediates_slip_dispute)
def note(dispute: SlipDispute) -> Any:
    form = WordsForm(prefix="note-")
    if form.submitted():
        with form.reporting(), transaction():
            services.note(dispute=dispute, words=form.words.data, by=person())
            flash(_("Written down."))
            return _to(dispute)
    return page(dispute, noting=form)


@bp.route("/<slip_dispute:dispute>/proposal", methods=["POST"])
@allow(policies.mediates_slip_dispute)
def propose(dispute: SlipDispute) -> Any:
    form = _ruling(dispute, "propose-")
    if form.submitted():
        with form.reporting(), transaction():
            services.propose(dispute=dispute, shifts=form.shifts(), words=form.words.data, by=person())
            flash(_("Sent to both sides, who now say whether they agree."))
            return _to(dispute)
    return page(dispute, proposing=form)


@bp.route("/<slip_dispute:dispute>/decision", methods=["POST"])
@allow(policies.decides_slip_dispute)
def decide(dispute: SlipDispute) -> Any:
    form = _ruling(dispute, "decide-")
    if form.submitted():
        with form.reporting(), transaction():
            services.decide(dispute=dispute, shifts=form.shifts(), words=form.words.data, by=person())
            flash(_("Decided. Both sides were told, and the slip was corrected."))
            return _to(dispute)
    return page(dispute, deciding=form)


def _ruling(dispute: SlipDispute, prefix: str) -> ProposalForm:
    grades = grades_of(dispute.contract)
    return correction_form(ProposalForm, dispute.acceptance, grades, ContractSide.OFFICE, prefix=prefix)


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
