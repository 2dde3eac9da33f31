"""Wanting a paper, and what became of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import delete

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.papers import queries
from marketplace.foundation.papers.models import Paper
from marketplace.foundation.papers.states import Failure, paper_lifecycle
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import language

SOON = dt.timedelta(minutes=10)


class PaperRefused(Exception):
    """This paper cannot be written; `failure` is one of Failure."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure)
        self.failure = failure


def want(*, kind: str, values: dict[str, Any], title: Any, back: str, by: Any) -> Paper:
    """A paper in the reader's language; the caller has asked the door. Twice in a row is one paper, and a guest who
    asks again soon gets the one that was made."""
    spoken = language()
    if by is not None:
        same = queries.same_waiting(kind, values, spoken, by.id)
    else:
        same = queries.made_for_guests(kind, values, spoken, clock.now() - SOON)
    if same is not None:
        return same
    wanted = Paper(
        ref=random_ref(),
        kind=kind,
        told=values,
        title=str(title)[:200],
        back=back[:300],
        locale=spoken,
        wanted_by_id=by.id if by is not None else None,
        wanted_at=clock.now(),
    )
    db.session.add(wanted)
    db.session.flush()
    return wanted


def finish(*, paper_id: int, name: str, size: int) -> None:
    """The file stands under `name`. Does nothing when somebody else was first."""
    wanted = queries.waiting_paper(paper_id, lock=True)
    if wanted is not None:
        paper_lifecycle.advance(wanted, "finish")
        wanted.name, wanted.size_bytes = name, size


def fail(*, paper_id: int, failure: Failure) -> None:
    wanted = queries.waiting_paper(paper_id, lock=True)
    if wanted is not None:
        paper_lifecycle.advance(wanted, "fail")
        wanted.failure = failure


def forget(*, before: dt.datetime) -> None:
    """Drop old wishes: a paper can be pressed again at any time. Their files go with the next sweep of strays."""
    db.session.execute(delete(Paper).where(Paper.wanted_at < before))
