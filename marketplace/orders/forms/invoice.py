"""What a cooperative fills in about its e-invoices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from flask_wtf.file import FileField
from wtforms.validators import InputRequired

from marketplace.foundation import clock
from marketplace.foundation.web.fields import (
    DateField,
    LineField,
    LinkField,
    Needed,
    Optional,
    RadioField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _, _l
from marketplace.orders.models import OrderInvoice
from marketplace.orders.services.invoice import InvoiceFacts
from marketplace.orders.states import INVOICE_LABELS, InvoiceKind


class InvoiceForm(Form):
    """As it stands on the invoice."""

    corrects = False
    kinds: tuple[InvoiceKind, ...] = (InvoiceKind.ORIGINAL,)

    kind = RadioField(_l("What does it do?"), [Needed()])
    form_sign = LineField(
        _l("Form sign"), [Needed()], longest=1, default="1", description=_l("1 for a VAT invoice")
    )
    series = LineField(_l("Series"), [Needed()], longest=6, description=_l("For example: C26TAA"))
    number = LineField(_l("Number of the invoice"), [Needed()], longest=8)
    issued_on = DateField(_l("Day on the invoice"), [Needed()], default=clock.today)
    authority_code = LineField(_l("Code of the tax authority"), [Optional()], longest=40)
    lookup_link = LinkField(_l("Page where the buyer can look it up"), [Optional()])
    reason = LineField(_l("Why it is corrected"), [Optional()], longest=200)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind.choices = choices_of((kind, INVOICE_LABELS[kind]) for kind in self.kinds)
        if not self.is_submitted():
            self.kind.data = self.kinds[0]

    def facts(self) -> InvoiceFacts:
        return InvoiceFacts(
            form_sign=self.form_sign.data,
            series=self.series.data,
            number=self.number.data,
            issued_on=self.issued_on.data,
            authority_code=self.authority_code.data or "",
            lookup_link=self.lookup_link.data or "",
        )


class CorrectionForm(InvoiceForm):
    """Of an invoice that corrects the one noted before."""

    corrects = True
    kinds = (InvoiceKind.REPLACES, InvoiceKind.ADJUSTS)
    reason = LineField(_l("Why it is corrected"), [Needed()], longest=200)


def invoice_form(last: OrderInvoice | None) -> InvoiceForm:
    return InvoiceForm() if last is None else CorrectionForm()


class InvoiceFileForm(Form):
    file = FileField(
        _l("List of issued invoices (.csv or .xlsx)"), [InputRequired(_l("Please choose the file."))]
    )


class SalesForm(Form):
    """The days on which goods left; without any, this month."""

    first = DateField(_l("From the day"), [Optional()])
    last = DateField(_l("To the day"), [Optional()])

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(formdata=values or None)
        self.validate()

    def validate(self, extra_validators: Any = None) -> bool:
        ok = super().validate(extra_validators)
        if ok and self.first.data and self.last.data and self.last.data < self.first.data:
            self.last.errors = [_("The last day is before the first.")]
            return False
        return ok

    def period(self) -> tuple[dt.date, dt.date]:
        """What was chosen; what is missing or cannot be read is as usual."""
        last = (not self.last.errors and self.last.data) or clock.today()
        first = (not self.first.errors and self.first.data) or last.replace(day=1)
        return min(first, last), last
