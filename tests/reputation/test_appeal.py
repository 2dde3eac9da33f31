"""A buyer whose words were hidden appeals, signed in or by the letter's link; another officer answers."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask

from marketplace.accounts import services as accounts
from marketplace.accounts.models import Person
from marketplace.accounts.states import Desk, Role
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.reputation import queries, services
from marketplace.reputation.models import BuyersWords, WordsAppeal
from marketplace.reputation.states import AppealOutcome, HideReason, WordsState
from tests.client import ReadingClient, another
from tests.letters import letters_to, link_in
from tests.reputation.test_facts import received
from tests.world import PASSWORD, World


@pytest.fixture
def second(world: World) -> Person:
    """Another officer at the same desk."""
    with transaction():
        who = accounts.create_person(name="Lê Thị Thu", email="thu@demo.vn", password=PASSWORD)
        accounts.add_member(
            organisation=accounts.alliance(name=""), person=who, role=Role.OFFICER, desks=[Desk.TRADE]
        )
    return who


def hidden(world: World, email: str = "lan@nha.vn") -> BuyersWords:
    order = received(world, email=email)
    with transaction():
        words = services.say(order=order, words="Củ bị úng", public=True)
    with transaction():
        services.hide(words=words, reason=HideReason.UNTRUE, by=world.officer)
    return words


def signed_in(app: Flask, who: str) -> ReadingClient:
    client = another(app)
    client.sign_in(who)
    return client


def shown(app: Flask, world: World) -> bool:
    return "Củ bị úng" in another(app).get(f"/cooperatives/{world.dong_lac.slug}/words").text


def test_a_guest_appeals_by_the_link_once_and_another_officer_answers(
    app: Flask, world: World, second: Person
) -> None:
    words = hidden(world)
    (letter,) = letters_to("lan@nha.vn", "đã được ẩn")
    link, guest = link_in(letter, "Đề nghị xem lại"), another(app)
    assert "Củ bị úng" in guest.get(link).text
    assert guest.post(link, data={"why": ""}).status_code == 422
    assert queries.appeal_of(words) is None, "opening it does nothing"
    assert guest.post(link, data={"why": "Tôi có ảnh chụp"}).status_code == 303
    assert guest.post(link, data={"why": "Lần hai"}).status_code == 303
    db.session.expire_all()
    assert [each.why for each in words.appeals] == ["Tôi có ảnh chụp"]
    assert letters_to("officer@demo.vn", "Đề nghị xem lại") and letters_to("thu@demo.vn", "Đề nghị xem lại")
    case = f"/office/words/{words.ref}"
    first, other = signed_in(app, "officer@demo.vn"), signed_in(app, "thu@demo.vn")
    assert "cán bộ khác quyết định" in first.get(case).text
    assert first.send(f"{case}/appeal/shown", {"answer": "Ừ"}).status_code == 409
    assert first.send(f"{case}/showing").status_code == 422, "what is appealed is decided as an appeal"
    assert queries.open_appeals(world.officer.id, 10, None).rows == []
    assert [each.about.id for each in queries.open_appeals(second.id, 10, None).rows] == [words.id]
    assert "Tôi có ảnh chụp" in other.get("/office/waiting/words-appeals").text
    assert other.send(f"{case}/appeal/shown", {"answer": ""}).status_code == 422
    assert not shown(app, world)
    assert other.send(f"{case}/appeal/shown", {"answer": "Ảnh đúng là hàng của đơn này"}).status_code == 303
    assert other.send(f"{case}/appeal/stays", {"answer": "Đổi ý"}).status_code == 409
    assert shown(app, world)
    db.session.expire_all()
    assert words.state is WordsState.SHOWN and words.hidden_at is None
    (told,) = letters_to("lan@nha.vn", "trả lời đề nghị")
    assert "Ảnh đúng là hàng của đơn này" in told.text and "đã hiện lại" in told.text
    assert "Ảnh đúng là hàng của đơn này" in guest.get(link).text


def test_what_stays_hidden_stays_and_a_new_hiding_can_be_appealed_anew(
    app: Flask, world: World, second: Person
) -> None:
    words = hidden(world)
    with transaction():
        services.appeal(words=words, why="Không đúng")
    with transaction():
        services.answer_appeal(words=words, outcome=AppealOutcome.STAYS, answer="Có phiếu cân", by=second)
    with pytest.raises(Refusal), transaction():
        services.show_again(words=words, by=world.officer)
    with pytest.raises(Refusal), transaction():
        services.appeal(words=words, why="Lần nữa")
    assert "vẫn ẩn" in signed_in(app, "officer@demo.vn").get(f"/office/words/{words.ref}").text
    other = hidden(world, email="mai@nha.vn")
    for _time in range(2):
        with transaction():
            services.appeal(words=other, why="Không đúng")
        with transaction():
            services.answer_appeal(words=other, outcome=AppealOutcome.SHOWN, answer="Đúng", by=second)
        with clock.standing_at(clock.now() + dt.timedelta(minutes=1)), transaction():
            services.hide(words=other, reason=HideReason.INSULT, by=world.officer)
    assert len(letters_to("mai@nha.vn", "đã được ẩn")) >= 2


def test_the_days_end_and_the_database_wants_another_officer(world: World, second: Person) -> None:
    words = hidden(world)
    with (
        clock.standing_at(queries.appealed_until(words)),
        pytest.raises(Refusal),
        transaction(),
    ):
        services.appeal(words=words, why="Muộn")
    with transaction():
        made = services.appeal(words=words, why="Kịp")
    with pytest.raises(Refusal), transaction():
        services.answer_appeal(words=words, outcome=AppealOutcome.STAYS, answer="Không", by=world.officer)
    with pytest.raises(Conflict), transaction():
        found = db.session.get_one(WordsAppeal, made.id)
        found.outcome, found.answer = AppealOutcome.STAYS, "Không"
        found.decided_at, found.decided_by_id = clock.now(), found.hidden_by_id


def test_without_an_appeal_any_officer_may_see_that_it_was_wrong(app: Flask, world: World) -> None:
    words = hidden(world)
    assert signed_in(app, "officer@demo.vn").send(f"/office/words/{words.ref}/showing").status_code == 303
    assert shown(app, world)
    with pytest.raises(Refusal), transaction():
        services.appeal(words=words, why="Không cần nữa")
