"""What we write about loans: to the cooperative at each step and before a day, to officers when one is asked for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.accounts.states import OrganisationKind
from marketplace.foundation import clock, formats
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import tell
from marketplace.programmes.models import Loan


def _sample() -> dict[str, Any]:
    return {
        "name_of": "HTX Dịch vụ nông nghiệp Đồng Lạc",
        "fund": "Quỹ Hỗ trợ phát triển HTX tỉnh",
        "amount": formats.vnd(Money(300_000_000)),
        "reason": "Chưa có phương án trả nợ",
        "day": "15/03/2027",
    }


topic(
    "loans",
    _l("Loans"),
    _l("How far a loan is, and the days on which a part is to be repaid."),
    order=63,
    shown=lambda person: bool(person.organisations(OrganisationKind.COOPERATIVE)) or person.is_officer,
)
for _kind, _subject, _sentence in (
    (
        "loans.asked",
        _l("A cooperative needs a loan"),
        _l("%(name_of)s asks for a loan of %(amount)s. Please look at it."),
    ),
    (
        "loans.recommended",
        _l("Your loan was recommended"),
        _l("%(name_of)s: the alliance recommended the loan of %(amount)s to %(fund)s. The fund decides."),
    ),
    (
        "loans.turned_down",
        _l("Your loan was not recommended"),
        _l("%(name_of)s: the loan of %(amount)s was not recommended. Reason: %(reason)s"),
    ),
    (
        "loans.refused",
        _l("The fund refused the loan"),
        _l("%(name_of)s: %(fund)s refused the loan of %(amount)s. Reason: %(reason)s"),
    ),
    (
        "loans.granted",
        _l("A loan of %(amount)s is granted"),
        _l("%(name_of)s: %(fund)s granted you %(amount)s. The fund pays it out to you directly."),
    ),
    (
        "loans.disbursed",
        _l("%(amount)s of your loan were paid out"),
        _l("%(name_of)s: %(fund)s paid out %(amount)s. Please call the alliance if it did not come."),
    ),
    (
        "loans.due",
        _l("%(amount)s are to be repaid by %(day)s"),
        _l("%(name_of)s: please repay %(amount)s to %(fund)s by %(day)s."),
    ),
    (
        "loans.overdue",
        _l("A repayment is overdue"),
        _l(
            "%(name_of)s: %(amount)s were to be repaid to %(fund)s by %(day)s. "
            "If you have paid, please tell the alliance."
        ),
    ),
    (
        "loans.closed",
        _l("Your loan is repaid in full"),
        _l("%(name_of)s: the loan of %(amount)s from %(fund)s is repaid in full."),
    ),
):
    letter(_kind, subject=_subject, sentence=_sentence, sample=_sample)


def asked(loan: Loan) -> None:
    tell(
        officers=True,
        kind="loans.asked",
        url=f"/office/loans/{loan.ref}",
        key=f"loans.asked:{loan.id}",
        name_of=loan.cooperative.called,
        amount=formats.vnd(loan.asked_amount),
    )


def told(loan: Loan, kind: str, amount: int, key: str = "", reason: str = "") -> None:
    """A letter to everyone who acts for the cooperative, once for each key."""
    tell(
        organisation_id=loan.cooperative.organisation_id,
        kind=f"loans.{kind}",
        url=f"/desk/loans/{loan.ref}",
        key=f"loans.{kind}:{loan.id}:{key}",
        name_of=loan.cooperative.called,
        fund=loan.fund.name if loan.fund is not None else "",
        amount=formats.vnd(Money(amount)),
        reason=reason,
    )


def remind(loan: Loan, due_on: dt.date, missing: Money) -> None:
    """Once for each instalment and each number of days before or after it."""
    days = (clock.today() - due_on).days
    kind = "due" if days <= 0 else "overdue"
    assert loan.fund is not None, "a loan that was paid out has a fund"
    tell(
        organisation_id=loan.cooperative.organisation_id,
        kind=f"loans.{kind}",
        url=f"/desk/loans/{loan.ref}",
        key=f"loans.{kind}:{loan.id}:{due_on:%Y%m%d}:{days}",
        name_of=loan.cooperative.called,
        fund=loan.fund.name,
        amount=formats.vnd(missing),
        day=formats.date(due_on),
    )
