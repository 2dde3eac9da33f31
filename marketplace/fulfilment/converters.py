"""Disputes, excuses and what belongs to them in URLs."""

from __future__ import annotations

from marketplace.foundation.web.converters import subject
from marketplace.fulfilment.queries import dispute

DisputedSlip = subject(dispute.slip_by_ref)
SlipDisputeByRef = subject(dispute.by_ref)
