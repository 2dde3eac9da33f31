"""What rivals do to requests, contracts and calls, each by the numbers it is told."""

from __future__ import annotations

from decimal import Decimal

from marketplace.accounts.models import Person
from marketplace.foundation.db import db
from marketplace.linkage import queries, services
from marketplace.linkage.models import CallOff, ContractVersion, NeedAward

EACH = Decimal(300)


def award(need: int, cooperative: int, number: int) -> None:
    """A part of the first line of a request."""
    found = queries.need_by_id(need)
    assert found is not None
    part = services.Part(cooperative, f"quote:{number}", {found.lines[0].id: EACH})
    services.award(need=found, parts=[part], by=None)


def answer(person: int, call_off: int) -> None:
    found = db.session.get_one(CallOff, call_off)
    services.call_off.answer(call_off=found, quantity=found.called, by=db.session.get_one(Person, person))


def call(person: int, call_off: int) -> None:
    found = db.session.get_one(CallOff, call_off)
    by = db.session.get_one(Person, person)
    services.call_off.call(contract=found.contract, wanted={found.ref: Decimal(2100)}, by=by)


def sign(person: int, version: int, code: str, seen: str) -> None:
    by, found = db.session.get_one(Person, person), db.session.get_one(ContractVersion, version)
    services.sign(version=found, code=code, seen=seen, name=by.name, title="Giám đốc", by=by)


def reopen(person: int, version: int) -> str:
    services.reopen(
        version=db.session.get_one(ContractVersion, version), by=db.session.get_one(Person, person)
    )
    return "reopened"


def make_contract(person: int, award: int) -> None:
    by = db.session.get_one(Person, person)
    services.contract_from_award(award=db.session.get_one(NeedAward, award), by=by)


def step_up(person: int, need: int, place: int) -> str:
    """A reserve is given what is left."""
    found = queries.need_by_id(need)
    assert found is not None
    by = db.session.get_one(Person, person)
    services.step_up(need=found, place=db.session.get_one(NeedAward, place), by=by)
    return "stepped"


def give_back(person: int, award: int) -> str:
    by = db.session.get_one(Person, person)
    services.give_back(award=db.session.get_one(NeedAward, award), reason="Mưa", by=by)
    return "given back"
