"""What rivals do to calls, deliveries and slips, by the numbers they are told."""

from __future__ import annotations

from decimal import Decimal

from marketplace.accounts.models import Person
from marketplace.deliveries.models import Delivery
from marketplace.foundation.db import db
from marketplace.fulfilment import services
from marketplace.fulfilment.grading import Graded
from marketplace.fulfilment.models import Acceptance
from marketplace.fulfilment.states import Outcome
from marketplace.linkage.models import CallOff


def load(person: int, call_off: int) -> None:
    found = db.session.get_one(CallOff, call_off)
    services.load.prepare(call_off=found, kg=Decimal(600), by=db.session.get_one(Person, person))


def open_slip(person: int, delivery: int) -> None:
    found = db.session.get_one(Delivery, delivery)
    services.acceptance.open_slip(delivery=found, by=db.session.get_one(Person, person))


def sign(person: int, acceptance: int, sent: str = "") -> None:
    by = db.session.get_one(Person, person)
    services.acceptance.sign_as_buyer(
        acceptance=db.session.get_one(Acceptance, acceptance),
        gross=Decimal(600),
        tare=Decimal(0),
        deducted=Decimal(0),
        lines=[Graded(Outcome.ACCEPTED, "1", Decimal(600))],
        name=by.name,
        sent=sent,
        by=by,
    )
