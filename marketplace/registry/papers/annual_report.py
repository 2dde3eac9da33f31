"""A yearly report on paper, as it was handed in."""

from __future__ import annotations

from typing import Any

from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.papers import Sheet, paper
from marketplace.foundation.web.locale import locale
from marketplace.foundation.web.pages import text_of
from marketplace.registry import figures, queries
from marketplace.registry.models import ReportVersion

KIND = "registry.annual_report"
TEMPLATE = "registry/annual_report/paper.html"
NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


def shown(version: ReportVersion) -> dict[str, Any]:
    """What the template shows, with the year before beside it."""
    report = version.report
    before = queries.annual_report.figures_before(report.cooperative_id, report.year)
    return {
        "report": report,
        "version": version,
        "head": cooperatives.letterhead(report.cooperative),
        "nation": NATION,
        "day": formats.date(clock.to_local(version.at).date(), locale()),
        "sections": figures.SECTIONS,
        "values": figures.values_of(version),
        "before": before,
        "shown": figures.shown,
        "change": figures.change,
        "signed": figures.signed,
        "language": locale(),
    }


@paper(KIND)
def annual_report(version: int) -> Sheet | None:
    found = db.session.get(ReportVersion, version)
    return Sheet(text_of(TEMPLATE, pressed=True, **shown(found))) if found is not None else None
