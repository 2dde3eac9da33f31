"""Who may ask the alliance, speak, agree; who mediates."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.policy import policy
from marketplace.orders.models import Dispute
from marketplace.orders.policies.order import mediates
from marketplace.orders.policies.seat import sits, sits_as_seller
from marketplace.orders.seat import Seat
from marketplace.orders.states import ComplaintState, DisputeState, OrderState, Side

AGREED = (OrderState.ACCEPTED, OrderState.CANCELLED, OrderState.COMPLETED)


@policy
def can_dispute(user: Any, seat: Seat) -> bool:
    """Either side of an agreed order; while a complaint is open the buyer first hears the answer."""
    order = seat.order
    if not sits(user, seat) or order.state not in AGREED or order.open_dispute is not None:
        return False
    complaint = order.open_complaint
    return complaint is None or (seat.side is Side.BUYER and complaint.state is ComplaintState.ANSWERED)


@policy
def can_answer_dispute(user: Any, seat: Seat, dispute: Dispute) -> bool:
    """The side that did not ask."""
    return sits(user, seat) and dispute.state is DisputeState.RAISED and dispute.side is not seat.side


@policy
def can_agree(user: Any, seat: Seat, dispute: Dispute) -> bool:
    """Each side, once for each proposal."""
    return sits(user, seat) and dispute.state is DisputeState.MEDIATED and dispute.said(seat.side) is None


@policy
def can_withdraw_dispute(user: Any, seat: Seat, dispute: Dispute) -> bool:
    """The side that asked."""
    return sits(user, seat) and dispute.is_open and dispute.side is seat.side


@policy
def can_carry_out(user: Any, seat: Seat, dispute: Dispute) -> bool:
    """The cooperative, once it is decided."""
    return sits_as_seller(user, seat) and dispute.state is DisputeState.DECIDED and dispute.done_at is None


@policy
def can_mediate(user: Any, dispute: Dispute) -> bool:
    """Officers of the alliance, while it is open."""
    return mediates(user) and dispute.is_open
