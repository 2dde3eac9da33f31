"""What is printed for fairs."""

from marketplace.fairs.papers.fair_pass import BADGES, badges, code_drawn, drawn

__all__ = ["BADGES", "badges", "code_drawn", "drawn"]
