"""Payments of the bank that need a person: what each of them is for."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, request

from marketplace.foundation import parsing
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.payments import gateways, policies, services
from marketplace.payments.forms import DismissForm
from marketplace.payments.models import BankLine
from marketplace.payments.queries import bank_lines as queries
from marketplace.payments.states import CHARGE_LABELS, LINE_LABELS, REASON_LABELS, LineState
from marketplace.payments.views.bank_statements import paid_here

bp = Blueprint("bank_lines", __name__, url_prefix="/desk/money/lines")
PART = re.compile(r"part_([0-9]{1,9})", re.ASCII)


@bp.route("", methods=["GET"])
@allow(policies.reads_statements, reads=policies.looks_at_money)
def queue() -> Any:
    """What waits, what counts soon, what is done."""
    payee = paid_here().id
    asked = request.args.get("tab", "")
    state = LineState(asked) if asked in set(LineState) else LineState.OPEN
    return render(
        "payments/lines/queue.html",
        page=queries.lines_of(payee, state, request.args.get("after")),
        tab=str(state),
        tabs=[(str(each), str(LINE_LABELS[each])) for each in LineState],
        counts={str(each): count for each, count in queries.line_counts(payee).items()},
        reasons=REASON_LABELS,
    )


@bp.route("/<bank_line:line>", methods=["GET"])
@allow(policies.can_place, reads=policies.looks_at_line)
def show(line: BankLine) -> Any:
    return _page(line)


@bp.route("/<bank_line:line>/assign", methods=["POST"])
@allow(policies.can_place)
def assign(line: BankLine) -> Any:
    """All of it, in one part or several."""
    form = Form()
    with form.reporting():
        parts = _parts()
        with transaction():
            services.assign(line=line, parts=parts, by=person())
            flash(_("Written down. It counts in ten minutes; until then you can take it back."))
            return redirect_to("bank_lines.show", line=line)
    return _page(line, form=form)


@bp.route("/<bank_line:line>/recognise/<int:number>", methods=["POST"])
@allow(lambda user, line, number: policies.can_place(user, line))
def recognise(line: BankLine, number: int) -> Any:
    """It is the money that was written down by hand."""
    form = Form()
    with form.reporting(), transaction():
        entry = queries.own_entry(number, line.organisation_id)
        if entry is None:
            raise Refusal(_("This was not written down by hand with this sum."))
        services.recognise(line=line, entry=entry, by=person())
        flash(_("Recognised. Nothing was counted again."))
        return redirect_to("bank_lines.queue")
    return _page(line, form=form)


@bp.route("/<bank_line:line>/dismiss", methods=["POST"])
@allow(policies.can_place)
def dismiss(line: BankLine) -> Any:
    """No payment for our sales."""
    form = DismissForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.dismiss(line=line, words=form.words.data, by=person())
            flash(_("Put aside. You can take it back at any time."))
            return redirect_to("bank_lines.queue")
    return _page(line, dismiss_form=form)


@bp.route("/<bank_line:line>/reopen", methods=["POST"])
@allow(policies.can_place)
def reopen(line: BankLine) -> Any:
    """Take back the last step, before it counts."""
    form = Form()
    with form.reporting(), transaction():
        services.reopen(line=line, by=person())
        flash(_("Taken back. It waits for you again."))
        return redirect_to("bank_lines.show", line=line)
    return _page(line, form=form)


@bp.route("/<bank_line:line>/count", methods=["POST"])
@allow(policies.can_place)
def count(line: BankLine) -> Any:
    """Now, without waiting."""
    form = Form()
    with form.reporting(), transaction():
        services.count(line=line, by=person())
        flash(_("Counted."))
        return redirect_to("bank_lines.show", line=line)
    return _page(line, form=form)


def _parts() -> dict[int, Money]:
    """Charge id → sum, as typed. Raises Refusal for a sum that cannot be read."""
    parts = {}
    for name, written in request.form.items():
        found = PART.fullmatch(name)
        if found is None or not written.strip():
            continue
        try:
            parts[int(found[1])] = parsing.parse_money(written)
        except parsing.ParseError as error:
            raise Refusal(_("We cannot read this sum. Write for example 12.000 or 12k.")) from error
    return parts


def _page(line: BankLine, **forms: Any) -> Any:
    looked_for = request.args.get("q", "")[:60]
    suggestions = queries.suggestions(line) if line.state is LineState.OPEN else []
    known = {one.charge.id for one in suggestions}
    found = queries.charges_like(looked_for, line.organisation_id) if looked_for else []
    return render(
        "payments/lines/line.html",
        line=line,
        bank=gateways.bank_name(line.book.bin),
        labels=LINE_LABELS,
        reasons=REASON_LABELS,
        charge_labels=CHARGE_LABELS,
        suggestions=suggestions,
        looked_for=looked_for,
        found=[charge for charge in found if charge.id not in known],
        typed={name: written[:60] for name, written in request.form.items() if PART.fullmatch(name)},
        history=history_of("bank_line", line.id),
        form=forms.get("form") or Form(formdata=None),
        dismiss_form=forms.get("dismiss_form") or DismissForm(formdata=None),
    )
