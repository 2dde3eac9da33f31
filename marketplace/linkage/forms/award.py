"""Giving an award back, week by week or all of it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.calendar import Week
from marketplace.foundation.web.fields import LineField, Needed, Optional, QuantityField, RadioField
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.linkage import offering, pool_words
from marketplace.linkage.models import NeedAward

ALL, PART = "all", "part"


class GiveBackForm(Form):
    """All of it, or so much of each week."""

    how = RadioField(_l("How much do you give back?"), [Needed()])
    reason = LineField(
        _l("Why"),
        [Needed(_l("Please say why: the other side reads it."))],
        longest=400,
        description=_l("The buyer reads it. For example: rain flooded the field."),
    )
    told_by = LineField(_l("Who told it"), [Optional()], longest=120)
    weeks: Mapping[str, Decimal] = {}

    @property
    def week_fields(self) -> list[Any]:
        return [self[f"week_{week}"] for week in self.weeks]

    def given(self) -> dict[str, Decimal] | None:
        """Week → amount; None for all of it."""
        if self.how.data == ALL:
            return None
        typed = {week: self[f"week_{week}"].data for week in self.weeks}
        return {week: value.amount for week, value in typed.items() if value is not None}


class TakeBackForm(Form):
    """The buyer takes all of it back."""

    reason = LineField(
        _l("Why"),
        [Needed(_l("Please say why: the other side reads it."))],
        longest=400,
        description=_l("The seller reads it. For example: the contract was not signed in time."),
    )


def give_back_form(award: NeedAward, **kwargs: Any) -> GiveBackForm:
    """With a field for each week that still holds something; a request that goes to one seller comes back whole."""
    unit = award.need.unit
    weeks = offering.weekly(award.quantities)

    class Fields(GiveBackForm):
        pass

    for week, most in weeks.items():
        told = _("%(amount)s of this week are yours", amount=formats.amount(most, unit, locale()))
        label = pool_words.week_days(str(Week.parse(week)))
        setattr(Fields, f"week_{week}", QuantityField(label, [Optional()], unit=unit, description=told))
    form = Fields(data={"how": ALL}, **kwargs)
    form.weeks = weeks
    form.how.choices = [
        (ALL, _("All of it: %(amount)s", amount=formats.amount(award.standing, unit, locale()))),
        *([(PART, _("A part: I write how much of which week"))] if award.need.splits else []),
    ]
    return form
