"""Tables of hand-over."""

from marketplace.deliveries.models.delivery import Delivery, DeliveryCounter, DeliveryLine, DeliveryLot
from marketplace.deliveries.models.round import Round, RoundLoad, RoundStop
from marketplace.deliveries.models.way import (
    ClosedDays,
    DeliveryOption,
    FeeRule,
    OpenHours,
    PickupPoint,
    PointShare,
    Timetable,
)

__all__ = [
    "ClosedDays",
    "Delivery",
    "DeliveryCounter",
    "DeliveryLine",
    "DeliveryLot",
    "DeliveryOption",
    "FeeRule",
    "OpenHours",
    "PickupPoint",
    "PointShare",
    "Round",
    "RoundLoad",
    "RoundStop",
    "Timetable",
]
