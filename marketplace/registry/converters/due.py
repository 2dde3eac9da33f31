"""Dues and their norms; partners and what they gave."""

from __future__ import annotations

from marketplace.foundation.web.converters import subject
from marketplace.registry import queries

DueByRef = subject(queries.due_by_ref)
DueNormById = subject(queries.due_norm_by_id, "id", "[0-9]{1,9}")
PartnerByRef = subject(queries.partner_by_ref)
HelpByRef = subject(queries.help_by_ref)
