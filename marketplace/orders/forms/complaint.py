"""Reporting a problem with goods, and answering it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from wtforms import MultipleFileField

from marketplace.deliveries.models import Delivery
from marketplace.foundation import formats
from marketplace.foundation.money import Money
from marketplace.foundation.quantity import STEP
from marketplace.foundation.web.fields import (
    ChoiceField,
    MoneyField,
    Needed,
    Optional,
    QuantityField,
    RadioField,
    TextField,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.orders.models import Complaint, ComplaintLine, Order, OrderLine
from marketplace.orders.services import Trouble
from marketplace.orders.states import FAULT_LABELS, REMEDY_LABELS, Fault, Remedy


class ComplaintForm(Form):
    """For each line what is wrong (fault_<id>) and with how much of it (quantity_<id>)."""

    words = TextField(_l("What happened?"), [Optional()], longest=1000)
    photos = MultipleFileField(_l("Photos, four at the most (may stay empty)"))

    def troubles(self, order: Order) -> list[Trouble]:
        return [
            Trouble(line=line, fault=Fault(self[f"fault_{line.id}"].data), quantity=self._amount(line))
            for line in order.lines
            if self[f"fault_{line.id}"].data
        ]

    def taken(self) -> list[tuple[Any, str]]:
        """The photos that were really chosen: an empty field sends one without a name."""
        return [
            (photo.stream, photo.filename)
            for photo in self.photos.data or []
            if getattr(photo, "filename", "")
        ]

    def _amount(self, line: OrderLine) -> Decimal:
        """All of the line where nothing was written."""
        field = self[f"quantity_{line.id}"]
        return field.data.amount if field.data is not None else line.paid_for


def complaint_form(order: Order, deliveries: Sequence[Delivery]) -> ComplaintForm:
    """What the buyer wrote down as missing at receipt is proposed."""

    class Fields(ComplaintForm):
        pass

    missing = _missing(deliveries)
    choices = [("", _("All is well")), *((str(fault), label) for fault, label in FAULT_LABELS.items())]
    for line in order.lines:
        short = missing.get(line.claim_id)
        label = _("%(name)s: what is wrong?", name=line.name)
        default = str(Fault.SHORT) if short else ""
        setattr(Fields, f"fault_{line.id}", ChoiceField(label, choices=choices, default=default))
        setattr(Fields, f"quantity_{line.id}", _how_much(line, short))
    return Fields()


def _missing(deliveries: Sequence[Delivery]) -> dict[int, Decimal]:
    """Claim id -> how much of what is paid for did not arrive."""
    return {
        line.claim_id: (line.settled * (line.dispatched - line.received) / line.dispatched).quantize(STEP)
        for delivery in deliveries
        for line in delivery.lines
        if line.settled and line.dispatched and line.received is not None and line.received < line.dispatched
    }


def _how_much(line: OrderLine, short: Decimal | None) -> QuantityField:
    most = formats.amount(line.paid_for, line.paid_unit, locale())
    return QuantityField(
        _("%(name)s: how much of it?", name=line.name),
        [Optional()],
        unit=line.paid_unit,
        default=short,
        description=_("Paid for: %(amount)s. Empty means all of it.", amount=most),
    )


class ComplaintAnswerForm(Form):
    """Money, goods (again_<line id>) or no, with words."""

    remedy = RadioField(_l("What do you offer?"), [Needed(_l("Please choose what you offer."))])
    amount = MoneyField(_l("How much money"), [Optional()])
    words = TextField(_l("A few words to the buyer"), [Optional()], longest=1000)

    def __init__(self, remedies: Sequence[Remedy], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.remedy.choices = [(str(remedy), REMEDY_LABELS[remedy]) for remedy in remedies]

    def again(self, complaint: Complaint) -> Mapping[int, Decimal]:
        fields = {row.line_id: self[f"again_{row.line_id}"] for row in complaint.lines}
        return {line_id: field.data.amount for line_id, field in fields.items() if field.data is not None}


def complaint_answer_form(complaint: Complaint, open_amount: Money) -> ComplaintAnswerForm:
    """Money back where all is paid, less to pay where something is open; all of the goods are proposed."""

    class Fields(ComplaintAnswerForm):
        pass

    for row in complaint.lines:
        setattr(Fields, f"again_{row.line_id}", _again(row))
    money = Remedy.CREDIT if open_amount > 0 else Remedy.REFUND
    proposed = {"remedy": str(money), "amount": complaint.worth}
    return Fields([money, Remedy.REPLACEMENT, Remedy.NONE], data=proposed)


def _again(row: ComplaintLine) -> QuantityField:
    return QuantityField(
        _("%(name)s: how much do you send again?", name=row.line.name),
        [Optional()],
        unit=row.line.unit,
        least=-1,
        default=row.in_sale_units,
    )
