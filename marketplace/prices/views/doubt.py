"""Doubting a price of the board."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.prices import policies, queries, services
from marketplace.prices.forms.doubt import DoubtForm
from marketplace.prices.models import Observation

bp = Blueprint("price_doubts", __name__, url_prefix="/prices/doubts")


@bp.route("/<shown_price:observation>", methods=["GET", "POST"])
@allow(policies.can_doubt)
def doubt(observation: Observation) -> Any:
    rows = queries.told_beside(observation)
    form = DoubtForm(rows, data={"row": observation.ref})
    if form.submitted():
        with form.reporting(), transaction():
            services.doubt_price(observation=form.chosen(), words=form.words.data, by=person())
            flash(
                _(
                    "Thank you. The alliance looks at this price and writes to you. No contract counts by it meanwhile."
                )
            )
            return redirect_to("prices.show", goods=observation.goods, level=observation.level)
    return render("prices/doubt.html", form=form, observation=observation, rows=rows)
