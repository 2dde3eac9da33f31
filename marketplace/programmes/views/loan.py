"""Loans: at the office from the need to the last repayment, and what each fund paid out; at the desk in plain words."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, abort, request

from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.sheets import send_sheet
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.programmes import asides, policies, queries, services
from marketplace.programmes.forms.loan import (
    CloseForm,
    GrantForm,
    MovementForm,
    NeedForm,
    RecommendForm,
    ToldForm,
    VoidForm,
    WhyForm,
    assess_form,
    schedule_form,
)
from marketplace.programmes.models import Loan, LoanMovement
from marketplace.programmes.queries.loan import MOST_EXPORTED, Wanted
from marketplace.programmes.states.loan import LOAN_LABELS, LoanState
from marketplace.programmes.views.called import member_called
from marketplace.selection.states import Entered

office = Blueprint("office_loans", __name__, url_prefix="/office/loans")
desk = Blueprint("desk_loans", f"{__name__}.desk", url_prefix="/desk/loans")


# --- the office's list -------------------------------------------------------------------------------


@office.route("", methods=["GET"], endpoint="list")
@allow(policies.keeps_capital)
def all_loans() -> Any:
    """Loans as asked for, and above them what each fund paid out in the years that were chosen."""
    first, last = _years()
    wanted = _wanted(first, last)
    page = queries.loan.loans(wanted, after=request.args.get("after"))
    keys = [each.id for each in page.rows]
    return render(
        "programmes/loan/list.html",
        page=page,
        books=queries.loan.books(keys),
        paid_then=queries.loan.lent_of(keys, first, last),
        counts=queries.loan.counts(),
        overdue=queries.loan.count_overdue(),
        funds=queries.fund.funds(),
        lent=queries.loan.lent_by_fund(first, last),
        preferential=queries.loan.lent(first, last),
        years=queries.loan.years(),
        first=first.year,
        last=last.year,
        wanted=wanted,
        labels=LOAN_LABELS,
    )


@office.route("/export.<any(xlsx, csv):kind>", methods=["GET"])
@allow(policies.keeps_capital)
def export(kind: str) -> Any:
    """The list as asked for, as a sheet."""
    first, last = _years()
    found = queries.loan.loans(_wanted(first, last), size=MOST_EXPORTED).rows
    keys = [each.id for each in found]
    books, then = queries.loan.books(keys), queries.loan.lent_of(keys, first, last)
    columns = [
        _("Cooperative"), _("Tax code"), _("Fund"), _("State"), _("Asked on"), _("Loan asked for"), _("Purpose"),
        _("Granted"), _("Interest, per cent a year"), _("Months"), _("Decision no."), _("Granted on"), _("Paid out"),
        _("Paid out %(first)s–%(last)s", first=first.year, last=last.year), _("Repaid"), _("Still owed"), _("Overdue"),
    ]  # fmt: skip
    rows = [
        [
            each.cooperative.name, each.cooperative.tax_code, each.fund.code if each.fund else "",
            LOAN_LABELS[each.state], each.asked_on, each.asked_amount, each.purpose, each.granted_amount,
            each.granted_rate, each.granted_months, each.decision_no, each.granted_on, books[each.id].disbursed,
            then.get(each.id), books[each.id].repaid, books[each.id].owed, books[each.id].late,
        ]
        for each in found
    ]  # fmt: skip
    return send_sheet(_("Loans"), columns, rows, kind)


def _years() -> tuple[dt.date, dt.date]:
    """1 January of the first year to 31 December of the last one."""
    this = clock.today().year
    first, last = sorted((_year("from", this), _year("to", this)))
    return dt.date(first, 1, 1), dt.date(last, 12, 31)


def _year(name: str, otherwise: int) -> int:
    text = request.args.get(name, "")
    written = len(text) == 4 and text.isascii() and text.isdigit()
    return int(text) if written and 1990 <= int(text) <= 2200 else otherwise


def _wanted(first: dt.date, last: dt.date) -> Wanted:
    fund = queries.fund.by_ref(request.args.get("fund", ""))
    state = request.args.get("state", "")
    paid = request.args.get("paid") == "1"
    return Wanted(
        fund_id=fund.id if fund is not None else None,
        state=LoanState(state) if state in set(LoanState) else None,
        overdue=state == "overdue",
        counted=request.args.get("counted") == "1",
        first=first if paid else None,
        last=last if paid else None,
    )


# --- one loan at the office --------------------------------------------------------------------------


@office.route("/new", methods=["GET", "POST"])
@allow(policies.keeps_capital)
def enter() -> Any:
    """A need told by phone or on paper, labelled so; the cooperative is asked whether it is right."""
    form = ToldForm(data={"cooperative": request.args.get("member", "")})
    if form.submitted():
        with form.reporting(), transaction():
            loan = services.loan.ask(
                cooperative=member_called(form.cooperative.data, "cooperative"),
                entered=Entered(form.entered.data),
                told_by=form.told_by.data or "",
                by=person(),
                **form.values(),
            )
            flash(_("Written down. The cooperative is asked whether it is right."))
            return redirect_to("office_loans.show", loan=loan)
    return render("programmes/loan/enter.html", form=form)


@office.route("/<any_loan:loan>", methods=["GET"])
@allow(policies.keeps_capital)
def show(loan: Loan) -> Any:
    return _page(loan)


@office.route("/<any_loan:loan>/assessment", methods=["POST"])
@allow(policies.keeps_capital)
def assess(loan: Loan) -> Any:
    funds = queries.fund.funds()
    form = assess_form(loan, funds)
    if form.submitted():
        with form.reporting(), transaction():
            fund = next(each for each in funds if str(each.id) == form.fund.data)
            services.loan.assess(loan=loan, fund=fund, bad_debt=form.bad_debt.data, by=person())
            flash(_("Looked at. Please read what came out."))
            return redirect_to("office_loans.show", loan=loan)
    return _page(loan, assessment=form)


@office.route("/<any_loan:loan>/recommendation", methods=["POST"])
@allow(policies.keeps_capital)
def recommend(loan: Loan) -> Any:
    form = RecommendForm(prefix="to-")
    if form.submitted():
        with form.reporting(), transaction():
            services.loan.recommend(loan=loan, words=form.words.data or "", by=person())
            flash(_("Recommended. The cooperative is told; now the fund decides."))
            return redirect_to("office_loans.show", loan=loan)
    return _page(loan, recommendation=form)


@office.route("/<any_loan:loan>/end/<any(turn_down, refuse, withdraw):step>", methods=["POST"])
@allow(policies.keeps_capital)
def end(loan: Loan, step: str) -> Any:
    """The alliance does not recommend it, the fund refuses it, or the cooperative no longer wants it."""
    form = WhyForm(prefix="why-")
    if form.submitted():
        with form.reporting(), transaction():
            verb = {
                "turn_down": services.loan.turn_down,
                "refuse": services.loan.refuse,
                "withdraw": services.loan.withdraw,
            }[step]
            verb(loan=loan, words=form.words.data, by=person())
            flash(_("Written down. The cooperative sees the reason."))
            return redirect_to("office_loans.show", loan=loan)
    return _page(loan, why=form)


@office.route("/<any_loan:loan>/grant", methods=["POST"])
@allow(policies.keeps_capital)
def grant(loan: Loan) -> Any:
    form = GrantForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.loan.grant(
                loan=loan,
                amount=form.amount.data,
                rate=form.rate.data,
                months=form.months.data,
                decision_no=form.decision_no.data,
                day=form.day.data,
                by=person(),
            )
            flash(_("The decision of the fund is noted. The cooperative is told."))
            return redirect_to("office_loans.show", loan=loan)
    return _page(loan, granting=form)


@office.route("/<any_loan:loan>/schedule", methods=["POST"])
@allow(policies.keeps_capital)
def schedule(loan: Loan) -> Any:
    form = schedule_form(loan, [])
    if form.submitted():
        with form.reporting(), transaction():
            services.loan.schedule(loan=loan, parts=form.rows, by=person())
            flash(_("The days of repayment are kept. The cooperative is reminded before each."))
            return redirect_to("office_loans.show", loan=loan)
    return _page(loan, plan=form)


@office.route("/<any_loan:loan>/payments", methods=["POST"])
@allow(policies.keeps_capital)
def disburse(loan: Loan) -> Any:
    form = MovementForm(prefix="out-")
    if form.submitted():
        with form.reporting(), transaction():
            services.loan.disburse(loan=loan, by=person(), **_moved(form))
            flash(_("Noted: the fund paid out. The cooperative is told."))
            return redirect_to("office_loans.show", loan=loan)
    return _page(loan, out=form)


@office.route("/<any_loan:loan>/repayments", methods=["POST"])
@allow(policies.keeps_capital)
def repay(loan: Loan) -> Any:
    form = MovementForm(prefix="back-")
    if form.submitted():
        with form.reporting(), transaction():
            services.loan.repay(loan=loan, by=person(), **_moved(form))
            flash(_("The repayment is noted."))
            return redirect_to("office_loans.show", loan=loan)
    return _page(loan, came=form)


def _moved(form: MovementForm) -> dict[str, Any]:
    return {"amount": form.amount.data, "day": form.day.data, "reference": form.reference.data}


@office.route("/vouchers/<loan_movement:movement>/void", methods=["GET", "POST"])
@allow(policies.keeps_capital)
def void(movement: LoanMovement) -> Any:
    """A voucher that was noted by mistake stays readable and counts no longer."""
    form = VoidForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.loan.void(movement=movement, reason=form.reason.data, by=person())
            flash(_("Taken back. The sums are right again."))
            return redirect_to("office_loans.show", loan=movement.loan)
    return render("programmes/loan/void.html", form=form, movement=movement)


@office.route("/<any_loan:loan>/closing", methods=["POST"])
@allow(policies.keeps_capital)
def close(loan: Loan) -> Any:
    form = CloseForm(prefix="end-")
    if form.submitted():
        with form.reporting(), transaction():
            services.loan.close(loan=loan, day=form.day.data, by=person())
            flash(_("Closed: the loan is repaid in full. The cooperative is told."))
            return redirect_to("office_loans.show", loan=loan)
    return _page(loan, closing=form)


def _page(loan: Loan, **forms: Form) -> Any:
    """Where it stands, and the forms of what can come next; a refused form stands in the place of a fresh one."""
    instalments = queries.loan.instalments_of(loan.id)
    today = clock.today()
    fresh: dict[str, Any] = {
        "assessment": assess_form(loan, queries.fund.funds(), formdata=None),
        "recommendation": RecommendForm(prefix="to-", formdata=None),
        "why": WhyForm(prefix="why-", formdata=None),
        "granting": GrantForm(
            formdata=None, data={"amount": loan.asked_amount, "months": loan.asked_months, "day": today}
        ),
        "plan": schedule_form(loan, instalments, formdata=None),
        "out": MovementForm(prefix="out-", formdata=None, data={"day": today}),
        "came": MovementForm(prefix="back-", formdata=None, data={"day": today}),
        "closing": CloseForm(prefix="end-", formdata=None, data={"day": today}),
    }
    return render(
        "programmes/loan/show.html",
        loan=loan,
        book=queries.loan.book(loan),
        checks=queries.loan.checks_of(loan),
        asides=asides.filled(loan, person()),
        movements=queries.loan.movements_of(loan.id),
        instalments=instalments,
        history=history_of("loan", loan.id),
        today=today,
        **{**fresh, **forms},
    )


# --- a cooperative's own -----------------------------------------------------------------------------


def _own() -> Cooperative:
    return cooperatives.desk_cooperative(person()) or abort(404)


@desk.route("", methods=["GET"], endpoint="list")
@allow(policies.asks_for_loans)
def own_loans() -> Any:
    found = queries.loan.of_cooperative(_own().id)
    return render(
        "programmes/loan/desk_list.html",
        loans=found,
        books=queries.loan.books([each.id for each in found]),
        funds=queries.fund.funds(),
    )


@desk.route("/new", methods=["GET", "POST"])
@allow(policies.asks_for_loans)
def ask() -> Any:
    own, form = _own(), NeedForm()
    if form.submitted():
        with form.reporting(), transaction():
            loan = services.loan.ask(cooperative=own, by=person(), **form.values())
            flash(_("Sent. The alliance looks at it and writes to you."))
            return redirect_to("desk_loans.show", loan=loan)
    return render("programmes/loan/ask.html", form=form)


@desk.route("/<own_loan:loan>", methods=["GET"], endpoint="show")
@allow(policies.sees_loan)
def own_loan(loan: Loan) -> Any:
    return _own_page(loan, WhyForm(formdata=None))


@desk.route("/<own_loan:loan>/withdrawal", methods=["POST"])
@allow(policies.withdraws_loan)
def withdraw(loan: Loan) -> Any:
    form = WhyForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.loan.withdraw(loan=loan, words=form.words.data, by=person())
            flash(_("Withdrawn. You can ask again whenever you need it."))
            return redirect_to("desk_loans.list")
    return _own_page(loan, form)


def _own_page(loan: Loan, form: Form) -> Any:
    book = queries.loan.book(loan)
    instalments = queries.loan.instalments_of(loan.id)
    return render(
        "programmes/loan/desk_show.html",
        loan=loan,
        form=form,
        book=book,
        checks=queries.loan.checks_of(loan),
        asides=asides.filled(loan, person()),
        movements=[each for each in queries.loan.movements_of(loan.id) if each.voided_at is None],
        instalments=instalments,
        history=history_of("loan", loan.id),
        today=clock.today(),
    )
