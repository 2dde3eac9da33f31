"""A field, and what is sown in it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from marketplace.catalogue.models import Product
from marketplace.foundation import clock
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    DecimalField,
    LineField,
    Needed,
    Optional,
    QuantityField,
    TextField,
    TickField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _, _l
from marketplace.growing.models import Plot, Sowing
from marketplace.growing.services import PlotFacts, SowingFacts
from marketplace.growing.states import LAND_LABELS, LandUnit
from marketplace.places.fields import UnitField

LARGEST = 100_000


class PlotForm(Form):
    """Where it is, how large, who tends it."""

    name = LineField(
        _l("What you call it"),
        [Needed()],
        longest=120,
        description=_l("For example: Mạc Động field, plot 12"),
    )
    place = UnitField(_l("Commune or ward"))
    village = LineField(_l("Village or hamlet"), [Optional()], longest=120)
    area = DecimalField(_l("How large is it?"), [Needed()], least=Decimal("0.01"), most=LARGEST)
    area_unit = ChoiceField(_l("Counted in"), choices=choices_of(LAND_LABELS.items()))
    household_group = LineField(
        _l("Group of households"),
        [Optional()],
        longest=120,
        description=_l("For example: Group 3. Buyers read it."),
    )
    household = LineField(_l("Household that tends it"), [Optional()], longest=120)
    household_shown = TickField(
        _l("The household agrees that buyers read its name"),
        description=_l("Without this tick only the cooperative and the alliance see the name."),
    )
    growing_area_code = LineField(_l("Growing-area code"), [Optional()], longest=40)
    lat = DecimalField(_l("Latitude"), [Optional()], least=8, most=24)
    lon = DecimalField(_l("Longitude"), [Optional()], least=102, most=110)

    def __init__(self, plot: Plot | None = None, **kwargs: Any) -> None:
        super().__init__(data=_kept(plot), **kwargs)
        if plot is not None and not self.is_submitted():
            self.place.choose(plot.unit_id)

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        if good and (self.lat.data is None) != (self.lon.data is None):
            missing = self.lat if self.lat.data is None else self.lon
            missing.errors = [_("Please write both numbers, or none.")]
            return False
        return good

    def facts(self) -> PlotFacts:
        assert self.place.unit_id is not None, "the field found the commune"
        return PlotFacts(
            name=self.name.data or "",
            unit_id=self.place.unit_id,
            village=self.village.data or "",
            area=self.area.data,
            area_unit=LandUnit(self.area_unit.data),
            household_group=self.household_group.data or "",
            household=self.household.data or "",
            household_shown=self.household_shown.data,
            growing_area_code=self.growing_area_code.data or "",
            lat=self.lat.data,
            lon=self.lon.data,
        )


def _kept(plot: Plot | None) -> dict[str, Any]:
    if plot is None:
        return {"area_unit": str(LandUnit.SAO)}
    names = ("name", "village", "household_group", "household", "household_shown", "growing_area_code")
    return {
        **{name: getattr(plot, name) for name in names},
        "area": plot.area_written,
        "area_unit": str(plot.area_unit),
        "lat": None if plot.lat is None else Decimal(str(plot.lat)),
        "lon": None if plot.lon is None else Decimal(str(plot.lon)),
    }


class WindowForm(Form):
    """When the harvest is expected, and how much of the whole field."""

    first_on = DateField(_l("First day of harvest"), [Needed()])
    last_on = DateField(_l("Last day of harvest"), [Needed()])
    kg = QuantityField(_l("Expected from the whole field"), [Needed()])

    def window(self) -> dict[str, Any]:
        return {"first_on": self.first_on.data, "last_on": self.last_on.data, "kg": self.kg.data.amount}


class SowingForm(WindowForm):
    """What was sown."""

    product = ChoiceField(_l("Product"))
    sown_on = DateField(_l("Sown on"), [Needed()])
    variety = LineField(_l("Variety"), [Optional()], longest=80)
    market = LineField(
        _l("For which market"),
        [Optional()],
        longest=60,
        description=_l("For example: Korea. Empty: every market; then the strictest rules are shown."),
    )

    def __init__(self, products: Sequence[Product], last: Sowing | None = None, **kwargs: Any) -> None:
        told: dict[str, Any] = {"sown_on": clock.today()}
        if last is not None:
            told |= {"product": str(last.product_id), "variety": last.variety, "market": last.market}
        super().__init__(data=told, **kwargs)
        self.products = {str(product.id): product for product in products}
        self.product.choices = choices_of((key, product.name) for key, product in self.products.items())

    def facts(self) -> SowingFacts:
        return SowingFacts(
            product=self.products[self.product.data],
            sown_on=self.sown_on.data,
            variety=self.variety.data or "",
            market=self.market.data or "",
            **self.window(),
        )


def window_form(sowing: Sowing, **kwargs: Any) -> WindowForm:
    return WindowForm(
        data={"first_on": sowing.first_on, "last_on": sowing.last_on, "kg": sowing.kg}, **kwargs
    )


class LossForm(Form):
    words = TextField(_l("What happened?"), [Needed()], longest=500)


class PressForm(Form):
    """A single press of a button."""
