"""What a cooperative finds on its desk, what an officer finds in the office."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from sqlalchemy import select

from marketplace.accounts import services as accounts
from marketplace.accounts.states import Role
from marketplace.cooperatives import services as cooperatives
from marketplace.cooperatives.states import Kind, MemberState, PaperKind
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.fulfilment.queries import settlement
from marketplace.linkage.models import Contract
from marketplace.linkage.states import Audience
from marketplace.orders import services as orders
from marketplace.payments import queries as payments
from marketplace.payments import services as money
from marketplace.site import desk, queries
from tests.buyers.company import Company
from tests.fulfilment.kept import arrivals
from tests.fulfilment.settled import confirmed, drawn, pay
from tests.fulfilment.world import good, kept, settled
from tests.linkage.agreed import called, plan
from tests.linkage.asked import opened
from tests.orders.buying import order_for
from tests.statements import queries_sent


def test_the_desk_greets_and_tells_that_nothing_waits(client, world) -> None:
    client.sign_in("donglac@demo.vn")
    page = client.get("/desk").get_data(as_text=True)
    assert "Chào ông Hùng" in page
    assert "Không có đơn nào chờ trả lời" in page
    assert client.get("/en/desk").status_code == 200


def test_what_waits_on_other_pages_of_the_desk_is_listed_under_the_orders(client, world) -> None:
    client.sign_in("donglac@demo.vn")
    assert waiting_elsewhere(client) == [("/en/desk/annual-reports", "1")], "last year's report is not in yet"
    opened(Company.built(), audience=Audience.INVITED, invited=[world.dong_lac.id])
    assert waiting_elsewhere(client) == [("/en/desk/requests", "1"), ("/en/desk/annual-reports", "1")]


def waiting_elsewhere(client) -> list[tuple[str, str]]:
    """Address and count of what the first page of the desk lists under the orders."""
    page = client.get("/en/desk").get_data(as_text=True)
    waits = page[page.index("Waiting elsewhere") :].partition("</ul>")[0]
    return [
        *zip(
            re.findall(r'<a href="([^"]+)"', waits), re.findall(r'class="count">([^<]+)', waits), strict=True
        )
    ]


def test_calls_and_slips_of_contracts_wait_there_too(client, world) -> None:
    company = Company.built()
    ref = arrivals(world, company)["contract"]
    contract = db.session.scalars(select(Contract).where(Contract.ref == ref)).one()
    called(contract, {plan(contract)[2]: Decimal(2000)}, company.huy)
    client.sign_in("donglac@demo.vn")
    page = client.get("/desk").get_data(as_text=True)
    assert "1 lời gọi hàng chờ trả lời" in page and 'href="/desk/calls"' in page
    assert "1 biên bản nghiệm thu chờ bác ký" in page and 'href="/desk/acceptances"' in page
    assert "Không có đơn nào chờ trả lời" not in page


def test_only_who_acts_for_a_cooperative_has_a_desk(client, world) -> None:
    assert client.get("/desk").status_code in {302, 303}
    client.sign_in("household@demo.vn")
    assert client.get("/desk").status_code in {403, 404}
    assert client.get("/office").status_code in {403, 404}


def test_only_a_cooperative_that_cannot_be_paid_is_asked_for_its_account(client, world) -> None:
    with transaction():
        newcomer = cooperatives.enter(
            kind=Kind.COOPERATIVE, name="HTX Chưa có tài khoản", state=MemberState.ADMITTED
        )
        accounts.add_member(organisation=newcomer.organisation, person=world.household, role=Role.DIRECTOR)
    client.sign_in("donglac@demo.vn")
    assert "chưa chuyển khoản được" not in client.get("/desk").get_data(as_text=True)
    client.send("/sign-out")
    client.sign_in("household@demo.vn")
    assert "chưa chuyển khoản được" in client.get("/desk").get_data(as_text=True)


def test_the_weeks_money_is_drawn_for_seven_days(app, world) -> None:
    money = desk.of(world.dong_lac).money
    assert [bar.today for bar in money.bars].index(True) == clock.today().weekday()
    assert int(money.total) == 0 and all(bar.height == 0 for bar in money.bars)


def test_goods_are_told_by_two_and_how_many_more(app, world) -> None:
    lines = [(Decimal(40), "kg", "Cà rốt"), (Decimal(20), "kg", "Hành"), (Decimal(3), "kg", "Tỏi")]
    assert desk.goods_in_words(lines[:1]) == "40\u00a0kg Cà rốt"
    assert desk.goods_in_words(lines) == "40\u00a0kg Cà rốt, 20\u00a0kg Hành và 1 món nữa"


def test_the_office_counts_what_waits(client, world) -> None:
    client.sign_in("officer@demo.vn")
    alike = {"Records that may be one": "1"}  # both sellers of the small world have one tax code
    assert waiting_at_office(client) == alike
    with transaction():
        cooperatives.enter(kind=Kind.COOPERATIVE, name="HTX Mới xin vào")
        cooperatives.add_certificate(
            cooperative=world.dong_lac, kind=PaperKind.OCOP, number="OC-1", issued_on=clock.today(), stars=4
        )
    assert waiting_at_office(client) == alike | {"Asking to join": "1", "Certificates to check": "1"}


def test_figures_are_counts_about_nobody(client, world) -> None:
    assert queries.figures()["cooperatives_admitted"] == 2
    assert queries.figures()["products_published"] == 2
    text = client.get("/metrics").get_data(as_text=True)
    assert "market_products_published 2" in text
    assert "Hùng" not in text


def test_every_public_page_is_known_to_search_engines_and_opens(client, world) -> None:
    paths = queries.public_paths()
    assert f"/products/{world.carrots.slug}" in paths
    assert f"/cooperatives/{world.dong_lac.slug}" in paths
    assert {client.get(path).status_code for path in paths} == {200}


def waiting_at_office(client) -> dict[str, str]:
    """What the morning page says of the registry's queues: label -> how many. Reports wait from mid-January on."""
    page = client.get("/en/office").get_data(as_text=True)
    found = re.findall(r'</svg> ([^<]+)</h2><span><b class="num">([^<]+)</b>', page)
    return {label: count for label, count in found if "report" not in label}


def test_an_order_waits_on_the_sellers_desk_only(client, world) -> None:
    order = order_for((world.carrots, 40)).orders[0]
    client.sign_in("donglac@demo.vn")
    page = client.get("/desk").get_data(as_text=True)
    assert "Nguyễn Thị Lan đặt 40\u00a0kg Cà rốt Đồng Lạc" in page
    assert f'href="/desk/orders/{order.number}"' in page
    client.send("/sign-out")
    client.sign_in("kinhmon@demo.vn")
    assert "Nguyễn Thị Lan" not in client.get("/desk").get_data(as_text=True)


def test_what_was_accepted_leaves_soon_and_its_money_is_owed(app, world) -> None:
    order = order_for((world.carrots, 40)).orders[0]
    with transaction():
        orders.accept(order=order, by=world.director)
    seen = desk.of(world.dong_lac)
    assert seen.ask_count == 0
    assert [row.goods for row in seen.leaving] == ["40\u00a0kg Cà rốt Đồng Lạc"]
    assert seen.money.owed == order.total


def test_confirmed_money_stands_on_its_day(app, world) -> None:
    order = order_for((world.carrots, 500)).orders[0]
    with transaction():
        orders.accept(order=order, by=world.director)
        charge = payments.charge_for("order", order.id)
        money.confirm(charge=charge, amount=charge.amount, by=world.director)
    seen = desk.of(world.dong_lac).money
    today = seen.bars[clock.today().weekday()]
    assert (seen.total, seen.count) == (order.total, 1)
    assert today.height == 72 and today.figure
    assert sum(bar.height > 0 for bar in seen.bars) == 1
    assert desk.this_week() == desk.Week(orders=1, money=order.total)


def test_the_desk_costs_the_same_for_one_order_as_for_four(client, world) -> None:
    order_for((world.carrots, 10))
    client.sign_in("donglac@demo.vn")
    client.get("/desk")
    with queries_sent() as one:
        client.get("/desk")
    for _again in range(3):
        order_for((world.carrots, 10))
    with queries_sent() as four:
        client.get("/desk")
    assert len(four) == len(one)


def test_money_of_contracts_is_expected_from_the_scale_to_the_bank(app, world) -> None:
    """About its worth as soon as it is accepted; the sum of the sheet; then what is owed, by its day."""
    company = Company.built()
    contract = kept(world, company)
    settled(world, company, contract, lines=[good(1_900), good(100, "2")])
    (row,) = desk.of(world.dong_lac).expected
    assert (row.amount, row.about, row.who) == (Money(1_900 * 6_200 + 100 * 4_300), True, "Siêu thị BigMart")
    sheet = drawn(contract, company.huy)
    (row,) = desk.of(world.dong_lac).expected
    assert (row.amount, row.about) == (sheet.total, False) and sheet.number in row.note
    sheet = confirmed(sheet, world, company)
    (row,) = desk.of(world.dong_lac).expected
    assert (row.amount, row.due_on, row.note, row.late) == (sheet.total, sheet.due_on, "", False)
    with clock.standing_at(clock.start_of_day(sheet.due_on) + dt.timedelta(days=1)):
        assert desk.of(world.dong_lac).expected[0].late
    pay(settlement.charge_of(sheet), world.director)
    assert desk.of(world.dong_lac).expected == []


def test_expected_money_asks_as_often_for_many(app, world) -> None:
    company = Company.built()
    counts = []
    for _again in range(2):
        settled(world, company, kept(world, company), lines=[good(2_000)])
        db.session.expire_all()
        with queries_sent("SELECT") as sent:
            desk._expected(world.dong_lac)
        counts.append(len(sent))
    assert counts[0] == counts[1]
