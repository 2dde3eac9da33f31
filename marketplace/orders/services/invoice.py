"""Noting the e-invoice of a sale. It is issued by the cooperative's own provider; here stands which one it is."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.words import _l
from marketplace.orders import queries
from marketplace.orders.events import InvoiceRecorded
from marketplace.orders.models import Order, OrderInvoice
from marketplace.orders.services.turn import take_turn
from marketplace.orders.states import INVOICED, InvoiceKind

SERIES = re.compile(r"[CK]\d{2}[A-Z]{3}", re.ASCII)
"""C with the authority's code or K without, the year, the kind of goods invoice and two signs (Circular 78/2021)."""
FORM_SIGNS = set("123456")
NUMBER = re.compile(r"\d{1,8}", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class InvoiceFacts:
    """As it stands on the invoice."""

    form_sign: str
    series: str
    number: str
    issued_on: dt.date
    authority_code: str = ""
    lookup_link: str = ""


def record_invoice(
    *,
    order: Order,
    facts: InvoiceFacts,
    kind: InvoiceKind = InvoiceKind.ORIGINAL,
    reason: str = "",
    by: Any,
) -> OrderInvoice:
    """The first invoice of a sale, or one that corrects the last. Raises Refusal with a sentence beside its field.

    The same original once more is the one that is there: a file may come twice.
    """
    take_turn(order)
    clean = checked(facts)
    last = queries.last_invoice(order)
    if kind is InvoiceKind.ORIGINAL and last is not None:
        return _same(order, clean)
    if kind is not InvoiceKind.ORIGINAL and last is None:
        raise Refusal(_l("There is no invoice yet that could be corrected."), field="kind")
    if kind is not InvoiceKind.ORIGINAL and not reason.strip():
        raise Refusal(_l("Please say why it is corrected."), field="reason")
    if order.state not in INVOICED:
        raise Refusal(_l("Only an order that both sides agreed on has an invoice."))
    other = queries.order_of_invoice(order.cooperative_id, clean.form_sign, clean.series, clean.number)
    if other is not None:
        raise Refusal(
            _l("This number stands on order %(number)s already.", number=other.number), field="number"
        )
    invoice = OrderInvoice(
        order=order,
        cooperative_id=order.cooperative_id,
        kind=kind,
        corrects_id=last.id if last is not None else None,
        **vars(clean),
        reason=reason.strip()[:200],
        by_id=id_of(by),
        at=clock.now(),
    )
    db.session.add(invoice)
    db.session.flush()
    announce(
        InvoiceRecorded(
            order_id=order.id,
            invoice_id=invoice.id,
            what=kind,
            number=invoice.called,
            actor_id=invoice.by_id,
        )
    )
    return invoice


def checked(facts: InvoiceFacts) -> InvoiceFacts:
    """Written the one way that counts: series in capitals, the number with eight digits."""
    series, number = facts.series.strip().upper(), facts.number.strip()
    form_sign = facts.form_sign.strip()
    if form_sign not in FORM_SIGNS:
        raise Refusal(_l("The form sign is one digit from 1 to 6; 1 is a VAT invoice."), field="form_sign")
    if not SERIES.fullmatch(series):
        raise Refusal(_l("A series is written like C26TAA: C or K, the year, three letters."), field="series")
    if not NUMBER.fullmatch(number) or not int(number):
        raise Refusal(_l("The number has up to eight digits."), field="number")
    if facts.issued_on > clock.today():
        raise Refusal(_l("This day is still to come."), field="issued_on")
    return InvoiceFacts(
        form_sign=form_sign,
        series=series,
        number=number.zfill(8),
        issued_on=facts.issued_on,
        authority_code=facts.authority_code.strip()[:40],
        lookup_link=facts.lookup_link.strip(),
    )


def _same(order: Order, facts: InvoiceFacts) -> OrderInvoice:
    first = order.invoices[0]
    if (first.form_sign, first.series, first.number) == (facts.form_sign, facts.series, facts.number):
        return first
    raise Refusal(
        _l(
            "This order has the invoice %(number)s already. If it was corrected, note the correction on the order.",
            number=first.called,
        ),
        field="number",
    )
