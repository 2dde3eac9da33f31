"""Credits on the alliance's own account that match nothing by themselves."""

from __future__ import annotations

from typing import Any

from flask import url_for

from marketplace.foundation import formats
from marketplace.foundation.db import Page
from marketplace.foundation.morning import Waiting, queue
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.payments import policies
from marketplace.payments.queries import bank_lines as queries
from marketplace.payments.states import REASON_LABELS


@queue(
    "bank-lines", label=_l("Payments that match nothing"), icon="money", door=policies.keeps_books, order=48
)
def bank_lines(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    page = queries.open_lines_of_alliance(size, after)
    return page.map(
        lambda line: Waiting(
            str(line.id),
            str(REASON_LABELS[line.reason]),
            formats.vnd(line.amount, locale()),
            url_for("bank_lines.show", line=line),
            since=line.at,
        )
    )
