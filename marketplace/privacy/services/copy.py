"""A copy of everything about a person: wanted, written by the worker, thrown away after some days."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import delete

from marketplace import config
from marketplace.accounts.models import Person
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.events import announce
from marketplace.foundation.reference import random_ref
from marketplace.privacy import queries
from marketplace.privacy.events import DataCopyWanted
from marketplace.privacy.models import DataCopy
from marketplace.privacy.states import copy_lifecycle


def want_copy(*, person: Person, by: Any) -> DataCopy:
    """One for each day: a constraint says so."""
    now = clock.now()
    wanted = DataCopy(
        ref=random_ref(),
        person_id=person.id,
        day=clock.today(),
        wanted_at=now,
        good_until=now + dt.timedelta(days=config.current().data_copy_days),
    )
    db.session.add(wanted)
    db.session.flush()
    announce(DataCopyWanted(copy_id=wanted.id, person_id=person.id, actor_id=by.id))
    return wanted


def finish_copy(*, copy_id: int, name: str, size: int) -> None:
    """The file stands under `name`. Does nothing when somebody else was first."""
    wanted = queries.waiting_copy(copy_id)
    if wanted is not None:
        copy_lifecycle.advance(wanted, "finish")
        wanted.name, wanted.size_bytes = name, size


def fail_copy(*, copy_id: int) -> None:
    wanted = queries.waiting_copy(copy_id)
    if wanted is not None:
        copy_lifecycle.advance(wanted, "fail")


def forget_old_copies() -> None:
    """The rows go, and their files with the next sweep of strays."""
    db.session.execute(delete(DataCopy).where(DataCopy.good_until < clock.now()))
