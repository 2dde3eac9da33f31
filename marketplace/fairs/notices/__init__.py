"""What fairs write to people."""

from marketplace.fairs.notices.fair_pass import visit_pass

__all__ = ["visit_pass"]
