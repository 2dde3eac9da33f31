"""Work of the registry for later: files on their way in, papers on their way out."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from marketplace import config
from marketplace.accounts.models import Person
from marketplace.cooperatives import importing, notices, queries, waiting_for
from marketplace.cooperatives.models import RegistryImport
from marketplace.cooperatives.states import ImportState
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.foundation.words import in_language


@job
def read_registry(import_id: int) -> None:
    """Do the rows of a file, a chunk per transaction, until none waits."""
    run = db.session.get(RegistryImport, import_id)
    if run is None:
        return
    reader = importing.Reader(run)
    officer = db.session.get(Person, run.by_id) if run.by_id else None
    with in_language(officer.locale if officer else "vi"):
        while in_transaction(lambda: importing.do_chunk(reader)):
            continue


@job(every_minutes=1)
def go_on_reading() -> None:
    """A file whose worker died is gone on with."""
    running = select(RegistryImport.id).where(RegistryImport.state == ImportState.RUNNING)
    for import_id in list(db.session.scalars(running)):
        read_registry(import_id)


@job(every_minutes=60)
def warn_of_expiry() -> None:
    """Papers that expire in 60, 30 and 7 days (a setting): their cooperatives are told, once for each."""
    in_transaction(_warn)


def _warn() -> None:
    for days in sorted(config.current().certificate_warning_days, reverse=True):
        papers = queries.expiring(clock.today() + dt.timedelta(days=days))
        waiting = waiting_for.names(papers)
        for paper in papers:
            notices.expiring(paper, days, waiting.get(paper.id, []))
