"""What sellers and buyers fill in about deliveries."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from marketplace.deliveries.models import Delivery, DeliveryLine
from marketplace.deliveries.services import Carrier, LotFacts
from marketplace.foundation import clock
from marketplace.foundation.formats import amount
from marketplace.foundation.quantity import Quantity
from marketplace.foundation.web.fields import (
    DateField,
    LineField,
    LinkField,
    MoneyField,
    Needed,
    Optional,
    QuantityField,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l


class PackForm(Form):
    """One day of packing; for each line its lot, in fields named <what>_<line id>."""

    packed_on = DateField(_l("Packed on"), [Needed()])

    def lots(self, delivery: Delivery) -> dict[int, LotFacts]:
        return {line.id: self._facts(line) for line in delivery.lines if line.accepted > 0}

    def _facts(self, line: DeliveryLine) -> LotFacts:
        weight = self[f"kg_{line.id}"].data
        return LotFacts(
            harvested_on=self[f"harvested_on_{line.id}"].data,
            kg=weight.amount if weight is not None else None,
            plot=self[f"plot_{line.id}"].data or "",
            grower=self[f"grower_{line.id}"].data or "",
        )

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        late = [field for field in self if isinstance(field, DateField) and field.data > clock.today()]
        for field in late:
            field.errors = [_("This day is still to come.")]
        return not late


def pack_form(delivery: Delivery, usual: Mapping[int, LotFacts], **kwargs: Any) -> PackForm:
    """What each box will tell; what is usual is proposed."""

    class Fields(PackForm):
        pass

    proposed: dict[str, Any] = {"packed_on": clock.today()}
    for line in delivery.lines:
        if line.accepted <= 0:
            continue
        for what, field in _lot_fields().items():
            setattr(Fields, f"{what}_{line.id}", field)
            proposed[f"{what}_{line.id}"] = getattr(usual[line.id], what)
    return Fields(data=proposed, **kwargs)


def _lot_fields() -> dict[str, Any]:
    return {
        "harvested_on": DateField(_l("Harvested on"), [Needed()]),
        "plot": LineField(
            _l("Field or plot"),
            [Optional()],
            longest=120,
            description=_l("For example: Mạc Động field, plot 12"),
        ),
        "grower": LineField(
            _l("Who grew it"),
            [Optional()],
            longest=120,
            description=_l("Everybody can read this. Empty: the cooperative."),
        ),
        "kg": QuantityField(_l("Net weight"), [Optional()]),
    }


class QuantitiesForm(Form):
    """One quantity per line, in fields named quantity_<line id>; a field left out means all of it."""

    def quantities(self, delivery: Delivery) -> dict[int, Decimal]:
        fields = {line.id: self[f"quantity_{line.id}"] for line in delivery.lines}
        return {line_id: field.data.amount for line_id, field in fields.items() if field.data is not None}


class DispatchForm(QuantitiesForm):
    vehicle = LineField(_l("Vehicle or driver"), [Optional()], longest=60)
    carrier = LineField(_l("Carrier, when somebody else brings it"), [Optional()], longest=80)
    tracking_number = LineField(_l("Its tracking number"), [Optional()], longest=40)
    tracking_link = LinkField(_l("Web page to follow it"), [Optional()])

    def with_whom(self) -> Carrier:
        return Carrier(
            name=self.carrier.data or "",
            number=self.tracking_number.data or "",
            link=self.tracking_link.data or "",
        )


class HandOverForm(QuantitiesForm):
    """`cash` is there when the buyer pays on delivery."""

    cash = MoneyField(_l("Cash taken"), [Optional()])


class PressForm(Form):
    """A single press of a button."""


def dispatch_form(delivery: Delivery, **kwargs: Any) -> DispatchForm:
    """How much of each line leaves, more than nothing; what was agreed is proposed."""
    return _with_lines(DispatchForm, delivery, lambda line: line.accepted, least=0, **kwargs)


def leaving_form(delivery: Delivery, **kwargs: Any) -> QuantitiesForm:
    """How much of each line left, and nothing else: from a letter."""
    return _with_lines(QuantitiesForm, delivery, lambda line: line.accepted, least=0, **kwargs)


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
