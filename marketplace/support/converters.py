"""Norms, promises, claims and their papers in URLs."""

from __future__ import annotations

from marketplace.foundation.web.converters import subject
from marketplace.support import queries

NormByRef = subject(queries.norm_by_ref)
OwnGrant = subject(lambda text, user: queries.own_grant(text, user.organisation_ids))
GrantByRef = subject(queries.office_grant)
OwnClaim = subject(lambda text, user: queries.own_claim(text, user.organisation_ids))
ClaimByRef = subject(queries.office_claim)
PaperByRef = subject(queries.paper_by_ref)
