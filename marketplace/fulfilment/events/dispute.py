"""Facts of disputes about slips of acceptance."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.events import Event
from marketplace.foundation.words import _, _l
from marketplace.linkage.states.contract import SIDE_LABELS, ContractSide


class SlipDisputeEvent(Event):
    """About one dispute; `side` did it: seller, buyer, office, or nobody (the clock)."""

    dispute_id: int
    acceptance_id: int
    contract_id: int
    side: str
    sentence = _l("Dispute about a slip")
    about = {"slip_dispute": "dispute_id"}
    spoken = frozenset({"words"})

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        side = data["side"]
        who = (
            _("The alliance") if side == ContractSide.OFFICE or not side else SIDE_LABELS[ContractSide(side)]
        )
        return {**data, "who": str(who)}


class SlipDisputeRaised(SlipDisputeEvent):
    words: str
    sentence = _l("%(who)s does not agree with the slip. %(words)s")


class SlipDisputeAnswered(SlipDisputeEvent):
    words: str
    sentence = _l("%(who)s answered. %(words)s")


class SlipDisputeBrought(SlipDisputeEvent):
    words: str
    sentence = _l("%(who)s asked the alliance to help. %(words)s")


class SlipDisputeConsented(SlipDisputeEvent):
    sentence = _l("%(who)s lets the alliance decide")


class SlipDisputeMediated(SlipDisputeEvent):
    words: str
    sentence = _l("The alliance looked at it. %(words)s")


class SlipDisputeProposed(SlipDisputeEvent):
    words: str
    sentence = _l("The alliance proposed how it should count. %(words)s")


class SlipDisputeSpoken(SlipDisputeEvent):
    """A yes or a no to a proposal."""

    yes: bool
    words: str
    sentence = _l("%(who)s %(said)s to the proposal. %(words)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        told = super().shape(data)
        return {**told, "said": _("said yes") if data["yes"] else _("said no")}


class SlipDisputeAgreed(SlipDisputeEvent):
    sentence = _l("Both agreed: the slip was corrected")


class SlipDisputeDecided(SlipDisputeEvent):
    words: str
    sentence = _l("The alliance decided, as both had wished: the slip was corrected. %(words)s")


class SlipDisputeStood(SlipDisputeEvent):
    sentence = _l("Nobody answered in time: the claim stands and the slip was corrected")


class SlipDisputeWithdrawn(SlipDisputeEvent):
    sentence = _l("%(who)s took the dispute back: the slip counts as it was")


class SlipDisputeLapsed(SlipDisputeEvent):
    sentence = _l("Whoever raised it let the time pass: the slip counts as it was")
