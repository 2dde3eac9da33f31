"""Who hears of what about requests, and how often; how many statements lists and suppliers take."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import time_machine
from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.queries import certificates_of
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.inbox.models import Notice
from marketplace.linkage import board, queries, services, suppliers, tasks
from marketplace.linkage.board import Wanted
from marketplace.linkage.states import Audience
from marketplace.supply import services as supply
from tests.buyers.company import Company
from tests.factories.catalogue import product_of
from tests.fairs.hall import newcomer
from tests.linkage.asked import closed, first_day, opened, renewed
from tests.statements import queries_sent
from tests.world import World


def told(person: Person, kind: str) -> int:
    rows = db.session.scalars(select(Notice).where(Notice.person_id == person.id, Notice.kind == kind))
    return len(rows.all())


def test_invited_asked_answered_amended_awarded_each_is_told_to_whom_it_concerns(
    world: World, company: Company
) -> None:
    need = opened(company, audience=Audience.INVITED, invited=[world.dong_lac.id])
    assert told(world.director, "requests.invited") == 1 and told(world.rival, "requests.invited") == 0
    with transaction():
        asked = services.ask_about_need(
            need=need, cooperative=world.dong_lac, words="Thùng nào?", by=world.director
        )
    assert told(company.huy, "requests.asked") == told(company.hanh, "requests.asked") == 1
    with transaction():
        services.answer_question(question=asked, words="Thùng 10 kg", by=company.hanh)
        services.set_deadlines(
            need=need,
            quotes_until=clock.now() + dt.timedelta(days=9),
            questions_until=None,
            reason="Thêm hai ngày",
            by=company.hanh,
        )
    assert told(world.director, "requests.answered") == told(world.director, "requests.amended") == 1
    assert told(world.rival, "requests.amended") == 0
    with transaction():
        services.close_need(need=need, by=company.huy)
        services.choose_none(need=need, reason="Giá cao", by=company.huy)
    assert told(company.huy, "requests.closed") == 1 and told(world.director, "requests.over") == 1
    other = closed(company)
    with transaction():
        services.award(
            need=other,
            parts=[services.Part(world.kinh_mon.id, "quote:1", {other.lines[0].id: other.lines[0].quantity})],
            by=company.huy,
        )
    assert told(world.rival, "requests.awarded") == 1 and told(world.director, "requests.awarded") == 0


def test_a_kept_search_tells_of_each_request_once_and_once_a_day(world: World, company: Company) -> None:
    opened(company)  # was there before: not new
    with transaction():
        services.keep_watch(person=world.director, query="goods=ca-rot")
        services.keep_watch(person=world.director, query="q=c%C3%A0+r%E1%BB%91t")
        services.keep_watch(person=world.rival, query="goods=vai")
    tasks.tell_of_new_requests()
    assert told(world.director, "requests.digest") == 0
    opened(company)
    opened(company)
    opened(company, audience=Audience.INVITED, invited=[world.kinh_mon.id])
    tasks.tell_of_new_requests()
    opened(company)
    tasks.tell_of_new_requests()
    assert told(world.director, "requests.digest") == 1 and told(world.rival, "requests.digest") == 0
    notice = db.session.scalars(select(Notice).where(Notice.kind == "requests.digest")).one()
    assert notice.subject_en == "2 new requests fit your searches"
    with time_machine.travel(clock.now() + dt.timedelta(days=1), tick=True):
        tasks.tell_of_new_requests()
        tasks.tell_of_new_requests()
        assert told(world.director, "requests.digest") == 2


def test_lists_send_as_many_statements_for_one_request_as_for_many(world: World, company: Company) -> None:
    invited = {"audience": Audience.INVITED, "invited": [world.dong_lac.id]}
    need = opened(company)
    opened(company, **invited)

    def sent() -> list[int]:
        counts = []
        for ask in (
            lambda: board.find(Wanted(goods="ca-rot"), "/requests"),
            lambda: queries.needs_of(company.bigmart.id, None),
            lambda: queries.needs_for_office(None),
            lambda: queries.invited_needs(world.dong_lac.id),
            lambda: suppliers.suppliers(need),
        ):
            db.session.rollback()
            with queries_sent() as statements:
                ask()
            counts.append(len(statements))
        return counts

    few = sent()
    for _each in range(3):
        opened(company)
        opened(company, **invited)
    for _each in range(3):
        _sells_carrots(newcomer())
    need = renewed(need)
    assert len(suppliers.suppliers(need)) == 4
    assert sent() == few


def test_suppliers_come_with_reasons_and_gaps(world: World, company: Company) -> None:
    need = opened(company)
    (only,) = suppliers.suppliers(need)
    assert only.name == "HTX Đồng Lạc" and only.km is not None
    assert any("VietGAP" in reason for reason in only.reasons)
    with transaction():
        for paper in certificates_of(world.dong_lac.id):
            paper.expires_on = first_day()
    (only,) = suppliers.suppliers(renewed(need))
    assert any("VietGAP" in gap for gap in only.gaps)
    assert only.free is None, "nothing was said of these weeks: the season speaks"
    week = need.lines[0].iso_week
    with transaction():
        supply.forecast(product=world.carrots, week=str(week), likely=Decimal(999_999), by=world.director)
    (only,) = suppliers.suppliers(renewed(need))
    assert only.free == sum(line.quantity for line in need.lines if line.iso_week == week)


def _sells_carrots(cooperative: Cooperative) -> None:
    with transaction():
        product_of(cooperative, "ca-rot-duc-chinh", "Cà rốt Đức Chính")
