"""What banks and their services send, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marketplace.foundation import jobs
from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.foundation.sheets import read_table, write_xlsx
from marketplace.payments import invariants, movements, services
from marketplace.payments.models import BankBook, BankLine, Statement, StatementRow
from marketplace.payments.services import bank_statements
from marketplace.payments.states import RowResult
from tests.world import World

HEADER = ["Ngày giao dịch", "Số tham chiếu", "Ghi nợ", "Ghi có", "Số dư", "Nội dung"]
ACCOUNT = ("970405", "2300205123453")


def row(text: str, amount: int, number: str = "", day: str = "24/11/2026") -> list[Any]:
    """A credit as Agribank prints it."""
    return [day, number, "", f"{amount:,}", "9,000,000", text]


def send(
    world: World, rows: Sequence[Sequence[Any]], header: Sequence[str] = HEADER, by: Any = None
) -> Statement:
    """A statement of Đồng Lạc's account, sent, read and matched."""
    table = read_table(write_xlsx(header, rows), "sao-ke.xlsx", header_like=movements.header_like)
    with transaction():
        run = bank_statements.receive(
            table=table, filename="sao-ke.xlsx", book=book(world), by=by or world.director
        )
        bank_statements.start(run=run)
    from flask import current_app

    jobs.drain(current_app._get_current_object())
    db.session.expire_all()
    return db.session.get_one(Statement, run.id)


def book(world: World) -> BankBook:
    return services.book_of(organisation_id=world.dong_lac.organisation_id, bin=ACCOUNT[0], number=ACCOUNT[1])


def outcome(run: Statement) -> list[RowResult]:
    query = db.select(StatementRow).where(StatementRow.statement_id == run.id).order_by(StatementRow.line)
    return [each.result for each in db.session.scalars(query)]


def lines() -> list[BankLine]:
    return list(db.session.scalars(db.select(BankLine).order_by(BankLine.id)))


def only_line() -> BankLine:
    [line] = lines()
    return line


def total(found: Sequence[BankLine]) -> Money:
    return Money(sum(int(line.amount) for line in found))


def holds() -> None:
    """Every rule of money is kept."""
    for number, (_sentence, check) in invariants.CHECKS.items():
        assert check() == 0, number
    db.session.rollback()
