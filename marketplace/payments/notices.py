"""What we write about money."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.words import _l
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import tell
from marketplace.payments.models import BankLine, Charge, Statement


def _sample() -> dict[str, Any]:
    return {"buyer": "Nguyễn Thị Lan", "total": formats.vnd(900_000), "reference": "DH7K2M9QX4T3"}


topic("payments", _l("Money"), _l("What was paid and what you have to confirm."), order=30, fixed=True)
letter(
    "payments.reported",
    subject=_l("Money to check: %(total)s"),
    sentence=_l(
        "%(buyer)s says that %(total)s was sent with the text %(reference)s. Please look and confirm."
    ),
    sample=_sample,
    acts=("payments.confirm",),
)


def _sum_sample() -> dict[str, Any]:
    return {
        "seller": "HTX Đồng Lạc",
        "buyer": "Siêu thị Xanh",
        "total": formats.vnd(900_000),
        "title": "DL-2026-000012",
        "day": formats.date(dt.date(2026, 12, 5)),
    }


letter(
    "payments.due_soon",
    subject=_l("%(total)s to pay by %(day)s"),
    sentence=_l("%(total)s for %(title)s of %(seller)s is to be paid by %(day)s. Thank you."),
    sample=_sum_sample,
)
letter(
    "payments.late",
    subject=_l("%(total)s was to be paid by %(day)s"),
    sentence=_l(
        "%(total)s for %(title)s of %(seller)s was to be paid by %(day)s. Please pay now, or speak with the "
        "cooperative. If you have paid, this letter has crossed your payment."
    ),
    sample=_sum_sample,
)
letter(
    "payments.late_buyer",
    subject=_l("%(buyer)s is late: %(total)s"),
    sentence=_l("%(buyer)s was to pay %(total)s for %(title)s by %(day)s. We have reminded them."),
    sample=_sum_sample,
)


def remind(charge: Charge, step: int) -> None:
    """The buyer, before or after the day; the seller too once it has passed. A guest has no notices."""
    told: dict[str, Any] = {
        "seller": charge.payee.name,
        "buyer": charge.payer_name,
        "total": formats.vnd(charge.to_pay),
        "title": charge.told,
        "day": formats.date(charge.due_on) if charge.due_on else "",
    }
    organisation, person = charge.payer_organisation, charge.payer_person
    if (payer := organisation or person) is not None:
        tell(
            kind="payments.late" if step > 0 else "payments.due_soon",
            organisation_id=organisation.id if organisation is not None else None,
            person_id=charge.payer_person_id if organisation is None else None,
            url=f"/account/money/{payer.ref}-{charge.payee.ref}",
            key=f"payments.due:{charge.id}:{charge.due_on}:{step}",
            **told,
        )
    if step > 0:
        tell(
            kind="payments.late_buyer",
            organisation_id=charge.payee_organisation_id,
            url=f"/desk/money/{charge.ref}",
            key=f"payments.late_buyer:{charge.id}:{charge.due_on}",
            **told,
        )


def reported(charge: Charge) -> None:
    tell(
        organisation_id=charge.payee_organisation_id,
        kind="payments.reported",
        url=f"/desk/money/{charge.ref}",
        key=f"payments.reported:{charge.id}",
        about=charge.id,
        buyer=charge.payer_name,
        total=formats.vnd(charge.to_pay),
        reference=charge.transfer_ref,
    )


letter(
    "payments.lines",
    subject=_l("%(count)s bank payments need you"),
    sentence=_l(
        "The statement %(filename)s was read. %(count)s payments in it need you: say what each of them is for."
    ),
    sample=lambda: {"count": "4", "filename": "sao-ke-thang-11.xlsx"},
)
letter(
    "payments.line",
    subject=_l("A bank payment needs you: %(total)s"),
    sentence=_l("%(total)s came with the text “%(text)s”. Please say what it is for."),
    sample=lambda: {"total": formats.vnd(900_000), "text": "LAN CHUYEN TIEN CA ROT"},
)


def lines_wait(run: Statement, count: int) -> None:
    """Once for each statement, however many payments wait."""
    tell(
        organisation_id=run.organisation_id,
        kind="payments.lines",
        url="/desk/money/lines",
        key=f"payments.lines:{run.id}",
        count=str(count),
        filename=run.filename,
    )


def line_waits(line: BankLine) -> None:
    tell(
        organisation_id=line.organisation_id,
        kind="payments.line",
        url=f"/desk/money/lines/{line.ref}",
        key=f"payments.line:{line.id}",
        total=formats.vnd(line.amount),
        text=line.text[:120] or "–",
    )
