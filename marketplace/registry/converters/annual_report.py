"""Reports in URLs: one's own, and any for the office."""

from __future__ import annotations

from marketplace.foundation.web.converters import subject
from marketplace.registry import queries

OwnReport = subject(lambda text, user: queries.annual_report.own_report(text, user.organisation_ids))
AnyReport = subject(lambda text, user: queries.annual_report.report_by_ref(text) if user.is_officer else None)
