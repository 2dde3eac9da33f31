"""What an officer wrote down about deliveries, shown to the cooperative that sends them: right, or wrong?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from marketplace.deliveries.models import Delivery
from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.inbox import services as inbox

DELIVERY = "delivery"


def note_ready(delivery: Delivery, told_by: str, by: Any) -> None:
    _note(
        delivery,
        "ready",
        lambda: _(
            "a load is ready for %(buyer)s: %(goods)s, on %(day)s",
            goods=_goods(delivery, "accepted"),
            day=formats.date(delivery.due_on, locale()),
            **_told(delivery),
        ),
        told_by,
        by,
    )


def note_weighed(delivery: Delivery, told_by: str, by: Any) -> None:
    _note(
        delivery,
        "weighed",
        lambda: _("you weighed the goods for %(buyer)s (slip %(number)s)", **_told(delivery)),
        told_by,
        by,
    )


def note_left(delivery: Delivery, told_by: str, by: Any) -> None:
    _note(
        delivery,
        "left",
        lambda: _(
            "you sent %(goods)s to %(buyer)s (slip %(number)s)",
            goods=_goods(delivery, "dispatched"),
            **_told(delivery),
        ),
        told_by,
        by,
    )


def note_taken(delivery: Delivery, told_by: str, by: Any) -> None:
    _note(
        delivery,
        "taken",
        lambda: _(
            "%(buyer)s took %(goods)s from you (slip %(number)s)",
            goods=_goods(delivery, "received"),
            **_told(delivery),
        ),
        told_by,
        by,
    )


def _note(delivery: Delivery, turn: str, what: Callable[[], str], told_by: str, by: Any) -> None:
    """What was written down before need not be answered any more: this tells what became of it."""
    inbox.overtake(kind=DELIVERY, subject_id=delivery.id)
    inbox.write_down(
        kind=DELIVERY,
        subject_id=delivery.id,
        turn=turn,
        organisation_id=delivery.cooperative.organisation_id,
        what=what,
        told_by=told_by,
        url=f"/desk/deliveries/{delivery.ref}",
        office_url=f"/office/deliveries/{delivery.ref}",
        by=by,
    )


def _told(delivery: Delivery) -> dict[str, str]:
    return {"buyer": delivery.contact_name, "number": delivery.number}


def _goods(delivery: Delivery, quantity: str) -> str:
    parts = [(getattr(line, quantity), line) for line in delivery.lines]
    return ", ".join(
        f"{formats.amount(much, line.unit, locale())} {line.name}" for much, line in parts if much
    )
