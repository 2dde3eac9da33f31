"""Funds at the office: who lends, what capital a fund has, which figures it goes by from which day on."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.programmes import policies, queries, services
from marketplace.programmes.forms.fund import CapitalForm, FundForm, RuleForm
from marketplace.programmes.models import LoanFund
from marketplace.programmes.states.fund import CheckKind, FundKind

bp = Blueprint("office_funds", __name__, url_prefix="/office/loan-funds")


@bp.route("", methods=["GET", "POST"])
@allow(policies.keeps_capital)
def list() -> Any:
    form = FundForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.fund.add_fund(
                code=form.code.data, name=form.name.data, kind=FundKind(form.kind.data), by=person()
            )
            flash(_("The fund stands in the list."))
            return redirect_to("office_funds.list")
    return render("programmes/fund/list.html", form=form, funds=queries.fund.funds())


@bp.route("/known", methods=["POST"])
@allow(policies.keeps_capital)
def known() -> Any:
    """The three funds of the alliance's report and the banks beside them, in one press."""
    form = Form()
    with form.reporting(), transaction():
        services.fund.add_known(by=person())
        flash(_("The funds stand in the list."))
        return redirect_to("office_funds.list")
    return render("programmes/fund/list.html", form=FundForm(formdata=None), funds=queries.fund.funds())


@bp.route("/<loan_fund:fund>", methods=["GET"])
@allow(policies.keeps_capital)
def show(fund: LoanFund) -> Any:
    return _page(fund)


@bp.route("/<loan_fund:fund>/capital", methods=["POST"])
@allow(policies.keeps_capital)
def capital(fund: LoanFund) -> Any:
    form = CapitalForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.fund.tell_capital(
                fund=fund, capital=form.capital.data, day=form.capital_on.data, by=person()
            )
            flash(_("The capital is kept."))
            return redirect_to("office_funds.show", fund=fund)
    return _page(fund, capital=form)


@bp.route("/<loan_fund:fund>/figures", methods=["POST"])
@allow(policies.keeps_capital)
def rule(fund: LoanFund) -> Any:
    form = RuleForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.fund.add_rule(
                fund=fund,
                measure=CheckKind(form.measure.data),
                threshold=form.threshold.data,
                valid_from=form.valid_from.data,
                source=form.source.data,
                by=person(),
            )
            flash(_("The figure is kept. It counts from its first day."))
            return redirect_to("office_funds.show", fund=fund)
    return _page(fund, rule=form)


def _page(fund: LoanFund, **forms: Form) -> Any:
    today = clock.today()
    fresh: dict[str, Form] = {
        "capital": CapitalForm(formdata=None, data={"capital": fund.capital, "capital_on": fund.capital_on}),
        "rule": RuleForm(formdata=None),
    }
    return render(
        "programmes/fund/show.html",
        fund=fund,
        now=queries.fund.rules_on(fund.id, today),
        measures=[*CheckKind],
        **{**fresh, **forms},
    )
