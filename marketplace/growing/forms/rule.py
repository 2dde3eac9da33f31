"""A rule about a substance."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    LineField,
    Needed,
    Optional,
    TickField,
    WholeField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l
from marketplace.growing import queries
from marketplace.growing.states import CERTAINTY_LABELS, Certainty


class RuleForm(Form):
    substance = LineField(
        _l("Substance"), [Optional()], longest=120, description=_l("Empty: whatever was sprayed.")
    )
    goods = ChoiceField(_l("For which goods"))
    market = LineField(
        _l("For which market"), [Optional()], longest=60, description=_l("Empty: every market.")
    )
    forbidden = TickField(_l("It is forbidden"))
    interval_days = WholeField(_l("Days from spraying to harvest, at least"), [Optional()], least=1, most=365)
    valid_from = DateField(_l("In force from"), [Needed()])
    valid_until = DateField(_l("Last day"), [Optional()])
    source = LineField(_l("Where that stands"), [Needed()], longest=300)
    certainty = ChoiceField(
        _l("How sure is it?"), choices=choices_of(CERTAINTY_LABELS.items()), default=str(Certainty.MEDIUM)
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(data={"valid_from": clock.today()}, **kwargs)
        self.by_id = {str(each.id): each for each in queries.goods_to_choose()}
        names = ((key, each.name) for key, each in self.by_id.items())
        self.goods.choices = choices_of(names, none=_l("All goods"))

    def values(self) -> dict[str, Any]:
        """As services.add_rule takes them."""
        plain = ("forbidden", "interval_days", "valid_from", "valid_until", "source")
        return {
            **{name: self[name].data for name in plain},
            "substance": self.substance.data or "",
            "goods": self.by_id.get(self.goods.data),
            "market": self.market.data or "",
            "certainty": Certainty(self.certainty.data),
        }


class EndForm(Form):
    last_day = DateField(_l("The last day on which it counts"), [Needed()])
