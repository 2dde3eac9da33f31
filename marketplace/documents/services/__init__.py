"""Verbs of papers."""

from marketplace.documents.services.issue import issue

__all__ = ["issue"]
