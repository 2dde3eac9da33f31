"""Answering what the scale raised."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.web.fields import Needed, RadioField
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.orders.models import OrderWeighing, WeighingLine
from marketplace.orders.states import Weight


class WeighingAnswerForm(Form):
    """One choice for each line, in fields named choice_<line id>."""

    def choices(self, weighing: OrderWeighing) -> dict[int, Weight]:
        return {row.line_id: Weight(self[f"choice_{row.line_id}"].data) for row in weighing.lines}


def weighing_answer_form(weighing: OrderWeighing, **kwargs: Any) -> WeighingAnswerForm:
    """Each choice with its sum; to pay only what was agreed is offered where it weighs more."""

    class Fields(WeighingAnswerForm):
        pass

    for row in weighing.lines:
        setattr(Fields, f"choice_{row.line_id}", _choice(row))
    return Fields(**kwargs)


def _choice(row: WeighingLine) -> RadioField:
    offered = [(str(Weight.WEIGHED), _("Take all of it, as weighed: %(sum)s", sum=_sum(row, Weight.WEIGHED)))]
    if row.heavier:
        agreed = _(
            "Take it, but pay no more than was agreed (%(kg)s): %(sum)s",
            kg=formats.weight(row.agreed_kg, locale()),
            sum=_sum(row, Weight.AGREED),
        )
        offered.append((str(Weight.AGREED), agreed))
    offered.append((str(Weight.REFUSED), _("Do not take it: 0 ₫")))
    return RadioField(
        _("%(name)s: what shall it be?", name=row.line.name),
        [Needed(_l("Please choose one of these."))],
        choices=offered,
    )


def _sum(row: WeighingLine, choice: Weight) -> str:
    return formats.vnd(row.sum(choice), locale())
