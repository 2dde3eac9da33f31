"""Calls and applications in URLs: the office's, and a reviewer's."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.web.converters import subject
from marketplace.selection import queries
from marketplace.selection.models import EligibilityRule, PreferenceRule

NUMBER = "[0-9]{1,9}"


def _rule(text: str, user: Any) -> EligibilityRule | None:
    return queries.rule(int(text)) if user.is_authenticated and user.is_officer else None


def _step(text: str, user: Any) -> PreferenceRule | None:
    return queries.preference_rule(int(text)) if user.is_authenticated and user.is_officer else None


AnyCall = subject(queries.any_call)
OfficeApplication = subject(queries.for_office)
ReviewedApplication = subject(queries.for_reviewer)
RuleById = subject(_rule, "id", NUMBER)
StepById = subject(_step, "id", NUMBER)
