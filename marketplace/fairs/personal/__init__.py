"""What fairs hold about people."""

from marketplace.fairs.personal import allocation, application, fair, fair_pass, meeting, result, stand

__all__ = ["allocation", "application", "fair", "fair_pass", "meeting", "result", "stand"]
