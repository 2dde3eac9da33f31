"""A bank statement of 5,000 rows through the worker's own task, on each database: seconds, and what became of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from sqlalchemy import event

from bench import databases

ROWS = 5_000
HEADER = ["Ngày giao dịch", "Số tham chiếu", "Ghi nợ", "Ghi có", "Số dư", "Nội dung"]


def run(database: str | None = None, rows: int = ROWS) -> dict[str, Any]:
    return {kind: _measured(kind, rows) for kind in databases.kinds(database)}


def _measured(kind: str, rows: int) -> dict[str, Any]:
    from marketplace.foundation import collector
    from marketplace.foundation.db import db
    from marketplace.payments import invariants, tasks
    from marketplace.payments.models import Statement
    from marketplace.payments.queries import bank_lines as queries

    with databases.fresh(kind) as (_app, _url, _folder):
        run_id = _sent(rows)
        told = {"statements": 0}
        event.listen(
            db.engine, "before_cursor_execute", lambda *_: told.update(statements=told["statements"] + 1)
        )
        collector.settle()  # as wsgi.py leaves the worker
        begun, cpu_begun = time.perf_counter(), time.process_time()
        tasks.read_statement(run_id)
        seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu_begun
        results = queries.results(db.session.get_one(Statement, run_id))
        broken = sum(check() for _sentence, check in invariants.CHECKS.values())
    return {
        "rows": rows,
        "seconds": round(seconds, 2),
        "cpu seconds": round(cpu, 2),
        "statements per row": round(told["statements"] / rows, 2),
        "results": {str(result): count for result, (count, _sum) in results.items() if count},
        "broken invariants": broken,
    }


def _sent(rows: int) -> int:
    """The statement of a busy cooperative: four in five payments are right, the others are of every other kind."""
    from marketplace.foundation.db import transaction
    from marketplace.foundation.sheets import read_table, write_xlsx
    from marketplace.payments import movements, services
    from marketplace.payments.services import bank_statements
    from tests.world import World

    world = World.built()
    payee = world.dong_lac.organisation_id
    references = []
    for first in range(0, rows, 500):
        with transaction():
            references += [_owed(payee, number) for number in range(first, min(first + 500, rows))]
    table = read_table(
        write_xlsx(HEADER, _rows(references)), "sao-ke.xlsx", header_like=movements.header_like
    )
    with transaction():
        book = services.book_of(organisation_id=payee, bin="970405", number="2300205123453")
        run = bank_statements.receive(table=table, filename="sao-ke.xlsx", book=book, by=world.director)
        bank_statements.start(run=run)
        return run.id


def _owed(payee: int, number: int) -> str:
    from marketplace.foundation.money import Money
    from marketplace.payments import services

    charge = services.open_charge(
        purpose="bench",
        subject_id=number,
        amount=Money(100_000 + number),
        payee_organisation_id=payee,
        method="transfer",
        payer_name=f"Bench {number % 400}",
    )
    return charge.transfer_ref


def _rows(references: list[str]) -> Iterator[list[Any]]:
    for number, reference in enumerate(references):
        amount, text = 100_000 + number, f"MBVCB.327890{number}.{reference}.CT tu 0011 toi 2300"
        kind = number % 20
        if kind == 16:
            amount -= 50
        elif kind == 17:
            text = f"{references[number - 1]} tra lai lan nua"
        elif kind == 18:
            text = "chuyen tien mua ca rot"
        if kind == 19:
            yield ["24/11/2026", f"FT{number}", f"{amount:,}", "", "", "phi"]
        else:
            yield ["24/11/2026", f"FT{number}", "", f"{amount:,}", "", text]
