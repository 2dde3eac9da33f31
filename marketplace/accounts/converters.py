"""A person in the URL, for officers only."""

from __future__ import annotations

from marketplace.accounts import queries
from marketplace.foundation.web.converters import subject

PersonByRef = subject(lambda text, user: queries.person_by_ref(text) if user.is_officer else None)

TrailExportByRef = subject(lambda text, user: queries.trail_export_by_ref(text) if user.is_officer else None)

ApprovalByRef = subject(lambda text, user: queries.approval_by_ref(text) if user.is_officer else None)
