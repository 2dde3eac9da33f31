"""What the scale raised: the buyer answers, the cooperative waits."""

from __future__ import annotations

from typing import Any

from flask_login import current_user

from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person
from marketplace.foundation.words import _
from marketplace.orders import policies, queries, services
from marketplace.orders.forms import weighing_answer_form
from marketplace.orders.models import OrderWeighing
from marketplace.orders.seat import Seat
from marketplace.orders.states import WEIGHING_LABELS, WEIGHING_TONES, WEIGHT_LABELS
from marketplace.orders.views.seats import found, home, only, pair, render

both = pair("weighings")
buyer, seller = both


@both.route("/weighings/<ref>", methods=["GET"])
@allow(policies.sits)
def show(seat: Seat, ref: str) -> Any:
    return _page(seat, found(queries.weighing_of(seat.order, ref)))


@buyer.route("/weighings/<ref>/answer", methods=["POST"])
@allow(policies.sits_as_buyer)
def answer(seat: Seat, ref: str) -> Any:
    weighing = found(queries.weighing_of(seat.order, ref))
    only(policies.can_answer_weighing(current_user, weighing))
    form = weighing_answer_form(weighing)
    if form.submitted():
        with form.reporting(), transaction():
            services.answer_weighing(weighing=weighing, choices=form.choices(weighing), by=person())
            flash(_("Thank you. The cooperative has been told, and the sum follows your answer."))
            return home(seat)
    return _page(seat, weighing, form)


def _page(seat: Seat, weighing: OrderWeighing, form: Form | None = None) -> Any:
    asked = form
    if asked is None and policies.can_answer_weighing(current_user, weighing):
        asked = weighing_answer_form(weighing, formdata=None)
    return render(
        "orders/weighing/show.html",
        seat,
        weighing=weighing,
        form=asked,
        chosen={each.line_id: WEIGHT_LABELS[each.choice] for each in weighing.answers},
        label=WEIGHING_LABELS[weighing.state],
        tone=WEIGHING_TONES[weighing.state],
    )
