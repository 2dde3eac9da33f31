"""The pages of call-offs: the buyer calls several at once, the cooperative answers by one tap or in one number."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.inbox.models import Notice
from marketplace.linkage import services
from marketplace.linkage.models import CallOffAnswer, CallRound, Contract
from marketplace.linkage.states.call_off import CallOffState, Cause
from tests.buyers.company import HUY, Company
from tests.client import ReadingClient, another
from tests.letters import letters_to, link_in
from tests.linkage.agreed import called, in_force, monday, plan
from tests.linkage.test_call_off import forecast
from tests.world import World

DIRECTOR = "donglac@demo.vn"
ALL, LESS, NO = "Nhận đủ", "Nhận ít hơn", "Không nhận"


def letter_link(button: str, subject: str = "gọi hàng") -> str:
    return link_in(letters_to(DIRECTOR, subject)[-1], button)


def by_day(world: World, company: Company, weeks: int = 2) -> Contract:
    """Two tonnes from Monday to Saturday."""
    spans = [
        {
            "goods": 0,
            "first": monday(2 + ahead),
            "last": monday(2 + ahead) + dt.timedelta(days=5),
            "each": "day",
            "quantity": Decimal(2000),
        }
        for ahead in range(weeks)
    ]
    return in_force(world, company, quantity={"spans": spans})


def answers() -> int:
    return db.session.scalar(select(func.count(CallOffAnswer.id))) or 0


def test_called_and_answered_on_the_pages(
    world: World, company: Company, client: ReadingClient, app: Flask
) -> None:
    contract = in_force(world, company)
    first, second, third, *_rest = plan(contract)
    client.sign_in(HUY)
    here = f"/buyer/contracts/{contract.ref}/calls"
    assert "Gọi hàng" in client.get(f"/contracts/{contract.ref}").get_data(as_text=True)
    assert client.get(here).status_code == 200
    assert client.get(f"{here}?week=rubbish").status_code == 200
    amounts = {f"kg_{each.ref}": "2000" for each in plan(contract)[:5]}
    assert client.send(here, amounts).status_code == 422
    odd = client.send(here, {**amounts, f"pick_{first.ref}": "y", f"kg_{first.ref}": "3 tấn"})
    assert odd.status_code == 422 and "3 tấn" in odd.get_data(as_text=True)
    picked = {f"pick_{each.ref}": "y" for each in (first, second, third)}
    assert client.send(here, {**amounts, **picked, f"kg_{third.ref}": "1,5 tấn"}).status_code == 303
    assert [each.called for each in plan(contract)[:4]] == [2000, 2000, 1500, 0]
    assert client.get(here).status_code == 200

    seller = another(app)
    seller.sign_in("donglac@demo.vn")
    asked = seller.get("/desk/calls")
    assert asked.status_code == 200 and "BigMart" in asked.get_data(as_text=True)
    one = f"/desk/calls/{first.ref}"
    assert seller.get(one).status_code == 200
    assert seller.send(one, {"quantity": "1 tấn", "cause": "", "words": ""}).status_code == 422
    assert seller.send(one, {"quantity": "nhiều", "cause": "", "words": ""}).status_code == 422
    assert seller.send(one, {"quantity": "1 tấn", "cause": "weather", "words": "Mưa"}).status_code == 303
    call = plan(contract)[1].call
    assert call is not None
    read = {"slot": [second.ref, third.ref], "call": [call.ref]}
    for _tap in range(2):
        assert seller.send(f"/desk/calls/of/{contract.ref}/acceptance", read).status_code == 303
    assert [each.accepted for each in plan(contract)[:3]] == [1000, 2000, 1500]
    assert seller.send(one, {"quantity": "1 tấn", "cause": "", "words": ""}).status_code == 422
    assert seller.get(here).status_code in (403, 404)

    mine = f"/buyer/calls/{second.ref}"
    assert client.get(mine).status_code == 200
    assert client.send(mine, {"quantity": "5 tấn"}).status_code == 422
    assert client.send(mine, {"quantity": "1,5 tấn"}).status_code == 303
    assert "−3.100.000" in seller.get(f"/desk/calls/{second.ref}").get_data(as_text=True)
    assert client.send(f"{mine}/cancellation", {}).status_code == 303
    assert plan(contract)[1].accepted == 2000

    stranger = another(app)
    stranger.sign_in("household@demo.vn")
    for path in (here, mine, one, f"{here}/{first.week}"):
        assert stranger.get(path).status_code in (403, 404)
    assert stranger.send(f"/desk/calls/of/{contract.ref}/acceptance", read).status_code in (403, 404)


# --- the letter -----------------------------------------------------------------------------------------


def test_the_letter_says_what_is_called_and_opening_it_answers_nothing(
    world: World, company: Company, client: ReadingClient
) -> None:
    contract = in_force(world, company)
    first, second, *_rest = plan(contract)
    called(contract, {first: Decimal(2000), second: Decimal(1500)}, company.huy)
    letter = letters_to(DIRECTOR, "gọi hàng")[-1]
    assert "2 lần giao, tổng 3,5 tấn" in letter.subject.replace("\xa0", " ")
    for button in (ALL, LESS, NO):
        path = link_in(letter, button)
        page = client.get(path)
        assert page.status_code == 200 and client.head(path).status_code == 200
        shown = page.get_data(as_text=True).replace("\xa0", " ")
        assert "2 tấn" in shown and "1,5 tấn" in shown and "Đang chờ" not in shown
    assert answers() == 0
    assert {each.state for each in plan(contract)[:2]} == {CallOffState.CALLED}


def test_one_tap_says_yes_and_only_once(world: World, company: Company, client: ReadingClient) -> None:
    contract = in_force(world, company)
    first, second, *_rest = plan(contract)
    called(contract, {first: Decimal(2000), second: Decimal(2000)}, company.huy)
    path = letter_link(ALL)
    for _tap in range(2):
        assert client.post(path).status_code == 303
    assert "sẽ giao đủ" in client.get(path).get_data(as_text=True)
    assert [each.accepted for each in plan(contract)[:2]] == [2000, 2000] and answers() == 2
    told = select(func.count(Notice.id)).where(
        Notice.kind == "call_off.answered", Notice.person_id == company.huy.id
    )
    assert db.session.scalar(told) == 1
    # The other two answers of the same letter find it settled, and change nothing.
    for button in (LESS, NO):
        other = letter_link(button)
        assert client.post(other, data={"cause": "weather"}).status_code == 303
        assert "Không có gì thay đổi" in client.get(other).get_data(as_text=True)
    assert [each.accepted for each in plan(contract)[:2]] == [2000, 2000]


def test_less_from_the_letter_keeps_what_was_typed_and_opens_the_week_that_falls_short(
    world: World, company: Company, client: ReadingClient
) -> None:
    contract = in_force(world, company)
    forecast(world, 2200)
    first = plan(contract)[0]
    called(contract, {first: Decimal(2000)}, company.huy)
    path, kg = letter_link(LESS), f"kg_{first.ref}"
    for typed, cause, said in (
        ("nhiều lắm", "weather", "Chưa hiểu số lượng này"),
        ("3 tấn", "weather", "Bên mua gọi 2 tấn: xin ghi đúng số đó hoặc ít hơn."),
        ("500", "", "Xin chọn vì sao ít hơn."),
        ("", "weather", "Mời điền vào ô này."),
    ):
        refused = client.post(path, data={kg: typed, "cause": cause, "words": "Ngập ruộng"})
        page = refused.get_data(as_text=True).replace("\xa0", " ")
        assert refused.status_code == 422, typed
        assert said in page, typed
        assert f'value="{typed}"' in page and "Ngập ruộng" in page and 'aria-invalid="true"' in page
    assert answers() == 0

    filled = {kg: "5 tạ", "cause": "weather", "words": "Ngập ruộng"}
    for _tap in range(2):
        assert client.post(path, data=filled).status_code == 303
    (slot, *_others) = plan(contract)
    assert (slot.accepted, slot.cause) == (500, "weather") and answers() == 1
    done = client.get(path).get_data(as_text=True)
    assert "bị thiếu hàng" in done and "/desk/supply/short/" in done
    way_on = done.split("/desk/supply/short/")[1].split('"')[0]
    client.sign_in(DIRECTOR)
    assert client.get(f"/desk/supply/short/{way_on}").status_code == 200


def test_no_from_the_letter_needs_its_cause(world: World, company: Company, client: ReadingClient) -> None:
    contract = in_force(world, company)
    first, second, *_rest = plan(contract)
    called(contract, {first: Decimal(2000), second: Decimal(2000)}, company.huy)
    path = letter_link(NO)
    refused = client.post(path, data={"cause": "", "words": "Xe hỏng cả hai"})
    assert refused.status_code == 422 and "Xe hỏng cả hai" in refused.get_data(as_text=True)
    assert client.post(path, data={"cause": "transport", "words": "Xe hỏng cả hai"}).status_code == 303
    assert {each.state for each in plan(contract)[:2]} == {CallOffState.REFUSED}
    assert {each.cause for each in plan(contract)[:2]} == {"transport"}
    done = client.get(path).get_data(as_text=True)
    assert "/desk/calls" in done and "bị thiếu hàng" not in done, "the goods are there, and free"


def test_each_delivery_of_a_call_is_answered_in_one_letter(
    world: World, company: Company, client: ReadingClient
) -> None:
    contract = in_force(world, company)
    first, second, third, *_rest = plan(contract)
    called(contract, dict.fromkeys((first, second, third), Decimal(2000)), company.huy)
    data = {f"kg_{first.ref}": "2 tấn", f"kg_{second.ref}": "1,5 tấn", f"kg_{third.ref}": "0"}
    assert client.post(letter_link(LESS), data={**data, "cause": "hands"}).status_code == 303
    assert [each.accepted for each in plan(contract)[:3]] == [2000, 1500, 0]
    assert [each.cause for each in plan(contract)[:3]] == ["", "hands", "hands"]
    query = select(Notice).where(Notice.kind == "call_off.answered", Notice.person_id == company.huy.id)
    (notice,) = db.session.scalars(query).all()
    words = notice.sentence_vi.replace("\xa0", " ")
    assert "2 tấn" in words and "1,5 tấn" in words and "Đã từ chối" in words


def test_no_to_a_change_leaves_what_was_accepted(
    world: World, company: Company, client: ReadingClient
) -> None:
    contract = in_force(world, company)
    slot = plan(contract)[0]
    called(contract, {slot: Decimal(2000)}, company.huy)
    old = letter_link(ALL)
    client.post(old)
    with transaction():
        services.call_off.change(call_off=plan(contract)[0], quantity=Decimal(1500), by=company.huy)
    assert client.get(old).status_code == 200, "the older letter still opens"
    path = letter_link(NO, "xin đổi số lượng")
    assert "vẫn giao 2 tấn" in client.get(path).get_data(as_text=True).replace("\xa0", " ")
    assert client.post(path, data={"cause": "other", "words": ""}).status_code == 303
    assert plan(contract)[0].accepted == 2000


def test_a_letter_that_is_too_old_answers_nothing(
    world: World, company: Company, client: ReadingClient
) -> None:
    contract = in_force(world, company)
    called(contract, {plan(contract)[0]: Decimal(2000)}, company.huy)
    path = letter_link(NO)
    with clock.standing_at(clock.now() + dt.timedelta(hours=30)):
        client.post(path, data={"cause": "weather"})
    assert plan(contract)[0].state is CallOffState.CALLED and answers() == 0


# --- a whole week ---------------------------------------------------------------------------------------


def test_a_week_is_called_in_one_press_and_twice_is_once(
    world: World, company: Company, client: ReadingClient, app: Flask
) -> None:
    contract = by_day(world, company)
    slots = plan(contract)
    week = [each for each in slots if each.week == slots[0].week]
    assert len(week) == 6
    client.sign_in(HUY)
    here = f"/buyer/contracts/{contract.ref}/calls"
    path = f"{here}/{week[0].week}"
    assert path in client.get(here).get_data(as_text=True)
    assert client.get(f"{here}/2026-W60").status_code == 404
    preview = client.get(path).get_data(as_text=True).replace("\xa0", " ")
    assert "12 tấn" in preview and "74.400.000 ₫" in preview
    data = {f"kg_{each.ref}": "2 tấn" for each in week}
    data[f"kg_{week[1].ref}"], data[f"kg_{week[5].ref}"] = "1,5 tấn", ""
    again = client.send(path, {**data, "reckon": "y"})
    assert again.status_code == 200 and "9,5 tấn" in again.get_data(as_text=True).replace("\xa0", " ")
    wrong = client.send(path, {**data, f"kg_{week[2].ref}": "9 tấn"})
    assert wrong.status_code == 422 and 'value="9 tấn"' in wrong.get_data(as_text=True)
    assert client.send(path, dict.fromkeys(data, "")).status_code == 422
    assert not db.session.scalar(select(func.count(CallRound.id)))
    for _press in range(2):
        assert client.send(path, data).status_code == 303
    now = [each for each in plan(contract) if each.week == week[0].week]
    assert [each.called for each in now] == [2000, 1500, 2000, 2000, 2000, 0]
    assert db.session.scalar(select(func.count(CallRound.id))) == 1
    assert len(letters_to(DIRECTOR, "gọi hàng")) == 1
    other = client.send(path, {**data, f"kg_{week[0].ref}": "1 tấn"})
    assert other.status_code == 422, "what was called is changed on its own page"

    seller = another(app)
    seller.sign_in(DIRECTOR)
    assert "Nhận đủ cả tuần: 9,5 tấn" in seller.get("/desk/calls").get_data(as_text=True).replace("\xa0", " ")
    call = now[0].call
    assert call is not None
    read: dict[str, Any] = {"slot": [each.ref for each in now[:5]], "call": [call.ref] * 5}
    for _tap in range(2):
        assert seller.send(f"/desk/calls/of/{contract.ref}/acceptance", read).status_code == 303
    assert [each.accepted for each in plan(contract)[:6]] == [2000, 1500, 2000, 2000, 2000, 0]
    assert answers() == 5
    assert client.send(path, data).status_code == 303, (
        "and pressed once more after the answer it asks nothing"
    )
    assert db.session.scalar(select(func.count(CallRound.id))) == 1


def test_yes_to_what_was_read_is_no_yes_to_what_was_asked_anew(
    world: World, company: Company, app: Flask
) -> None:
    contract = in_force(world, company)
    first, second, *_rest = plan(contract)
    made = called(contract, {first: Decimal(2000), second: Decimal(2000)}, company.huy)
    read = {"slot": [first.ref, second.ref], "call": [made.ref]}
    with transaction():
        services.call_off.change(call_off=plan(contract)[0], quantity=Decimal(2100), by=company.huy)
    seller = another(app)
    seller.sign_in(DIRECTOR)
    assert seller.send(f"/desk/calls/of/{contract.ref}/acceptance", read).status_code == 303
    assert [each.state for each in plan(contract)[:2]] == [CallOffState.CALLED, CallOffState.ACCEPTED]


@pytest.mark.parametrize("cause", [Cause.WEATHER, Cause.TRANSPORT])
def test_the_rest_of_a_call_is_told_apart_from_what_was_answered_before(
    world: World, company: Company, cause: Cause
) -> None:
    """Answers of one call at different times are each told to the buyer."""
    contract = in_force(world, company)
    first, second, third, *_rest = plan(contract)
    made = called(contract, dict.fromkeys((first, second, third), Decimal(2000)), company.huy)
    with transaction():
        services.call_off.answer(call_off=first, quantity=Decimal(0), cause=cause, by=world.director)
    with transaction():
        services.call_off.accept_read(
            contract=contract, slots=[second.ref], calls=[made.ref], by=world.director
        )
    with transaction():
        services.call_off.accept_all(call=made, by=world.director)
    query = select(func.count(Notice.id)).where(
        Notice.kind == "call_off.answered", Notice.person_id == company.huy.id
    )
    assert db.session.scalar(query) == 3


def test_a_whole_week_is_answered_at_the_desk(
    world: World, company: Company, client: ReadingClient, app: Flask
) -> None:
    """Less on one day, the rest in full, with one cause; then nothing at all in another week. What was asked anew while
    they typed is answered by nobody."""
    contract = by_day(world, company)
    slots = plan(contract)
    first = [each for each in slots if each.week == slots[0].week]
    second = [each for each in slots if each.week != slots[0].week and each.week == slots[len(first)].week]
    made = called(contract, {each: Decimal(2000) for each in (*first, *second)}, company.huy)
    seller = another(app)
    seller.sign_in(DIRECTOR)
    page = f"/desk/calls/of/{contract.ref}/weeks/{first[0].week}"
    assert page in seller.get("/desk/calls").get_data(as_text=True)
    assert "12 tấn" in seller.get(page).get_data(as_text=True).replace("\xa0", " ")
    told: dict[str, Any] = {f"kg_{each.ref}": "2 tấn" for each in first} | {"call": made.ref}
    less = {**told, f"kg_{first[1].ref}": "1,5 tấn"}
    unsaid = seller.send(page, less)
    assert unsaid.status_code == 422 and 'value="1,5 tấn"' in unsaid.get_data(as_text=True)
    assert seller.send(page, {**less, f"kg_{first[2].ref}": "9 tấn", "cause": "weather"}).status_code == 422
    with transaction():
        services.call_off.change(call_off=plan(contract)[0], quantity=Decimal(2100), by=company.huy)
    anew = seller.send(page, {**less, "cause": "weather"})
    assert anew.status_code == 422 and answers() == 0
    changed = plan(contract)[0].call
    assert changed is not None
    calls = [made.ref, changed.ref]
    assert seller.send(page, {**less, "call": calls, "cause": "weather"}).status_code == 303
    now = plan(contract)
    assert [each.accepted for each in now[:6]] == [2000, 1500, 2000, 2000, 2000, 2000]
    assert [each.cause for each in now[:3]] == ["weather", "weather", ""]
    page = f"/desk/calls/of/{contract.ref}/weeks/{second[0].week}"
    none: dict[str, Any] = {f"kg_{each.ref}": "2 tấn" for each in second} | {"call": made.ref, "nothing": "1"}
    assert seller.send(page, none).status_code == 422, "it needs its cause"
    assert seller.send(page, {**none, "cause": "weather"}).status_code == 303
    assert {each.state for each in plan(contract) if each.week == second[0].week} == {CallOffState.REFUSED}
    assert seller.get(page).status_code == 303, "nothing of it waits any more"
    client.sign_in(HUY)
    assert client.get(page).status_code in (403, 404)
