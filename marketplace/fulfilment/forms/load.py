"""Making a load ready."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import formats
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    LineField,
    Needed,
    Optional,
    QuantityField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.fulfilment import loading
from marketplace.linkage.models import CallOff


class LoadForm(Form):
    """What is left, on its day, is proposed."""

    kg = QuantityField(_l("How much goes"), [Needed()], unit="kg")
    day = DateField(_l("Which day"), [Needed()])


def load_form(call_off: CallOff, left: Decimal) -> LoadForm:
    return LoadForm(data={"kg": left, "day": loading.usual_day(call_off)})


class ToldLoadForm(LoadForm):
    """An officer writes down that a load is ready; `cooperative` is who of a pool brings it."""

    told_by = LineField(_l("Who told it"), [Optional()], longest=120)
    cooperative = ChoiceField(_l("Who brings it"), [Needed()])

    def __init__(self, bring: Sequence[Cooperative], left: Mapping[int, Decimal], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.bring = {each.slug: each for each in bring}
        self.cooperative.choices = choices_of(
            (slug, _("%(name)s, %(kg)s left", name=each.called, kg=formats.weight(left[each.id], locale())))
            for slug, each in self.bring.items()
        )

    @property
    def chosen(self) -> Cooperative:
        return self.bring[self.cooperative.data]


def told_load_form(
    call_off: CallOff, bring: Sequence[Cooperative], left: Mapping[int, Decimal]
) -> ToldLoadForm:
    most = max(bring, key=lambda each: left[each.id])
    data = {"kg": left[most.id], "day": loading.usual_day(call_off), "cooperative": most.slug}
    return ToldLoadForm(bring, left, data=data)
