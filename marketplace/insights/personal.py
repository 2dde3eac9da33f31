"""What the targets board holds about people: which officer opened a period and typed in a figure of the province."""

from __future__ import annotations

from marketplace.accounts.holdings import did
from marketplace.insights.models import ProvinceFigure, TargetPeriod

did(ProvinceFigure, "by_id")
did(TargetPeriod, "opened_by_id")
