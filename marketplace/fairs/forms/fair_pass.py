"""What is filled in about passes, arrivals and visits."""

from __future__ import annotations

from typing import Any

from flask import request

from marketplace.fairs.models import Arrival, Fair
from marketplace.fairs.presence import PASS_LABELS, PassKind
from marketplace.fairs.queries.fair_pass import WantedPasses
from marketplace.fairs.services.fair_pass import VISIT_TEXTS
from marketplace.foundation import text
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    EmailField,
    LineField,
    Needed,
    Optional,
    PhoneField,
    RadioField,
    TickField,
    TimeField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l


class HolderForm(Form):
    """Whom a pass is for."""

    holder = LineField(_l("Name on the pass"), [Needed()], longest=120)


class RevokeForm(Form):
    reason = LineField(_l("Why is it revoked?"), [Needed(_l("Please say why."))], longest=300)


class PressForm(Form):
    """A button and nothing else."""


class ArrivalForm(Form):
    """When a stand's people come, with what."""

    day = DateField(_l("Day of arrival"), [Needed()])
    time = TimeField(_l("Time of arrival"), [Needed()])
    vehicle = LineField(
        _l("Vehicle"), [Optional()], longest=160, description=_l("For example: truck 34C-123.45")
    )
    phone = PhoneField(_l("Phone of whoever drives"), [Optional()])

    def __init__(self, arrival: Arrival | None, vehicle: str = "", **kwargs: Any) -> None:
        super().__init__(obj=arrival, **kwargs)
        if arrival is None and not self.is_submitted():
            self.vehicle.data = vehicle
        elif arrival is not None and not arrival.phone and not self.is_submitted():
            self.phone.data = None

    def values(self) -> dict[str, Any]:
        return {name: self[name].data for name in ("day", "time", "vehicle", "phone")}


class VisitForm(Form):
    """Somebody wants to come."""

    kind = RadioField(
        _l("How do you come?"),
        choices=[
            (PassKind.VISITOR.value, _l("To look around and buy for myself")),
            (PassKind.TRADE_BUYER.value, _l("To buy for a shop, a kitchen or a company")),
        ],
        default=PassKind.VISITOR.value,
    )
    name = LineField(_l("Your name"), [Needed()], longest=120)
    phone = PhoneField(_l("Phone"), [Optional()])
    email = EmailField(_l("E-mail"), [Optional()], description=_l("Your pass comes there."))
    organisation = LineField(_l("Shop or company"), [Optional()], longest=160)
    looking_for = LineField(_l("What are you looking for?"), [Optional()], longest=300)
    agreed = TickField(VISIT_TEXTS[list(VISIT_TEXTS)[-1]])

    def values(self) -> dict[str, Any]:
        named = ("name", "phone", "email", "organisation", "looking_for", "agreed")
        return {
            **{name: self[name].data for name in named},
            "trade_buyer": self.kind.data == PassKind.TRADE_BUYER.value,
        }


class PassesForm(Form):
    """What the office looks for."""

    q = LineField(_l("Name or number"), [Optional()], longest=80)
    kind = ChoiceField(_l("Kind of pass"), choices=choices_of(PASS_LABELS.items(), none=_l("All")))
    state = ChoiceField(
        _l("State"), choices=[("", _l("All")), ("good", _l("Still good")), ("revoked", _l("Revoked"))]
    )

    def __init__(self, fair: Fair) -> None:
        super().__init__(formdata=request.args)
        self.fair = fair

    def wanted(self) -> WantedPasses:
        kind, state = self.kind.data or "", self.state.data or ""
        return WantedPasses(
            kind=PassKind(kind) if kind in {each.value for each in PassKind} else None,
            revoked={"good": False, "revoked": True}.get(state),
            text=text.clean_line(self.q.data or ""),
        )
