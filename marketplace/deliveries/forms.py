"""What sellers and buyers fill in about deliveries."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marketplace.deliveries.models import Delivery, DeliveryLine
from marketplace.deliveries.states import MODE_LABELS, Mode
from marketplace.foundation import clock
from marketplace.foundation.formats import amount
from marketplace.foundation.quantity import Quantity
from marketplace.foundation.web.fields import (
    DateField,
    LineField,
    MoneyField,
    Needed,
    Optional,
    QuantityField,
    RadioField,
    WholeField,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.places.fields import UnitField


class PackForm(Form):
    harvested_on = DateField(_l("Harvested on"), [Needed()])

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if self.harvested_on.data > clock.today():
            self.harvested_on.errors = [_("This day is still to come.")]
            return False
        return True


class QuantitiesForm(Form):
    """One quantity per line, in fields named quantity_<line id>; a field left out means all of it."""

    def quantities(self, delivery: Delivery) -> dict[int, Decimal]:
        fields = {line.id: self[f"quantity_{line.id}"] for line in delivery.lines}
        return {line_id: field.data.amount for line_id, field in fields.items() if field.data is not None}


class DispatchForm(QuantitiesForm):
    vehicle = LineField(_l("Vehicle or driver"), [Optional()], longest=60)


class HandOverForm(QuantitiesForm):
    """`cash` is there when the buyer pays on delivery."""

    cash = MoneyField(_l("Cash taken"), [Optional()])


class OptionForm(Form):
    """A way to deliver with one fee; more fees for the same way are added one by one."""

    mode = RadioField(_l("Which way?"), [Needed()], choices=list(MODE_LABELS.items()))
    name_vi = LineField(_l("Its name in Vietnamese"), [Needed()], longest=120)
    name_en = LineField(_l("Its name in English"), [Optional()], longest=120)
    lead_days = WholeField(_l("Days from the order to the goods"), [Optional()], most=30, default=1)
    place = LineField(_l("Where to pick up"), [Optional()], longest=255)
    times = LineField(
        _l("When to pick up, for example: Tuesday and Friday 7:00–10:00"), [Optional()], longest=255
    )
    unit = UnitField(_l("Delivered where (empty: everywhere)"), needed=False)
    up_to_kg = QuantityField(_l("Up to which weight (empty: any)"), [Optional()])
    fee = MoneyField(_l("Fee"), [Optional()], least=0)
    free_from = MoneyField(_l("Free from this sum on"), [Optional()])

    def rules(self) -> list[dict[str, Any]]:
        """The fee rule as written; none for a pick-up."""
        if self.mode.data != Mode.OWN or self.fee.data is None:
            return []
        weight = self.up_to_kg.data
        return [
            {
                "unit_id": self.unit.unit_id,
                "up_to_kg": weight.amount if weight is not None else None,
                "fee": self.fee.data,
                "free_from": self.free_from.data,
            }
        ]


class PressForm(Form):
    """A single press of a button."""


def dispatch_form(delivery: Delivery, **kwargs: Any) -> DispatchForm:
    """How much of each line leaves, more than nothing; what was agreed is proposed."""
    return _with_lines(DispatchForm, delivery, lambda line: line.accepted, least=0, **kwargs)


def hand_over_form(delivery: Delivery, **kwargs: Any) -> HandOverForm:
    """What the buyer took, as the seller saw it."""
    return _with_lines(HandOverForm, delivery, lambda line: line.dispatched, **kwargs)


def receipt_form(delivery: Delivery, **kwargs: Any) -> QuantitiesForm:
    """What arrived, as the buyer saw it."""
    return _with_lines(QuantitiesForm, delivery, lambda line: line.dispatched, **kwargs)


def _with_lines(kind: Any, delivery: Delivery, proposed: Any, least: int = -1, **kwargs: Any) -> Any:
    class Fields(kind):  # type: ignore[misc]
        pass

    for line in delivery.lines:
        setattr(Fields, f"quantity_{line.id}", _quantity(line, proposed(line), least))
    return Fields(**kwargs)


def _quantity(line: DeliveryLine, proposed: Decimal | None, least: int) -> QuantityField:
    most = amount(proposed or Decimal(0), line.unit, locale())
    return QuantityField(
        line.name,
        unit=line.unit,
        least=least,
        default=None if proposed is None else Quantity(proposed, line.unit),
        description=_("At the most: %(most)s", most=most),
    )
