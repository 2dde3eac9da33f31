"""Facts of the targets board."""

from __future__ import annotations

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l


class PeriodOpened(Event):
    period_id: int
    code: str
    sentence = _l("Period %(code)s opened")
    about = {"target_period": "period_id"}


class TargetRead(Event):
    """How an ambiguous sentence is read."""

    period_id: int
    target: str
    per: str
    reading: str = ""
    words: str
    sentence = _l("Target %(target)s is read anew. Reason: %(words)s")
    about = {"target_period": "period_id"}


class GrdpTyped(Event):
    year: int
    grdp: int
    source: str
    sentence = _l("GRDP of %(year)s typed in, by %(source)s")
    about = {"province_figure": "year"}


class SteadyJudged(Event):
    """A cooperative's year was judged against the rule of T07."""

    cooperative_id: int
    year: int
    verdict: str
    words: str
    sentence = _l("Its year %(year)s is judged for target T07 (%(verdict)s). Reason: %(words)s")
    about = {"cooperative": "cooperative_id"}


class PeriodReportEvent(Event):
    report_id: int
    called: str
    about = {"period_report": "report_id"}
    sentence = _l("%(called)s")


class PeriodReportBegun(PeriodReportEvent):
    sentence = _l("%(called)s: the system was asked for a draft")


class PeriodReportCounted(PeriodReportEvent):
    sentence = _l("%(called)s: figures were read")


class PeriodReportEdited(PeriodReportEvent):
    part: str
    sentence = _l("%(called)s: a paragraph was written (%(part)s)")


class PeriodReportDropped(PeriodReportEvent):
    sentence = _l("%(called)s: the draft was given up")


class PeriodReportIssued(PeriodReportEvent):
    number: str
    sentence = _l("%(called)s: issued with number %(number)s")


class PeriodReportOvertaken(PeriodReportEvent):
    number: str
    sentence = _l("%(called)s: overtaken by number %(number)s")
