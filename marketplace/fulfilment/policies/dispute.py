"""Who may object to a slip, answer, let the alliance decide; who mediates."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk
from marketplace.foundation.policy import policy
from marketplace.fulfilment.models import Acceptance, SlipDispute
from marketplace.fulfilment.queries.dispute import may_be_raised, side_in
from marketplace.fulfilment.states.dispute import SlipDisputeState, StepKind, Turn
from marketplace.linkage.states.contract import PARTIES, ContractSide

mediates_slips = at_desk(Desk.TRADE)


@policy
def stands_at_slip(user: Any, acceptance: Acceptance) -> bool:
    """Either side of it."""
    return side_in(user, acceptance) in PARTIES


@policy
def disputes_slip(user: Any, acceptance: Acceptance) -> bool:
    """A side that still has time to object."""
    side = side_in(user, acceptance)
    return side in PARTIES and may_be_raised(acceptance, side)


@policy
def reads_slip_dispute(user: Any, dispute: SlipDispute) -> bool:
    return side_in(user, dispute.acceptance) is not None


@policy
def answers_slip_dispute(user: Any, dispute: SlipDispute) -> bool:
    """The other side, once."""
    return dispute.state is SlipDisputeState.RAISED and side_in(user, dispute.acceptance) is dispute.other


@policy
def grants_slip_dispute(user: Any, dispute: SlipDispute) -> bool:
    """The other side may say at any time that the claim is right."""
    return dispute.is_open and side_in(user, dispute.acceptance) is dispute.other


@policy
def takes_slip_offer(user: Any, dispute: SlipDispute) -> bool:
    """Whoever raised it, when the other side offered something."""
    offered = dispute.last(StepKind.OFFER) is not None
    return dispute.is_open and offered and side_in(user, dispute.acceptance) is dispute.side


@policy
def brings_slip_dispute(user: Any, dispute: SlipDispute) -> bool:
    """Either side, once it is answered, before the alliance has it."""
    answered = dispute.state is SlipDisputeState.ANSWERED and dispute.turn is Turn.RAISER
    return answered and side_in(user, dispute.acceptance) in PARTIES


@policy
def lets_alliance_decide(user: Any, dispute: SlipDispute) -> bool:
    side = side_in(user, dispute.acceptance)
    return dispute.is_open and side in PARTIES and not dispute.consented(side)


@policy
def says_to_proposal(user: Any, dispute: SlipDispute) -> bool:
    """Each side, once for each proposal."""
    side = side_in(user, dispute.acceptance)
    return dispute.is_open and dispute.turn is Turn.BOTH and side in PARTIES and dispute.said(side) is None


@policy
def withdraws_slip_dispute(user: Any, dispute: SlipDispute) -> bool:
    return dispute.is_open and side_in(user, dispute.acceptance) is dispute.side


@policy
def mediates_slip_dispute(user: Any, dispute: SlipDispute) -> bool:
    """An officer who stands on neither side, once the other side was heard."""
    heard = dispute.state in (SlipDisputeState.ANSWERED, SlipDisputeState.MEDIATED)
    return heard and side_in(user, dispute.acceptance) is ContractSide.OFFICE


@policy
def decides_slip_dispute(user: Any, dispute: SlipDispute) -> bool:
    """Only where both sides let the alliance decide."""
    heard = dispute.state in (SlipDisputeState.ANSWERED, SlipDisputeState.MEDIATED)
    office = side_in(user, dispute.acceptance) is ContractSide.OFFICE
    return heard and office and dispute.may_be_decided
