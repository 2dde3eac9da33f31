"""Facts of support."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l


def _in_words(data: dict[str, Any]) -> dict[str, Any]:
    """Sums and sources as people read them."""
    from marketplace.support.states import SOURCE_LABELS, SupportSource

    told = dict(data)
    if "amount" in data:
        told["amount"] = formats.vnd(Money(data["amount"]), locale())
    if "source" in data:
        told["source"] = SOURCE_LABELS[SupportSource(data["source"])]
    return told


class NormEvent(Event):
    norm_id: int
    sentence = _l("Norm of support")
    about = {"support_norm": "norm_id"}


class NormAdded(NormEvent):
    sentence = _l("Norm added")


class NormChanged(NormEvent):
    sentence = _l("Norm changed before it was used")


class NormEnded(NormEvent):
    until: str
    sentence = _l("Norm ended on %(until)s")


class SupportBudgetSet(Event):
    budget_id: int
    source: str
    amount: int
    sentence = _l("%(source)s: %(amount)s planned")
    about = {"support_budget": "budget_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return _in_words(data)


class GrantEvent(Event):
    """About what was promised."""

    grant_id: int
    cooperative_id: int
    sentence = _l("Support")
    about = {"support_grant": "grant_id", "cooperative": "cooperative_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return _in_words(data)


class SupportGranted(GrantEvent):
    amount: int
    sentence = _l("Support of %(amount)s promised")


class SupportWithdrawn(GrantEvent):
    words: str
    sentence = _l("The promise of support was withdrawn. Reason: %(words)s")


class ClaimEvent(Event):
    """About one claim; its history and that of its promise tell it."""

    claim_id: int
    grant_id: int
    sentence = _l("Claim of support")
    about = {"support_claim": "claim_id", "support_grant": "grant_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return _in_words(data)


class ClaimDrafted(ClaimEvent):
    sentence = _l("Claim begun")


class ClaimPaperAdded(ClaimEvent):
    sentence = _l("Paper added to the claim")


class ClaimPaperRemoved(ClaimEvent):
    sentence = _l("Paper taken off the claim")


class ClaimSubmitted(ClaimEvent):
    sentence = _l("Claim handed in")


class ClaimTold(ClaimSubmitted):
    """By phone: `who` called, and an officer wrote it down."""

    who: str
    sentence = _l("Claim told by %(who)s, written down by the alliance")


class ClaimSentBack(ClaimEvent):
    words: str
    sentence = _l("More was asked for: %(words)s")


class ClaimVerified(ClaimEvent):
    sentence = _l("Costs and papers verified")


class ClaimApproved(ClaimEvent):
    amount: int
    sentence = _l("%(amount)s approved")


class ClaimDeclined(ClaimEvent):
    words: str
    sentence = _l("Claim declined. Reason: %(words)s")


class SupportPaid(ClaimEvent):
    amount: int
    source: str
    sentence = _l("%(amount)s paid (%(source)s)")


class SupportReturned(ClaimEvent):
    amount: int
    source: str
    sentence = _l("%(amount)s given back (%(source)s)")


class ClaimSettled(ClaimEvent):
    sentence = _l("All that was approved is paid")
