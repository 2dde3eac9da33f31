"""What keeps a contract, in URLs."""

from __future__ import annotations

from marketplace.foundation.web.converters import subject
from marketplace.fulfilment.queries import dispute, settlement

DisputedSlip = subject(dispute.slip_by_ref)
SlipDisputeByRef = subject(dispute.by_ref)
SettlementByRef = subject(settlement.settlement_by_ref)
OwnPart = subject(settlement.part_by_ref)
AdvanceByRef = subject(settlement.advance_by_ref)
