"""What waits, with whoever has taken it on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.accounts import queries as people
from marketplace.accounts.models import Person
from marketplace.accounts.states import Desk
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.morning import QUEUES, Queue, Waiting, queues_of
from marketplace.worklist.models import BulkRun, TaskMark
from marketplace.worklist.states import Whose

MOST = 200
"""Lines of a page; what is ticked lies on one."""
GLANCE = 30
"""As far as a queue is read on the morning page, which shows three of its lines: a day's work. Beyond that it says
"30+", and the queue's own page has them all."""
FARTHEST = 50
"""Pages that are looked through for lines that are known by their keys."""


@dataclass(frozen=True)
class Task:
    """One thing that waits, and its mark if it has one."""

    row: Waiting
    mark: TaskMark | None

    def stands_in(self, whose: Whose, user: Any) -> bool:
        if whose is Whose.LATER or self.is_put_off:
            return whose is Whose.LATER and self.is_put_off
        mine = self.mark is not None and self.mark.person_id == user.id
        return mine or whose is Whose.ALL

    @property
    def is_put_off(self) -> bool:
        until = self.mark.snoozed_until if self.mark is not None else None
        return until is not None and until > clock.today()


@dataclass(frozen=True)
class Lane:
    """A page of a queue as it stands for somebody, and the cursor of the next one."""

    queue: Queue
    tasks: list[Task]
    next: str | None = None

    @property
    def late(self) -> int:
        return sum(task.row.late for task in self.tasks)

    def narrowed(self, whose: Whose, user: Any) -> Lane:
        return replace(self, tasks=[task for task in self.tasks if task.stands_in(whose, user)])


@dataclass(frozen=True)
class Board:
    """The morning page of somebody: the lanes that were asked for, and how much each tab holds."""

    lanes: list[Lane]
    counts: dict[Whose, int]


def board(user: Any, whose: Whose, waiting: Mapping[str, int]) -> Board:
    """Every queue of this officer's desks that has something: a statement for each and one for all the marks.

    `waiting` is what the menu counts, by the places of queues: where it is nothing, nothing is asked.
    """
    queues = [each for each in queues_of(user) if waiting.get(each.place, 1)]
    marks = marks_of([each.key for each in queues])
    read = [_read(each, marks.get(each.key, {}), user, size=GLANCE) for each in queues]
    by_tab = {
        tab: [_in_tab(each, marks.get(each.queue.key, {}), tab, user) for each in read] for tab in Whose
    }
    counts = {tab: sum(len(each.tasks) for each in lanes) for tab, lanes in by_tab.items()}
    return Board([each for each in by_tab[whose] if each.tasks], counts)


def lane(queue: Queue, user: Any, whose: Whose, after: str | None = None) -> Lane:
    """A page of all that waits; what is somebody's own, or put off, is told whole."""
    marks = marks_of([queue.key]).get(queue.key, {})
    return _in_tab(_read(queue, marks, user, after), marks, whose, user)


def _read(
    queue: Queue, marks: dict[str, TaskMark], user: Any, after: str | None = None, size: int = MOST
) -> Lane:
    page = queue.rows(user, size, after)
    return Lane(queue, [Task(row, marks.get(row.key)) for row in page.rows], page.next)


def _in_tab(page: Lane, marks: dict[str, TaskMark], whose: Whose, user: Any) -> Lane:
    """Of a queue of several pages, what is marked is looked for on all of them."""
    if whose is Whose.ALL or page.next is None:
        return page.narrowed(whose, user)
    kept = {key for key, mark in marks.items() if mark.person_id == user.id or mark.snoozed_until is not None}
    rows = rows_on(page.queue, user, kept) if kept else []
    return Lane(page.queue, [Task(row, marks[row.key]) for row in rows]).narrowed(whose, user)


def marks_of(queues: Collection[str]) -> dict[str, dict[str, TaskMark]]:
    """Queue → key → its mark."""
    found: dict[str, dict[str, TaskMark]] = {}
    query = select(TaskMark).where(TaskMark.queue.in_(list(queues))).options(joinedload(TaskMark.person))
    for mark in db.session.scalars(query):
        found.setdefault(mark.queue, {})[mark.key] = mark
    return found


def marks_on(queue: Queue, keys: Collection[str]) -> dict[str, TaskMark]:
    """Key → its mark; whoever reads them has them until the transaction ends."""
    query = select(TaskMark).where(TaskMark.queue == queue.key, TaskMark.key.in_(list(keys)))
    locked = query.order_by(TaskMark.id).with_for_update().execution_options(populate_existing=True)
    return {mark.key: mark for mark in db.session.scalars(locked)}


def rows_on(queue: Queue, user: Any, keys: Collection[str]) -> list[Waiting]:
    """Those of these that wait now, in the queue's order: page by page, until all are found."""
    wanted, found, after = set(keys), [], None
    for _page in range(FARTHEST):
        page = queue.rows(user, MOST, after)
        found += [row for row in page.rows if row.key in wanted]
        after = page.next
        if after is None or len(found) == len(wanted):
            break
    return found


def colleagues(queue: Queue) -> Sequence[Person]:
    """Whom a thing of this queue can be handed to."""
    desks = [desk for desk in Desk if desk in getattr(queue.door, "desks", ())]
    return people.officers_at(*desks)


def queue_by_key(key: str, user: Any) -> Queue | None:
    """For officers who may see it."""
    found = QUEUES.get(key)
    return found if found is not None and found.door.shows(user) else None


def run_by_ref(ref: str, user: Any = None) -> BulkRun | None:
    query = select(BulkRun).where(BulkRun.ref == ref)
    return db.session.scalar(query.options(selectinload(BulkRun.lines), joinedload(BulkRun.by)))


def run_for_office(ref: str, user: Any) -> BulkRun | None:
    found = run_by_ref(ref)
    return found if found is not None and queue_by_key(found.queue, user) is not None else None
