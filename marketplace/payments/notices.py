"""What we write about money."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.words import _l
from marketplace.inbox.letters import letter
from marketplace.inbox.services import tell
from marketplace.payments.models import BankLine, Charge, Statement


def _sample() -> dict[str, Any]:
    return {"buyer": "Nguyễn Thị Lan", "total": formats.vnd(900_000), "reference": "DH7K2M9QX4T3"}


letter(
    "payments.reported",
    subject=_l("Money to check: %(total)s"),
    sentence=_l(
        "%(buyer)s says that %(total)s was sent with the text %(reference)s. Please look and confirm."
    ),
    sample=_sample,
)


def reported(charge: Charge) -> None:
    tell(
        organisation_id=charge.payee_organisation_id,
        kind="payments.reported",
        url=f"/desk/money/{charge.ref}",
        key=f"payments.reported:{charge.id}",
        buyer=charge.payer_name,
        total=formats.vnd(charge.amount),
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
