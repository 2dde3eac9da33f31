"""Work of money for later: statements on their way in, lines whose time to be taken back is over."""

from __future__ import annotations

from marketplace.accounts.models import Person
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.foundation.words import in_language
from marketplace.payments import services
from marketplace.payments.models import BankLine, Statement
from marketplace.payments.queries import bank_lines as queries
from marketplace.payments.services import statements
from marketplace.payments.states import LineState


@job
def read_statement(statement_id: int) -> None:
    """Do the rows of a statement, a chunk per transaction, until none waits."""
    run = db.session.get(Statement, statement_id)
    if run is None:
        return
    sender = db.session.get(Person, run.by_id) if run.by_id else None
    with in_language(sender.locale if sender else "vi"):
        while in_transaction(lambda: statements.do_chunk(statement_id=statement_id)):
            db.session.expunge_all()


@job(every_minutes=1)
def go_on_with_statements() -> None:
    """A statement whose worker died is gone on with."""
    for statement_id in queries.unfinished_statements():
        read_statement(statement_id)


@job(every_minutes=1)
def count_assigned_lines() -> None:
    """What people assigned counts once its time to be taken back is over."""
    for line_id in queries.due_to_count(clock.now()):
        in_transaction(lambda line_id=line_id: _count(line_id))  # type: ignore[misc]


def _count(line_id: int) -> None:
    """Somebody may have been quicker: only what is still assigned and due counts."""
    line = db.session.get_one(BankLine, line_id, with_for_update={"of": BankLine})
    if line.state is LineState.ASSIGNED and line.counts_at is not None and line.counts_at <= clock.now():
        services.count(line=line, by=None)
