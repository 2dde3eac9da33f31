"""What we write about orders: one file per noun, one function per letter."""

from marketplace.orders.notices import (
    cancellation,
    change,
    complaint,
    deposit,
    dispute,
    message,
    method,
    order,
    purchase_request,
    standing,
    weighing,
)

__all__ = [
    "cancellation",
    "change",
    "complaint",
    "deposit",
    "dispute",
    "message",
    "method",
    "order",
    "purchase_request",
    "standing",
    "weighing",
]
