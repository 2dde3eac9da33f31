"""What sellers and buyers fill in about deliveries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

from marketplace.deliveries.models import Delivery, DeliveryLine
from marketplace.deliveries.services import Carrier, LotFacts, Weight
from marketplace.foundation import clock
from marketplace.foundation.formats import amount, date, weight
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
from marketplace.growing.models import Lot


class PackForm(Form):
    """One day of packing; for each line how much of which lot, in fields named lot_<line id>_<lot id>, or a lot of its
    own, in fields named <what>_<line id>."""

    packed_on = DateField(_l("Packed on"), [Needed()])
    lots_of: Mapping[int, Sequence[Lot]] = {}
    """Product id -> lots that may be chosen."""

    def lots(self, delivery: Delivery) -> dict[int, LotFacts]:
        return {line.id: self._facts(line) for line in delivery.lines if line.accepted > 0}

    def _facts(self, line: DeliveryLine) -> LotFacts:
        weight = self[f"kg_{line.id}"].data
        return LotFacts(
            harvested_on=self[f"harvested_on_{line.id}"].data,
            kg=weight.amount if weight is not None else None,
            plot=self[f"plot_{line.id}"].data or "",
            grower=self[f"grower_{line.id}"].data or "",
            drawn=self._drawn(line),
        )

    def _drawn(self, line: DeliveryLine) -> tuple[tuple[Lot, Decimal], ...]:
        fields = [(lot, self[f"lot_{line.id}_{lot.id}"]) for lot in self.lots_of.get(line.product_id, [])]
        return tuple((lot, field.data.amount) for lot, field in fields if field.data is not None)

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        late = [field for field in self if isinstance(field, DateField) and field.data > clock.today()]
        for field in late:
            field.errors = [_("This day is still to come.")]
        return not late


def pack_form(
    delivery: Delivery, usual: Mapping[int, LotFacts], lots_of: Mapping[int, Sequence[Lot]], **kwargs: Any
) -> PackForm:
    """What each box will tell; what is usual is proposed."""

    class Fields(PackForm):
        pass

    Fields.lots_of = lots_of

    proposed: dict[str, Any] = {"packed_on": clock.today()}
    for line in delivery.lines:
        if line.accepted <= 0:
            continue
        for what, field in _lot_fields().items():
            setattr(Fields, f"{what}_{line.id}", field)
            proposed[f"{what}_{line.id}"] = getattr(usual[line.id], what)
        drawn = {lot.id: kg for lot, kg in usual[line.id].drawn}
        for lot in lots_of.get(line.product_id, []):
            setattr(Fields, f"lot_{line.id}_{lot.id}", _from_lot(lot))
            proposed[f"lot_{line.id}_{lot.id}"] = drawn.get(lot.id)
    return Fields(data=proposed, **kwargs)


def _from_lot(lot: Lot) -> QuantityField:
    words = [
        _("harvested %(day)s", day=date(lot.harvested_on, locale())),
        lot.household_group or lot.plot,
        lot.grade,
        _("%(left)s left", left=weight(lot.free, locale())),
    ]
    told = ", ".join(part for part in words if part)
    return QuantityField(_("Lot %(code)s", code=lot.code), [Optional()], description=told)


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
        fields = {line.id: self._fields.get(f"quantity_{line.id}") for line in delivery.lines}
        return {
            line_id: field.data.amount
            for line_id, field in fields.items()
            if field and field.data is not None
        }


class WeighingForm(Form):
    """What the scale shows, in fields named kg_<line id>, and how many lie on it, in count_<line id>."""

    def weights(self, delivery: Delivery) -> dict[int, Weight]:
        """Of the lines that are asked for: nothing once all were weighed."""
        asked = (line for line in delivery.lines if line.to_weigh and f"kg_{line.id}" in self._fields)
        return {line.id: self._weight(line) for line in asked}

    def _weight(self, line: DeliveryLine) -> Weight:
        count = self._fields.get(f"count_{line.id}")
        return Weight(kg=self[f"kg_{line.id}"].data.amount, count=count.data.amount if count else None)


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


class LeavingForm(QuantitiesForm, WeighingForm):
    """Everything at once, from a letter."""


class ToldLeavingForm(LeavingForm):
    """What a cooperative says on the telephone; by a delegation also without."""

    told_by = LineField(_l("Who told it"), [Optional()], longest=120)
    vehicle = LineField(_l("Vehicle or driver"), [Optional()], longest=60)


class ToldHandOverForm(QuantitiesForm):
    """The same about goods that the buyer took."""

    told_by = LineField(_l("Who told it"), [Optional()], longest=120)


class WhoseForm(Form):
    """Whose deliveries, asked in the address of the page."""

    member = LineField(_l("Cooperative (a word of its name, or its tax code)"), [Optional()], longest=120)


class HandOverForm(QuantitiesForm):
    """`cash` is there when the buyer pays on delivery."""

    cash = MoneyField(_l("Cash taken"), [Optional()])


class PressForm(Form):
    """A single press of a button."""


def weighing_form(delivery: Delivery, **kwargs: Any) -> WeighingForm:
    """One scale reading for each weighed line; the kilograms are never proposed: somebody has to look."""

    class Fields(WeighingForm):
        pass

    _add_scale(Fields, [line for line in delivery.lines if line.to_weigh])
    return Fields(**kwargs)


def _add_scale(form: Any, lines: Iterable[DeliveryLine]) -> None:
    for line in lines:
        if line.unit != "kg":
            setattr(form, f"count_{line.id}", _count(line))
        setattr(form, f"kg_{line.id}", _scale(line))


def _count(line: DeliveryLine) -> QuantityField:
    return QuantityField(
        _("%(name)s: how many are on the scale", name=line.name),
        [Needed()],
        unit=line.unit,
        default=Quantity(line.scale_count or line.accepted, line.unit),
        description=_("At the most: %(most)s", most=amount(line.accepted, line.unit, locale())),
    )


def _scale(line: DeliveryLine) -> QuantityField:
    usual = line.accepted * (line.kg_per_unit or Decimal(1))
    return QuantityField(
        _("%(name)s: kilograms on the scale", name=line.name),
        [Needed(_l("Please write what the scale shows."))],
        default=None if line.scale_kg is None else Quantity(line.scale_kg, "kg"),
        description=_(
            "%(some)s weigh about %(kg)s.",
            some=amount(line.accepted, line.unit, locale()),
            kg=weight(usual, locale()),
        ),
    )


def dispatch_form(delivery: Delivery, **kwargs: Any) -> DispatchForm:
    """How much of each line leaves, more than nothing; what was agreed is proposed. The scale has spoken already."""
    return _with_lines(DispatchForm, delivery, _counted, lambda line: line.accepted, least=0, **kwargs)


def leaving_form(delivery: Delivery, **kwargs: Any) -> LeavingForm:
    """How much of each line left, with its weight where that is still to be read, and nothing else: from a letter."""
    form = _with_lines(LeavingForm, delivery, _counted, lambda line: line.accepted, least=0, **kwargs)
    return cast(LeavingForm, form)


def told_leaving_form(delivery: Delivery, **kwargs: Any) -> ToldLeavingForm:
    """The same, with who told it."""
    form = _with_lines(ToldLeavingForm, delivery, _counted, lambda line: line.accepted, least=0, **kwargs)
    return cast(ToldLeavingForm, form)


def told_hand_over_form(delivery: Delivery, **kwargs: Any) -> ToldHandOverForm:
    """What the buyer took, as the seller told it."""
    form = _with_lines(ToldHandOverForm, delivery, _left, lambda line: line.dispatched, **kwargs)
    return cast(ToldHandOverForm, form)


def _counted(line: DeliveryLine) -> bool:
    """Its quantity is asked when it leaves: it was not on a scale."""
    return not line.weighed


def hand_over_form(delivery: Delivery, **kwargs: Any) -> HandOverForm:
    """What the buyer took, as the seller saw it."""
    return _with_lines(HandOverForm, delivery, _left, lambda line: line.dispatched, **kwargs)


def receipt_form(delivery: Delivery, **kwargs: Any) -> QuantitiesForm:
    """What arrived, as the buyer saw it."""
    return _with_lines(QuantitiesForm, delivery, _left, lambda line: line.dispatched, **kwargs)


def _left(line: DeliveryLine) -> bool:
    return line.dispatched is None or line.dispatched > 0


def _with_lines(
    kind: Any, delivery: Delivery, asked: Any, proposed: Any, least: int = -1, **kwargs: Any
) -> Any:
    """A field for each line of which `asked` is true."""

    class Fields(kind):  # type: ignore[misc]
        pass

    if issubclass(kind, LeavingForm):
        _add_scale(Fields, [line for line in delivery.lines if line.to_weigh and line.scale_kg is None])
    for line in (line for line in delivery.lines if asked(line)):
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
