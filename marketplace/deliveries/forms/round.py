"""What is filled in about collection rounds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from marketplace.deliveries.models import Delivery, Round
from marketplace.foundation import clock
from marketplace.foundation.web.fields import (
    DateField,
    LineField,
    ManyField,
    Needed,
    Optional,
    PhoneField,
    QuantityField,
    TickField,
    TimeField,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l


class RoundForm(Form):
    """A truck, its driver, its day."""

    day = DateField(_l("Which day"), [Needed()])
    leaves_at = TimeField(_l("The truck leaves at"), [Needed()], default=dt.time(6))
    vehicle = LineField(
        _l("Vehicle"), [Needed()], longest=60, description=_l("For example: truck 34C-123.45")
    )
    most_kg = QuantityField(_l("How much it carries"), [Optional()])
    driver_name = LineField(_l("Driver's name"), [Needed()], longest=120)
    driver_phone = PhoneField(_l("Driver's phone"), [Needed()])
    open_to_others = TickField(_l("Other cooperatives may put their goods on it"))

    def __init__(self, round: Round | None = None, **kwargs: Any) -> None:
        super().__init__(obj=round, **kwargs)
        if round is None and not self.is_submitted():
            self.day.data = clock.today() + dt.timedelta(days=1)

    def values(self) -> dict[str, Any]:
        """As services.plan_round takes them."""
        most = self.most_kg.data
        return {
            "day": self.day.data,
            "leaves_at": self.leaves_at.data,
            "vehicle": self.vehicle.data,
            "most_kg": most.amount if most is not None else None,
            "driver_name": self.driver_name.data,
            "driver_phone": self.driver_phone.data,
            "open_to_others": self.open_to_others.data,
        }


class GoodsForm(Form):
    """Which deliveries of the day go with the round."""

    goods = ManyField(_l("Goods of this day"), [Needed(_l("Please tick at least one delivery."))])

    def __init__(self, free: Sequence[Delivery], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.free = {delivery.ref: delivery for delivery in free}
        self.goods.choices = [(delivery.ref, delivery.number) for delivery in free]

    def chosen(self) -> list[Delivery]:
        return [self.free[ref] for ref in self.goods.data]


class StopsForm(Form):
    """When the truck should be at each stop, as at_<stop id>; a button moves one, named <stop id>:<up or down>."""

    def times(self, round: Round) -> dict[int, dt.time | None]:
        return {stop.id: self[f"at_{stop.id}"].data for stop in round.stops}


def stops_form(round: Round, **kwargs: Any) -> StopsForm:
    class Fields(StopsForm):
        pass

    for stop in round.stops:
        setattr(Fields, f"at_{stop.id}", TimeField(_l("There at"), [Optional()], default=stop.planned_at))
    return Fields(**kwargs)
