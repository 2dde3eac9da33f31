"""What was written down for somebody, in URLs."""

from __future__ import annotations

from marketplace.foundation.web.converters import subject
from marketplace.inbox import queries

OwnEntry = subject(queries.own_entry)
AnyEntry = subject(queries.office_entry)
