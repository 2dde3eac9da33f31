"""What the worker and the clock do for personal data."""

from __future__ import annotations

import datetime as dt
import json
from functools import partial
from typing import Any

import structlog

from marketplace import config
from marketplace.accounts import holdings
from marketplace.accounts.holdings import Identity
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.foundation.media import store
from marketplace.privacy import queries, services
from marketplace.privacy.models import DataRequest

log = structlog.get_logger()
PATIENCE = dt.timedelta(minutes=1)


@job
def write_copy(copy_id: int) -> None:
    """Write the file, or say that it failed. Twice is harmless: the file is named by its content."""
    wanted = queries.waiting_copy(copy_id)
    if wanted is None:
        return
    try:
        content = content_for(wanted.person_id)
    except Exception:
        log.exception("copy", copy=copy_id)
        db.session.rollback()
        in_transaction(partial(services.fail_copy, copy_id=copy_id))
        return
    name = store.content_name(content, "json")
    store.private().put(name, content)
    db.session.rollback()
    in_transaction(partial(services.finish_copy, copy_id=copy_id, name=name, size=len(content)))


def content_for(person_id: int) -> bytes:
    """Everything about a person, area by area, as JSON that people can read too."""
    told: dict[str, Any] = {
        "made_at": clock.now().isoformat(),
        "by": config.current().alliance_name,
        "about": holdings.copied(Identity("", person_id=person_id)),
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


@job(every_minutes=1)
def find_waiting_copies() -> None:
    """Wake up for copies whose first wake-up was lost."""
    for copy_id in queries.waiting_copies(clock.now() - PATIENCE):
        write_copy.now(copy_id)


@job(every_minutes=60)
def forget_old_copies() -> None:
    in_transaction(services.forget_old_copies)


@job(every_minutes=60)
def erase_what_is_due() -> None:
    """Accounts whose time to come back is over, one transaction each."""
    due = queries.deletions_due(clock.today())
    db.session.rollback()
    for request_id in due:
        in_transaction(partial(_erase, request_id))


def _erase(request_id: int) -> None:
    services.erase_when_due(request=db.session.get_one(DataRequest, request_id))
