"""A grade: what its sign means, in which market, from when."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.catalogue import grading, queries
from marketplace.catalogue.models import Goods, GradeSpec
from marketplace.catalogue.states import MEASURE_LABELS, Measure
from marketplace.foundation import clock
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    DecimalField,
    LineField,
    Needed,
    Optional,
    TextField,
    TickField,
    WholeField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l


class GradeForm(Form):
    sign = LineField(_l("Sign"), [Needed()], longest=12)
    market = ChoiceField(_l("In which market"), choices=[])
    country = LineField(_l("Another country, by its two letters"), [Optional()], longest=2)
    name_vi = LineField(_l("Its name in Vietnamese"), [Needed()], longest=80)
    name_en = LineField(_l("Its name in English"), [Optional()], longest=80)
    measure = ChoiceField(_l("Size"), choices=choices_of(MEASURE_LABELS.items()))
    least = DecimalField(_l("Smallest size"), [Optional()], most=100_000)
    most = DecimalField(_l("Largest size"), [Optional()], most=100_000)
    max_defects = DecimalField(_l("Pieces with defects, at the most"), [Optional()], most=100)
    rules_vi = TextField(_l("What else counts, in Vietnamese"), [Optional()], longest=2000)
    rules_en = TextField(_l("What else counts, in English"), [Optional()], longest=2000)
    source = LineField(_l("Where this is written"), [Optional()], longest=300)
    is_example = TickField(_l("An example: each buyer decides"))
    position = WholeField(_l("Order among the grades"), [Needed()], least=1, most=999, default=10)
    valid_from = DateField(_l("Counts from"), [Needed()])

    def __init__(self, spec: GradeSpec | None = None, **kwargs: Any) -> None:
        super().__init__(data=_shown(spec), **kwargs)
        codes = dict.fromkeys([*grading.COMMON, *([spec.market] if spec else [])])
        self.market.choices = [(code, grading.market_name(code)) for code in codes]

    def values(self) -> dict[str, Any]:
        """As services.add_grade takes them, without the goods and whether it is an example."""
        country = (self.country.data or "").upper()
        names = ("least", "most", "max_defects", "position", "valid_from")
        words = ("sign", "name_vi", "name_en", "rules_vi", "rules_en", "source")
        return {
            **{name: self[name].data for name in names},
            **{name: self[name].data or "" for name in words},
            "measure": Measure(self.measure.data),
            "market": f"{grading.EXPORT}:{country}" if country else self.market.data or "",
        }


class NewGradeForm(GradeForm):
    goods = ChoiceField(_l("Goods"), [Needed()], choices=[])

    def __init__(self, spec: GradeSpec | None = None, **kwargs: Any) -> None:
        super().__init__(spec, **kwargs)
        self.known = {each.slug: each for each in queries.goods()}
        self.goods.choices = [("", "–"), *((slug, each.name) for slug, each in self.known.items())]
        if spec is not None and not self.is_submitted():
            self.goods.data = spec.goods.slug

    @property
    def chosen(self) -> Goods:
        return self.known[self.goods.data]


class EndGradeForm(Form):
    last_day = DateField(_l("The last day on which it counts"), [Needed()])


def _shown(spec: GradeSpec | None) -> dict[str, Any]:
    if spec is None:
        return {"valid_from": clock.today()}
    names = (
        "sign", "name_vi", "name_en", "least", "most", "max_defects", "rules_vi", "rules_en", "source",
        "is_example", "position",
    )  # fmt: skip
    told = {name: getattr(spec, name) for name in names}
    first = clock.today() + dt.timedelta(days=1) if spec.used else spec.valid_from
    return {**told, "market": spec.market, "measure": str(spec.measure), "valid_from": first}
