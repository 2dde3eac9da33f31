"""Money that comes and goes by hand and by the bank: right, short, too much, twice, late, or nobody knows for what."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.payments import services
from marketplace.payments.models import BankLine, Charge, Refund
from marketplace.payments.movements import Movement
from marketplace.payments.services import bank_lines
from marketplace.payments.states import ChargeState, LineState, RefundState, Way
from tests.lives.walk import Act, Walk, rule

ACCOUNTS = {"dong_lac": "2300205123453", "kinh_mon": "2300205123454"}
OPEN = (ChargeState.EXPECTED, ChargeState.REPORTED)


def charge_id(walk: Walk, *conditions: Any) -> int | None:
    found: int | None = walk.pick(
        select(Charge.id).where(Charge.purpose == "order", Charge.amount > 0, *conditions)
    )
    return found


def payee(walk: Walk, charge: Charge) -> Any:
    world = walk.world
    return world.director if charge.payee_organisation_id == world.dong_lac.organisation_id else world.rival


def came(walk: Walk, number: int, amount: int) -> None:
    charge = db.session.get_one(Charge, number)
    walk.reckoning.order(charge.subject_id).came += amount


def _about(walk: Walk, amount: int) -> int:
    """The right sum mostly; sometimes a little less or more."""
    wrong = [max(amount - walk.rng.randint(1, 50_000), 1), amount + walk.rng.randint(1, 50_000)]
    return walk.rng.choice([amount, amount, amount, amount, *wrong]) or 1


@rule(2)
def say_it_is_paid(walk: Walk) -> Act | None:
    number = charge_id(walk, Charge.state.in_(OPEN))
    if number is None:
        return None
    return Act(lambda: services.report_paid(charge=db.session.get_one(Charge, number)))


@rule(5)
def confirm_by_hand(walk: Walk) -> Act | None:
    number = charge_id(walk, Charge.state.in_(OPEN))
    if number is None:
        return None
    off, cash = walk.rng.choice([0, 0, 0, -20_000, 15_000]), walk.rng.random() < 0.2

    def do() -> int:
        charge = db.session.get_one(Charge, number)
        amount = max(int(charge.open_amount) + off, 1)
        way = Way.CASH if cash or charge.method is Way.CARD else None
        services.confirm(charge=charge, amount=Money(amount), by=payee(walk, charge), way=way)
        return amount

    return Act(do, lambda amount: came(walk, number, amount))


@rule(4)
def pay_a_refund(walk: Walk) -> Act | None:
    number = walk.pick(
        select(Refund.id).where(
            Refund.state.in_([RefundState.DUE, RefundState.FAILED]), Refund.way != Way.CARD
        )
    )
    if number is None:
        return None

    def do() -> tuple[int, int]:
        refund = db.session.get_one(Refund, number)
        services.pay_refund(refund=refund, by=payee(walk, refund.charge))
        return refund.charge_id, -int(refund.amount)

    return Act(do, lambda paid: came(walk, *paid))


@rule(1)
def give_more_back(walk: Walk) -> Act | None:
    """Out of goodwill: what is beyond what was due is owed less."""
    number = charge_id(walk, Charge.state == ChargeState.SETTLED)
    if number is None:
        return None
    part = walk.rng.random() / 2

    def do() -> tuple[int, int, int]:
        charge = db.session.get_one(Charge, number)
        amount = max(int(int(charge.received) * part), 1)
        beyond = max(amount - int(charge.surplus), 0)
        services.pay_back(charge=charge, amount=Money(amount), by=payee(walk, charge), note="bớt cho khách")
        return charge.subject_id, amount, beyond

    def then(given: tuple[int, int, int]) -> None:
        order_id, amount, beyond = given
        walk.reckoning.order(order_id).came -= amount
        walk.reckoning.order(order_id).off += beyond

    return Act(do, then)


# --- the bank -------------------------------------------------------------------------------------------


@rule(8)
def the_bank_tells(walk: Walk) -> Act:
    """Some credits of one account, some of them twice."""
    name = walk.rng.choice(list(ACCOUNTS))
    told = [_movement(walk, _payee_id(walk, name)) for _ in range(walk.rng.randint(1, 3))]
    before = walk.memory.setdefault("told", [])
    if before and walk.rng.random() < 0.2:
        name, told = walk.rng.choice(before)
    organisation_id = _payee_id(walk, name)

    def do() -> list[tuple[int, dict[str, int]]]:
        book = services.book_of(organisation_id=organisation_id, bin="970405", number=ACCOUNTS[name])
        entered = bank_lines.enter(book=book, movements=told)
        new = [line for line, is_new in entered if is_new]
        open_before = _open_sums(organisation_id)
        bank_lines.match(lines=new)
        return [(line.id, open_before) for line in new]

    def then(lines: list[tuple[int, dict[str, int]]]) -> None:
        before.append((name, told))
        for number, open_before in lines:
            _matched(walk, db.session.get_one(BankLine, number), open_before)

    return Act(do, then)


def _payee_id(walk: Walk, name: str) -> int:
    found: int = getattr(walk.world, name).organisation_id
    return found


def _open_sums(organisation_id: int) -> dict[str, int]:
    charges = db.session.scalars(select(Charge).where(Charge.payee_organisation_id == organisation_id))
    return {charge.transfer_ref: int(charge.open_amount) for charge in charges}


def _matched(walk: Walk, line: BankLine, open_before: dict[str, int]) -> None:
    """What counted by rule named one sum and was exactly that; each sum is open only once."""
    if line.state is not LineState.COUNTED:
        return
    [part] = line.parts
    charge = db.session.get_one(Charge, part.charge_id)
    assert charge.transfer_ref in line.text, "money was counted for what it does not name"
    if part.entry.provider_ref != f"line:{line.ref}":
        return  # a person had written it down before
    assert open_before.pop(charge.transfer_ref) == int(line.amount), "a wrong sum was counted"
    came(walk, charge.id, int(line.amount))


def _movement(walk: Walk, organisation_id: int) -> Movement:
    own = Charge.payee_organisation_id == organisation_id
    kind = walk.rng.choice(["open", "open", "open", "any", "two", "unknown", "nothing"])
    wanted = [charge_id(walk, own, Charge.state.in_(OPEN)) if kind == "open" else charge_id(walk, own)]
    if kind == "two":
        wanted.append(charge_id(walk, own))
    charges = [db.session.get_one(Charge, number) for number in wanted if number is not None]
    amount = sum(int(charge.open_amount or charge.amount) for charge in charges) or 125_000
    said = " ".join(charge.transfer_ref for charge in charges)
    text = {"unknown": "DH ZZZZ 0000", "nothing": "tien rau"}.get(kind, f"CT tu 0011 {said}")
    number = f"FT{walk.steps}{walk.rng.randint(0, 9_999)}" if walk.rng.random() < 0.8 else ""
    amount = amount if kind == "open" and walk.rng.random() < 0.6 else _about(walk, amount)
    db.session.rollback()
    return Movement(came_on=clock.today(), amount=Money(amount), text=text, bank_ref=number)


def _line(walk: Walk, *states: LineState) -> int | None:
    found: int | None = walk.pick(select(BankLine.id).where(BankLine.state.in_(states)))
    return found


def owner(walk: Walk, line: BankLine) -> Any:
    world = walk.world
    return world.director if line.organisation_id == world.dong_lac.organisation_id else world.rival


@rule(3)
def say_what_money_is_for(walk: Walk) -> Act | None:
    """One sum, or two; it counts after some minutes."""
    if (number := _line(walk, LineState.OPEN)) is None:
        return None
    line = db.session.get_one(BankLine, number)
    own = Charge.payee_organisation_id == line.organisation_id
    first, second = charge_id(walk, own), charge_id(walk, own)
    if first is None or second is None:
        return None
    share = walk.rng.choice([0.0, 0.0, 0.4])

    def do() -> None:
        line = db.session.get_one(BankLine, number)
        part = int(int(line.amount) * share) if second != first else 0
        parts = {first: Money(int(line.amount) - part)} | ({second: Money(part)} if part else {})
        services.assign(line=line, parts=parts, by=owner(walk, line))

    return Act(do)


@rule(1)
def say_it_is_something_else(walk: Walk) -> Act | None:
    if (number := _line(walk, LineState.OPEN)) is None:
        return None

    def do() -> None:
        line = db.session.get_one(BankLine, number)
        services.dismiss(line=line, words="tiền thuê kho", by=owner(walk, line))

    return Act(do)


@rule(1)
def take_that_back(walk: Walk) -> Act | None:
    if (number := _line(walk, LineState.ASSIGNED, LineState.DISMISSED)) is None:
        return None

    def do() -> None:
        line = db.session.get_one(BankLine, number)
        services.reopen(line=line, by=owner(walk, line))

    return Act(do)
