"""Grades, decisions and rules in URLs: for the office."""

from __future__ import annotations

from marketplace.foundation.web.converters import subject
from marketplace.registry import queries

AnyCase = subject(lambda text, user: queries.classification.case_by_ref(text) if user.is_officer else None)
AnyDecision = subject(
    lambda text, user: queries.classification.decision_by_ref(text) if user.is_officer else None
)
AnyScheme = subject(lambda text, user: queries.scheme.scheme_by_ref(text) if user.is_officer else None)
AnySizeRules = subject(lambda text, user: queries.size_class.rules_by_ref(text) if user.is_officer else None)
