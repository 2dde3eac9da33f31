"""Who sorts what waits."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk
from marketplace.foundation.morning import QUEUES, Queue
from marketplace.foundation.policy import policy
from marketplace.worklist.models import BulkRun

sorts = at_desk(*(desk for desk in Desk if desk is not Desk.LEADERSHIP))


@policy
def works_on(user: Any, queue: Queue, *_asked: str) -> bool:
    """At the desk where it is done."""
    return sorts(user) and bool(queue.door(user))


@policy
def can_undo(user: Any, run: BulkRun) -> bool:
    """Whoever may decide there may take it back."""
    queue = QUEUES.get(run.queue)
    return queue is not None and works_on(user, queue)
