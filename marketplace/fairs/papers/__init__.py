"""What fairs print, one noun per file."""

from marketplace.fairs.papers.report import REPORT, report_sheet, shown

__all__ = ["REPORT", "report_sheet", "shown"]
