"""Dues: what a year brought and who owes, asking a year, forgiving, the norms; and a member's own page to pay."""

from __future__ import annotations

from typing import Any
from zlib import crc32

from flask import Blueprint, abort, request

from marketplace.accounts import services as people
from marketplace.accounts.again import asks_again
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import KIND_LABELS, Kind
from marketplace.documents import queries as documents
from marketplace.foundation import clock, formats
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.sheets import send_sheet
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.payments import queries as payments
from marketplace.registry import policies, queries, services
from marketplace.registry.forms.due import AskForm, DueNormForm, ForgiveForm
from marketplace.registry.models import Due, DueNorm
from marketplace.registry.queries.due import PURPOSE
from marketplace.registry.states.due import DUE_LABELS, DueState
from marketplace.registry.tasks.due import ask_dues
from marketplace.registry.written import RECEIPT

office = Blueprint("office_dues", __name__, url_prefix="/office/dues")
desk = Blueprint("desk_dues", f"{__name__}.desk", url_prefix="/desk/dues")
EXPORTED = 5000


@office.route("", methods=["GET"], endpoint="list")
@allow(policies.keeps_dues)
def of_year() -> Any:
    year, state = _asked()
    return render(
        "registry/due/list.html",
        year=year,
        state=state,
        years=sorted({*queries.due_years(), clock.today().year}, reverse=True),
        labels=DUE_LABELS,
        page=queries.dues(year, state, after=request.args.get("after")),
        totals=queries.totals(year),
        running=queries.running_batch(year),
        today=clock.today(),
    )


@office.route("/export.<any(xlsx, csv):kind>", methods=["GET"])
@allow(policies.keeps_dues)
def export(kind: str) -> Any:
    """The list as asked for, as a sheet."""
    year, state = _asked()
    columns = [
        _("Cooperative"), _("Tax code"), _("Phone"), _("Year"), _("Amount"), _("State"), _("To be paid by"),
        _("Paid on"), _("Reason"),
    ]  # fmt: skip
    rows = [
        [
            due.cooperative.name, due.cooperative.tax_code, due.cooperative.phone, due.year, due.amount,
            DUE_LABELS[due.state], due.due_on, clock.to_local(due.paid_at).date() if due.paid_at else None,
            due.forgiven_reason,
        ]
        for due in queries.dues(year, state, size=EXPORTED).rows
    ]  # fmt: skip
    return send_sheet(_("Dues of %(year)s", year=year), columns, rows, kind)


@office.route("/new", methods=["GET", "POST"])
@allow(policies.keeps_dues)
def ask() -> Any:
    """What asking this year would ask of whom; then it is asked."""
    today = clock.today()
    year = (
        int(asked) if (asked := request.values.get("year", "")).isdigit() and len(asked) == 4 else today.year
    )
    form = AskForm(data={"year": year, "due_on": max(today.replace(month=12, day=31), today)})
    if form.submitted():
        with form.reporting(), transaction():
            batch = services.begin_batch(year=form.year.data, due_on=form.due_on.data, by=person())
            ask_dues.later(batch.id)
            flash(_("The members are being asked; the list fills up in a moment."))
            return redirect_to("office_dues.list", year=form.year.data)
    planned = queries.planned(year)
    return render(
        "registry/due/ask.html",
        form=form,
        year=year,
        planned=[each for each in planned if each.norm is not None],
        without=[each for each in planned if each.norm is None],
        norms=queries.due_norms(),
        kinds=KIND_LABELS,
    )


@office.route("/norms", methods=["GET", "POST"])
@allow(policies.keeps_dues)
def norms() -> Any:
    form = DueNormForm(data={"valid_from": clock.today().replace(month=1, day=1)})
    if form.submitted():
        with form.reporting(), transaction():
            if _to_be_agreed(form):
                flash(_("Proposed. Another officer has to agree before the norm counts."), "wait")
            else:
                flash(_("The norm is kept. It counts from its first day."))
            return redirect_to("office_dues.norms")
    return _norms(form)


def _to_be_agreed(form: DueNormForm) -> bool:
    """Kept at once, or proposed to another officer: one norm of a kind and a first day at a time."""
    kind, day, least = Kind(form.kind.data), form.valid_from.data, form.least_members.data or 0
    proposed = people.act_or_propose(
        kind="dues-norm",
        subject_id=crc32(f"{kind}:{day}:{least}".encode()) >> 1,
        told=f"{KIND_LABELS[kind]} · {day:%d/%m/%Y} · {formats.vnd(form.amount.data, locale())}",
        reason=form.decision.data or str(KIND_LABELS[kind]),
        data={
            "kind": kind,
            "valid_from": day.isoformat(),
            "amount": int(form.amount.data),
            "least_members": least,
            "decision": form.decision.data or "",
        },
        by=person(),
    )
    return proposed is not None


@office.route("/norms/<due_norm:norm>/removal", methods=["POST"])
@allow(policies.keeps_dues)
def remove_norm(norm: DueNorm) -> Any:
    form = Form()
    if form.submitted():
        with form.reporting(), transaction():
            services.remove_due_norm(norm=norm)
            flash(_("Taken away. Nobody was asked by it."))
            return redirect_to("office_dues.norms")
    return _norms(form)


def _norms(form: Form) -> Any:
    shown = form if isinstance(form, DueNormForm) else DueNormForm(formdata=None)
    return render(
        "registry/due/norms.html", form=shown, refused=form, norms=queries.due_norms(), kinds=KIND_LABELS
    )


@office.route("/<due:due>", methods=["GET"])
@allow(policies.keeps_dues)
def one(due: Due) -> Any:
    return _one(due, ForgiveForm(formdata=None))


@office.route("/<due:due>/payment", methods=["POST"])
@allow(policies.keeps_dues)
def paid(due: Due) -> Any:
    """It was paid at the office, in cash."""
    form = Form()
    if form.submitted():
        with form.reporting(), transaction():
            services.take_in_cash(due=due, by=person())
            flash(_("Written down: the dues came. The receipt is ready."))
            return redirect_to("office_dues.one", due=due)
    return _one(due, ForgiveForm(formdata=None), form)


@office.route("/<due:due>/forgiving", methods=["POST"])
@allow(policies.can_forgive)
@asks_again()
def forgive(due: Due) -> Any:
    form = ForgiveForm()
    if form.submitted():
        with form.reporting(), transaction():
            proposed = people.act_or_propose(
                kind="dues-forgiving",
                subject_id=due.id,
                told=f"{due.cooperative.called} · {due.year} · {formats.vnd(due.amount, locale())}",
                reason=form.reason.data,
                by=person(),
            )
            if proposed is not None:
                flash(_("Proposed. Another officer has to agree before they are forgiven."), "wait")
            else:
                flash(_("Forgiven. The member is told."))
            return redirect_to("office_dues.one", due=due)
    return _one(due, form)


def _one(due: Due, form: ForgiveForm, pressed: Form | None = None) -> Any:
    return render(
        "registry/due/show.html",
        due=due,
        form=form,
        pressed=pressed or form,
        charge=payments.charge_for(PURPOSE, due.id),
        receipt=documents.current(RECEIPT.name, f"due:{due.id}"),
        history=history_of("due", due.id),
        today=clock.today(),
    )


# --- a member's own -----------------------------------------------------------------------------------


@desk.route("", methods=["GET"], endpoint="show")
@allow(policies.has_desk)
def own() -> Any:
    """What is owed, with the code to pay it, and the receipts."""
    found: Cooperative = cooperatives.desk_cooperative(person()) or abort(404)
    dues = queries.dues_of(found.id)
    open_dues = [due for due in dues if due.state is DueState.ASKED]
    return render(
        "registry/due/desk.html",
        cooperative=found,
        dues=dues,
        charges=[(due, payments.charge_for(PURPOSE, due.id)) for due in open_dues],
        receipts=dict(queries.receipts_of([due.id for due in dues])),
        labels=DUE_LABELS,
        today=clock.today(),
    )


def _asked() -> tuple[int, DueState | None]:
    year, state = request.args.get("year", ""), request.args.get("state", "")
    plain = int(year) if year.isascii() and year.isdigit() and len(year) == 4 else clock.today().year
    return plain, DueState(state) if state in set(DueState) else None
