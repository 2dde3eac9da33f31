"""Rows of a life."""

from __future__ import annotations

from marketplace.foundation.web.converters import subject
from marketplace.registry import queries

NUMBER = "[0-9]{1,9}"
LifeEventByRef = subject(queries.life_event_by_ref)
OfficerByRef = subject(queries.officer_by_ref)
MembershipById = subject(queries.membership_by_id, "id", NUMBER)
RecognitionByRef = subject(queries.recognition_by_ref)
