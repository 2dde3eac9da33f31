"""Facts about partners and what they gave."""

from __future__ import annotations

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l


class PartnerEntered(Event):
    partner_id: int
    words: str
    sentence = _l("Partner entered: %(words)s")
    about = {"partner": "partner_id"}


class HelpFact(Event):
    """`activity` is what it was for."""

    partner_id: int
    help_id: int
    cooperative_id: int | None
    activity: str
    sentence = _l("Help from a partner: %(activity)s")
    about = {"partner": "partner_id", "cooperative": "cooperative_id"}


class HelpEntered(HelpFact):
    sentence = _l("Help from a partner entered: %(activity)s")


class HelpWithdrawn(HelpFact):
    words: str
    sentence = _l("Entry of a partner's help withdrawn: %(activity)s. %(words)s")
