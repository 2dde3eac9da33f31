"""Words for what happens to an order after both sides agreed, as filters of the templates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from marketplace.foundation.words import _
from marketplace.orders import on_account
from marketplace.orders.proposal import Place
from marketplace.orders.states import (
    CANCEL_LABELS,
    CHANGE_LABELS,
    CHANGE_TONES,
    COMPLAINT_LABELS,
    COMPLAINT_TONES,
    DISPUTE_LABELS,
    DISPUTE_TONES,
    INVOICE_LABELS,
    METHOD_LABELS,
    WEIGHING_LABELS,
    WEIGHING_TONES,
)
from marketplace.places import queries as places


def place_told(place: Any) -> str:
    """An address in a line: as it was typed, or as it was kept."""
    return place.told if isinstance(place, Place) else places.label(place)


def asks_for(kind: str) -> str:
    """What waits for the cooperative's answer."""
    return {
        "change": _("would like to change the order"),
        "complaint": _("reports a problem with the goods"),
        "dispute": _("asked the alliance to mediate"),
    }[kind]


FILTERS: dict[str, Callable[..., Any]] = {
    "invoice_label": INVOICE_LABELS.__getitem__,
    "asks_for": asks_for,
    "cancel_reason": CANCEL_LABELS.__getitem__,
    "change_label": CHANGE_LABELS.__getitem__,
    "change_tone": CHANGE_TONES.__getitem__,
    "complaint_label": COMPLAINT_LABELS.__getitem__,
    "complaint_tone": COMPLAINT_TONES.__getitem__,
    "dispute_label": DISPUTE_LABELS.__getitem__,
    "dispute_tone": DISPUTE_TONES.__getitem__,
    "method_label": METHOD_LABELS.__getitem__,
    "on_account": lambda order: on_account.holds_credit(order.id),
    "place_told": place_told,
    "weighing_label": WEIGHING_LABELS.__getitem__,
    "weighing_tone": WEIGHING_TONES.__getitem__,
}
