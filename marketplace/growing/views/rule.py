"""What may be sprayed: the alliance's list, each line with its source."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.growing import policies, queries, services
from marketplace.growing.forms.rule import EndForm, RuleForm
from marketplace.growing.models import SubstanceRule

bp = Blueprint("substances", __name__, url_prefix="/office/substances")


@bp.route("", methods=["GET"])
@allow(policies.keeps_rules)
def list() -> Any:
    return render(
        "growing/rule/list.html", page=queries.rules(request.args.get("after")), today=clock.today()
    )


@bp.route("/new", methods=["GET", "POST"])
@allow(policies.keeps_rules)
def new() -> Any:
    form = RuleForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.add_rule(**form.values(), by=person())
            flash(_("Kept. Diaries and harvests are warned from now on."))
            return redirect_to("substances.list")
    return render("growing/rule/new.html", form=form)


@bp.route("/<substance_rule:rule>", methods=["GET", "POST"])
@allow(policies.keeps_rules)
def show(rule: SubstanceRule) -> Any:
    """It can be ended, not changed."""
    form = EndForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.end_rule(rule=rule, last_day=form.last_day.data, by=person())
            flash(_("The rule ends on that day."))
            return redirect_to("substances.show", rule=rule)
    return render(
        "growing/rule/show.html",
        rule=rule,
        form=form,
        today=clock.today(),
        history=history_of("substance_rule", rule.id),
    )
