"""What the targets board holds about people: which officer opened a period and typed in a figure of the province,
who wrote a paragraph of a report and issued it."""

from __future__ import annotations

from marketplace.accounts.holdings import did, keeps
from marketplace.insights.models import (
    PeriodReading,
    PeriodReport,
    ProvinceFigure,
    ReportParagraph,
    SteadyJudgement,
    TargetPeriod,
)

did(PeriodReport, "begun_by_id", "issued_by_id")
did(ProvinceFigure, "by_id")
did(ReportParagraph, "by_id")
did(SteadyJudgement, "by_id")
did(TargetPeriod, "opened_by_id")
keeps(PeriodReading, "sums of a period by their codes: nobody stands in them")
