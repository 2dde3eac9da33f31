"""Advice in URLs."""

from __future__ import annotations

from marketplace.foundation.web.converters import subject
from marketplace.programmes import queries

AnyAdvice = subject(queries.advice.for_office)
