"""Consents apart and unticked, the copy, the way out, and the office's queue, as people see them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

from sqlalchemy import select

from marketplace.accounts import queries as accounts
from marketplace.accounts.models import Consent, Person
from marketplace.accounts.states import Purpose
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.privacy import services, tasks
from marketplace.privacy.models import DataRequest
from marketplace.privacy.states import Came, RequestState, Right
from tests.client import ReadingClient, another
from tests.letters import letters_to
from tests.orders.agreed import received
from tests.privacy.life import EMAIL, bought_and_argued
from tests.world import World

NEW = {
    "name": "Phạm Văn Cường",
    "email": "cuong@nha.vn",
    "password": "ruong-bac-thang",
    "kind": "person",
    "agree": "y",
}


def consents(email: str) -> dict[str, str]:
    person = db.session.scalars(select(Person).where(Person.email == email)).one()
    return {one.purpose: one.text_version for one in accounts.consents_of(person)}


def test_only_what_was_ticked_is_agreed(world: World, client: ReadingClient) -> None:
    page = client.get("/register").get_data(as_text=True)
    assert 'name="news"' in page and "checked" not in page.split('name="agree"')[1]
    client.post("/register", data={**NEW, "support": "y"})
    assert consents("cuong@nha.vn") == {"account": "2026-11", "support": "2026-11"}


def test_the_optional_may_stay_unticked_and_the_needed_may_not(world: World, client: ReadingClient) -> None:
    assert client.post("/register", data={**NEW, "agree": ""}).status_code == 422
    assert client.post("/register", data=NEW).status_code == 303
    assert consents("cuong@nha.vn") == {"account": "2026-11"}


def test_agreeing_and_taking_back_are_one_press_each(world: World, client: ReadingClient) -> None:
    client.sign_in("household@demo.vn")
    for living in (True, False, True):
        assert client.send("/account/privacy/consents/news").status_code == 303
        known = accounts.living_consent(Purpose.NEWS, person_id=world.household.id)
        assert (known is not None) is living
    rows = db.session.scalars(select(Consent).where(Consent.purpose == "news")).all()
    assert len(rows) == 2, "what was taken back is kept as it was"
    assert client.get("/account/privacy").status_code == 200


def test_the_copy_holds_everything_and_no_secret(
    world: World, client: ReadingClient, drain: Callable[[], None]
) -> None:
    order = bought_and_argued(world, person_id=world.household.id)
    client.sign_in("household@demo.vn")
    assert client.send("/account/privacy/copies").status_code == 303
    drain()
    page = client.get("/account/privacy").get_data(as_text=True)
    path = page.split('href="/account/privacy/copies/')[1].split('"')[0]
    answer = client.get(f"/account/privacy/copies/{path}")
    told = json.loads(answer.data)["about"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert told["orders"]["order_groups"][0]["buyer_email"] == EMAIL
    assert told["orders"]["orders"][0]["number"] == order.number or len(told["orders"]["orders"]) == 2
    assert {"people", "sign_ins", "consents"} <= set(told["accounts"])
    assert "messages" in told["inbox"] and "buyers_words" in told["reputation"]
    for secret in (world.household.password_hash, "token_hash", "password_hash", "donglac@demo.vn"):
        assert secret not in answer.get_data(as_text=True)
    assert client.send("/account/privacy/copies").status_code == 422, "one for each day"
    stranger = another(client.application)
    stranger.sign_in("kinhmon@demo.vn")
    assert stranger.get(f"/account/privacy/copies/{path}").status_code == 404


def test_a_copy_is_thrown_away_after_some_days(
    world: World, client: ReadingClient, drain: Callable[[], None]
) -> None:
    with transaction():
        wanted = services.want_copy(person=world.household, by=world.household)
    tasks.write_copy(wanted.id)
    ref = wanted.ref
    with clock.standing_at(clock.now() + dt.timedelta(days=8)):
        tasks.forget_old_copies()
    client.sign_in("household@demo.vn")
    assert client.get(f"/account/privacy/copies/{ref}").status_code == 404


def test_the_way_out_asks_for_the_password_and_can_be_taken_back(world: World, client: ReadingClient) -> None:
    client.sign_in("household@demo.vn")
    path = "/account/privacy/deletion"
    assert client.get(path).status_code == 200
    assert client.send(path, {"password": "khong-phai", "agree": "y"}).status_code == 422
    assert client.send(path, {"password": "ca-rot-2026", "agree": "y"}).status_code == 303
    assert letters_to("household@demo.vn", "sẽ được xoá")
    request = db.session.scalars(select(DataRequest)).one()
    page = client.get("/account/privacy").get_data(as_text=True)
    assert f"/account/privacy/requests/{request.id}/withdrawal" in page
    assert client.send(f"/account/privacy/requests/{request.id}/withdrawal").status_code == 303
    db.session.expire_all()
    assert request.state is RequestState.WITHDRAWN


def test_nobody_takes_back_what_another_asked(world: World, client: ReadingClient) -> None:
    with transaction():
        asked = services.ask(kind=Right.SEE, came=Came.ACCOUNT, person=world.household, by=world.household)
    client.sign_in("kinhmon@demo.vn")
    assert client.send(f"/account/privacy/requests/{asked.id}/withdrawal").status_code == 404
    assert client.get(f"/office/privacy/{asked.ref}").status_code == 404


def test_a_request_runs_by_the_clock_of_the_law(world: World, client: ReadingClient) -> None:
    friday = clock.from_local(dt.datetime(2026, 11, 27, 10))
    with clock.standing_at(friday), transaction():
        asked = services.ask(
            kind=Right.CORRECT, came=Came.ACCOUNT, person=world.household, words="Sai tên", by=world.household
        )
    assert (asked.confirm_by, asked.due_on) == (dt.date(2026, 12, 1), dt.date(2026, 12, 7))
    with clock.standing_at(friday + dt.timedelta(days=5)):
        assert asked.is_late
    client.sign_in("officer@demo.vn")
    assert asked.name in client.get("/office/privacy").get_data(as_text=True)
    assert client.send(f"/office/privacy/{asked.ref}/confirmation").status_code == 303
    assert (
        client.send(f"/office/privacy/{asked.ref}/longer", {"why": "Cần hỏi hợp tác xã"}).status_code == 303
    )
    assert client.send(f"/office/privacy/{asked.ref}/longer", {"why": "Nữa"}).status_code == 422
    assert client.send(f"/office/privacy/{asked.ref}/answer", {"outcome": "refuse"}).status_code == 422
    done = client.send(f"/office/privacy/{asked.ref}/answer", {"outcome": "finish", "answer": "Đã sửa"})
    assert done.status_code == 303
    db.session.expire_all()
    assert (asked.state, asked.due_on) == (RequestState.DONE, dt.date(2026, 12, 22))
    assert letters_to("household@demo.vn", "đã xong")


def test_an_officer_enters_what_was_phoned(world: World, client: ReadingClient) -> None:
    client.sign_in("officer@demo.vn")
    phoned = {"name": "Lan", "phone": "0912 000 002", "kind": "see", "words": "Xin xem"}
    assert client.send("/office/privacy/new", phoned).status_code == 303
    asked = db.session.scalars(select(DataRequest)).one()
    assert asked.person_id == world.household.id, "the number is hers: it was confirmed"
    assert asked.entered_by_id == world.officer.id


def test_a_guest_asks_by_the_link_of_the_order(world: World, client: ReadingClient) -> None:
    order = received(world)
    page = f"/orders/{order.ref}/privacy"
    assert page in client.get(f"/orders/{order.ref}").get_data(as_text=True)
    assert client.get(page).status_code == 200
    assert client.post(page, data={"kind": "erase"}).status_code == 303
    assert client.post(page, data={"kind": "erase"}).status_code == 422, "asked already"
    assert order.group.buyer_phone, "an officer looks first who asks"
    own = received(world, person_id=world.household.id)
    assert client.get(f"/orders/{own.ref}/privacy").status_code in {303, 404}


def test_what_somebody_did_for_others_stays_with_the_others(world: World) -> None:
    bought_and_argued(world, person_id=world.household.id)
    for who in (world.officer, world.director):
        told = tasks.content_for(who.id).decode()
        assert "verified_by_id" in told or "asked_by_id" in told
        for others in ("23002051234", "Ngõ 12 phố Bún"):
            assert others not in told, (who.name, others)
