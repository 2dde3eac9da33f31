"""Reports in URLs."""

from __future__ import annotations

from marketplace.foundation.web.converters import subject
from marketplace.insights import queries

AnyReport = subject(queries.report_for_office)
