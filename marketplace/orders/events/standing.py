"""Facts of standing orders."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.orders.states import SKIP_LABELS, ExceptionKind, SkipReason


class StandingEvent(Event):
    """A fact about one standing order."""

    standing_id: int
    sentence = _l("Standing order")
    about = {"standing_order": "standing_id"}


class StandingDayEvent(StandingEvent):
    """A fact about a day of it, written as 2027-02-05."""

    day: str
    sentence = _l("Standing order, %(day)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        day = (
            formats.date(dt.date.fromisoformat(data["day"]), locale())
            if data["day"]
            else _("somebody goes on")
        )
        return {**data, "day": day}


class StandingStarted(StandingDayEvent):
    sentence = _l("Standing order begun, from %(day)s on")


class StandingChanged(StandingDayEvent):
    sentence = _l("Changed for good, from %(day)s on")


class StandingPaused(StandingDayEvent):
    sentence = _l("Paused until %(day)s")


class StandingResumed(StandingEvent):
    sentence = _l("Goes on")


class StandingLostDepot(StandingEvent):
    """`depot` is what the depot was called."""

    depot: str
    sentence = _l("Paused: the depot %(depot)s is no longer used")


class StandingEnded(StandingEvent):
    sentence = _l("Standing order ended")


class StandingDateChanged(StandingDayEvent):
    wish: str
    sentence = _l("%(day)s: %(what)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        what = {
            ExceptionKind.SKIP: _("nothing on this day"),
            ExceptionKind.OTHER: _("another quantity on this day"),
            ExceptionKind.USUAL: _("as usual again"),
        }
        return {**super().shape(data), "what": what[ExceptionKind(data["wish"])]}


class StandingOrdered(StandingDayEvent):
    run_id: int
    order_id: int
    sentence = _l("Ordered for %(day)s by the standing order")
    about = {"standing_order": "standing_id", "order": "order_id"}


class StandingAsked(StandingDayEvent):
    run_id: int
    sentence = _l("The price for %(day)s rose: the buyer is asked")


class StandingAboveLimit(StandingDayEvent):
    run_id: int
    sentence = _l("The sum for %(day)s is above a limit: somebody who may approve is asked")


class StandingSkipped(StandingDayEvent):
    run_id: int
    reason: str
    sentence = _l("Nothing is ordered for %(day)s: %(why)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**super().shape(data), "why": str(SKIP_LABELS[SkipReason(data["reason"])])}
