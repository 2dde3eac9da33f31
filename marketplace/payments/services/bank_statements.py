"""A bank statement comes in: columns are guessed, rows read strictly, each once, however often the file is sent.

A chunk of rows is done per transaction, with what became of each beside it: a worker that dies leaves rows either
done or waiting.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select

from marketplace.foundation import clock
from marketplace.foundation.columns import remembered_from
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.foundation.sheets import Table
from marketplace.foundation.words import _l
from marketplace.payments import movements
from marketplace.payments.events import StatementRead
from marketplace.payments.models import BankBook, BankLine, Statement, StatementRow
from marketplace.payments.movements import Aside, Movement
from marketplace.payments.queries import bank_lines as queries
from marketplace.payments.services import bank_lines
from marketplace.payments.states import LineState, RowResult, StatementState, statement_lifecycle

CHUNK = 250
ASIDES = {Aside.DEBIT: RowResult.DEBIT, Aside.OTHER: RowResult.OTHER}


def receive(*, table: Table, filename: str, book: BankBook, by: Any) -> Statement:
    """Keep a read file with its rows, columns guessed; nothing is entered yet."""
    remembered = {str(title): str(name) for title, name in book.columns.items()}
    run = Statement(
        ref=random_ref(),
        organisation_id=book.organisation_id,
        book_id=book.id,
        filename=filename[-160:],
        header=table.header,
        mapping=movements.COLUMNS.guess(table.header, remembered),
        total=len(table.rows),
        by_id=id_of(by),
        at=clock.now(),
    )
    db.session.add(run)
    db.session.flush()
    rows = [
        {"statement_id": run.id, "line": line, "cells": cells, "result": RowResult.WAITING}
        for line, cells in zip(table.lines, table.rows, strict=True)
    ]
    db.session.execute(insert(StatementRow), rows)
    return run


def choose_columns(*, run: Statement, chosen: dict[str, str]) -> None:
    """Say what each column means, and remember it for this account. Raises Refusal."""
    if run.state is not StatementState.UPLOADED:
        raise Refusal(_l("This statement was read already."))
    mapping = movements.COLUMNS.chosen(run.header, chosen)
    movements.check_mapping(mapping)
    run.mapping = mapping
    run.book.columns = {**run.book.columns, **remembered_from(run.header, mapping)}


def start(*, run: Statement) -> None:
    """Let the worker begin. Raises Refusal when it did already, or would not know what to read."""
    from marketplace.payments.tasks import read_statement

    movements.check_mapping(run.mapping)
    statement_lifecycle.advance(run, "start")
    read_statement.later(run.id)


@dataclass(frozen=True)
class Preview:
    """What the first rows would be: (line, cells, what it is); `wrong` of `looked_at` could not be read."""

    rows: list[tuple[int, list[str], Any]]
    looked_at: int
    credits: int
    wrong: int


def preview(run: Statement, shown: int = 8, looked_at: int = 200) -> Preview:
    """Read the first rows without entering anything."""
    query = select(StatementRow).where(StatementRow.statement_id == run.id).order_by(StatementRow.line)
    rows = db.session.scalars(query.limit(looked_at)).all()
    told = [(row, _read(run, row)) for row in rows]
    return Preview(
        [(row.line, row.cells, what) for row, what in told[:shown]],
        len(told),
        sum(isinstance(what, Movement) for _row, what in told),
        sum(isinstance(what, Refusal) for _row, what in told),
    )


def _read(run: Statement, row: StatementRow) -> Movement | Aside | Refusal:
    try:
        return movements.read_row(row.cells, run.header, run.mapping)
    except Refusal as refusal:
        return refusal


def do_chunk(*, statement_id: int, size: int = CHUNK) -> int:
    """Do the next waiting rows in the caller's transaction; returns how many. 0 means all are done.

    The file's row is locked, so that two workers never do two rows of one file at a time.
    """
    query = select(Statement).where(Statement.id == statement_id).with_for_update()
    run = db.session.scalars(query).one()
    waiting = (
        select(StatementRow)
        .where(StatementRow.statement_id == run.id, StatementRow.result == RowResult.WAITING)
        .order_by(StatementRow.line)
        .limit(size)
    )
    rows = db.session.scalars(waiting).all()
    if rows:
        _do_rows(run, rows)
    elif run.state is StatementState.RUNNING:
        statement_lifecycle.advance(run, "finish")
        run.finished_at = clock.now()
        announce(StatementRead(statement_id=run.id, waiting=queries.waiting_of(run), actor_id=run.by_id))
    return len(rows)


def _do_rows(run: Statement, rows: Sequence[StatementRow]) -> None:
    """Read them all, enter the credits, match the new ones; then every row has its result."""
    credits: list[tuple[StatementRow, Movement]] = []
    for row in rows:
        what = _read(run, row)
        if isinstance(what, Movement):
            credits.append((row, what))
        elif isinstance(what, Aside):
            row.result = ASIDES[what]
        else:
            row.result, row.reason = RowResult.WRONG, str(what)[:300]
    nameless = {row.id: bank_lines.likeness_of(said) for row, said in credits if not said.bank_ref}
    entered = bank_lines.enter(
        book=run.book,
        movements=[movement for _row, movement in credits],
        statement=run,
        earlier=_earlier(run, set(nameless.values())),
    )
    bank_lines.match(lines=[line for line, new in entered if new])
    for (row, movement), (line, new) in zip(credits, entered, strict=True):
        row.bank_line_id, row.amount = line.id, movement.amount
        row.result = _result(line) if new else RowResult.KNOWN
        row.likeness = nameless.get(row.id, "")


def _earlier(run: Statement, likenesses: set[str]) -> Counter[str]:
    """How often each stood further up in this file without a number of the bank."""
    rows = db.session.execute(
        select(StatementRow.likeness, func.count())
        .where(
            StatementRow.statement_id == run.id,
            StatementRow.likeness.in_(likenesses),
            StatementRow.result != RowResult.WAITING,
        )
        .group_by(StatementRow.likeness)
    )
    return Counter({row[0]: row[1] for row in rows})


def _result(line: BankLine) -> RowResult:
    return RowResult.COUNTED if line.state is LineState.COUNTED else RowResult.OPEN
