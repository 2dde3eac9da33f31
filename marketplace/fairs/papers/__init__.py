"""Papers of fairs, one noun per file."""

from marketplace.fairs.papers import (plan, )
from marketplace.fairs.papers.fair_pass import (BADGES, badges, code_drawn, drawn, )
from marketplace.fairs.papers.report import (REPORT, report_sheet, shown, )

__all__ = ["BADGES", "REPORT", "badges", "code_drawn", "drawn", "plan", "report_sheet", "shown"]
