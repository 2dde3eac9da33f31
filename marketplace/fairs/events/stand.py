"""Facts about stands, swaps and waiting lists."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l, pick


class StandEvent(Event):
    """About the stand of one applicant; `booths` are their numbers, "A01, A02"."""

    stand_id: int
    fair_id: int
    application_id: int
    booths: str
    sentence = _l("Stand")
    about = {"stand": "stand_id", "fair": "fair_id", "application": "application_id"}


class StandOffered(StandEvent):
    sentence = _l("Booth %(booths)s offered")


class StandConfirmed(StandEvent):
    sentence = _l("Booth %(booths)s confirmed")


class StandDeclined(StandEvent):
    words: str
    sentence = _l("Booth %(booths)s declined. %(words)s")


class StandExpired(StandEvent):
    sentence = _l("Booth %(booths)s was not answered in time and is free again")


class OfferShortened(StandEvent):
    """The fair begins earlier than its answer was due; `until` is the last moment now."""

    until: str
    sentence = _l("Booth %(booths)s has to be answered sooner: by %(until)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        until = dt.datetime.fromisoformat(data["until"])
        return {**data, "until": formats.date_time(until, locale())}


class StandReleased(StandEvent):
    words: str
    sentence = _l("Booth %(booths)s given up. %(words)s")


class StandMoved(StandEvent):
    """`was` are the numbers before."""

    was: str
    words: str
    sentence = _l("Moved from booth %(was)s to %(booths)s. %(words)s")


class WhySupport(StandEvent):
    """`words` say why, in each language."""

    words: dict[str, str]

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "words": pick(data["words"]["vi"], data["words"]["en"])}


class SupportNotPromised(WhySupport):
    """They asked for support, and none could be promised."""

    sentence = _l("No support could be promised: %(words)s")


class SupportOutlivesStand(WhySupport):
    """The stand was given up, but its promise of support stands."""

    grant_id: int
    sentence = _l("The stand was given up, but support for it still stands: %(words)s")


class SwapEvent(StandEvent):
    """`other_id` is the other stand, `theirs` the numbers of its booths."""

    swap_id: int
    other_id: int
    other_application_id: int
    theirs: str
    sentence = _l("Exchange")
    about = {
        "stand": "stand_id",
        "other_stand": "other_id",
        "fair": "fair_id",
        "application": "application_id",
        "other_application": "other_application_id",
    }


class SwapAsked(SwapEvent):
    words: str
    sentence = _l("Asked to exchange booth %(booths)s for %(theirs)s. %(words)s")


class SwapDone(SwapEvent):
    sentence = _l("Exchanged: booth %(booths)s for %(theirs)s")


class SwapDeclined(SwapEvent):
    sentence = _l("The exchange of booth %(booths)s for %(theirs)s was declined")


class SwapTakenBack(SwapEvent):
    sentence = _l("The exchange of booth %(booths)s for %(theirs)s was taken back")


class WaitingEvent(Event):
    """About a place on the waiting list, or on the list for a better booth."""

    entry_id: int
    fair_id: int
    application_id: int
    sentence = _l("Waiting list")
    about = {"fair": "fair_id", "application": "application_id"}


class WaitingListed(WaitingEvent):
    kind_of_list: str
    place: int
    sentence = _l("Put on the waiting list at place %(place)s")


class RelocationOffered(WaitingEvent):
    booths: str
    sentence = _l("Booth %(booths)s offered as a better one")


class WaitingEnded(WaitingEvent):
    """`how` is the state it ended in."""

    how: str
    sentence = _l("Off the waiting list")
