"""Calling off an agreed order."""

from __future__ import annotations

from typing import Any

from flask_login import current_user

from marketplace.deliveries import queries as deliveries
from marketplace.deliveries.states import DeliveryState
from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person
from marketplace.foundation.words import _
from marketplace.orders import policies, services
from marketplace.orders.forms import CancellationForm
from marketplace.orders.seat import Seat
from marketplace.orders.states import CancelReason
from marketplace.orders.views.seats import charge_of, home, only, pair, render
from marketplace.payments import deposits

both = pair("cancellation")
buyer, seller = both


@both.route("/cancellation", methods=["GET", "POST"])
@allow(policies.sits)
def cancel(seat: Seat) -> Any:
    only(policies.can_cancel(current_user, seat))
    going = deliveries.deliveries_of("order", seat.order.id)
    form = CancellationForm(seat.side, any(each.state is DeliveryState.PACKED for each in going))
    if form.submitted():
        with form.reporting(), transaction():
            services.cancel(
                order=seat.order,
                side=seat.side,
                reason=CancelReason(form.reason.data),
                words=form.words.data or "",
                restock=form.sold_again,
                by=person(),
            )
            flash(_("Cancelled. The other side has been told."))
            return home(seat)
    charge = charge_of(seat)
    return render(
        "orders/cancellation/cancel.html",
        seat,
        form=form,
        received=charge.received,
        deposit=deposits.deposit_of(charge) if charge.deposit else None,
    )
