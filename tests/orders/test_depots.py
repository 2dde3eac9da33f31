"""Buying for an organisation: its depot, hours and papers at the checkout, on the order, on the delivery."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from marketplace.accounts import queries as accounts_queries
from marketplace.accounts import services as accounts
from marketplace.buyers import services as buyers
from marketplace.buyers.wants import of_kinds
from marketplace.cooperatives import services as cooperatives
from marketplace.cooperatives.models import Certificate
from marketplace.cooperatives.states import PaperKind
from marketplace.deliveries import queries as deliveries
from marketplace.deliveries import services as delivery_services
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.hours import Closing, Opening
from marketplace.orders import services
from marketplace.orders.models import Order
from marketplace.orders.proposal import Place, Proposal
from marketplace.orders.services import checkout
from marketplace.orders.states import Side
from marketplace.places import queries as places
from tests.buyers.company import HANH, HUY, Company, told
from tests.client import ReadingClient, another
from tests.orders.agreed import wish
from tests.orders.buying import choices, new_cart
from tests.world import World


@pytest.fixture
def company(world: World) -> Company:
    return Company.built()


@pytest.fixture
def hanh(client: ReadingClient, company: Company) -> ReadingClient:
    client.sign_in(HANH)
    client.send("/cart/items", {"product": "ca-rot-dong-lac", "quantity": "50"})
    return client


def form_of(page: str, world: World, company: Company, **more: str) -> dict[str, str]:
    """The checkout as it stands on the page: to the store, in the first window."""
    part = f"c{world.dong_lac.id}-"
    (option,) = deliveries.options_of(world.dong_lac.id)
    return {
        **dict(re.findall(r'name="(form_token|quote)"[^>]*value="([^"]*)"', page)),
        "name": "Bùi Thị Hạnh", "phone": "0912 000 022", "depot": company.store.ref, "agree": "y",
        f"{part}method": "cod", f"{part}option": option.ref, f"{part}when_{option.ref}": windows(page)[0],
        **{name.replace("__", part): value for name, value in more.items()},
    }  # fmt: skip


def windows(page: str) -> list[str]:
    """The times offered of the first way: the truck."""
    times = re.findall(r'<select[^>]*name="c\d+-when_.*?</select>', page, re.DOTALL)
    return re.findall(r'<option value="([^"]+)"', times[0])


def sent(client: ReadingClient, world: World, company: Company, **more: str) -> Order:
    page = client.get("/checkout").text
    answer = client.send("/checkout", form_of(page, world, company, **more))
    assert answer.status_code == 303, answer.text
    return db.session.scalars(db.select(Order).order_by(Order.id.desc()).limit(1)).one()


def desk(app: Flask) -> ReadingClient:
    client = another(app)
    client.sign_in("donglac@demo.vn")
    return client


def require(company: Company, *kinds: PaperKind) -> None:
    with transaction():
        buyers.require_papers(organisation=company.bigmart, wants=of_kinds(kinds), by=company.huy)


def test_only_times_are_offered_at_which_the_truck_drives_and_the_depot_is_open(
    world: World, company: Company, hanh: ReadingClient
) -> None:
    closed = clock.today() + dt.timedelta(
        days=2 if (clock.today() + dt.timedelta(days=2)).weekday() < 6 else 3
    )
    with transaction():
        closing = [Closing(closed, closed, "Kiểm kê")]
        buyers.change_depot(depot=company.store, **told(closures=closing), by=company.huy)
    page = hanh.get("/checkout").text
    days = [dt.date.fromisoformat(key[:10]) for key in windows(page)]
    assert {key[10:] for key in windows(page)} == {"T08:00"}, (
        "the truck drives from eight, the store is open to nine"
    )
    assert closed not in days and not any(day.weekday() == 6 for day in days) and len(days) >= 10
    assert "8:00–9:00" in page and "Kho Sao Đỏ nhận hàng" in page


def test_a_way_that_never_comes_while_it_is_open_is_told_with_the_hours(
    world: World, company: Company, hanh: ReadingClient
) -> None:
    with transaction():
        night = [Opening(day, dt.time(1), dt.time(3)) for day in range(7)]
        buyers.change_depot(depot=company.store, **told(weekly=night), by=company.huy)
    page = hanh.get("/checkout").text
    assert "không chạy vào giờ Kho Sao Đỏ nhận hàng (Hằng ngày: 1:00–3:00" in page
    part, (point,) = f"c{world.dong_lac.id}-", deliveries.points_of(world.dong_lac.id)
    assert f'value="{point.ref}"' in page and f'name="{part}option"' in page, "it can still be fetched"


def test_the_depot_is_copied_and_reaches_the_cooperative_the_slip_and_the_driver(
    app: Flask, world: World, company: Company, hanh: ReadingClient
) -> None:
    order = sent(hanh, world, company)
    assert (order.group.buyer_name, order.group.person_id) == ("Siêu thị BigMart", company.hanh.id)
    assert order.address is company.store.address
    with transaction():
        changed = told(name="Kho mới", street="Số 99", contact_name="Chị Năm", note="Cổng 7", weekly=[])
        buyers.change_depot(depot=company.store, **changed, by=company.huy)
    with transaction():
        services.accept(order=order, by=world.director)
    (delivery,) = deliveries.deliveries_of("order", order.id)
    seller = desk(app)
    pages = [seller.get(f"/desk/orders/{order.number}").text, hanh.get(f"/orders/{order.ref}").text]
    pages += [seller.get(f"/desk/deliveries/{delivery.ref}{more}").text for more in ("", "/slip")]
    for page in pages:
        for words in ("Kho Sao Đỏ", "Anh Tư thủ kho", "0912 000 029", "Vào cổng số 2", "5:00–9:00"):
            assert words in page, words
        assert "Kho mới" not in page and "Cổng 7" not in page
    assert "Số 5 đường Nguyễn Trãi" in pages[2]


def test_the_depot_used_last_is_proposed(world: World, company: Company, hanh: ReadingClient) -> None:
    with transaction():
        other = buyers.add_depot(organisation=company.bigmart, **told(name="An Phụ"), by=company.huy)
    first = hanh.get("/checkout").text
    assert f'value="{other.ref}" checked' in first, "before there is a last one, the first by name"
    sent(hanh, world, company)
    hanh.send("/cart/items", {"product": "ca-rot-dong-lac", "quantity": "5"})
    assert f'value="{company.store.ref}" checked' in hanh.get("/checkout").text


def test_any_other_address_can_still_be_written(world: World, company: Company, hanh: ReadingClient) -> None:
    unit = places.search_units("sao do chi linh")[0]
    elsewhere = {
        "depot": "", "buying_for": company.bigmart.ref, "street": "Hội chợ, gian 12", "place": unit.path,
        "place_unit": str(unit.id),
    }  # fmt: skip
    page = hanh.send(
        "/checkout", {**form_of(hanh.get("/checkout").text, world, company), **elsewhere, "see_fees": "1"}
    )
    assert page.status_code == 200
    answer = hanh.send("/checkout", {**form_of(page.text, world, company), **elsewhere})
    assert answer.status_code == 303, answer.text
    order = db.session.scalars(db.select(Order)).one()
    assert order.address is not None and order.address.line1 == "Hội chợ, gian 12"
    assert (order.group.organisation_id, order.group.depot) == (company.bigmart.id, None)


def test_what_is_sent_must_come_while_the_depot_is_open(world: World, company: Company) -> None:
    """Whoever places it, and by whatever way: not only the page looks at the hours."""
    with pytest.raises(Refusal, match="5:00–9:00"), transaction():
        cart = new_cart()
        services.put(cart=cart, product=world.carrots, quantity=Decimal(50))
        chosen = choices(cart)
        services.place(
            cart=cart,
            buyer=services.Buyer(name="BigMart", phone="+84912000022", organisation_id=company.bigmart.id),
            address=company.store.address,
            depot=company.store,
            choices=chosen,
            note="",
            form_token="x",
            quote=checkout.digest(cart, chosen),
            terms_version="test",
        )


def test_an_order_that_goes_elsewhere_after_all_no_longer_names_the_depot(
    world: World, company: Company, hanh: ReadingClient
) -> None:
    order = sent(hanh, world, company)
    with transaction():
        services.accept(order=order, by=world.director)
    unit = places.search_units("thang long kinh mon")[0]
    elsewhere = Proposal(wishes=wish(order).wishes, place=Place(line1="Chợ", unit_id=unit.id, told="Chợ"))
    with transaction():
        change = services.propose(order=order, side=Side.BUYER, proposal=elsewhere, by=company.hanh)
    with transaction():
        services.accept_change(change=change, by=world.director)
    (delivery,) = deliveries.deliveries_of("order", order.id)
    assert (order.depot, delivery.depot) == (None, None)


# --- papers -----------------------------------------------------------------------------------------


def test_a_paper_that_is_missing_is_shown_and_goes_on_only_when_it_was_seen(
    app: Flask, world: World, company: Company, hanh: ReadingClient
) -> None:
    require(company, PaperKind.VIETGAP, PaperKind.OCOP)
    page = hanh.get("/checkout").text
    assert "chưa có giấy còn hạn: OCOP" in page and "còn hạn: VietGAP" not in page
    refused = hanh.send("/checkout", form_of(page, world, company))
    assert refused.status_code == 422 and "Còn thiếu giấy tờ" in refused.text
    assert db.session.scalars(db.select(Order)).first() is None

    order = sent(hanh, world, company, papers_seen="y")
    require(company)
    assert order.papers_to_bring == [("vietgap", []), ("ocop", ["Cà rốt Đồng Lạc"])]
    with transaction():
        services.accept(order=order, by=world.director)
    (delivery,) = deliveries.deliveries_of("order", order.id)
    seller = desk(app)
    for path in (f"/desk/orders/{order.number}", f"/desk/deliveries/{delivery.ref}"):
        page = seller.get(path).text
        assert "VietGAP" in page and "chưa có giấy cho ngày đó: Cà rốt Đồng Lạc" in page
    assert "Giấy tờ mang theo: VietGAP, OCOP" in seller.get(f"/desk/deliveries/{delivery.ref}/slip").text


def test_a_paper_counts_on_the_day_the_goods_arrive_not_on_the_day_they_are_ordered(
    world: World, company: Company, hanh: ReadingClient
) -> None:
    require(company, PaperKind.VIETGAP)
    page = hanh.get("/checkout").text
    assert "chưa có giấy còn hạn" not in page
    ends = dt.date.fromisoformat(windows(page)[2][:10])
    with transaction():
        paper = db.session.scalars(
            db.select(Certificate).where(Certificate.cooperative_id == world.dong_lac.id)
        ).one()
        paper.expires_on = ends
    (option,) = deliveries.options_of(world.dong_lac.id)
    for number, missing in ((2, False), (3, True)):
        chosen = {f"__when_{option.ref}": windows(page)[number], "see_fees": "1"}
        told = hanh.send("/checkout", form_of(page, world, company, **chosen)).text
        assert ("chưa có giấy còn hạn: VietGAP" in told) is missing, number


def test_a_paper_nobody_verified_does_not_count(world: World, company: Company, hanh: ReadingClient) -> None:
    require(company, PaperKind.VIETGAP)
    with transaction():
        paper = db.session.scalars(
            db.select(Certificate).where(Certificate.cooperative_id == world.dong_lac.id)
        ).one()
        cooperatives.reject_certificate(certificate=paper, reason="mờ", by=world.officer)
    assert "chưa có giấy còn hạn: VietGAP" in hanh.get("/checkout").text


def test_a_household_is_asked_for_no_papers(client: ReadingClient, world: World, company: Company) -> None:
    require(company, PaperKind.OCOP)
    client.sign_in("household@demo.vn")
    client.send("/cart/items", {"product": "ca-rot-dong-lac", "quantity": "5"})
    page = client.get("/checkout").text
    assert "OCOP" not in page and 'name="depot"' not in page


# --- who sees what -----------------------------------------------------------------------------------


def test_colleagues_see_who_ordered_and_take_the_goods_in_and_who_left_does_not(
    client: ReadingClient, world: World, company: Company, hanh: ReadingClient
) -> None:
    order = sent(hanh, world, company)
    with transaction():
        services.accept(order=order, by=world.director)
    (delivery,) = deliveries.deliveries_of("order", order.id)
    with transaction():
        delivery_services.dispatch(delivery=delivery, by=world.director)
    with transaction():
        membership = next(
            m for m in accounts_queries.members_of(company.bigmart.id) if m.person_id == company.hanh.id
        )
        accounts.remove_member(membership=membership, by=company.huy)
    client.sign_in(HANH)
    assert client.get(f"/orders/{order.ref}").status_code == 403
    assert order.number not in client.get("/orders").text
    assert client.send(f"/deliveries/{delivery.ref}/receipt").status_code in {403, 404}

    client.sign_in(HUY)
    assert "người đặt: Bùi Thị Hạnh" in client.get("/orders").text
    assert "người đặt: Bùi Thị Hạnh" in client.get(f"/orders/{order.ref}").text
    assert client.send(f"/deliveries/{delivery.ref}/receipt").status_code == 303
    db.session.expire_all()
    assert delivery.received_at is not None


def test_a_depot_of_somebody_else_cannot_be_chosen(
    client: ReadingClient, world: World, company: Company
) -> None:
    client.sign_in("household@demo.vn")
    client.send("/cart/items", {"product": "ca-rot-dong-lac", "quantity": "50"})
    data: dict[str, Any] = form_of(client.get("/checkout").text, world, company)
    assert client.send("/checkout", data).status_code == 422
    assert db.session.scalars(db.select(Order)).first() is None
