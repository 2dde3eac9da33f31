"""A company's standing order: to a depot while that is open, within a limit, and what the scale will say."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.buyers import services as buyers
from marketplace.buyers.wants import of_kinds
from marketplace.catalogue import services as products
from marketplace.cooperatives.states import PaperKind
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.hours import Closing
from marketplace.foundation.money import Money
from marketplace.inbox.models import Notice
from marketplace.orders import queries, services
from marketplace.orders.models import Order, StandingOrder, StandingRun
from marketplace.orders.states import ExceptionKind, RunState, StandingState
from tests.buyers.company import HANH, HUY, Company, told
from tests.client import ReadingClient
from tests.orders.agreed import holds
from tests.orders.scale import pumpkins
from tests.orders.standing import FRIDAY, START, TUESDAY, days_pass, outcome, standing_order, terms
from tests.world import World

SUNDAY = 6
EACH_TIME = 40 * 16_000 + 60_000


@pytest.fixture
def company(world: World) -> Company:
    return Company.built()


def to_store(world: World, company: Company, by: Person, **more: Any) -> StandingOrder:
    """40 kg of carrots every Tuesday and Friday to the store, which is open from five to nine."""
    with clock.standing_at(START):
        return standing_order(world, by, company.bigmart, **{"depot": company.store, "address": None, **more})


def fresh(standing: StandingOrder) -> StandingOrder:
    db.session.expire_all()
    return queries.standing_by_id(standing.id)


def dearer(world: World, price: int) -> None:
    with transaction():
        products.change_price(product=world.carrots, tiers=[(Decimal(0), Money(price))], by=world.director)


def asked_run() -> StandingRun:
    return db.session.scalars(select(StandingRun).where(StandingRun.state == RunState.ASKED)).one()


def agree(by: Person) -> None:
    with clock.standing_at(START + dt.timedelta(hours=1)), transaction():
        services.agree_to_price(run=asked_run(), by=by)


def notices(person: Person, kind: str) -> list[str]:
    found = select(Notice.sentence_vi).where(Notice.person_id == person.id, Notice.kind == kind)
    return [sentence.replace("\xa0", " ") for sentence in db.session.scalars(found)]


def test_the_order_carries_the_depot_and_the_papers_as_they_stand_on_the_day(
    world: World, company: Company
) -> None:
    standing = to_store(world, company, company.huy)
    with transaction():
        buyers.require_papers(
            organisation=company.bigmart, wants=of_kinds([PaperKind.VIETGAP]), by=company.huy
        )
        moved = told(name="Kho mới", street="Số 99")
        buyers.change_depot(depot=company.store, **moved, by=company.huy)
    days_pass(START, 1)
    assert outcome(standing) == {"12/01": "40"}
    order = db.session.scalars(select(Order)).one()
    assert order.group.depot is not None and order.group.depot["name"] == "Kho mới"
    assert order.address is not None and order.address.line1 == "Số 99"
    assert order.papers_asked, "what the company wants with its goods"
    assert order.delivery["window"]["opens"] == "08:00" and order.delivery["window"]["closes"] == "09:00"
    holds()


def test_days_on_which_the_depot_is_closed_are_said_at_the_beginning(world: World, company: Company) -> None:
    with pytest.raises(Refusal, match="Kho Sao Đỏ không nhận hàng vào Chủ Nhật") as refused:
        to_store(world, company, company.huy, weekdays=[TUESDAY, SUNDAY])
    assert refused.value.field == "weekdays"
    fetched = to_store(world, company, company.huy, weekdays=[SUNDAY], depot=None, address=None)
    assert fetched.terms[0].goes_to is None, "elsewhere Sunday is fine"


def test_a_closed_day_of_the_depot_is_skipped_and_both_sides_are_told_why(
    world: World, company: Company
) -> None:
    standing = to_store(world, company, company.huy)
    friday = dt.date(2027, 1, 15)
    with transaction():
        closing = [Closing(friday, friday, "Kiểm kê")]
        buyers.change_depot(depot=company.store, **told(closures=closing), by=company.huy)
    days_pass(START, 7)
    assert outcome(standing) == {"12/01": "40", "15/01": "depot_closed", "19/01": "40"}
    for person in (company.huy, world.director):
        (said,) = notices(person, "standing.skipped")
        assert "Kho Sao Đỏ: Kiểm kê" in said


def test_a_change_for_good_goes_to_another_depot_and_a_foreign_one_is_refused(
    world: World, company: Company
) -> None:
    standing = to_store(world, company, company.huy)
    with transaction():
        other = buyers.add_depot(
            organisation=company.bigmart, **told(name="Kho 2", street="Số 2", weekly=[]), by=company.huy
        )
    with clock.standing_at(START), transaction():
        to_other = terms(world, depot=other, address=None, from_day=dt.date(2027, 1, 14))
        services.change_standing(standing=fresh(standing), terms=to_other, by=company.huy)
    days_pass(START, 4)
    orders = db.session.scalars(select(Order).order_by(Order.id))
    places = [(order.group.depot or {}).get("name") for order in orders]
    assert places == ["Kho Sao Đỏ", "Kho 2"]
    with clock.standing_at(START), pytest.raises(Refusal) as refused:
        standing_order(world, world.household, None, depot=other, address=None)
    assert refused.value.field == "depot"


def test_a_depot_that_is_closed_down_pauses_it_until_another_place_is_named(
    world: World, company: Company
) -> None:
    standing = to_store(world, company, company.huy)
    with clock.standing_at(START), transaction():
        buyers.close_depot(depot=company.store, by=company.huy)
    days_pass(START, 1)
    assert fresh(standing).state is StandingState.PAUSED
    assert outcome(standing) == {"12/01": "paused"}
    for person in (company.huy, world.director):
        assert len(notices(person, "standing.without_depot")) == 1
    with clock.standing_at(START):
        with pytest.raises(Refusal, match="Kho Sao Đỏ"), transaction():
            services.resume_standing(standing=fresh(standing), by=company.huy)
        with transaction():
            elsewhere = terms(world, from_day=dt.date(2027, 1, 15))
            services.change_standing(standing=fresh(standing), terms=elsewhere, by=company.huy)
            services.resume_standing(standing=fresh(standing), by=company.huy)
    days_pass(START + dt.timedelta(days=2), 1)
    assert outcome(standing)["15/01"] == "40"


def test_a_pause_with_an_end_does_not_end_by_the_clock_once_the_depot_is_gone(
    world: World, company: Company
) -> None:
    standing = to_store(world, company, company.huy)
    with clock.standing_at(START), transaction():
        services.pause_standing(standing=fresh(standing), until=dt.date(2027, 1, 13), by=company.huy)
        buyers.close_depot(depot=company.store, by=company.huy)
    days_pass(START, 7)
    assert fresh(standing).state is StandingState.PAUSED
    assert set(outcome(standing).values()) == {"paused"}


def test_above_the_limit_a_member_cannot_begin_change_or_enlarge_it(world: World, company: Company) -> None:
    company.limit(EACH_TIME - 1)
    with pytest.raises(Refusal, match="Lê Quang Huy") as refused:
        to_store(world, company, company.hanh)
    assert "699.999" in str(refused.value) and "700.000" in str(refused.value)
    standing = to_store(world, company, company.hanh, quantities={world.carrots: Decimal(30)})
    with clock.standing_at(START):
        with pytest.raises(Refusal), transaction():
            more = terms(world, depot=company.store, address=None)
            services.change_standing(standing=fresh(standing), terms=more, by=company.hanh)
        with pytest.raises(Refusal), transaction():
            services.change_date(
                standing=fresh(standing),
                day=dt.date(2027, 1, 15),
                kind=ExceptionKind.OTHER,
                quantities={world.carrots: Decimal(40)},
                by=company.hanh,
            )
    days_pass(START, 4)
    assert outcome(standing) == {"12/01": "30", "15/01": "30"}


def test_a_director_begins_it_above_the_limit_of_members_or_makes_a_members_larger(
    world: World, company: Company
) -> None:
    company.limit(EACH_TIME - 1)
    his = to_store(world, company, company.huy)
    hers = to_store(world, company, company.hanh, quantities={world.carrots: Decimal(30)})
    with clock.standing_at(START), transaction():
        more = terms(world, depot=company.store, address=None)
        services.change_standing(standing=fresh(hers), terms=more, by=company.huy)
    days_pass(START, 1)
    assert outcome(his) == outcome(hers) == {"12/01": "40"}
    holds()


def test_prices_that_take_a_date_above_the_limit_are_asked_of_whoever_may_approve(
    world: World, company: Company
) -> None:
    company.limit(EACH_TIME)
    standing = to_store(world, company, company.hanh)
    dearer(world, 17_000)  # within the 10 % that are allowed
    days_pass(START, 1)
    assert outcome(standing) == {"12/01": "asked"}
    assert asked_run().above == EACH_TIME
    assert "740.000 ₫" in notices(company.huy, "standing.above")[0]
    assert not notices(company.hanh, "standing.above")
    with pytest.raises(Refusal, match="Lê Quang Huy"):
        agree(company.hanh)
    agree(company.huy)
    assert outcome(standing) == {"12/01": "40"}
    days_pass(START + dt.timedelta(days=2), 1)
    assert outcome(standing)["15/01"] == "40", "approved once, it is not asked again"
    holds()


def test_who_answers_to_a_risen_price_says_yes_within_their_own_limit(world: World, company: Company) -> None:
    standing = to_store(world, company, company.huy)
    company.limit(EACH_TIME)
    dearer(world, 20_000)
    days_pass(START, 1)
    assert outcome(standing) == {"12/01": "asked"} and asked_run().above is None
    with pytest.raises(Refusal, match="Lê Quang Huy"):
        agree(company.hanh)
    agree(company.huy)
    assert outcome(standing) == {"12/01": "40"}


def test_a_director_approves_on_the_page_where_a_member_reads_who_can(
    client: ReadingClient, world: World, company: Company
) -> None:
    company.limit(EACH_TIME)
    standing = to_store(world, company, company.hanh)
    dearer(world, 17_000)
    days_pass(START, 1)
    path = f"/standing-orders/{standing.ref}"
    approval = f"{path}/runs/{asked_run().ref}/agreement"
    with clock.standing_at(START):
        client.sign_in(HANH)
        page = client.get(path).text.replace("\xa0", " ")
        assert "740.000 ₫" in page and "700.000 ₫" in page and "Lê Quang Huy" in page
        assert approval not in page
        client.send(approval, {})
        assert outcome(standing) == {"12/01": "asked"}
        client.sign_in(HUY)
        assert approval in client.get(path).text
        assert client.send(approval, {}).status_code == 303
    assert outcome(standing) == {"12/01": "40"}


def test_a_member_begins_it_on_the_page_to_a_depot_or_another_address(
    client: ReadingClient, world: World, company: Company
) -> None:
    company.limit(5_000_000)
    client.sign_in(HANH)
    page = "/standing-orders/new?line=ca-rot-dong-lac:40"
    begun = client.get(page).text
    assert "Kho Sao Đỏ" in begun and "5.000.000" in begun
    first = clock.today() + dt.timedelta(days=9)
    form = {
        f"quantity_{world.carrots.id}": "40", "weekdays": str(TUESDAY), "every_weeks": "1",
        "from_day": f"{first:%d/%m/%Y}", "way": terms(world).way, "method": "cod", "tolerance": "10",
        "shortage": "less", "name": "Bùi Thị Hạnh", "phone": "0912 000 022", "agree": "y",
    }  # fmt: skip
    sunday = client.send(page, {**form, "weekdays": str(SUNDAY), "depot": company.store.ref})
    assert sunday.status_code == 422 and "Kho Sao Đỏ không nhận hàng vào Chủ Nhật" in sunday.text
    assert client.send(page, {**form, "depot": company.store.ref}).status_code == 303
    elsewhere = {**form, "depot": "", "buying_for": company.bigmart.ref, "place": "Sao Đỏ, Chí Linh"}
    assert client.send(page, {**elsewhere, "street": ""}).status_code == 422
    standing = db.session.scalars(select(StandingOrder)).one()
    assert (standing.organisation_id, standing.terms[0].depot_id) == (company.bigmart.id, company.store.id)
    shown = client.get(f"/standing-orders/{standing.ref}").text
    assert "Kho Sao Đỏ" in shown and "5:00–9:00" in shown
    change = f"/standing-orders/{standing.ref}/change"
    assert f'value="{company.store.ref}" checked' in client.get(change).text


def test_sums_of_weighed_goods_are_marked_as_estimates(
    client: ReadingClient, world: World, company: Company
) -> None:
    pumpkin = pumpkins(world)
    standing = to_store(world, company, company.huy, quantities={pumpkin: Decimal(30)}, weekdays=[FRIDAY])
    with clock.standing_at(START):
        client.sign_in(HUY)
        page = client.get(f"/standing-orders/{standing.ref}").text.replace("\xa0", " ")
    assert "30 quả ≈ 75 kg" in page and "15.000 ₫ / kg" in page
    assert "≈ 1.185.000 ₫" in page, "with delivery"
    client.sign_in(HUY)
    form = {"more": pumpkin.slug, f"quantity_{pumpkin.id}": "30", "step": "look"}
    sheet = client.send("/order-sheet", form).text.replace("\xa0", " ")
    assert "≈ 1.125.000 ₫" in sheet and 'data-kg="2.5"' in sheet and "1 quả ≈ 2,5 kg" in sheet
