"""Programmes in URLs, one noun per file."""

from marketplace.programmes.converters.course import (
    AnyCourse,
    ShownCourse,
)

__all__ = ["AnyCourse", "ShownCourse"]
