"""Facts of contacts."""

from __future__ import annotations

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l


class LeadEvent(Event):
    """About one contact; `fair_id` is where it comes from, whatever becomes of it."""

    lead_id: int
    fair_id: int
    stand_id: int
    cooperative_id: int
    sentence = _l("Contact")
    about = {"stand": "stand_id"}


class LeadTaken(LeadEvent):
    sentence = _l("A contact was written down at the stand")


class LeadForgotten(LeadEvent):
    sentence = _l("A contact was forgotten, as they asked")
