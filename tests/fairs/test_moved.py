"""A fair that is moved or called off: what hangs on its days follows or ends, and everybody hears of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import func, select

from marketplace.cooperatives import services as cooperatives
from marketplace.cooperatives.states import PaperKind
from marketplace.fairs import queries, services
from marketplace.fairs.invariants import CHECKS
from marketplace.fairs.meeting_states import MeetingRoundState
from marketplace.fairs.models import (
    Arrival,
    FairPass,
    GateConflict,
    Meeting,
    Stand,
    StandBooth,
    WaitingEntry,
)
from marketplace.fairs.presence import ConflictKind, Verdict
from marketplace.fairs.queries import gate as gates_seen
from marketplace.fairs.queries.fair_pass import open_tellings
from marketplace.fairs.services.fee import charge_of
from marketplace.fairs.services.holding import answer_by
from marketplace.fairs.states import EntryState, FairState, StandState
from marketplace.fairs.tasks import tell_visitors
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.mail.models import Letter
from marketplace.foundation.money import Money
from marketplace.inbox.models import Notice
from marketplace.payments import services as payments
from marketplace.payments.models import Refund
from marketplace.selection.states import ApplicationState
from tests.client import ReadingClient
from tests.fairs.gates import gate, scan, visitor
from tests.fairs.hall import Fairground, applied, fairground, newcomer, standing
from tests.fairs.test_meeting import BIGMART, Morning, morning, told
from tests.world import World

__all__ = ["morning"]
DAY = dt.timedelta(days=1)


def put_off(ground: Fairground, days: int, *, long: int = 3, by: Any) -> None:
    first = ground.fair.first_day + days * DAY
    with transaction():
        services.move_fair(
            fair=ground.fair, first_day=first, last_day=first + long * DAY, reason="Bão số 3", by=by
        )
    db.session.expire_all()


def call_off(ground: Fairground, by: Any) -> None:
    with transaction():
        services.cancel_fair(fair=ground.fair, reason="Dịch bệnh", by=by)
    db.session.expire_all()


def letters(kind: str) -> list[Notice]:
    return [*db.session.scalars(select(Notice).where(Notice.kind == kind).order_by(Notice.person_id))]


def sent_to(mailbox: str) -> list[str]:
    db.session.expire_all()
    found = db.session.scalars(select(Letter).order_by(Letter.id))
    return [each.text for each in found if mailbox in each.recipient]


def broken() -> dict[str, int]:
    return {number: found for number, (_sentence, check) in CHECKS.items() if (found := check())}


def test_meetings_go_with_the_fair_and_calendars_learn_it(world: World, morning: Morning) -> None:
    morning.wish("BigMart", "Đồng Lạc", by=morning.bigmart)
    morning.wish("Đồng Lạc", "BigMart", by=world.director)
    morning.published(world.officer)
    was, before = morning.round.day, morning.seats()
    versions = sum(each.version for each in queries.meetings_of(morning.round.id))
    put_off(morning.ground, 7, by=world.officer)
    assert morning.round.day == was + 7 * DAY and morning.seats() == before
    meetings = queries.meetings_of(morning.round.id)
    assert meetings and sum(each.version for each in meetings) == versions + len(meetings)
    assert {morning.bigmart.id, world.director.id} <= {
        each.person_id for each in letters("meetings.round_moved")
    }
    assert morning.bigmart.id in {each.person_id for each in letters("fairs.moved_guest")}
    assert [
        each.person_id for each in letters("fairs.moved_guest") if each.person_id == world.director.id
    ] == []
    assert broken() == {}


def test_two_rounds_that_no_longer_fit_are_not_put_into_one_hour(world: World, morning: Morning) -> None:
    """A fair of four days becomes one of a single day: one of the two mornings has no room there."""
    with transaction():
        second = services.plan_meetings(
            fair=morning.ground.fair,
            by=world.officer,
            **told(morning.ground, day=morning.ground.fair.first_day + DAY),
        )
    put_off(morning.ground, 3, long=0, by=world.officer)
    assert morning.round.day == morning.ground.fair.first_day
    assert (second.state, second.cancelled_reason) == (MeetingRoundState.CANCELLED, "Bão số 3")


def test_offers_are_answered_before_the_doors_open(world: World) -> None:
    ground = fairground(world)
    asked = applied(ground, world.dong_lac, by=world.director)
    with transaction():
        stand = services.offer(asked=asked, halves=[(ground.booths[0].id, half) for half in (1, 2)])
        stand.until = answer_by(clock.now())
    put_off(ground, (clock.today() + DAY - ground.fair.first_day).days, by=world.officer)
    opening = clock.from_local(dt.datetime.combine(ground.fair.first_day, ground.fair.opens))
    assert stand.until <= opening
    assert [each.person_id for each in letters("fairs.answer_sooner")] == [world.director.id]
    assert any("sớm hơn" in str(line.sentence) for line in history_of("stand", stand.id))


def test_who_comes_to_build_up_and_whose_papers_end(world: World) -> None:
    ground = fairground(world)
    stand = standing(ground, applied(ground, world.dong_lac, by=world.director), ground.booth("A01"))
    with transaction():
        services.plan_arrival(
            stand=stand, day=ground.fair.first_day - DAY, time=dt.time(7), by=world.director
        )
        paper = cooperatives.add_certificate(
            cooperative=world.dong_lac,
            kind=PaperKind.HACCP,
            number="VG-77",
            expires_on=ground.fair.last_day + 2 * DAY,
            by=world.director,
        )
        cooperatives.verify_certificate(certificate=paper, by=world.officer)
    put_off(ground, 1, by=world.officer)
    assert letters("fairs.papers_end") == []
    put_off(ground, 6, by=world.officer)
    arrival = db.session.get_one(Arrival, stand.id)
    assert arrival.day == ground.fair.first_day - DAY
    (letter,) = letters("fairs.papers_end")
    assert letter.person_id == world.director.id and "HACCP" in letter.sentence_vi
    (short,) = queries.papers_short(ground.fair)
    assert short.cooperative.id == world.dong_lac.id and [each.id for each in short.papers] == [paper.id]


def test_what_gates_saw_counts_by_the_new_days(world: World) -> None:
    """A pass that was tried out before the fair was a conflict; moved to today, it is a visit."""
    ground = fairground(world, in_days=5, state=FairState.PUBLISHED)
    here, lan = gate(ground, world), visitor(ground, email="lan@example.vn")
    with transaction():
        ground.call.closes_at -= 2 * DAY
        services.receive(gate=here, scans=[scan(lan, verdict=Verdict.OTHER_DAY, let_in=True)])
    assert db.session.scalars(select(GateConflict.kind)).all() == [ConflictKind.OTHER_DAY]
    version = gates_seen.list_version(ground.fair)
    put_off(ground, -5, by=world.officer)
    assert db.session.scalars(select(GateConflict.kind)).all() == [] and broken() == {}
    assert gates_seen.attendance(ground.fair).whole.visitors == 1
    assert gates_seen.list_version(ground.fair) != version, "phones at gates ask for the list again"
    db.session.rollback()
    tell_visitors()
    assert "vẫn dùng được" in sent_to("lan@example.vn")[-1]


def test_called_off_ends_everything_and_money_is_owed_back(world: World, morning: Morning) -> None:
    ground = morning.ground
    with transaction():
        ground.fair.booth_fee = Money(2_000_000)
    asked = applied(ground, newcomer(), by=world.officer)
    waits = applied(ground, newcomer(), state=ApplicationState.WAITLISTED, by=world.officer)
    with transaction():
        stand = services.offer(asked=asked, halves=[(ground.booth("A05").id, half) for half in (1, 2)])
        services.confirm(stand=stand, by=world.officer)
        entry = services.put_on_list(asked=waits)
        charge = charge_of(stand)
        assert charge is not None
        payments.confirm(charge=charge, amount=Money(2_000_000), by=world.officer)
        services.add_staff_pass(stand=stand, holder="Bà Mến", by=world.officer)
    lan = visitor(ground, email="lan@example.vn")
    morning.published(world.officer)
    call_off(ground, world.officer)
    assert {each.state for each in db.session.scalars(select(Stand))} == {StandState.RELEASED}
    assert db.session.scalar(select(func.count()).where(StandBooth.active)) == 0
    assert db.session.get_one(WaitingEntry, entry.id).state is EntryState.REMOVED
    assert db.session.scalar(select(func.count()).where(FairPass.revoked_at.is_(None))) == 0
    assert db.session.get_one(FairPass, lan.id).revoked_reason == "Dịch bệnh"
    (refund,) = db.session.scalars(select(Refund))
    assert (refund.charge_id, refund.amount) == (charge.id, 2_000_000)
    assert {each.state for each in db.session.scalars(select(Meeting))} <= {"cancelled"}
    assert morning.round.state is MeetingRoundState.CANCELLED
    told_once = [each.person_id for each in letters("fairs.cancelled")]
    assert {world.director.id, world.rival.id, morning.bigmart.id} <= {*told_once}
    assert len(told_once) == len({*told_once}) and letters("fairs.released") == []
    assert broken() == {}
    db.session.rollback()
    tell_visitors()
    assert "không cần thẻ nữa" in sent_to("lan@example.vn")[-1]
    late = newcomer()
    with pytest.raises(Refusal), transaction():
        services.begin(fair=ground.fair, cooperative=late, by=world.officer)


def test_a_deadline_on_the_fairs_days_is_refused_beside_its_field(
    world: World, client: ReadingClient
) -> None:
    ground = fairground(world, call_is_open=True)
    client.sign_in("officer@demo.vn")
    page = f"/office/fairs/{ground.fair.slug}/call"
    form = {
        "opens_on": f"{clock.today() - DAY:%d/%m/%Y}",
        "opens_time": "08:00",
        "closes_time": "17:00",
        "reviews_wanted": "0",
        "bands": "80, 60",
    }
    late = f"{ground.fair.first_day:%d/%m/%Y}"
    answer = client.send(page, {**form, "closes_on": late})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422 and late in text
    field = text[text.index('name="closes_on"') :][:900]
    assert "phải đóng trước ngày đó" in field
    early = f"{ground.fair.first_day - DAY:%d/%m/%Y}"
    assert client.send(page, {**form, "closes_on": early}).status_code == 303
    over = f"{clock.today() - 3 * DAY:%d/%m/%Y}"
    answer = client.send(page, {**form, "opens_on": over, "closes_on": over, "opens_time": "17:00"})
    assert answer.status_code == 422


def test_the_office_sees_what_follows_from_a_move(
    world: World, morning: Morning, client: ReadingClient
) -> None:
    with transaction():
        paper = cooperatives.add_certificate(
            cooperative=world.dong_lac,
            kind=PaperKind.HACCP,
            number="VG-77",
            expires_on=morning.ground.fair.last_day + DAY,
            by=world.director,
        )
        cooperatives.verify_certificate(certificate=paper, by=world.officer)
    put_off(morning.ground, 7, by=world.officer)
    client.sign_in("officer@demo.vn")
    text = client.get(f"/office/fairs/{morning.ground.fair.slug}").get_data(as_text=True)
    assert "HACCP" in text and "HTX Đồng Lạc" in text
    assert BIGMART


def test_a_better_booth_is_not_held_into_a_fair_that_came_near(world: World) -> None:
    ground = fairground(world)
    asked = applied(ground, world.dong_lac, by=world.director, wishes=(ground.booth("A02"),))
    stand = standing(ground, asked, ground.booth("A01"))
    with transaction():
        better = services.ask_for_better(stand=stand, by=world.director)
        services.serve(fair=ground.fair)
    assert world.renewed(better) and better.state is EntryState.OFFERED
    put_off(ground, (clock.today() + DAY - ground.fair.first_day).days, by=world.officer)
    assert world.renewed(better) and better.state is EntryState.REMOVED
    assert [booth.code for booth in stand.booths] == ["A01"] and queries.held_for(better) == []
    assert broken() == {}


def test_visitors_are_told_in_portions_and_each_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that is killed between two portions leaves nobody out and tells nobody twice."""
    monkeypatch.setattr("marketplace.fairs.services.fair_pass.AT_ONCE", 2)
    ground = fairground(world, in_days=20)
    boxes = [f"khach{n}@example.vn" for n in range(5)]
    for box in boxes:
        visitor(ground, email=box)
    put_off(ground, 3, by=world.officer)
    late = visitor(ground, email="sau@example.vn")
    (telling,) = open_tellings()
    db.session.rollback()
    with transaction():
        assert services.tell_some_visitors(telling_id=telling)
    assert [len(sent_to(box)) for box in boxes] == [2, 2, 1, 1, 1]
    for _again in range(2):
        db.session.rollback()
        tell_visitors()
    assert [len(sent_to(box)) for box in boxes] == [2] * 5
    assert len(sent_to("sau@example.vn")) == 1, f"pass {late.serial} was made with the new days"


def test_what_was_overtaken_is_not_told(world: World) -> None:
    ground = fairground(world, in_days=20)
    visitor(ground, email="lan@example.vn")
    put_off(ground, 3, by=world.officer)
    call_off(ground, world.officer)
    db.session.rollback()
    tell_visitors()
    texts = sent_to("lan@example.vn")
    assert len(texts) == 2 and "không cần thẻ nữa" in texts[-1] and open_tellings() == []
