"""An order's life. Payment and fulfilment are other axes, told by payments and deliveries."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l

PURPOSE = "order"
"""Of its charge, and the kind of sale of its deliveries."""


class OrderState(StrEnum):
    PLACED = "placed"
    COUNTERED = "countered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"
    COMPLETED = "completed"


S = OrderState
order_lifecycle = Lifecycle(
    "order",
    move("accept", S.PLACED, to=S.ACCEPTED),
    move("counter", S.PLACED, to=S.COUNTERED),
    move("refuse", S.PLACED, to=S.REFUSED),
    move("confirm_counter", S.COUNTERED, to=S.ACCEPTED),
    move("withdraw", S.PLACED, S.COUNTERED, to=S.WITHDRAWN),
    move("lapse", S.PLACED, S.COUNTERED, to=S.LAPSED),
    move("cancel", S.ACCEPTED, to=S.CANCELLED),
    move("complete", S.ACCEPTED, to=S.COMPLETED),
)

LIVE = (S.PLACED, S.COUNTERED, S.ACCEPTED)
ENDED_UNSOLD = (S.REFUSED, S.WITHDRAWN, S.LAPSED, S.CANCELLED)

ORDER_LABELS = {
    S.PLACED: _l("Waiting for the cooperative's answer"),
    S.COUNTERED: _l("The cooperative offers less"),
    S.ACCEPTED: _l("Accepted by the cooperative"),
    S.REFUSED: _l("Refused by the cooperative"),
    S.WITHDRAWN: _l("Withdrawn by the buyer"),
    S.LAPSED: _l("Lapsed: no answer in time"),
    S.CANCELLED: _l("Cancelled"),
    S.COMPLETED: _l("Completed"),
}

ORDER_TONES = {
    S.PLACED: "wait",
    S.COUNTERED: "wait",
    S.ACCEPTED: "ok",
    S.REFUSED: "bad",
    S.WITHDRAWN: "bad",
    S.LAPSED: "bad",
    S.CANCELLED: "bad",
    S.COMPLETED: "ok",
}


class AnswerKind(StrEnum):
    """What either side said about an order: rows, never edits."""

    ACCEPTANCE = "acceptance"
    COUNTER = "counter"
    REFUSAL = "refusal"
    COUNTER_CONFIRMED = "counter_confirmed"
    WITHDRAWAL = "withdrawal"
    LAPSE = "lapse"


class RefusalReason(StrEnum):
    SOLD_OUT = "sold_out"
    NOT_RIPE = "not_ripe"
    QUALITY = "quality"
    TOO_FAR = "too_far"
    PRICE = "price"
    WEATHER = "weather"
    OTHER = "other"


REASON_LABELS = {
    RefusalReason.SOLD_OUT: _l("Sold out"),
    RefusalReason.NOT_RIPE: _l("Not ready for harvest yet"),
    RefusalReason.QUALITY: _l("Not good enough to send"),
    RefusalReason.TOO_FAR: _l("We cannot deliver there"),
    RefusalReason.PRICE: _l("The price has changed"),
    RefusalReason.WEATHER: _l("Rain, storm or flood"),
    RefusalReason.OTHER: _l("Another reason"),
}


class Method(StrEnum):
    """How the buyer chose to pay."""

    TRANSFER = "transfer"
    CASH = "cod"
    CARD = "card"


METHOD_LABELS = {
    Method.TRANSFER: _l("Bank transfer by VietQR"),
    Method.CASH: _l("Cash on delivery"),
    Method.CARD: _l("Card, on the card company's page"),
}
