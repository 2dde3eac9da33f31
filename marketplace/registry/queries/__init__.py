"""Reading the registry of a lifetime, one noun per file: `queries.annual_report.report_of(…)`."""

from marketplace.registry.queries import (
    annual_report,
    board,
    classification,
    obliged,
    scheme,
    size_class,
    story,
)

__all__ = ["annual_report", "board", "classification", "obliged", "scheme", "size_class", "story"]
