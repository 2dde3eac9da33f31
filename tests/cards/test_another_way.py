"""From card to another way and back: the company's page is closed first, and what was paid there meanwhile counts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from marketplace.cards import errands, queries, tasks
from marketplace.cards import services as cards
from marketplace.cards.states import SessionState
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.orders import services
from marketplace.orders.models import Order
from marketplace.orders.states import Method
from marketplace.payments import services as payments
from marketplace.payments.states import ChargeState, Posting, Way
from tests.cards.conftest import Send, fresh, opened, page_of
from tests.client import ReadingClient
from tests.orders.agreed import agreed, charge_of, holds
from tests.orders.buying import choices, new_cart, send
from tests.orders.test_at_once import at_once
from tests.stripe_like import StripeLike
from tests.world import World

CASH, TRANSFER, CARD = Method.CASH, Method.TRANSFER, Method.CARD


@pytest.fixture
def order(world: World, account: str) -> Order:
    """50 kg of carrots, agreed, to be paid by card by a guest."""
    with transaction():
        cart = new_cart()
        services.put(cart=cart, product=world.carrots, quantity=Decimal(50))
        made = send(cart, chosen=choices(cart, CARD)).orders[0]
    with transaction():
        services.accept(order=made, by=world.director)
    return made


def press(client: ReadingClient, order: Order, method: Method, seen: Method = CARD) -> Any:
    return client.post(f"/orders/{order.ref}/way-to-pay", data={"seen": seen, "method": method})


def test_its_page_is_closed_at_the_company_before_it_is_paid_another_way(
    client: ReadingClient, company: StripeLike, order: Order
) -> None:
    name = opened(client, charge_of(order))
    assert press(client, order, CASH).status_code == 303
    assert company.books.things[name]["status"] == "expired"
    charge = fresh(charge_of(order))
    assert (charge.method, page_of(charge).state) == (Way.CASH, SessionState.EXPIRED)
    assert client.get(f"/pay/{charge.ref}/card").status_code == 404
    holds()


def test_without_an_open_page_nobody_is_asked(
    client: ReadingClient, company: StripeLike, order: Order
) -> None:
    calls = len(company.calls)
    assert press(client, order, TRANSFER).status_code == 303
    assert len(company.calls) == calls and charge_of(order).account_number == "2300205123453"
    holds()


def test_paid_there_meanwhile_is_said_and_nothing_changes(
    client: ReadingClient, company: StripeLike, order: Order
) -> None:
    """Its news has not come yet: the company says so when its page is to be closed."""
    company.books.pay(opened(client, charge_of(order)))
    answer = press(client, order, CASH)
    assert answer.status_code == 422 and "Đã có tiền" in answer.get_data(as_text=True)
    charge = fresh(charge_of(order))
    assert (charge.state, charge.method, order.method) == (ChargeState.SETTLED, Way.CARD, CARD)
    assert order.method_changes == []
    holds()


@pytest.mark.parametrize("kind", ["500", "cut"])
def test_while_the_company_does_not_answer_nothing_changes_and_the_sweep_closes_it(
    client: ReadingClient, company: StripeLike, order: Order, kind: str
) -> None:
    name = opened(client, charge_of(order))
    company.will(kind, f"/v1/checkout/sessions/{name}/expire")
    answer = press(client, order, CASH)
    assert answer.status_code == 422 and "chưa đóng được trang thẻ" in answer.get_data(as_text=True).lower()
    assert fresh(charge_of(order)).method is Way.CARD
    assert press(client, order, CASH).status_code == 303, "a minute later it is closed"
    assert company.books.things[name]["status"] == "expired" and fresh(charge_of(order)).method is Way.CASH
    holds()


def test_a_page_whose_name_got_lost_is_closed_too(
    client: ReadingClient, company: StripeLike, order: Order
) -> None:
    company.will("cut", "/v1/checkout/sessions")
    assert client.post(f"/pay/{charge_of(order).ref}/card", data={"back": ""}).status_code == 422
    assert press(client, order, CASH).status_code == 303
    assert [page["status"] for page in company.books.of("checkout.session")] == ["expired"]
    holds()


def test_a_page_that_opens_between_closing_and_changing_keeps_the_card(
    client: ReadingClient, company: StripeLike, order: Order
) -> None:
    errands.close_pages(charge=charge_of(order))
    opened(client, charge_of(order))
    with pytest.raises(Refusal, match="chưa đóng được"), transaction():
        services.choose_method(order=order, method=CASH, seen=CARD)
    assert fresh(charge_of(order)).method is Way.CARD and order.method is CARD
    holds()


def test_what_the_company_tells_after_all_is_written_down_and_goes_back(
    client: ReadingClient, company: StripeLike, order: Order, world: World, send: Send
) -> None:
    """A page that was closed does not pay; if one ever did, its money is known, and what is too much goes back."""
    opened(client, charge_of(order))
    assert press(client, order, CASH).status_code == 303
    session = page_of(charge_of(order))
    told = {
        "id": session.stripe_id,
        "payment_status": "paid",
        "payment_intent": "pi_late",
        "amount_total": 660_000,
    }
    with transaction():
        payments.confirm(charge=charge_of(order), amount=Money(660_000), by=world.director)
    with transaction():
        cards.session_told(session=session, told={**told, "currency": "vnd"})
    charge = fresh(charge_of(order))
    assert (charge.received, charge.surplus) == (1_320_000, 660_000)
    holds()


def test_to_card_where_the_cooperative_takes_cards_and_the_sum_fits(
    client: ReadingClient, company: StripeLike, world: World, account: str
) -> None:
    order = agreed(world)
    assert press(client, order, CARD, seen=TRANSFER).status_code == 303
    name = opened(client, charge_of(order))
    assert company.books.things[name]["amount_total"] == order.total
    assert fresh(charge_of(order)).account_number == ""
    holds()


def test_a_sum_no_card_pays_is_said_beside_the_choice(
    client: ReadingClient, world: World, account: str, app: Flask
) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], card_most=Money(500_000))
    order = agreed(world)
    page = client.get(f"/orders/{order.ref}/way-to-pay").get_data(as_text=True)
    assert 'value="card"' not in page and "Mỗi lần thẻ trả được từ" in page
    assert press(client, order, CARD, seen=TRANSFER).status_code == 422


def test_two_ways_at_once_one_wins_and_the_other_reads_a_sentence(
    app: Flask, world: World, order: Order
) -> None:
    def to_cash(order: Order) -> None:
        services.choose_method(order=order, method=CASH, seen=CARD)

    def to_transfer(order: Order) -> None:
        services.choose_method(order=order, method=TRANSFER, seen=CARD)

    said = at_once(app, order.id, to_cash, to_transfer)
    assert sorted(said) == ["Vừa có người chọn cách trả khác. Mời xem lại.", "done"]
    db.session.expire_all()
    assert len(order.method_changes) == 1 and str(charge_of(order).method) == str(order.method)
    holds()


def test_a_card_page_is_opened_while_it_is_changed(
    app: Flask, client: ReadingClient, company: StripeLike, order: Order
) -> None:
    """Whoever was first: no page is left where what is paid another way could be paid once more."""

    def begin(order: Order) -> None:
        cards.begin(charge=charge_of(order), back="")

    def to_cash(order: Order) -> None:
        services.choose_method(order=order, method=CASH, seen=CARD)

    said = at_once(app, order.id, begin, to_cash)
    assert said.count("done") == 1, said
    db.session.expire_all()
    charge = charge_of(order)
    assert (charge.method is Way.CARD) == queries.could_be_paid(charge.id)
    holds()


def test_an_order_by_card_lives_on_after_the_change(
    client: ReadingClient, company: StripeLike, order: Order, world: World
) -> None:
    press(client, order, CASH)
    press(client, order, CARD, seen=CASH)
    company.books.pay(opened(client, charge_of(order)))
    company.news.waiting.clear()
    db.session.rollback()
    errands.run_session(page_of(charge_of(order)).id)
    tasks.look_after_pages()
    charge = fresh(charge_of(order))
    assert charge.state is ChargeState.SETTLED
    assert [(row.kind, row.method) for row in charge.postings][:2] == [
        (Posting.CHARGED, "card"),
        (Posting.CONFIRMED, "card"),
    ]
    holds()
