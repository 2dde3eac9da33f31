"""What a cooperative fills in about its ways to hand over: fees, hours and closed days as rows of a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask import request
from wtforms.validators import InputRequired

from marketplace.deliveries import fees
from marketplace.deliveries.models import DeliveryOption, FeeRule, PickupPoint
from marketplace.deliveries.windows import CutOff, Hours, hours_of
from marketplace.foundation import formats
from marketplace.foundation.hours import same_hours, still_to_come
from marketplace.foundation.money import Money
from marketplace.foundation.web.fields import (
    LineField,
    MoneyField,
    Needed,
    Optional,
    QuantityField,
    RadioField,
    TickField,
    TimeField,
    WholeField,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.locale import locale
from marketplace.foundation.web.rows import ClosedRow, HoursRow, Row, Rows
from marketplace.foundation.words import _, _l
from marketplace.places.fields import UnitField


class FeeRow(Row):
    matters = ("unit", "over_kg", "up_to_kg", "from_sum", "fee", "free_from")
    unit = UnitField(_l("Where to (empty: everywhere)"), needed=False)
    over_kg = QuantityField(_l("Over which weight"), [Optional()], least=-1)
    up_to_kg = QuantityField(_l("Up to which weight (empty: any)"), [Optional()])
    from_sum = MoneyField(_l("For goods worth from"), [Optional()], least=0)
    fee = MoneyField(_l("Fee"), [InputRequired(_l("Please give the fee; 0 is fine."))], least=0)
    free_from = MoneyField(_l("Free from this sum on"), [Optional()])

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        rule = self.rule()
        if rule["up_to_kg"] is not None and rule["up_to_kg"] <= rule["over_kg"]:
            self.up_to_kg.errors = [_("Write more than the weight it begins over.")]
        if rule["free_from"] is not None and rule["free_from"] <= rule["from_sum"]:
            self.free_from.errors = [_("Write more than the sum it begins from.")]
        return not self.errors

    def rule(self) -> dict[str, Any]:
        """As services.add_option takes it."""
        over, up_to = self.over_kg.data, self.up_to_kg.data
        return {
            "unit_id": self.unit.unit_id,
            "over_kg": over.amount if over is not None else Decimal(0),
            "up_to_kg": up_to.amount if up_to is not None else None,
            "from_sum": self.from_sum.data or Money(0),
            "fee": self.fee.data,
            "free_from": self.free_from.data,
        }

    def show(self, rule: FeeRule) -> None:
        """Fill the line with a rule that stands."""
        if rule.unit_id is not None:
            self.unit.choose(rule.unit_id)
        self.over_kg.data, self.up_to_kg.data = rule.over_kg or None, rule.up_to_kg
        self.from_sum.data, self.fee.data = rule.from_sum or None, rule.fee
        self.free_from.data = rule.free_from
        self.told = f"{fees.in_words(rule)}: {formats.vnd(rule.fee, locale())}"


class TimetableForm(Form):
    """Until when to order, on which days and hours, and when it is closed."""

    cut_off = RadioField(
        _l("Until when can people order?"),
        [Needed()],
        choices=[("day", _l("until a time on an earlier day")), ("hours", _l("until some hours before"))],
        default="day",
    )
    days_before = WholeField(_l("How many days before"), [Optional()], least=1, most=10, default=1)
    order_by = TimeField(_l("Until this time"), [Optional()], default=dt.time(18))
    hours_ahead = WholeField(_l("How many hours before"), [Optional()], least=1, most=240)
    closed_at_tet = TickField(_l("Closed at Tết (five days, by the lunar calendar)"), default=True)

    def __init__(self, stored: Hours | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.weekly = Rows(HoursRow, "hours", same_hours(stored.weekly if stored else ()))
        self.closures = Rows(ClosedRow, "closed", still_to_come(stored.closures if stored else ()), spare=0)
        if stored is not None and not self.is_submitted():
            self.cut_off.data = "day" if stored.hours_ahead is None else "hours"
            self.days_before.data = stored.days_before or 1
            self.order_by.data = stored.order_by or dt.time(18)
            self.hours_ahead.data, self.closed_at_tet.data = stored.hours_ahead, stored.closed_at_tet

    @property
    def tables(self) -> list[Rows[Any]]:
        return [self.weekly, self.closures]

    @property
    def asks_for_more(self) -> bool:
        """The button under a table was pressed: one more line, and nothing is judged yet."""
        return any(f"more_{table.name}" in request.form for table in self.tables)

    def submitted(self) -> bool:
        return self.is_submitted() and not self.asks_for_more and self.validate()

    def validate(self, extra_validators: Any = None) -> bool:
        wrong = [table for table in self.tables if not table.validate()]
        self.problems = (
            [] if not wrong else [_("Please look at the lines below: something is missing there.")]
        )
        return super().validate(extra_validators) and self._has_cut_off() and not wrong

    def _has_cut_off(self) -> bool:
        wanted = {"day": (self.days_before, self.order_by), "hours": (self.hours_ahead,)}[self.cut_off.data]
        for field in wanted:
            if field.data is None:
                field.errors = [_("Please fill this in.")]
        return not self.errors

    def hours(self) -> Hours:
        by_day = self.cut_off.data == "day"
        openings = {opening for row in self.weekly.written for opening in row.openings()}
        return Hours(
            weekly=tuple(sorted(openings)),
            closures=tuple(row.closing() for row in self.closures.written),
            days_before=self.days_before.data if by_day else None,
            order_by=self.order_by.data if by_day else None,
            hours_ahead=None if by_day else self.hours_ahead.data,
            closed_at_tet=self.closed_at_tet.data,
        )


class OptionForm(TimetableForm):
    """Own delivery: its fees, its days and hours."""

    name_vi = LineField(_l("Its name in Vietnamese"), [Needed()], longest=120)
    name_en = LineField(_l("Its name in English"), [Optional()], longest=120)

    def __init__(self, option: DeliveryOption | None = None, **kwargs: Any) -> None:
        super().__init__(hours_of(option.timetable) if option else None, **kwargs)
        self.fees = Rows(FeeRow, "fee", option.rules if option else [])
        if option is not None and not self.is_submitted():
            self.name_vi.data, self.name_en.data = option.name_vi, option.name_en

    @property
    def tables(self) -> list[Rows[Any]]:
        return [self.fees, *super().tables]

    def values(self) -> dict[str, Any]:
        """As services.add_option and change_option take them."""
        return {
            "name_vi": self.name_vi.data,
            "name_en": self.name_en.data or "",
            "rules": [row.rule() for row in self.fees.written],
            "hours": self.hours(),
        }


class PointForm(TimetableForm):
    """A pick-up point."""

    name_vi = LineField(_l("Its name in Vietnamese"), [Needed()], longest=120)
    name_en = LineField(_l("Its name in English"), [Optional()], longest=120)
    address = LineField(_l("Where it is"), [Needed()], longest=255)
    note = LineField(_l("What buyers should know"), [Optional()], longest=255)
    open_to_others = TickField(_l("Other cooperatives may ask to use it too"))

    def __init__(self, point: PickupPoint | None = None, **kwargs: Any) -> None:
        super().__init__(hours_of(point.timetable) if point else None, **kwargs)
        if point is not None and not self.is_submitted():
            self.name_vi.data, self.name_en.data = point.name_vi, point.name_en
            self.address.data, self.note.data = point.address, point.note
            self.open_to_others.data = point.open_to_others

    def values(self) -> dict[str, Any]:
        """As services.add_point and change_point take them."""
        return {
            "name_vi": self.name_vi.data,
            "name_en": self.name_en.data or "",
            "address": self.address.data,
            "note": self.note.data or "",
            "open_to_others": self.open_to_others.data,
            "hours": self.hours(),
        }


class TrialForm(Form):
    """What would it cost? Asked in the address of the page, so nothing is written."""

    kg = QuantityField(_l("Weight"), [Optional()], default=Decimal(50))
    place = UnitField(_l("Where to"), needed=False)
    goods = MoneyField(_l("For goods worth"), [Optional()], default=Money(300_000))

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(formdata=values or None)
        self.is_bound = bool(values)


class CutOffForm(Form):
    """Until when one's own buyers may order for another's point."""

    cut_off = RadioField(
        _l("Until when can your buyers order?"),
        [Needed()],
        choices=[
            ("point", _l("as the keeper of the point says")),
            ("day", _l("until a time on an earlier day")),
            ("hours", _l("until some hours before")),
        ],
        default="point",
    )
    days_before = WholeField(_l("How many days before"), [Optional()], least=1, most=10, default=1)
    order_by = TimeField(_l("Until this time"), [Optional()], default=dt.time(18))
    hours_ahead = WholeField(_l("How many hours before"), [Optional()], least=1, most=240)

    def __init__(self, own: CutOff | None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if own is not None and not self.is_submitted():
            self.cut_off.data = "day" if own.hours_ahead is None else "hours"
            self.days_before.data, self.order_by.data, self.hours_ahead.data = own

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        for field in self._asked():
            if field.data is None:
                field.errors = [_("Please fill this in.")]
        return not self.errors

    def _asked(self) -> tuple[Any, ...]:
        by_day, by_hours = (self.days_before, self.order_by), (self.hours_ahead,)
        return {"day": by_day, "hours": by_hours}.get(self.cut_off.data, ())

    def chosen(self) -> CutOff | None:
        match self.cut_off.data:
            case "day":
                return CutOff(days_before=self.days_before.data, order_by=self.order_by.data)
            case "hours":
                return CutOff(hours_ahead=self.hours_ahead.data)
            case _:
                return None
