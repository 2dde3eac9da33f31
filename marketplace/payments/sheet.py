"""The statement as rows for Excel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.sheets import MOST_ROWS
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.payments import statements
from marketplace.payments.parties import Account
from marketplace.payments.statements import Period, Row


def columns() -> list[str]:
    return [
        _("Time"),
        _("What"),
        _("For what"),
        _("Note"),
        _("Owed more"),
        _("Paid or owed less"),
        _("Balance"),
    ]


def rows(account: Account, period: Period) -> Iterator[list[Any]]:
    """Opening balance, every row, closing balance."""
    told = statements.statement(account, period, size=MOST_ROWS)
    yield [period.first, _("Balance before"), "", "", "", "", told.opening]
    for row in told.page.rows:
        title = row.charge.title or row.charge.transfer_ref
        yield [
            row.at,
            str(row.what),
            title,
            _note(row),
            row.more or "",
            row.less or "",
            row.balance,
        ]
    if told.page.next:
        yield ["", _("More rows follow: please choose a shorter time."), "", "", "", "", ""]
    yield [period.last, _("Balance after"), "", "", told.more, told.less, told.closing]


def _note(row: Row) -> str:
    """What a deposit asks or counts moves no balance: it stands here."""
    aside = formats.vnd(row.aside, locale()) if row.aside else ""
    return ", ".join(told for told in (aside, row.note) if told)
