"""What keeps a contract, in URLs."""

from __future__ import annotations

from typing import Any

from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation.web.converters import subject
from marketplace.fulfilment import queries
from marketplace.linkage.models import CallOff


def _call_for_seller(text: str, user: Any) -> CallOff | None:
    own = cooperatives.desk_cooperative(user)
    return queries.load.call_for_seller(text, own.id) if own is not None else None


SellersCall = subject(_call_for_seller)
"""For whoever brings goods for it: the seller, or a member of its pool."""
OwnLoad = subject(lambda text, user: queries.load.by_delivery_ref(text, user.organisation_ids))
Arrival = subject(lambda text, user: queries.load.arrival(text, user.organisation_ids))
AcceptanceByRef = subject(queries.acceptance.by_ref)
DisputedSlip = subject(queries.dispute.slip_by_ref)
SlipDisputeByRef = subject(queries.dispute.by_ref)
ExcuseByRef = subject(queries.shortfall.excuse_by_ref)
SlotRecordById = subject(queries.shortfall.slot_record_by_id, attribute="id", regex="[0-9]{1,9}")
WholeRecordById = subject(queries.shortfall.shortfall_by_id, attribute="id", regex="[0-9]{1,9}")
SettlementByRef = subject(queries.settlement.settlement_by_ref)
OwnPart = subject(queries.settlement.part_by_ref)
AdvanceByRef = subject(queries.settlement.advance_by_ref)
