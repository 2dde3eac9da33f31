"""Who may complain about goods, answer, agree."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.policy import policy
from marketplace.orders.models import Complaint
from marketplace.orders.policies.seat import sits_as_buyer, sits_as_seller
from marketplace.orders.queries.complaint import still_time
from marketplace.orders.seat import Seat
from marketplace.orders.states import ComplaintState, OrderState


@policy
def can_complain(user: Any, seat: Seat) -> bool:
    """The buyer, within hours of receipt, while no other complaint is open."""
    order = seat.order
    return (
        sits_as_buyer(user, seat)
        and order.state in {OrderState.ACCEPTED, OrderState.COMPLETED}
        and order.open_complaint is None
        and still_time(order)
    )


@policy
def can_answer_complaint(user: Any, seat: Seat, complaint: Complaint) -> bool:
    """The cooperative, once."""
    return sits_as_seller(user, seat) and complaint.state is ComplaintState.RAISED


@policy
def can_settle_complaint(user: Any, seat: Seat, complaint: Complaint) -> bool:
    """The buyer, once it is answered."""
    return sits_as_buyer(user, seat) and complaint.state is ComplaintState.ANSWERED


@policy
def can_withdraw_complaint(user: Any, seat: Seat, complaint: Complaint) -> bool:
    """The buyer, until it is settled or before the alliance."""
    return sits_as_buyer(user, seat) and complaint.state in {
        ComplaintState.RAISED,
        ComplaintState.ANSWERED,
    }
