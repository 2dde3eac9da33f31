"""Figures of law that contracts are judged by."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.linkage import policies, queries, services
from marketplace.linkage.forms.contract import FigureForm
from marketplace.linkage.states.contract import LEGAL_LABELS

bp = Blueprint("contract_law", __name__, url_prefix="/office/contracts/law")


@bp.route("", methods=["GET", "POST"])
@allow(policies.keeps_contracts)
def figures() -> Any:
    form = FigureForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.add_figure(
                key=form.chosen,
                value=form.value.data,
                valid_from=form.valid_from.data,
                act=form.act.data,
                by=person(),
            )
            flash(_("Kept. Contracts are judged by it from that day on."))
            return redirect_to("contract_law.figures")
    return render(
        "linkage/law.html",
        form=form,
        figures=queries.all_figures(),
        today_figures=queries.figures_on(clock.today()),
        labels=LEGAL_LABELS,
    )
