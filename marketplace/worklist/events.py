"""Facts about what officers take on, and about decisions for many."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l


class TaskEvent(Event):
    """`person_id` is whose history it belongs to: who has it now, or who put it off."""

    person_id: int
    queue: str
    key: str
    words: str
    sentence = _l("A thing that waits: %(words)s")
    about = {"person": "person_id"}


class TaskTaken(TaskEvent):
    sentence = _l("Took on: %(words)s")


class TaskHandedOver(TaskEvent):
    note: str
    spoken = frozenset({"words", "note"})
    sentence = _l("Was given: %(words)s. %(note)s")


class TaskPutOff(TaskEvent):
    until: str
    sentence = _l("Put off until %(until)s: %(words)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "until": formats.date(dt.date.fromisoformat(data["until"]), locale())}


class TaskLetGo(TaskEvent):
    sentence = _l("Put back among what waits: %(words)s")


class BulkEvent(Event):
    person_id: int
    run_id: int
    queue: str
    decision: str
    count: int
    sentence = _l("A decision for many")
    about = {"person": "person_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        from marketplace.foundation.morning import QUEUES

        queue = QUEUES.get(data["queue"])
        decision = queue.decision(data["decision"]) if queue else None
        return {**data, "decision": str(decision.label if decision else data["decision"])}


class BulkDecided(BulkEvent):
    sentence = _l("Decided for %(count)s at once: %(decision)s")


class BulkUndone(BulkEvent):
    sentence = _l("Took back for %(count)s at once: %(decision)s")
