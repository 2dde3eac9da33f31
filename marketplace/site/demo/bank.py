"""One bank statement of Đồng Lạc with a payment of every kind: what counts by itself, and what waits for a person."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.foundation.reference import payment_reference
from marketplace.foundation.sheets import read_table, write_xlsx
from marketplace.payments import services
from marketplace.payments.models import Charge
from marketplace.payments.services import bank_statements
from marketplace.payments.states import ChargeState, Way

HEADER = ["Ngày giao dịch", "Số tham chiếu", "Ghi nợ", "Ghi có", "Số dư", "Nội dung giao dịch"]


def statement(cooperative: Cooperative, director: Person) -> int:
    """Send it and read it; returns how many rows it has."""
    account = cooperatives.verified_account(cooperative.organisation_id)
    assert account is not None, "the seller's account was verified"
    table = read_table(write_xlsx(HEADER, _rows(cooperative.organisation_id)), "sao-ke.xlsx")
    with clock.standing_at(clock.now() - dt.timedelta(minutes=40)):
        book = services.book_of(
            organisation_id=cooperative.organisation_id, bin=account.bin, number=account.number
        )
        run = bank_statements.receive(table=table, filename="sao-ke-agribank.xlsx", book=book, by=director)
        bank_statements.start(run=run)
        while bank_statements.do_chunk(statement_id=run.id):
            pass
    return run.total


def _rows(payee_id: int) -> list[list[Any]]:
    """Newest charges that are open, one that is paid and one that is cancelled, and money that names none of them."""
    expected = _charges(payee_id, ChargeState.EXPECTED, ChargeState.REPORTED)
    paid = _charges(payee_id, ChargeState.SETTLED)
    rows = [
        _row("FT0001", 3_250_000, "Nop tien mat vao tai khoan"),
        ["", "FT0002", "1.480.000", "", "", "TT tien tui luoi"],
        _row("FT0003", 600_000, f"NGUYEN VAN A chuyen tien {payment_reference('DH')}"),
        _row("FT0004", 240_000, "Lan chuyen tien ca rot nha em nhe"),
    ]
    rows[1][0] = f"{clock.today():%d/%m/%Y}"
    for number, (charge, change, words) in enumerate(_told(expected, paid), start=5):
        rows.append(_row(f"FT{number:04d}", int(charge.to_pay or charge.amount) + change, words))
    if len(expected) > 1:
        both = " va ".join(charge.transfer_ref for charge in expected[:2])
        rows.append(_row("FT0090", sum(int(charge.to_pay or charge.amount) for charge in expected[:2]), both))
    rows.append(["31/02/2026", "FT0091", "", "75.000", "", "ngay in sai"])
    return [["", "", "", "", "12.400.000", "Số dư đầu kỳ"], *rows, ["Tổng cộng", "", "1.480.000", "", "", ""]]


def _told(expected: list[Charge], paid: list[Charge]) -> list[tuple[Charge, int, str]]:
    told: list[tuple[Charge, int, str]] = []
    wrapped = ("MBVCB.3278907687.{ref}.CT tu 0011", "{ref} tra thieu", "{ref} tra ca phi xe")
    for charge, change, words in zip(expected, (0, -50_000, 20_000), wrapped, strict=False):
        told.append((charge, change, words.format(ref=charge.transfer_ref)))
    for charge, words in zip(
        paid[:1] * 2, ("IBFT {ref} chuyen khoan", "{ref} chuyen lai lan nua"), strict=False
    ):
        told.append((charge, 0, words.format(ref=charge.transfer_ref)))
    return told


def _row(number: str, amount: int, text: str) -> list[Any]:
    return [f"{clock.today():%d/%m/%Y}", number, "", f"{Money(amount):,}", "", text]


def _charges(payee_id: int, *states: ChargeState) -> list[Charge]:
    return list(
        db.session.scalars(
            select(Charge)
            .where(
                Charge.payee_organisation_id == payee_id,
                Charge.state.in_(states),
                Charge.method == Way.TRANSFER,
            )
            .order_by(Charge.id.desc())
            .limit(4)
        )
    )
