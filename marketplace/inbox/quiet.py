"""Quiet hours: when letters wait until the morning, by the clock of Vietnam."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from marketplace.foundation import clock

BEGINS, ENDS = dt.time(21), dt.time(6)
TIME_TO_ANSWER = dt.timedelta(hours=2)


@dataclass(frozen=True)
class Quiet:
    """From `begins` to `ends`, over midnight when it ends earlier than it begins; the same time twice is never."""

    begins: dt.time = BEGINS
    ends: dt.time = ENDS
    kept: bool = True

    def holds(self, moment: dt.datetime) -> bool:
        at = clock.to_local(moment).time()
        if not self.kept or self.begins == self.ends:
            return False
        if self.begins < self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends

    def morning(self, moment: dt.datetime) -> dt.datetime:
        """The next time the quiet hours end: when letters that waited may come."""
        local = clock.to_local(moment)
        day = local.date() if local.time() < self.ends else local.date() + dt.timedelta(days=1)
        return clock.from_local(dt.datetime.combine(day, self.ends))

    def leaves(self, moment: dt.datetime) -> dt.datetime:
        """When a letter written at `moment` may come."""
        return self.morning(moment) if self.holds(moment) else moment


def too_late(answer_by: dt.datetime | None, comes: dt.datetime) -> bool:
    """Whether a letter that comes then leaves too little time for the answer it asks for."""
    return answer_by is not None and answer_by < comes + TIME_TO_ANSWER
