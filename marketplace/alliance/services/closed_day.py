"""Days on which the alliance does not work, and days off on which it does."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.alliance import queries
from marketplace.alliance.events import ClosedDaysTakenBack, ClosedDaysWritten
from marketplace.alliance.models import OfficeDays
from marketplace.alliance.states import DayKind
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.words import _l

LONGEST = 31


def write_days(
    *, kind: DayKind, first_day: dt.date, last_day: dt.date, name: str, reason: str, by: Any = None
) -> OfficeDays:
    """From today on: terms that were reckoned before keep their day.

    Raises Refusal for days that are over, too many at once, or written already.
    """
    if not name.strip():
        raise Refusal(_l("Please say what these days are."), field="name")
    if not reason.strip():
        raise Refusal(_l("Please say why."), field="reason")
    if last_day < first_day:
        raise Refusal(_l("The last day is before the first one."), field="last_day")
    if first_day < clock.today():
        raise Refusal(_l("These days have begun: what was stays as it was."), field="first_day")
    if (last_day - first_day).days >= LONGEST:
        raise Refusal(_l("That is more than a month. Please write shorter spans."), field="last_day")
    other = queries.days_between(first_day, last_day)
    if other is not None:
        raise Refusal(
            _l("Some of these days are written already, as “%(name)s”. Take that back first.")
            % {"name": other.name},
            field="first_day",
        )
    row = OfficeDays(
        kind=kind,
        first_day=first_day,
        last_day=last_day,
        name=name.strip()[:120],
        reason=reason.strip()[:300],
        by_id=id_of(by),
        at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    announce(
        ClosedDaysWritten(
            days_id=row.id,
            label=row.name,
            first_day=first_day.isoformat(),
            last_day=last_day.isoformat(),
            words=row.reason,
            actor_id=id_of(by),
        )
    )
    return row


def take_days_back(*, days: OfficeDays, reason: str, by: Any = None) -> None:
    """They count as any other days again. Raises Refusal when they are over, or were taken back before."""
    db.session.refresh(days, with_for_update={"of": OfficeDays})
    if not reason.strip():
        raise Refusal(_l("Please say why."), field="reason")
    if days.withdrawn_at is not None:
        raise Refusal(_l("These days were taken back already."))
    if days.last_day < clock.today():
        raise Refusal(_l("These days are over: what was stays as it was."))
    days.withdrawn_at, days.withdrawn_by_id = clock.now(), id_of(by)
    days.withdrawn_reason = reason.strip()[:300]
    db.session.flush()
    announce(
        ClosedDaysTakenBack(days_id=days.id, label=days.name, words=days.withdrawn_reason, actor_id=id_of(by))
    )
