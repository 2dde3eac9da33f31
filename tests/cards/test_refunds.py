"""Money back onto the card: once, the right sum, and what the card does not take goes by hand."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from marketplace.cards import calls, services, tasks
from marketplace.cards.models import CardRefund
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.inbox.models import Notice
from marketplace.payments import services as payments
from marketplace.payments.models import Charge, Refund
from marketplace.payments.states import ChargeState, RefundState, Way
from tests.cards.conftest import Send, due_now, fresh, opened
from tests.client import ReadingClient
from tests.payments.test_money import holds
from tests.stripe_like import StripeLike
from tests.stripe_like.books import FINE, REFUND_FAILS, REFUND_WAITS
from tests.world import World


def paid(client: ReadingClient, company: StripeLike, charge: Charge, send: Send, card: str = FINE) -> str:
    name = opened(client, charge)
    assert company.books.pay(name, card) == "paid"
    assert set(company.news.deliver(send)) == {200}
    return str(company.books.things[name]["payment_intent"])


def less(charge: Charge, amount: int, world: World) -> None:
    with transaction():
        payments.adjust(charge=charge, amount=Money(amount), reason="weighed", by=world.director)


def refunds(charge: Charge) -> list[tuple[int, RefundState, Way]]:
    db.session.rollback()
    rows = db.session.scalars(select(Refund).where(Refund.charge_id == charge.id).order_by(Refund.id))
    return [(int(r.amount), r.state, r.way) for r in rows if r.state is not RefundState.DROPPED]


def test_a_part_goes_back_once(
    client: ReadingClient, company: StripeLike, charge: Charge, send: Send, world: World
) -> None:
    paid(client, company, charge, send)
    less(charge, 850_000, world)
    tasks.send_refunds()
    tasks.send_refunds()
    company.news.deliver(send, copies=2, shuffled=3)
    assert refunds(charge) == [(50_000, RefundState.PAID, Way.CARD)]
    assert [r["amount"] for r in company.books.of("refund")] == [50_000]
    assert fresh(charge).received == Money(850_000)
    holds()


def test_all_goes_back_when_it_is_called_off(
    client: ReadingClient, company: StripeLike, charge: Charge, send: Send, world: World
) -> None:
    paid(client, company, charge, send)
    with transaction():
        payments.cancel(charge=charge, by=world.director)
    tasks.send_refunds()
    assert refunds(charge) == [(900_000, RefundState.PAID, Way.CARD)]
    assert fresh(charge).received == 0
    holds()


def test_one_that_waits_is_on_its_way_until_the_company_says(
    client: ReadingClient, company: StripeLike, charge: Charge, send: Send, world: World
) -> None:
    paid(client, company, charge, send, REFUND_WAITS)
    less(charge, 800_000, world)
    tasks.send_refunds()
    assert refunds(charge) == [(100_000, RefundState.SENT, Way.CARD)]
    with pytest.raises(Refusal), transaction():
        payments.pay_back(charge=charge, amount=Money(100_000), by=world.director)
    company.news.waiting.clear()
    company.books.end_refund(company.books.of("refund")[0]["id"])
    company.news.waiting.clear()  # its news is lost too: the company is asked
    due_now()
    tasks.send_refunds()
    assert refunds(charge) == [(100_000, RefundState.PAID, Way.CARD)]
    holds()


def test_one_that_fails_is_told_and_can_be_tried_again(
    client: ReadingClient, company: StripeLike, charge: Charge, send: Send, world: World
) -> None:
    intent = paid(client, company, charge, send, REFUND_FAILS)
    less(charge, 800_000, world)
    tasks.send_refunds()
    company.books.end_refund(company.books.of("refund")[0]["id"], "failed")
    company.news.deliver(send, shuffled=2)
    assert refunds(charge) == [(100_000, RefundState.FAILED, Way.CARD)]
    assert db.session.scalars(select(Notice.person_id).where(Notice.kind == "cards.refund_failed")).all() == [
        world.director.id
    ]
    tasks.send_refunds()  # a person decides, not the clock
    assert len(company.books.of("refund")) == 1

    company.books.cards[intent] = FINE
    client.sign_in("donglac@demo.vn")
    refund = db.session.scalars(select(Refund).where(Refund.state == RefundState.FAILED)).one()
    assert client.send(f"/desk/cards/refunds/{refund.ref}/again").status_code == 303
    assert refunds(charge) == [(100_000, RefundState.PAID, Way.CARD)]
    keys = db.session.scalars(select(CardRefund.key).order_by(CardRefund.id)).all()
    assert keys == [f"{refund.ref}-1", f"{refund.ref}-2"]
    holds()


def test_money_that_returns_after_it_was_said_to_be_back_is_owed_by_hand(
    client: ReadingClient, company: StripeLike, charge: Charge, send: Send, world: World
) -> None:
    paid(client, company, charge, send)
    less(charge, 800_000, world)
    tasks.send_refunds()
    company.books.end_refund(company.books.of("refund")[0]["id"], "failed")
    company.news.deliver(send)
    assert refunds(charge) == [
        (100_000, RefundState.PAID, Way.CARD),
        (100_000, RefundState.DUE, Way.TRANSFER),
    ]
    assert fresh(charge).received == Money(900_000)
    holds()


def test_two_payments_take_back_what_each_brought(
    client: ReadingClient, company: StripeLike, charge: Charge, send: Send, world: World
) -> None:
    paid(client, company, charge, send)
    less(charge, 960_000, world)
    paid(client, company, charge, send)
    with transaction():
        payments.cancel(charge=charge, by=world.director)
    tasks.send_refunds()
    tasks.send_refunds()
    assert sorted(r["amount"] for r in company.books.of("refund")) == [60_000, 900_000]
    assert fresh(charge).received == 0
    holds()


def test_what_came_in_cash_does_not_go_onto_a_card(
    client: ReadingClient, company: StripeLike, charge: Charge, send: Send, world: World
) -> None:
    with transaction():
        payments.confirm(charge=charge, amount=Money(300_000), by=world.director, way=Way.CASH)
    paid(client, company, charge, send)
    with transaction():
        payments.cancel(charge=charge, by=world.director)
    tasks.send_refunds()
    tasks.send_refunds()
    assert refunds(charge) == [
        (600_000, RefundState.PAID, Way.CARD),
        (300_000, RefundState.DUE, Way.TRANSFER),
    ]
    holds()


@pytest.mark.parametrize("kind", ["500", "cut"])
def test_without_an_answer_it_is_asked_again_and_paid_once(
    client: ReadingClient, company: StripeLike, charge: Charge, send: Send, world: World, kind: str
) -> None:
    paid(client, company, charge, send)
    less(charge, 800_000, world)
    company.will(kind, "/v1/refunds")
    tasks.send_refunds()
    assert refunds(charge) == [(100_000, RefundState.SENT, Way.CARD)]
    company.keys.clear()  # a day later the company has forgotten the key
    due_now()
    tasks.send_refunds()
    assert refunds(charge) == [(100_000, RefundState.PAID, Way.CARD)]
    assert len(company.books.of("refund")) == 1
    holds()


def test_killed_between_asking_and_storing(
    client: ReadingClient, company: StripeLike, charge: Charge, send: Send, world: World
) -> None:
    paid(client, company, charge, send)
    less(charge, 800_000, world)
    due = db.session.scalars(select(Refund)).one()
    with transaction():
        asked = services.ask_refund(refund=due)
    assert asked is not None
    calls.make_refund(asked)  # and here the process dies
    due_now()
    tasks.send_refunds()
    company.news.deliver(send)
    assert refunds(charge) == [(100_000, RefundState.PAID, Way.CARD)]
    assert len(company.books.of("refund")) == 1
    holds()


def test_given_back_at_the_company_s_own_desk(
    client: ReadingClient, company: StripeLike, charge: Charge, account: str, send: Send, world: World
) -> None:
    intent = paid(client, company, charge, send)
    company.books.make_refund({"payment_intent": intent, "amount": "70000"}, account)
    company.news.deliver(send, copies=2)
    assert (fresh(charge).amount, charge.received, charge.state) == (
        Money(830_000),
        Money(830_000),
        ChargeState.SETTLED,
    )
    less(charge, 800_000, world)
    tasks.send_refunds()
    assert sorted(r["amount"] for r in company.books.of("refund")) == [30_000, 70_000]
    holds()


@pytest.mark.parametrize(("owed", "due"), [(950_000, 0), (860_000, 40_000), (910_000, 0)])
def test_given_back_there_while_more_or_less_is_owed_than_came(
    client: ReadingClient,
    company: StripeLike,
    charge: Charge,
    account: str,
    send: Send,
    world: World,
    owed: int,
    due: int,
) -> None:
    intent = paid(client, company, charge, send)
    less(charge, owed, world)
    company.books.make_refund({"payment_intent": intent, "amount": "70000"}, account)
    assert set(company.news.deliver(send)) == {200}
    assert (fresh(charge).received, charge.amount) == (Money(830_000), Money(owed - (70_000 - due)))
    assert [(r.amount, r.state) for r in charge.refunds if r.state is not RefundState.DROPPED] == [
        (Money(70_000), RefundState.PAID)
    ]
    holds()


def test_a_disputed_payment_is_not_paid_back_besides(
    client: ReadingClient, company: StripeLike, charge: Charge, send: Send, world: World
) -> None:
    company.books.dispute(paid(client, company, charge, send))
    company.news.deliver(send)
    less(charge, 800_000, world)
    tasks.send_refunds()
    assert refunds(charge) == [(100_000, RefundState.FAILED, Way.CARD)]
    assert db.session.scalars(select(CardRefund.problem)).all() == ["charge_disputed"]
    holds()


def test_the_payee_gives_some_back_from_the_desk(
    client: ReadingClient, company: StripeLike, charge: Charge, send: Send
) -> None:
    paid(client, company, charge, send)
    client.sign_in("donglac@demo.vn")
    page = f"/desk/cards/back/{charge.ref}"
    assert client.send(page, {"amount": "1.000.000", "note": "x"}).status_code == 422
    assert client.send(page, {"amount": "90.000", "note": "Một thùng bị dập"}).status_code == 303
    tasks.send_refunds()
    assert refunds(charge) == [(90_000, RefundState.PAID, Way.CARD)]
    assert "90.000" in client.get(f"/desk/money/{charge.ref}").get_data(as_text=True)
    holds()


def test_a_rival_gives_nothing_back(client: ReadingClient, charge: Charge, world: World) -> None:
    client.sign_in("kinhmon@demo.vn")
    assert client.get(f"/desk/cards/back/{charge.ref}").status_code == 404
