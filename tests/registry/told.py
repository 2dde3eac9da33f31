"""Reports and grades for tests: through the services, as people would make them."""

from __future__ import annotations

from typing import Any

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.money import Money
from marketplace.registry import services
from marketplace.registry.models import AnnualReport
from marketplace.selection.states import Entered

MILLION = 1_000_000
FIGURES: dict[str, Any] = {
    "members_start": 40,
    "members_end": 42,
    "workers": 12,
    "revenue_total": Money(5_000 * MILLION),
    "revenue_with_members": Money(3_200 * MILLION),
    "cost": Money(4_600 * MILLION),
    "profit_before_tax": Money(400 * MILLION),
    "profit_after_tax": Money(340 * MILLION),
    "total_assets": Money(6_000 * MILLION),
    "undivided_assets": Money(900 * MILLION),
    "equity": Money(3_000 * MILLION),
}


def last_year() -> int:
    return clock.today().year - 1


def filled(cooperative: Cooperative, year: int, by: Any, **more: Any) -> AnnualReport:
    """A report that can be handed in, in the caller's transaction."""
    report = services.annual_report.begin(cooperative=cooperative, year=year, by=by)
    services.annual_report.save(report=report, values={**FIGURES, **more}, by=by)
    return report


def handed_in(cooperative: Cooperative, year: int, by: Any, **more: Any) -> AnnualReport:
    report = filled(cooperative, year, by, **more)
    officer = bool(by.is_officer)
    services.annual_report.submit(
        report=report,
        sure=True,
        entered=Entered.PHONE if officer else Entered.ONLINE,
        told_by="Bà Bảy" if officer else "",
        by=by,
    )
    return report


def accepted(cooperative: Cooperative, year: int, by: Any, officer: Any, **more: Any) -> AnnualReport:
    report = handed_in(cooperative, year, by, **more)
    services.annual_report.accept(report=report, by=officer)
    return report
