"""Fairs in URLs."""

from __future__ import annotations

from marketplace.fairs import queries
from marketplace.foundation.web.converters import subject

ShownFair = subject(queries.shown_fair, attribute="slug")
AnyFair = subject(queries.any_fair, attribute="slug")
AnyRun = subject(queries.any_run)
