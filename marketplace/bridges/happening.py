"""What happened at a fair, whatever it was, as the rules of deal paths take it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from marketplace.bridges.states import FromKind
from marketplace.fairs.meeting_states import MeetingState
from marketplace.fairs.models import Fair, FairDeal, FairLead, FairPass, Meeting
from marketplace.foundation.db import db


@dataclass(frozen=True, kw_only=True)
class Happening:
    """`cooperative_id` exhibited (nobody, of a visit), `organisation_id` bought where the fair knows it."""

    kind: FromKind
    id: int
    fair: Fair
    day: dt.date
    cooperative_id: int | None = None
    organisation_id: int | None = None


def of_lead(lead: FairLead) -> Happening:
    stand = lead.stand
    return Happening(
        kind=FromKind.LEAD,
        id=lead.id,
        fair=stand.fair,
        day=lead.met_on,
        cooperative_id=stand.application.cooperative_id,
    )


def of_meeting(meeting: Meeting) -> Happening:
    stand = meeting.exhibitor.stand
    assert stand is not None
    return Happening(
        kind=FromKind.MEETING,
        id=meeting.id,
        fair=meeting.round.fair,
        day=meeting.round.day,
        cooperative_id=stand.application.cooperative_id,
        organisation_id=meeting.buyer.organisation_id,
    )


def of_visit(fair_pass: FairPass) -> Happening:
    """A pass tells that somebody came; of which organisation, their membership says."""
    fair = fair_pass.fair
    return Happening(kind=FromKind.VISIT, id=fair_pass.id, fair=fair, day=fair.first_day)


def of_fair_deal(deal: FairDeal) -> Happening:
    stand = deal.stand
    return Happening(
        kind=FromKind.FAIR_DEAL,
        id=deal.id,
        fair=stand.fair,
        day=deal.signed_on,
        cooperative_id=stand.application.cooperative_id,
    )


_READ: dict[FromKind, tuple[Any, Callable[[Any], Happening]]] = {
    FromKind.LEAD: (FairLead, of_lead),
    FromKind.MEETING: (Meeting, of_meeting),
    FromKind.VISIT: (FairPass, of_visit),
    FromKind.FAIR_DEAL: (FairDeal, of_fair_deal),
}


def happening(kind: FromKind, id: int) -> Happening | None:
    """The same by its kind and number; a meeting that was called off did not happen."""
    model, read = _READ[kind]
    found = db.session.get(model, id)
    if found is None or (isinstance(found, Meeting) and found.state is MeetingState.CANCELLED):
        return None
    return read(found)
