"""Passes: made, printed, revoked, replaced; an exhibitor's checklist; who registers to come."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from sqlalchemy import select

from marketplace.accounts.holdings import Identity, copied, erase
from marketplace.fairs import codes, queries, services
from marketplace.fairs.models import Arrival, FairPass, Stand, VisitorRegistration
from marketplace.fairs.presence import PassKind
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.mail import Letter
from tests import services as neighbours
from tests.client import ReadingClient, another
from tests.fairs.gates import fair_today, visitor
from tests.fairs.hall import Fairground, applied, fairground, newcomer, standing
from tests.statements import queries_sent
from tests.world import World


@pytest.fixture
def ground(world: World) -> Fairground:
    return fairground(world)


@pytest.fixture
def stand(world: World, ground: Fairground) -> Stand:
    return standing(ground, applied(ground, world.dong_lac, by=world.director), ground.booth("A01"))


def staff(stand: Stand, world: World, holder: str = "Ông Hùng") -> FairPass:
    with transaction():
        return services.add_staff_pass(stand=stand, holder=holder, by=world.director)


# --- codes ------------------------------------------------------------------------------------------


@given(st.text("0123456789abcdefghjkmnpqrstvwxyz", min_size=26, max_size=26), st.integers(1, 99))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_code_reads_back_and_one_wrong_sign_is_noticed(app: Flask, ref: str, version: int) -> None:
    code = codes.make(ref, version)
    assert len(code) == codes.LENGTH
    assert codes.read(codes.spoken(code).lower()) == code
    wrong = ("2" if code[3] != "2" else "3").join([code[:3], code[4:]])
    assert codes.read(wrong) is None
    assert codes.make(ref, version + 1) != code


def test_only_the_hash_of_a_code_is_kept(world: World, stand: Stand) -> None:
    made = staff(stand, world)
    code = codes.code_of(made)
    assert made.code_hash == codes.hash_of(code)
    kept = [str(value) for value in vars(made).values()]
    assert not any(code in value for value in kept)


def test_a_link_opens_its_pass_until_it_is_revoked(world: World, stand: Stand, client: ReadingClient) -> None:
    made = staff(stand, world)
    page = client.get(codes.path_for(made))
    assert codes.spoken(codes.code_of(made)) in page.get_data(as_text=True)
    assert page.headers["Cache-Control"] == "no-store"
    assert client.get(f"{codes.path_for(made)}x").status_code == 410
    with transaction():
        services.revoke_pass(fair_pass=made, reason="Nghỉ việc", by=world.officer)
    assert client.get(codes.path_for(made)).status_code == 410


# --- exhibitors -------------------------------------------------------------------------------------


def test_a_stand_has_so_many_passes_and_one_taken_back_makes_room(
    world: World, ground: Fairground, stand: Stand
) -> None:
    most = queries.fair_pass.allowance(stand)
    made = [staff(stand, world, f"Người {n}") for n in range(most)]
    assert [each.serial for each in made] == [*range(1, most + 1)]
    with pytest.raises(Refusal) as refused:
        staff(stand, world)
    assert refused.value.field == "holder"
    with transaction():
        services.revoke_pass(fair_pass=made[0], reason="Đổi người", by=world.director)
    assert staff(stand, world).label == "HTX Đồng Lạc"


def test_an_exhibitor_gets_ready_at_the_desk(
    world: World, ground: Fairground, stand: Stand, client: ReadingClient
) -> None:
    client.sign_in("donglac@demo.vn")
    page = f"/desk/fairs/{ground.fair.slug}/checklist"
    assert client.get(page).status_code == 200
    assert client.send(f"{page}/passes", {"holder": ""}).status_code == 422
    assert client.send(f"{page}/passes", {"holder": "Bà Mến"}).status_code == 303
    before = formats.date(ground.fair.first_day - dt.timedelta(days=1))
    late = formats.date(ground.fair.first_day + dt.timedelta(days=1))
    arrival = {"day": before, "time": "14h30", "vehicle": "Xe tải 34C-123.45", "phone": "0912 000 555"}
    refused = client.send(f"{page}/arrival", {**arrival, "day": late})
    assert refused.status_code == 422
    assert "34C-123.45" in refused.get_data(as_text=True)
    assert client.send(f"{page}/arrival", arrival).status_code == 303
    assert db.session.scalars(select(Arrival)).one().time == dt.time(14, 30)
    shown = client.get(page).get_data(as_text=True)
    assert "Bà Mến" in shown
    assert "34C-123.45" in shown
    made = db.session.scalars(select(FairPass)).one()
    assert client.send(f"{page}/passes/{made.ref}/removal").status_code == 303
    assert client.send(f"{page}/passes/{made.ref}/removal").status_code == 422
    assert "Bà Mến" not in client.get(page).get_data(as_text=True)


def test_others_see_nothing_of_it(
    world: World, ground: Fairground, stand: Stand, client: ReadingClient
) -> None:
    made = staff(stand, world)
    page = f"/desk/fairs/{ground.fair.slug}/checklist"
    client.sign_in("kinhmon@demo.vn")
    assert client.get(page).status_code == 404
    assert client.send(f"{page}/passes", {"holder": "X"}).status_code == 404
    standing(ground, applied(ground, world.kinh_mon, by=world.rival), ground.booth("A02"))
    assert client.get(page).status_code == 200
    assert client.send(f"{page}/passes/{made.ref}/removal").status_code == 404
    assert client.get(f"/office/fairs/{ground.fair.slug}/passes").status_code == 404


def test_badges_are_pressed_with_names_and_codes(
    world: World, ground: Fairground, stand: Stand, client: ReadingClient, drain: Callable[[], None]
) -> None:
    neighbours.need(neighbours.pango)
    with transaction():
        db.session.get_one(Stand, stand.id).halves = 4
    made = [staff(stand, world, f"Người thứ {n}") for n in range(8)]
    client.sign_in("donglac@demo.vn")
    wanted = client.send(f"/desk/fairs/{ground.fair.slug}/checklist/badges").location
    drain()
    pages = PdfReader(io.BytesIO(client.get(f"{wanted}/file").data)).pages
    text = pages[0].extract_text()
    assert len(pages) == 1
    for each in made:
        assert each.holder in text
        assert codes.code_of(each) in text.replace(" ", "")


# --- the office -------------------------------------------------------------------------------------


def test_the_office_finds_revokes_and_replaces(
    world: World, ground: Fairground, stand: Stand, client: ReadingClient
) -> None:
    made = staff(stand, world, "Bà Mến")
    client.sign_in("officer@demo.vn")
    page = f"/office/fairs/{ground.fair.slug}/passes"
    assert client.send(page, {"holder": "Trần Thị Hoa"}).status_code == 303
    assert client.send(page, {"holder": ""}).status_code == 422
    assert "Bà Mến" in client.get(page).get_data(as_text=True)
    assert "Bà Mến" not in client.get(f"{page}?kind=organiser").get_data(as_text=True)
    assert "Trần Thị Hoa" not in client.get(f"{page}?q=mến").get_data(as_text=True)
    assert "Bà Mến" not in client.get(f"{page}?state=revoked&kind=odd").get_data(as_text=True)
    assert client.get(f"{page}/{made.ref}").status_code == 200
    assert client.send(f"{page}/{made.ref}/replacement").status_code == 303
    assert client.send(f"{page}/{made.ref}/replacement").status_code == 422
    again = db.session.scalars(select(FairPass).where(FairPass.version == 2)).one()
    assert (again.holder, again.stand_id) == ("Bà Mến", stand.id)
    assert client.send(f"{page}/{again.ref}/revocation", {"reason": ""}).status_code == 422
    assert client.send(f"{page}/{again.ref}/revocation", {"reason": "Mất thẻ"}).status_code == 303
    shown = client.get(f"{page}/{again.ref}").get_data(as_text=True)
    assert "Mất thẻ" in shown
    assert client.send(f"{page}/sheet", {"kind": ""}).location.startswith("/papers/")
    assert client.send(f"{page}/sheet", {"kind": "visitor"}).location == page
    other = fair_today(world)
    assert client.get(f"/office/fairs/{other.fair.slug}/passes/{made.ref}").status_code == 404


def test_the_list_asks_as_often_for_many_as_for_few(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    client.sign_in("officer@demo.vn")
    asked: list[int] = []
    for booth in ("A01", "A02", "A03"):
        stand = standing(ground, applied(ground, newcomer(), by=world.officer), ground.booth(booth))
        for n in range(3):
            staff(stand, world, f"Người {n}")
        with queries_sent() as sent:
            client.get(f"/office/fairs/{ground.fair.slug}/passes")
        asked.append(len(sent))
    assert asked[0] == asked[-1]


# --- visitors ---------------------------------------------------------------------------------------

FORM = {"kind": "trade_buyer", "name": "Nguyễn Thị Lan", "phone": "0912 345 678", "email": "lan@demo.vn"}
MORE = {"organisation": "Quán cơm 86", "looking_for": "Cà rốt", "agreed": "y"}


def test_somebody_registers_and_gets_a_pass_and_a_letter(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    page = f"/fairs/{ground.fair.slug}/visit"
    assert client.get(page).status_code == 200
    assert client.get(f"/en{page}").status_code == 200
    without = client.post(page, data={**FORM, "organisation": "Quán cơm 86"})
    assert without.status_code == 422
    assert "Quán cơm 86" in without.get_data(as_text=True)
    assert client.post(page, data={**FORM, **MORE, "phone": "", "email": ""}).status_code == 422
    answer = client.post(page, data={**FORM, **MORE})
    assert answer.status_code == 303
    made = db.session.scalars(select(FairPass)).one()
    assert made.kind is PassKind.TRADE_BUYER
    assert answer.location.endswith(codes.path_for(made))
    shown = client.get(answer.location).get_data(as_text=True)
    assert codes.spoken(codes.code_of(made)) in shown
    letter = db.session.scalars(select(Letter).where(Letter.recipient == "lan@demo.vn")).one()
    assert codes.path_for(made) in letter.text
    assert codes.spoken(codes.code_of(made)) in letter.text
    registration = db.session.scalars(select(VisitorRegistration)).one()
    assert (registration.text_version, registration.looking_for) == ("2026-11", "Cà rốt")


def test_an_english_reader_gets_it_in_english(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    answer = client.post(f"/en/fairs/{ground.fair.slug}/visit", data={**FORM, **MORE})
    assert answer.location.startswith("/en/fairs/passes/")
    letter = db.session.scalars(select(Letter).where(Letter.recipient == "lan@demo.vn")).one()
    assert re.search(r"Your pass for Fair of Eastern Produce", letter.subject)


def test_a_mailbox_is_not_filled_by_strangers(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    page = f"/fairs/{ground.fair.slug}/visit"
    codes_seen = [client.post(page, data={**FORM, **MORE}).status_code for _ in range(8)]
    assert codes_seen == [303] * 6 + [422] * 2
    assert client.post(page, data={**FORM, **MORE, "email": ""}).status_code == 303


def test_a_fair_that_is_over_takes_nobody(world: World, client: ReadingClient) -> None:
    past = fairground(world, in_days=-10)
    assert client.get(f"/fairs/{past.fair.slug}/visit").status_code == 410
    with pytest.raises(Refusal):
        visitor(past)


def test_another_sites_form_registers_nobody(world: World, ground: Fairground, client: ReadingClient) -> None:
    foreign = another(client.application)
    answer = foreign.post(
        f"/fairs/{ground.fair.slug}/visit",
        data={**FORM, **MORE},
        headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"},
    )
    assert answer.status_code == 403


def test_a_visitors_name_goes_with_the_person(world: World, ground: Fairground) -> None:
    lan = world.household
    made = visitor(ground, lan.name, by=lan, email=lan.email)
    who = Identity(pseudonym="Người mua 1", person_id=lan.id)
    assert copied(who)["fairs"]["visitor_registrations"][0]["name"] == lan.name
    with transaction():
        erase(Identity(pseudonym="Người mua 1", person_id=lan.id))
    db.session.refresh(made)
    registration = db.session.scalars(select(VisitorRegistration)).one()
    assert (made.holder, registration.name, registration.phone) == ("Người mua 1", "Người mua 1", None)


def test_nobody_registers_on_a_day_after_the_fair(world: World) -> None:
    ground = fair_today(world)
    with clock.standing_at(clock.now() + dt.timedelta(days=4)), pytest.raises(Refusal):
        visitor(ground)


def test_names_of_visitors_go_some_time_after_the_fair(world: World) -> None:
    ground = fair_today(world)
    made = visitor(ground, email="lan@demo.vn")
    for days, name in ((3 + 90, "Nguyễn Thị Lan"), (3 + 92, "")):
        with clock.standing_at(clock.now() + dt.timedelta(days=days)), transaction():
            services.forget_visitors()
        registration = db.session.scalars(select(VisitorRegistration)).one()
        assert registration.name == name
    assert (registration.phone, registration.email) == (None, None)
    db.session.refresh(made)
    assert "Lan" not in made.holder


def test_the_passes_of_a_stand_end_with_it(world: World, stand: Stand) -> None:
    made = staff(stand, world)
    with transaction():
        services.revoke_passes_of(stand=stand, reason="Trả gian")
    db.session.refresh(made)
    assert made.revoked_reason == "Trả gian"
