"""Facts about deals that began at a fair."""

from __future__ import annotations

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l


class PathEvent(Event):
    path_id: int
    fair_id: int
    sentence = _l("Deal path")
    about = {"deal_path": "path_id"}


class PathBegan(PathEvent):
    sentence = _l("It was written down at which fair this deal began")


class LinkMade(PathEvent):
    link_id: int
    from_kind: str
    to_kind: str
    sentence = _l("Something that happened at the fair was linked to the deal")


class LinkRemoved(PathEvent):
    link_id: int
    words: str
    spoken = frozenset({"words"})
    sentence = _l("A link to the fair was removed: %(words)s")


class PathEnded(PathEvent):
    words: str
    spoken = frozenset({"words"})
    sentence = _l("The deal is no longer counted for the fair: %(words)s")


class OriginDoubted(PathEvent):
    side: str
    words: str
    spoken = frozenset({"words"})
    sentence = _l("A party objected: %(words)s")


class OriginConfirmed(PathEvent):
    words: str
    spoken = frozenset({"words"})
    sentence = _l("The alliance looked at the objection, and the deal stays with the fair: %(words)s")


class ContactInvited(Event):
    lead_id: int
    fair_id: int
    stand_id: int
    sentence = _l("A contact was asked to buy here")
    about = {"stand": "stand_id"}


class EvidenceEvent(Event):
    loan_id: int
    cooperative_id: int
    until: str
    sentence = _l("Contracts and settlements as evidence for a loan")
    about = {"loan": "loan_id", "cooperative": "cooperative_id"}


class EvidenceGiven(EvidenceEvent):
    purpose: str
    spoken = frozenset({"purpose"})
    sentence = _l("The cooperative lets its contracts be read for this loan until %(until)s: %(purpose)s")


class EvidenceWithdrawn(EvidenceEvent):
    sentence = _l("The cooperative no longer lets its contracts be read for this loan")
