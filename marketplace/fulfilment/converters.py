"""Sheets, parts and what was given ahead in URLs."""

from __future__ import annotations

from marketplace.foundation.web.converters import subject
from marketplace.fulfilment.queries import settlement

SettlementByRef = subject(settlement.settlement_by_ref)
OwnPart = subject(settlement.part_by_ref)
AdvanceByRef = subject(settlement.advance_by_ref)
