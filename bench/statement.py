"""A bank statement of 5,000 rows through the worker's own task, on each database: seconds, and what became of it."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event

ROWS = 5_000
HEADER = ["Ngày giao dịch", "Số tham chiếu", "Ghi nợ", "Ghi có", "Số dư", "Nội dung"]


def run() -> dict[str, Any]:
    from bench.orders import _postgresql

    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        figures["sqlite"] = _measured(f"sqlite:///{folder}/market.db", Path(folder))
        url = _postgresql()
        figures["postgresql"] = _measured(url, Path(folder)) if url else "none on this machine"
    return figures


def _measured(url: str, folder: Path) -> dict[str, Any]:
    from marketplace import config, create_app
    from marketplace.foundation.db import db, schema
    from marketplace.payments import invariants, tasks
    from marketplace.payments.queries import bank_lines as queries

    environ = {"DATABASE_URL": url, "STORAGE_URL": f"file://{folder}/files", "SECRET_KEY": "b" * 32}
    app = create_app(replace(config.load(environ), instance=folder, testing=True, password_cost=1))
    schema.bring_up(app)
    with app.app_context():
        run_id = _sent(app)
        told = {"statements": 0}
        event.listen(
            db.engine, "before_cursor_execute", lambda *_: told.update(statements=told["statements"] + 1)
        )
        begun, cpu_begun = time.perf_counter(), time.process_time()
        tasks.read_statement(run_id)
        seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu_begun
        from marketplace.payments.models import Statement

        results = queries.results(db.session.get_one(Statement, run_id))
        broken = sum(check() for _sentence, check in invariants.CHECKS.values())
        db.session.remove()
        db.engine.dispose()
    return {
        "rows": ROWS,
        "seconds": round(seconds, 2),
        "cpu seconds": round(cpu, 2),
        "statements per row": round(told["statements"] / ROWS, 2),
        "results": {str(result): count for result, (count, _sum) in results.items() if count},
        "broken invariants": broken,
    }


def _sent(app: Flask) -> int:
    """The statement of a busy cooperative: four in five payments are right, the others are of every other kind."""
    from marketplace.foundation.db import transaction
    from marketplace.foundation.sheets import read_table, write_xlsx
    from marketplace.payments import movements, services
    from marketplace.payments.services import bank_statements
    from tests.world import World

    world = World.built()
    payee = world.dong_lac.organisation_id
    references = []
    for first in range(0, ROWS, 500):
        with transaction():
            references += [_owed(payee, number) for number in range(first, first + 500)]
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
