"""Merges of records."""

from __future__ import annotations

from marketplace.foundation.web.converters import subject
from marketplace.registry import queries

MergeByRef = subject(queries.merge_by_ref)
