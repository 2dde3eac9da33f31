"""What a buying organisation writes down about itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request

from marketplace.accounts.models import Membership
from marketplace.buyers import receiving
from marketplace.buyers.models import Depot
from marketplace.foundation.hours import same_hours, still_to_come
from marketplace.foundation.money import Money
from marketplace.foundation.web.fields import (
    LineField,
    MoneyField,
    Needed,
    Optional,
    PhoneField,
    TextField,
    TickField,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.rows import ClosedRow, HoursRow, Rows
from marketplace.foundation.words import _, _l
from marketplace.places.fields import UnitField


class DepotForm(Form):
    """Where it is, who is there, when it takes goods in."""

    name = LineField(_l("What you call it"), [Needed()], longest=120)
    street = LineField(_l("House number, street or hamlet"), [Needed()], longest=200)
    place = UnitField(_l("Commune or ward"))
    contact_name = LineField(_l("Who takes the goods in"), [Needed()], longest=120)
    contact_phone = PhoneField(_l("Their phone number"), [Needed()])
    note = TextField(_l("What the driver should know"), [Optional()], longest=500)
    closed_at_tet = TickField(_l("Closed at Tết (five days, by the lunar calendar)"), default=True)

    def __init__(self, depot: Depot | None = None, **kwargs: Any) -> None:
        super().__init__(obj=depot, **kwargs)
        weekly = same_hours(receiving.weekly_of(depot)) if depot else []
        closures = still_to_come(receiving.closures_of(depot)) if depot else []
        self.weekly: Rows[HoursRow] = Rows(HoursRow, "hours", weekly)
        self.closures: Rows[ClosedRow] = Rows(ClosedRow, "closed", closures, spare=0)
        if depot is not None and not self.is_submitted():
            self.street.data = depot.address.line1
            if (unit_id := depot.address.unit_as_written_id) is not None:
                self.place.choose(unit_id)

    @property
    def asks_for_more(self) -> bool:
        """The button under a table was pressed: one more line, and nothing is judged yet."""
        return any(f"more_{table.name}" in request.form for table in (self.weekly, self.closures))

    def submitted(self) -> bool:
        return self.is_submitted() and not self.asks_for_more and self.validate()

    def validate(self, extra_validators: Any = None) -> bool:
        tables = [self.weekly.validate(), self.closures.validate()]
        if not all(tables):
            self.problems = [_("Please look at the lines below: something is missing there.")]
        return super().validate(extra_validators) and all(tables)

    def values(self) -> dict[str, Any]:
        """As services.add_depot and change_depot take them."""
        openings = {opening for row in self.weekly.written for opening in row.openings()}
        return {
            "name": self.name.data,
            "street": self.street.data,
            "unit_id": self.place.unit_id,
            "contact_name": self.contact_name.data,
            "contact_phone": self.contact_phone.data,
            "note": self.note.data or "",
            "weekly": sorted(openings),
            "closures": [row.closing() for row in self.closures.written],
            "closed_at_tet": self.closed_at_tet.data,
        }


class LimitsForm(Form):
    """One sum for all members, and one for each person: fields named person_<id>, made by `limits_form`."""

    everybody = MoneyField(_l("All members"), [Optional()], least=0)

    def of(self, person_id: int) -> Any:
        return self[f"person_{person_id}"]


def limits_form(members: Sequence[Membership], limits: Mapping[int | None, Money]) -> LimitsForm:
    """Sums as they stand; an empty field is no limit."""

    class Fields(LimitsForm):
        pass

    for member in members:
        own = MoneyField(member.person.name, [Optional()], least=0, default=limits.get(member.person_id))
        setattr(Fields, f"person_{member.person_id}", own)
    return Fields(data={"everybody": limits.get(None)})


class PressForm(Form):
    """A single press of a button."""
