"""Verbs of the registry, one noun per file: `services.annual_report.submit(…)`."""

from marketplace.registry.services import annual_report, classification, scheme, size_class

__all__ = ["annual_report", "classification", "scheme", "size_class"]
