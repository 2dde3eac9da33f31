"""Yearly reports: begun, saved as they grow, handed in, accepted or returned, corrected by a new version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.helping import services as helping
from marketplace.helping.states import Matter
from marketplace.inbox import services as inbox
from marketplace.registry import deadlines, figures, queries
from marketplace.registry.events import (
    AnnualReportAccepted,
    AnnualReportBegun,
    AnnualReportCorrectionBegun,
    AnnualReportReturned,
    AnnualReportSubmitted,
)
from marketplace.registry.events.annual_report import AnnualReportEvent
from marketplace.registry.models import AnnualReport, ReportVerdict, ReportVersion
from marketplace.registry.policies.annual_report import OPEN
from marketplace.registry.states.annual_report import report_lifecycle
from marketplace.selection.states import Entered

ENTRY = "annual_report"


def begin(*, cooperative: Cooperative, year: int, by: Any) -> AnnualReport:
    """The report of this year, empty; the one that is there when somebody was quicker. Raises Refusal for a year that
    cannot be reported yet."""
    there = queries.annual_report.report_of(cooperative.id, year)
    if there is not None:
        return there
    if year > deadlines.current_year():
        day = formats.date(deadlines.opens(year), locale())
        raise Refusal(
            _l("The report of %(year)s can be begun from %(day)s on.", year=year, day=day), field="year"
        )
    if cooperative.registered_on is not None and cooperative.registered_on.year > year:
        raise Refusal(_l("The cooperative was not there yet in %(year)s.", year=year), field="year")
    now = clock.now()
    report = AnnualReport(
        ref=random_ref(), cooperative=cooperative, year=year, sent=0, why="", begun_at=now, saved_at=now
    )
    db.session.add(report)
    db.session.flush()
    announce(_event(AnnualReportBegun, report, by))
    return report


def save(*, report: AnnualReport, values: Mapping[str, Any], by: Any) -> None:
    """Keep some figures of a report that is being filled in. Nothing is checked yet but what can never be: a sitting
    may end anywhere. Raises Refusal once it is handed in, Conflict when that happened meanwhile."""
    _lock(report)
    if report.state not in OPEN:
        raise Conflict(_l("This report was handed in meanwhile. Begin a correction to change it."))
    for name in values.keys() & figures.BY_NAME.keys():
        setattr(report, name, values[name])
    report.saved_at = clock.now()
    db.session.flush()


def submit(
    *,
    report: AnnualReport,
    sure: bool = False,
    entered: Entered = Entered.ONLINE,
    told_by: str = "",
    by: Any,
) -> ReportVersion:
    """Hand it in as it stands: a version that never changes. `sure`: what looks odd was looked at.

    An officer says who told it, and how: the cooperative is asked whether it is right. Raises Refusal for a year that
    is not over, for what is missing, cannot be so, or looks odd.
    """
    _lock(report)
    if not deadlines.is_over(report.year):
        raise Refusal(_l("%(year)s is not over yet: please hand it in from 1 January on.", year=report.year))
    told_by = _told_by(report.cooperative, entered, told_by, by)
    values = figures.values_of(report)
    _refuse_gaps(values)
    if not sure:
        _refuse_odd(values, report)
    report_lifecycle.advance(report, "submit")
    report.sent += 1
    if report.accepted is None:
        report.standing = report.sent
    version = ReportVersion(
        report_id=report.id,
        number=report.sent,
        entered=entered,
        told_by=told_by,
        why=report.why,
        by_id=id_of(by),
        at=clock.now(),
        **values,
    )
    db.session.add(version)
    report.why = ""
    db.session.flush()
    on_behalf = entered is not Entered.ONLINE
    words = _("Told by %(who)s.", who=told_by) if on_behalf else version.why
    announce(
        _event(AnnualReportSubmitted, report, by, version=version.number, on_behalf=on_behalf, words=words)
    )
    _ask_whether_right(report, version, by)
    return version


def accept(*, report: AnnualReport, by: Any) -> None:
    """The office found it right: from now on these figures count."""
    _answer(report, "accept", True, "", by)
    report.accepted = report.standing = report.sent
    db.session.flush()
    announce(_event(AnnualReportAccepted, report, by, version=report.sent))


def give_back(*, report: AnnualReport, reason: str, by: Any) -> None:
    """The cooperative puts something right and hands it in again. What was accepted before still counts."""
    if not reason.strip():
        raise Refusal(_l("Please say what is to be put right."), field="reason")
    _answer(report, "return", False, reason.strip()[:500], by)
    report.standing = report.accepted
    db.session.flush()
    announce(_event(AnnualReportReturned, report, by, version=report.sent, words=reason.strip()[:500]))


def correct(*, report: AnnualReport, why: str, by: Any) -> None:
    """Open what was handed in once more. The version that counts still counts until a new one is accepted."""
    if not why.strip():
        raise Refusal(_l("Please say what was wrong."), field="why")
    _lock(report)
    report_lifecycle.advance(report, "correct")
    report.why = why.strip()[:500]
    db.session.flush()
    announce(_event(AnnualReportCorrectionBegun, report, by, words=report.why))


def _answer(report: AnnualReport, step: str, accepted: bool, reason: str, by: Any) -> None:
    _lock(report)
    version = queries.annual_report.version_of(report.id, report.sent)
    report_lifecycle.advance(report, step)
    assert version is not None, "what was handed in has a version"
    db.session.add(
        ReportVerdict(version=version, accepted=accepted, reason=reason, by_id=id_of(by), at=clock.now())
    )


def _told_by(cooperative: Cooperative, entered: Entered, told_by: str, by: Any) -> str:
    """An officer says who told the figures, or fills them in by a delegation. Raises Refusal where there is neither."""
    if entered is Entered.ONLINE:
        return ""
    return helping.who_told(cooperative=cooperative, matter=Matter.REPORTS, told_by=told_by, by=by)


def _refuse_gaps(values: Mapping[str, Any]) -> None:
    missing = figures.missing(values)
    if missing:
        names = ", ".join(str(figures.BY_NAME[name].label) for name in missing)
        raise Refusal(_l("Still missing: %(names)s.", names=names))
    wrong = figures.impossible(values)
    if wrong:
        raise Refusal(" ".join(wrong.values()))


def _refuse_odd(values: Mapping[str, Any], report: AnnualReport) -> None:
    before = queries.annual_report.figures_before(report.cooperative_id, report.year)
    odd = figures.odd(values, before)
    if odd:
        raise Refusal(
            _l("Please look at what is marked, then tick that it is right all the same."), field="sure"
        )


def _ask_whether_right(report: AnnualReport, version: ReportVersion, by: Any) -> None:
    inbox.overtake(kind=ENTRY, subject_id=report.id)
    if version.entered is Entered.ONLINE:
        return
    inbox.write_down(
        kind=ENTRY,
        subject_id=report.id,
        turn=str(version.number),
        organisation_id=report.cooperative.organisation_id,
        what=lambda: _(
            "your report of %(year)s: %(members)s members, revenue %(revenue)s, profit before tax %(profit)s",
            year=report.year,
            members=formats.number(version.members_end or 0, locale()),
            revenue=figures.shown("revenue_total", version.revenue_total),
            profit=figures.shown("profit_before_tax", version.profit_before_tax),
        ),
        told_by=version.told_by,
        url=f"/desk/annual-reports/{report.ref}",
        office_url=f"/office/annual-reports/{report.ref}",
        by=by,
    )


def _lock(report: AnnualReport) -> None:
    """Who saves, hands in or answers the same report at once waits, and sees what the first one did."""
    db.session.refresh(report, with_for_update={"of": AnnualReport})


def _event(kind: type[AnnualReportEvent], report: AnnualReport, by: Any, **more: Any) -> AnnualReportEvent:
    return kind(
        report_id=report.id,
        cooperative_id=report.cooperative_id,
        year=report.year,
        actor_id=id_of(by),
        **more,
    )
