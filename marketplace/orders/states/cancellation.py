"""Why an agreed order is called off."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.words import _l
from marketplace.orders.states.side import Side


class CancelReason(StrEnum):
    NOT_NEEDED = "not_needed"
    ORDERED_WRONG = "ordered_wrong"
    TOO_LATE = "too_late"
    NOT_RIPE = "not_ripe"
    QUALITY = "quality"
    WEATHER = "weather"
    CANNOT_DELIVER = "cannot_deliver"
    NOT_PAID = "not_paid"
    WEIGHT = "weight"
    OTHER = "other"


R = CancelReason
CANCEL_LABELS = {
    R.NOT_NEEDED: _l("No longer needed"),
    R.ORDERED_WRONG: _l("Something was ordered wrong"),
    R.TOO_LATE: _l("It would arrive too late"),
    R.NOT_RIPE: _l("The harvest is not enough"),
    R.QUALITY: _l("The goods are not good enough to send"),
    R.WEATHER: _l("Rain, storm or flood"),
    R.CANNOT_DELIVER: _l("Nobody can bring it there"),
    R.NOT_PAID: _l("The money did not come"),
    R.WEIGHT: _l("The buyer did not want the goods at their weight"),
    R.OTHER: _l("Another reason"),
}

CANCEL_REASONS = {
    Side.BUYER: (R.NOT_NEEDED, R.ORDERED_WRONG, R.TOO_LATE, R.OTHER),
    Side.SELLER: (R.NOT_RIPE, R.QUALITY, R.WEATHER, R.CANNOT_DELIVER, R.NOT_PAID, R.OTHER),
}
