"""A queue in the URL is one that this officer may see."""

from __future__ import annotations

from marketplace.foundation.web.converters import subject
from marketplace.worklist import queries

QueueByKey = subject(queries.queue_by_key, "key", "[a-z0-9-]{1,40}")
RunByRef = subject(queries.run_for_office)
