"""A line that somebody draws."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marketplace.catalogue.models import Goods
from marketplace.foundation.web import Form
from marketplace.foundation.web.fields import ChoiceField, MoneyField, Needed, RadioField, choices_of
from marketplace.foundation.words import _l
from marketplace.prices.states import LEVEL_LABELS, TURN_LABELS, Level, Turn


class AlertForm(Form):
    goods = ChoiceField(_l("Goods"), [Needed()])
    level = ChoiceField(
        _l("At which step"), [Needed()], choices=choices_of(LEVEL_LABELS.items()), default=str(Level.FIELD)
    )
    turn = RadioField(
        _l("Tell me when the price"), choices=choices_of(TURN_LABELS.items()), default=str(Turn.ABOVE)
    )
    threshold = MoneyField(_l("Price"), [Needed()])

    def __init__(self, goods: Sequence[Goods], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.all_goods = {each.slug: each for each in goods}
        self.goods.choices = [(each.slug, each.name) for each in goods]


class PressForm(Form):
    """A single press of a button."""
