"""Calls on the telephone: noted while they last, what is written down meanwhile, what is still to be done."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import db, how_many, transaction
from marketplace.foundation.errors import Refusal
from marketplace.helping import queries, services
from marketplace.helping.models import PhoneCall
from marketplace.helping.states import Topic
from marketplace.inbox import services as inbox
from tests.client import ReadingClient
from tests.statements import queries_sent
from tests.world import World


def noted(
    by: Person,
    member: Cooperative | None = None,
    follow_up: dt.date | None = None,
    *,
    on_the_line: bool = False,
) -> PhoneCall:
    with transaction():
        return services.note_call(
            caller="Ông Hùng, giám đốc",
            topic=Topic.FAIR,
            words="Hỏi gian hàng hội chợ Tết",
            cooperative=member,
            follow_up_on=follow_up,
            on_the_line=on_the_line,
            by=by,
        )


def write_down(world: World, subject: int) -> int:
    with transaction():
        return inbox.write_down(
            kind="test",
            subject_id=subject,
            organisation_id=world.dong_lac.organisation_id,
            what=lambda: "điều đã nói",
            told_by="Ông Hùng",
            url="/desk",
            office_url="/office",
            by=world.officer,
        ).id


def test_what_is_written_down_during_a_call_belongs_to_it(world: World) -> None:
    write_down(world, 1)
    call = noted(world.officer, world.dong_lac, on_the_line=True)
    during = write_down(world, 2)
    with transaction():
        services.end_call(call=call)
    write_down(world, 3)
    assert [entry.id for entry in queries.entries_of(call.id)] == [during]
    forgotten = noted(world.officer, world.dong_lac, on_the_line=True)
    with clock.standing_at(clock.now() + dt.timedelta(hours=3)):
        write_down(world, 4)
    assert not queries.entries_of(forgotten.id), "nobody talks for three hours"


def test_what_is_left_to_do_is_late_and_then_done(world: World) -> None:
    today = clock.today()
    with pytest.raises(Refusal) as refused:
        noted(world.officer, follow_up=today - dt.timedelta(days=1))
    assert refused.value.field == "follow_up_on"
    nothing = noted(world.officer, world.dong_lac)
    call = noted(world.officer, world.dong_lac, today)
    noted(world.officer, None, today + dt.timedelta(days=1))
    assert how_many([[queries.to_follow_ids()]], None) == [1]
    assert [each.is_late for each in queries.to_follow().rows] == [False, False]
    with clock.standing_at(clock.start_of_day(today + dt.timedelta(days=1))):
        assert how_many([[queries.to_follow_ids()]], None) == [2] and call.is_late
    with transaction():
        services.follow_call(call=call, words="Đã gọi lại", by=world.officer)
    assert how_many([[queries.to_follow_ids()]], None) == [0]
    for over in (call, nothing):
        with pytest.raises(Refusal), transaction():
            services.follow_call(call=over, words="", by=world.officer)


def test_the_pages_of_the_telephone(world: World, client: ReadingClient) -> None:
    client.sign_in("donglac@demo.vn")
    assert client.get("/office/phone").status_code == 403
    client.sign_in("officer@demo.vn")
    assert 'data-key="F9"' in client.get("/office").get_data(as_text=True)
    told = {
        "caller": "Bà Mận",
        "topic": "trade",
        "words": "Hỏi giá hành",
        "member": "Thăng Long",
        "on_the_line": "y",
    }
    assert client.get(f"/office/phone/new?member={world.dong_lac.slug}").status_code == 200
    wrong = client.send("/office/phone/new", told | {"member": "không có"})
    assert wrong.status_code == 422 and "Hỏi giá hành" in wrong.get_data(as_text=True)
    day = f"{clock.today():%d/%m/%Y}"
    assert client.send("/office/phone/new", told | {"follow_up_on": day}).status_code == 303
    (call,) = db.session.scalars(select(PhoneCall))
    assert call.cooperative_id == world.kinh_mon.id and call.ended_at is None
    here = f"/office/phone/{call.ref}"
    assert "Đang gọi" in client.get(here).get_data(as_text=True)
    assert client.send(f"{here}/end").status_code == client.send(f"{here}/end").status_code == 303
    assert client.send(f"{here}/done", {"words": "Đã báo giá"}).status_code == 303
    assert client.send(f"{here}/done", {"words": "x"}).status_code == 422
    for each in ("", "?tab=all"):
        assert client.get(f"/office/phone{each}").status_code == 200
    assert "Bà Mận" in client.get(f"/office/members/{world.kinh_mon.slug}").get_data(as_text=True)


def test_a_long_list_costs_no_more_than_a_short_one(world: World, client: ReadingClient) -> None:
    client.sign_in("officer@demo.vn")
    noted(world.officer, world.dong_lac, clock.today())
    client.get("/office/phone")
    with queries_sent() as few:
        client.get("/office/phone")
    for _ in range(5):
        noted(world.officer, world.kinh_mon, clock.today())
    with queries_sent() as many:
        client.get("/office/phone")
    assert len(many) == len(few)
