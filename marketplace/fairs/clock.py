"""What the calendar says about a fair: where it stands today, and which terms of the law run.

Decree 81/2018/NĐ-CP: a fair is filed before its opening (art. 29), changes are told before it (art. 30), its result is
reported after its end. How many days, settings say; they are calendar days, and what is shown beside them is the last
day on which an office is open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from marketplace import config
from marketplace.fairs.models import Fair
from marketplace.fairs.states import FairState, Phase
from marketplace.foundation import clock, formats, opening
from marketplace.foundation.errors import Refusal
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.selection.models import Call

BY_STATE = {
    FairState.DRAFT: Phase.DRAFT,
    FairState.REPORTED: Phase.REPORTED,
    FairState.ARCHIVED: Phase.ARCHIVED,
    FairState.CANCELLED: Phase.CANCELLED,
}


class Progress(NamedTuple):
    """How far a call has come: applications that were handed in, and stands or computations of stands."""

    applications: int = 0
    stands: int = 0


def phase(fair: Fair, call: Call | None, now: dt.datetime, progress: Progress | None = None) -> Phase:
    """Where a fair stands: what was decided, and the clock."""
    if fair.state in BY_STATE:
        return BY_STATE[fair.state]
    today = clock.to_local(now).date()
    if today > fair.last_day:
        return Phase.ENDED
    if today >= fair.first_day:
        return Phase.RUNNING
    if fair.state is FairState.PUBLISHED:
        return Phase.PUBLISHED
    return _calling(call, now, progress or Progress())


def _calling(call: Call | None, now: dt.datetime, progress: Progress) -> Phase:
    if call is None or now < call.opens_at:
        return Phase.ANNOUNCED
    if now < call.closes_at:
        return Phase.OPEN
    if progress.stands:
        return Phase.ALLOCATING
    return Phase.REVIEWING if progress.applications else Phase.CLOSED


def check_days(first_day: dt.date, last_day: dt.date, call: Call | None) -> None:
    """Raises Refusal for days in the wrong order, and when the call would close after the fair began."""
    if last_day < first_day:
        raise Refusal(_l("The last day comes before the first."), field="last_day")
    if call is not None and clock.to_local(call.closes_at).date() >= first_day:
        closes = formats.date_time(call.closes_at, locale())
        raise Refusal(
            _l(
                "The call for applications closes at %(closes)s, after this day: change the call first.",
                closes=closes,
            ),
            field="first_day",
        )


class TermKind(StrEnum):
    FILE = "file"
    CHANGE = "change"
    REPORT = "report"


TERM_LABELS = {
    TermKind.FILE: _l("File with the Department"),
    TermKind.CHANGE: _l("Tell the Department of the change"),
    TermKind.REPORT: _l("Report the result"),
}


class TermState(StrEnum):
    CALM = "calm"
    NEAR = "near"
    MISSED = "missed"
    DONE = "done"
    LATE = "late"
    """Done, but after its day."""


TERM_STATE_LABELS = {
    TermState.CALM: _l("There is time"),
    TermState.NEAR: _l("Due soon"),
    TermState.MISSED: _l("Missed"),
    TermState.DONE: _l("Done"),
    TermState.LATE: _l("Done, after its day"),
}
TERM_TONES = {
    TermState.CALM: "",
    TermState.NEAR: "wait",
    TermState.MISSED: "bad",
    TermState.DONE: "ok",
    TermState.LATE: "wait",
}


@dataclass(frozen=True)
class Term:
    """Something to be done by a day. `hand_in` is the last day on which an office is open for it."""

    kind: TermKind
    due: dt.date
    done_on: dt.date | None
    state: TermState

    @property
    def hand_in(self) -> dt.date:
        return opening.last_open(self.due)

    @property
    def alarming(self) -> bool:
        return self.state in (TermState.NEAR, TermState.MISSED)

    def left(self, today: dt.date) -> int:
        """Days until it is due; negative once it is over."""
        return (self.due - today).days


def is_filed(fair: Fair) -> bool:
    """Whether this kind of event is registered with the Department, and by us."""
    return fair.kind in config.current().fair_filed_kinds and not fair.guest


def terms(fair: Fair, today: dt.date) -> list[Term]:
    """The terms that bind this fair, in the order in which they fall due. A fair that is called off has none."""
    if not is_filed(fair) or fair.state in (FairState.CANCELLED, FairState.ARCHIVED):
        return []
    settings, found = config.current(), []
    if not fair.exempt_by:
        found.append(
            _term(TermKind.FILE, _before(fair.first_day, settings.fair_filing_days), fair.filed_on, today)
        )
        if fair.moved_from is not None:
            due = _before(fair.moved_from, settings.fair_change_days)
            found.append(_term(TermKind.CHANGE, due, fair.change_filed_on, today))
    due = fair.last_day + dt.timedelta(days=settings.fair_report_days)
    found.append(_term(TermKind.REPORT, due, fair.report_filed_on, today))
    return sorted(found, key=lambda term: term.due)


def alarms(fair: Fair, today: dt.date) -> list[Term]:
    """What is near or missed."""
    return [term for term in terms(fair, today) if term.alarming]


def change_by(fair: Fair) -> dt.date | None:
    """Until when the law wants to hear of other days or another place; None when nobody has to be told."""
    if not is_filed(fair) or fair.exempt_by or fair.filed_on is None:
        return None
    return _before(fair.first_day, config.current().fair_change_days)


def filing_opens(fair: Fair) -> dt.date:
    """The first day on which the Department takes the file."""
    return _before(fair.first_day, config.current().fair_filing_earliest_days)


def answer_by(fair: Fair) -> dt.date | None:
    """When the Department should have answered: working days after filing."""
    if fair.filed_on is None or fair.certified_on is not None:
        return None
    return opening.working_days_after(fair.filed_on, config.current().fair_answer_days)


def warning_step(term: Term, today: dt.date) -> int | None:
    """Which of the warnings is due now: the nearest of the days that were set, -1 once the term was missed.

    None: not yet. A warning whose day passed while nobody ran the clock comes late rather than never.
    """
    left = term.left(today)
    if left < 0:
        return -1
    reached: Iterable[int] = (step for step in config.current().fair_warning_days if left <= step)
    return min(reached, default=None)


def _term(kind: TermKind, due: dt.date, done_on: dt.date | None, today: dt.date) -> Term:
    return Term(kind, due, done_on, _state(due, done_on, today))


def _state(due: dt.date, done_on: dt.date | None, today: dt.date) -> TermState:
    if done_on is not None:
        return TermState.DONE if done_on <= due else TermState.LATE
    if today > due:
        return TermState.MISSED
    near = max(config.current().fair_warning_days, default=0)
    return TermState.NEAR if (due - today).days <= near else TermState.CALM


def _before(day: dt.date, count: int) -> dt.date:
    return day - dt.timedelta(days=count)


def in_words(term: Term, today: dt.date) -> Any:
    """How much time there is, in a sentence."""
    left = term.left(today)
    if term.done_on is not None:
        return _l("Done on %(day)s.", day=formats.date(term.done_on, locale()))
    if left < 0:
        return _l("%(count)s days over.", count=-left)
    return _l("%(count)s days left.", count=left) if left else _l("Today is the last day.")
