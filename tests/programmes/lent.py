"""Loans as the office and the desk make them, for the tests of programmes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.foundation.money import Money
from marketplace.programmes import queries, services
from marketplace.programmes.models import Loan, LoanFund
from marketplace.programmes.states.fund import CheckKind
from tests.world import World


def m(millions: int) -> Money:
    return Money(millions * 1_000_000)


def funds(world: World) -> dict[str, LoanFund]:
    with transaction():
        services.fund.add_known(by=world.officer)
    return {each.code: each for each in queries.fund.funds()}


def need(world: World, member: Cooperative | None = None, millions: int = 300, **more: Any) -> Loan:
    with transaction():
        return services.loan.ask(
            cooperative=member or world.dong_lac,
            **{
                "amount": m(millions),
                "months": 24,
                "purpose": "Kho lạnh 50 tấn",
                "project_cost": m(2 * millions),
                "own_capital": m(millions // 2),
                "by": world.director,
                **more,
            },
        )


def granted(world: World, fund: LoanFund, loan: Loan, millions: int | None = None) -> Loan:
    """Assessed, recommended and granted today."""
    with transaction():
        services.loan.assess(loan=loan, fund=fund, bad_debt=Money(0), by=world.officer)
        services.loan.recommend(loan=loan, words="Có hợp đồng tiêu thụ", by=world.officer)
        services.loan.grant(
            loan=loan,
            amount=m(millions) if millions else loan.asked_amount,
            rate=Decimal("3.96"),
            months=24,
            day=clock.today(),
            decision_no="12/QĐ-QHT",
            by=world.officer,
        )
    return loan


def paid_out(world: World, loan: Loan, millions: int, reference: str = "UNC 1") -> Loan:
    with transaction():
        services.loan.disburse(
            loan=loan, amount=m(millions), day=clock.today(), reference=reference, by=world.officer
        )
    return loan


def repaid(world: World, loan: Loan, millions: int, reference: str = "PT 1") -> Loan:
    with transaction():
        services.loan.repay(
            loan=loan, amount=m(millions), day=clock.today(), reference=reference, by=world.officer
        )
    return loan


def due(loan: Loan, world: World, *parts: tuple[int, int]) -> None:
    """(days from today, millions)."""
    today = clock.today()
    with transaction():
        services.loan.schedule(
            loan=loan,
            parts=[(today + dt.timedelta(days), m(sum_)) for days, sum_ in parts],
            by=world.officer,
        )


def loans_shown(world: World) -> dict[str, Any]:
    """What the addresses of loans name: a fund with its figures, a loan that is being repaid and late, a voucher."""
    fund, today = funds(world)["QTINH"], clock.today()
    with transaction():
        services.fund.tell_capital(fund=fund, capital=m(10_000), day=today, by=world.officer)
        services.fund.add_rule(
            fund=fund,
            measure=CheckKind.OWN_SHARE,
            threshold=Decimal(20),
            valid_from=today,
            source="Quy chế cho vay của quỹ, Điều 5",
            by=world.officer,
        )
    loan = paid_out(world, granted(world, fund, need(world)), 200)
    due(loan, world, (-20, 100), (40, 200))
    repaid(world, loan, 40)
    need(world, world.kinh_mon, 150)
    return {"fund": fund, "loan": loan, "movement": queries.loan.movements_of(loan.id)[0]}
