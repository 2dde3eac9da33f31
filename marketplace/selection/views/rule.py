"""Rules of eligibility and the legal order, at the office."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.selection import policies, queries, services
from marketplace.selection.forms.rule import EndForm, RuleForm
from marketplace.selection.models import EligibilityRule

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
    return _page(form, EndForm(), None)


@bp.route("/<eligibility_rule:rule>/end", methods=["POST"])
@allow(policies.screens)
def end(rule: EligibilityRule) -> Any:
    form = EndForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.end_rule(rule=rule, last_day=form.last_day.data, by=person())
            flash(_("The rule has its last day."))
            return redirect_to("selection_rules.rules")
    return _page(RuleForm(formdata=None), form, rule)


def _page(form: RuleForm, ending: Form, at: EligibilityRule | None) -> Any:
    return render(
        "selection/office/rules.html",
        form=form,
        ending=ending,
        at=at,
        rules=queries.all_rules(),
        order=queries.all_preference_rules(),
        day=clock.today(),
    )
