"""Matching both ways, from the desk and from the office; who is told of what is found, and how often."""

from __future__ import annotations

import datetime as dt

import time_machine
from sqlalchemy import select

from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries.models import Delivery
from marketplace.foundation import clock
from marketplace.foundation.audit import AuditEntry
from marketplace.foundation.db import db, transaction
from marketplace.inbox.models import Notice
from marketplace.linkage import openings, queries, services, tasks
from marketplace.linkage.invariants import CHECKS
from marketplace.linkage.models import Need, NeedMatch
from marketplace.linkage.states import Audience
from tests.buyers.company import Company
from tests.client import ReadingClient, another
from tests.factories.catalogue import product_of
from tests.fairs.hall import newcomer
from tests.linkage.asked import carrots, opened, renewed
from tests.linkage.quoted import expecting, quoted
from tests.orders.agreed import received
from tests.statements import queries_sent
from tests.world import World


def told(kind: str) -> list[tuple[int, str]]:
    """(person, English subject) of every letter of a kind."""
    rows = db.session.scalars(select(Notice).where(Notice.kind == kind).order_by(Notice.id))
    return [(notice.person_id or 0, notice.subject_en) for notice in rows]


def matched(need: Need) -> dict[int, NeedMatch]:
    db.session.expire_all()
    return {each.cooperative_id: each for each in queries.matches_of(need.id)}


def test_a_cooperative_sees_what_fits_its_free_weeks_and_who_bought_before(
    world: World, company: Company, client: ReadingClient
) -> None:
    need = opened(company)
    hidden = opened(company, audience=Audience.INVITED, invited=[world.kinh_mon.id])
    order = received(world)
    with transaction():
        for delivery in db.session.scalars(select(Delivery)):
            delivery.contact_organisation_id = company.bigmart.id
    client.sign_in("donglac@demo.vn")
    page = client.get("/desk/matches").get_data(as_text=True)
    assert f"/desk/requests/{need.ref}/quote" in page and hidden.ref not in page
    assert "Chưa khai tuần nào còn hàng" in page
    past = page.partition('id="past"')[2]
    assert "Siêu thị BigMart" in past and "50\u00a0kg" in past, order.number
    expecting(need, world.carrots, 1_000, by=world.director)
    (opening,) = openings.desk(world.dong_lac).openings
    assert opening.match.volume == 1_000 * len({line.iso_week for line in need.lines})
    page = client.get("/en/desk/matches").get_data(as_text=True)
    assert "are lacking" in page and "1 request" in page and "VietGAP valid on every day" in page
    expecting(need, world.carrots, by=world.director)
    quoted(need, world.dong_lac, world.carrots, world.director)
    page = client.get("/en/desk/matches").get_data(as_text=True)
    assert "you have quoted" in page and f"/desk/requests/{need.ref}/quote" not in page
    rival = another(client.application)
    rival.sign_in("kinhmon@demo.vn")
    page = rival.get("/desk/matches").get_data(as_text=True)
    assert "BigMart" not in page.partition('id="past"')[2] and need.ref not in page


def test_each_side_is_told_once_of_a_pair_and_once_a_day(world: World, company: Company) -> None:
    need = opened(company)
    tasks.look_for_suppliers()
    assert matched(need) == {}, "nothing was said, and it is not the season"
    expecting(opened(company), world.carrots, by=world.director)

    def an_hour() -> tuple[int, int]:
        """How many letters the director and the company's buyer have when it is over."""
        for _twice in range(2):
            tasks.look_for_suppliers()
            tasks.tell_of_new_requests()
            tasks.tell_buyers_of_suppliers()
        assert queries.needs_to_look_at() == []
        letters = told("requests.fits"), told("requests.found")
        mine, theirs = (
            [each for each, _words in of].count(who.id) for of, who in zip(letters, sides, strict=True)
        )
        return mine, theirs

    sides = world.director, company.huy
    assert an_hour() == (1, 1)
    assert told("requests.fits") == [(world.director.id, "2 new requests that you could supply")]
    words = "1 more cooperatives could supply what you ask for"
    assert set(told("requests.found")) == {(company.huy.id, words), (company.hanh.id, words)}
    (early,) = matched(need).values()
    assert early.buyer_told_at is not None and early.buyer_told_at > early.found_at

    expecting(need, _sells_carrots(newcomer()))
    opened(company)
    assert need.id in queries.needs_to_look_at()
    assert an_hour() == (1, 1), "nobody hears twice on one day"
    with time_machine.travel(clock.now() + dt.timedelta(days=1), tick=True):
        assert an_hour() == (2, 2) == an_hour()
    with time_machine.travel(clock.now() + dt.timedelta(days=2), tick=True):
        assert an_hour() == (2, 2), "each pair is told once"
    facts = db.session.scalars(select(AuditEntry).where(AuditEntry.kind == "FittingFound")).all()
    assert sorted(fact.data["count"] for fact in facts) == [1, 1, 1, 1, 2]
    assert [count() for _sentence, count in (CHECKS["Q12"], CHECKS["Q13"])] == [0, 0]


def test_who_was_invited_has_answered_or_no_longer_fits_is_not_told(world: World, company: Company) -> None:
    asked = opened(company)
    with transaction():
        services.invite(need=asked, cooperative_ids=[world.dong_lac.id], by=company.hanh)
    answered = opened(company)
    expecting(answered, world.carrots, by=world.director)
    quoted(answered, world.dong_lac, world.carrots, world.director)
    closed = opened(company, audience=Audience.INVITED, invited=[world.dong_lac.id])
    tasks.look_for_suppliers()
    tasks.tell_of_new_requests()
    assert told("requests.fits") == [] and matched(closed) == {}
    assert matched(asked)[world.dong_lac.id].points >= 50
    with transaction():
        services.look_for_suppliers(need=renewed(asked), least=100, most=10)
    assert matched(asked)[world.dong_lac.id].points == 0, "the row stays: nobody is told twice"


def test_the_office_sees_who_could_answer_and_what_nobody_asks_for(
    world: World, company: Company, client: ReadingClient
) -> None:
    need = opened(company)
    expecting(need, world.carrots, by=world.director)
    tasks.look_for_suppliers()
    sealed = opened(company, sealed=True)
    quoted(sealed, world.dong_lac, world.carrots, world.director)
    client.sign_in("officer@demo.vn")
    page = client.get("/en/office/matches").get_data(as_text=True)
    assert need.ref in page and "HTX Đồng Lạc" in page and "1 cooperative could supply it" in page
    assert "0 quotes" in page and "quotes are sealed" in page and "1 quote<" not in page
    assert carrots().name_en not in page.partition('id="unasked"')[2]
    with transaction():
        for each in (need, sealed):
            services.withdraw_need(need=renewed(each), reason="Đổi kế hoạch", by=company.huy)
    page = client.get("/en/office/matches").get_data(as_text=True)
    assert need.ref not in page and carrots().name_en in page.partition('id="unasked"')[2]
    director = another(client.application)
    director.sign_in("donglac@demo.vn")
    assert director.get("/office/matches").status_code == 403


def test_pages_and_looks_send_as_many_statements_for_few_as_for_many(world: World, company: Company) -> None:
    need = opened(company)
    expecting(need, world.carrots, by=world.director)
    tasks.look_for_suppliers()

    def sent() -> list[int]:
        counts = []
        for ask in (
            lambda: openings.desk(world.dong_lac),
            lambda: queries.needs_short_of_quotes(3),
            lambda: queries.best_matches([need.id], 50),
            queries.unasked_goods,
            lambda: queries.people_to_tell(50),
        ):
            db.session.rollback()
            with queries_sent() as statements:
                ask()
            counts.append(len(statements))
        return counts

    opened(company)
    sent()
    few = sent()
    for _each in range(3):
        opened(company)
        expecting(need, _sells_carrots(newcomer()))
    tasks.look_for_suppliers()
    assert len(matched(need)) == 4 and len(openings.desk(world.dong_lac).openings) == 5
    assert sent() == few


def _sells_carrots(cooperative: Cooperative) -> Product:
    with transaction():
        return product_of(cooperative, "ca-rot-duc-chinh", "Cà rốt Đức Chính")
