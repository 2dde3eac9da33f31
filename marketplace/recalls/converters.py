"""Recalls and what buyers hold in URLs."""

from __future__ import annotations

from marketplace.foundation.web.converters import subject
from marketplace.recalls import queries

OwnRecall = subject(lambda text, user: queries.own_recall(text, user.organisation_ids))
RecallByRef = subject(lambda text, user: queries.recall_by_ref(text) if user.is_officer else None)
HoldingByRef = subject(lambda text, user: queries.holding_by_ref(text))
