"""Facts of plans."""

from __future__ import annotations

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l


class PlanEvent(Event):
    """About the plan of one fair."""

    fair_id: int
    sentence = _l("Plan")
    about = {"fair": "fair_id"}


class HallMade(PlanEvent):
    name: str
    sentence = _l("Hall %(name)s drawn")


class HallChanged(PlanEvent):
    name: str
    sentence = _l("Hall %(name)s changed")


class HallRemoved(PlanEvent):
    name: str
    sentence = _l("Hall %(name)s taken off the plan")


class ZoneMade(PlanEvent):
    code: str
    sentence = _l("Zone %(code)s made")


class ZoneChanged(PlanEvent):
    code: str
    sentence = _l("Zone %(code)s changed")


class ZoneRemoved(PlanEvent):
    code: str
    sentence = _l("Zone %(code)s taken off the plan")


class BoothsDrawn(PlanEvent):
    """How many booths of a hall were added, changed and removed in one go."""

    hall_id: int
    name: str
    added: int
    changed: int
    removed: int
    sentence = _l("%(name)s: %(added)s booths added, %(changed)s changed, %(removed)s removed")


class HeldBoothChanged(PlanEvent):
    """A booth that somebody holds or wishes for has another place or number: they should know."""

    booth_id: int
    was: str
    now: str
    moved: bool
    sentence = _l("Booth %(was)s, which somebody holds or wishes for, moved or is now called %(now)s")
    about = {"fair": "fair_id", "booth": "booth_id"}


class PlanCopied(PlanEvent):
    source_id: int
    booths: int
    sentence = _l("Plan copied from another fair: %(booths)s booths")
