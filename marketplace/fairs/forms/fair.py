"""What is filled in about a fair."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import request
from flask_wtf.file import FileField
from wtforms.validators import InputRequired

from marketplace import config
from marketplace.fairs import queries
from marketplace.fairs.models import Fair
from marketplace.fairs.services import BudgetPart, FairFacts, Filing, Place
from marketplace.fairs.states import FAIR_KIND_LABELS, SOURCE_LABELS, BudgetSource, FairKind, FairState
from marketplace.foundation import clock, formats
from marketplace.foundation.money import Money
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    LineField,
    MoneyField,
    Needed,
    Optional,
    PhoneField,
    RadioField,
    TextField,
    TickField,
    TimeField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.locale import locale
from marketplace.foundation.web.rows import Row, Rows
from marketplace.foundation.words import _, _l
from marketplace.places.fields import UnitField

HUE_LABELS = {
    "carrot": _l("Orange"),
    "straw": _l("Yellow"),
    "lychee": _l("Pink"),
    "leaf": _l("Green"),
    "lime": _l("Light green"),
    "river": _l("Blue"),
    "onion": _l("Purple"),
    "clay": _l("Brown"),
}


class _PlaceFields(Form):
    """Where it takes place."""

    venue = LineField(_l("Place, as people call it"), [Optional()], longest=200)
    street = LineField(_l("House number, street or hamlet"), [Optional()], longest=200)
    unit = UnitField(_l("Commune or ward"), needed=False)

    def show_place(self, fair: Fair) -> None:
        self.venue.data = fair.venue
        if fair.address is not None:
            self.street.data = fair.address.line1
            if (unit_id := fair.address.unit_as_written_id) is not None:
                self.unit.choose(unit_id)

    def place(self) -> Place:
        return Place(
            venue=self.venue.data or "",
            street=self.street.data or "",
            unit_id=self.unit.unit_id,
        )


class FairForm(_PlaceFields):
    """All that is written about a fair; its days and place only while it is a draft."""

    kind = ChoiceField(_l("What it is"), choices=choices_of(FAIR_KIND_LABELS.items()))
    name_vi = LineField(
        _l("Name"), [Needed()], longest=200, description=_l("With the year: Chí Linh Produce Week 2027")
    )
    name_en = LineField(_l("Name in English"), [Optional()], longest=200)
    theme_vi = LineField(_l("Theme, in one sentence"), [Optional()], longest=300)
    theme_en = LineField(_l("Theme in English"), [Optional()], longest=300)
    first_day = DateField(_l("First day"), [Needed()])
    last_day = DateField(_l("Last day"), [Needed()])
    opens = TimeField(_l("Opens at"), [Needed()], default=dt.time(8))
    closes = TimeField(_l("Closes at"), [Needed()], default=dt.time(21))
    in_province = RadioField(
        _l("Where it is"),
        choices=[("yes", _l("In our province")), ("no", _l("In another province, or abroad"))],
        default="yes",
    )
    organisers = LineField(_l("Organisers"), [Needed()], longest=400)
    guest = TickField(
        _l("Somebody else organises it; we only take part"),
        description=_l("Then they file it and report, and no terms of the law run here."),
    )
    story_vi = TextField(_l("What visitors can expect"), [Optional()], longest=6000)
    story_en = TextField(_l("The same in English"), [Optional()], longest=6000)
    rules_vi = TextField(_l("Rules for exhibitors"), [Optional()], longest=12000)
    rules_en = TextField(_l("Rules in English"), [Optional()], longest=12000)
    booth_fee = MoneyField(
        _l("Fee for a booth of 9 m²"), [Optional()], least=0, description=_l("Empty: no fee.")
    )
    contact_name = LineField(_l("Whom to ask"), [Optional()], longest=120)
    contact_phone = PhoneField(_l("Phone number for questions"), [Optional()])
    hue = ChoiceField(_l("Colour of its pages"), choices=choices_of(HUE_LABELS.items()))

    def __init__(self, fair: Fair | None = None, **kwargs: Any) -> None:
        super().__init__(obj=fair, **kwargs)
        self.settled = fair is not None and fair.state is not FairState.DRAFT
        if self.settled:
            for name in ("first_day", "last_day", "venue", "street", "unit"):
                del self[name]
        if self.is_submitted():
            return
        if fair is None:
            self.organisers.data = config.current().alliance_name
            return
        self.in_province.data = "yes" if fair.in_province else "no"
        self.booth_fee.data = fair.booth_fee or None
        if not self.settled:
            self.show_place(fair)

    def facts(self) -> FairFacts:
        """As services.draft_fair and change_fair take them."""
        texts = ("name_en", "theme_vi", "theme_en", "story_vi", "story_en", "rules_vi", "rules_en")
        return FairFacts(
            kind=FairKind(self.kind.data),
            name_vi=self.name_vi.data or "",
            in_province=self.in_province.data == "yes",
            guest=self.guest.data,
            organisers=self.organisers.data or "",
            opens=self.opens.data,
            closes=self.closes.data,
            booth_fee=self.booth_fee.data or Money(0),
            contact_name=self.contact_name.data or "",
            contact_phone=self.contact_phone.data or "",
            hue=self.hue.data,
            **{name: self[name].data or "" for name in texts},
        )

    def days_and_place(self) -> dict[str, Any]:
        """What only a draft may change."""
        if self.settled:
            return {}
        return {"first_day": self.first_day.data, "last_day": self.last_day.data, "place": self.place()}


class MoveForm(_PlaceFields):
    """Other days, another place, and why."""

    first_day = DateField(_l("First day"), [Needed()])
    last_day = DateField(_l("Last day"), [Needed()])
    reason = TextField(
        _l("Why it is moved"),
        [Needed(_l("Please write why: everybody who takes part reads it."))],
        longest=500,
        description=_l("Exhibitors get it in a letter, and the public page shows it."),
    )

    def __init__(self, fair: Fair, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fair = fair
        if not self.is_submitted():
            self.first_day.data, self.last_day.data = fair.first_day, fair.last_day
            self.show_place(fair)

    def new_place(self) -> Place | None:
        """None when the place stays."""
        place, address = self.place(), self.fair.address
        street = address.line1 if address is not None else ""
        unit_id = address.unit_as_written_id if address is not None else None
        was = Place(venue=self.fair.venue, street=street, unit_id=unit_id)
        return None if place == was else place


class CopyForm(Form):
    """A fair of another year begins with last year's."""

    first_day = DateField(_l("First day of the new fair"), [Needed()])

    def __init__(self, fair: Fair, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not self.is_submitted():
            # The same day of the week, a year (52 weeks) or more later.
            day = fair.first_day + dt.timedelta(weeks=52)
            while day <= clock.today():
                day += dt.timedelta(weeks=52)
            self.first_day.data = day


class ReasonForm(Form):
    reason = TextField(
        _l("Why"), [Needed(_l("Please write why: everybody who takes part reads it."))], longest=500
    )


class FilingForm(Form):
    """Papers that went to the Department of Industry and Trade, and what came back."""

    exempt_by = LineField(
        _l("Decided by the province: number of the decision"),
        [Optional()],
        longest=160,
        description=_l("Then it need not be filed (Decree 81/2018, art. 29.1). The report stays due."),
    )
    file_number = LineField(_l("Number of the file"), [Optional()], longest=60)
    filed_on = DateField(_l("Handed in on"), [Optional()])
    certified_on = DateField(_l("Confirmed on"), [Optional()])
    certified_by = LineField(_l("Confirmed by (paper and number)"), [Optional()], longest=160)
    change_filed_on = DateField(_l("Change told on"), [Optional()])
    report_filed_on = DateField(_l("Report handed in on"), [Optional()])

    def __init__(self, fair: Fair, **kwargs: Any) -> None:
        super().__init__(obj=fair, **kwargs)
        if fair.moved_from is None:
            del self.change_filed_on
            self.kept_change = fair.change_filed_on

    def filing(self) -> Filing:
        lines = ("exempt_by", "file_number", "certified_by")
        told = {name: self[name].data or "" for name in lines}
        change = self.change_filed_on.data if "change_filed_on" in self else self.kept_change
        return Filing(
            filed_on=self.filed_on.data,
            certified_on=self.certified_on.data,
            change_filed_on=change,
            report_filed_on=self.report_filed_on.data,
            **told,
        )


class PosterForm(Form):
    poster = FileField(_l("A picture, to 20 MB"), [InputRequired(_l("Please choose a photo."))])


class BudgetRow(Row):
    """Who gives how much."""

    matters = ("amount", "note", "support", "used")
    source = ChoiceField(_l("Source"), choices=choices_of(SOURCE_LABELS.items()))
    amount = MoneyField(_l("Sum"), [Needed()], least=1)
    support = MoneyField(_l("Of it to support exhibitors"), [Optional()], least=0)
    used = MoneyField(_l("Used so far, beside support"), [Optional()], least=0)
    note = LineField(_l("For what, by which paper"), [Optional()], longest=200)

    def show(self, part: BudgetPart) -> None:
        self.source.data, self.amount.data, self.note.data = part.source, part.amount, part.note
        self.support.data, self.used.data = part.support or None, part.used
        self.told = f"{SOURCE_LABELS[part.source]}: {formats.vnd(part.amount, locale())}"


class BudgetForm(Form):
    """Lines of the budget, by source."""

    def __init__(self, fair: Fair, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.lines: Rows[BudgetRow] = Rows(BudgetRow, "line", _parts(fair))

    @property
    def asks_for_more(self) -> bool:
        return f"more_{self.lines.name}" in request.form

    def submitted(self) -> bool:
        return self.is_submitted() and not self.asks_for_more and self.validate()

    def validate(self, extra_validators: Any = None) -> bool:
        fine = self.lines.validate()
        valid = super().validate(extra_validators)
        if not fine:
            self.problems = [_("Please look at the lines below: something is missing there.")]
        return valid and fine

    def written(self) -> list[BudgetPart]:
        return [
            BudgetPart(
                BudgetSource(row.source.data),
                row.amount.data,
                row.note.data or "",
                row.support.data or Money(0),
                row.used.data,
            )
            for row in self.lines.written
        ]


def _parts(fair: Fair) -> list[BudgetPart]:
    """The lines as they stand; a source's share for support stands in its first line."""
    given = {each.source: each.support for each in queries.budget_by_source(fair)}
    return [
        BudgetPart(line.source, line.amount, line.note, given.pop(line.source, Money(0)), line.used)
        for line in fair.budget
    ]


class PressForm(Form):
    """A single press of a button."""
