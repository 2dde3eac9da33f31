"""Buying on account: granted by a director with a reason, never beyond its limit, due after the goods came."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from marketplace.accounts.models import Person
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.lifecycle import IllegalMove
from marketplace.foundation.mail import Letter
from marketplace.foundation.money import Money
from marketplace.inbox.models import Notice
from marketplace.payments import credits, services
from marketplace.payments.models import Charge, CreditTerms, CreditUse
from marketplace.payments.parties import Account
from marketplace.payments.tasks import remind_of_dues
from tests.client import ReadingClient
from tests.payments.test_money import holds
from tests.payments.test_statement import account, confirm, desk, owes
from tests.world import World

__all__ = ["desk"]


@pytest.fixture
def buyer(world: World) -> Account:
    """The household, who has bought from Đồng Lạc and paid."""
    confirm(world, owes(world, 900, 10_000), 10_000)
    return account(world, world.household.ref)


def grant(world: World, buyer: Account, most: int = 1_000_000, days: int = 15) -> CreditTerms:
    with transaction():
        return services.grant_credit(
            account=buyer, most=Money(most), days=days, reason="mua đều hai năm", by=world.director
        )


def use(world: World, subject_id: int, amount: int, purpose: str = "booth") -> CreditUse:
    with transaction():
        return services.use_credit(
            purpose=purpose,
            subject_id=subject_id,
            amount=Money(amount),
            payee_organisation_id=world.dong_lac.organisation_id,
            person_id=world.household.id,
            organisation_id=None,
        )


def free(buyer: Account) -> int:
    credit = credits.credit_of(buyer)
    assert credit is not None
    return int(credit.free)


def test_a_purchase_is_held_then_its_charge_counts_until_it_is_paid(world: World, buyer: Account) -> None:
    grant(world, buyer)
    use(world, 1, 400_000)
    assert free(buyer) == 600_000
    charge = owes(world, 1, 380_000)
    assert (free(buyer), charge.due_on) == (620_000, None)
    confirm(world, charge, 80_000)
    assert free(buyer) == 700_000
    confirm(world, charge, 300_000)
    assert free(buyer) == 1_000_000
    holds()


def test_over_the_limit_the_sentence_says_how_much_is_free(world: World, buyer: Account) -> None:
    grant(world, buyer)
    use(world, 1, 700_000)
    with pytest.raises(Refusal, match=r"300\.000\xa0₫"):
        use(world, 2, 300_001)
    use(world, 3, 300_000)
    assert free(buyer) == 0


def test_what_came_to_nothing_is_free_again(world: World, buyer: Account) -> None:
    grant(world, buyer)
    use(world, 1, 700_000)
    for _ in range(2):
        with transaction():
            services.release_credit(purpose="booth", subject_id=1)
    assert free(buyer) == 1_000_000
    use(world, 2, 1_000_000)
    charge = owes(world, 2, 1_000_000)
    with transaction():
        services.cancel(charge=charge, by=world.director)
    assert free(buyer) == 1_000_000
    holds()


def test_two_purchases_at_once_cannot_exceed_the_limit(app: Flask, world: World, buyer: Account) -> None:
    grant(world, buyer)
    payee, person = world.dong_lac.organisation_id, world.household.id
    start, refused = threading.Barrier(4), []

    def buy(subject_id: int) -> None:
        with app.app_context():
            start.wait()
            try:
                in_transaction(
                    lambda: services.use_credit(
                        purpose="booth",
                        subject_id=subject_id,
                        amount=Money(400_000),
                        payee_organisation_id=payee,
                        person_id=person,
                        organisation_id=None,
                    )
                )
            except Refusal as refusal:
                refused.append(refusal)

    threads = [threading.Thread(target=buy, args=(number,)) for number in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    assert db.session.scalar(select(func.sum(CreditUse.amount))) == 800_000
    assert len(refused) == 2


def test_it_is_due_so_many_days_after_the_goods_came_and_an_agreed_day_stays(
    world: World, buyer: Account
) -> None:
    grant(world, buyer, days=15)
    use(world, 1, 400_000)
    charge = owes(world, 1, 400_000)
    with transaction():
        services.goods_came(purpose="booth", subject_id=1)
    assert charge.due_on == clock.today() + dt.timedelta(days=15)
    later = clock.today() + dt.timedelta(days=20)
    with transaction():
        services.agree_day(charge=charge, day=later, by=world.director)
        services.goods_came(purpose="booth", subject_id=1)
    assert charge.due_on == later
    with pytest.raises(Refusal), transaction():
        services.agree_day(charge=charge, day=later - dt.timedelta(days=1), by=world.director)
    with pytest.raises(Refusal), transaction():
        services.agree_day(charge=charge, day=later, by=world.rival)


def test_ended_terms_give_nothing_new_and_old_debts_stay(world: World, buyer: Account) -> None:
    grant(world, buyer)
    use(world, 1, 400_000)
    charge = owes(world, 1, 400_000)
    with transaction():
        services.end_credit(account=buyer, reason="trả chậm", by=world.director)
    with pytest.raises(Refusal):
        use(world, 2, 1_000)
    with pytest.raises(IllegalMove), transaction():
        services.end_credit(account=buyer, reason="lần nữa", by=world.director)
    assert charge.open_amount == 400_000
    terms = grant(world, buyer, most=500_000, days=7)
    assert [str(d.step) for d in terms.decisions] == ["granted", "ended", "granted"]
    assert free(buyer) == 100_000
    assert len(history_of("credit", terms.id)) == 3
    holds()


def test_decisions_are_never_changed(world: World, buyer: Account) -> None:
    grant(world, buyer)
    for change in ("UPDATE credit_decisions SET reason = 'x'", "DELETE FROM credit_decisions"):
        with pytest.raises(DBAPIError):
            db.session.execute(text(change))
        db.session.rollback()


# --- at the desk ------------------------------------------------------------------------------------


def test_a_director_grants_changes_and_ends_it(world: World, buyer: Account, desk: ReadingClient) -> None:
    path = f"/desk/money/buyers/{world.household.ref}"
    odd = desk.send(f"{path}/credit", {"most": "nhiều", "days": "500", "reason": ""})
    assert odd.status_code == 422 and "nhiều" in odd.get_data(as_text=True)
    assert (
        desk.send(f"{path}/credit", {"most": "20 triệu", "days": "30", "reason": "quen"}).status_code == 303
    )
    page = desk.get(path).get_data(as_text=True)
    assert "20.000.000\xa0₫" in page and "quen" in page and world.director.name in page
    assert desk.get(f"{path}/credit").status_code == 200
    assert desk.send(f"{path}/credit/end", {"reason": "nghỉ"}).status_code == 303
    assert "Thôi cho công nợ" in desk.get(path).get_data(as_text=True)


def test_others_grant_nothing(world: World, buyer: Account, client: ReadingClient) -> None:
    path = f"/desk/money/buyers/{world.household.ref}/credit"
    client.sign_in("kinhmon@demo.vn")
    for end in ("", "/end"):
        sent = client.send(f"{path}{end}", {"most": "5000000", "days": "9", "reason": "x"})
        assert sent.status_code == 404
    assert credits.credit_of(buyer) is None


def test_guests_together_get_no_credit(world: World, desk: ReadingClient) -> None:
    owes(world, 1, 50_000, known=False)
    assert desk.get("/desk/money/buyers/guests").status_code == 200
    assert desk.get("/desk/money/buyers/guests/credit").status_code == 403


def test_the_payee_gives_a_day_to_pay(world: World, desk: ReadingClient) -> None:
    charge = owes(world, 1, 50_000)
    path = f"/desk/money/{charge.ref}/day"
    assert desk.send(path, {"day": "01/01/2020"}).status_code == 422
    day = clock.today() + dt.timedelta(days=10)
    assert desk.send(path, {"day": f"{day:%d/%m/%Y}"}).status_code == 303
    db.session.rollback()
    assert charge.due_on == day
    assert f"{day:%d/%m/%Y}" in desk.get(f"/desk/money/{charge.ref}").get_data(as_text=True)


# --- reminders --------------------------------------------------------------------------------------

DUE = dt.date(2026, 12, 10)


def told(kind: str, person: Person) -> int:
    db.session.rollback()
    query = select(func.count()).where(Notice.kind == kind, Notice.person_id == person.id)
    return int(db.session.scalar(query) or 0)


def run_on(day: dt.date, hour: int = 9) -> None:
    with time_machine.travel(clock.from_local(dt.datetime.combine(day, dt.time(hour))), tick=False):
        remind_of_dues()


@pytest.fixture
def due(world: World) -> Charge:
    return owes(world, 1, 300_000, due_on=DUE)


def test_a_buyer_is_reminded_before_and_after_each_once(world: World, due: Charge) -> None:
    for days, soon, late in (
        (-5, 0, 0),
        (-3, 1, 0),
        (-3, 1, 0),
        (0, 1, 0),
        (1, 1, 1),
        (2, 1, 1),
        (7, 1, 2),
        (15, 1, 3),
    ):
        run_on(DUE + dt.timedelta(days=days))
        assert (told("payments.due_soon", world.household), told("payments.late", world.household)) == (
            soon,
            late,
        )
    assert told("payments.late_buyer", world.director) == 1
    letter = db.session.scalars(select(Letter).where(Letter.recipient == "household@demo.vn")).first()
    assert letter is not None and "300.000" in letter.text


def test_nobody_is_reminded_at_night_nor_once_it_is_paid(world: World, due: Charge) -> None:
    run_on(DUE - dt.timedelta(days=3), hour=22)
    run_on(DUE - dt.timedelta(days=3), hour=5)
    assert told("payments.due_soon", world.household) == 0
    confirm(world, due, 300_000)
    for days in (-3, 1, 7):
        run_on(DUE + dt.timedelta(days=days))
    assert told("payments.due_soon", world.household) + told("payments.late", world.household) == 0


def test_a_worker_that_stood_still_catches_up(world: World, due: Charge) -> None:
    run_on(DUE - dt.timedelta(days=1))
    assert told("payments.due_soon", world.household) == 1
