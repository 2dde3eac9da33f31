"""Facts of reports."""

from __future__ import annotations

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l


class FairReportFiled(Event):
    """`sha256` is of what was filed."""

    fair_id: int
    report_id: int
    number: str
    sha256: str
    sentence = _l("The result report %(number)s was filed")
    about = {"fair": "fair_id"}


class FairReportCorrected(Event):
    """One more report after the first, and why."""

    fair_id: int
    report_id: int
    number: str
    sha256: str
    reason: str
    sentence = _l("The result report was corrected by %(number)s: %(reason)s")
    about = {"fair": "fair_id"}


class ReportEntryAdded(Event):
    fair_id: int
    entry_id: int
    words: str
    sentence = _l("Noted for the report: %(words)s")
    about = {"fair": "fair_id"}


class ReportEntryRemoved(Event):
    fair_id: int
    entry_id: int
    words: str
    sentence = _l("Taken out of the report: %(words)s")
    about = {"fair": "fair_id"}


class ReportLayoutChanged(Event):
    layout_id: int
    sentence = _l("The layout of fair reports was changed")
    about = {"report_layout": "layout_id"}
