"""Paying another way after placing: while nothing has come, for members and for guests with their link."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace.cooperatives import services as cooperatives
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.inbox.models import Notice
from marketplace.orders import queries, services, written
from marketplace.orders.models import Order, snapshot_of
from marketplace.orders.states import Method
from marketplace.payments import services as payments
from marketplace.payments.parties import sellers_account
from marketplace.payments.states import Posting, Way
from tests.client import ReadingClient
from tests.orders.agreed import agreed, charge_of, holds, pay
from tests.orders.buying import order_for
from tests.orders.test_at_once import all_at_once, at_once
from tests.orders.test_on_account import later
from tests.world import World

CASH, TRANSFER, CARD = Method.CASH, Method.TRANSFER, Method.CARD


def choose(order: Order, method: Method, seen: Method = TRANSFER) -> None:
    with transaction():
        services.choose_method(order=order, method=method, seen=seen)
    db.session.expire_all()


def test_an_agreed_order_is_paid_another_way_and_back(world: World) -> None:
    order = agreed(world)
    charge = charge_of(order)
    reference, rows = charge.transfer_ref, len(charge.postings)
    choose(order, CASH)
    assert (order.method, charge_of(order).method) == (CASH, Way.CASH)
    assert (charge.account_number, len(charge.postings), charge.amount) == ("", rows, order.total)
    choose(order, TRANSFER, seen=CASH)
    assert charge.account_number == "2300205123453" and charge.transfer_ref == reference
    assert [(c.was, c.method) for c in order.method_changes] == [(TRANSFER, CASH), (CASH, TRANSFER)]
    holds()
    pay(order, world)
    assert [row.method for row in charge_of(order).postings] == ["transfer", "transfer"]
    holds()


def test_rows_that_stand_keep_their_way_and_later_ones_have_the_new(world: World) -> None:
    order = agreed(world)
    choose(order, CASH)
    with transaction():
        payments.adjust(charge=charge_of(order), amount=Money(600_000), reason="bớt", by=world.director)
    pay(order, world)
    told = [(row.kind, row.method) for row in charge_of(order).postings]
    assert told == [
        (Posting.CHARGED, "transfer"),
        (Posting.REDUCED, "cod"),
        (Posting.CONFIRMED, "cod"),
    ]
    holds()


def test_the_account_is_the_one_that_is_verified_now(world: World) -> None:
    order = agreed(world)
    choose(order, CASH)
    with transaction():
        account = cooperatives.ask_bank_account(
            cooperative=world.dong_lac,
            bin="970436",
            number="0011223344",
            holder="DONG LAC",
            by=world.director,
        )
        cooperatives.verify_bank_account(account=account, by=world.officer)
    choose(order, TRANSFER, seen=CASH)
    assert (charge_of(order).account_bin, charge_of(order).account_number) == ("970436", "0011223344")
    holds()


def test_before_the_answer_only_the_order_changes_and_is_charged_so(world: World) -> None:
    order = order_for((world.carrots, 50)).orders[0]
    before = snapshot_of(order)
    choose(order, CASH)
    assert order.method is CASH and snapshot_of(order) == before, "what was placed can still be told"
    with transaction():
        services.accept(order=order, by=world.director)
    assert charge_of(order).method is Way.CASH
    holds()


def test_both_sides_hear_of_it_and_it_is_history_and_on_the_paper(world: World) -> None:
    order = agreed(world, person_id=world.household.id)
    first = written.confirmation(order)
    choose(order, CASH)
    told = {
        n.kind: (n.person_id, n.sentence_vi) for n in db.session.scalars(select(Notice)) if "method" in n.kind
    }
    assert {kind: person for kind, (person, _words) in told.items()} == {
        "orders.seller_method": world.director.id,
        "orders.buyer_method": world.household.id,
    }
    assert all("khi nhận hàng" in words for _person, words in told.values())
    lines = [line.sentence for line in history_of("order", order.id)]
    assert len([line for line in lines if "khi nhận hàng" in line]) == 1
    assert any("khi nhận hàng" in line.sentence for line in history_of("charge", charge_of(order).id))
    second = written.confirmation(order)
    assert first is not None and second is not None and second.replaces_id == first.id


def test_pressed_twice_it_is_changed_once(world: World) -> None:
    order = agreed(world)
    choose(order, CASH)
    choose(order, CASH)
    assert len(order.method_changes) == 1


def test_not_once_money_came_even_a_part_or_was_said_to_be_sent(world: World) -> None:
    order = agreed(world)
    with transaction():
        payments.report_paid(charge=charge_of(order))
    with pytest.raises(Refusal, match="tiền đã gửi"):
        choose(order, CASH)
    other = agreed(world)
    with transaction():
        payments.confirm(charge=charge_of(other), amount=Money(1_000), by=world.director)
    with pytest.raises(Refusal, match="Đã có tiền"):
        choose(other, CASH)
    with transaction():
        payments.pay_back(charge=charge_of(other), amount=Money(1_000), by=world.director)
    with pytest.raises(Refusal):
        choose(other, CASH)
    assert {order.method, other.method} == {TRANSFER}
    holds()


def test_not_an_order_that_is_over_or_what_is_not_offered(world: World) -> None:
    order = order_for((world.carrots, 50)).orders[0]
    with pytest.raises(Refusal, match="không nhận cách"):
        choose(order, CARD)
    with transaction():
        services.withdraw(order=order)
    with pytest.raises(Refusal, match="đã kết thúc"):
        choose(order, CASH)


def test_not_an_order_on_account(world: World) -> None:
    first = agreed(world, person_id=world.household.id)
    account = sellers_account(world.dong_lac.organisation, world.household.ref)
    assert account is not None and first.method is TRANSFER
    with transaction():
        payments.grant_credit(
            account=account, most=Money(9_000_000), days=9, reason="quen", by=world.director
        )
    order = later(world, 10).orders[0]
    with pytest.raises(Refusal, match="công nợ"):
        choose(order, CASH)
    with transaction():
        services.accept(order=order, by=world.director)
    with pytest.raises(Refusal, match="công nợ"):
        choose(order, CASH)


def to_cash(order: Order) -> None:
    services.choose_method(order=order, method=CASH, seen=TRANSFER)


def test_the_same_way_twice_at_once_is_one_change(app: Flask, world: World) -> None:
    order = agreed(world)
    assert at_once(app, order.id, to_cash, to_cash) == ["done", "done"]
    db.session.expire_all()
    assert len(order.method_changes) == 1
    holds()


def test_paid_while_it_is_changed(app: Flask, world: World) -> None:
    """Whichever came first: the money stands with the way it came, once."""
    order = agreed(world)

    def come(order: Order) -> None:
        payments.confirm(charge=charge_of(order), amount=order.total, by=None, provider_ref="service:1")

    said = all_at_once(app, (come, order.id), (to_cash, order.id))
    assert said.count("done") >= 1, said
    db.session.expire_all()
    assert charge_of(order).received == order.total
    assert str(order.method) == str(charge_of(order).method)
    holds()


# --- in the browser ---------------------------------------------------------------------------------


def test_a_guest_chooses_by_the_link(world: World, client: ReadingClient) -> None:
    order = agreed(world)
    page = client.get(f"/orders/{order.ref}").get_data(as_text=True)
    assert f"/orders/{order.ref}/way-to-pay" in page and "Chuyển khoản" in page
    form = client.get(f"/orders/{order.ref}/way-to-pay").get_data(as_text=True)
    assert 'value="cod"' in form and 'value="transfer"' not in form.replace(
        'name="seen" type="hidden" value="transfer"', ""
    )
    answer = client.post(f"/orders/{order.ref}/way-to-pay", data={"seen": "transfer", "method": "cod"})
    assert answer.status_code == 303
    page = client.get(f"/orders/{order.ref}").get_data(as_text=True)
    assert "Trả tiền khi nhận hàng" in page
    db.session.expire_all()
    assert charge_of(order).method is Way.CASH


def test_a_choice_that_is_none_is_said_beside_the_field(world: World, client: ReadingClient) -> None:
    order = agreed(world)
    url = f"/orders/{order.ref}/way-to-pay"
    assert client.post(url, data={"seen": "transfer"}).status_code == 422
    assert client.post(url, data={"seen": "transfer", "method": "gold"}).status_code == 422
    late = client.post(url, data={"seen": "cod", "method": "cod"})
    assert late.status_code == 422 and "cách trả khác" in late.get_data(as_text=True)


def test_paid_meanwhile_the_page_says_so(world: World, client: ReadingClient) -> None:
    order = agreed(world)
    pay(order, world)
    url = f"/orders/{order.ref}/way-to-pay"
    answer = client.post(url, data={"seen": "transfer", "method": "cod"})
    assert answer.status_code == 422 and "Đã có tiền" in answer.get_data(as_text=True)
    assert "way-to-pay" not in client.get(f"/orders/{order.ref}").get_data(as_text=True)


def test_only_the_buyer_and_the_seller_only_sees_it(world: World, client: ReadingClient) -> None:
    order = agreed(world, person_id=world.household.id)
    url = f"/orders/{order.ref}/way-to-pay"
    assert client.get(url).status_code in {303, 404}
    client.sign_in("donglac@demo.vn")
    assert client.get(url).status_code == 403
    desk = client.get(f"/desk/orders/{order.number}").get_data(as_text=True)
    assert "Cách trả tiền" in desk and "way-to-pay" not in desk
    assert queries.order_by_ref(order.ref) is not None
