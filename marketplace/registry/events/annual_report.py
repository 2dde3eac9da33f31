"""Facts of yearly reports."""

from __future__ import annotations

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l


class AnnualReportEvent(Event):
    """About one year of one cooperative; it stands in both histories."""

    report_id: int
    cooperative_id: int
    year: int
    sentence = _l("Report of %(year)s")
    about = {"annual_report": "report_id", "cooperative": "cooperative_id"}


class AnnualReportBegun(AnnualReportEvent):
    sentence = _l("Report of %(year)s: begun")


class AnnualReportSubmitted(AnnualReportEvent):
    """`version` is its number; `words` say who told it, where an officer entered it, or why it was corrected."""

    version: int
    on_behalf: bool
    words: str
    sentence = _l("Report of %(year)s: version %(version)s handed in. %(words)s")


class AnnualReportAccepted(AnnualReportEvent):
    version: int
    sentence = _l("Report of %(year)s: version %(version)s accepted")


class AnnualReportReturned(AnnualReportEvent):
    version: int
    words: str
    sentence = _l("Report of %(year)s: version %(version)s returned. Reason: %(words)s")


class AnnualReportCorrectionBegun(AnnualReportEvent):
    words: str
    sentence = _l("Report of %(year)s: a correction was begun. Reason: %(words)s")
