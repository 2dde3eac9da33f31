"""Courses in URLs."""

from __future__ import annotations

from marketplace.foundation.web.converters import subject
from marketplace.programmes import queries

ShownCourse = subject(queries.shown_course, attribute="slug")
AnyCourse = subject(queries.any_course, attribute="slug")
