"""Loans of the demonstration at every step; advice and legal help of this year and the last."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from marketplace.bridges import contract_history_supports_loan as evidence
from marketplace.foundation import clock
from marketplace.foundation.money import Money
from marketplace.programmes import queries, services
from marketplace.programmes.models import Loan, LoanFund
from marketplace.programmes.states.advice import AdviceMatter
from marketplace.programmes.states.fund import CheckKind
from marketplace.selection.states import Entered
from marketplace.site.demo.registry import Province

MILLION = 1_000_000
DAY = dt.timedelta(days=1)
ASKED = (
    ("dong-lac", AdviceMatter.CONTRACT, "Siêu thị muốn thêm điều khoản phạt 12%, có nên ký không?",
     "Luật Thương mại cho phạt đến 8% phần nghĩa vụ bị vi phạm. Nên đề nghị sửa lại; Liên minh đã gửi mẫu điều khoản.",
     45, 12),
    ("duc-chinh", AdviceMatter.TAX, "Bán rau tươi cho bếp ăn có phải nộp thuế giá trị gia tăng không?",
     "Sản phẩm trồng trọt chưa qua chế biến do hợp tác xã bán ra không chịu thuế; vẫn phải lập hoá đơn.", 30, 26),
    ("thang-long", AdviceMatter.LAW, "Điều lệ cũ theo Luật 2012, phải sửa những gì?",
     "Sửa theo Luật Hợp tác xã 2023: loại thành viên, vốn góp, quỹ chung không chia. Đã hẹn buổi làm việc.", 90, 40),
    ("kim-lien", AdviceMatter.LAND, "Thuê đất công ích của xã làm nhà sơ chế có được không?", "", 0, 3),
)  # fmt: skip


def loans(province: Province) -> int:
    """A fund with its rules and four loans: asked for by telephone, recommended, being repaid, closed."""
    with clock.standing_at(_at(700)):
        services.fund.add_known(by=province.officer)
        fund = next(each for each in queries.fund.funds() if each.code == "QTINH")
        services.fund.tell_capital(
            fund=fund, capital=Money(12_000 * MILLION), day=clock.today(), by=province.officer
        )
        services.fund.add_rule(
            fund=fund,
            measure=CheckKind.OWN_SHARE,
            threshold=Decimal(20),
            valid_from=clock.today(),
            source="Số minh hoạ: quy chế cho vay của quỹ",
            by=province.officer,
        )
    with clock.standing_at(_at(620)):
        _back(province, _paid(province, fund, "thang-long", 200, "Máy rửa và phân loại cà rốt"), 200)
    with clock.standing_at(_at(200)):
        repaying = _paid(province, fund, "duc-chinh", 300, "Nhà sơ chế 200 m²")
        today = clock.today()
        services.loan.schedule(
            loan=repaying,
            parts=[(today + turn * 91 * DAY, Money(75 * MILLION)) for turn in range(1, 5)],
            by=province.officer,
        )
    with clock.standing_at(_at(105)):
        _repay(province, repaying, 75, "PT-041")
    with clock.standing_at(_at(20)):
        wanted = _need(province, "dong-lac", 500, "Kho lạnh 50 tấn")
        services.loan.assess(loan=wanted, fund=fund, bad_debt=Money(0), by=province.officer)
    director = province.directors["dong-lac"]
    evidence.agree(
        loan=wanted,
        purpose="Để xét khoản vay 500 triệu đồng xây kho lạnh",
        until=clock.today() + 90 * DAY,
        by=director,
    )
    services.loan.recommend(loan=wanted, words="Có hợp đồng tiêu thụ dài hạn.", by=province.officer)
    with clock.standing_at(_at(2)):
        services.loan.ask(
            cooperative=province.cooperatives["kim-lien"],
            entered=Entered.PHONE,
            told_by="Bà Nga, giám đốc",
            by=province.officer,
            **_asked(120, "Xe tải nhỏ chở rau ra chợ sớm"),
        )
    return 4


def advice(province: Province) -> int:
    for key, matter, question, answer, minutes, ago in ASKED:
        with clock.standing_at(_at(ago)):
            asked = services.advice.ask(
                asked_by=province.directors[key].name,
                cooperative=province.cooperatives[key],
                matter=matter,
                question=question,
                by=province.officer,
            )
            if answer:
                services.advice.answer(
                    advice=asked,
                    words=answer,
                    minutes=minutes,
                    day=clock.today(),
                    follow_up_on=clock.today() + 7 * DAY if matter is AdviceMatter.LAW else None,
                    by=province.officer,
                )
    return len(ASKED)


def _at(ago: int) -> dt.datetime:
    """Nine in the morning, so many days ago."""
    return clock.from_local(dt.datetime.combine(clock.today() - ago * DAY, dt.time(9)))


def _asked(millions: int, purpose: str) -> dict[str, Any]:
    return {
        "amount": Money(millions * MILLION),
        "months": 24,
        "purpose": purpose,
        "project_cost": Money(2 * millions * MILLION),
        "own_capital": Money(millions * MILLION // 2),
    }


def _need(province: Province, key: str, millions: int, purpose: str) -> Loan:
    return services.loan.ask(
        cooperative=province.cooperatives[key], by=province.directors[key], **_asked(millions, purpose)
    )


def _paid(province: Province, fund: LoanFund, key: str, millions: int, purpose: str) -> Loan:
    loan, by = _need(province, key, millions, purpose), province.officer
    services.loan.assess(loan=loan, fund=fund, bad_debt=Money(0), by=by)
    services.loan.recommend(loan=loan, words="Có hợp đồng tiêu thụ.", by=by)
    services.loan.grant(
        loan=loan,
        amount=loan.asked_amount,
        rate=Decimal("3.96"),
        months=24,
        day=clock.today(),
        decision_no=f"{loan.id}/QĐ-QHT",
        by=by,
    )
    services.loan.disburse(
        loan=loan, amount=loan.asked_amount, day=clock.today(), reference=f"UNC-{loan.id}", by=by
    )
    return loan


def _repay(province: Province, loan: Loan, millions: int, reference: str) -> None:
    services.loan.repay(
        loan=loan,
        amount=Money(millions * MILLION),
        day=clock.today(),
        reference=reference,
        by=province.officer,
    )


def _back(province: Province, loan: Loan, millions: int) -> None:
    """All of it, after a year."""
    with clock.standing_at(clock.now() + 365 * DAY):
        _repay(province, loan, millions, "PT-007")
        services.loan.close(loan=loan, day=clock.today(), by=province.officer)
