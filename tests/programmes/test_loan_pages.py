"""The pages of loans: from the desk's need to the fund's money, whose is whose, sums that open their rows."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
from flask import Flask
from sqlalchemy import select

from marketplace.foundation import clock, formats
from marketplace.foundation.db import db, transaction
from marketplace.programmes import policies, queries, services
from marketplace.programmes.models import Loan, LoanMovement
from marketplace.programmes.states.loan import LoanState
from tests.client import ReadingClient, another
from tests.programmes.lent import due, funds, granted, need, paid_out, repaid
from tests.statements import queries_sent
from tests.world import World

NEED = {
    "purpose": "Kho lạnh 50 tấn",
    "project_cost": "600tr",
    "own_capital": "150tr",
    "amount": "300tr",
    "months": "24",
}


def text_of(client: ReadingClient, path: str) -> str:
    return client.get(path).get_data(as_text=True)


def now(loan: Loan) -> Loan:
    db.session.rollback()
    db.session.refresh(loan)
    return loan


def test_from_the_desk_to_the_money_and_back(world: World, app: Flask, client: ReadingClient) -> None:
    client.sign_in("donglac@demo.vn")
    assert client.get("/desk/loans").status_code == 200
    odd = client.send("/desk/loans/new", {**NEED, "amount": "700tr"})
    assert odd.status_code == 422 and "Kho lạnh 50 tấn" in odd.get_data(as_text=True)
    assert client.send("/desk/loans/new", NEED).status_code == 303
    loan = db.session.scalars(select(Loan)).one()
    assert "300.000.000" in text_of(client, f"/desk/loans/{loan.ref}")

    office = another(app)
    office.sign_in("officer@demo.vn")
    assert office.send("/office/loan-funds/known").status_code == 303
    fund = funds(world)["QTINH"]
    today = formats.date(clock.today())
    rule = {
        "measure": "own_share",
        "threshold": "20",
        "valid_from": today,
        "source": "Quy chế của quỹ, Điều 5",
    }
    there = f"/office/loan-funds/{fund.ref}"
    assert office.send(f"{there}/figures", rule).status_code == 303
    assert office.send(f"{there}/figures", rule).status_code == 422
    assert office.send(f"{there}/capital", {"capital": "10 tỷ", "capital_on": today}).status_code == 303
    assert "Quy chế của quỹ, Điều 5" in text_of(office, there)

    here = f"/office/loans/{loan.ref}"
    steps: tuple[tuple[str, dict[str, Any], LoanState], ...] = (
        ("assessment", {"fund": fund.id, "bad_debt": "0"}, LoanState.ASSESSED),
        ("recommendation", {"to-words": "Có hợp đồng tiêu thụ"}, LoanState.RECOMMENDED),
        (
            "grant",
            {"amount": "300tr", "rate": "3,96", "months": "24", "decision_no": "12/QĐ", "day": today},
            LoanState.GRANTED,
        ),
        (
            "payments",
            {"out-amount": "300tr", "out-day": today, "out-reference": "UNC 7"},
            LoanState.DISBURSED,
        ),
        (
            "repayments",
            {"back-amount": "300tr", "back-day": today, "back-reference": "PT 9"},
            LoanState.REPAYING,
        ),
        ("closing", {"end-day": today}, LoanState.CLOSED),
    )
    assert office.get(here).status_code == 200
    for step, filled, state in steps:
        assert f'action="{here}/{step}"' in text_of(office, here), f"the button of {step}"
        assert office.send(f"{here}/{step}", {}).status_code == 422, step
        assert office.send(f"{here}/{step}", filled).status_code == 303, step
        assert now(loan).state is state
        assert office.get(here).status_code == office.get("/en" + here).status_code == 200
        assert client.get(f"/desk/loans/{loan.ref}").status_code == 200
    assert "UNC 7" in text_of(client, f"/desk/loans/{loan.ref}")


FORMS = {
    "assessment": policies.can_assess,
    "recommendation": policies.can_recommend,
    "grant": policies.can_grant,
    "payments": policies.can_disburse,
    "repayments": policies.can_repay,
    "schedule": policies.can_schedule,
    "closing": policies.can_close,
}


def test_a_form_stands_there_while_its_step_can_be_made(world: World, client: ReadingClient) -> None:
    """State by state: the forms of the page are those whose predicate says yes; what it says no to, the service
    refuses with a sentence; whoever may only read sees none."""
    client.sign_in("officer@demo.vn")
    fund, loan = funds(world)["QTW"], need(world)
    here, seen = f"/office/loans/{loan.ref}", []

    def looked() -> None:
        page = text_of(client, here)
        shown = {step for step in FORMS if f'action="{here}/{step}"' in page}
        assert shown == {step for step, may in FORMS.items() if may(world.officer, now(loan))}
        assert not any(may(world.rival, loan) for may in FORMS.values())
        for step in ("turn_down", "refuse", "withdraw"):
            assert (f'{here}/end/{step}"' in page) == policies.can_end(world.officer, loan, step)
        seen.append(shown)

    looked()
    assert client.send(f"{here}/closing", {"end-day": formats.date(clock.today())}).status_code == 422
    granted(world, fund, loan)
    looked()
    paid_out(world, loan, 100)
    looked()
    paid_out(world, loan, 200, "UNC 2")
    looked()
    repaid(world, loan, 300)
    looked()
    with transaction():
        services.loan.close(loan=now(loan), day=clock.today(), by=world.officer)
    looked()
    assert seen == [
        {"assessment"},
        {"payments", "schedule"},
        {"payments", "repayments", "schedule"},
        {"repayments", "schedule"},
        {"schedule", "closing"},
        set(),
    ]


def test_days_of_repayment_are_proposed_and_read_back(world: World, client: ReadingClient) -> None:
    loan = granted(world, funds(world)["QTW"], need(world))
    client.sign_in("officer@demo.vn")
    here = f"/office/loans/{loan.ref}"
    assert "37.500.000" in text_of(client, here)
    odd = client.send(f"{here}/schedule", {"parts": "ngày mai 5tr"})
    assert odd.status_code == 422 and "ngày mai 5tr" in odd.get_data(as_text=True)
    assert (
        client.send(f"{here}/schedule", {"parts": "15/03/2030 100tr\n15/06/2030: 200tr"}).status_code == 303
    )
    assert len(queries.loan.instalments_of(loan.id)) == 2


def test_a_voucher_is_taken_back_with_its_reason(world: World, client: ReadingClient) -> None:
    loan = paid_out(world, granted(world, funds(world)["QTW"], need(world)), 300)
    movement = db.session.scalars(select(LoanMovement)).one()
    client.sign_in("officer@demo.vn")
    there = f"/office/loans/vouchers/{movement.ref}/void"
    assert client.get(there).status_code == 200
    assert client.send(there, {"reason": ""}).status_code == 422
    assert client.send(there, {"reason": "Nhầm hợp tác xã"}).status_code == 303
    assert now(loan).state is LoanState.GRANTED
    assert "Nhầm hợp tác xã" in text_of(client, f"/office/loans/{loan.ref}")


def test_a_need_by_phone_finds_its_member(world: World, client: ReadingClient) -> None:
    client.sign_in("officer@demo.vn")
    told = {**NEED, "entered": "phone", "told_by": "Ông Bình"}
    assert client.get("/office/loans/new").status_code == 200
    for name in ("Không có", "HTX"):
        assert client.send("/office/loans/new", {**told, "cooperative": name}).status_code == 422
    assert client.send("/office/loans/new", {**told, "cooperative": "Đồng Lạc"}).status_code == 303
    assert db.session.scalars(select(Loan)).one().cooperative_id == world.dong_lac.id


def test_a_foreign_loan_is_not_there(world: World, app: Flask, client: ReadingClient) -> None:
    loan = need(world)
    client.sign_in("kinhmon@demo.vn")
    assert client.get(f"/desk/loans/{loan.ref}").status_code == 404
    assert client.send(f"/desk/loans/{loan.ref}/withdrawal", {"words": "x"}).status_code == 404
    for path in ("", "/new", f"/{loan.ref}", "/export.xlsx"):
        assert client.get(f"/office/loans{path}").status_code in {403, 404}, path
    assert client.get("/office/loan-funds").status_code == 403
    own = another(app)
    own.sign_in("donglac@demo.vn")
    assert own.send(f"/desk/loans/{loan.ref}/withdrawal", {"words": "Đã tự lo được"}).status_code == 303
    assert now(loan).state is LoanState.WITHDRAWN
    assert "Đã tự lo được" in text_of(own, f"/desk/loans/{loan.ref}")


def test_every_sum_opens_its_rows_and_goes_to_excel(world: World, client: ReadingClient) -> None:
    by_code = funds(world)
    paid_out(world, granted(world, by_code["QTW"], need(world)), 300)
    paid_out(world, granted(world, by_code["TCTD"], need(world, world.kinh_mon, 900)), 900)
    need(world, millions=50)
    client.sign_in("officer@demo.vn")
    year = clock.today().year
    page = text_of(client, "/office/loans")
    span = f"from={year}&amp;to={year}"
    assert f"counted=1&amp;paid=1&amp;{span}" in page
    narrowed = text_of(client, f"/office/loans?counted=1&paid=1&from={year}&to={year}")
    rows = narrowed[narrowed.index('id="rows"') :]
    assert "HTX Đồng Lạc" in rows and "HTX Thăng Long" not in rows
    last_year = text_of(client, f"/office/loans?paid=1&from={year - 1}&to={year - 1}")
    assert "HTX Đồng Lạc" not in last_year
    sheet = client.get(f"/office/loans/export.xlsx?counted=1&paid=1&from={year}&to={year}")
    lines = [*openpyxl.load_workbook(io.BytesIO(sheet.data)).active.values]
    assert len(lines) == 2 and 300_000_000 in lines[1]
    for odd in ("?state=odd&fund=none&from=x&to=99999", "?from=²²²²", "?after=%00"):
        assert client.get("/office/loans" + odd).status_code == 200, odd


def test_a_list_asks_as_much_for_one_row_as_for_many(world: World, client: ReadingClient) -> None:
    fund = funds(world)["QTW"]
    client.sign_in("officer@demo.vn")
    loan = paid_out(world, granted(world, fund, need(world)), 300)
    due(loan, world, (-5, 100), (30, 200))
    client.get("/office/loans")
    with queries_sent() as few:
        client.get("/office/loans")
    for number in range(12):
        each = paid_out(world, granted(world, fund, need(world, world.kinh_mon)), 300, f"UNC {number}")
        repaid(world, each, 10, f"PT {number}")
    with queries_sent() as many:
        page = text_of(client, "/office/loans")
    assert len(many) <= len(few)
    assert "Quá hạn" in page
