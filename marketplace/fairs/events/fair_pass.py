"""Facts about passes: who was let in to come, never what they are called."""

from __future__ import annotations

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l


class PassEvent(Event):
    """About one pass of a fair."""

    pass_id: int
    fair_id: int
    serial: int
    sentence = _l("Pass %(serial)s")
    about = {"fair_pass": "pass_id"}


class PassMade(PassEvent):
    sentence = _l("Pass %(serial)s was made")


class PassRevoked(PassEvent):
    words: str
    sentence = _l("Pass %(serial)s was revoked: %(words)s")


class PassesRevoked(Event):
    """All that were good, because the fair does not take place."""

    fair_id: int
    count: int
    words: str
    sentence = _l("%(count)s passes were revoked: %(words)s")
    about = {"fair": "fair_id"}


class VisitorRegistered(PassEvent):
    sentence = _l("Somebody registered to come and got pass %(serial)s")


class ArrivalPlanned(Event):
    stand_id: int
    sentence = _l("The exhibitor said when they come")
    about = {"stand": "stand_id"}
