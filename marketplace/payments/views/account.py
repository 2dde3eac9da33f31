"""An account between a buyer and a seller, for whichever of the two looks: as page, sheet and paper.

`other` is who sits across.
"""

from __future__ import annotations

from typing import Any

from flask import request

from marketplace.accounts.models import Organisation
from marketplace.documents import queries as documents
from marketplace.foundation.papers.views import send_for
from marketplace.foundation.sheets import send_sheet
from marketplace.foundation.web import render
from marketplace.foundation.words import _
from marketplace.payments import credits, papers, sheet, statements, written
from marketplace.payments.forms import PeriodForm
from marketplace.payments.parties import Account, Buyer


def shown(template: str, account: Account, **more: Any) -> Any:
    form = PeriodForm(request.args)
    form.validate()
    return render(
        template,
        form=form,
        statement=statements.statement(account, form.period, request.args.get("after")),
        ageing=statements.ageing(account),
        credit=credits.credit_of(account),
        papers=documents.beginning(written.between(account)),
        **more,
    )


def as_sheet(account: Account, other: Organisation | Buyer) -> Any:
    return send_sheet(_title(other), sheet.columns(), sheet.rows(account, asked_period()))


def to_print(account: Account, back: str) -> Any:
    return render(papers.TEMPLATE, back=back, **papers.context(account, asked_period()))


def as_pdf(account: Account, other: Organisation | Buyer, back: str) -> Any:
    return send_for(
        kind="payments.statement",
        values=papers.values(account, asked_period()),
        title=_title(other),
        back=back,
    )


def asked_period() -> statements.Period:
    form = PeriodForm(request.values)
    form.validate()
    return form.period


def _title(other: Organisation | Buyer) -> str:
    return _("Statement %(name)s", name=other.name)
