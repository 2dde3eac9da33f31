"""What waits for officers: each area tells its own queues, the morning page shows them all.

@queue("certificates", place="office_members.members", label=…, icon="doc", door=policies.keeps_registry, order=20)
def certificates(user, size, after): ...
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.db import Page

Rows = Callable[[Any, int, "str | None"], "Page[Waiting]"]


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: what, whose, where it is done; since when, and until when it should be."""

    key: str
    what: str
    whose: str
    url: str
    since: dt.datetime | None = None
    due: dt.datetime | dt.date | None = None

    @property
    def due_on(self) -> dt.date | None:
        return clock.to_local(self.due).date() if isinstance(self.due, dt.datetime) else self.due

    @property
    def late(self) -> bool:
        if isinstance(self.due, dt.datetime):
            return self.due < clock.now()
        return self.due is not None and self.due < clock.today()

    @property
    def days(self) -> int | None:
        """How long it has waited; today's count as none."""
        return None if self.since is None else (clock.today() - clock.to_local(self.since).date()).days


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What can be decided for many at once: `load(key)` finds the thing, `act` and `undo` are services of its area.

    `act(subject, by)` and `undo(subject, by)` raise Refusal when a thing has moved on.
    """

    key: str
    label: Any
    told: Any
    load: Callable[[str], Any]
    act: Callable[[Any, Any], None]
    undo: Callable[[Any, Any], None]


@dataclass(frozen=True, kw_only=True)
class Queue:
    """`door` says at which desk it is worked on; `rows(user, size, after)` tells a page, the oldest or most urgent
    first, in a constant number of statements. `place` is the entry of the menu whose badge counts the same."""

    key: str
    label: Any
    icon: str
    door: Any
    rows: Rows
    order: int
    decisions: tuple[Decision, ...] = ()
    place: str = ""

    def decision(self, key: str) -> Decision | None:
        return next((each for each in self.decisions if each.key == key), None)


QUEUES: dict[str, Queue] = {}


def queue(
    key: str,
    *,
    label: Any,
    icon: str,
    door: Any,
    order: int = 50,
    decisions: Sequence[Decision] = (),
    place: str = "",
) -> Callable[[Rows], Rows]:
    """Register what `rows(user, size, after)` tells as a queue of the morning page."""

    def register(rows: Rows) -> Rows:
        QUEUES[key] = Queue(
            key=key,
            label=label,
            icon=icon,
            door=door,
            rows=rows,
            order=order,
            decisions=tuple(decisions),
            place=place,
        )
        return rows

    return register


def queues_of(user: Any) -> list[Queue]:
    """Those of this officer's desks, in their order; a leader sees all of them."""
    seen = [each for each in QUEUES.values() if each.door.shows(user)]
    return sorted(seen, key=lambda each: (each.order, each.key))
