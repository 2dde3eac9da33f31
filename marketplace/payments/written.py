"""What a statement says: shown as a draft at any time, frozen when the payee issues it."""

from __future__ import annotations

from typing import Any

from marketplace.cooperatives import queries as cooperatives
from marketplace.documents.kinds import document_kind
from marketplace.documents.models import IssuedDocument
from marketplace.foundation.words import _l, in_both
from marketplace.payments import statements
from marketplace.payments.parties import Account
from marketplace.payments.statements import MOST_PRINTED, Period, Row


def about(account: Account, period: Period) -> str:
    """The two parties and the days."""
    return f"{between(account)}:{period.first:%y%m%d}:{period.last:%y%m%d}"


def between(account: Account) -> str:
    """What the papers of an account begin with."""
    return f"statement:{account.payee.id}:{account.buyer.ref}"


def _owes(user: Any, document: IssuedDocument) -> bool:
    """The buyer: a person, or whoever acts for the organisation."""
    if not user.is_authenticated:
        return False
    buyer = document.about.split(":")[2]
    return buyer == user.ref or any(each.organisation.ref == buyer for each in user.memberships)


STATEMENT = document_kind(
    name="payments.statement",
    label=_l("Statement of account"),
    prefix="CN",
    templates={1: "payments/paper/statement.html"},
    sees=_owes,
)


def statement_of(account: Account, period: Period) -> dict[str, Any]:
    told, ageing = (
        statements.statement(account, period, size=MOST_PRINTED),
        statements.ageing(account),
    )
    seller = cooperatives.of_organisation(account.payee.id)
    return {
        "seller": cooperatives.letterhead(seller) if seller is not None else _plain(account),
        "buyer": account.buyer.name,
        "first": period.first,
        "last": period.last,
        "opening": told.opening,
        "more": told.more,
        "less": told.less,
        "closing": told.closing,
        "rows": [_row(row) for row in told.page.rows],
        "complete": told.page.next is None,
        "dues": [{"day": due.day, "amount": due.amount, "late": due.days_late} for due in ageing.dues],
        "surplus": ageing.surplus,
    }


def _plain(account: Account) -> dict[str, Any]:
    """A payee that is no cooperative: the alliance."""
    return {"name": account.payee.name, "address": {"vi": "", "en": ""}, "phone": "", "tax_code": ""}


def _row(row: Row) -> dict[str, Any]:
    return {
        "at": row.at,
        "what": in_both(lambda: row.what),
        "title": row.charge.title or row.charge.transfer_ref,
        "note": row.note,
        "aside": row.aside,
        "more": row.more,
        "less": row.less,
        "balance": row.balance,
    }
