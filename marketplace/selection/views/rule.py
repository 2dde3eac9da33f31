"""Rules of eligibility and the legal order, at the office."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.selection import policies, queries, services
from marketplace.selection.forms.rule import EndForm, RuleForm, StepForm
from marketplace.selection.models import EligibilityRule, PreferenceRule

bp = Blueprint("selection_rules", __name__, url_prefix="/office/selection/rules")


@bp.route("", methods=["GET", "POST"])
@allow(policies.screens)
def rules() -> Any:
    form = RuleForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.add_rule(**form.values(), by=person())
            flash(_("The rule holds from that day on."))
            return redirect_to("selection_rules.rules")
    return _page(form=form)


@bp.route("/<eligibility_rule:rule>/end", methods=["POST"])
@allow(policies.screens)
def end(rule: EligibilityRule) -> Any:
    form = EndForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.end_rule(rule=rule, last_day=form.last_day.data, by=person())
            flash(_("The rule has its last day."))
            return redirect_to("selection_rules.rules")
    return _page(ending=form, at=rule)


@bp.route("/order", methods=["POST"])
@allow(policies.screens)
def add_step() -> Any:
    form = StepForm(queries.all_preference_rules())
    if form.submitted():
        with form.reporting(), transaction():
            services.add_step(**form.values(), by=person())
            flash(_("The step counts for calls that close from that day on."))
            return redirect_to("selection_rules.rules")
    return _page(step_form=form)


@bp.route("/order/<preference_rule:step>/end", methods=["POST"])
@allow(policies.screens)
def end_step(step: PreferenceRule) -> Any:
    form = EndForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.end_step(step=step, last_day=form.last_day.data, by=person())
            flash(_("The step has its last day."))
            return redirect_to("selection_rules.rules")
    return _page(ending=form, at=step)


def _page(*, at: EligibilityRule | PreferenceRule | None = None, **forms: Form) -> Any:
    """`at` is the rule or the step whose ending was refused."""
    order = queries.all_preference_rules()
    shown: dict[str, Form] = {
        "form": RuleForm(formdata=None),
        "ending": EndForm(formdata=None),
        "step_form": StepForm(order, formdata=None),
        **forms,
    }
    return render(
        "selection/office/rules.html",
        at=at,
        rules=queries.all_rules(),
        order=order,
        day=clock.today(),
        **shown,
    )
