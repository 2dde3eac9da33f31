"""A statement, written for good."""

from __future__ import annotations

from typing import Any

from marketplace.documents import services as documents
from marketplace.documents.models import IssuedDocument
from marketplace.foundation.errors import Refusal
from marketplace.foundation.words import _l
from marketplace.payments import written
from marketplace.payments.parties import Account
from marketplace.payments.statements import Period


def issue_statement(*, account: Account, period: Period, by: Any) -> IssuedDocument:
    """As the books stand now. Of the same days again: the same paper, or one that replaces it."""
    told = written.statement_of(account, period)
    if not told["complete"]:
        raise Refusal(_l("This is too long for one paper: please choose a shorter time."))
    return documents.issue(
        kind=written.STATEMENT.name,
        issuer_id=account.payee.id,
        about=written.about(account, period),
        title=f"{account.buyer.name}, {period.first:%d/%m/%Y}–{period.last:%d/%m/%Y}",
        content=told,
        stories={},
        by=by,
    )
