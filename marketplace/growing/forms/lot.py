"""A harvest, and what the laboratory says of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField

from marketplace.catalogue.models import Product
from marketplace.foundation import clock
from marketplace.foundation.media.receiving import Clean, without_traces
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    LineField,
    ManyField,
    Needed,
    Optional,
    QuantityField,
    RadioField,
    TextField,
    TickField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.sending import ClientField
from marketplace.foundation.words import _l
from marketplace.growing.models import Plot
from marketplace.growing.states import RESULT_LABELS, LabResult


class HarvestForm(Form):
    """What was harvested together, and where."""

    client = ClientField(validators=[Optional()])
    product = ChoiceField(_l("Product"))
    plots = ManyField(_l("From which plots"))
    harvested_on = DateField(_l("Harvested on"), [Needed()])
    kg = QuantityField(_l("How much"), [Needed()])
    grade = LineField(_l("Grade"), [Optional()], longest=60)
    household_group = LineField(
        _l("Group of households"), [Optional()], longest=120, description=_l("Empty: the group of the plots.")
    )
    for_sale = TickField(
        _l("Put it into the stock of our shop"),
        description=_l(
            "For goods whose stock is counted here. Not for what a contract or an order waits for."
        ),
    )
    early_reason = TextField(
        _l("Harvested against a warning? Write why"),
        [Optional()],
        longest=500,
        description=_l("Only when a warning is shown. The alliance reads it."),
    )

    def __init__(self, products: Sequence[Product], plots: Sequence[Plot], **kwargs: Any) -> None:
        super().__init__(
            data={"harvested_on": clock.today(), "for_sale": True, **kwargs.pop("data", {})}, **kwargs
        )
        self.products_by_id = {str(each.id): each for each in products}
        self.plots_by_ref = {each.ref: each for each in plots}
        self.product.choices = choices_of((key, each.name) for key, each in self.products_by_id.items())
        self.plots.choices = choices_of((each.ref, each.name) for each in plots)

    def values(self) -> dict[str, Any]:
        """As services.harvest takes them."""
        return {
            "product": self.products_by_id[self.product.data],
            "plots": [self.plots_by_ref[ref] for ref in self.plots.data or []],
            "harvested_on": self.harvested_on.data,
            "kg": self.kg.data.amount,
            "grade": self.grade.data or "",
            "household_group": self.household_group.data or "",
            "for_sale": bool(self.for_sale.data),
            "early_reason": self.early_reason.data or "",
            "sent": self.client.data,
        }


class _WithSheet(Form):
    file = FileField(_l("A photo of the laboratory's sheet, or a PDF to 10 MB"), [Optional()])
    note = LineField(_l("Note"), [Optional()], longest=500)

    def clean(self) -> Clean | None:
        """Drawn anew, without what tells where and when it was taken; before the transaction, for it takes a moment."""
        sent = self.file.data
        if not getattr(sent, "filename", ""):
            return None
        return without_traces(stream=sent.stream, filename=sent.filename, field="file")


class TestForm(_WithSheet):
    """A sample that was taken, with its result when it is there."""

    number = LineField(_l("Number of the test"), [Needed()], longest=60)
    lab = LineField(_l("Laboratory"), [Needed()], longest=160)
    sampled_on = DateField(_l("Sample taken on"), [Needed()])
    result = RadioField(
        _l("Result"), choices=choices_of(RESULT_LABELS.items()), default=str(LabResult.WAITING)
    )


class ResultForm(_WithSheet):
    """The laboratory answered."""

    result = RadioField(
        _l("Result"),
        [Needed()],
        choices=choices_of((each, RESULT_LABELS[each]) for each in (LabResult.PASSED, LabResult.FAILED)),
    )
