"""A price, as an officer or a cooperative writes it down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import FileField, HiddenField

from marketplace.catalogue.models import Goods
from marketplace.foundation import formats
from marketplace.foundation.units import UNITS
from marketplace.foundation.web import Form
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    LineField,
    LinkField,
    MoneyField,
    Needed,
    Optional,
    RadioField,
    TickField,
    choices_of,
    today,
)
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.prices.models import Observation, PricePlace
from marketplace.prices.services import Seen
from marketplace.prices.states import LEVEL_LABELS, SOURCE_LABELS, Level, Source

HOME = "home"
"""The choice of a cooperative's own commune, which is no place of the board yet."""


class PriceForm(Form):
    """What every price has; the choices are given by the page."""

    goods = ChoiceField(_l("Goods"), [Needed()])
    place = ChoiceField(_l("Where"), [Needed()])
    level = RadioField(
        _l("At which step"), choices=choices_of(LEVEL_LABELS.items()), default=str(Level.FIELD)
    )
    day = DateField(_l("On which day"), [Needed()], default=today)
    grade = LineField(
        _l("Grade"), [Optional()], longest=20, description=_l("A sign like A, 1 or M. Empty: not graded.")
    )
    price = MoneyField(
        _l("Price"),
        description=_l("Of one kilogram, or of the unit that stands beside the goods."),
    )
    low = MoneyField(_l("Lowest price"), [Optional()])
    high = MoneyField(_l("Highest price"), [Optional()])
    sure = TickField(_l("The price is right"))

    def __init__(
        self, goods: Sequence[Goods], places: Sequence[PricePlace], *, home: str = "", **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.all_goods = {each.slug: each for each in goods}
        self.all_places = {each.ref: each for each in places}
        self.goods.choices = [(each.slug, _with_unit(each)) for each in goods]
        self.place.choices = [(HOME, home)] if home else []
        self.place.choices += [(each.ref, each.name) for each in places]

    def seen(self, home: PricePlace | None = None) -> Seen:
        """As the services take it; `home` stands for the choice of the own commune."""
        place = home if self.place.data == HOME and home is not None else self.all_places[self.place.data]
        return Seen(
            goods=self.all_goods[self.goods.data],
            place=place,
            day=self.day.data,
            level=Level(self.level.data),
            price=self.price.data,
            low=self.low.data,
            high=self.high.data,
            grade=(self.grade.data or "").upper(),
        )


class OfficePriceForm(PriceForm):
    """An officer saw it, or read it somewhere."""

    source = RadioField(
        _l("Who says so"),
        choices=choices_of((each, SOURCE_LABELS[each]) for each in (Source.OFFICER, Source.PUBLISHED)),
        default=str(Source.OFFICER),
    )
    source_words = LineField(
        _l("Where it was published, or who was asked"), [Optional()], longest=200,
        description=_l("Everybody reads this: no name of a private person."),
    )  # fmt: skip
    source_url = LinkField(_l("Web address"), [Optional()])


class CorrectionForm(OfficePriceForm):
    """The same once more, with the reason. Who said it stays."""

    reason = LineField(_l("Why it is corrected"), [Needed()], longest=200)


class OwnCorrectionForm(PriceForm):
    """A cooperative's own price once more, with the reason."""

    reason = LineField(_l("Why it is corrected"), [Needed()], longest=200)


class TakeBackForm(Form):
    reason = LineField(_l("Why it is taken off the board"), [Needed()], longest=200)


class SheetForm(Form):
    """Prices from a sheet; `kept` carries what was read from the preview to the import."""

    file = FileField(_l("Sheet with prices (.xlsx or .csv)"))
    kept = HiddenField()
    odd = TickField(_l("Write the marked prices too: I looked at them, they are right."))


class MarketForm(Form):
    """A market with a name of its own."""

    name_vi = LineField(_l("Name of the market"), [Needed()], longest=120)
    name_en = LineField(_l("Name in English"), [Optional()], longest=120)


def told_of(observation: Observation) -> dict[str, Any]:
    """A row as a form shows it, to be corrected."""
    return {
        "goods": observation.goods.slug,
        "place": observation.place.ref,
        "level": str(observation.level),
        "day": observation.day,
        "grade": observation.grade,
        "price": observation.price if observation.low is None else None,
        "low": observation.low,
        "high": observation.high,
        "source": str(observation.source),
        "source_words": observation.source_words,
        "source_url": observation.source_url,
    }


def _with_unit(goods: Goods) -> str:
    unit = formats.unit_name(goods.unit, locale())
    return goods.name if UNITS[goods.unit].kg else f"{goods.name} ({unit})"
