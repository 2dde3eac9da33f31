"""What addresses of cards name."""

from __future__ import annotations

from marketplace.cards import queries
from marketplace.foundation.web.converters import subject

EventById = subject(lambda text, user: queries.event_by_id(text) if user.is_officer else None, attribute="id")
OwnRefund = subject(lambda text, user: queries.own_refund(text, user.organisation_ids))
OrganisationByRef = subject(lambda text, user: queries.organisation_by_ref(text) if user.is_officer else None)
