"""What the clock does with requests: it closes them at their deadline, and tells of new ones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from marketplace import config
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.linkage import board, queries, services
from marketplace.linkage.board import Wanted
from marketplace.linkage.models import Need
from marketplace.linkage.notices import need as notices
from marketplace.linkage.services.need_section import take_turn
from marketplace.linkage.states import NeedState


@job(every_minutes=1)
def close_requests() -> None:
    """Requests past their deadline, one transaction each."""
    due = queries.due_to_close()
    db.session.rollback()
    for need_id in due:
        in_transaction(partial(_close, need_id))


def _close(need_id: int) -> None:
    need = db.session.get_one(Need, need_id)
    take_turn(need)
    if need.state is NeedState.OPEN and not need.takes_quotes:
        services.close_need(need=need)


@job(every_minutes=5)
def close_late_asks() -> None:
    """Reserves that did not answer in time, one transaction each."""
    late = queries.late_asks(clock.now())
    db.session.rollback()
    for ask_id in late:
        in_transaction(partial(_let_lapse, ask_id))


def _let_lapse(ask_id: int) -> None:
    services.let_lapse(ask_id=ask_id)


@job(every_minutes=60)
def tell_of_new_requests() -> None:
    """Once a day at the most, and of each request once: what is new in searches that somebody keeps, and what their
    cooperative could supply."""
    due = sorted({*queries.watchers_due(), *queries.people_to_tell(config.current().match_least)})
    db.session.rollback()
    for person_id in due:
        in_transaction(partial(_tell, person_id))


def _tell(person_id: int) -> None:
    matches = queries.matches_for(person_id, config.current().match_least)
    fits = dict.fromkeys(each.need_id for each in matches)
    new = {**fits, **dict.fromkeys(_found_by_watches(person_id))}
    if not new:
        return
    services.note_told(person_id=person_id, need_ids=[*new])
    services.note_sellers_told(matches=matches)
    notices.digest(person_id, queries.needs_by_ids([*new]), fits=bool(fits))


def _found_by_watches(person_id: int) -> Iterator[int]:
    for watch in queries.watches_of(person_id):
        ids = board.newest_ids(Wanted.kept(watch.query))
        yield from queries.news_among(person_id, ids, watch.kept_at)
