"""The buyer's page: what is called back, what to do, how much is where."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.recalls import policies, services
from marketplace.recalls.forms import answer_form
from marketplace.recalls.models import RecallHolding

bp = Blueprint("recall_answers", __name__, url_prefix="/recalls")


@bp.route("/<recall_holding:holding>", methods=["GET", "POST"])
@allow(policies.answers)
def show(holding: RecallHolding) -> Any:
    form = answer_form(holding)
    if form.submitted():
        with form.reporting(), transaction():
            services.answer(holding=holding, parts=form.parts(), words=form.words.data or "", by=person())
            flash(_("Thank you. The cooperative has been told; write again when you know more."))
            return redirect_to("recall_answers.show", holding=holding)
    return render(
        "recalls/answer.html", holding=holding, recall=holding.recall, lot=holding.recall.lot, form=form
    )


@bp.after_request
def _private(response: Response) -> Response:
    """Whoever holds a letter's link sees it: keep it out of caches and search engines."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
