"""What an officer writes down for somebody: they are asked whether it is right, and the officers hear what is wrong."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.mail import Letter
from marketplace.foundation.money import Money
from marketplace.inbox import queries as inbox
from marketplace.inbox import services as entries
from marketplace.inbox.models import Entry, Notice
from marketplace.inbox.states import EntryState
from marketplace.linkage import queries, services, written
from marketplace.linkage.models import CallOffAnswer
from marketplace.linkage.states.call_off import CallOffState
from marketplace.selection.states import Entered
from marketplace.supply import services as supply
from marketplace.supply.services import Expected
from marketplace.supply.states import ForecastSource
from tests.buyers.company import Company
from tests.client import ReadingClient, another
from tests.letters import link_in
from tests.linkage.agreed import called, in_force, plan
from tests.linkage.asked import drafted, opened
from tests.linkage.gathered import formed, ready, said
from tests.linkage.quoted import expecting, numbers
from tests.statements import queries_sent
from tests.world import World

OFFICER = "officer@demo.vn"
DIRECTOR = "donglac@demo.vn"


def quoted_by_phone(world: World, company: Company, portion: int = 1200) -> Entry:
    need = opened(company)
    expecting(need, world.carrots, by=world.director)
    with transaction():
        quote = services.submit_quote(
            need=need,
            cooperative=world.dong_lac,
            numbers=numbers(need, world.carrots, portion=Decimal(portion)),
            entered=Entered.PHONE,
            told_by="Chị Hà",
            by=world.officer,
        )
    entry = inbox.newest_about(written.QUOTE, quote.id)
    assert entry is not None
    return entry


def told(person: Person, kind: str) -> list[Notice]:
    return [*db.session.scalars(select(Notice).where(Notice.person_id == person.id, Notice.kind == kind))]


def again(entry: Entry) -> Entry:
    db.session.expire_all()
    return db.session.get_one(Entry, entry.id)


def test_a_told_quote_is_confirmed_by_one_tap_without_signing_in(
    world: World, company: Company, client: ReadingClient
) -> None:
    entry = quoted_by_phone(world, company)
    assert "Chị Hà" in entry.told_by and "12\xa0tấn" in entry.what_vi and "6.200" in entry.what_vi
    assert len(told(world.director, "entries.written")) == 1 and not told(world.rival, "entries.written")
    (letter,) = db.session.scalars(select(Letter).where(Letter.key.startswith("entries.written")))
    right, wrong = link_in(letter, "Đúng"), link_in(letter, "Sai")
    page = client.get(right).get_data(as_text=True)
    assert "Chị Hà" in page and again(entry).state is EntryState.UNCONFIRMED, "opening does nothing"
    assert client.send(right, {}).status_code == 303
    assert client.send(right, {}).status_code == 303, "tapped twice"
    assert again(entry).state is EntryState.CONFIRMED and entry.answered_by_id == world.director.id
    assert client.send(wrong, {"words": "Không phải"}).status_code == 303
    assert again(entry).state is EntryState.CONFIRMED, "the other answer comes too late"


def test_what_is_wrong_goes_back_to_the_officers(
    world: World, company: Company, client: ReadingClient, app: Flask
) -> None:
    entry = quoted_by_phone(world, company)
    client.sign_in(DIRECTOR)
    assert "Chị Hà" in client.get("/desk").get_data(as_text=True)
    assert "chưa xác nhận" in client.get(entry.url).get_data(as_text=True)
    assert client.get(f"/entries/{entry.ref}").status_code == client.get("/entries").status_code == 200
    denial = f"/entries/{entry.ref}/denial"
    assert client.send(denial, {"words": ""}).status_code == 422
    assert client.send(denial, {"words": "x" * 501}).status_code == 422
    assert client.send(denial, {"words": "Giá 6.500"}).status_code == 303
    assert client.send(denial, {"words": "Giá 6.500"}).status_code == 303, "sent twice on a bad line"
    assert client.send(f"/entries/{entry.ref}/confirmation", {}).status_code == 422
    assert again(entry).state is EntryState.DENIED and entry.words == "Giá 6.500"
    assert "bị báo sai" in client.get(entry.url).get_data(as_text=True)
    assert "Ghi thay: đúng không" not in client.get("/desk").get_data(as_text=True)
    assert len(told(world.officer, "entries.denied")) == 1

    office = another(app)
    office.sign_in(OFFICER)
    assert "Giá 6.500" in office.get("/office/entries").get_data(as_text=True)
    for state in ("unconfirmed", "confirmed", "settled", "rubbish"):
        assert office.get(f"/office/entries?state={state}").status_code == 200
    assert office.get(f"/entries/{entry.ref}").status_code == 404
    done = f"/office/entries/{entry.ref}/settlement"
    assert client.send(done, {}).status_code in (403, 404)
    assert office.send(done, {}).status_code == 303 and office.send(done, {}).status_code == 403
    assert again(entry).state is EntryState.SETTLED and inbox.count_denied() == 0
    stranger = another(app)
    stranger.sign_in("kinhmon@demo.vn")
    assert stranger.get(f"/entries/{entry.ref}").status_code == 404
    assert stranger.send(denial, {"words": "Sai"}).status_code == 404


def test_who_says_it_anew_need_not_answer_what_was_written_before(world: World, company: Company) -> None:
    entry = quoted_by_phone(world, company)
    quote = queries.quote_by_id(entry.subject_id)
    assert quote is not None
    with transaction():
        services.revise_quote(
            quote=quote, numbers=numbers(quote.need, world.carrots, price=Money(6100)), by=world.director
        )
    assert again(entry).state is EntryState.REPLACED and inbox.count_unanswered([entry.organisation_id]) == 0
    quote = queries.quote_by_id(entry.subject_id)
    assert quote is not None and quote.entered is Entered.ONLINE and not quote.told_by
    with pytest.raises(Refusal), transaction():
        entries.confirm_entry(entry=again(entry), by=world.director)
    with pytest.raises(Refusal, match=r"Sai|sai"), transaction():
        entries.deny_entry(entry=again(entry), words=" ", by=world.director)
    with transaction():
        services.revise_quote(
            quote=quote,
            numbers=numbers(quote.need, world.carrots),
            entered=Entered.PHONE,
            told_by="Chị Hà",
            by=world.officer,
        )
    newest = inbox.newest_about(written.QUOTE, quote.id)
    assert newest is not None and newest.id != entry.id and newest.waits


def test_weeks_told_in_one_call_are_one_question(world: World, company: Company) -> None:
    need = opened(company)
    weeks = sorted({str(line.iso_week) for line in need.lines})
    assert len(weeks) > 1
    for _sent_twice in range(2):
        with transaction():
            supply.forecast_weeks(
                product=world.carrots,
                weeks=[
                    Expected(week=week, likely=Decimal(900), low=Decimal(900), high=Decimal(900))
                    for week in weeks
                ],
                source=ForecastSource.OFFICER,
                told_by="Anh Hoạt",
                sent="abc:1",
                by=world.officer,
            )
    (entry,) = db.session.scalars(select(Entry))
    assert (
        entry.what_vi.count("900") == len(weeks) and entry.organisation_id == world.dong_lac.organisation_id
    )
    with transaction():
        supply.forecast(product=world.carrots, week=weeks[0], likely=Decimal(800), by=world.director)
    assert len(db.session.scalars(select(Entry)).all()) == 1, "what they say themselves is no question"


def test_a_call_is_answered_by_telephone_at_the_office(
    world: World, company: Company, client: ReadingClient, app: Flask
) -> None:
    contract = in_force(world, company)
    called(contract, {slot: Decimal(2000) for slot in plan(contract)[:2]}, company.hanh)
    first, second = plan(contract)[:2]
    client.sign_in(OFFICER)
    assert "Đồng Lạc" in client.get("/office/calls").get_data(as_text=True)
    path = f"/office/calls/{first.ref}"
    assert client.get(path).status_code == 200
    answer = {"quantity": "1 tấn", "cause": "weather", "words": "", "told_by": "Chị Hà"}
    assert client.send(path, {**answer, "told_by": ""}).status_code == 422
    assert client.send(path, {**answer, "cause": ""}).status_code == 422
    assert client.send(path, answer).status_code == 303
    assert plan(contract)[0].accepted == 1000 and plan(contract)[1].state is CallOffState.CALLED
    (kept,) = db.session.scalars(select(CallOffAnswer))
    entry = inbox.newest_about(written.CALL, first.id)
    assert entry is not None and kept.by_id == world.officer.id
    assert entry.told_by == "Chị Hà" and "1\xa0tấn" in entry.what_vi
    assert client.send(path, answer).status_code == 200, "answered already: nothing is written twice"
    assert len(told(world.director, "entries.written")) == 1
    director = another(app)
    director.sign_in(DIRECTOR)
    assert "chưa xác nhận" in director.get(f"/desk/calls/{first.ref}").get_data(as_text=True)
    assert director.get("/office/calls").status_code == 403
    assert director.send(f"/office/calls/{second.ref}", answer).status_code == 403


def test_a_need_and_a_commitment_that_were_told_are_asked_about(world: World, company: Company) -> None:
    need = drafted(company)
    need.entered, need.told_by = Entered.PHONE, "Chị Hạnh"
    db.session.commit()
    assert not told(company.huy, "entries.written"), "a draft is nothing to say yes to"
    with transaction():
        services.open_need(need=need, by=world.officer)
    entry = inbox.newest_about(written.NEED, need.id)
    assert entry is not None and entry.organisation_id == company.bigmart.id
    assert len(told(company.huy, "entries.written")) == 1
    asked, sellers = ready(world, company)
    pool = formed(asked, sellers, world.officer)
    member = said(pool, sellers[1], 1_000, 3_000, entered=Entered.PHONE, told_by="Chị Mận")
    entry = inbox.newest_about(written.MEMBER, member.id)
    assert entry is not None and entry.told_by == "Chị Mận" and "tấn" in entry.what_vi
    assert entry.organisation_id == sellers[1].cooperative.organisation_id


def test_an_officer_writes_a_quote_down_and_cannot_say_yes_for_them(
    world: World, company: Company, client: ReadingClient, app: Flask
) -> None:
    need = opened(company)
    expecting(need, world.carrots, by=world.director)
    client.sign_in(OFFICER)
    path = f"/office/requests/{need.ref}/quotes/new"
    assert path in client.get(f"/office/requests/{need.ref}").get_data(as_text=True)
    assert "Đồng Lạc" in client.get(path).get_data(as_text=True)
    assert client.get(f"{path}?cooperative=nobody").status_code == 200
    here = f"{path}?cooperative={world.dong_lac.slug}"
    assert "còn trống" in client.get(here).get_data(as_text=True)
    form = {
        "product": f"{world.carrots.id}:",
        "portion": "1,2 tấn",
        "price": "6.200",
        "first": formats.date(need.first_day),
        "last": formats.date(need.last_day),
        "loading": "Nhà sơ chế",
        "valid_until": formats.date(clock.today() + dt.timedelta(days=12)),
        "entered": "phone",
        "told_by": "Chị Hà",
    }
    assert client.send(here, {**form, "told_by": ""}).status_code == 422
    assert client.send(here, {**form, "price": "0"}).status_code == 422
    assert client.send(here, {**form, "entered": "online"}).status_code == 422
    assert client.send(here, {**form, "product": "99999:"}).status_code == 422
    assert queries.quote_of(need.id, world.dong_lac.id) is None
    assert client.send(here, form).status_code == 303
    quote = queries.quote_of(need.id, world.dong_lac.id)
    assert quote is not None and (quote.entered, quote.told_by) == (Entered.PHONE, "Chị Hà")
    assert quote.offer.by_id == world.officer.id and quote.offer.quantity == 12000
    assert client.send(here, {**form, "price": "6.100"}).status_code == 303, "they call again"
    db.session.expire_all()
    quote = queries.quote_of(need.id, world.dong_lac.id)
    assert quote is not None and quote.latest == 2 and quote.offer.price == 6100
    states = [each.state for each in db.session.scalars(select(Entry).order_by(Entry.id))]
    assert states == [EntryState.REPLACED, EntryState.UNCONFIRMED]
    assert client.send(f"/desk/quotes/{quote.ref}/agreement", {}).status_code in (403, 404)
    director = another(app)
    director.sign_in(DIRECTOR)
    assert director.get(path).status_code == 404


def test_lists_send_as_many_statements_for_one_as_for_many(world: World, company: Company) -> None:
    quoted_by_phone(world, company, 100)

    def sent() -> list[int]:
        counts = []
        for read in (
            lambda: [each.by.name for each in inbox.unanswered(world.dong_lac.organisation_id)],
            lambda: [
                each.organisation.name for each in inbox.entries_for_office(EntryState.UNCONFIRMED).rows
            ],
            lambda: [each.by.name for each in inbox.entries_for([world.dong_lac.organisation_id]).rows],
        ):
            db.session.rollback()
            db.session.expire_all()
            with queries_sent() as statements:
                read()
            counts.append(len(statements))
        return counts

    few = sent()
    for _each in range(2):
        quoted_by_phone(world, company, 100)
    assert sent() == few
