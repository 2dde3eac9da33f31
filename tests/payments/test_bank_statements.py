"""A bank's statement: what is right counts by itself, all else waits with its reason, nothing is lost or twice."""

from __future__ import annotations

import pytest

from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.foundation.sheets import read_table, write_csv, write_xlsx
from marketplace.inbox.models import Notice
from marketplace.payments import movements, services, tasks
from marketplace.payments.models import BankLine, Charge, Statement
from marketplace.payments.services import bank_statements
from marketplace.payments.states import ChargeState, LineReason, LineState, RowResult, StatementState
from tests.payments.bank import HEADER, book, holds, lines, only_line, outcome, row, send
from tests.payments.conftest import owed
from tests.world import World

R, W = RowResult, LineReason


def fresh(charge: Charge) -> Charge:
    db.session.expire_all()
    return charge


def test_the_right_reference_and_sum_settle_the_charge(world: World, charge: Charge) -> None:
    run = send(world, [row(f"MBVCB.3278907687.{charge.transfer_ref}.CT tu LAN", 900_000, "FT1")])
    assert (run.state, outcome(run)) == (StatementState.DONE, [R.COUNTED])
    assert fresh(charge).state is ChargeState.SETTLED
    entry = charge.postings[-1]
    line = only_line()
    assert (entry.by_id, entry.method, entry.provider_ref) == (None, "transfer", f"line:{line.ref}")
    assert [(p.charge_id, p.amount, p.entry_id) for p in line.parts] == [
        (charge.id, Money(900_000), entry.id)
    ]
    holds()


def test_the_same_file_again_and_overlapping_ones_enter_nothing_twice(world: World, charge: Charge) -> None:
    first = [row(charge.transfer_ref, 900_000, "FT1"), row("tra tien", 5_000, ""), row("tra tien", 5_000, "")]
    send(world, first)
    assert outcome(send(world, first)) == [R.KNOWN] * 3
    later = [*first[1:], row("tra tien", 5_000, ""), row("moi", 7_000, "FT2")]
    assert outcome(send(world, later)) == [R.KNOWN, R.KNOWN, R.OPEN, R.OPEN]
    assert len(lines()) == 5
    assert fresh(charge).received == Money(900_000)
    holds()


def test_two_alike_in_two_chunks_of_one_file_are_two(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bank_statements.do_chunk, "__kwdefaults__", {"size": 1})
    run = send(world, [row("tra tien", 5_000), row("tra tien", 5_000)])
    assert outcome(run) == [R.OPEN, R.OPEN]
    assert outcome(send(world, [row("tra tien", 5_000), row("tra tien", 5_000)])) == [R.KNOWN, R.KNOWN]
    holds()


def test_a_file_with_the_bank_s_numbers_knows_one_without(world: World, charge: Charge) -> None:
    send(world, [row(f"{charge.transfer_ref} tien", 900_000, "")])
    assert outcome(send(world, [row(f"CT DEN {charge.transfer_ref}", 900_000, "FT9")])) == [R.KNOWN]
    assert only_line().bank_ref == "FT9"
    assert outcome(send(world, [row(charge.transfer_ref, 900_000, "")])) == [R.KNOWN]
    holds()


def test_a_number_that_the_bank_gave_twice_with_another_sum_goes_to_a_person(
    world: World, charge: Charge
) -> None:
    other = owed(world, subject_id=2, amount=70_000)
    run = send(world, [row(charge.transfer_ref, 900_000, "FT1"), row(other.transfer_ref, 70_000, "FT1")])
    assert outcome(run) == [R.COUNTED, R.OPEN]
    assert lines()[1].reason is W.REUSED and fresh(other).received == 0
    assert outcome(send(world, [row(other.transfer_ref, 70_000, "FT1")])) == [R.KNOWN]
    holds()


@pytest.mark.parametrize(("amount", "reason"), [(400_000, W.SHORT), (950_000, W.OVER)], ids=["short", "over"])
def test_another_sum_waits(world: World, charge: Charge, amount: int, reason: LineReason) -> None:
    send(world, [row(charge.transfer_ref, amount, "FT1")])
    assert (only_line().state, only_line().reason) == (LineState.OPEN, reason)
    assert fresh(charge).received == 0
    holds()


def test_what_is_paid_twice_or_late_waits(world: World, charge: Charge) -> None:
    late = owed(world, subject_id=2)
    with transaction():
        services.cancel(charge=late)
    ref = charge.transfer_ref
    send(world, [row(ref, 900_000, "FT1"), row(ref, 900_000, "FT2"), row(late.transfer_ref, 900_000, "FT3")])
    assert [line.reason for line in lines()] == [W.NONE, W.TWICE, W.LATE]
    assert fresh(charge).received == Money(900_000) and late.received == 0
    holds()


def test_no_reference_an_unknown_one_and_another_payee_s_wait(world: World, charge: Charge) -> None:
    with transaction():
        foreign = services.open_charge(
            purpose="booth",
            subject_id=5,
            amount=Money(900_000),
            payee_organisation_id=world.kinh_mon.organisation_id,
            method="transfer",
            payer_name="Lan",
        )
    from marketplace.foundation.reference import payment_reference

    texts = ["tien ca rot", payment_reference("DH"), foreign.transfer_ref]
    send(world, [row(text, 900_000, f"FT{n}") for n, text in enumerate(texts)])
    assert [line.reason for line in lines()] == [W.MISSING, W.UNKNOWN, W.UNKNOWN]
    assert fresh(foreign).received == 0
    holds()


def test_one_transfer_for_several_orders_by_references_or_by_sum(world: World, charge: Charge) -> None:
    second = owed(world, subject_id=2, amount=100_000)
    send(
        world,
        [
            row(f"{charge.transfer_ref} va {second.transfer_ref}", 1_000_000, "FT1"),
            row(charge.transfer_ref, 1_000_000, "FT2"),
        ],
    )
    assert [line.reason for line in lines()] == [W.SEVERAL, W.SEVERAL]
    assert fresh(charge).received == 0 and second.received == 0
    holds()


def test_one_order_by_several_transfers_is_said_of_all_of_them(world: World, charge: Charge) -> None:
    send(world, [row(charge.transfer_ref, 500_000, "FT1")])
    send(world, [row(charge.transfer_ref, 400_000, "FT2")])
    assert [line.reason for line in lines()] == [W.PARTS, W.PARTS]
    holds()


def test_money_written_down_by_hand_is_recognised_once(world: World, charge: Charge) -> None:
    with transaction():
        services.confirm(charge=charge, amount=Money(900_000), by=world.director)
    run = send(world, [row(charge.transfer_ref, 900_000, "FT1"), row(charge.transfer_ref, 900_000, "FT2")])
    assert outcome(run) == [R.COUNTED, R.OPEN]
    assert [line.reason for line in lines()] == [W.NONE, W.TWICE]
    assert fresh(charge).received == Money(900_000)
    holds()


def test_half_by_hand_and_the_same_half_by_the_bank_is_for_a_person(world: World, charge: Charge) -> None:
    with transaction():
        services.confirm(charge=charge, amount=Money(450_000), by=world.director)
    send(world, [row(charge.transfer_ref, 450_000, "FT1")])
    assert only_line().reason is W.DOUBT and fresh(charge).received == Money(450_000)
    holds()


def test_debits_balances_and_footers_count_nothing_and_wrong_rows_say_why(world: World) -> None:
    run = send(
        world,
        [
            ["", "", "", "", "1.000.000", "Số dư đầu kỳ"],
            ["24/11/2026", "FT1", "200.000", "", "800.000", "mua tui luoi"],
            ["24/11/2026", "FT2", "", "-50.000", "750.000", "hoan lai"],
            ["31/02/2026", "FT3", "", "10.000", "", "ngay sai"],
            ["24/11/2026", "FT4", "", "mười nghìn", "", "chu"],
            ["24/11/2026", "FT5", "1.000", "1.000", "", "hai ben"],
            ["24/11/2026", "FT6", "", "0", "750.000", "khong dong"],
            ["24/11/2026", "FT7", "", "12.000", "", "Cộng ty Tổng Hợp chuyen tien"],
            ["Tổng cộng", "", "201.000", "12.000", "", ""],
            ["Sao kê này không cần đóng dấu", "", "", "", "", ""],
        ],
    )
    assert outcome(run) == [
        R.OTHER, R.DEBIT, R.DEBIT, R.WRONG, R.WRONG, R.WRONG, R.OTHER, R.OPEN, R.OTHER, R.OTHER,
    ]  # fmt: skip
    assert only_line().amount == Money(12_000)
    holds()


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1.500.000", 1_500_000), ("1,500,000", 1_500_000), ("1,500,000.00", 1_500_000), ("1.500.000,00", 1_500_000),
        ("1500000", 1_500_000), ("1500000.00", 1_500_000), ("+1,500,000 VND", 1_500_000), ("1 500 000 đ", 1_500_000),
        ("500,000", 500_000), ("-1,500,000", -1_500_000), ("(1.500.000)", -1_500_000), ("1.500.000-", -1_500_000),
        ("1,500,000 CR", 1_500_000), ("1,500,000DR", -1_500_000), ("-", 0), ("0.00", 0), ("−2.000", -2_000),
    ],
)  # fmt: skip
def test_sums_in_every_writing(written: str, amount: int) -> None:
    assert movements.read_sum(written) == amount


@pytest.mark.parametrize("written", ["abc", "1.5", "1,500,000.50", "12.34.56", "१२", "1e9", "1" * 30])
def test_a_sum_that_cannot_be_read_says_so(written: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        movements.read_sum(written)


@pytest.mark.parametrize(
    "written",
    [
        "24/11/2026", "24-11-2026", "24.11.2026", "24/11/26", "2026-11-24", "20261124", "24/11/2026 14:02:37",
        "2026-11-24 14:02:37", "2026-11-24T14:02:37+07:00", "14:02 24/11/2026", "24-Nov-2026", "24 Nov 2026 02:02 PM",
        "24NOV2026", "46350",
    ],
)  # fmt: skip
def test_days_in_every_writing(written: str) -> None:
    assert f"{movements.read_day(written):%Y-%m-%d}" == "2026-11-24"


STATEMENTS = {
    "agribank": (["Ngày GD", "Số CT", "Phát sinh nợ", "Phát sinh có", "Số dư", "Diễn giải"],
                 ["24/11/2026", "A1", "", "900,000", "1,000,000", "{ref}"]),
    "vietcombank": (["Ngày giao dịch", "Số tham chiếu", "Thay đổi", "Số tiền", "Mô tả"],
                    ["24/11/2026", "B2", "+", "900,000", "{ref}"]),
    "techcombank": (["Ngày giao dịch", "Đối tác", "Diễn giải", "Mã giao dịch", "Ghi nợ", "Ghi có", "Số dư"],
                    ["24/11/2026", "LAN", "{ref}", "FT26", "", "900,000.00", "5"]),
    "english": (["Transaction Date", "Reference No", "Description", "Debit", "Credit", "Balance"],
                ["24-Nov-2026", "E5", "{ref}", "", "900,000.00", "5"]),
    "signed": (["Thời gian", "Số tiền", "Nội dung", "Tài khoản đối ứng"],
               ["24/11/2026 09:12:01", "+900.000", "{ref}", "0123"]),
}  # fmt: skip


@pytest.mark.parametrize("bank", STATEMENTS)
@pytest.mark.parametrize("kind", ["xlsx", "csv", "semicolons"])
def test_statements_of_many_banks_are_understood_without_help(
    world: World, charge: Charge, bank: str, kind: str
) -> None:
    """Titles of many lines above the header, as banks print them."""
    header, cells = STATEMENTS[bank]
    above = [
        ["NGÂN HÀNG"],
        ["Tên khách hàng:", "HTX Đồng Lạc, Chí Linh"],
        *[["", f"Dòng {n}"] for n in range(18)],
    ]
    rows = [header, [cell.format(ref=charge.transfer_ref) for cell in cells]]
    if kind == "xlsx":
        data = write_xlsx(["SAO KÊ TÀI KHOẢN"], [*above, *rows])
    else:
        data = write_csv(["SAO KÊ TÀI KHOẢN"], [*above, *rows])
        if kind == "semicolons":
            import csv
            import io

            out = io.StringIO()
            csv.writer(out, delimiter=";").writerows(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
            data = out.getvalue().encode()
    table = read_table(data, f"sao-ke.{kind}", header_like=movements.header_like)
    assert table.header == header
    with transaction():
        run = bank_statements.receive(table=table, filename="x", book=book(world), by=world.director)
        bank_statements.start(run=run)
    tasks.read_statement(run.id)
    assert outcome(run) == [R.COUNTED]
    assert fresh(charge).state is ChargeState.SETTLED


def test_a_choice_of_columns_is_remembered_for_the_account_only(world: World) -> None:
    header = ["Cột một", "Cột hai", "Cột ba"]
    table = read_table(
        write_xlsx(header, [["24/11/2026", "5.000", "x"]]), "a.xlsx", header_like=movements.header_like
    )
    with transaction():
        run = bank_statements.receive(table=table, filename="a", book=book(world), by=world.director)
        with pytest.raises(Refusal):
            bank_statements.start(run=run)
        bank_statements.choose_columns(run=run, chosen={"0": "day", "1": "credit", "2": "text"})
    with transaction():
        again = bank_statements.receive(table=table, filename="a", book=book(world), by=world.director)
        other = services.book_of(organisation_id=world.dong_lac.organisation_id, bin="970436", number="1")
        elsewhere = bank_statements.receive(table=table, filename="a", book=other, by=world.director)
    assert again.mapping == {"0": "day", "1": "credit", "2": "text"}
    assert elsewhere.mapping == {}


def test_two_columns_cannot_mean_the_same(world: World) -> None:
    table = read_table(write_xlsx(HEADER, [row("x", 1_000)]), "a.xlsx")
    with transaction():
        run = bank_statements.receive(table=table, filename="a", book=book(world), by=world.director)
        with pytest.raises(Refusal):
            bank_statements.choose_columns(run=run, chosen={"0": "day", "1": "credit", "2": "credit"})


def test_a_worker_that_died_is_gone_on_with(world: World, charge: Charge) -> None:
    table = read_table(
        write_xlsx(HEADER, [row("x", 1_000, "1"), row(charge.transfer_ref, 900_000, "2")]), "a.xlsx"
    )
    with transaction():
        run = bank_statements.receive(table=table, filename="a", book=book(world), by=world.director)
        bank_statements.start(run=run)
    with transaction():
        assert bank_statements.do_chunk(statement_id=run.id, size=1) == 1
    tasks.go_on_with_statements()
    tasks.go_on_with_statements()
    db.session.expire_all()
    assert outcome(run) == [R.OPEN, R.COUNTED]
    assert db.session.get_one(Statement, run.id).state is StatementState.DONE
    holds()


def test_the_payee_is_told_once_for_each_statement_how_many_need_somebody(
    world: World, charge: Charge
) -> None:
    send(world, [row("mot", 1_000, "1"), row("hai", 2_000, "2"), row(charge.transfer_ref, 900_000, "3")])
    send(world, [row("mot", 1_000, "1")])
    told = db.session.scalars(db.select(Notice).where(Notice.kind == "payments.lines")).all()
    assert [(n.person_id, n.subject_vi.split()[0]) for n in told] == [(world.director.id, "2")]


def test_the_whole_is_kept_by_the_database(world: World, charge: Charge) -> None:
    send(world, [row("mot", 1_000, "1")])
    line = only_line()
    from sqlalchemy import text
    from sqlalchemy.exc import DBAPIError

    with pytest.raises(DBAPIError, match="more than the line"):
        db.session.execute(
            text("INSERT INTO bank_parts (line_id, charge_id, amount) VALUES (:l, :c, 1001)"),
            {"l": line.id, "c": charge.id},
        )
    db.session.rollback()
    with pytest.raises(DBAPIError, match=r"uq_bank_lines_book_id_key|bank_lines\.key"):
        db.session.execute(
            text(
                "INSERT INTO bank_lines (ref, book_id, organisation_id, key, likeness, came_on, amount, text, bank_ref,"
                " counter_account, state, reason, words, at) SELECT 'x', book_id, organisation_id, key, likeness,"
                " came_on, amount, text, bank_ref, counter_account, state, reason, words, at FROM bank_lines"
            )
        )
    db.session.rollback()


def test_the_check_of_lines_catches_a_planted_break(world: World, charge: Charge) -> None:
    from sqlalchemy import text

    from marketplace.payments import invariants

    send(world, [row(charge.transfer_ref, 900_000, "FT1")])
    with transaction():
        db.session.execute(text("UPDATE bank_lines SET amount = 900001"))
    assert invariants.CHECKS["P7"][1]() == 2
    assert db.session.get_one(BankLine, only_line().id).amount == 900_001
