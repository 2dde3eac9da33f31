"""The record of a contract: what was kept and what was not, what excuses it, and what both sides say to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, abort, request

from marketplace.foundation import clock
from marketplace.foundation.web import Form, acted, allow, person, private, redirect_to, render
from marketplace.foundation.words import _, _l
from marketplace.fulfilment import policies, queries, services
from marketplace.fulfilment.correcting import counts_as
from marketplace.fulfilment.forms.shortfall import ExcuseForm, ObjectionForm, StatementForm
from marketplace.fulfilment.models import ContractShortfall, Excuse, SlotRecord
from marketplace.fulfilment.rungs import slip_row
from marketplace.fulfilment.states.acceptance import Outcome, Rejection
from marketplace.fulfilment.states.shortfall import (
    EXCUSE_KIND_LABELS,
    EXCUSE_LABELS,
    EXCUSE_TONES,
    MISSING_LABELS,
    WHY_LABELS,
    ExcuseKind,
)
from marketplace.linkage import calling, ladder
from marketplace.linkage import queries as linkage
from marketplace.linkage.models import Contract
from marketplace.linkage.queries.contract import side_of
from marketplace.linkage.reckoning.breach import BASIS_LABELS
from marketplace.linkage.seat import ContractSeat
from marketplace.linkage.states.contract import SIDE_LABELS, ContractSide

bp = Blueprint("contract_record", __name__, url_prefix="/contracts")
bp.after_request(private)
excuses = Blueprint("excuses", __name__, url_prefix="/excuses")
excuses.after_request(private)
office = Blueprint("office_records", __name__, url_prefix="/office/records")
KEPT = _l("Kept. It stands beside the figures, under your name.")
FIGURE_LABELS = {
    "called": _l("Called"),
    "promised": _l("Promised by the cooperative"),
    "brought": _l("Brought to the scale"),
    "accepted": _l("Accepted in time"),
    "late": _l("Accepted later"),
    "came": _l("Accepted at the depot"),
    "rejected": _l("Refused at the depot"),
    "short": _l("Short of the tolerance"),
    "made_up": _l("Made up"),
    "missing": _l("Missing in the end"),
}
SHORT = ("short", "made_up", "missing")
WORDS: dict[str, Any] = {
    "sides": SIDE_LABELS,
    "causes": MISSING_LABELS,
    "whys": WHY_LABELS,
    "bases": BASIS_LABELS,
    "counts_as": counts_as,
    "figures": FIGURE_LABELS,
}


def _side(contract: Contract) -> ContractSide:
    return side_of(person(), contract) or abort(404)


@bp.route("/<contract:contract>/record", methods=["GET"])
@allow(policies.reads_record)
def show(contract: Contract) -> Any:
    return page(contract)


def page(contract: Contract, **forms: Any) -> Any:
    """All of it on one page; a refused form stands in the place of a fresh one."""
    side = _side(contract)
    wholes = queries.shortfall.shortfalls_of(contract.id)
    fresh: dict[str, Any] = {
        "excusing": ExcuseForm(side, prefix="excuse-", formdata=None, data={"kind": ExcuseKind.MAJEURE}),
        "objecting": ObjectionForm(prefix="object-", formdata=None),
        "saying": {each.id: StatementForm(prefix=f"whole-{each.id}-", formdata=None) for each in wholes},
    }
    return render(
        "fulfilment/record/show.html",
        contract=contract,
        seat=ContractSeat(side),
        content=linkage.content_in_force(contract),
        sums=queries.shortfall.sums_of(contract.id),
        grades=queries.shortfall.by_grade(contract.id),
        page=queries.shortfall.records_of(contract.id, request.args.get("after")),
        wholes=wholes,
        sheets=queries.shortfall.sheets_of(contract.id),
        late=queries.settlement.late_payments(contract.id),
        excuses=queries.shortfall.excuses_of(contract.id),
        statements=queries.shortfall.statements_of(contract.id),
        notice_days=services.excuse.notice_days(contract),
        excuse_kinds=EXCUSE_KIND_LABELS,
        excuse_labels=EXCUSE_LABELS,
        excuse_tones=EXCUSE_TONES,
        **WORDS,
        **{**fresh, **forms},
    )


@bp.route("/<contract:contract>/record/figures/<figure>", methods=["GET"])
@allow(policies.reads_record)
def figure(contract: Contract, figure: str) -> Any:
    """The deliveries that a figure adds up."""
    title = FIGURE_LABELS.get(figure) or abort(404)
    return _rows(
        contract,
        title,
        [
            ladder.Row(
                calling.slot_told(record.call_off),
                kg,
                str(MISSING_LABELS[record.cause]) if figure in SHORT and record.cause else "",
                "contract_record.slot",
                {"contract": contract, "record": record},
            )
            for record, kg in queries.shortfall.rows_of(contract.id, figure)
        ],
    )


@bp.route("/<contract:contract>/record/grades", methods=["GET"])
@allow(policies.reads_record)
def grade(contract: Contract) -> Any:
    """The slips with what counts as ?grade=…, or was refused for ?reason=…"""
    reason, sign = request.args.get("reason", ""), request.args.get("grade", "")
    if reason and reason not in {*Rejection}:
        abort(404)
    outcome = Outcome.REJECTED if reason else Outcome.ACCEPTED
    found = queries.acceptance.graded_of(contract.id, outcome, "" if reason else sign, reason)
    told = counts_as(outcome, sign, reason)
    side = _side(contract)
    return _rows(contract, told[:1].upper() + told[1:], [slip_row(slip, kg, side) for slip, kg in found])


def _rows(contract: Contract, title: Any, rows: Sequence[ladder.Row]) -> Any:
    return render(
        "fulfilment/record/rows.html",
        contract=contract,
        seat=ContractSeat(_side(contract)),
        title=title,
        rows=rows,
    )


@bp.route("/<contract:contract>/record/<slot_record:record>", methods=["GET", "POST"])
@allow(policies.reads_slot_record)
def slot(contract: Contract, record: SlotRecord) -> Any:
    """One delivery: its figures, the slips and answers behind them, and what both sides say."""
    form = StatementForm()
    if form.is_submitted() and not policies.says_to_slot(person(), contract, record):
        abort(403)
    return acted(
        form,
        lambda: services.shortfall.say(
            contract=contract, side=_side(contract), words=form.words.data, slot=record, by=person()
        ),
        KEPT,
        then=lambda _said: redirect_to("contract_record.slot", contract=contract, record=record),
        again=lambda form: render(
            "fulfilment/record/slot.html",
            contract=contract,
            record=record,
            seat=ContractSeat(_side(contract)),
            slips=queries.shortfall.slips_of(record.call_off_id),
            answers=linkage.call_off.answers_of(record.call_off_id),
            said=queries.shortfall.statements_of(contract.id).get(("slot", record.id), {}),
            form=form,
            today=clock.today(),
            **WORDS,
        ),
    )


@bp.route("/<contract:contract>/record/whole/<whole_record:whole>", methods=["POST"])
@allow(policies.says_to_whole)
def say(contract: Contract, whole: ContractShortfall) -> Any:
    form = StatementForm(prefix=f"whole-{whole.id}-")

    def again(form: StatementForm) -> Any:
        others = queries.shortfall.shortfalls_of(contract.id)
        saying = {each.id: StatementForm(prefix=f"whole-{each.id}-", formdata=None) for each in others}
        return page(contract, saying={**saying, whole.id: form}, refused=form)

    return acted(
        form,
        lambda: services.shortfall.say(
            contract=contract, side=_side(contract), words=form.words.data, whole=whole, by=person()
        ),
        KEPT,
        then=lambda _said: _to(contract),
        again=again,
    )


def _to(contract: Contract) -> Any:
    return redirect_to("contract_record.show", contract=contract)


@bp.route("/<contract:contract>/record/excuses", methods=["POST"])
@allow(policies.tells_excuse)
def excuse(contract: Contract) -> Any:
    side = _side(contract)
    form = ExcuseForm(side, prefix="excuse-")
    return acted(
        form,
        lambda: services.excuse.tell_excuse(
            contract=contract,
            side=side,
            kind=ExcuseKind(form.kind.data),
            first_day=form.first_day.data,
            last_day=form.last_day.data,
            words=form.words.data,
            photos=form.taken(),
            by=person(),
        ),
        _("Sent. The other side says whether it accepts it."),
        then=lambda _told: _to(contract),
        again=lambda form: page(contract, excusing=form),
    )


@excuses.route("/<excuse:excuse>/acceptance", methods=["POST"])
@allow(policies.accepts_excuse)
def accept(excuse: Excuse) -> Any:
    said = _("Accepted: what is missing on these days brings no penalty.")
    return _pressed(excuse, services.excuse.accept_excuse, said)


@excuses.route("/<excuse:excuse>/objection", methods=["POST"])
@allow(policies.objects_excuse)
def objection(excuse: Excuse) -> Any:
    form = ObjectionForm(prefix="object-")
    return acted(
        form,
        lambda: services.excuse.object_excuse(excuse=excuse, words=form.words.data, by=person()),
        _("Sent. The other side reads your reasons."),
        then=lambda _done: _to(excuse.contract),
        again=lambda form: page(excuse.contract, objecting=form),
    )


@excuses.route("/<excuse:excuse>/withdrawal", methods=["POST"])
@allow(policies.withdraws_excuse)
def withdrawal(excuse: Excuse) -> Any:
    return _pressed(excuse, services.excuse.withdraw_excuse, _("Taken back."))


def _pressed(excuse: Excuse, verb: Callable[..., Any], said: str) -> Any:
    """A verb that needs no more than the press."""
    return acted(
        Form(),
        lambda: verb(excuse=excuse, by=person()),
        said,
        then=lambda _done: _to(excuse.contract),
        again=lambda form: page(excuse.contract, form=form),
    )


@office.route("", methods=["GET"])
@allow(policies.reads_records)
def year() -> Any:
    """What cooperatives and buyers kept of their contracts in the last twelve months, with causes."""
    return render(
        "fulfilment/record/year.html",
        page=queries.shortfall.sellers(request.args.get("after")),
        buyers=queries.shortfall.buyers(request.args.get("buyers")),
        causes=MISSING_LABELS,
    )
