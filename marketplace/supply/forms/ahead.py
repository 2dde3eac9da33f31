"""Saying what weeks will bring: on the cooperative's phone, or at the alliance for somebody who calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from wtforms import FileField

from marketplace.catalogue.models import Product
from marketplace.foundation import formats
from marketplace.foundation.calendar import Week
from marketplace.foundation.media.receiving import Clean
from marketplace.foundation.quantity import Quantity
from marketplace.foundation.web.fields import (
    LineField,
    Needed,
    Optional,
    QuantityField,
    RadioField,
    WholeField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.locale import locale
from marketplace.foundation.web.sending import ClientField, sent
from marketplace.foundation.words import _l
from marketplace.supply.models import Forecast
from marketplace.supply.services import Expected, around
from marketplace.supply.states import SURENESS_LABELS, Sureness

STEPS = (Decimal(1), Decimal(2), Decimal(5))


class AheadForm(Form):
    """One product and grade; each week has a field week_<2027-W09>, in the product's sale unit."""

    client = ClientField(validators=[Needed()])
    turn = WholeField("", [Optional()], least=1)
    sureness = RadioField(
        _l("How sure is it?"),
        [Needed()],
        choices=choices_of(SURENESS_LABELS.items()),
        default=Sureness.ROUGH.value,
    )
    note = LineField(_l("Note"), [Optional()], longest=300)
    photo = FileField(_l("Photo of the field"), [Optional()])
    weeks: Sequence[str] = ()

    @property
    def sending(self) -> str:
        """What arrives twice is one sending."""
        return f"{self.client.data}:{self.turn.data or 1}"

    def picture(self) -> Clean | None:
        """The photo without what tells where it was taken; raises a Refusal for what is none."""
        return sent(self.photo, "photo")

    def expected(self) -> list[Expected]:
        """The weeks that are filled in, with the least and the most that go with how sure it is."""
        sureness = Sureness(self.sureness.data)
        return [
            around(week, written.amount, sureness)
            for week in self.weeks
            if (written := self[f"week_{week}"].data) is not None
        ]


class ToldForm(AheadForm):
    """The same, for a cooperative that calls: who said it stands beside it; by a delegation it may stay empty."""

    told_by = LineField(_l("Who told you"), [Optional()], longest=120)


class PressForm(Form):
    """A single press of a button."""


class GradeForm(Form):
    """Another grade of the same goods."""

    grade = LineField(_l("Grade"), [Needed()], longest=12)


def ahead_form(
    product: Product,
    weeks: Sequence[str],
    said: Mapping[str, Forecast],
    kind: type[AheadForm] = AheadForm,
    **kwargs: Any,
) -> AheadForm:
    """What was said last stands in each field."""

    fields: dict[str, Any] = {}
    for week in weeks:
        at, last = Week.parse(week), said.get(week)
        words = _l(
            "Week %(week)s, %(days)s", week=at.week, days=formats.short_span(at.start, at.end, locale())
        )
        value = Quantity(last.likely, product.sale_unit) if last else None
        fields[f"week_{week}"] = QuantityField(
            words, [Optional()], unit=product.sale_unit, least=-1, default=value
        )
    form: AheadForm = type("WeeksForm", (kind,), fields)(turn=1, **kwargs)
    form.weeks = weeks
    return form


def step_for(said: Mapping[str, Forecast]) -> Decimal:
    """What one press of plus or minus is worth: about a twentieth of a usual week, as people count: 1, 2, 5, 10…"""
    most = max((each.likely for each in said.values()), default=Decimal(0))
    wanted = most / 20 if most else Decimal(50)
    power = Decimal(10) ** max(wanted.adjusted(), 0)
    return max((step * power for step in STEPS if step * power <= wanted), default=Decimal(1))
