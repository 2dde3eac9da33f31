"""Advice and legal help: noted, answered, followed; counted by year and matter."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.db import db, how_many, transaction
from marketplace.foundation.errors import Refusal
from marketplace.programmes import queries, services
from marketplace.programmes.models import Advice
from marketplace.programmes.states.advice import AdviceMatter
from tests.client import ReadingClient
from tests.programmes.advised import advised
from tests.statements import queries_sent
from tests.world import World

OFFICER = "officer@demo.vn"


def test_from_the_question_to_the_follow_up(world: World, client: ReadingClient) -> None:
    client.sign_in(OFFICER)
    told = {
        "asked_by": "Bà Mai, kế toán", "phone": "0912345678", "member": "Đồng Lạc", "matter": "tax",
        "question": "Hợp tác xã bán rau tươi có phải nộp thuế giá trị gia tăng không?",
        "asked_on": f"{clock.today():%d/%m/%Y}",
    }  # fmt: skip
    later = f"{clock.today() + dt.timedelta(days=1):%d/%m/%Y}"
    assert client.send("/office/advice/new", told | {"asked_on": later}).status_code == 422
    assert client.send("/office/advice/new", told | {"member": "Không Có"}).status_code == 422
    assert client.send("/office/advice/new", told).status_code == 303
    advice = db.session.scalars(select(Advice)).one()
    assert advice.cooperative_id == world.dong_lac.id and advice.waits
    here = f"/office/advice/{advice.ref}"
    assert "Bà Mai" in client.get("/office/advice").text and client.get(here).status_code == 200
    answer = {
        "words": "Sản phẩm trồng trọt chưa chế biến bán ra không chịu thuế.", "hours": "1,5",
        "day": f"{clock.today():%d/%m/%Y}", "follow_up_on": later,
    }  # fmt: skip
    assert client.send(f"{here}/answer", answer | {"hours": "0"}).status_code == 422
    assert client.send(f"{here}/answer", answer | {"words": ""}).status_code == 422
    assert client.send(f"{here}/answer", answer).status_code == 303
    db.session.refresh(advice)
    assert (advice.minutes, advice.answered_by_id, advice.waits) == (90, world.officer.id, True)
    assert client.send(f"{here}/done").status_code == 303
    assert client.send(f"{here}/done").status_code == 422, "somebody was quicker"
    db.session.refresh(advice)
    assert not advice.waits
    for page in ("", "?tab=all", "?matter=tax", "/export.xlsx", "/export.csv"):
        assert client.get(f"/office/advice{page}").status_code == 200
    assert "1,5" in client.get("/office/advice?tab=all").text
    client.sign_in("donglac@demo.vn")
    assert client.get(here).status_code in (403, 404) and client.get("/office/advice").status_code == 403


def test_counted_by_matter_in_the_year_in_which_it_was_asked(world: World) -> None:
    year = clock.today().year
    advised(world)
    with transaction():
        services.advice.ask(
            asked_by="Ông Ba",
            matter=AdviceMatter.LAW,
            question="Hỏi về điều lệ",
            asked_on=dt.date(year - 1, 12, 31),
            by=world.officer,
        )
    this = queries.advice.given(dt.date(year, 1, 1), dt.date(year, 12, 31))
    last = queries.advice.given(dt.date(year - 1, 1, 1), dt.date(year - 1, 12, 31))
    contract = this[AdviceMatter.CONTRACT]
    assert (contract.asked, contract.members, contract.answered, contract.minutes) == (1, 1, 1, 45)
    assert (this[AdviceMatter.FOUNDING].asked, this[AdviceMatter.FOUNDING].answered) == (1, 0)
    assert AdviceMatter.LAW not in this and last[AdviceMatter.LAW].asked == 1
    assert how_many([[queries.advice.waiting_ids()]], None) == [2]


def test_an_answer_is_not_before_its_question(world: World) -> None:
    advice = advised(world)
    with pytest.raises(Refusal) as refused, transaction():
        services.advice.answer(
            advice=advice, words="x", minutes=5, day=clock.today() - dt.timedelta(days=9), by=world.officer
        )
    assert refused.value.field == "day"


def test_the_list_asks_as_much_for_many_as_for_one(world: World, client: ReadingClient) -> None:
    client.sign_in(OFFICER)
    advised(world)
    client.get("/office/advice")
    with queries_sent() as few:
        client.get("/office/advice")
    for _turn in range(12):
        advised(world)
    with queries_sent() as many:
        client.get("/office/advice")
    assert len(many) == len(few)
