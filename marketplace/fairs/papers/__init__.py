"""Papers of fairs, one noun per file."""

from marketplace.fairs.papers import catalogue, meeting, plan, sign
from marketplace.fairs.papers.fair_pass import BADGES, badges, code_drawn, drawn
from marketplace.fairs.papers.report import REPORT, report_sheet, shown

__all__ = [
    "BADGES",
    "REPORT",
    "badges",
    "catalogue",
    "code_drawn",
    "drawn",
    "meeting",
    "plan",
    "report_sheet",
    "shown",
    "sign",
]
