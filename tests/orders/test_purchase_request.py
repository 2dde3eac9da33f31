"""Above a limit nothing is sent before somebody else says yes; then it is sent once, at today's prices."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from threading import Barrier, Thread

import pytest
import time_machine
from flask import Flask

from marketplace.accounts import queries as accounts_queries
from marketplace.accounts import services as accounts
from marketplace.accounts.models import Person
from marketplace.buyers import services as buyers
from marketplace.catalogue import services as products
from marketplace.deliveries import services as deliveries
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.db.session import with_retries
from marketplace.foundation.errors import Refusal
from marketplace.foundation.lifecycle import IllegalMove
from marketplace.foundation.money import Money
from marketplace.orders import purchase, queries, services
from marketplace.orders.models import Cart, OrderGroup, PurchaseRequest
from marketplace.orders.states import PurchaseState
from marketplace.orders.tasks import end_what_waits_too_long
from marketplace.supply import queries as supply
from tests.buyers.company import HANH, HUY, Company, told
from tests.client import ReadingClient, another
from tests.letters import letters_to, link_in
from tests.orders.agreed import holds
from tests.orders.buying import checkout_of
from tests.orders.test_depots import form_of
from tests.world import World

APPROVE, DECLINE = "Duyệt và gửi đơn", "Không duyệt"


@pytest.fixture
def company(world: World) -> Company:
    """Members may send up to 500.000 ₫ alone; 50 kg of carrots with the truck cost 660.000 ₫."""
    company = Company.built()
    company.limit(500_000)
    return company


@pytest.fixture
def hanh(client: ReadingClient, company: Company) -> ReadingClient:
    client.sign_in(HANH)
    client.send("/cart/items", {"product": "ca-rot-dong-lac", "quantity": "50"})
    return client


def asked(
    world: World, company: Company, person: Person | None = None, quantity: int = 50
) -> PurchaseRequest:
    with transaction():
        return services.ask_approval(**checkout_of(company, world.carrots, person or company.hanh, quantity))


def approve(request: PurchaseRequest, by: Person) -> OrderGroup:
    with transaction():
        found = queries.request_by_id(request.id)
        return services.approve(request=found, quote=purchase.today(found).quote, by=by)


def groups() -> list[OrderGroup]:
    return list(db.session.scalars(db.select(OrderGroup)))


def renewed(request: PurchaseRequest) -> PurchaseRequest:
    db.session.expire_all()
    return queries.request_by_id(request.id)


# --- through the pages --------------------------------------------------------------------------------


def test_a_purchase_above_the_limit_waits_and_is_approved_from_the_page(
    app: Flask, world: World, company: Company, hanh: ReadingClient
) -> None:
    page = hanh.get("/checkout").text
    assert "vượt hạn mức 500.000" in page and "Gửi xin duyệt" in page
    form = form_of(page, world, company)
    first, again = hanh.send("/checkout", form), hanh.send("/checkout", form)
    assert first.status_code == again.status_code == 303 and first.location == again.location
    assert groups() == []
    waiting = hanh.get(first.location).text
    assert "Lê Quang Huy" in waiting and "Hàng được giữ đến" in waiting and APPROVE not in waiting
    assert hanh.send(f"{first.location}/approval").status_code == 409
    assert "Giỏ" in hanh.get("/cart").text and "Cà rốt" not in hanh.get("/cart").text

    huy = another(app)
    huy.sign_in(HUY)
    assert "Bùi Thị Hạnh" in huy.get("/account/company/requests").text
    page = huy.get(first.location).text
    quote = re.findall(r'name="quote"[^>]*value="([^"]*)"', page)[0]
    sent = huy.send(f"{first.location}/approval", {"quote": quote})
    assert sent.status_code == 303
    (group,) = groups()
    assert (group.person_id, group.organisation_id, group.total) == (
        company.hanh.id,
        company.bigmart.id,
        Money(660_000),
    )
    assert group.depot is not None and group.depot["name"] == "Kho Sao Đỏ"
    page = hanh.get(f"/orders/{group.orders[0].ref}").text
    assert "Lê Quang Huy duyệt" in page
    assert hanh.send("/checkout", form).location == f"/orders/placed/{group.ref}"
    assert huy.send(f"{first.location}/approval", {"quote": quote}).status_code == 409
    assert len(groups()) == 1
    assert letters_to(HANH, "Đã duyệt")
    holds()


def test_up_to_the_limit_it_is_sent_at_once(world: World, company: Company, hanh: ReadingClient) -> None:
    company.limit(660_000)
    page = hanh.get("/checkout").text
    assert "vượt hạn mức" not in page
    assert hanh.send("/checkout", form_of(page, world, company)).location.startswith("/orders/placed/")


def test_a_director_approves_by_one_tap_on_the_phone(
    client: ReadingClient, world: World, company: Company
) -> None:
    request = asked(world, company)
    path = link_in(letters_to(HUY, "xin mua")[-1], APPROVE)
    page = client.get(path).text
    for words in ("Bùi Thị Hạnh", "50\xa0kg Cà rốt Đồng Lạc", "660.000", "Kho Sao Đỏ", "Giao trước 9 giờ"):
        assert words in page, words
    assert groups() == [], "opening does nothing"
    quote = re.findall(r'name="quote"[^>]*value="([^"]*)"', page)[0]
    assert client.post(path, data={"quote": quote}).status_code == 303
    assert len(groups()) == 1 and renewed(request).state is PurchaseState.APPROVED
    client.post(path, data={"quote": quote})
    assert len(groups()) == 1
    assert "Đã duyệt và gửi đơn" in client.get(path).text


def test_a_director_declines_by_one_tap_with_words(
    client: ReadingClient, world: World, company: Company
) -> None:
    request = asked(world, company)
    path = link_in(letters_to(HUY, "xin mua")[-1], DECLINE)
    assert client.post(path, data={"words": ""}).status_code == 422
    assert client.post(path, data={"words": "Lấy một nửa thôi"}).status_code == 303
    assert renewed(request).state is PurchaseState.DECLINED
    assert "Lấy một nửa thôi" in letters_to(HANH, "Không duyệt")[-1].text
    assert "Lấy một nửa thôi" in client.get(path).text or groups() == []


def test_prices_that_changed_are_asked_again(client: ReadingClient, world: World, company: Company) -> None:
    request = asked(world, company)
    path = link_in(letters_to(HUY, "xin mua")[-1], APPROVE)
    old = re.findall(r'name="quote"[^>]*value="([^"]*)"', client.get(path).text)[0]
    with transaction():
        products.change_price(product=world.carrots, tiers=[(Decimal(0), Money(20_000))], by=world.director)
    refused = client.post(path, data={"quote": old})
    assert refused.status_code == 422 and groups() == []
    assert "1.060.000" in refused.text and "lúc xin duyệt 660.000" in refused.text
    fresh = re.findall(r'name="quote"[^>]*value="([^"]*)"', refused.text)[0]
    assert client.post(path, data={"quote": fresh}).status_code == 303
    assert groups()[0].total == Money(1_060_000)
    assert renewed(request).total == Money(660_000), "what was asked stays written down"


def test_another_organisation_sees_nothing(client: ReadingClient, world: World, company: Company) -> None:
    request = asked(world, company)
    client.sign_in("household@demo.vn")
    assert client.get("/account/company/requests").status_code == 403
    for more in ("", "/approval", "/refusal", "/withdrawal"):
        answer = client.get if not more else client.send
        assert answer(f"/account/company/requests/{request.ref}{more}").status_code == 404


# --- rules --------------------------------------------------------------------------------------------


def test_nobody_approves_their_own_but_the_only_director(world: World, company: Company) -> None:
    company.limit(100_000, company.huy)
    own = asked(world, company, company.huy)
    mai = company.second_director()
    with pytest.raises(Refusal, match="Cần người khác"):
        approve(own, company.huy)
    with pytest.raises(Refusal, match="Cần người khác"):
        approve(own, company.hanh)
    approve(own, mai)
    company_of_one = asked(world, company, company.huy)
    with transaction():
        theirs = next(m for m in accounts_queries.members_of(company.bigmart.id) if m.person_id == mai.id)
        accounts.remove_member(membership=theirs, by=company.huy)
    approve(company_of_one, company.huy)
    assert len(groups()) == 2


def test_no_way_round_the_limit(world: World, company: Company) -> None:
    with pytest.raises(services.NeedsApproval, match=r"500\.000"), transaction():
        services.place(**checkout_of(company, world.carrots, company.hanh))
    with transaction():
        services.place(**checkout_of(company, world.carrots, company.huy))
    assert len(groups()) == 1


def test_two_approve_at_once_and_one_group_is_sent(app: Flask, world: World, company: Company) -> None:
    request, mai = asked(world, company), company.second_director()
    quote, start, said = purchase.today(request).quote, Barrier(2), []

    def run(person_id: int) -> None:
        with app.app_context():
            start.wait()
            try:
                with_retries(lambda: once(db.session.get_one(Person, person_id)))
                said.append("done")
            except Refusal as refusal:
                said.append(str(refusal))
            finally:
                db.session.remove()

    def once(by: Person) -> None:
        with transaction():
            services.approve(request=queries.request_by_id(request.id), quote=quote, by=by)

    threads = [Thread(target=run, args=(person.id,)) for person in (company.huy, mai)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said.count("done") == 1, said
    db.session.rollback()
    assert len(groups()) == 1 and renewed(request).group is not None
    holds()


def test_goods_are_set_aside_no_longer_than_in_any_cart(world: World, company: Company) -> None:
    request = asked(world, company, quantity=300)
    assert supply.available(world.carrots.id) == Decimal(200)
    assert purchase.held_until(request) is not None
    with time_machine.travel(clock.now() + dt.timedelta(hours=1)):
        from marketplace.supply.tasks import free_expired_holds

        free_expired_holds()
        assert supply.available(world.carrots.id) == Decimal(500)
        assert purchase.held_until(renewed(request)) is None
        with transaction():
            other = Cart(token_hash="other", touched_at=clock.now())
            db.session.add(other)
            db.session.flush()
            services.put(cart=other, product=world.carrots, quantity=Decimal(400))
        with pytest.raises(Refusal, match="Cà rốt Đồng Lạc"):
            approve(request, company.huy)
        assert renewed(request).state is PurchaseState.ASKED and groups() == []


def test_what_is_declined_or_taken_back_lies_in_the_cart_again(world: World, company: Company) -> None:
    def decline(request: PurchaseRequest) -> None:
        services.decline(request=request, words="Kho còn đầy", by=company.huy)

    def take_back(request: PurchaseRequest) -> None:
        services.take_back(request=request, by=company.hanh)

    for end, held in (
        (decline, 50),
        (take_back, 100),
    ):  # the second finds the first in the cart, and is added
        request = asked(world, company)
        with transaction():
            end(queries.request_by_id(request.id))
        db.session.expire_all()
        cart = queries.cart_of(company.hanh)
        assert cart is not None and [item.quantity for item in cart.items] == [Decimal(held)]
        assert renewed(request).cart is None and len(renewed(request).lines) == 1
    assert db.session.scalar(db.select(db.func.count()).select_from(Cart)) == 1
    assert supply.available(world.carrots.id) == Decimal(400)
    holds()


def test_nobody_answers_and_it_lapses(world: World, company: Company) -> None:
    request = asked(world, company)
    with time_machine.travel(request.answer_by - dt.timedelta(minutes=1)):
        end_what_waits_too_long()
        assert renewed(request).state is PurchaseState.ASKED
    with time_machine.travel(request.answer_by + dt.timedelta(minutes=1)):
        end_what_waits_too_long()
        end_what_waits_too_long()
        assert renewed(request).state is PurchaseState.LAPSED
        assert letters_to(HANH, "Chưa ai duyệt")
        with pytest.raises(IllegalMove):
            approve_late(request, company.huy)
    assert supply.available(world.carrots.id) == Decimal(500) and groups() == []
    kinds = [line.kind for line in history_of("purchase_request", request.id)]
    assert kinds == ["PurchaseLapsed", "PurchaseAsked"]


def approve_late(request: PurchaseRequest, by: Person) -> None:
    with transaction():
        services.approve(request=queries.request_by_id(request.id), quote="", by=by)


def test_it_is_answered_before_the_first_window_opens(world: World, company: Company) -> None:
    request = asked(world, company)
    opens = deliveries.window_opens(request.choices[0]["option"])
    assert opens is not None and request.answer_by <= opens
    assert request.answer_by <= request.asked_at + dt.timedelta(hours=48)


def test_who_leaves_asks_no_more(world: World, company: Company) -> None:
    request = asked(world, company)
    with transaction():
        hers = next(
            m for m in accounts_queries.members_of(company.bigmart.id) if m.person_id == company.hanh.id
        )
        accounts.remove_member(membership=hers, by=company.huy)
    assert renewed(request).state is PurchaseState.WITHDRAWN
    with pytest.raises(IllegalMove):
        approve_late(request, company.huy)


def test_a_window_or_a_depot_that_is_gone_is_said(
    client: ReadingClient, world: World, company: Company
) -> None:
    request = asked(world, company)
    with transaction():
        buyers.change_depot(
            depot=company.store, **told(weekly=told()["weekly"][6:], name="Kho"), by=company.huy
        )
    assert purchase.today(renewed(request)).problems == [], "open all day now"
    with transaction():
        buyers.close_depot(depot=company.store, by=company.huy)
    client.sign_in(HUY)
    page = client.get(f"/account/company/requests/{request.ref}").text
    assert "không còn dùng" in page and APPROVE not in page
    with pytest.raises(Refusal):
        approve(request, company.huy)
    assert groups() == []
